"""Theme `onsker`: dreams, goals and the next step. A wish never becomes a vilkår by itself (K4)."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema import enkelt
from webapp.kartlegging.skjema.temaer.felles import I_KORT, I_KORT_OG_MINI, I_MINI, I_SCREENING, LESES_AV_VEILEDER
from webapp.kartlegging.skjema.typer import Sporsmal, Tema, Type, Valg

ONSKER = Tema(
    id="onsker",
    tittel=_l("Ønsker og mål"),
    hvorfor=_l("En plan virker bedre når den handler om det du selv vil."),
    hvem_leser=LESES_AV_VEILEDER,
    innledning=_l("Her er det lov å drømme. Et ønske blir aldri et krav."),
    enkelt=enkelt.ONSKER,
    sporsmal=(
        Sporsmal(
            id="onsker.drom",
            type=Type.TEKST,
            etikett=_l("Hva drømmer du om?"),
            visninger=I_KORT,
        ),
        Sporsmal(
            id="onsker.om-et-ar",
            type=Type.TEKST,
            etikett=_l("Hvordan vil du at det skal være om et år?"),
            visninger=I_MINI,
        ),
        Sporsmal(
            id="onsker.endre",
            type=Type.FLERE,
            etikett=_l("Hva er viktigst for deg å få til?"),
            visninger=I_SCREENING,
            tellbart=True,
            valg=(
                Valg("heltid", _l("Jobb på full tid")),
                Valg("deltid", _l("Jobb på deltid")),
                Valg("utdanning", _l("Skole eller kurs")),
                Valg("bolig", _l("Et godt sted å bo")),
                Valg("okonomi", _l("Trygg økonomi")),
                Valg("helse", _l("Bedre helse")),
                Valg("familie", _l("At barna og familien har det bra")),
                Valg("nettverk", _l("Venner, fritid eller å være med på noe")),
                Valg("norsk", _l("Bedre norsk")),
                Valg("annet", _l("Noe annet")),
            ),
        ),
        Sporsmal(
            id="onsker.neste-steg",
            type=Type.TEKST,
            etikett=_l("Hva er det minste neste steget du selv kan ta?"),
            hjelp=_l("Det kan være å ringe noen, lage en CV eller spørre om en time."),
            visninger=I_KORT_OG_MINI,
        ),
        Sporsmal(
            id="onsker.fra-nav",
            type=Type.TEKST,
            etikett=_l("Hva trenger du fra Nav for å komme dit du vil?"),
            visninger=I_KORT,
        ),
    ),
)
