"""Who holds a meeting: those who follow the bruker up, and somebody else when that changes (S4, K9)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.identitet import tildelinger
from webapp.moter.models import Mote
from webapp.moter.rules import Tilstand
from webapp.platform import audit, clock
from webapp.platform.audit import Actor


class NotTheirs(Exception):
    """Nobody meets a bruker whom they do not follow up now (S1)."""


def can_meet(kommune_id: int, bruker_id: UUID, ansatt_id: UUID) -> None:
    """Raises NotTheirs for somebody who does not follow the bruker up."""
    if all(one.id != ansatt_id for one in tildelinger.following(kommune_id, bruker_id)):
        raise NotTheirs("does not follow up this bruker")


def give(db: Session, row: Mote, to: UUID, by: Actor) -> None:
    """From now on ``to`` holds this meeting. Its time, place and form are as they were, and nobody says otherwise."""
    row.ansatt_id, row.byttet = to, clock.now()
    audit.record(db, row.kommune_id, "mote_byttet", by, bruker_id=row.bruker_id, mote_id=row.id, til_ansatt_id=to)


def follow(db: Session, kommune_id: int, bruker_id: UUID, to: UUID, by: Actor, fra: UUID | None) -> None:
    """Coming meetings go along to ``to``: those of ``fra``, or of everybody else.

    Called by tildelinger.py in the transaction that ends an assignment, so that no bruker waits for somebody who may
    not open their case. The messages stay with those who wrote them.
    """
    others = Mote.ansatt_id != to if fra is None else Mote.ansatt_id == fra
    rows = db.scalars(
        select(Mote)
        .where(
            Mote.kommune_id == kommune_id,
            Mote.bruker_id == bruker_id,
            Mote.tilstand == Tilstand.AVTALT.value,
            Mote.nar > clock.now(),
            others,
        )
        .order_by(Mote.nar, Mote.id)
        .with_for_update()
    ).all()
    for row in rows:
        give(db, row, to, by)
