"""One-time codes on paper: the way back for somebody without a passkey, on any device. Shown once; hashes are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from webapp.identitet import okter, rules
from webapp.identitet.models import Engangskode
from webapp.identitet.tur import queue_up
from webapp.platform import access, audit, clock, ids, kommune
from webapp.platform.database import reading, writing
from webapp.platform.sealing import digest

PURPOSE = "engangskode"


@dataclass(frozen=True, slots=True)
class Ark:
    """The sheet a bruker has: how many codes are left on it, and when it was made."""

    igjen: int
    laget: datetime


class Ukjent(Exception):
    """No such code, or it is used."""


def new_sheet(who: access.Bruker) -> list[str]:
    """Make a sheet of codes as they are printed; the one before stops working."""
    codes: set[str] = set()
    while len(codes) < rules.ONE_TIME_COUNT:
        codes.add(rules.new_code(rules.ONE_TIME_LENGTH))
    ring = kommune.keyring()
    with writing() as db:
        queue_up(db, who.kommune_id, who.id)  # pressed twice at once: the second sheet finds the first
        db.execute(delete(Engangskode).where(Engangskode.kommune_id == who.kommune_id, Engangskode.bruker_id == who.id))
        for code in sorted(codes):
            db.add(
                Engangskode(
                    id=ids.new_id(),
                    kommune_id=who.kommune_id,
                    bruker_id=who.id,
                    hash=ring.pepper(PURPOSE, code),
                    laget=clock.now(),
                )
            )
        audit.record(db, who.kommune_id, "engangskoder_laget", who.actor, bruker_id=who.id, antall=rules.ONE_TIME_COUNT)
    return [rules.shown_code(code) for code in sorted(codes)]


def sheet(who: access.Bruker) -> Ark | None:
    """The sheet the bruker has, or None."""
    with reading() as db:
        made, left, latest = db.execute(
            select(func.count(), func.count().filter(Engangskode.brukt.is_(None)), func.max(Engangskode.laget)).where(
                Engangskode.kommune_id == who.kommune_id, Engangskode.bruker_id == who.id
            )
        ).one()
    return Ark(left, latest) if made else None


def use(typed: str, page_key: str = "") -> okter.Innlogging:
    """Sign in with a code, once. Raises Ukjent. See invitasjoner.use for ``page_key``."""
    hashes = kommune.keyring().peppers(PURPOSE, rules.normal_code(typed))
    this, fra = Engangskode.hash.in_(hashes), digest(page_key) if page_key else None
    with writing() as db:
        whose = db.execute(select(Engangskode.kommune_id, Engangskode.bruker_id).where(this)).one_or_none()
        if whose is None:
            raise Ukjent
        queue_up(db, whose.kommune_id, whose.bruker_id, deleted_too=True)
        # Read with one's turn: what was read before that says nothing of a use, or a new sheet, at the same moment.
        row, now = db.scalar(select(Engangskode).where(this)), clock.now()
        if row is None:
            raise Ukjent
        if row.brukt is None:
            row.brukt, row.brukt_fra = now, fra
        elif not rules.same_tap(now, brukt=row.brukt, brukt_fra=row.brukt_fra, fra=fra):
            raise Ukjent
        try:
            return okter.start(db, row.kommune_id, "bruker", row.bruker_id, "engangskode")
        except LookupError:
            raise Ukjent from None
