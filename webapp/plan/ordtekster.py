"""What a page says where words go with what somebody does."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.plan.rules import Handling


@dataclass(frozen=True, slots=True)
class Ordtekst:
    """What a page says where words go with what somebody does."""

    tittel: LazyString
    felt: LazyString
    knapp: LazyString
    takk: LazyString


HVORFOR = _l("Vil du si noe om hvorfor?")
ORD: dict[Handling, Ordtekst] = {
    Handling.IKKE_NYTTIG: Ordtekst(
        _l("Ikke nyttig for meg"),
        _l("Hvorfor er dette ikke nyttig for deg?"),
        _l("Send svaret"),
        _l("Sendt. Nav skal foreslå noe annet eller snakke med deg om det."),
    ),
    Handling.AVSLA: Ordtekst(
        _l("Vi kan ikke nå"),
        _l("Hvorfor kan dere ikke gjøre dette nå?"),
        _l("Send svaret"),
        _l("Sendt. Brukeren ser grunnen og kan foreslå noe annet."),
    ),
    Handling.TREKK: Ordtekst(
        _l("Ta forslaget tilbake"), HVORFOR, _l("Ta forslaget tilbake"), _l("Forslaget er tatt tilbake.")
    ),
    Handling.PAUSE: Ordtekst(
        _l("Sett på pause"), HVORFOR, _l("Sett på pause"), _l("Satt på pause. Det kan tas opp igjen.")
    ),
    Handling.GJENAPNE: Ordtekst(_l("Ta det opp igjen"), HVORFOR, _l("Ta det opp igjen"), _l("Lagret.")),
    Handling.GJORT: Ordtekst(
        _l("Dette er gjort"), _l("Hvordan gikk det?"), _l("Lagre"), _l("Fint. Det står som gjort.")
    ),
    Handling.AVSLUTT: Ordtekst(
        _l("Avslutt dette"), _l("Hvorfor skal det avsluttes?"), _l("Avslutt"), _l("Det er avsluttet.")
    ),
    Handling.KOMMENTER: Ordtekst(
        _l("Skriv en kommentar"), _l("Kommentaren din"), _l("Send kommentaren"), _l("Kommentaren er sendt.")
    ),
}
