"""Pure rules about a klage: where it stands, what can be done with it and by whom, and which days count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from webapp.platform import lov


class Mal(StrEnum):
    """What a klage can be against."""

    VEDTAK = "vedtak"
    VILKAR = "vilkar"  # alone, also when the vedtak itself is fine
    REDUKSJON = "reduksjon"
    RAD = "rad"


class Stand(StrEnum):
    """Where a klage stands. Each but the first is also the step that brought it there."""

    SENDT_INN = "sendt_inn"
    MOTTATT = "mottatt"
    OMGJORT = "omgjort"  # the office has changed what the klage was about: the end
    OPPRETTHOLDT = "opprettholdt"  # the office has not (or not all of it): it must be sent on
    SENDT = "sendt"  # to the statsforvalter
    MEDHOLD = "medhold"
    DELVIS = "delvis"
    IKKE_MEDHOLD = "ikke_medhold"
    OPPHEVET = "opphevet"  # the office must consider it all anew


# What can follow what. Whoever is not heard by the office is always sent on, and nothing is sent on unconsidered.
# Each step stands once; a mistake in it is told in the next one's words.
NESTE: dict[Stand, tuple[Stand, ...]] = {
    Stand.SENDT_INN: (Stand.MOTTATT,),
    Stand.MOTTATT: (Stand.OMGJORT, Stand.OPPRETTHOLDT),
    Stand.OMGJORT: (),
    Stand.OPPRETTHOLDT: (Stand.SENDT,),
    Stand.SENDT: (Stand.MEDHOLD, Stand.DELVIS, Stand.IKKE_MEDHOLD, Stand.OPPHEVET),
    Stand.MEDHOLD: (),
    Stand.DELVIS: (),
    Stand.IKKE_MEDHOLD: (),
    Stand.OPPHEVET: (),
}
NUMMER: dict[Stand, int] = {
    Stand.MOTTATT: 1,
    Stand.OMGJORT: 2,
    Stand.OPPRETTHOLDT: 2,
    Stand.SENDT: 3,
    Stand.MEDHOLD: 4,
    Stand.DELVIS: 4,
    Stand.IKKE_MEDHOLD: 4,
    Stand.OPPHEVET: 4,
}
FERDIG = frozenset(stand for stand, after in NESTE.items() if not after)


class NotPossible(Exception):
    """This cannot be done with the klage as it is now. Somebody else may have done it a moment ago."""


class TidligereEnn(Exception):
    """A step on a day before the step it follows, or in the future. ``fra`` is the first day that it can be."""

    def __init__(self, fra: date) -> None:
        super().__init__(str(fra))
        self.fra = fra


def stand(steps: Sequence[str]) -> Stand:
    """Where a klage with these steps stands."""
    return Stand(steps[-1]) if steps else Stand.SENDT_INN


def possible(now: Stand, who: str) -> tuple[Stand, ...]:
    """What ``who`` («ansatt», «bruker») can make of it. A klage that is sent is the bruker's word, and stays."""
    return NESTE[now] if who == "ansatt" else ()


def next_step(now: Stand) -> tuple[Stand, ...]:
    """What the office does next: one of these. Empty when it waits for the statsforvalter, and at the end."""
    return () if now is Stand.SENDT else possible(now, "ansatt")


def after(now: Stand, step: Stand, who: str) -> Stand:
    """What it becomes. Raises NotPossible."""
    if step not in possible(now, who):
        raise NotPossible(f"{who}: {now} + {step}")
    return step


def check_day(day: date, *, before: date, today: date) -> None:
    """A step is done on the day of the one before it or later, and not in the future. Raises TidligereEnn."""
    if not before <= day <= today:
        raise TidligereEnn(before)


def late(sent: date, klagefrist: date) -> bool:
    """Whether it came after the last day. It is taken in all the same."""
    return sent > klagefrist


def answer_by(sent: date) -> date:
    """The day by which the office has considered it, or said how long it takes."""
    return sent + timedelta(days=lov.KLAGE_SVAR_DAGER)
