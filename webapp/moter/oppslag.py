"""What other rooms ask about meetings: when, and whether. No words are opened for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.moter.lesing import SOON
from webapp.moter.models import Mote
from webapp.moter.rules import Tilstand
from webapp.platform import clock
from webapp.platform.database import reading


def next_for_brukere(kommune_id: int, bruker_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When each of these brukere has the next agreed meeting: one query for a page of a list."""
    with reading() as db:
        rows = db.execute(
            select(Mote.bruker_id, Mote.nar)
            .where(
                Mote.kommune_id == kommune_id,
                Mote.bruker_id.in_(list(bruker_ids)),
                Mote.tilstand == Tilstand.AVTALT.value,
                Mote.nar > clock.now() - SOON,
            )
            .order_by(Mote.nar.desc())
        )
        return {bruker_id: nar for bruker_id, nar in rows}  # noqa: C416 -- the soonest is read last, and stays


def was_held(db: Session, kommune_id: int, bruker_id: UUID, after: datetime, until: datetime) -> bool:
    """Whether a meeting with the bruker that began after one moment, and not after the other, was held."""
    query = select(Mote.id).where(
        Mote.kommune_id == kommune_id,
        Mote.bruker_id == bruker_id,
        Mote.tilstand == Tilstand.HOLDT.value,
        Mote.nar > after,
        Mote.nar <= until,
    )
    return db.scalar(query.limit(1)) is not None
