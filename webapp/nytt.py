"""What every room says is new or waits, gathered: for the bruker's front page and the veileder's worklist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from webapp.klage import nytt as klage
from webapp.plan import nytt as plan
from webapp.platform.nyheter import Merke, Nyhet
from webapp.platform.sealing import Seal
from webapp.varsel import nytt as varsel
from webapp.veiledning import nytt as veiledning
from webapp.vilkar import nytt as vilkar


class Rom(Protocol):
    """What a room's ``nytt`` module offers; see platform/nyheter.py."""

    def for_bruker(self, kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Nyhet]:
        """Lines for the front page, in at most two queries."""

    def for_liste(self, kommune_id: int, bruker_ids: Sequence[UUID]) -> dict[UUID, list[Merke]]:
        """Labels for these brukere, in one query."""


# In the order of what costs most to overlook.
ROM: tuple[Rom, ...] = (varsel, vilkar, klage, plan, veiledning)


def for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Nyhet]:
    """What waits for the bruker in every room: what is lost by waiting first, then the nearest deadline."""
    lines = [line for rom in ROM for line in rom.for_bruker(kommune_id, bruker_id, seal)]
    return sorted(lines, key=_first)


def for_liste(kommune_id: int, bruker_ids: Sequence[UUID]) -> dict[UUID, list[Merke]]:
    """What waits for the veileder with each of these brukere; those with nothing waiting are not in it."""
    found: defaultdict[UUID, list[Merke]] = defaultdict(list)
    for rom in ROM if bruker_ids else ():
        for bruker_id, labels in rom.for_liste(kommune_id, bruker_ids).items():
            found[bruker_id] += labels
    return {bruker_id: sorted(labels, key=_first) for bruker_id, labels in found.items() if labels}


def _first(one: Nyhet | Merke) -> tuple[bool, date]:
    return not one.haster, one.frist or date.max
