"""Dates as people read them, and working days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from webapp.platform.dates import (
    add_days,
    add_working_days,
    clock_time,
    date_time,
    days_between,
    is_working_day,
    long_date,
    month_name,
    oslo,
    oslo_date,
)

LOCALES = ["nb", "nn", "se", "en", "uk", "ar", "so", "ti", "fa_AF", "fa-AF", "pl"]
TUESDAY = date(2026, 11, 24)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 1))


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("nb", "tirsdag 24. november"),
        ("nn", "tysdag 24. november"),
        ("en", "Tuesday 24 November"),
        ("ar", "الثلاثاء، 24 نوفمبر"),
        ("pl", "wtorek, 24 listopada"),
        ("uk", "вівторок, 24 листопада"),
    ],
)
def test_a_date_this_year_has_no_year(locale: str, expected: str) -> None:
    assert long_date(TUESDAY, locale, today=date(2026, 1, 1)) == expected


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("nb", "tirsdag 24. november 2026"),
        ("en", "Tuesday, 24 November 2026"),
        (Locale("nb"), "tirsdag 24. november 2026"),
        ("tlh", "tirsdag 24. november 2026"),
    ],
)
def test_another_year_is_said(locale: str, expected: str) -> None:
    assert long_date(TUESDAY, locale, today=date(2025, 12, 31)) == expected
    assert long_date(TUESDAY, locale) == expected


@given(day=st.dates(), locale=st.sampled_from(LOCALES))
def test_every_language_says_every_date_with_western_digits(day: date, locale: str) -> None:
    for text in (long_date(day, locale, today=day), long_date(day, locale), month_name(day, locale)):
        assert text.strip()
        assert all(character in "0123456789" for character in text if character.isdecimal())
    assert str(day.day) in long_date(day, locale, today=day)


def test_times_are_norwegian() -> None:
    winter = datetime(2026, 11, 24, 13, 2, tzinfo=UTC)
    assert clock_time(winter) == "14:02"
    assert date_time(winter, "nb", today=TUESDAY) == "tirsdag 24. november kl. 14:02"
    assert date_time(winter, "en", today=TUESDAY) == "Tuesday 24 November at 14:02"
    assert clock_time(datetime(2026, 7, 1, 12, 2, tzinfo=UTC)) == "14:02"
    assert oslo(winter).isoformat() == "2026-11-24T14:02:00+01:00"


def test_the_date_is_the_one_in_norway() -> None:
    just_after_midnight = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert oslo_date(just_after_midnight) == TUESDAY
    assert long_date(just_after_midnight, "nb", today=TUESDAY) == "tirsdag 24. november"


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        oslo(datetime(2026, 11, 24, 13, 2))  # noqa: DTZ001 - the mistake under test
    with pytest.raises(ValueError, match="outside"):
        oslo(datetime.max.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 24), True),
        (date(2026, 11, 28), False),  # Saturday
        (date(2026, 11, 29), False),  # Sunday
        (date(2026, 4, 2), False),  # skjærtorsdag
        (date(2026, 4, 3), False),  # langfredag
        (date(2026, 4, 6), False),  # 2. påskedag
        (date(2027, 5, 17), False),  # a Monday
        (date(2026, 5, 14), False),  # Kristi himmelfartsdag
        (date(2026, 5, 25), False),  # 2. pinsedag
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2026, 12, 31), True),
        (date(2027, 1, 1), False),
    ],
)
def test_working_days(day: date, working: bool) -> None:
    assert is_working_day(day) is working


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
        (date(2026, 11, 28), 0, date(2026, 11, 30)),
        (date(2026, 11, 24), 1, date(2026, 11, 25)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 4, 1), 1, date(2026, 4, 7)),  # over Easter
        (date(2026, 12, 23), 3, date(2026, 12, 29)),
    ],
)
def test_adding_working_days(start: date, days: int, expected: date) -> None:
    assert add_working_days(start, days) == expected


@given(start=DAYS, days=st.integers(0, 60))
def test_exactly_that_many_working_days_lie_between(start: date, days: int) -> None:
    end = add_working_days(start, days)
    assert is_working_day(end)
    after_start = [start + timedelta(days=n) for n in range(1, days_between(start, end) + 1)]
    if days:
        assert sum(is_working_day(day) for day in after_start) == days


@given(start=DAYS, first=st.integers(1, 30), second=st.integers(1, 30))
def test_adding_twice_is_adding_the_sum(start: date, first: int, second: int) -> None:
    assert add_working_days(add_working_days(start, first), second) == add_working_days(start, first + second)


def test_the_end_of_the_calendar_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="outside"):
        add_working_days(date.max, 1)
    with pytest.raises(ValueError, match="outside"):
        add_days(date.max, 1)
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(TUESDAY, -1)


@given(start=st.dates(), end=st.dates())
def test_days_between(start: date, end: date) -> None:
    assert days_between(start, end) == -days_between(end, start)
    assert add_days(start, days_between(start, end)) == end
