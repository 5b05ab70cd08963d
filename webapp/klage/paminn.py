"""What this room puts in the outbox, and whether it is still of interest when it is to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.paminnelse import rules
from webapp.platform import clock, utboks
from webapp.platform.utboks import Hendelse, Utboks


def decided(db: Session, kommune_id: int, bruker_id: UUID, row_id: UUID) -> None:
    """Something was decided or done about a klage: each step is told of by itself."""
    when = {"straks": rules.gathered(clock.now())}
    utboks.legg(db, kommune_id, Hendelse.KLAGE, row_id, when, bruker_id=bruker_id)


def klage(_db: Session, _kommune_id: int, rows: Sequence[Utboks]) -> Mapping[UUID, datetime | None]:
    """Always: what is decided stands."""
    return {row.id: row.send_etter for row in rows}
