"""Ids: UUIDs that sort by the time they were made, so that lists can be paged by key."""

from __future__ import annotations

import secrets
import time
from uuid import UUID


def parse(text: str) -> UUID:
    """The id that ``text`` says; for anything else an id that nothing has."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def new_id() -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of milliseconds, then 74 random bits. Not guessable, and not a secret."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return UUID(int=value)
