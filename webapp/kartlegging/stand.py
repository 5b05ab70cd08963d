"""The row that says where one bruker's mapping stands: what lists and the clock (K8) read, with nothing sealed in it.

What the other rooms tell about a mapping comes in here; every function with ``db`` joins the caller's transaction.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from webapp.identitet import service as identitet
from webapp.kartlegging.models import Kartlegging
from webapp.kartlegging.skjema import Visning
from webapp.platform import audit, clock
from webapp.platform.audit import Actor
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Seal


def state(kommune_id: int, bruker_id: UUID) -> Kartlegging | None:
    """Where the bruker's mapping stands; None when nothing has been saved and nothing offered."""
    with reading() as db:
        return db.get(Kartlegging, (kommune_id, bruker_id))


def ensure_row(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal) -> None:
    """Make the bruker's row, in the view that the veileder offers, when there is none yet."""
    _insert_row(db, kommune_id, bruker_id, offered_view(kommune_id, bruker_id, seal))


def _insert_row(db: Session, kommune_id: int, bruker_id: UUID, visning: str) -> bool:
    insert: Any = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    made = db.scalar(
        insert(Kartlegging)
        .values(kommune_id=kommune_id, bruker_id=bruker_id, visning=visning, venter_svar=0, nye_svar=0)
        .on_conflict_do_nothing()
        .returning(Kartlegging.bruker_id)  # not the count of rows: PostgreSQL's driver does not say
    )
    return made is not None


def offered_view(kommune_id: int, bruker_id: UUID, seal: Seal) -> str:
    """The view the veileder offers a bruker who has not begun (K3). Who has delivered nothing has nothing to update."""
    offered = identitet.person(kommune_id, bruker_id, seal).visning
    return Visning.FULL.value if offered == Visning.MINI else offered


def choose_view(kommune_id: int, bruker_id: UUID, seal: Seal, visning: str) -> bool:
    """The bruker opens another selection of the same questions; every answer stays (K3).

    False, with nothing changed, for a mini round when nothing is delivered: there is nothing earlier to look at (K7).
    """
    with writing() as db:
        ensure_row(db, kommune_id, bruker_id, seal)
        return _set(db, kommune_id, bruker_id, *_possible(visning), visning=visning, tilbudt=None)


def offer_view(kommune_id: int, bruker_id: UUID, visning: str, by: Actor) -> bool:
    """The veileder offers another view (K3): who has not begun is in it, the others are asked. Answers stay.

    False, with nothing written, for a mini round when nothing is delivered (K7). What is offered already is not written
    again, and stands once in the log.
    """
    with writing() as db:
        made = _insert_row(db, kommune_id, bruker_id, Visning.FULL.value)
        row = db.get_one(Kartlegging, (kommune_id, bruker_id), with_for_update={"key_share": True})
        begun = row.begynt is not None or row.levert is not None
        offered = {"visning": row.visning, "tilbudt": visning} if begun else {"visning": visning, "tilbudt": None}
        if not made and offered == {"visning": row.visning, "tilbudt": row.tilbudt}:
            return True
        if not _set(db, kommune_id, bruker_id, *_possible(visning), **offered):
            return False
        audit.record(db, kommune_id, "visning_tilbudt", by, bruker_id=bruker_id, visning=visning)
    return True


def _possible(visning: str) -> tuple[ColumnElement[bool], ...]:
    return (Kartlegging.siste_levering_id.is_not(None),) if visning == Visning.MINI else ()


def conversation_held(db: Session, kommune_id: int, bruker_id: UUID, when: datetime) -> None:
    """K8: a conversation has followed the delivery. Nothing happens when nothing is delivered."""
    _set(db, kommune_id, bruker_id, Kartlegging.levert.is_not(None), samtale_holdt=when)


def plan_followed(db: Session, kommune_id: int, bruker_id: UUID, when: datetime) -> None:
    """K8: a plan step has followed the delivery. Nothing happens when nothing is delivered."""
    _set(db, kommune_id, bruker_id, Kartlegging.levert.is_not(None), plan_fulgt=when)


def question_asked(db: Session, kommune_id: int, bruker_id: UUID) -> None:
    """The veileder has asked something beside an answer: it waits for the bruker."""
    _set(db, kommune_id, bruker_id, venter_svar=Kartlegging.venter_svar + 1)


def question_answered(db: Session, kommune_id: int, bruker_id: UUID) -> None:
    """The bruker has answered a question that waited: now it waits for the veileder."""
    less = Kartlegging.venter_svar - 1
    _set(db, kommune_id, bruker_id, Kartlegging.venter_svar > 0, venter_svar=less)
    answer_given(db, kommune_id, bruker_id)


def answer_given(db: Session, kommune_id: int, bruker_id: UUID) -> None:
    """The bruker has written something beside an answer that the veileder has not seen."""
    _set(db, kommune_id, bruker_id, nye_svar=Kartlegging.nye_svar + 1)


def answers_seen(db: Session, kommune_id: int, bruker_id: UUID, antall: int) -> None:
    """The veileder has seen ``antall`` new answers to questions. One that came while the page was made is still new."""
    _set(db, kommune_id, bruker_id, Kartlegging.nye_svar >= antall, nye_svar=Kartlegging.nye_svar - antall)


def delivery_read(db: Session, kommune_id: int, bruker_id: UUID, levering_id: UUID) -> None:
    """The responsible veileder has opened the delivery ``levering_id``; the first time is kept.

    Nothing happens when the bruker has delivered again in the meantime: nobody has read that one (K8).
    """
    unread = (Kartlegging.siste_levering_id == levering_id, Kartlegging.lest.is_(None))
    _set(db, kommune_id, bruker_id, *unread, lest=clock.now())


def _set(db: Session, kommune_id: int, bruker_id: UUID, *only_if: Any, **values: Any) -> bool:
    found: Any = db.execute(
        update(Kartlegging)
        .where(Kartlegging.kommune_id == kommune_id, Kartlegging.bruker_id == bruker_id, *only_if)
        .values(**values)
    )
    return bool(found.rowcount)
