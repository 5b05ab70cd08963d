"""Reading raw answers and showing stored ones: nothing raises, nothing of what was typed is lost."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel, LazyString, force_locale
from hypothesis import given
from hypothesis import strategies as st

from webapp.kartlegging.skjema import EGNE_ORD, SKJEMA, Sporsmal, Type
from webapp.kartlegging.skjema.validering import (
    ALENE_MED_ANDRE,
    BARE_ETT,
    FEIL_AR,
    IKKE_BELOP,
    IKKE_DATO,
    IKKE_MANED,
    OVER_BELOP,
    UKJENT_VALG,
    ULESELIG,
    UNDER_NULL,
    tolk,
    vis,
)

TEKST = SKJEMA.sporsmal("bolig.mer")
KORT = SKJEMA.sporsmal("om-meg.kallenavn")
EN = SKJEMA.sporsmal("bolig.situasjon")
FLERE = SKJEMA.sporsmal("bolig.hvem")
GRAD = SKJEMA.sporsmal("helse.kropp")
VARIGHET = SKJEMA.sporsmal("okonomi.lenge")
BELOP = SKJEMA.sporsmal("bolig.utgift")
DATO = SKJEMA.sporsmal("bolig.flytte-dato")
MANED = SKJEMA.sporsmal("arbeid.sist")

# Half characters too: a broken client can send them, and no database takes them.
ALLE_TEGN = st.characters(exclude_categories=())
RA_TEKST = st.text(ALLE_TEGN) | st.text("0123456789٠١٢٣٤٥٦٧٨٩ .,-/kr'−\u00a0")


@pytest.fixture(autouse=True, scope="module")
def pa_bokmal() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app, default_locale="nb")
    with app.test_request_context():
        yield


@given(st.sampled_from(list(SKJEMA.alle())), RA_TEKST | st.lists(RA_TEKST))
def test_nothing_that_is_typed_raises(sporsmal: Sporsmal, ra: str | list[str]) -> None:
    tolket = tolk(sporsmal, ra)
    assert all(isinstance(melding, LazyString) and str(melding) for melding in tolket.problemer)
    assert tolket.gyldig == (not tolket.problemer)
    for verdi in (ra, tolket.verdi):
        vist = vis(sporsmal, verdi)
        assert isinstance(vist, list) == (sporsmal.type is Type.FLERE)
    if sporsmal.type in EGNE_ORD and tolket.verdi is not None:
        str(tolket.verdi).encode("utf-8")


@given(
    st.sampled_from(list(SKJEMA.alle())),
    st.recursive(st.none() | st.booleans() | st.integers() | st.floats(), st.lists),
)
def test_nothing_that_a_hostile_client_sends_raises(sporsmal: Sporsmal, ra: Any) -> None:
    tolk(sporsmal, ra)
    tolk(sporsmal, {"verdi": ra})  # type: ignore[arg-type] # wrong on purpose


@given(st.sampled_from(list(SKJEMA.alle())), RA_TEKST)
def test_what_was_read_is_read_the_same_again(sporsmal: Sporsmal, ra: str) -> None:
    tolket = tolk(sporsmal, ra)
    if tolket.gyldig and isinstance(tolket.verdi, str):
        assert tolk(sporsmal, tolket.verdi).verdi == tolket.verdi


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=500))
def test_own_words_are_kept_as_typed(tekst: str) -> None:
    """K1: any script, emoji and marks of direction; only what nobody can see or store is taken out."""
    tolket = tolk(TEKST, tekst)
    assert tolket.verdi == (tekst if tekst.strip() else None)
    assert tolket.gyldig


@pytest.mark.parametrize("tegn", ["a", "æ", "ع", "ብ", "字", "🙂", "\u200f"])
def test_ten_thousand_characters_of_any_script_are_kept(tegn: str) -> None:
    assert tolk(TEKST, "x" + tegn * 9_999).gyldig
    assert tolk(TEKST, "x" + tegn * 9_999).verdi == "x" + tegn * 9_999


def test_too_long_says_how_much_and_keeps_all_of_it() -> None:
    tolket = tolk(TEKST, "å" * 10_120)
    assert tolket.verdi == "å" * 10_120
    assert [str(p) for p in tolket.problemer] == ["Teksten er 120 tegn for lang. Gjør den litt kortere."]
    assert str(tolk(KORT, "å" * 201).problemer[0]).startswith("Teksten er 1 tegn for lang")
    assert tolk(KORT, "å" * 200).gyldig


def test_line_breaks_count_once_and_control_characters_go() -> None:
    assert tolk(TEKST, "a\r\nb\rc\td\x00\x07\x1b\ud800").verdi == "a\nb\nc\td"
    assert tolk(TEKST, "a\r\n" * 5_000).gyldig
    assert tolk(KORT, "Ali\nHassan").verdi == "Ali Hassan"


@pytest.mark.parametrize("sporsmal", list(SKJEMA.alle()), ids=lambda s: s.id)
def test_an_open_question_is_valid(sporsmal: Sporsmal) -> None:
    """K2: every question can be left open."""
    for tomt in ("", "  \n", "\x00", [], ["", " "]):
        assert tolk(sporsmal, tomt).verdi is None
        assert tolk(sporsmal, tomt).gyldig
    assert vis(sporsmal, None) in ("", [])


@pytest.mark.parametrize("sporsmal", [EN, GRAD, VARIGHET], ids=lambda s: s.type.value)
def test_one_choice(sporsmal: Sporsmal) -> None:
    valg = sporsmal.valg[0]
    assert tolk(sporsmal, valg.id).verdi == valg.id
    assert tolk(sporsmal, [valg.id]).verdi == valg.id
    assert vis(sporsmal, valg.id) == str(valg.etikett)
    assert tolk(sporsmal, "finnes-ikke").problemer == (UKJENT_VALG,)
    assert tolk(sporsmal, [valg.id, sporsmal.valg[1].id]).problemer == (BARE_ETT,)
    assert vis(sporsmal, "finnes-ikke") == "finnes-ikke"


def test_several_choices() -> None:
    assert tolk(FLERE, ["foreldre", "barn", "barn"]).verdi == ("barn", "foreldre")
    assert tolk(FLERE, "barn").verdi == ("barn",)
    assert tolk(FLERE, ["ingen"]).gyldig
    begge = tolk(FLERE, ["ingen", "barn"])
    assert begge.verdi == ("barn", "ingen")
    assert begge.problemer == (ALENE_MED_ANDRE,)
    assert tolk(FLERE, ["barn", "<script>"]).verdi == ("barn",)
    assert tolk(FLERE, ["barn", "<script>"]).problemer == (UKJENT_VALG,)
    assert vis(FLERE, ("barn", "ingen")) == ["Barn, hele eller deler av tiden", "Jeg bor alene"]


@pytest.mark.parametrize(
    ("ra", "kroner"),
    [
        ("0", 0),
        ("12 500", 12_500),
        ("12500 kr", 12_500),
        ("kr 12500", 12_500),
        ("ca 8500 kr", 8_500),
        ("Omtrent kr 8 500", 8_500),
        ("حوالي ٨٥٠٠", 8_500),
        ("Kr. 12.500,-", 12_500),
        ("12500kr", 12_500),
        ("12500,-", 12_500),
        ("12.500", 12_500),
        ("12,500", 12_500),
        ("12'500", 12_500),
        ("12\u00a0500 kroner", 12_500),
        ("12\u202f500", 12_500),
        ("١٢٥٠٠", 12_500),
        ("١٢٬٥٠٠", 12_500),
        ("۱۲۵۰۰", 12_500),
        ("1 250 000", 1_250_000),
        ("10.000.000", 10_000_000),
        ("499,90", 500),
        ("499.49", 499),
        ("0007", 7),
        ("9 NOK", 9),
        ("kr12500", 12_500),
    ],
)
def test_amounts_as_people_write_them(ra: str, kroner: int) -> None:
    assert tolk(BELOP, ra).verdi == kroner
    assert tolk(BELOP, ra).gyldig


@pytest.mark.parametrize(
    ("ra", "problem"),
    [
        ("-500", UNDER_NULL),
        ("−500", UNDER_NULL),
        ("10 000 001", OVER_BELOP),
        ("9" * 5_000, OVER_BELOP),
        ("mye", IKKE_BELOP),
        ("12 kr 500", IKKE_BELOP),
        ("1e5", IKKE_BELOP),
        ("12 50", IKKE_BELOP),
        ("5000-6000", IKKE_BELOP),
        ("½", IKKE_BELOP),
        ("NaN", IKKE_BELOP),
    ],
)
def test_amounts_that_need_another_look(ra: str, problem: LazyString) -> None:
    assert tolk(BELOP, ra).problemer == (problem,)
    assert vis(BELOP, ra) == ra


@pytest.mark.parametrize("ra", ["2026-11-24", "24.11.2026", "24. 11. 2026", "24/11/2026", "24-11-2026", "٢٤.١١.٢٠٢٦"])
def test_dates_as_people_write_them(ra: str) -> None:
    assert tolk(DATO, ra).verdi == "2026-11-24"
    assert vis(DATO, ra) == "tirsdag 24. november 2026"


@pytest.mark.parametrize(
    ("ra", "problem"),
    [
        ("9999-12-31", FEIL_AR),
        ("275760-09-13", FEIL_AR),
        ("0001-01-01", FEIL_AR),
        ("31.12.1899", FEIL_AR),
        ("2101-01-01", FEIL_AR),
        ("2026-02-30", IKKE_DATO),
        ("29.02.2025", IKKE_DATO),
        ("00.00.2026", IKKE_DATO),
        ("24.11.26", IKKE_DATO),
        ("i morgen", IKKE_DATO),
        ("2026-11-24T10:00", IKKE_DATO),
    ],
)
def test_dates_that_need_another_look(ra: str, problem: LazyString) -> None:
    assert tolk(DATO, ra).problemer == (problem,)
    assert vis(DATO, ra) == ra


def test_the_first_and_last_day_that_can_be_written() -> None:
    assert tolk(DATO, "1900-01-01").gyldig
    assert tolk(DATO, "2100-12-31").gyldig


@pytest.mark.parametrize("ra", ["2026-11", "11.2026", "11/2026", "11 2026", "١١/٢٠٢٦"])
def test_months_as_people_write_them(ra: str) -> None:
    assert tolk(MANED, ra).verdi == "2026-11"
    assert vis(MANED, ra) == "november 2026"


@pytest.mark.parametrize(
    ("ra", "problem"),
    [
        ("2026-13", IKKE_MANED),
        ("0.2026", IKKE_MANED),
        ("2026", IKKE_MANED),
        ("9999-01", FEIL_AR),
        ("i fjor", IKKE_MANED),
    ],
)
def test_months_that_need_another_look(ra: str, problem: LazyString) -> None:
    assert tolk(MANED, ra).problemer == (problem,)


def test_what_no_form_sends_is_answered_calmly() -> None:
    for ra in ({"a": 1}, [["a"]], True, [True], 1.5, object(), 10**5_000):
        assert tolk(TEKST, ra).problemer == (ULESELIG,)  # type: ignore[arg-type] # wrong on purpose
    assert tolk(BELOP, 12_500).verdi == 12_500  # type: ignore[arg-type] # wrong on purpose
    assert tolk(BELOP, None).verdi is None  # type: ignore[arg-type] # wrong on purpose


def test_amounts_are_shown_with_groups_in_every_language() -> None:
    assert vis(BELOP, 12_500) == "12\u00a0500 kr"
    assert vis(BELOP, "12500 kr") == "12\u00a0500 kr"
    with force_locale("en"):
        assert vis(BELOP, 12_500) == "12,500 kr"
    with force_locale("ar"):
        assert vis(MANED, "2026-11") != "november 2026"


def test_own_words_are_shown_as_typed() -> None:
    assert vis(TEKST, "  12.500\n<b>") == "  12.500\n<b>"
