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

MOVED, CANCELLED = "flyttet", "avlyst"


def agreed(db: Session, row: Mote) -> None:
    """A meeting is agreed on: told of the day before."""
    _put(db, row, {"i_morgen": rules.before_meeting(row.nar, clock.now())})


def moved(db: Session, row: Mote) -> None:
    """It is another day, hour or place, which is another ``sekvens``: told of soon, as many know the old one, and the
    day before."""
    before, soon = rules.before_meeting(row.nar, clock.now()), rules.gathered(clock.now())
    _put(db, row, {"i_morgen": before} if before <= soon else {MOVED: soon, "i_morgen": before})


def cancelled(db: Session, row: Mote) -> None:
    """Nobody should come in vain: told of soon, when it has not been."""
    _put(db, row, {CANCELLED: rules.gathered(clock.now())})


def _put(db: Session, row: Mote, when: Mapping[str, datetime]) -> None:
    utboks.legg(db, row.kommune_id, Hendelse.MOTE, row.id, when, bruker_id=row.bruker_id, versjon=row.sekvens)


def shared(db: Session, row: Notatversjon) -> None:
    """A note is shared with the bruker."""
    when = {"straks": rules.gathered(clock.now())}
    utboks.legg(db, row.kommune_id, Hendelse.NOTAT, row.id, when, bruker_id=row.bruker_id)


def mote(db: Session, kommune_id: int, rows: Sequence[Utboks]) -> Mapping[UUID, datetime | None]:
    """Not when it is another day, hour or place since, is held or begun; when it is cancelled, only that it is."""
    now = clock.now()
    there = {
        found.id: found
        for found in db.execute(
            select(Mote.id, Mote.nar, Mote.tilstand, Mote.sekvens).where(
                Mote.kommune_id == kommune_id,
                Mote.id.in_({row.ref for row in rows}),
                Mote.nar > now,
            )
        )
    }
    return {
        row.id: row.send_etter
        for row in rows
        if (one := there.get(row.ref)) is not None
        and one.sekvens == row.versjon
        and one.tilstand == (Tilstand.AVLYST if row.trinn == CANCELLED else Tilstand.AVTALT)
        # From the day before, that reminder tells of it: not two at once after a worker was away.
        and not (row.trinn == MOVED and rules.before_meeting(one.nar, now) == now)
    }


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
