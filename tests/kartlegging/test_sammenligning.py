"""K7: two versions can be compared, word by word, and the comparison never invents or loses a word."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.kartlegging.sammenligning import Art, Bit, compare, diff
from webapp.kartlegging.versjoner import LevertSvar

words = st.lists(
    st.sampled_from(["jeg", "vil", "jobbe", "\n", "  ", ".", "👍🏽", "عمل", "ikke", ","]), max_size=40
).map("".join)
texts = words | st.text(max_size=60)


def old_of(pieces: list[Bit]) -> str:
    return "".join(piece.tekst for piece in pieces if piece.art is not Art.LAGT_TIL)


def new_of(pieces: list[Bit]) -> str:
    return "".join(piece.tekst for piece in pieces if piece.art is not Art.TATT_BORT)


@given(old=texts, new=texts)
def test_the_pieces_give_back_both_texts_exactly(old: str, new: str) -> None:
    pieces = list(diff(old, new))
    assert (old_of(pieces), new_of(pieces)) == (old, new)
    assert all(piece.tekst for piece in pieces)
    if old == new:
        assert all(piece.art is Art.LIK for piece in pieces)


choices = st.lists(st.sampled_from("abcdef"), unique=True)


@given(old=choices, new=choices)
def test_choices_are_compared_one_by_one(old: list[str], new: list[str]) -> None:
    pieces = list(diff(old, new))
    assert {piece.tekst for piece in pieces if piece.art is not Art.LAGT_TIL} == set(old)
    assert {piece.tekst for piece in pieces if piece.art is not Art.TATT_BORT} == set(new)


def test_one_changed_word_is_one_changed_word() -> None:
    pieces = list(diff("Jeg liker utsikten her.", "Jeg liker roen her."))
    assert pieces == [
        Bit(Art.LIK, "Jeg liker "),
        Bit(Art.TATT_BORT, "utsikten "),
        Bit(Art.LAGT_TIL, "roen "),
        Bit(Art.LIK, "her."),
    ]


def _long_texts() -> dict[str, tuple[str, str]]:
    pick = random.Random(7)  # noqa: S311 -- the same texts every time
    vocabulary = ["".join(pick.choices("abcdefghij", k=pick.randint(2, 8))) for _ in range(300)]

    def text(of: list[str]) -> str:
        return " ".join(pick.choice(of) for _ in range(3000))[:10_000]

    first = text(vocabulary)
    changed = first.split(" ")
    for _ in range(80):
        changed[pick.randrange(len(changed))] = "endret"
    return {
        "different": (first, text(vocabulary)),
        "edited": (first, " ".join(changed)[:10_000]),
        "few words": (text(vocabulary[:20]), text(vocabulary[:20])),
        "one word": ("ja " * 3333, "ja nei " * 1666),
        "signs": ("." * 10_000, "!." * 5_000),
        "one letter words": ("a b " * 2500, "b a " * 2500),
        "lines": ("\n".join(vocabulary * 6)[:10_000], "\n".join(reversed(vocabulary * 6))[:10_000]),
    }


@pytest.mark.parametrize("kind", _long_texts())
def test_the_longest_texts_give_back_both_versions(kind: str) -> None:
    old, new = _long_texts()[kind]
    pieces = list(diff(old, new))
    assert (old_of(pieces), new_of(pieces)) == (old, new)


def svar(verdi: str | list[str], *, vil_ikke: bool = False) -> LevertSvar:
    return LevertSvar(verdi, vil_ikke, "nb", "bruker")


def test_by_theme_in_the_order_of_the_form_with_what_happened() -> None:
    old = {"bolig.fungerer": svar("før"), "helse.hjelper": svar("likt"), "bolig.mer": svar("borte")}
    new = {"bolig.fungerer": svar("nå"), "helse.hjelper": svar("likt"), "om-meg.viktig": svar("nytt")}
    themes = compare(old, new)
    assert [theme.tema for theme in themes] == ["om-meg", "bolig", "helse"]
    assert [one.art for theme in themes for one in theme.sporsmal] == [Art.NY, Art.ENDRET, Art.FJERNET, Art.LIK]
    assert [theme.endret for theme in themes] == [1, 2, 0]


def test_declining_is_a_change_too() -> None:
    (theme,) = compare({"bolig.fungerer": svar("")}, {"bolig.fungerer": svar("", vil_ikke=True)})
    assert theme.sporsmal[0].art is Art.ENDRET
    assert compare({}, {}) == []
