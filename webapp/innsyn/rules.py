"""Pure rules: what was opened, put together so that it can be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from webapp.platform.dates import oslo_date
from webapp.platform.lov import INNSYN_SVAR_DAGER


class Slag(StrEnum):
    """What a bruker can ask for (S3)."""

    RETTING = "retting"
    SLETTING = "sletting"
    ANNET = "annet"


@dataclass(frozen=True, slots=True)
class Apnet:
    """One line of the log: a page that was opened, or a reason that was given (``side`` None)."""

    lopenr: int
    tid: datetime
    ansatt_id: UUID | None
    side: str | None


@dataclass(frozen=True, slots=True)
class Besok:
    """What one member of staff opened on one day. ``sider``: each page once, in the order of the first time."""

    dag: date
    ansatt_id: UUID | None
    forste: datetime
    siste: datetime
    antall: int
    sider: tuple[str, ...]


def answer_by(asked: date) -> date:
    """The last day for an answer to a request that was sent on ``asked``."""
    return asked + timedelta(days=INNSYN_SVAR_DAGER)


def visits(events: Iterable[Apnet]) -> list[Besok]:
    """The events grouped by day (Oslo) and person, the latest day first, and on each day the latest visitor first.

    The log's numbers say the order. Times do not quite: two servers' clocks are never the same, and an opening may be
    timed a moment before the reason that was given for it.
    """
    groups: dict[tuple[date, UUID | None], list[Apnet]] = {}
    for event in sorted(events, key=lambda one: one.lopenr):
        groups.setdefault((oslo_date(event.tid), event.ansatt_id), []).append(event)
    found = [
        Besok(
            dag=dag,
            ansatt_id=ansatt_id,
            forste=min(event.tid for event in group),
            siste=max(event.tid for event in group),
            antall=sum(event.side is not None for event in group),
            sider=tuple(dict.fromkeys(event.side for event in group if event.side)),
        )
        for (dag, ansatt_id), group in groups.items()
    ]
    return sorted(found, key=lambda one: (one.dag, one.siste), reverse=True)


def whole_days(events: Sequence[Apnet], size: int) -> tuple[list[Apnet], int | None]:
    """The first ``size`` of ``events`` (latest first), without a day cut in two, and the next page's key.

    The next page has the events below that number; None when there is none. A single day with more than ``size`` events
    goes on on the next page all the same.
    """
    if len(events) <= size:
        return list(events), None
    page = list(events[:size])
    cut = oslo_date(page[-1].tid)
    if oslo_date(events[size].tid) == cut and oslo_date(page[0].tid) != cut:
        page = [event for event in page if oslo_date(event.tid) != cut]
    return page, page[-1].lopenr
