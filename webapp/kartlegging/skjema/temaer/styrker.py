"""Theme `styrker`: what the person can, in a craft, alone and with others (K4)."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema import enkelt
from webapp.kartlegging.skjema.temaer.felles import I_ALLE, I_KORT, LESES_AV_VEILEDER
from webapp.kartlegging.skjema.typer import Sporsmal, Tema, Type, Valg

STYRKER = Tema(
    id="styrker",
    tittel=_l("Det jeg kan"),
    hvorfor=_l("Det du kan, er det viktigste vi har å bygge på."),
    hvem_leser=LESES_AV_VEILEDER,
    innledning=_l("Tenk på jobb, skole, hjem og fritid. Små ting teller."),
    enkelt=enkelt.STYRKER,
    sporsmal=(
        Sporsmal(
            id="styrker.stolt",
            type=Type.TEKST,
            etikett=_l("Hva er du stolt av at du har fått til?"),
            visninger=I_ALLE,
        ),
        Sporsmal(
            id="styrker.fag",
            type=Type.TEKST,
            etikett=_l("Hva kan du gjøre?"),
            hjelp=_l("Ta med fag, praktisk arbeid, data, språk, matlaging, stell av barn eller annet."),
        ),
        Sporsmal(
            id="styrker.egenskaper",
            type=Type.FLERE,
            etikett=_l("Hva passer på deg?"),
            visninger=I_KORT,
            valg=(
                Valg("presis", _l("Jeg kommer når jeg har sagt det")),
                Valg("noyaktig", _l("Jeg er nøyaktig")),
                Valg("rask", _l("Jeg jobber raskt")),
                Valg("praktisk", _l("Jeg er flink med hendene")),
                Valg("talmodig", _l("Jeg er tålmodig")),
                Valg("lytter", _l("Jeg er god til å lytte")),
                Valg("samarbeid", _l("Jeg er god til å samarbeide")),
                Valg("selvstendig", _l("Jeg klarer meg godt på egen hånd")),
                Valg("larer", _l("Jeg lærer fort")),
                Valg("humor", _l("Jeg får andre til å le")),
            ),
        ),
        Sporsmal(
            id="styrker.andre-sier",
            type=Type.TEKST,
            etikett=_l("Hva ville en som kjenner deg godt, si at du er god til?"),
        ),
        Sporsmal(
            id="styrker.bli-bedre",
            type=Type.TEKST,
            etikett=_l("Hva vil du bli bedre til?"),
        ),
    ),
)
