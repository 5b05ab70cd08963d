"""A notice and an avgjørelse in the easiest words there are (platform/enkelt.py).

The pages show them beside the text that was sent, which they are no part of.
"""

from __future__ import annotations

from datetime import date

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from webapp.platform import dates
from webapp.platform.belop import kroner
from webapp.platform.enkelt import Enkelt, Linje, linjer
from webapp.varsel.innhold import Avgjort, Saken
from webapp.vilkar.enkelt import SISTE_DAG

VARSEL = Enkelt(
    ("penger", "hva", "samtale"),
    _l("Nav tenker på å gi deg mindre penger en stund. Ingenting er bestemt ennå. Si hva som skjedde."),
)
TOLK = Enkelt(("tolk",), _l("Du kan få hjelp og tolk, og det koster ingenting."))

# By the outcome of the avgjørelse.
UTFALL: dict[str, Enkelt] = {
    "ingen": Enkelt(("gjort", "penger"), _l("Saken er avsluttet. Du mister ingen penger.")),
    "endret": Enkelt(("skriv", "penger"), _l("Vilkåret blir endret. Du mister ingen penger.")),
    "hjelp": Enkelt(("hjelp", "penger"), _l("Du får hjelp i stedet. Du mister ingen penger.")),
    "reduksjon": Enkelt(
        ("penger", "kalender"), _l("Du får %(belop)s kroner mindre i måneden. Siste dag med mindre penger er %(til)s.")
    ),
}
KLAGE = (
    Enkelt(("klage", "hjelp"), _l("Er du uenig, kan du klage. Du kan få hjelp til det.")),
    Enkelt(("kalender",), _l("Siste dag for å klage er %(dato)s.")),
)


def varselet(sak: Saken, *, for_sent: bool) -> tuple[Linje, ...]:
    """An open notice; nothing for one that is closed or decided, where the page says what came of it."""
    if not sak.apen:
        return ()
    last = None if for_sent else sak.frist_dag
    if last is None:
        return linjer((VARSEL, TOLK))
    return linjer((VARSEL, SISTE_DAG, TOLK), lambda sentence: _filled(sentence, frist=last))


def avgjorelsen(one: Avgjort, klagefrist: date | None) -> tuple[Linje, ...]:
    """An avgjørelse. ``klagefrist``: the last day to appeal; None when there is nothing to appeal."""
    parts = (UTFALL[one.utfall], *(KLAGE if klagefrist else ()))
    return linjer(parts, lambda sentence: _filled(sentence, belop=kroner(one.belop or 0), til=one.til, dato=klagefrist))


def _filled(sentence: str, **values: str | date | None) -> Markup:
    """The sentence with its days in words, in the language at hand."""
    words = {
        name: dates.long_date(value, str(get_locale())) if isinstance(value, date) else value
        for name, value in values.items()
    }
    return escape(sentence % words)
