"""Theme `rus`: asked of everyone, graded (K6). Sensitive."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema import enkelt
from webapp.kartlegging.skjema.temaer.felles import I_ALLE, LESES_IKKE_AV_ANDRE
from webapp.kartlegging.skjema.typer import Sporsmal, Tema, Type, Valg

# K6: the steps say how much room something takes, not what the person is.
GRADER = (
    Valg("aldri", _l("Aldri")),
    Valg("sjelden", _l("Sjelden, og det går greit")),
    Valg("ofte", _l("Ofte, men jeg har kontroll")),
    Valg("mer-enn-onsket", _l("Mer enn jeg ønsker")),
    Valg("styrer", _l("Så mye at det styrer hverdagen")),
)

RUS = Tema(
    id="rus",
    tittel=_l("Rus og spill"),
    hvorfor=_l("Rus og spill kan virke inn på penger, helse og hverdag. Vi vil fortelle om hjelp som finnes."),
    hvem_leser=LESES_IKKE_AV_ANDRE,
    innledning=_l("Vi stiller disse spørsmålene til alle. Du velger selv hva du vil svare på."),
    enkelt=enkelt.RUS,
    sensitivt=True,
    sporsmal=(
        Sporsmal(
            id="rus.fungerer",
            type=Type.TEKST,
            etikett=_l("Hva hjelper deg å slappe av eller få det bedre?"),
            hjelp=_l("Har du endret noe du er fornøyd med, kan du skrive det her."),
        ),
        Sporsmal(
            id="rus.alkohol",
            type=Type.GRAD,
            etikett=_l("Hvor mye plass tar alkohol?"),
            tellbart=True,
            valg=GRADER,
        ),
        Sporsmal(
            id="rus.rusmidler",
            type=Type.GRAD,
            etikett=_l("Hvor mye plass tar andre rusmidler?"),
            hjelp=_l("Det gjelder også medisiner som brukes på en annen måte enn legen har sagt."),
            tellbart=True,
            valg=GRADER,
        ),
        Sporsmal(
            id="rus.spill",
            type=Type.GRAD,
            etikett=_l("Hvor mye plass tar spill om penger eller dataspill?"),
            tellbart=True,
            valg=GRADER,
        ),
        Sporsmal(
            id="rus.hjelp",
            type=Type.FLERE,
            etikett=_l("Hva passer for deg når det gjelder hjelp?"),
            hjelp=_l("Dette gjelder alkohol, andre rusmidler og spill."),
            visninger=I_ALLE,
            tellbart=True,
            valg=(
                Valg("behandling", _l("Jeg får behandling nå")),
                Valg("lar", _l("Jeg er i LAR")),
                Valg("tidligere", _l("Jeg har fått hjelp før")),
                Valg("snakke", _l("Jeg vil gjerne snakke med noen om det")),
                Valg("onsker", _l("Jeg vil ha hjelp til å endre noe")),
                Valg("parorende", _l("Jeg er bekymret for en jeg er glad i")),
                Valg("ingenting", _l("Jeg trenger ingenting her nå"), alene=True),
            ),
        ),
        Sporsmal(
            id="rus.mer",
            type=Type.TEKST,
            etikett=_l("Er det noe mer du vil si om rus eller spill?"),
            hjelp=_l("Skriv gjerne hva som er vanskelig, og hva slags hjelp du kunne tenke deg."),
        ),
    ),
)
