"""The one clock. All times are aware UTC datetimes; tests and demo mode can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_offset = timedelta(0)
_frozen: datetime | None = None
_retold = False


def now() -> datetime:
    """The present time, aware, in UTC, to the microsecond."""
    return _frozen or datetime.now(UTC) + _offset


def start_at(moment: datetime | None) -> None:
    """Let the clock run on from ``moment`` (demo mode only; config refuses it otherwise), or normally for None."""
    global _offset  # noqa: PLW0603 -- one clock for the process
    _offset = moment - datetime.now(UTC) if moment else timedelta(0)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock at ``moment`` inside the block. For tests and for loading demo people."""
    global _frozen  # noqa: PLW0603 -- one clock for the process
    before, _frozen = _frozen, moment
    try:
        yield
    finally:
        _frozen = before


@contextmanager
def retold() -> Iterator[None]:
    """Inside the block each step keeps the time it is told to have, also one before what is registered already.

    For loading demo people, whose roads are told one after the other. See audit.moment.
    """
    global _retold  # noqa: PLW0603 -- one clock for the process
    before, _retold = _retold, True
    try:
        yield
    finally:
        _retold = before


def is_retold() -> bool:
    """Whether this is inside ``retold``."""
    return _retold
