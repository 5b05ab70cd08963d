"""Theme `hverdag`: rhythm of the day, food, getting around, phone and internet."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema import enkelt
from webapp.kartlegging.skjema.temaer.felles import I_ALLE, LESES_AV_VEILEDER
from webapp.kartlegging.skjema.typer import Sporsmal, Tema, Type, Valg

HVERDAG = Tema(
    id="hverdag",
    tittel=_l("Hverdagen min"),
    hvorfor=_l("Avtaler og planer skal passe til hverdagen din. Derfor spør vi hvordan en vanlig dag er."),
    hvem_leser=LESES_AV_VEILEDER,
    innledning=_l("Tenk på en vanlig uke. Dager er forskjellige, så et omtrentlig svar er bra nok."),
    enkelt=enkelt.HVERDAG,
    sporsmal=(
        Sporsmal(
            id="hverdag.fungerer",
            type=Type.TEKST,
            etikett=_l("Hva gjør en dag god for deg?"),
            hjelp=_l("Fortell gjerne om en dag som gikk bra, og hva du gjorde."),
        ),
        Sporsmal(
            id="hverdag.rytme",
            type=Type.GRAD,
            etikett=_l("Når sover du, og når er du våken?"),
            visninger=I_ALLE,
            tellbart=True,
            valg=(
                Valg("fast", _l("Jeg sover om natten, til omtrent faste tider")),
                Valg("varierer", _l("Det varierer litt")),
                Valg("ofte-snudd", _l("Jeg er ofte våken om natten")),
                Valg("ingen-rytme", _l("Dag og natt er uten fast rytme nå")),
            ),
        ),
        Sporsmal(
            id="hverdag.mat",
            type=Type.GRAD,
            etikett=_l("Hvordan er det med mat?"),
            hjelp=_l("Mangler du mat i dag, ta kontakt med Nav-kontoret med en gang."),
            tellbart=True,
            valg=(
                Valg("nok", _l("Det er nok, og jeg spiser hver dag")),
                Valg("ujevnt", _l("Det er nok, men jeg spiser ujevnt")),
                Valg("knapt", _l("Noen ganger er det for lite")),
                Valg("for-lite", _l("Det er ofte for lite")),
            ),
        ),
        Sporsmal(
            id="hverdag.tilgang",
            type=Type.FLERE,
            etikett=_l("Hva av dette har du eller kan du bruke?"),
            tellbart=True,
            valg=(
                Valg("forerkort", _l("Førerkort")),
                Valg("bil", _l("Bil, moped eller sykkel")),
                Valg("kollektiv", _l("Buss eller tog i nærheten som jeg har råd til")),
                Valg("telefon", _l("Egen telefon")),
                Valg("mobildata", _l("Nok mobildata")),
                Valg("nett", _l("Internett hjemme")),
                Valg("pc", _l("PC eller nettbrett")),
                Valg("bankid", _l("BankID")),
                Valg("ingen", _l("Ingen av disse nå"), alene=True),
            ),
        ),
        Sporsmal(
            id="hverdag.mer",
            type=Type.TEKST,
            etikett=_l("Hva er vanskelig i hverdagen, og hva kunne gjort den lettere?"),
        ),
    ),
)
