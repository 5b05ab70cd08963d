"""An appointment as an .ics file for the phone's own calendar.

A calendar is synchronised, shared in families and shown on locked screens. So the caller gives a summary that says that
there is an appointment, and never what it is about (S6).
"""

from calendar import monthrange as month_days
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vText

from webapp.platform.sealing import Seal

PRODUCT = "-//Medvirk//Medvirk//NO"


def uid(seal: Seal, *parts: object) -> str:
    """The name of an appointment in a calendar: always the same for the same ``parts``, and nothing can be read in it.

    It goes to phones and to the companies that keep their calendars, so it carries neither an id of ours nor our name,
    and cannot be made by anybody who knows an id: it is keyed with the bruker's own key.
    """
    return seal.fingerprint("kalender", "\x1f".join(str(part) for part in parts)).hex()[:40]


def appointment_ics(
    *,
    uid: str,
    start: datetime,
    end: datetime,
    summary: str,
    place: str = "",
    language: str = "nb",
    made: datetime,
    revision: int = 0,
    cancelled: bool = False,
) -> bytes:
    """One appointment. `start`, `end` and `made` are aware; they are written in UTC, so no calendar shifts them.

    `uid` must stay the same when the appointment is moved, and `revision` go up: the calendar then changes its own.
    Raises ValueError for times without a zone, or an end that is not after the start.
    """
    if start.tzinfo is None or end.tzinfo is None or made.tzinfo is None:
        raise ValueError("times need a time zone")
    if end <= start:
        raise ValueError("an appointment ends after it starts")
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", made.astimezone(UTC))
    event.add("dtstart", start.astimezone(UTC))
    event.add("dtend", end.astimezone(UTC))
    event.add("summary", _text(summary, language))
    if place:
        event.add("location", _text(place, language))
    event.add("sequence", revision)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    calendar.add("x-wr-timezone", "Europe/Oslo")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


_AGAIN: Mapping[str, Mapping[str, object]] = {
    "daily": {"freq": "daily"},
    "weekly": {"freq": "weekly"},
    "fortnightly": {"freq": "weekly", "interval": 2},
    "monthly": {"freq": "monthly"},
}


@dataclass(frozen=True, slots=True)
class Day:
    """A whole day with something in it. `uid`, `revision` and `summary` as in `appointment_ics`.

    `how_often` (daily, weekly, fortnightly, monthly) and `last`: it comes again and again, up to and with that day.
    """

    uid: str
    day: date
    summary: str
    revision: int = 0
    how_often: str = ""
    last: date | None = None

    def rule(self) -> Mapping[str, object] | None:
        """The RRULE, or None for a single day. A month without the day has its last one instead (RFC 5545 skips it)."""
        if not self.how_often or self.last is None or self.last <= self.day:
            return None
        found: dict[str, object] = dict(_AGAIN[self.how_often])
        shortened = self.day.day == min(self.last.day, month_days(self.day.year, self.day.month)[1])
        on = self.last.day if shortened else self.day.day  # counted back from the 31st, it may begin on a 28th
        if self.how_often == "monthly" and on > 28:
            found |= {"bymonthday": list(range(28, on + 1)), "bysetpos": -1}
        return found | {"until": self.last}


def days_ics(days: Sequence[Day], *, made: datetime, language: str = "nb") -> bytes:
    """Several whole days in one file. Raises ValueError for a `made` without a zone."""
    if made.tzinfo is None:
        raise ValueError("times need a time zone")
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in days:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", made.astimezone(UTC))
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        if (rule := one.rule()) is not None:
            event.add("rrule", rule)
        event.add("summary", _text(one.summary, language))
        event.add("sequence", one.revision)
        event.add("transp", "TRANSPARENT")  # a thing to do takes no hour of the day
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _text(words: str, language: str) -> vText:
    # One line, without what cannot stand in a calendar file; icalendar escapes the rest.
    clean = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    text = vText(clean)
    text.params["LANGUAGE"] = language.replace("_", "-")
    return text
