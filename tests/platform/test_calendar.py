"""Appointments for the phone's calendar."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from webapp.platform.calendar import appointment_ics
from webapp.platform.dates import OSLO

START = datetime(2026, 12, 8, 12, 0, tzinfo=OSLO)
MADE = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def appointment(**changes: Any) -> bytes:
    given_values: dict[str, Any] = {
        "uid": "7c0e@medvirk", "start": START, "end": START + timedelta(hours=1), "summary": "Avtale",
        "place": "Storgata 1", "made": MADE, **changes,
    }  # fmt: skip
    return appointment_ics(**given_values)


def event_in(ics: bytes) -> Any:
    calendar = Calendar.from_ical(ics)
    return next(iter(calendar.walk("VEVENT")))


def test_it_reads_back() -> None:
    ics = appointment()
    event = event_in(ics)
    assert event["UID"] == "7c0e@medvirk"
    assert event["DTSTART"].dt == START
    assert event["DTEND"].dt == START + timedelta(hours=1)
    assert event["SUMMARY"] == "Avtale"
    assert event["LOCATION"] == "Storgata 1"
    assert event["SEQUENCE"] == 0
    assert event["STATUS"] == "CONFIRMED"


def test_times_stand_in_utc() -> None:
    assert b"DTSTART:20261208T110000Z" in appointment()


def test_a_moved_appointment_is_the_same_appointment() -> None:
    before, after = event_in(appointment()), event_in(appointment(start=START + timedelta(minutes=15), revision=1))
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_a_cancelled_appointment_is_taken_out() -> None:
    ics = appointment(cancelled=True, revision=2)
    assert b"METHOD:CANCEL" in ics
    assert event_in(ics)["STATUS"] == "CANCELLED"


def test_it_is_private_and_says_nothing_more_than_it_was_told() -> None:
    """S6: that something is, never what."""
    ics = appointment(place="").decode()
    assert "CLASS:PRIVATE" in ics
    assert "DESCRIPTION" not in ics
    assert "ATTENDEE" not in ics
    assert "ORGANIZER" not in ics
    assert "LOCATION" not in ics


def test_language_is_told() -> None:
    assert event_in(appointment(summary="موعد", language="ar"))["SUMMARY"].params["LANGUAGE"] == "ar"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_no_text_can_add_a_line(text: str) -> None:
    ics = appointment(summary=text, place="x" + text)
    unfolded = ics.decode().replace("\r\n ", "")
    assert sum(line.startswith(("BEGIN:", "END:")) for line in unfolded.split("\r\n")) == 4
    assert event_in(ics)["UID"] == "7c0e@medvirk"
    assert all(len(line) <= 75 for line in ics.split(b"\r\n"))


def test_impossible_times_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        appointment(start=datetime(2026, 12, 8, 12, 0))  # noqa: DTZ001 - the mistake under test
    with pytest.raises(ValueError, match="after it starts"):
        appointment(end=START)
