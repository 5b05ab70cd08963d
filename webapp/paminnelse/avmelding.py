"""Turning messages off from the message itself, without signing in (RFC 8058): an address that only we can make."""

from __future__ import annotations

import base64
import binascii
import hmac
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.identitet.models import Bruker
from webapp.paminnelse import mottakere
from webapp.paminnelse.models import Paminnelsevalg
from webapp.platform import audit, clock, kommune
from webapp.platform.audit import Actor
from webapp.platform.database import changed, reading, writing
from webapp.platform.sealing import Seal

_MARK = 16
_WHO = 20
_ADDRESS = 8


def token(seal: Seal, kommune_id: int, bruker_id: UUID, epost: str = "") -> str:
    """What stands in the address. ``seal``: the kommune's own. It turns messages off, and can do nothing else.

    ``epost``: where the message goes. It turns off messages to that address only: one that went astray would stop those
    to the right one. Without it (as in messages of earlier versions) it turns off whatever the address is.
    """
    who = kommune_id.to_bytes(4, "big") + bruker_id.bytes + (_of(seal, epost) if epost else b"")
    return _written(who + _mark(seal, who))


def whose(text: str) -> tuple[int, UUID, bytes] | None:
    """Whose messages the address turns off, and a mark of where they went; None when we have not made it."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    # Bits of the last letter may be left over: only as we write them, or one address would have several spellings.
    if len(raw) not in {_WHO + _MARK, _WHO + _ADDRESS + _MARK} or _written(raw) != text:
        return None
    who, mark = raw[:-_MARK], raw[-_MARK:]
    kommune_id = int.from_bytes(raw[:4], "big")
    if kommune_id >= 1 << 31:
        return None
    try:
        with reading() as db:
            seal = kommune.seal_of(db, kommune_id)
    except LookupError:
        return None
    return (kommune_id, UUID(bytes=who[4:_WHO]), who[_WHO:]) if hmac.compare_digest(_mark(seal, who), mark) else None


def turn_off(kommune_id: int, bruker_id: UUID, adresse: bytes = b"") -> None:
    """No e-mail to this bruker any more, at the address with that mark (see ``whose``). Sent twice, it is off."""
    with writing(unverified=True) as db:  # a mail program has no form key: the address itself is the right to do it
        if adresse and not _is_theirs(db, kommune_id, bruker_id, adresse):
            return
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


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _is_theirs(db: Session, kommune_id: int, bruker_id: UUID, adresse: bytes) -> bool:
    """Whether it is the address that stands, and does so until this is written."""
    person = (Bruker.kommune_id == kommune_id, Bruker.id == bruker_id)
    db.execute(select(Bruker.id).where(*person).with_for_update(key_share=True))
    there = mottakere.read(db, kommune_id, [bruker_id]).get(bruker_id)
    return there is not None and hmac.compare_digest(_of(kommune.seal_of(db, kommune_id), there.epost), adresse)


def _of(seal: Seal, epost: str) -> bytes:
    """The same for one mailbox, however it was typed."""
    return seal.fingerprint("avmelding-adresse", epost.casefold())[:_ADDRESS]


def _mark(seal: Seal, who: bytes) -> bytes:
    return hmac.digest(seal.derive("avmelding"), who, "sha256")[:_MARK]
