"""Every state × every step × every side; which days count."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from webapp.klage import rules
from webapp.klage.rules import FERDIG, NESTE, NUMMER, Handling, NotPossible, NotTheirOwn, Stand, TidligereEnn


@pytest.mark.parametrize(("now", "step", "who"), list(product(Stand, Stand, ("bruker", "ansatt", "leder"))))
def test_only_what_the_table_says_can_be_done(now: Stand, step: Stand, who: str) -> None:
    allowed = who == "ansatt" and step in NESTE[now]
    assert (step in rules.possible(now, who)) == allowed
    if allowed:
        assert rules.after(now, step, who) is step
        assert NUMMER[step] == (0 if now is Stand.SENDT_INN else NUMMER[now]) + 1
    else:
        with pytest.raises(NotPossible):
            rules.after(now, step, who)


def test_no_klage_ends_without_being_considered_by_somebody() -> None:
    """Whoever the office does not agree with is always sent on, and answered."""

    def roads(now: Stand) -> list[list[Stand]]:
        return [[now, *rest] for step in NESTE[now] for rest in roads(step)] or [[now]]

    for road in roads(Stand.SENDT_INN):
        assert road[-1] in FERDIG
        assert Stand.MOTTATT in road
        assert Stand.OMGJORT in road or (Stand.OPPRETTHOLDT in road and Stand.SENDT in road)


def test_days_that_end_on_a_holiday_end_on_the_next_working_day() -> None:
    christmas = date(2026, 12, 25)  # a Friday
    assert not rules.late(date(2026, 12, 28), christmas)
    assert rules.late(date(2026, 12, 29), christmas)
    assert rules.answer_by(christmas - timedelta(days=30)) == date(2026, 12, 28)


def test_where_it_stands_is_its_latest_step() -> None:
    assert rules.stand([]) is Stand.SENDT_INN
    assert rules.stand(["mottatt", "opprettholdt"]) is Stand.OPPRETTHOLDT


def test_which_days_count() -> None:
    last = date(2026, 12, 15)
    assert not rules.late(last, last)
    assert rules.late(last + timedelta(days=1), last)
    assert rules.answer_by(date(2026, 11, 24)) == date(2026, 12, 24)
    rules.check_day(last, before=last, today=last)
    for day in (last - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(TidligereEnn) as early:
            rules.check_day(day, before=last, today=last)
        assert early.value.fra == last


WHAT_MORE: dict[Handling, tuple[str, set[Stand]]] = {
    # Written out once more, by hand, so that a slip in the table of rules.py is seen here.
    Handling.TILLEGG: ("bruker", {Stand.SENDT_INN, Stand.MOTTATT, Stand.OPPRETTHOLDT, Stand.SENDT}),
    Handling.TREKK: ("bruker", {Stand.SENDT_INN, Stand.MOTTATT, Stand.OPPRETTHOLDT, Stand.SENDT}),
    Handling.RETT: ("bruker", {Stand.SENDT_INN, Stand.MOTTATT}),
    Handling.SEND_TILLEGG: (
        "ansatt",
        {Stand.SENDT, Stand.MEDHOLD, Stand.DELVIS, Stand.IKKE_MEDHOLD, Stand.OPPHEVET},
    ),
}


@pytest.mark.parametrize(("now", "doing", "who"), list(product(Stand, Handling, ("bruker", "ansatt", "leder"))))
def test_only_what_the_table_says_can_be_done_beside_the_steps(now: Stand, doing: Handling, who: str) -> None:
    whose, where = WHAT_MORE[doing]
    allowed = who == whose and now in where
    assert rules.can(now, doing, who) == allowed
    if allowed:
        assert rules.do(now, doing, who) is (Stand.TRUKKET if doing is Handling.TREKK else now)
    else:
        with pytest.raises(NotPossible):
            rules.do(now, doing, who)


@pytest.mark.parametrize("before", [[], ["mottatt"], ["mottatt", "opprettholdt"], ["mottatt", "opprettholdt", "sendt"]])
def test_nothing_follows_when_it_is_withdrawn(before: list[str]) -> None:
    now = rules.stand(before, trukket=True)
    assert now is Stand.TRUKKET
    assert now in FERDIG
    assert rules.possible(now, "ansatt") == rules.next_step(now) == ()


def test_what_was_written_down_is_confirmed_by_the_bruker_alone() -> None:
    for skriver, same in product((None, "hjelper", "ansatt"), (True, False)):
        if (skriver, same) == ("ansatt", True):
            with pytest.raises(NotTheirOwn):
                rules.check_own(same_words=same, skriver=skriver)
        else:
            rules.check_own(same_words=same, skriver=skriver)
