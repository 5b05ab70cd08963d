"""Pure rules about a klage: where it stands, what can be done with it and by whom, and which days count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from webapp.platform import lov
from webapp.platform.dates import add_days, add_working_days


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
    TRUKKET = "trukket"  # by the bruker; nothing more is done with it, and a new klage can be sent


class Handling(StrEnum):
    """What can be done with a klage beside the steps."""

    TILLEGG = "tillegg"  # the bruker adds words and files
    RETT = "rett"  # the bruker puts right what was written down for them
    TREKK = "trekk"
    SEND_TILLEGG = "send_tillegg"  # what was added after the klage was sent on follows it


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
    Stand.TRUKKET: (),
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
# The statsforvalter has answered. What was added before that, and not sent on, can still follow.
BESVART = frozenset(stand for stand, number in NUMMER.items() if number == 4)

# Who can do what beside the steps, and where. Only withdrawing changes where the klage stands. What is added is taken
# in wherever the klage is, until it has its answer; what was written down is put right until the office has considered
# it, and after that the right words are something that is added.
KAN: dict[Handling, tuple[str, frozenset[Stand]]] = {
    Handling.TILLEGG: ("bruker", frozenset(Stand) - FERDIG),
    Handling.TREKK: ("bruker", frozenset(Stand) - FERDIG),
    Handling.RETT: ("bruker", frozenset({Stand.SENDT_INN, Stand.MOTTATT})),
    Handling.SEND_TILLEGG: ("ansatt", BESVART | {Stand.SENDT}),
}
# What each step of the office does with what was added before it and has not been dealt with.
TILLEGG: dict[Stand, str] = {Stand.OMGJORT: "vurdert", Stand.OPPRETTHOLDT: "vurdert", Stand.SENDT: "sendt"}


class NotPossible(Exception):
    """This cannot be done with the klage as it is now. Somebody else may have done it a moment ago."""


class NotTheirOwn(Exception):
    """Somebody at the office would confirm, on the bruker's behalf, what somebody at the office wrote down."""


class TidligereEnn(Exception):
    """A day before what it follows, or in the future. ``fra`` is the first day that it can be.

    A step follows the step before it, and a spoken klage follows the decision.
    """

    def __init__(self, fra: date) -> None:
        super().__init__(str(fra))
        self.fra = fra


def stand(steps: Sequence[str], *, trukket: bool = False) -> Stand:
    """Where a klage with these steps stands."""
    if trukket:
        return Stand.TRUKKET
    return Stand(steps[-1]) if steps else Stand.SENDT_INN


def possible(now: Stand, who: str) -> tuple[Stand, ...]:
    """The steps that ``who`` («ansatt», «bruker») can take. The words of a klage that is sent stay as they are."""
    return NESTE[now] if who == "ansatt" else ()


def next_step(now: Stand) -> tuple[Stand, ...]:
    """What the office does next: one of these. Empty when it waits for the statsforvalter, and at the end."""
    return () if now is Stand.SENDT else possible(now, "ansatt")


def after(now: Stand, step: Stand, who: str) -> Stand:
    """What it becomes. Raises NotPossible."""
    if step not in possible(now, who):
        raise NotPossible(f"{who}: {now} + {step}")
    return step


def can(now: Stand, doing: Handling, who: str) -> bool:
    """Whether ``who`` («ansatt», «bruker») can do it with a klage that stands at ``now``."""
    whose, where = KAN[doing]
    return who == whose and now in where


def do(now: Stand, doing: Handling, who: str) -> Stand:
    """Where the klage stands when it is done. Raises NotPossible."""
    if not can(now, doing, who):
        raise NotPossible(f"{who}: {now} + {doing}")
    return Stand.TRUKKET if doing is Handling.TREKK else now


def check_own(*, same_words: bool, skriver: str | None) -> None:
    """Nobody at the office says for the bruker that what the office wrote is right. Raises NotTheirOwn."""
    if same_words and skriver == "ansatt":
        raise NotTheirOwn


def check_day(day: date, *, before: date, today: date) -> None:
    """Not before ``before``, which it follows, and not in the future. Raises TidligereEnn."""
    if not before <= day <= today:
        raise TidligereEnn(before)


def last_day(klagefrist: date) -> date:
    """The last day that is in time: what is registered, or the working day after one in a weekend or on a holiday."""
    return add_working_days(klagefrist, 0)


def late(sent: date, klagefrist: date) -> bool:
    """Whether it came after the last day. It is taken in all the same."""
    return sent > last_day(klagefrist)


def answer_by(sent: date) -> date:
    """The working day by which the office has considered it, or said how long it takes."""
    return add_working_days(add_days(sent, lov.KLAGE_SVAR_DAGER), 0)
