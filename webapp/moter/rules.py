"""Pure rules about meetings: what can happen to one, who may, and what a typed day and hour mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from webapp.platform import datotekst
from webapp.platform.dates import OSLO, oslo_date

LONGEST_AHEAD = timedelta(days=730)  # nobody agrees on a meeting years ahead: it is a slip of the finger
LONGEST_BACK = timedelta(days=730)


class Tilstand(StrEnum):
    """What a meeting is."""

    AVTALT = "avtalt"
    HOLDT = "holdt"
    AVLYST = "avlyst"
    IKKE_HOLDT = "ikke_holdt"  # says that it did not happen, never whose doing it was (U7)


class Handling(StrEnum):
    """What can be done with a meeting."""

    ENDRE = "endre"  # another time, place, length or form
    AVLYS = "avlys"
    HOLDT = "holdt"
    IKKE_HOLDT = "ikke_holdt"
    TA_OPP = "ta_opp"  # S4: «dette vil jeg ta opp»
    VURDER = "vurder"  # S4: how was this meeting for you?
    SKRIV_NOTAT = "skriv_notat"
    DEL_NOTAT = "del_notat"  # only of a meeting that has been held: nobody shares what has not been said


# What a meeting becomes. What is not here cannot be done: a meeting that was held stays held, a cancelled one stays
# cancelled. «Ikke holdt» pressed by mistake can be put right; the clock of K8 then stops as it should have.
OVERGANGER: dict[tuple[Tilstand, Handling], Tilstand] = {
    (Tilstand.AVTALT, Handling.ENDRE): Tilstand.AVTALT,
    (Tilstand.AVTALT, Handling.AVLYS): Tilstand.AVLYST,
    (Tilstand.AVTALT, Handling.HOLDT): Tilstand.HOLDT,
    (Tilstand.AVTALT, Handling.IKKE_HOLDT): Tilstand.IKKE_HOLDT,
    (Tilstand.AVTALT, Handling.TA_OPP): Tilstand.AVTALT,
    (Tilstand.AVTALT, Handling.SKRIV_NOTAT): Tilstand.AVTALT,
    (Tilstand.HOLDT, Handling.VURDER): Tilstand.HOLDT,
    (Tilstand.HOLDT, Handling.SKRIV_NOTAT): Tilstand.HOLDT,
    (Tilstand.HOLDT, Handling.DEL_NOTAT): Tilstand.HOLDT,
    (Tilstand.IKKE_HOLDT, Handling.HOLDT): Tilstand.HOLDT,
}

# Whose it is to do. The bruker's words are the bruker's, before the meeting and after it.
HVEM: dict[Handling, str] = {
    Handling.ENDRE: "ansatt",
    Handling.AVLYS: "ansatt",
    Handling.HOLDT: "ansatt",
    Handling.IKKE_HOLDT: "ansatt",
    Handling.SKRIV_NOTAT: "ansatt",
    Handling.DEL_NOTAT: "ansatt",
    Handling.TA_OPP: "bruker",
    Handling.VURDER: "bruker",
}


class NotPossible(Exception):
    """This cannot be done with the meeting as it is now. Somebody else may have changed it a moment ago."""


def after(tilstand: Tilstand, handling: Handling, who: str, *, nar: datetime, now: datetime) -> Tilstand:
    """What a meeting at ``nar`` becomes when ``who`` («ansatt», «bruker») does ``handling``. Raises NotPossible."""
    if handling not in possible(tilstand, who, nar=nar, now=now):
        raise NotPossible(f"{who}: {tilstand} + {handling}")
    return OVERGANGER[tilstand, handling]


def possible(tilstand: Tilstand, who: str, *, nar: datetime, now: datetime) -> frozenset[Handling]:
    """What ``who`` can do now with a meeting at ``nar``.

    Nobody can say that a meeting was held before its day has come, or that it was not before its time: that would
    stop the clock of K8 with something that has not happened.
    """
    found = {handling for (fra, handling) in OVERGANGER if fra is tilstand and HVEM[handling] == who}
    if oslo_date(now) < oslo_date(nar):
        found.discard(Handling.HOLDT)
    if now < nar:
        found.discard(Handling.IKKE_HOLDT)
    return frozenset(found)


def next_step(tilstand: Tilstand, *, nar: datetime, slutt: datetime, now: datetime) -> Handling | None:
    """What the office does next with a meeting: say whether it was held, once it is over."""
    over = tilstand is Tilstand.AVTALT and slutt <= now
    return Handling.HOLDT if over and Handling.HOLDT in possible(tilstand, "ansatt", nar=nar, now=now) else None


def together(
    shown: Mapping[str, object], now: Mapping[str, object], typed: Mapping[str, object]
) -> tuple[dict[str, Any], frozenset[str]]:
    """What a meeting becomes when a page that showed ``shown`` says ``typed`` and ``now`` stands, field by field.

    What nobody touched on the page stays as it is now. The second answer names the fields that were changed in both
    places, and not to the same. A field that is not in ``shown`` counts as touched, and as changed nowhere else.
    """
    touched = {name for name in typed if name not in shown or typed[name] != shown[name]}
    both = {name for name in touched & shown.keys() if now[name] not in (shown[name], typed[name])}
    return {name: typed[name] if name in touched else now[name] for name in typed}, frozenset(both)


def stops_conversation_clock(*, nar: datetime, levert: datetime | None) -> bool:
    """K8: a conversation counts when it was held after the mapping was delivered (that day at the earliest)."""
    return levert is not None and oslo_date(nar) >= oslo_date(levert)


class Tidsfeil(StrEnum):
    """What is wrong with a typed day or hour."""

    DATO = "dato"
    KLOKKE = "klokke"
    FOR_LANGT_FRAM = "for_langt_fram"
    FOR_LANGT_TILBAKE = "for_langt_tilbake"


_KLOKKE = re.compile(r"(?:kl\.? ?)?(\d{1,2})(?:[:. ]?(\d{2}))?(?::\d{2})?")


def hour(text: str) -> time | None:
    """A typed hour («09:30», «9.30», «kl. 9»), or None when there is no such hour."""
    found = _KLOKKE.fullmatch(datotekst.plain_digits(text).lower())
    if found is None:
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None


def moment(on: date, at: time, today: date) -> datetime | Tidsfeil:
    """A day and an hour on a Norwegian wall clock as a moment in UTC, or why it cannot be a meeting's."""
    if on > today + LONGEST_AHEAD:
        return Tidsfeil.FOR_LANGT_FRAM
    if on < today - LONGEST_BACK:
        return Tidsfeil.FOR_LANGT_TILBAKE
    return datetime.combine(on, at, OSLO).astimezone(UTC)
