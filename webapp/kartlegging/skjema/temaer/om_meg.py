"""Theme `om-meg`: what to call the person, languages, and how to talk together."""

from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema import enkelt
from webapp.kartlegging.skjema.temaer.felles import I_KORT, I_SCREENING, LESES_AV_VEILEDER
from webapp.kartlegging.skjema.typer import Sporsmal, Tema, Type, Valg

OM_MEG = Tema(
    id="om-meg",
    tittel=_l("Om meg og språk"),
    hvorfor=_l("Vi spør for å kunne snakke med deg på den måten som passer deg best."),
    hvem_leser=LESES_AV_VEILEDER,
    innledning=_l("Her forteller du hvem du er, og hvordan vi best kan snakke sammen."),
    enkelt=enkelt.OM_MEG,
    sporsmal=(
        Sporsmal(
            id="om-meg.viktig",
            type=Type.TEKST,
            etikett=_l("Hva vil du at vi skal vite om deg først?"),
            hjelp=_l("Det kan være noe du er glad i, noe du får til, eller noe som er viktig for deg nå."),
        ),
        Sporsmal(
            id="om-meg.kallenavn",
            type=Type.KORT,
            etikett=_l("Hva vil du at vi skal kalle deg?"),
        ),
        Sporsmal(
            id="om-meg.sprak",
            type=Type.KORT,
            etikett=_l("Hvilket språk leser du best, og hvilket snakker du best?"),
            hjelp=_l("Skriv gjerne flere, for eksempel: leser engelsk, snakker tigrinja."),
        ),
        Sporsmal(
            id="om-meg.norsk",
            type=Type.GRAD,
            etikett=_l("Hvordan går det å snakke norsk?"),
            visninger=I_KORT,
            tellbart=True,
            valg=(
                Valg("godt", _l("Jeg snakker norsk om det meste")),
                Valg("enkelt", _l("Jeg klarer enkle samtaler")),
                Valg("lite", _l("Jeg kan lite norsk ennå")),
            ),
        ),
        Sporsmal(
            id="om-meg.lesing",
            type=Type.GRAD,
            etikett=_l("Hvordan er det for deg å lese og skrive brev og skjemaer?"),
            hjelp=_l("Svar for det språket du kan best. Svaret hjelper oss å forklare på en god måte."),
            visninger=I_SCREENING,
            tellbart=True,
            valg=(
                Valg("lett", _l("Det går lett")),
                Valg("tar-tid", _l("Det går, men det tar tid")),
                Valg("hjelp-til-noe", _l("Jeg vil gjerne ha hjelp til noe av det")),
                Valg("muntlig", _l("Jeg vil helst ha alt forklart muntlig")),
            ),
        ),
        Sporsmal(
            id="om-meg.tolk",
            type=Type.EN,
            etikett=_l("Trenger du tolk når vi snakker sammen?"),
            hjelp=_l("Tolken er gratis og har taushetsplikt."),
            tellbart=True,
            valg=(
                Valg("nei", _l("Nei")),
                Valg("viktig", _l("Bare når noe er viktig eller vanskelig")),
                Valg("alltid", _l("Ja, hver gang")),
            ),
        ),
        Sporsmal(
            id="om-meg.kontakt",
            type=Type.FLERE,
            etikett=_l("Hvordan vil du at vi tar kontakt med deg?"),
            valg=(
                Valg("her", _l("Melding her")),
                Valg("sms", _l("SMS")),
                Valg("telefon", _l("Telefon")),
                Valg("brev", _l("Brev på papir")),
                Valg("mote", _l("Å møtes")),
                Valg("via-noen", _l("Gjennom en jeg stoler på")),
            ),
        ),
        Sporsmal(
            id="om-meg.hjelper",
            type=Type.TEKST,
            etikett=_l("Er det noen som hjelper deg med å svare? Er det mer vi bør vite om språk og kontakt?"),
            hjelp=_l("Skriv for eksempel hvem som hjelper deg, eller når på dagen vi bør ringe."),
        ),
    ),
)
