"""Theme `helse`: graded, never «syk» or «frisk» (K6). Sensitive."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema import enkelt
from webapp.kartlegging.skjema.temaer.felles import I_ALLE, I_KORT_OG_MINI, LESES_IKKE_AV_ANDRE
from webapp.kartlegging.skjema.typer import Sporsmal, Tema, Type, Valg

# K6: the same steps for body and mind, so that neither weighs more than the other.
GRADER = (
    Valg("svart-bra", _l("Svært bra")),
    Valg("ganske-bra", _l("Ganske bra")),
    Valg("opp-og-ned", _l("Opp og ned")),
    Valg("tungt", _l("Ganske tungt")),
    Valg("svart-tungt", _l("Svært tungt")),
)

HELSE = Tema(
    id="helse",
    tittel=_l("Helse"),
    hvorfor=_l("Helsen har betydning for hva som er mulig akkurat nå. Vi vil lage planer som tar hensyn til den."),
    hvem_leser=LESES_IKKE_AV_ANDRE,
    innledning=_l("Du velger selv hvor mye du vil fortelle. Du trenger ikke å skrive diagnoser."),
    enkelt=enkelt.HELSE,
    sensitivt=True,
    sporsmal=(
        Sporsmal(
            id="helse.hjelper",
            type=Type.TEKST,
            etikett=_l("Hva gjør deg godt, og hva hjelper når noe er tungt?"),
        ),
        Sporsmal(
            id="helse.kropp",
            type=Type.GRAD,
            etikett=_l("Hvordan har du det i kroppen?"),
            visninger=I_KORT_OG_MINI,
            tellbart=True,
            valg=GRADER,
        ),
        Sporsmal(
            id="helse.psyke",
            type=Type.GRAD,
            etikett=_l("Hvordan har du det med tanker og følelser?"),
            visninger=I_KORT_OG_MINI,
            tellbart=True,
            valg=GRADER,
        ),
        Sporsmal(
            id="helse.plager",
            type=Type.FLERE,
            etikett=_l("Er det noe av dette som tar krefter fra deg?"),
            tellbart=True,
            valg=(
                Valg("sovn", _l("Dårlig søvn")),
                Valg("smerter", _l("Smerter")),
                Valg("uro", _l("Uro eller angst")),
                Valg("tristhet", _l("Tristhet eller lite energi")),
                Valg("konsentrasjon", _l("Vansker med å huske eller konsentrere seg")),
                Valg("opplevelser", _l("Vonde opplevelser fra før")),
                Valg("tenner", _l("Tenner")),
                Valg("syn-horsel", _l("Syn eller hørsel")),
                Valg("annet", _l("Noe annet")),
                Valg("ingen", _l("Ingen av disse nå"), alene=True),
            ),
        ),
        Sporsmal(
            id="helse.behandling",
            type=Type.FLERE,
            etikett=_l("Får du hjelp med helsen?"),
            tellbart=True,
            valg=(
                Valg("na", _l("Jeg får behandling eller oppfølging nå")),
                Valg("venter", _l("Jeg har fått en time eller står på venteliste")),
                Valg("ikke-undersokt", _l("Jeg har plager som ingen har sett på")),
                Valg("kontakt", _l("Jeg vil ha hjelp til å finne riktig sted å få hjelp")),
                Valg("fastlege", _l("Jeg har en fastlege jeg kan snakke med")),
                Valg("ingen", _l("Ingen av disse nå"), alene=True),
            ),
        ),
        Sporsmal(
            id="helse.virkning",
            type=Type.GRAD,
            etikett=_l("Hva betyr helsen for jobb, skole eller andre aktiviteter?"),
            visninger=I_ALLE,
            tellbart=True,
            valg=(
                Valg("ingenting", _l("Den er ikke til hinder")),
                Valg("litt", _l("Jeg må ta litt hensyn")),
                Valg("mye", _l("Jeg må ta mye hensyn")),
                Valg("noen-dager", _l("Noen dager går det ikke")),
                Valg("ikke-na", _l("Det går ikke nå")),
            ),
        ),
        Sporsmal(
            id="helse.tilpasning",
            type=Type.TEKST,
            etikett=_l("Hva er vanskelig, og hva må tilpasses for at du kan være med på noe?"),
            hjelp=_l("Skriv gjerne om plager som ingen har sett på, og om behandling du venter på."),
        ),
    ),
)
