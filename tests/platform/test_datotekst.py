"""A typed day: in figures or in words, in every language, the way Medvirk writes it itself."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.platform import dates, datotekst, languages

DAY = date(2027, 1, 15)


def test_every_language_of_the_program_is_read() -> None:
    assert set(datotekst.SPRAK) == set(languages.SPRAK)


@pytest.mark.parametrize("kode", datotekst.SPRAK)
def test_what_medvirk_writes_it_can_read(kode: str) -> None:
    for month in range(1, 13):
        day = date(2027, month, 15)
        assert datotekst.typed_day(dates.long_date(day, kode)) == day
        assert datotekst.month_parts(dates.month_name(day, kode)) == (2027, month)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15. januar 2027", DAY),
        ("15 JANUAR 2027", DAY),
        ("15. jan. 2027", DAY),
        ("15.januar 2027", DAY),
        ("den 15. januar 2027", DAY),
        ("fredag 15. januar 2027", DAY),
        ("January 15, 2027", DAY),
        ("15 січня 2027 р.", DAY),
        ("١٥ يناير ٢٠٢٧", DAY),
        ("2027-01-15", DAY),
        ("15.1.2027", DAY),
        ("torsdag 15. januar 2027", None),  # a slip: that day is a Friday
        ("15. januar", None),
        ("31. februar 2027", None),
        ("15. januar 2027 kanskje", None),
        ("15 16 januar 2027", None),
        ("januar 2027", None),
        ("", None),
    ],
)
def test_a_typed_day(text: str, expected: date | None) -> None:
    assert datotekst.typed_day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("november 2026", (2026, 11)),
        ("2026-11", (2026, 11)),
        ("11.2026", (2026, 11)),
        ("15. november 2026", None),
        ("november", None),
    ],
)
def test_a_typed_month(text: str, expected: tuple[int, int] | None) -> None:
    assert datotekst.month_parts(text) == expected


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert datotekst.typed_day(text) is None or isinstance(datotekst.typed_day(text), date)
    datotekst.month_parts(text)
