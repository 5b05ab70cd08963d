"""The table of the plan: every state × event × role, and random histories that try to agree for somebody else (P1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from webapp.plan import rules
from webapp.plan.rules import OVERGANGER, Changed, Handling, Missing, NotPossible, Rolle, Stand, Tilstand

DAY = date(2026, 12, 1)
AGREED = {Tilstand.AVTALT, Tilstand.PAUSE, Tilstand.GJORT}


def stand(tilstand: Tilstand, ansvar: str = "andre") -> Stand:
    """A step in ``tilstand`` as it can come about: who has said yes to its second text."""
    ja_bruker = 2 if tilstand in AGREED | {Tilstand.FORESLATT_BRUKER, Tilstand.AVSLATT, Tilstand.TRUKKET} else None
    ja_nav = 2 if tilstand in AGREED | {Tilstand.FORESLATT_NAV, Tilstand.IKKE_NYTTIG} else None
    return Stand(tilstand, 2, ja_bruker, ja_nav, ansvar)


@pytest.mark.parametrize(("tilstand", "handling", "rolle"), list(product(Tilstand, Handling, Rolle)))
def test_every_state_event_and_role(tilstand: Tilstand, handling: Handling, rolle: Rolle) -> None:
    before = stand(tilstand)
    to = OVERGANGER.get((tilstand, handling, rolle))
    if to is None:
        assert handling not in rules.possible(before, rolle)
        with pytest.raises(NotPossible):
            rules.after(before, handling, rolle, lest=2, frist=DAY, evaluering=DAY)
        return
    assert handling in rules.possible(before, rolle)
    new = rules.after(before, handling, rolle, lest=2, frist=DAY, evaluering=DAY)
    assert new.tilstand is to
    if to in AGREED:
        assert new.enige
    if handling is Handling.KOMMENTER:
        assert new == before
    if handling is Handling.ENDRE:
        assert new.versjon == 3
        assert (new.ja_bruker, new.ja_nav) == ((3, None) if rolle is Rolle.BRUKER else (None, 3))
    if to in AGREED and tilstand not in AGREED:
        assert handling is Handling.JA  # nothing but a yes makes an agreement out of what was none


@pytest.mark.parametrize(("tilstand", "handling", "rolle"), list(OVERGANGER))
def test_nobody_answers_to_a_text_they_have_not_read(tilstand: Tilstand, handling: Handling, rolle: Rolle) -> None:
    if handling is Handling.KOMMENTER:
        return
    with pytest.raises(Changed):
        rules.after(stand(tilstand), handling, rolle, lest=1, frist=DAY, evaluering=DAY)


@pytest.mark.parametrize(("frist", "evaluering", "hva"), [(None, DAY, "frist"), (DAY, None, "evaluering")])
@pytest.mark.parametrize(
    ("tilstand", "handling", "rolle"), [k for k, to in OVERGANGER.items() if to is Tilstand.AVTALT]
)
def test_p2_nothing_is_agreed_without_a_day_and_an_evaluation(
    tilstand: Tilstand, handling: Handling, rolle: Rolle, frist: date | None, evaluering: date | None, hva: str
) -> None:
    if handling is Handling.KOMMENTER:
        return
    with pytest.raises(Missing) as said:
        rules.after(stand(tilstand), handling, rolle, lest=2, frist=frist, evaluering=evaluering)
    assert said.value.hva == hva


def test_who_says_done() -> None:
    for ansvar, can in (("bruker", {Rolle.BRUKER}), ("nav", {Rolle.NAV}), ("andre", {Rolle.BRUKER, Rolle.NAV})):
        found = {r for r in Rolle if Handling.GJORT in rules.possible(stand(Tilstand.AVTALT, ansvar), r)}
        assert found == can
    assert {rules.whose(one) for one in rules.ANSVAR} == {"bruker", "nav", "andre"}


def test_the_bruker_has_a_way_out_of_whatever_was_agreed() -> None:
    """P1: agreed, not imposed."""
    for tilstand in (Tilstand.AVTALT, Tilstand.PAUSE, Tilstand.FORESLATT_NAV):
        assert {Handling.IKKE_NYTTIG, Handling.ENDRE, Handling.KOMMENTER} <= rules.possible(
            stand(tilstand), Rolle.BRUKER
        )


def test_what_waits_waits_for_somebody_who_can_answer() -> None:
    for tilstand in Tilstand:
        who = rules.waits_for(stand(tilstand))
        if who is not None:
            assert Handling.ENDRE in rules.possible(stand(tilstand), who)


class Steget(RuleBasedStateMachine):
    """A step that anybody tries anything with. A second book is kept of who really said yes to what."""

    def __init__(self) -> None:
        super().__init__()
        self.stand = rules.proposed(Rolle.BRUKER)
        self.texts = {1: {Rolle.BRUKER}}
        self.frist: date | None = None

    @rule(
        handling=st.sampled_from(list(Handling)),
        rolle=st.sampled_from(list(Rolle)),
        lest=st.integers(-1, 1),
        frist=st.sampled_from([None, DAY]),
        ansvar=st.sampled_from(["bruker", "nav", "andre"]),
    )
    def prov(self, handling: Handling, rolle: Rolle, lest: int, frist: date | None, ansvar: str) -> None:
        before = self.stand
        new_frist = frist if handling is Handling.ENDRE else self.frist
        try:
            self.stand = rules.after(
                before, handling, rolle, lest=before.versjon + lest, frist=new_frist, evaluering=DAY
            )
        except (NotPossible, Changed, Missing):
            return
        self.frist = new_frist
        said = self.texts.setdefault(self.stand.versjon, set())
        if handling is Handling.ENDRE:
            self.stand = replace(self.stand, ansvar=ansvar)
            assert self.stand.tilstand is rules.NYTT[rolle]  # a change of what is agreed is a proposal again
        if handling in {Handling.JA, Handling.ENDRE, Handling.GJENAPNE}:
            said.add(rolle)
        if handling in {Handling.IKKE_NYTTIG, Handling.AVSLA}:
            said.discard(rolle)
        assert handling is Handling.KOMMENTER or lest == 0

    @invariant()
    def p1_agreed_means_both_said_yes_to_this_text(self) -> None:
        if self.stand.tilstand in AGREED:
            assert self.stand.enige
            assert self.texts[self.stand.versjon] == set(Rolle)
            assert self.frist is not None

    @invariant()
    def versions_never_go_back(self) -> None:
        assert self.stand.versjon == max(self.texts)


TestSteget = Steget.TestCase


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-30, 30))
def test_this_week_ends_on_sunday(today: date, days: int) -> None:
    sunday = rules.end_of_week(today)
    assert sunday.weekday() == 6
    assert 0 <= (sunday - today).days <= 6
    frist = today + timedelta(days=days)
    assert rules.this_week(None, frist, "en_gang", today) == (frist <= sunday)
    assert rules.this_week(today, frist, "ukentlig", today)
    assert not rules.this_week(sunday + timedelta(days=1), sunday + timedelta(days=9), "ukentlig", today)


def test_days_that_cannot_be() -> None:
    today = date(2026, 11, 24)
    assert rules.fault(None, today) is rules.Datofeil.UKJENT
    assert rules.fault(date(9999, 12, 31), today) is rules.Datofeil.FOR_LANGT_FRAM
    assert rules.fault(today - timedelta(days=1), today) is rules.Datofeil.FORTID
    assert rules.fault(today, today) is None
