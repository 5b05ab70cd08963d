"""Every state × every step × every side; which days count."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from webapp.klage import rules
from webapp.klage.rules import FERDIG, NESTE, NUMMER, NotPossible, Stand, TidligereEnn


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
