"""What a room says is new or waits: a line on the bruker's front page, a label in the worklist, a step on the case.

Each room has a ``nytt.py``. ``for_bruker(kommune_id, bruker_id, seal)`` gives lines, in at most two queries.
``for_liste(kommune_id, bruker_ids)`` gives labels for a page of the worklist, in one query however long.
``for_sak(kommune_id, bruker_id, seal)`` says where the room stands for one bruker and what the office does next, in
one query however much there is. What comes next is said by the room's ``rules``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Nyhet:
    """One line on the front page. ``tekst`` is in the language of the page; ``haster``: something is lost if it waits.

    ``frist``: the day it must be done by; None where nothing is due. ``venter``: there is something for them to do;
    False for what is only good to know.
    """

    tekst: str
    sti: str
    frist: date | None = None
    haster: bool = False
    venter: bool = True


@dataclass(frozen=True, slots=True)
class Merke:
    """One label at a name in the worklist. ``kode`` is stable, for filters and tests.

    ``ring``: the bruker must be reached another way, so the number to call stands beside it (U3).
    """

    kode: str
    tekst: str
    frist: date | None = None
    haster: bool = False
    ring: bool = False

    def over(self, today: date) -> bool:
        """Whether its last day has been."""
        return self.frist is not None and self.frist < today


@dataclass(frozen=True, slots=True)
class Steg:
    """Where one thing stands for one bruker, and the one next right step for the office.

    ``kode`` is stable, for tests and for the rooms that answer each other (webapp/nytt.py). ``stand`` is in plain
    words, ``om`` what it is about when a room can have several. ``gjor`` begins with a verb; empty: nothing waits for
    the office. ``sti`` is where the step is taken, empty for those who may not; ``les`` is where everybody can read.
    """

    kode: str
    rom: str
    stand: str
    les: str
    gjor: str = ""
    sti: str = ""
    om: str | Markup = ""
    frist: date | None = None
    haster: bool = False
    vilkar_id: UUID | None = None  # the vilkår that it is about


def i_saken(bruker_id: UUID, rest: str = "") -> str:
    """An address among the office's pages about one bruker."""
    return f"/veileder/bruker/{bruker_id}/{rest}"
