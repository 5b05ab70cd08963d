"""What can happen to a meeting, and what a typed day and hour mean."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from webapp.moter import rules
from webapp.moter.rules import OVERGANGER, Handling, NotPossible, Tidsfeil, Tilstand
from webapp.platform.dates import oslo
from webapp.platform.datotekst import typed_day

NAR = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 20), timezones=st.just(UTC))  # noqa: DTZ001 -- hypothesis puts the zone on


class Motets(RuleBasedStateMachine):
    """A meeting that anybody tries anything with, at any time: only what the table says comes through."""

    def __init__(self) -> None:
        super().__init__()
        self.tilstand = Tilstand.AVTALT
        self.was_over = False

    @rule(
        handling=st.sampled_from(list(Handling)), who=st.sampled_from(["ansatt", "bruker", "system", ""]), now=moments
    )
    def prov(self, handling: Handling, who: str, now: datetime) -> None:
        before = self.tilstand
        try:
            self.tilstand = rules.after(before, handling, who, nar=NAR, now=now)
        except NotPossible:
            return
        assert OVERGANGER[before, handling] is self.tilstand
        assert rules.HVEM[handling] == who
        if handling is Handling.HOLDT:
            assert oslo(now).date() >= oslo(NAR).date()
        if handling is Handling.IKKE_HOLDT:
            assert now >= NAR
        if before in {Tilstand.HOLDT, Tilstand.AVLYST}:
            self.was_over = True
            assert self.tilstand is before  # nothing takes a held or cancelled meeting back

    @invariant()
    def is_a_state(self) -> None:
        assert self.tilstand in Tilstand


TestMotets = Motets.TestCase


def test_every_action_is_somebodys() -> None:
    assert set(rules.HVEM) == set(Handling)
    assert {handling for _, handling in OVERGANGER} == set(Handling)


def test_k8_a_conversation_counts_from_the_day_of_delivery() -> None:
    delivered = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    assert rules.stops_conversation_clock(nar=NAR, levert=delivered)  # the same day
    assert not rules.stops_conversation_clock(nar=NAR - timedelta(days=1), levert=delivered)
    assert not rules.stops_conversation_clock(nar=NAR, levert=None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("24.11.2026", date(2026, 11, 24)),
        ("24/11 2026", None),
        ("٢٤.١١.٢٠٢٦", date(2026, 11, 24)),
        ("31.2.2027", None),
        ("2026-02-31", None),
        ("99999-01-01", None),
        ("i morgen", None),
        ("", None),
    ],
)
def test_a_typed_day(text: str, expected: date | None) -> None:
    assert typed_day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("kl. 9", time(9)),
        ("0930", time(9, 30)),
        ("25:00", None),
        ("9:75", None),
        ("x", None),
    ],
)
def test_a_typed_hour(text: str, expected: time | None) -> None:
    assert rules.hour(text) == expected


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert typed_day(text) is None or isinstance(typed_day(text), date)
    assert rules.hour(text) is None or isinstance(rules.hour(text), time)


@given(st.dates(), st.times())
def test_a_moment_is_near_today_or_refused(on: date, at: time) -> None:
    today = date(2026, 11, 24)
    found = rules.moment(on, at.replace(tzinfo=None), today)
    if isinstance(found, Tidsfeil):
        assert abs((on - today).days) > 700
    else:
        assert oslo(found).date() in {on, on + timedelta(days=1)} or abs((oslo(found).date() - on).days) <= 1


def test_year_9999_is_a_slip_of_the_finger() -> None:
    assert rules.moment(date(9999, 12, 31), time(23, 59), date(2026, 11, 24)) is Tidsfeil.FOR_LANGT_FRAM
    assert rules.moment(date(1, 1, 1), time(0, 0), date(2026, 11, 24)) is Tidsfeil.FOR_LANGT_TILBAKE


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=4),
    st.booleans(),
)
def test_two_pages_together_take_nothing_back(values: list[tuple[int, int, int]], told: bool) -> None:
    shown, now, typed = ({str(n): one[which] for n, one in enumerate(values)} for which in range(3))
    after, both = rules.together(shown if told else {}, now, typed)
    for name, value in after.items():
        touched = not told or typed[name] != shown[name]
        assert value == (typed if touched else now)[name]
        assert (name in both) is (told and len({shown[name], now[name], typed[name]}) == 3)
