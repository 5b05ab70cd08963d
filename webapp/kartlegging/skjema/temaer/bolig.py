"""Theme `bolig`: where the person lives, how it suits, what it costs."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema import enkelt
from webapp.kartlegging.skjema.temaer.felles import I_ALLE, I_KORT_OG_MINI, LESES_AV_VEILEDER
from webapp.kartlegging.skjema.typer import Sporsmal, Tema, Type, Valg

BOLIG = Tema(
    id="bolig",
    tittel=_l("Bolig"),
    hvorfor=_l("Et trygt sted å bo gjør mye annet lettere. Svarene viser om vi kan hjelpe deg med noe her."),
    hvem_leser=LESES_AV_VEILEDER,
    innledning=_l("Her spør vi om hvor du bor, og om det passer for deg."),
    enkelt=enkelt.BOLIG,
    sporsmal=(
        Sporsmal(
            id="bolig.fungerer",
            type=Type.TEKST,
            etikett=_l("Hva er bra med stedet der du bor nå?"),
            hjelp=_l("Det kan være noe lite, som en god nabo eller kort vei til bussen."),
        ),
        Sporsmal(
            id="bolig.situasjon",
            type=Type.EN,
            etikett=_l("Hvordan bor du nå?"),
            visninger=I_ALLE,
            tellbart=True,
            valg=(
                Valg("eier", _l("Jeg eier boligen, alene eller sammen med noen")),
                Valg("leier-privat", _l("Jeg leier av en privat utleier")),
                Valg("leier-kommunen", _l("Jeg leier av kommunen")),
                Valg("hos-noen", _l("Jeg bor hos familie eller venner")),
                Valg("midlertidig", _l("Jeg bor et sted for en kort tid, for eksempel på hospits")),
                Valg("institusjon", _l("Jeg bor på en institusjon eller i bolig med hjelp")),
                Valg("ingen", _l("Jeg har ikke noe fast sted å bo")),
                Valg("annet", _l("Noe annet")),
            ),
        ),
        Sporsmal(
            id="bolig.hvem",
            type=Type.FLERE,
            etikett=_l("Hvem bor du sammen med?"),
            tellbart=True,
            valg=(
                Valg("partner", _l("Ektefelle eller samboer")),
                Valg("barn", _l("Barn, hele eller deler av tiden")),
                Valg("foreldre", _l("Foreldre")),
                Valg("annen-familie", _l("Annen familie")),
                Valg("andre", _l("Venner eller andre")),
                Valg("ingen", _l("Jeg bor alene"), alene=True),
            ),
        ),
        Sporsmal(
            id="bolig.trivsel",
            type=Type.GRAD,
            etikett=_l("Hvor godt passer det for deg å bo der du bor?"),
            tellbart=True,
            valg=(
                Valg("svart-godt", _l("Svært godt")),
                Valg("ganske-godt", _l("Ganske godt")),
                Valg("bade-og", _l("Både og")),
                Valg("darlig", _l("Ganske dårlig")),
                Valg("svart-darlig", _l("Svært dårlig")),
            ),
        ),
        Sporsmal(
            id="bolig.utgift",
            type=Type.BELOP,
            etikett=_l("Omtrent hvor mye betaler du for boligen hver måned?"),
            hjelp=_l("Ta med husleie eller lån, strøm og felles utgifter. Et omtrentlig tall er bra nok."),
            tellbart=True,
        ),
        Sporsmal(
            id="bolig.trenger",
            type=Type.FLERE,
            etikett=_l("Hva trenger du når det gjelder bolig?"),
            visninger=I_KORT_OG_MINI,
            tellbart=True,
            valg=(
                Valg("bytte", _l("Å flytte til noe som passer bedre")),
                Valg("ma-ut", _l("Jeg må flytte ut innen en bestemt dato")),
                Valg("finne", _l("Hjelp til å finne et sted å bo")),
                Valg("kommunal", _l("Hjelp til å søke om kommunal bolig")),
                Valg("depositum", _l("Hjelp med depositum eller flytting")),
                Valg("innbo", _l("Møbler eller utstyr jeg mangler")),
                Valg("utleier", _l("Hjelp til å snakke med utleier eller naboer")),
                Valg("ingenting", _l("Jeg trenger ingenting her nå"), alene=True),
            ),
            apnes_av=frozenset({"ma-ut"}),
            oppfolging=(
                Sporsmal(
                    id="bolig.flytte-dato",
                    type=Type.DATO,
                    etikett=_l("Hvilken dato må du flytte ut?"),
                ),
            ),
        ),
        Sporsmal(
            id="bolig.mer",
            type=Type.TEKST,
            etikett=_l("Hva er vanskelig med boligen, og hvordan vil du helst bo?"),
            hjelp=_l("Skriv også gjerne hvilke møbler eller utstyr du mangler."),
        ),
    ),
)
