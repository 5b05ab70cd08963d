"""Ids: UUIDs that sort by the time they were made, so that lists can be paged by key."""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID

# A clock that has been wrong by more than this is left behind: or all ids of this process would be from that time.
WRONG = 60_000 << 12  # 1/4096 ms
_turn = threading.Lock()
_latest = 0


def parse(text: str) -> UUID:
    """The id that ``text`` says; for anything else an id that nothing has."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def new_id() -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of milliseconds, 12 of their fraction (method 3 there), 62 random bits.

    Each is later than the one before in this process, also when the clock has stood still or gone back a little: what
    one transaction writes at one time can be put in its order. Not guessable, and not a secret.
    """
    global _latest  # noqa: PLW0603 -- one order for the process
    ticks = (time.time_ns() << 12) // 1_000_000  # of 1/4096 ms
    with _turn:
        if _latest - ticks < WRONG:
            ticks = max(ticks, _latest + 1)
        _latest = ticks
    moment, fraction = ticks >> 12, ticks & 0xFFF
    return UUID(int=(moment & (1 << 48) - 1) << 80 | 7 << 76 | fraction << 64 | 2 << 62 | secrets.randbits(62))
