"""A person's own sessions: which there are, and ending one or all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.identitet import okter
from webapp.identitet.models import Okt
from webapp.platform import access, audit, clock
from webapp.platform.database import changed, reading, writing


@dataclass(frozen=True, slots=True)
class Palogging:
    """One line of «Mine pålogginger»."""

    id: UUID
    enhet: str
    hvordan: str
    laget: datetime
    sist_brukt: datetime
    denne: bool


def mine(who: access.Who) -> list[Palogging]:
    """The person's sessions that are still alive, the latest used first."""
    now = clock.now()
    lively = okter.limits(who.actor.type)
    with reading() as db:
        rows = db.scalars(
            select(Okt)
            .where(
                Okt.kommune_id == who.kommune_id,
                Okt.person_type == who.actor.type,
                Okt.person_id == who.id,
                Okt.avsluttet.is_(None),
                Okt.utloper > now,
                Okt.sist_brukt > now - lively.idle,
            )
            .order_by(Okt.sist_brukt.desc(), Okt.id.desc())
            .limit(50)
        )
        return [Palogging(o.id, o.enhet, o.hvordan, o.laget, o.sist_brukt, o.id == who.okt_id) for o in rows]


def end(who: access.Who, okt_id: UUID, *, unverified: bool = False) -> bool:
    """End one of the person's own sessions; False when it is not theirs or has ended already."""
    with writing(unverified=unverified) as db:
        ended = changed(
            db,
            update(Okt)
            .where(
                Okt.kommune_id == who.kommune_id,
                Okt.id == okt_id,
                Okt.person_type == who.actor.type,
                Okt.person_id == who.id,
                Okt.avsluttet.is_(None),
            )
            .values(avsluttet=clock.now()),
        )
        if ended:
            if isinstance(who, access.Bruker):
                from webapp.paminnelse import abonnement  # the room stands on this one

                # Before the log, whose head is held to the end: who turns messages on has the device first, then that.
                abonnement.end_with_session(db, who, okt_id)
            name = "logget_ut" if okt_id == who.okt_id else "okt_avsluttet"
            bruker_id = who.id if isinstance(who, access.Bruker) else None
            audit.record(db, who.kommune_id, name, who.actor, bruker_id=bruker_id, okt_id=okt_id)
        return bool(ended)


def end_all(db: Session, kommune_id: int, person_type: str, person_id: UUID) -> None:
    """End every session of a person: they are deleted, blocked, or have lost their key."""
    db.execute(
        update(Okt)
        .where(
            Okt.kommune_id == kommune_id,
            Okt.person_type == person_type,
            Okt.person_id == person_id,
            Okt.avsluttet.is_(None),
        )
        .values(avsluttet=clock.now())
    )
