"""Paging by key: the address of the next page carries the key of the last row, not a number of rows to skip."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from uuid import UUID

from flask import abort


def key_of_moment(key: tuple[datetime, UUID] | None) -> str | None:
    """A key of a time and an id as it stands in an address."""
    if key is None:
        return None
    moment, row_id = key
    return encode(f"{moment.astimezone(UTC).isoformat()}|{row_id.hex}")


def moment_key(text: str | None) -> tuple[datetime, UUID] | None:
    """The key again; None when there is none. Aborts with 400 for what we have not made."""
    if not text:
        return None
    try:
        moment, row_id = decode(text).split("|")
        found, ident = datetime.fromisoformat(moment), UUID(hex=row_id)
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC), ident
    except (ValueError, OverflowError):
        abort(400)


def encode(text: str) -> str:
    """Plain text made fit for an address. Opaque, not secret: it holds ids and dates only."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(text: str) -> str:
    """The text again. Raises ValueError."""
    if len(text) > 200 or not text.isascii():
        raise ValueError("not one of ours")
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
    except binascii.Error as error:
        raise ValueError("not one of ours") from error
