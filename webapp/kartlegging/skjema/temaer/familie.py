"""Theme `familie`: family, children and care for others. The question on barnevern is sensitive."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema import enkelt
from webapp.kartlegging.skjema.temaer.felles import I_SCREENING, LESES_AV_VEILEDER
from webapp.kartlegging.skjema.typer import Sporsmal, Tema, Type, Valg

FAMILIE = Tema(
    id="familie",
    tittel=_l("Familie og omsorg"),
    hvorfor=_l("Barn og andre du har omsorg for, har betydning for hva du trenger. Derfor spør vi."),
    hvem_leser=LESES_AV_VEILEDER,
    innledning=_l("Her spør vi om familien din og dem du tar deg av. Fortell bare det du selv vil."),
    enkelt=enkelt.FAMILIE,
    sporsmal=(
        Sporsmal(
            id="familie.fungerer",
            type=Type.TEKST,
            etikett=_l("Hva går godt i familien din, eller med dem du er glad i?"),
        ),
        Sporsmal(
            id="familie.sivilstatus",
            type=Type.EN,
            etikett=_l("Hva er sivilstanden din?"),
            tellbart=True,
            valg=(
                Valg("ugift", _l("Ugift")),
                Valg("samboer", _l("Samboer")),
                Valg("gift", _l("Gift eller registrert partner")),
                Valg("separert", _l("Separert eller skilt")),
                Valg("enke", _l("Enke eller enkemann")),
            ),
        ),
        Sporsmal(
            id="familie.omsorg",
            type=Type.FLERE,
            etikett=_l("Hvem har du omsorg for?"),
            visninger=I_SCREENING,
            tellbart=True,
            valg=(
                Valg("barn-alene", _l("Barn som jeg forsørger alene")),
                Valg("barn-delt", _l("Barn som jeg forsørger sammen med noen")),
                Valg("barn-andre", _l("Barn som bor hos andre")),
                Valg("voksne", _l("Foreldre eller andre voksne")),
                Valg("ingen", _l("Ingen nå"), alene=True),
            ),
            apnes_av=frozenset({"barn-alene", "barn-delt", "barn-andre"}),
            oppfolging=(
                Sporsmal(
                    id="familie.barn-behov",
                    type=Type.FLERE,
                    etikett=_l("Er det noe barna trenger nå?"),
                    tellbart=True,
                    valg=(
                        Valg("barnehage", _l("Plass i barnehage")),
                        Valg("sfo", _l("Plass i SFO")),
                        Valg("fritid", _l("Å være med på en fritidsaktivitet")),
                        Valg("utstyr", _l("Klær eller utstyr")),
                        Valg("skole", _l("Hjelp med skole eller lekser")),
                        Valg("ekstra", _l("Ekstra hjelp, for eksempel fra helsestasjon eller BUP")),
                        Valg("ingenting", _l("De har det de trenger"), alene=True),
                    ),
                ),
            ),
        ),
        Sporsmal(
            id="familie.barnevern",
            type=Type.EN,
            etikett=_l("Har du eller barna dine kontakt med barnevernet?"),
            hjelp=_l("Vi spør fordi vi kan samarbeide om hjelp til dere hvis du ønsker det."),
            sensitivt=True,
            tellbart=True,
            valg=(
                Valg("nei", _l("Nei")),
                Valg("ja-hjelper", _l("Ja, og det er til hjelp")),
                Valg("ja-vanskelig", _l("Ja, og det er vanskelig")),
                Valg("tidligere", _l("Ikke nå, men tidligere")),
                Valg("onsker", _l("Nei, men jeg vil gjerne ha hjelp derfra")),
            ),
        ),
        Sporsmal(
            id="familie.mer",
            type=Type.TEKST,
            etikett=_l("Er det noe om familien eller oppveksten din du vil fortelle?"),
            hjelp=_l("Skriv gjerne hva som er vanskelig, og hva som ville hjulpet dere."),
        ),
    ),
)
