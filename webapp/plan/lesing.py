"""The plan as it stands, opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from webapp.plan.innhold import Maal, Steg, opened, opened_goal
from webapp.plan.models import Aktivitet, Mal, Plan
from webapp.platform import missing
from webapp.platform.database import reading
from webapp.platform.sealing import Seal


class NotHere(missing.NotHere):
    """There is no such step, goal or plan for this bruker."""


@dataclass(frozen=True, slots=True)
class Planen:
    """A bruker's plan as it stands. Versjon 0: nothing agreed yet; ``evaluering`` None: nothing written yet."""

    versjon: int
    kjent: int
    evaluering: date | None
    steg: list[Steg]
    mal: list[Maal]
    kilder: frozenset[str]  # what has been taken from the mapping already

    def one(self, steg_id: UUID) -> Steg:
        """One step. Raises NotHere: another's is as unknown as one that does not exist."""
        return next((one for one in self.steg if one.id == steg_id), None) or _gone()

    def goal(self, mal_id: UUID) -> Maal:
        """One goal. Raises NotHere."""
        return next((one for one in self.mal if one.id == mal_id), None) or _gone()


def _gone() -> Any:
    raise NotHere("no such step or goal")


def read(kommune_id: int, bruker_id: UUID, seal: Seal) -> Planen:
    """The whole plan, in three queries. Steps by date, those without one last; goals as they were written."""
    with reading() as db:
        plan = db.get(Plan, (kommune_id, bruker_id))
        rows = db.scalars(steps(kommune_id, bruker_id)).all()
        goals = db.scalars(
            select(Mal).where(Mal.kommune_id == kommune_id, Mal.bruker_id == bruker_id).order_by(Mal.laget, Mal.id)
        ).all()
    in_order = sorted((opened(row, seal) for row in rows), key=lambda one: (one.forslag.frist or date.max, one.id))
    return Planen(
        plan.versjon if plan else 0,
        plan.kjent if plan else 0,
        plan.evaluering if plan else None,
        in_order,
        [opened_goal(row, seal) for row in goals],
        frozenset({row.kilde for row in rows if row.kilde} | {row.kilde for row in goals if row.kilde}),
    )


def steps(kommune_id: int, bruker_id: UUID) -> Select[Aktivitet]:
    """The rows of a bruker's steps."""
    return select(Aktivitet).where(Aktivitet.kommune_id == kommune_id, Aktivitet.bruker_id == bruker_id)
