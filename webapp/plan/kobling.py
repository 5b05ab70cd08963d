"""What other rooms may know about the steps of a plan: which are agreed on, and what one of them says (P1)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.plan.innhold import Steg, opened
from webapp.plan.lesing import steps
from webapp.plan.models import Aktivitet
from webapp.plan.rules import Tilstand
from webapp.platform.database import reading
from webapp.platform.sealing import Seal


def agreed(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Steg]:
    """The steps both have said yes to that the bruker can do: not paused, and not Nav's own tasks. One query."""
    with reading() as db:
        rows = db.scalars(
            steps(kommune_id, bruker_id).where(
                Aktivitet.tilstand == Tilstand.AVTALT.value, Aktivitet.ansvar.in_(("bruker", "andre"))
            )
        ).all()
    return sorted((opened(row, seal) for row in rows), key=lambda one: (one.forslag.frist or date.max, one.id))


def is_agreed(db: Session, kommune_id: int, bruker_id: UUID, steg_id: UUID) -> bool:
    """Whether ``agreed`` has this step; it stays so until the caller's transaction ends."""
    row = db.scalar(
        steps(kommune_id, bruker_id)
        .where(
            Aktivitet.id == steg_id,
            Aktivitet.tilstand == Tilstand.AVTALT.value,
            Aktivitet.ansvar.in_(("bruker", "andre")),
        )
        .with_for_update(read=True)
    )
    return row is not None


def one(kommune_id: int, bruker_id: UUID, seal: Seal, steg_id: UUID) -> Steg | None:
    """One step, whatever has become of it; None for another's. One query."""
    with reading() as db:
        row = db.scalar(steps(kommune_id, bruker_id).where(Aktivitet.id == steg_id))
    return opened(row, seal) if row else None
