"""The pure rules about ways in."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOON
from webapp.identitet import rules
from webapp.identitet.rules import Tilstand

HOUR = timedelta(hours=1)
LOOK_ALIKES = "0O1IL2Z5S8BUV"


def test_codes_have_no_look_alikes() -> None:
    for length in (rules.INVITATION_LENGTH, rules.ONE_TIME_LENGTH):
        codes = {rules.new_code(length) for _ in range(500)}
        assert len(codes) == 500
        assert not set("".join(codes)) & set(LOOK_ALIKES)
        assert {len(code) for code in codes} == {length}


@given(st.text(alphabet=rules.ALPHABET, min_size=8, max_size=12), st.sampled_from(["-", " ", "\u2013", "\u00a0", ". "]))
def test_a_code_is_the_same_however_it_is_typed(code: str, between: str) -> None:
    assert rules.normal_code(rules.shown_code(code)) == code
    assert rules.normal_code(between.join(code).lower()) == code
    full_width = "".join(chr(ord(character) + 0xFEE0) for character in code)
    assert rules.normal_code(full_width) == code


@given(st.text(max_size=200))
def test_any_text_is_a_code_or_nothing(text: str) -> None:
    assert set(rules.normal_code(text)) <= set(rules.ALPHABET)


@pytest.mark.parametrize(
    ("utloper", "brukt", "tilbakekalt", "expected"),
    [
        (HOUR, None, None, Tilstand.GYLDIG),
        (timedelta(0), None, None, Tilstand.UTLOPT),
        (-HOUR, None, None, Tilstand.UTLOPT),
        (HOUR, -HOUR, None, Tilstand.BRUKT),
        (-HOUR, -2 * HOUR, None, Tilstand.BRUKT),
        (HOUR, -HOUR, -HOUR, Tilstand.BRUKT),
        (HOUR, None, -HOUR, Tilstand.TILBAKEKALT),
        (-HOUR, None, -2 * HOUR, Tilstand.TILBAKEKALT),
        (-2 * HOUR, None, -HOUR, Tilstand.UTLOPT),  # it had run out before it was revoked
    ],
)
def test_what_an_invitation_is(
    utloper: timedelta, brukt: timedelta | None, tilbakekalt: timedelta | None, expected: Tilstand
) -> None:
    state = rules.invitation_state(
        NOON,
        utloper=NOON + utloper,
        brukt=NOON + brukt if brukt is not None else None,
        tilbakekalt=NOON + tilbakekalt if tilbakekalt is not None else None,
    )
    assert state is expected


def test_a_second_tap_is_the_same_page_within_two_minutes() -> None:
    def again(after: timedelta, fra: bytes | None = b"page", used_from: bytes | None = b"page") -> bool:
        return rules.same_tap(NOON + after, brukt=NOON, brukt_fra=used_from, fra=fra)

    assert again(timedelta(seconds=1))
    assert not again(rules.SAME_TAP)
    assert not again(timedelta(seconds=1), fra=b"another")
    assert not again(timedelta(seconds=1), fra=None, used_from=None)
    assert not rules.same_tap(NOON, brukt=None, brukt_fra=None, fra=b"page")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Kari Nordmann", {"kari", "nordmann"}),
        ("  José  ÁLVAREZ-Peña ", {"jose", "alvarez", "pena"}),
        ("Åse Ødegård Æn", {"åse", "ødegård", "æn"}),
        ("محمد الفاتح", {"محمد", "الفاتح"}),
        ("O'Brien", {"o", "brien"}),
        ("!!!", set()),
        ("", set()),
    ],
)
def test_parts_of_a_name(name: str, parts: set[str]) -> None:
    assert rules.name_parts(name) == parts


@pytest.mark.parametrize("name", ["Pål Åsen", "Søren Æsop", "José Ǻse"])
def test_a_name_is_the_same_however_its_letters_are_put_together(name: str) -> None:
    """Text pasted from some programs has «å» as two characters."""
    taken_apart = unicodedata.normalize("NFD", name)
    assert rules.name_parts(taken_apart) == rules.name_parts(unicodedata.normalize("NFC", name))


@given(st.text(max_size=300))
def test_any_name_has_short_parts(name: str) -> None:
    assert all(0 < len(part) <= 60 for part in rules.name_parts(name))
