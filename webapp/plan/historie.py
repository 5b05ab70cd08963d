"""What happened in the plan, dated, with who and the words before and after (P3). Read by both, each in their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from webapp.identitet.models import Ansatt
from webapp.plan.innhold import Forslag
from webapp.plan.models import Planhendelse
from webapp.plan.service import happening_place
from webapp.platform.database import reading
from webapp.platform.sealing import Seal

PAGE = 30


@dataclass(frozen=True, slots=True)
class Hendt:
    """One thing that happened. ``navn``: of the ansatt; empty for the bruker."""

    id: UUID
    hva: str
    rolle: str
    navn: str
    hjelper: str | None
    aktivitet_id: UUID | None
    mal_id: UUID | None
    for_: Mapping[str, Any] | None
    etter: Mapping[str, Any] | None
    ord: str
    sprak: str
    laget: datetime

    @property
    def forslag(self) -> Forslag | None:
        """What was proposed, when it was a proposal."""
        return Forslag.of_json(self.etter) if self.etter and "hvorfor" in self.etter else None

    @property
    def forslag_for(self) -> Forslag | None:
        """What stood there before."""
        return Forslag.of_json(self.for_) if self.for_ and "hvorfor" in self.for_ else None

    @property
    def dag(self) -> date | None:
        """The day that was set, when it was one."""
        return date.fromisoformat(self.etter["dag"]) if self.etter and "dag" in self.etter else None


@dataclass(frozen=True, slots=True)
class Side:
    """A page of history, the latest first; ``neste``: the key of the page after."""

    linjer: list[Hendt]
    neste: tuple[datetime, UUID] | None


def history(
    kommune_id: int,
    bruker_id: UUID,
    seal: Seal,
    *,
    aktivitet_id: UUID | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = PAGE,
) -> Side:
    """What happened, in the whole plan or with one step. One query."""
    query = (
        select(Planhendelse, Ansatt.navn)
        .outerjoin(Ansatt, (Ansatt.kommune_id == Planhendelse.kommune_id) & (Ansatt.id == Planhendelse.ansatt_id))
        .where(Planhendelse.kommune_id == kommune_id, Planhendelse.bruker_id == bruker_id)
    )
    if aktivitet_id is not None:
        query = query.where(Planhendelse.aktivitet_id == aktivitet_id)
    if before is not None:
        at, last_id = before
        query = query.where(or_(Planhendelse.laget < at, and_(Planhendelse.laget == at, Planhendelse.id < last_id)))
    with reading() as db:
        rows = db.execute(query.order_by(Planhendelse.laget.desc(), Planhendelse.id.desc()).limit(limit + 1)).all()
    last = rows[limit - 1][0] if len(rows) > limit else None
    return Side([_opened(row, navn or "", seal) for row, navn in rows[:limit]], (last.laget, last.id) if last else None)


def _opened(row: Planhendelse, navn: str, seal: Seal) -> Hendt:
    content = seal.open_json(row.innhold, happening_place(row))
    return Hendt(
        row.id,
        row.hva,
        row.rolle,
        navn,
        row.hjelper,
        row.aktivitet_id,
        row.mal_id,
        content["for"],
        content["etter"],
        content["ord"],
        row.sprak,
        row.laget,
    )
