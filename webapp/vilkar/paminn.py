"""What this room puts in the outbox, and whether it is still of interest when it is to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.paminnelse import rules as times
from webapp.platform import clock, utboks
from webapp.platform.dates import add_days, oslo_date
from webapp.platform.utboks import Hendelse, Utboks
from webapp.vilkar.models import Vilkar
from webapp.vilkar.rules import Tilstand

AGAIN = timedelta(days=5)  # once more, when nothing has been said of it


def to_confirm(db: Session, kommune_id: int, bruker_id: UUID, vilkar_id: UUID, versjon: int) -> None:
    """A vilkår is set, or says something else: there is something to read and say what one thinks of (F1)."""
    now = clock.now()
    again = times.in_the_morning(add_days(oslo_date(now), AGAIN.days))
    when = {"straks": times.gathered(now), "igjen": again}
    utboks.legg(db, kommune_id, Hendelse.VILKAR, vilkar_id, when, bruker_id=bruker_id, versjon=versjon)


def vilkar(db: Session, kommune_id: int, rows: Sequence[Utboks]) -> Mapping[UUID, datetime | None]:
    """While that version counts and the bruker has not answered."""
    waits = {
        found.id: found.versjon
        for found in db.execute(
            select(Vilkar.id, Vilkar.versjon).where(
                Vilkar.kommune_id == kommune_id,
                Vilkar.id.in_({row.ref for row in rows}),
                Vilkar.tilstand == Tilstand.GJELDER.value,
                Vilkar.svar.is_(None),
            )
        )
    }
    return {row.id: row.send_etter for row in rows if waits.get(row.ref) == row.versjon}
