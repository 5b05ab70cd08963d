"""What this room puts in the outbox, and whether it is still of interest when it is to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.moter.models import Mote, Notatversjon
from webapp.moter.rules import Tilstand
from webapp.paminnelse import rules
from webapp.platform import clock, utboks
from webapp.platform.utboks import Hendelse, Utboks


def agreed(db: Session, row: Mote) -> None:
    """A meeting is agreed on, or has another time (which is another ``sekvens``): told of the day before."""
    when = {"i_morgen": rules.before_meeting(row.nar, clock.now())}
    utboks.legg(db, row.kommune_id, Hendelse.MOTE, row.id, when, bruker_id=row.bruker_id, versjon=row.sekvens)


def shared(db: Session, row: Notatversjon) -> None:
    """A note is shared with the bruker."""
    when = {"straks": rules.gathered(clock.now())}
    utboks.legg(db, row.kommune_id, Hendelse.NOTAT, row.id, when, bruker_id=row.bruker_id)


def mote(db: Session, kommune_id: int, rows: Sequence[Utboks]) -> Mapping[UUID, datetime | None]:
    """Not when the meeting is cancelled, moved, held or begun."""
    now = clock.now()
    there = {
        found.id: found
        for found in db.execute(
            select(Mote.id, Mote.nar, Mote.sekvens).where(
                Mote.kommune_id == kommune_id,
                Mote.id.in_({row.ref for row in rows}),
                Mote.tilstand == Tilstand.AVTALT.value,
                Mote.nar > now,
            )
        )
    }
    return {row.id: row.send_etter for row in rows if row.ref in there and there[row.ref].sekvens == row.versjon}


def notat(db: Session, kommune_id: int, rows: Sequence[Utboks]) -> Mapping[UUID, datetime | None]:
    """Not when a newer version of the note has been shared: that one is told of."""
    latest = (
        select(Notatversjon.notat_id, func.max(Notatversjon.versjon).label("versjon"))
        .where(Notatversjon.kommune_id == kommune_id)
        .group_by(Notatversjon.notat_id)
        .subquery()
    )
    there = set(
        db.scalars(
            select(Notatversjon.id)
            .join(latest, (latest.c.notat_id == Notatversjon.notat_id) & (latest.c.versjon == Notatversjon.versjon))
            .where(Notatversjon.kommune_id == kommune_id, Notatversjon.id.in_({row.ref for row in rows}))
        )
    )
    return {row.id: row.send_etter for row in rows if row.ref in there}
