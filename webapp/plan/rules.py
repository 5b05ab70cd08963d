"""Pure rules about the plan: what a step is, who may move it, and when both have said yes (P1–P3)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

EVALUERES_ETTER = timedelta(days=90)  # P2: a plan always has a day when both look at it again; this is the first
LENGST_FRAM = timedelta(days=1826)  # five years; beyond it is a slip of the finger
MOST_STEPS = 200  # more than this nobody can follow; it also bounds what a page opens


class Rolle(StrEnum):
    """The two who agree."""

    BRUKER = "bruker"
    NAV = "nav"


class Tilstand(StrEnum):
    """Where a step stands."""

    FORESLATT_BRUKER = "foreslatt_bruker"  # the bruker has said yes to this text, and waits for Nav
    FORESLATT_NAV = "foreslatt_nav"  # Nav has said yes to this text, and waits for the bruker
    IKKE_NYTTIG = "ikke_nyttig"  # «ikke nyttig for meg»: Nav owes something else
    AVSLATT = "avslatt"  # Nav cannot now, and has said why
    TRUKKET = "trukket"  # taken back by the one who proposed it
    AVTALT = "avtalt"
    PAUSE = "pause"
    GJORT = "gjort"
    AVSLUTTET = "avsluttet"  # stopped before it was done; never whose fault (P3)


class Handling(StrEnum):
    """What somebody can do with a step."""

    JA = "ja"
    ENDRE = "endre"  # another text: before an answer, instead of one, or of something agreed
    IKKE_NYTTIG = "ikke_nyttig"
    AVSLA = "avsla"
    TREKK = "trekk"
    PAUSE = "pause"
    GJENAPNE = "gjenapne"
    GJORT = "gjort"
    AVSLUTT = "avslutt"
    KOMMENTER = "kommenter"


# Both have said yes to the text as it is. The database checks the same (ck_aktivitet_avtalt).
GJELDER = frozenset({Tilstand.AVTALT, Tilstand.PAUSE, Tilstand.GJORT})
_B, _N, _T, _H = Rolle.BRUKER, Rolle.NAV, Tilstand, Handling

# The table: what a step becomes when somebody does something with it. What is not here cannot be done.
OVERGANGER: dict[tuple[Tilstand, Handling, Rolle], Tilstand] = {
    (_T.FORESLATT_BRUKER, _H.JA, _N): _T.AVTALT,
    (_T.FORESLATT_BRUKER, _H.ENDRE, _B): _T.FORESLATT_BRUKER,
    (_T.FORESLATT_BRUKER, _H.ENDRE, _N): _T.FORESLATT_NAV,
    (_T.FORESLATT_BRUKER, _H.TREKK, _B): _T.TRUKKET,
    (_T.FORESLATT_BRUKER, _H.AVSLA, _N): _T.AVSLATT,
    (_T.FORESLATT_NAV, _H.JA, _B): _T.AVTALT,
    (_T.FORESLATT_NAV, _H.ENDRE, _B): _T.FORESLATT_BRUKER,
    (_T.FORESLATT_NAV, _H.ENDRE, _N): _T.FORESLATT_NAV,
    (_T.FORESLATT_NAV, _H.IKKE_NYTTIG, _B): _T.IKKE_NYTTIG,
    (_T.FORESLATT_NAV, _H.TREKK, _N): _T.TRUKKET,
    # A no is not the end: whoever said it can think again, and both can propose something else.
    (_T.IKKE_NYTTIG, _H.JA, _B): _T.AVTALT,
    (_T.IKKE_NYTTIG, _H.ENDRE, _B): _T.FORESLATT_BRUKER,
    (_T.IKKE_NYTTIG, _H.ENDRE, _N): _T.FORESLATT_NAV,
    (_T.IKKE_NYTTIG, _H.TREKK, _N): _T.TRUKKET,
    (_T.AVSLATT, _H.JA, _N): _T.AVTALT,
    (_T.AVSLATT, _H.ENDRE, _B): _T.FORESLATT_BRUKER,
    (_T.AVSLATT, _H.ENDRE, _N): _T.FORESLATT_NAV,
    (_T.AVSLATT, _H.TREKK, _B): _T.TRUKKET,
    # A change of what is agreed is a proposal again, for both.
    (_T.AVTALT, _H.ENDRE, _B): _T.FORESLATT_BRUKER,
    (_T.AVTALT, _H.ENDRE, _N): _T.FORESLATT_NAV,
    (_T.AVTALT, _H.IKKE_NYTTIG, _B): _T.IKKE_NYTTIG,
    (_T.AVTALT, _H.PAUSE, _B): _T.PAUSE,
    (_T.AVTALT, _H.PAUSE, _N): _T.PAUSE,
    (_T.AVTALT, _H.GJORT, _B): _T.GJORT,
    (_T.AVTALT, _H.GJORT, _N): _T.GJORT,
    (_T.AVTALT, _H.AVSLUTT, _B): _T.AVSLUTTET,
    (_T.AVTALT, _H.AVSLUTT, _N): _T.AVSLUTTET,
    (_T.PAUSE, _H.ENDRE, _B): _T.FORESLATT_BRUKER,
    (_T.PAUSE, _H.ENDRE, _N): _T.FORESLATT_NAV,
    (_T.PAUSE, _H.IKKE_NYTTIG, _B): _T.IKKE_NYTTIG,
    (_T.PAUSE, _H.AVSLUTT, _B): _T.AVSLUTTET,
    (_T.PAUSE, _H.AVSLUTT, _N): _T.AVSLUTTET,
    # The bruker takes up again what both agreed on. When Nav wants it taken up, it asks (P1).
    (_T.PAUSE, _H.GJENAPNE, _B): _T.AVTALT,
    (_T.PAUSE, _H.GJENAPNE, _N): _T.FORESLATT_NAV,
    (_T.GJORT, _H.GJENAPNE, _B): _T.AVTALT,
    (_T.GJORT, _H.GJENAPNE, _N): _T.FORESLATT_NAV,
    (_T.AVSLUTTET, _H.GJENAPNE, _B): _T.FORESLATT_BRUKER,
    (_T.AVSLUTTET, _H.GJENAPNE, _N): _T.FORESLATT_NAV,
    # The bruker (and Nav) can comment, whatever a step is. Nothing moves by it.
    **{(tilstand, _H.KOMMENTER, rolle): tilstand for tilstand in _T for rolle in Rolle},
}
NYTT: dict[Rolle, Tilstand] = {_B: _T.FORESLATT_BRUKER, _N: _T.FORESLATT_NAV}
# Words are asked for where the other one would otherwise have to guess.
KREVER_ORD = frozenset({_H.IKKE_NYTTIG, _H.AVSLA, _H.AVSLUTT, _H.KOMMENTER})

ANSVAR = ("bruker", "nav_sosial", "nav_arbeid", "tiltak", "helse", "skole", "annen")
HVOR_OFTE = ("en_gang", "daglig", "ukentlig", "annenhver_uke", "manedlig", "etter_avtale")


def whose(ansvar: str) -> str:
    """Whether a responsible is the bruker, Nav, or somebody else."""
    return {"bruker": "bruker", "nav_sosial": "nav", "nav_arbeid": "nav"}.get(ansvar, "andre")


class NotPossible(Exception):
    """This cannot be done with the step as it is now. The other one may have changed it a moment ago."""


class Changed(Exception):
    """What stands there is another text than the one answered to: nobody says yes to what they have not read."""


class Missing(Exception):
    """P2: it cannot be agreed on yet. ``hva`` says what is missing."""

    def __init__(self, hva: str) -> None:
        super().__init__(hva)
        self.hva = hva


@dataclass(frozen=True, slots=True)
class Stand:
    """What decides what can happen to a step: where it stands, which text, and who has said yes to which text."""

    tilstand: Tilstand
    versjon: int = 1
    ja_bruker: int | None = None
    ja_nav: int | None = None
    ansvar: str = "bruker"  # whose it is to do: bruker, nav, andre

    @property
    def enige(self) -> bool:
        """Both have said yes to the text as it is."""
        return self.ja_bruker == self.ja_nav == self.versjon


def proposed(rolle: Rolle, ansvar: str = "bruker") -> Stand:
    """A new step: the one who proposes it has said yes to it."""
    return _yes(Stand(NYTT[rolle], ansvar=ansvar), rolle)


def possible(stand: Stand, rolle: Rolle) -> frozenset[Handling]:
    """What ``rolle`` can do with a step. Done is said by whoever is to do it; for others' tasks by both."""
    found = {handling for tilstand, handling, who in OVERGANGER if tilstand is stand.tilstand and who is rolle}
    theirs = {"bruker": Rolle.BRUKER, "nav": Rolle.NAV}.get(stand.ansvar, rolle)
    if theirs is not rolle:
        found.discard(Handling.GJORT)
    return frozenset(found)


def after(
    stand: Stand, handling: Handling, rolle: Rolle, *, lest: int, frist: date | None, evaluering: date | None
) -> Stand:
    """What a step becomes when ``rolle``, who has read version ``lest`` of its text, does ``handling``.

    ``frist`` is the step's, ``evaluering`` the plan's: without both nothing is agreed (P2).
    Raises NotPossible, Changed, Missing.
    """
    if handling not in possible(stand, rolle):
        raise NotPossible(f"{rolle}: {stand.tilstand} + {handling}")
    if handling is Handling.KOMMENTER:
        return stand
    if lest != stand.versjon:
        raise Changed(f"{lest} was read, {stand.versjon} stands there")
    new = replace(stand, tilstand=OVERGANGER[stand.tilstand, handling, rolle])
    if handling is Handling.ENDRE:
        return _yes(replace(new, versjon=stand.versjon + 1, ja_bruker=None, ja_nav=None), rolle)
    if handling is Handling.IKKE_NYTTIG:
        return replace(new, ja_bruker=None)
    if handling is Handling.AVSLA:
        return replace(new, ja_nav=None)
    if handling is Handling.GJENAPNE and new.tilstand is not Tilstand.AVTALT:
        return _yes(replace(new, ja_bruker=None, ja_nav=None), rolle)
    if handling is Handling.JA:
        new = _yes(new, rolle)
    if new.tilstand is Tilstand.AVTALT:
        _ready(frist, evaluering)
    return new


def _yes(stand: Stand, rolle: Rolle) -> Stand:
    return replace(stand, ja_bruker=stand.versjon) if rolle is Rolle.BRUKER else replace(stand, ja_nav=stand.versjon)


def _ready(frist: date | None, evaluering: date | None) -> None:
    if frist is None:
        raise Missing("frist")
    if evaluering is None:
        raise Missing("evaluering")


def waits_for(stand: Stand) -> Rolle | None:
    """Whose answer a step waits for."""
    match stand.tilstand:
        case Tilstand.FORESLATT_NAV:
            return Rolle.BRUKER
        case Tilstand.FORESLATT_BRUKER | Tilstand.IKKE_NYTTIG:
            return Rolle.NAV
        case _:
            return None


def next_step(stand: Stand, frist: date | None, today: date) -> Handling | None:
    """What Nav does next with a step: answer, propose something else, or do what it has promised and is late with."""
    if waits_for(stand) is Rolle.NAV:
        return Handling.JA if stand.tilstand is Tilstand.FORESLATT_BRUKER else Handling.ENDRE
    late = stand.tilstand is Tilstand.AVTALT and frist is not None and frist < today
    return Handling.GJORT if late and stand.ansvar == "nav" else None


def end_of_week(today: date) -> date:
    """The Sunday of this week."""
    return today + timedelta(days=6 - today.weekday())


def this_week(start: date | None, frist: date, hvor_ofte: str, today: date) -> bool:
    """Whether a step of those agreed on is for this week: due by Sunday (or already), or going on again and again."""
    if frist <= end_of_week(today):
        return True
    return hvor_ofte not in {"en_gang", "etter_avtale"} and (start is None or start <= end_of_week(today))


class Datofeil(StrEnum):
    """What is wrong with a day that was typed."""

    UKJENT = "ukjent"
    FOR_LANGT_FRAM = "for_langt_fram"
    FORTID = "fortid"
    FREMTID = "fremtid"


def fault(day: date | None, today: date) -> Datofeil | None:
    """What is wrong with a day that is to come, if anything. ``day`` None: there is no such day."""
    if day is None:
        return Datofeil.UKJENT
    if day < today:
        return Datofeil.FORTID
    return Datofeil.FOR_LANGT_FRAM if day > today + LENGST_FRAM else None
