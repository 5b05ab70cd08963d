"""Theme `hjelp`: where råd og veiledning is wanted, who else is involved, and what we forgot to ask."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema import enkelt
from webapp.kartlegging.skjema.temaer.felles import I_ALLE, I_KORT_OG_MINI, LESES_AV_VEILEDER
from webapp.kartlegging.skjema.typer import Sporsmal, Tema, Type, Valg

HJELP = Tema(
    id="hjelp",
    tittel=_l("Hjelp jeg trenger"),
    hvorfor=_l("Du kan ha rett på råd og veiledning, også uten penger. Svarene viser hvor vi bør begynne."),
    hvem_leser=LESES_AV_VEILEDER,
    innledning=_l("Dette er siste tema. Her kan du også si fra om noe vi ikke har spurt om."),
    enkelt=enkelt.HJELP,
    sporsmal=(
        Sporsmal(
            id="hjelp.nyttig",
            type=Type.TEKST,
            etikett=_l("Hva slags hjelp har vært nyttig for deg før?"),
            hjelp=_l("Det kan være hjelp fra Nav, fra andre eller fra folk du kjenner."),
        ),
        Sporsmal(
            id="hjelp.omrader",
            type=Type.FLERE,
            etikett=_l("Hva vil du ha råd og veiledning om?"),
            visninger=I_ALLE,
            tellbart=True,
            valg=(
                Valg("bolig", _l("Bolig")),
                Valg("familie", _l("Familie og barn")),
                Valg("nettverk", _l("Nettverk og fritid")),
                Valg("helse", _l("Helse")),
                Valg("rus", _l("Rus eller spill")),
                Valg("arbeid", _l("Arbeid")),
                Valg("utdanning", _l("Utdanning")),
                Valg("okonomi", _l("Økonomi og gjeld")),
                Valg("endring", _l("Å komme i gang med en endring")),
                Valg("samarbeid", _l("Å få dem som hjelper meg, til å samarbeide")),
                Valg("andre-steder", _l("Å finne fram til andre som kan hjelpe")),
                Valg("ingenting", _l("Ingenting nå"), alene=True),
            ),
        ),
        Sporsmal(
            id="hjelp.andre",
            type=Type.FLERE,
            etikett=_l("Hvem andre hjelper deg nå?"),
            hjelp=_l("Vi spør deg først hvis vi vil snakke med noen av dem."),
            sensitivt=True,
            tellbart=True,
            valg=(
                Valg("nav", _l("En annen veileder i Nav")),
                Valg("fastlege", _l("Fastlege")),
                Valg("psykisk", _l("Psykisk helsehjelp")),
                Valg("rus", _l("Rustjeneste eller LAR")),
                Valg("barnevern", _l("Barnevernet")),
                Valg("skole", _l("Skole eller oppfølgingstjenesten")),
                Valg("flyktning", _l("Flyktningtjenesten")),
                Valg("kriminalomsorg", _l("Kriminalomsorgen")),
                Valg("frivillig", _l("En frivillig organisasjon")),
                Valg("annet", _l("Noen andre")),
                Valg("ingen", _l("Ingen akkurat nå"), alene=True),
            ),
        ),
        Sporsmal(
            id="hjelp.utfylling",
            type=Type.GRAD,
            etikett=_l("Hvordan var det å fylle ut dette?"),
            tellbart=True,
            valg=(
                Valg("fint", _l("Fint")),
                Valg("greit", _l("Greit")),
                Valg("langt", _l("For langt")),
                Valg("vanskelig", _l("Vanskelig å forstå")),
                Valg("tungt", _l("Tungt å tenke på")),
            ),
        ),
        Sporsmal(
            id="hjelp.ikke-spurt",
            type=Type.TEKST,
            etikett=_l("Hva har vi ikke spurt om, som du vil si?"),
            hjelp=_l("Skriv også gjerne hvem som sendte deg til oss, og hvem du vil at vi samarbeider med."),
            visninger=I_KORT_OG_MINI,
        ),
    ),
)
