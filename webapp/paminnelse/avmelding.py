"""Turning messages off from the message itself, without signing in (RFC 8058): an address that only we can make."""

from __future__ import annotations

import base64
import binascii
import hmac
from uuid import UUID

from sqlalchemy import update

from webapp.paminnelse.models import Paminnelsevalg
from webapp.platform import audit, clock, kommune
from webapp.platform.audit import Actor
from webapp.platform.database import changed, reading, writing
from webapp.platform.sealing import Seal

_MARK = 16


def token(seal: Seal, kommune_id: int, bruker_id: UUID) -> str:
    """What stands in the address. ``seal``: the kommune's own. It turns messages off, and can do nothing else."""
    who = kommune_id.to_bytes(4, "big") + bruker_id.bytes
    return base64.urlsafe_b64encode(who + _mark(seal, who)).decode().rstrip("=")


def whose(text: str) -> tuple[int, UUID] | None:
    """Whose messages the address turns off; None when we have not made it."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(raw) != 20 + _MARK:
        return None
    kommune_id = int.from_bytes(raw[:4], "big")
    if kommune_id >= 1 << 31:
        return None
    try:
        with reading() as db:
            seal = kommune.seal_of(db, kommune_id)
    except LookupError:
        return None
    return (kommune_id, UUID(bytes=raw[4:20])) if hmac.compare_digest(_mark(seal, raw[:20]), raw[20:]) else None


def turn_off(kommune_id: int, bruker_id: UUID) -> None:
    """No e-mail to this bruker any more. Sent twice, it is off."""
    with writing(unverified=True) as db:  # a mail program has no form key: the address itself is the right to do it
        off = (
            update(Paminnelsevalg)
            .where(
                Paminnelsevalg.kommune_id == kommune_id,
                Paminnelsevalg.bruker_id == bruker_id,
                Paminnelsevalg.epost.is_(True),
            )
            .values(epost=False, endret=clock.now())
        )
        if changed(db, off):
            who = Actor("bruker", bruker_id)
            audit.record(db, kommune_id, "paminnelser_valgt", who, bruker_id=bruker_id, kanaler="avmeldt")


def _mark(seal: Seal, who: bytes) -> bytes:
    return hmac.digest(seal.derive("avmelding"), who, "sha256")[:_MARK]
