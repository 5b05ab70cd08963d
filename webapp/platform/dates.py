"""Dates and times as people read them, and the counting of days and Norwegian working days.

Pure: no clock of its own. Whoever calls hands over what «today» is.
"""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime

OSLO = ZoneInfo("Europe/Oslo")

# Babel has a «full» pattern with the year, and none without it in full words, so the short ones are ours.
# The order of day and month follows each language's own full pattern.
_WITHOUT_YEAR = {
    "nb": "EEEE d. MMMM",
    "nn": "EEEE d. MMMM",
    "se": "MMMM d, EEEE",
    "en": "EEEE d MMMM",
    "uk": "EEEE, d MMMM",
    "ar": "EEEE، d MMMM",
    "so": "EEEE, MMMM d",
    "ti": "EEEE፣ d MMMM",
    "fa": "EEEE d MMMM",
    "pl": "EEEE, d MMMM",
}
# «tirsdag 24. november kl. 14:02»: what stands between the date and the time.
_BEFORE_TIME = {"nb": " kl. ", "nn": " kl. ", "en": " at ", "ar": "، ", "fa": "، ", "uk": " о ", "pl": ", "}
# English is written for readers in Norway: day before month.
_ENGLISH_IN_EUROPE = Locale("en", "GB")


def oslo(moment: datetime) -> datetime:
    """The same moment on a Norwegian wall clock. `moment` must carry a time zone.

    Raises ValueError for a moment without a time zone, and for one outside the years 1 to 9999.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone; times are kept in UTC")
    try:
        return moment.astimezone(OSLO)
    except OverflowError as error:
        raise ValueError("the moment is outside the calendar") from error


def oslo_date(moment: datetime) -> date:
    """The date in Norway at that moment."""
    return oslo(moment).date()


def long_date(day: date, locale: Locale | str, today: date | None = None) -> str:
    """«tirsdag 24. november», in full words, Gregorian calendar, with digits 0–9.

    The year is added unless `today` is given and is in the same year. A datetime is shown by its date in Norway.
    """
    day = _as_day(day)
    language = _locale(locale)
    pattern = _WITHOUT_YEAR.get(language.language)
    if pattern is None or today is None or day.year != _as_day(today).year:
        return format_date(day, "full", locale=language)
    return format_date(day, pattern, locale=language)


def clock_time(moment: datetime) -> str:
    """«14:02» in Norway: 24 hours in every language, as on the office's door and in its letters."""
    return f"{oslo(moment):%H:%M}"


def date_time(moment: datetime, locale: Locale | str, today: date | None = None) -> str:
    """«tirsdag 24. november kl. 14:02», in Norway. The year is left out as in `long_date`."""
    between = _BEFORE_TIME.get(_locale(locale).language, " ")
    return f"{long_date(oslo(moment), locale, today)}{between}{clock_time(moment)}"


def month_name(day: date, locale: Locale | str) -> str:
    """«november 2026», for answers that are a month and not a day."""
    return format_datetime(datetime(day.year, day.month, 1, tzinfo=UTC), "LLLL y", tzinfo=UTC, locale=_locale(locale))


def days_between(start: date, end: date) -> int:
    """Whole calendar days from `start` to `end`: 1 from one day to the next, negative when `end` comes first."""
    return (_as_day(end) - _as_day(start)).days


def add_days(start: date, days: int) -> date:
    """`start` moved by calendar days. Raises ValueError when that is outside the calendar."""
    try:
        return _as_day(start) + timedelta(days=days)
    except OverflowError as error:
        raise ValueError("the date is outside the calendar") from error


def is_working_day(day: date) -> bool:
    """Monday to Friday, except Norwegian public holidays (movable ones too).

    Christmas Eve and New Year's Eve count as working days, as they do for deadlines in law (helligdagsloven § 2 does
    not name them; offices close early by agreement, not by rule).
    """
    day = _as_day(day)
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def add_working_days(start: date, days: int) -> date:
    """The `days`-th working day after `start`; for 0 the first working day on or after `start`.

    Raises ValueError when `days` is negative or the date is outside the calendar.
    """
    if days < 0:
        raise ValueError("working days are counted forwards")
    day = _as_day(start)
    if days == 0:
        while not is_working_day(day):
            day = add_days(day, 1)
        return day
    left = days
    while left:
        day = add_days(day, 1)
        left -= is_working_day(day)
    return day


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NO", years=year, expand=False))


def _as_day(day: date) -> date:
    """A datetime is a date too in Python; what is meant is its date in Norway."""
    if not isinstance(day, datetime):
        return day
    return (oslo(day) if day.tzinfo else day).date()


@lru_cache(maxsize=64)
def _parsed(tag: str) -> Locale:
    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale("nb")
    return _ENGLISH_IN_EUROPE if str(locale) == "en" else locale


def _locale(locale: Locale | str) -> Locale:
    return _parsed(str(locale))
