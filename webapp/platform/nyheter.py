"""What a room says is new or waits: one line on the bruker's front page, one label in the worklist of the veileder.

Each room has a ``nytt.py`` with two functions. ``for_bruker(kommune_id, bruker_id, seal)`` gives lines, in at most two
queries. ``for_liste(kommune_id, bruker_ids)`` gives labels for a page of the worklist, in one query however long.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Nyhet:
    """One line on the front page. ``tekst`` is in the language of the page; ``haster``: something is lost if it waits.

    ``frist``: the day it must be done by; None where nothing is due.
    """

    tekst: str
    sti: str
    frist: date | None = None
    haster: bool = False


@dataclass(frozen=True, slots=True)
class Merke:
    """One label at a name in the worklist. ``kode`` is stable, for filters and tests."""

    kode: str
    tekst: str
    frist: date | None = None
    haster: bool = False
