"""Every state with every step, and the dates."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.vilkar import rules
from webapp.vilkar.grunnlag import mangler
from webapp.vilkar.rules import Handling, Tilstand

# What can be done, by whom, and what it becomes: written out here from the rules, and not read from the table.
G, O, I, H = Tilstand.GJELDER, Tilstand.OPPFYLT, Tilstand.IKKE_OPPFYLT, Handling  # noqa: E741 -- a table
EXPECTED = {
    ("ansatt", G): {H.OPPFYLT: O, H.IKKE_OPPFYLT: I, H.OPPHORT: Tilstand.OPPHORT, H.ENDRE: G},
    ("ansatt", I): {H.OPPFYLT: O, H.OPPHORT: Tilstand.OPPHORT, H.ENDRE: G},  # a mistake can be put right
    ("ansatt", O): {H.IKKE_OPPFYLT: I, H.OPPHORT: Tilstand.OPPHORT},
    ("bruker", G): {H.SVAR: G, H.MELD: G},  # F1: saying something changes nothing
    ("bruker", I): {H.SVAR: I, H.MELD: I},
}


@pytest.mark.parametrize(
    ("tilstand", "handling", "who"), list(product(Tilstand, Handling, ("ansatt", "bruker", "leder", "")))
)
def test_every_state_with_every_step_and_every_role(tilstand: Tilstand, handling: Handling, who: str) -> None:
    becomes = EXPECTED.get((who, tilstand), {}).get(handling)
    assert (handling in rules.possible(tilstand, who)) == (becomes is not None)
    if becomes is not None:
        assert rules.after(tilstand, handling, who) is becomes
    else:
        with pytest.raises(rules.NotPossible):
            rules.after(tilstand, handling, who)


@given(st.lists(st.tuples(st.sampled_from(Handling), st.sampled_from(("ansatt", "bruker"))), max_size=30))
def test_no_history_leaves_the_table(steps: list[tuple[Handling, str]]) -> None:
    now, ended = Tilstand.GJELDER, False
    for step, who in steps:
        before = now
        try:
            now = rules.after(now, step, who)
        except rules.NotPossible:
            continue
        assert not ended  # what is no longer asked stays so
        assert who == "ansatt" or now is before  # nothing that the bruker says moves it
        ended = now is Tilstand.OPPHORT


def test_proposed_deadline_for_appeal() -> None:
    assert rules.klagefrist(date(2026, 11, 24)) == date(2026, 12, 15)


@pytest.mark.parametrize(("year", "found"), [(None, False), (1995, False), (1996, True), (2003, True)])
def test_under_30_by_the_year_of_birth(year: int | None, found: bool) -> None:
    assert rules.may_be_under_30(year, date(2026, 11, 24)) is found


def test_payment_dates() -> None:
    assert rules.payment_dates(1, 15, date(2026, 11, 24)) == [
        date(2026, 12, 1),
        date(2026, 12, 15),
        date(2027, 1, 1),
        date(2027, 1, 15),
    ]
    assert rules.payment_dates(15, 31, date(2027, 2, 16), 1) == [date(2027, 2, 28)]
    assert rules.payment_dates(30, 31, date(2027, 2, 1), 2) == [date(2027, 2, 28), date(2027, 3, 30)]


@given(st.integers(1, 31), st.integers(1, 31), st.dates(date(2000, 1, 1), date(2200, 1, 1)), st.integers(1, 8))
def test_payment_dates_are_ahead_and_in_order(one: int, other: int, today: date, count: int) -> None:
    found = rules.payment_dates(one, other, today, count)
    assert len(found) == count
    assert found == sorted(set(found))
    assert found[0] >= today


def test_nothing_is_missing_only_when_everything_is_there() -> None:
    for slag in ("aktivitet", "okonomi", "dokumentasjon"):
        for tilstand in Tilstand:
            for bits in range(32):
                frist, konsekvens, reduksjon, vist, meldt = (bool(bits >> n & 1) for n in range(5))
                found = mangler(
                    slag=slag,
                    tilstand=tilstand.value,
                    frist=date(2026, 12, 1) if frist else None,
                    konsekvens=konsekvens,
                    reduksjon=reduksjon,
                    vist=vist,
                    meldt=meldt,
                )
                whole = frist and konsekvens and reduksjon and vist and not meldt and slag != "dokumentasjon"
                assert (not found) is (whole and tilstand in (Tilstand.GJELDER, Tilstand.IKKE_OPPFYLT))
                assert ("ikke_vist" in found) is (not vist)
