"""telefon: whether to ask about the home screen, and what the answer was."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from webapp.identitet.models import Okt
from webapp.identitet.tur import queue_up
from webapp.platform import access, clock
from webapp.platform.database import reading, writing
from webapp.telefon import rules
from webapp.telefon.models import Hjemskjerm


def asks(who: access.Bruker, *, delivered: bool) -> bool:
    """Whether the front page asks now. One query."""
    visits = (
        select(func.count())
        .select_from(Okt)
        .where(Okt.kommune_id == who.kommune_id, Okt.person_type == "bruker", Okt.person_id == who.id)
        .scalar_subquery()
    )
    answered = (
        select(func.count())
        .select_from(Hjemskjerm)
        .where(Hjemskjerm.kommune_id == who.kommune_id, Hjemskjerm.bruker_id == who.id)
        .scalar_subquery()
    )
    with reading() as db:
        row = db.execute(select(visits, answered)).one()
    return rules.asks(visits=row[0], delivered=delivered, answered=bool(row[1]), helped=who.skriver is not None)


def answer(who: access.Bruker, svar: str) -> None:
    """Remember what they said; the latest counts. Not in the log: the office has nothing to do with their phone."""
    with writing() as db:
        queue_up(db, who.kommune_id, who.id)  # pressed twice at once
        row = db.get(Hjemskjerm, (who.kommune_id, who.id))
        if row is None:
            db.add(Hjemskjerm(kommune_id=who.kommune_id, bruker_id=who.id, svar=svar))
        else:
            row.svar, row.nar = svar, clock.now()


def answered(kommune_id: int, bruker_id: UUID) -> Hjemskjerm | None:
    """What they said, if they were asked."""
    with reading() as db:
        return db.get(Hjemskjerm, (kommune_id, bruker_id))
