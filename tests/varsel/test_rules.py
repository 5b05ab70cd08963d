"""Every state × event × role, and the deadlines."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.platform.dates import is_working_day, oslo_date
from webapp.varsel import rules
from webapp.varsel.rules import HVEM, OVERGANGER, Fakta, Handling, NotPossible, Tilstand

NOW = datetime(2026, 11, 24, 11, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)
H, T = Handling, Tilstand

# Said once more, apart from the code: what can be done where, by whom, when nothing else stands in the way.
KAN: dict[Tilstand, dict[str, str]] = {
    T.NOTERT: {"ansatt": "noter varsle lukk", "bruker": ""},
    T.VARSLET: {"ansatt": "na lukk", "bruker": "apne uttal onsk"},
    T.NADD: {"ansatt": "skriv_ned svar vei lukk", "bruker": "apne uttal onsk"},
    T.UTTALT: {"ansatt": "skriv_ned svar vei lukk", "bruker": "apne uttal rett onsk"},
    T.VEID: {"ansatt": "skriv_ned svar vei avgjor lukk", "bruker": "apne uttal rett onsk"},
    T.AVGJORT: {"ansatt": "", "bruker": ""},
    T.LUKKET: {"ansatt": "", "bruker": ""},
}


def test_every_event_is_somebodys_and_leads_somewhere() -> None:
    assert set(HVEM) == set(Handling)
    assert {handling for _, handling in OVERGANGER} == set(Handling)


FACTS = [
    Fakta(grunnlag, ord_, muntlig, egne, veid, frist, False, ubesvart)
    for grunnlag, ord_, muntlig, egne, veid, frist, ubesvart in product(
        (True, False), (0, 2), (True, False), (True, False), (-1, 0, 2), (None, LATER, EARLIER), (0, 1)
    )
]


@pytest.mark.parametrize("handling", list(Handling))
@pytest.mark.parametrize("tilstand", list(Tilstand))
def test_every_state_event_role_and_fact(tilstand: Tilstand, handling: Handling) -> None:
    for who, fakta in product(("ansatt", "bruker", "system", ""), FACTS):
        expected = handling.value in KAN[tilstand].get(who, "").split()
        heard = fakta.egne or fakta.frist is EARLIER
        if handling is H.VARSLE:
            expected &= fakta.grunnlag
        elif handling is H.RETT:
            expected &= fakta.muntlig
        elif handling is H.SVAR:
            expected &= fakta.ubesvart > 0
        elif handling is H.VEI:
            expected &= heard and not fakta.ubesvart
        elif handling is H.AVGJOR:
            expected &= heard and not fakta.ubesvart and fakta.veid == fakta.ord
        try:
            became = rules.after(tilstand, handling, who, fakta, NOW)
        except NotPossible:
            assert not expected, (tilstand, handling, who, fakta)
        else:
            assert expected, (tilstand, handling, who, fakta)
            assert became is OVERGANGER[tilstand, handling]


def test_decided_and_closed_stay_so_and_only_a_weighed_matter_is_decided() -> None:
    assert not [one for one in OVERGANGER if one[0] in {T.AVGJORT, T.LUKKET}]
    assert [one for one in OVERGANGER.items() if one[1] is T.AVGJORT] == [((T.VEID, H.AVGJOR), T.AVGJORT)]


def test_the_next_step_is_always_one_that_can_be_taken() -> None:
    step_of = {"send": H.VARSLE, "nadd": H.NA, "svar": H.SVAR, "vei": H.VEI, "avgjor": H.AVGJOR}
    for tilstand, fakta in product(Tilstand, FACTS):
        step = rules.next_step(tilstand, fakta, NOW)
        if step in step_of:
            assert step_of[step] in rules.possible(tilstand, "ansatt", fakta, NOW)
        else:
            assert step in {"ferdig", "mangler", "vent"}


@given(st.integers(0, 40 * 365 * 24 * 60), st.integers(-5, 60))
def test_the_deadline_is_never_shorter_than_ten_working_days(minutes: int, days: int) -> None:
    reached = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    frist = rules.deadline(reached, days, date(2020, 1, 1))
    first, last = oslo_date(reached), rules.last_day(frist)
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(map(is_working_day, between)) == max(days, 10)
    assert is_working_day(last)
    assert rules.end_of(last) == frist
    assert frist - reached > timedelta(days=11)  # what the database asks for (vern.py)


def test_a_deadline_never_comes_before_the_day_in_the_notice_nor_moves_back() -> None:
    named = date(2026, 12, 31)
    assert rules.last_day(rules.deadline(NOW, 10, named)) == named
    assert rules.standing(LATER, [EARLIER, None]) == LATER
    assert rules.standing(EARLIER, [LATER]) == LATER
    assert rules.standing(None, [LATER]) is None


@pytest.mark.parametrize(
    ("fra", "maneder", "til"),
    [
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
        (date(2026, 12, 15), 2, date(2027, 2, 14)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 30), 1, date(2028, 2, 29)),
        (date(2026, 11, 24), 12, date(2027, 11, 23)),
    ],
)
def test_the_last_day_of_a_period(fra: date, maneder: int, til: date) -> None:
    assert rules.last_of_period(fra, maneder) == til


def test_klagefrist_is_three_weeks_or_what_the_vedtak_says_when_that_is_later() -> None:
    day = date(2026, 11, 24)
    assert rules.klagefrist(day) == date(2026, 12, 15)
    assert rules.klagefrist(day, date(2026, 12, 1)) == date(2026, 12, 15)
    assert rules.klagefrist(day, date(2026, 12, 24)) == date(2026, 12, 24)
