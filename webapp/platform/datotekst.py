"""What a day or a month means that somebody has typed: in figures, or in words as Medvirk writes them itself. Pure.

The words are read in every language of the program, whatever the page is in: what is typed is kept as it was typed, and
is read again on pages in other languages. No two of them have the same word for two different months.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import cache
from typing import Any

from babel import Locale

SPRAK = ("nb", "nn", "se", "en", "uk", "ar", "so", "ti", "fa_AF", "pl")
MOST = 60  # characters: no day is longer, in any of them

_ISO = re.compile(r"(\d{4,6})-(\d{1,2})-(\d{1,2})")  # date inputs let people type years of six digits
_NORSK = re.compile(r"(\d{1,2}) ?[./-] ?(\d{1,2}) ?[./-] ?(\d{4,6})")
_ISO_MONTH = re.compile(r"(\d{4,6})-(\d{1,2})")
_NORSK_MONTH = re.compile(r"(\d{1,2}) ?[./ -] ?(\d{4,6})")
_MARKS = str.maketrans(dict.fromkeys(".,،፣", " ") | dict.fromkeys("'’ʼ", ""))
_NOT_SAID = {"den", "р", "року", "r", "roku"}  # words that stand beside a day and add nothing: «2027 р.»


def plain_digits(text: str) -> str:
    """``text`` with digits of every script as 0–9, and single plain spaces."""
    return " ".join("".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text).split())


def typed_day(text: str) -> date | None:
    """A typed day («2026-11-24», «24.11.2026», «24. november 2026»), or None when there is no such day."""
    said = day_parts(text)
    try:
        return date(*said) if said else None
    except ValueError:
        return None


def day_parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day as they were typed, whether there is such a day or not; None for what is no day."""
    plain = plain_digits(text)
    if iso := _ISO.fullmatch(plain):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if norsk := _NORSK.fullmatch(plain):
        return int(norsk[3]), int(norsk[2]), int(norsk[1])
    numbers, months, weekdays = _in_words(plain)
    if len(months) != 1 or len(weekdays) > 1 or sorted(map(_is_year, numbers)) != [False, True]:
        return None
    year, number = sorted(numbers, key=_is_year, reverse=True)
    said = int(year), months[0], int(number)
    return said if not weekdays or _is_weekday(said, weekdays[0]) else None


def says_year(text: str) -> bool:
    """Whether a year is typed, so that what is no day is a day that does not exist. «24. desember» exists."""
    return re.search(r"[0-9]{4}", plain_digits(text)) is not None


def month_parts(text: str) -> tuple[int, int] | None:
    """Year and month as they were typed («2026-11», «11.2026», «november 2026»); None for what is no month."""
    plain = plain_digits(text)
    if iso := _ISO_MONTH.fullmatch(plain):
        return int(iso[1]), int(iso[2])
    if norsk := _NORSK_MONTH.fullmatch(plain):
        return int(norsk[2]), int(norsk[1])
    numbers, months, weekdays = _in_words(plain)
    if len(months) != 1 or weekdays or [_is_year(one) for one in numbers] != [True]:
        return None
    return int(numbers[0]), months[0]


def _in_words(plain: str) -> tuple[list[str], list[int], list[int]]:
    """The numbers, the months and the weekdays in a text; nothing at all when it holds something else too."""
    words = _folded(plain).split() if len(plain) <= MOST else []
    numbers = [word for word in words if re.fullmatch(r"\d{1,2}|\d{4,6}", word, re.ASCII)]
    months = [month for word in words if (month := _names("months").get(word)) is not None]
    weekdays = [day for word in words if (day := _names("days").get(word)) is not None]
    beside = sum(word in _NOT_SAID for word in words)
    if len(numbers) + len(months) + len(weekdays) + beside != len(words):
        return [], [], []
    return numbers, months, weekdays


def _is_year(number: str) -> bool:
    return len(number) > 2


def _is_weekday(said: tuple[int, int, int], weekday: int) -> bool:
    try:
        return date(*said).weekday() == weekday
    except ValueError:
        return True  # there is no such day, and that is what is wrong


@cache
def _names(kind: str) -> dict[str, int]:
    """The names of the months, or of the weekdays, in every language: in full and short, as Babel has them."""
    found = {}
    for kode in SPRAK:
        names: Any = getattr(Locale.parse(kode), kind)
        for place in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                found.update({_folded(name): number for number, name in names[place][width].items()})
    return found


def _folded(text: str) -> str:
    """Small letters, without full stops, apostrophes and the marks that cannot be seen."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_MARKS)
    return "".join(c for c in plain if unicodedata.category(c) != "Cf").strip()
