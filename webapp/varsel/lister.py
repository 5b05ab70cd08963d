"""Matters in lists: a bruker's own, a bruker's as the veileder sees them. One query, and what must be opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.sealing import Place, Seal
from webapp.varsel import rules
from webapp.varsel.models import Avgjorelse, Forhandsvarsel, Varselnadd, Varselsak
from webapp.varsel.rules import Tilstand

MOST = 50


@dataclass(frozen=True, slots=True)
class Linje:
    """One matter in a list. ``vilkar``: the vilkår in one line, as the notice has it; empty before one is sent."""

    id: UUID
    tilstand: Tilstand
    frist: datetime | None
    laget: datetime
    sendt: datetime | None
    apnet: bool
    avgjort: datetime | None
    vilkar: dict[str, str]

    @property
    def frist_dag(self) -> date | None:
        """The last day on which one is in time."""
        return rules.last_day(self.frist) if self.frist else None

    def tittel(self, sprak: str) -> tuple[str, str]:
        """The vilkår in one line, and its language."""
        kode = sprak if sprak in self.vilkar else "nb"
        return self.vilkar.get(kode, ""), kode


def _query(kommune_id: int, bruker_id: UUID) -> Select[Any]:
    opened = (
        select(func.count())
        .select_from(Varselnadd)
        .where(
            Varselnadd.kommune_id == Varselsak.kommune_id,
            Varselnadd.sak_id == Varselsak.id,
            Varselnadd.hvordan == "apnet",
        )
        .scalar_subquery()
    )
    return (
        select(Varselsak, Forhandsvarsel.id, Forhandsvarsel.innhold, Forhandsvarsel.sendt, Avgjorelse.laget, opened)
        .outerjoin(
            Forhandsvarsel,
            (Forhandsvarsel.kommune_id == Varselsak.kommune_id) & (Forhandsvarsel.sak_id == Varselsak.id),
        )
        .outerjoin(Avgjorelse, (Avgjorelse.kommune_id == Varselsak.kommune_id) & (Avgjorelse.sak_id == Varselsak.id))
        .where(Varselsak.kommune_id == kommune_id, Varselsak.bruker_id == bruker_id)
        .order_by(Varselsak.tilstand.in_(("avgjort", "lukket")), Varselsak.laget.desc(), Varselsak.id.desc())
        .limit(MOST)
    )


def for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Linje]:
    """Matters about which a notice was sent, the open ones first."""
    return _lines(_query(kommune_id, bruker_id).where(Forhandsvarsel.id.is_not(None)), kommune_id, seal)


def for_veileder(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Linje]:
    """Every matter of a bruker, the open ones first."""
    return _lines(_query(kommune_id, bruker_id), kommune_id, seal)


@dataclass(frozen=True, slots=True)
class Reduksjon:
    """A decision to take something, as the room for klager must know it."""

    sak_id: UUID
    dato: date
    klagefrist: date


def reductions(kommune_id: int, bruker_id: UUID) -> list[Reduksjon]:
    """Every reduction that was decided about this bruker, the latest first. One query, and nothing is opened."""
    query = (
        select(Avgjorelse.sak_id, Avgjorelse.laget, Avgjorelse.klagefrist)
        .join(Varselsak, (Avgjorelse.kommune_id == Varselsak.kommune_id) & (Avgjorelse.sak_id == Varselsak.id))
        .where(Varselsak.kommune_id == kommune_id, Varselsak.bruker_id == bruker_id, Avgjorelse.utfall == "reduksjon")
        .order_by(Avgjorelse.laget.desc())
        .limit(2 * MOST)
    )
    with reading() as db:
        return [Reduksjon(row.sak_id, oslo_date(row.laget), row.klagefrist) for row in db.execute(query)]


def _lines(query: Select[Any], kommune_id: int, seal: Seal) -> list[Linje]:
    with reading() as db:
        rows = db.execute(query).all()
    made = []
    for matter, notice_id, content, sent, decided, opened in rows:
        said = seal.open_json(content, Place("forhandsvarsel", "innhold", kommune_id, notice_id)) if content else {}
        titles = {kode: lines[0] for kode, lines in said.get("vilkar", {}).items()}
        made.append(
            Linje(matter.id, Tilstand(matter.tilstand), matter.frist, matter.laget, sent, opened > 0, decided, titles)
        )
    return made
