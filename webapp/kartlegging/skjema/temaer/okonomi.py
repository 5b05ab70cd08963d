"""Theme `okonomi`: income, costs, debt, and rights not yet used."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema import enkelt
from webapp.kartlegging.skjema.temaer.felles import I_ALLE, I_KORT, I_MINI, LESES_AV_VEILEDER
from webapp.kartlegging.skjema.typer import Sporsmal, Tema, Type, Valg

OKONOMI = Tema(
    id="okonomi",
    tittel=_l("Økonomi og rettigheter"),
    hvorfor=_l("Vi vil se om du har rett på mer enn du får, og om råd om penger kan være nyttig."),
    hvem_leser=LESES_AV_VEILEDER,
    innledning=_l("Omtrentlige tall er bra nok. Dette er ikke en søknad om penger."),
    enkelt=enkelt.OKONOMI,
    sporsmal=(
        Sporsmal(
            id="okonomi.fungerer",
            type=Type.TEKST,
            etikett=_l("Hva får du til når det gjelder penger?"),
            hjelp=_l("Det kan være å handle billig, betale husleien eller spørre om hjelp i tide."),
        ),
        Sporsmal(
            id="okonomi.inntekt",
            type=Type.FLERE,
            etikett=_l("Hvor får du penger fra nå?"),
            tellbart=True,
            valg=(
                Valg("lonn", _l("Lønn")),
                Valg("sosialhjelp", _l("Økonomisk sosialhjelp")),
                Valg("nav", _l("Annen ytelse fra Nav, for eksempel dagpenger eller AAP")),
                Valg("barn", _l("Barnetrygd, kontantstøtte eller bidrag")),
                Valg("bostotte", _l("Bostøtte")),
                Valg("lan", _l("Lån eller stipend")),
                Valg("foreldre", _l("Foreldrene mine forsørger meg, helt eller delvis")),
                Valg("partner", _l("Ektefelle eller samboer")),
                Valg("annet", _l("Noe annet")),
                Valg("ingen", _l("Jeg har ingen inntekt nå"), alene=True),
            ),
        ),
        Sporsmal(
            id="okonomi.inntekt-belop",
            type=Type.BELOP,
            etikett=_l("Omtrent hvor mye får du til sammen hver måned, etter skatt?"),
            tellbart=True,
        ),
        Sporsmal(
            id="okonomi.lenge",
            type=Type.VARIGHET,
            etikett=_l("Hvor lenge har du fått sosialhjelp eller andre ytelser?"),
            hjelp=_l("Regn med all tid du husker, også med pauser imellom."),
            visninger=I_KORT,
            tellbart=True,
            valg=(
                Valg("ikke", _l("Jeg får ikke noe ennå")),
                Valg("under-6-mnd", _l("Under et halvt år")),
                Valg("6-12-mnd", _l("Et halvt til ett år")),
                Valg("1-2-ar", _l("Ett til to år")),
                Valg("2-5-ar", _l("To til fem år")),
                Valg("over-5-ar", _l("Mer enn fem år")),
            ),
        ),
        Sporsmal(
            id="okonomi.utgifter",
            type=Type.BELOP,
            etikett=_l("Omtrent hvor mye er de andre faste utgiftene dine hver måned?"),
            hjelp=_l("Ta med telefon, barnehage, reiser, medisiner og avdrag. Bolig spør vi om et annet sted."),
            tellbart=True,
        ),
        Sporsmal(
            id="okonomi.gjeld",
            type=Type.GRAD,
            etikett=_l("Hvordan er det med gjeld?"),
            hjelp=_l("Regn med alt du skylder, også til familie og venner."),
            visninger=I_ALLE,
            tellbart=True,
            valg=(
                Valg("ingen", _l("Jeg har ikke gjeld")),
                Valg("betaler", _l("Jeg har gjeld og klarer å betale")),
                Valg("strever", _l("Jeg har gjeld og strever med å betale")),
                Valg("klarer-ikke", _l("Jeg har gjeld som jeg ikke klarer å betale nå")),
                Valg("vet-ikke", _l("Jeg vet ikke hva jeg skylder")),
            ),
        ),
        Sporsmal(
            id="okonomi.regninger",
            type=Type.GRAD,
            etikett=_l("Hva gjør du med regninger og brev?"),
            hjelp=_l("Det er vanlig å grue seg. Vi kan åpne dem sammen."),
            visninger=I_MINI,
            tellbart=True,
            valg=(
                Valg("apner-betaler", _l("Jeg åpner og betaler dem")),
                Valg("apner", _l("Jeg åpner dem, men får ikke betalt alt")),
                Valg("noen-uapnet", _l("Noen blir liggende uåpnet")),
                Valg("mange-uapnet", _l("Mange ligger uåpnet")),
            ),
        ),
        Sporsmal(
            id="okonomi.se-pa",
            type=Type.FLERE,
            etikett=_l("Hva vil du at vi ser på sammen?"),
            hjelp=_l("Velg det du lurer på. Du trenger ikke vite om du har rett til det."),
            visninger=I_KORT,
            tellbart=True,
            valg=(
                Valg("sosialhjelp", _l("Sosialhjelp")),
                Valg("statlig", _l("Andre ytelser, for eksempel dagpenger, AAP eller uføretrygd")),
                Valg("kvp", _l("Kvalifiseringsprogrammet")),
                Valg("bostotte", _l("Bostøtte")),
                Valg("barn", _l("Støtte til barn, barnehage eller fritid")),
                Valg("radgivning", _l("Råd om økonomi og gjeld")),
                Valg("brev", _l("Å åpne og sortere brev og regninger")),
                Valg("forvaltning", _l("At noen betaler de faste regningene for meg en periode")),
                Valg("ingenting", _l("Jeg trenger ingenting her nå"), alene=True),
            ),
        ),
        Sporsmal(
            id="okonomi.mer",
            type=Type.TEKST,
            etikett=_l("Hva gjør økonomien vanskelig, og hva tror du kunne hjulpet?"),
            hjelp=_l("Skriv gjerne hva du selv tror kan gi mer inn eller mindre ut."),
        ),
    ),
)
