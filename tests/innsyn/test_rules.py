"""What was opened, grouped so that it can be read; pages that cut no day in two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from webapp.innsyn.rules import Apnet, visits, whole_days
from webapp.platform.dates import oslo_date

KARI, PER = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)


def _apnet(lopenr: int, hours: float, who: UUID = KARI, side: str | None = "x.y") -> Apnet:
    return Apnet(lopenr, NOON + timedelta(hours=hours), who, side)


def test_one_line_per_day_and_person() -> None:
    found = visits([_apnet(1, 0), _apnet(2, 0.5, side="x.z"), _apnet(3, 1), _apnet(4, 1.5, PER), _apnet(5, 24)])
    assert [(one.ansatt_id, one.antall) for one in found] == [(KARI, 1), (PER, 1), (KARI, 3)]
    assert found[-1].sider == ("x.y", "x.z")
    assert (found[-1].forste, found[-1].siste) == (NOON, NOON + timedelta(hours=1))


def test_a_day_is_a_day_in_oslo() -> None:
    """23:30 UTC is the next day in Norway."""
    found = visits([_apnet(1, 11.9), _apnet(2, 12.5)])
    assert [one.dag.day for one in found] == [25, 24]


def test_a_reason_belongs_to_the_opening_also_when_another_servers_clock_is_behind() -> None:
    (found,) = visits([_apnet(1, 1, side=None), _apnet(2, 0.999)])
    assert (found.forste, found.siste) == (NOON + timedelta(hours=0.999), NOON + timedelta(hours=1))


def test_a_reason_alone_is_a_visit_without_pages() -> None:
    (found,) = visits([_apnet(1, 0, side=None)])
    assert (found.antall, found.sider) == (0, ())


@given(st.lists(st.integers(0, 200), max_size=80), st.integers(1, 30))
def test_pages_lose_nothing_and_repeat_nothing(hours: list[int], size: int) -> None:
    rows = [_apnet(number, hour) for number, hour in enumerate(sorted(hours), start=1)]
    rows.reverse()
    seen: list[int] = []
    days: list[set[object]] = []
    before: int | None = None
    while True:
        left = [one for one in rows if before is None or one.lopenr < before]
        page, before = whole_days(left[: size + 1], size)
        seen += [one.lopenr for one in page]
        days.append({oslo_date(one.tid) for one in page})
        if before is None:
            break
        assert page
    assert seen == [one.lopenr for one in rows]
    for first, second in pairwise(days):
        assert not first & second or len(first) == 1, "only a day that fills a page by itself is cut"
