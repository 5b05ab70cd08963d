"""What this room puts in the outbox, and whether it is still of interest when it is to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from webapp.kartlegging.models import Kartlegging, Levering, Merknad, Merknadsvar, Merknadversjon
from webapp.paminnelse import rules
from webapp.platform import clock, utboks
from webapp.platform.utboks import Hendelse, Utboks


def written(db: Session, row: Merknad) -> None:
    """The veileder has written a remark or a question."""
    when = {"straks": rules.gathered(clock.now())}
    utboks.legg(db, row.kommune_id, Hendelse.MERKNAD, row.id, when, bruker_id=row.bruker_id)


def delivered(db: Session, row: Levering, mini: date | None) -> None:
    """A mapping is delivered: ``mini`` is the day the mini-mapping is offered (K7)."""
    if mini is not None:
        when = {"tilbud": rules.in_the_morning(mini)}
        utboks.legg(db, row.kommune_id, Hendelse.MINI, row.id, when, bruker_id=row.bruker_id)


def merknad(db: Session, kommune_id: int, rows: Sequence[Utboks]) -> Mapping[UUID, datetime | None]:
    """Not when the bruker has answered it, in writing or with a new version of the answer (K11)."""
    about = {row.ref for row in rows}
    answers = (
        select(table.merknad_id).where(table.kommune_id == kommune_id, table.merknad_id.in_(about))
        for table in (Merknadsvar, Merknadversjon)
    )
    answered = set(db.scalars(union_all(*answers)))
    return {row.id: None if row.ref in answered else row.send_etter for row in rows}


def mini(db: Session, kommune_id: int, rows: Sequence[Utboks]) -> Mapping[UUID, datetime | None]:
    """Only while that delivery is the latest one: a newer one has an offer of its own."""
    latest = set(
        db.scalars(
            select(Kartlegging.siste_levering_id).where(
                Kartlegging.kommune_id == kommune_id, Kartlegging.siste_levering_id.in_({row.ref for row in rows})
            )
        )
    )
    return {row.id: row.send_etter if row.ref in latest else None for row in rows}
