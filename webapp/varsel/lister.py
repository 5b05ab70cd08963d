"""Matters in lists: a bruker's own, a bruker's as the veileder sees them. One query, and what must be opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import QueryableAttribute

from webapp.platform import clock
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.sealing import Place, Seal
from webapp.varsel import apning, rules
from webapp.varsel.models import Avgjorelse, Avgjorelsenadd, Forhandsvarsel, Varselnadd, Varselsak
from webapp.varsel.ord import KLAGBART
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
    avgjort_nadd: bool  # the avgjørelse has reached the bruker (U9)
    vilkar: dict[str, str]

    @property
    def frist_dag(self) -> date | None:
        """The last day on which one is in time."""
        return rules.last_day(self.frist) if self.frist else None

    @property
    def apen(self) -> bool:
        """Whether nothing is decided, and the matter is not closed."""
        return self.tilstand in rules.OPEN

    @property
    def for_sent(self) -> bool:
        """Whether the deadline has run out; one can answer as long as nothing is decided (U4)."""
        return self.frist is not None and clock.now() >= self.frist

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
    told = (
        select(func.count())
        .select_from(Avgjorelsenadd)
        .where(Avgjorelsenadd.kommune_id == Varselsak.kommune_id, Avgjorelsenadd.sak_id == Varselsak.id)
        .scalar_subquery()
    )
    notice = (Forhandsvarsel.id, Forhandsvarsel.innhold, Forhandsvarsel.sendt)
    return (
        select(Varselsak, *notice, Avgjorelse.laget, opened, told)
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
class Klagbar:
    """A decision that can be appealed, as the room for klager must know it.

    ``klagefrist``: three weeks from when it reached the bruker, when that is later than what it says itself.
    """

    sak_id: UUID
    utfall: str
    dato: date
    klagefrist: date


def appealable(kommune_id: int, bruker_id: UUID) -> list[Klagbar]:
    """Every decision about this bruker that takes something or changes a vilkår (U9), the latest first. One query."""
    reached = (
        select(func.min(Avgjorelsenadd.laget))
        .where(Avgjorelsenadd.kommune_id == Avgjorelse.kommune_id, Avgjorelsenadd.sak_id == Avgjorelse.sak_id)
        .scalar_subquery()
    )
    query = (
        select(Avgjorelse.sak_id, Avgjorelse.utfall, Avgjorelse.laget, Avgjorelse.klagefrist, reached)
        .join(Varselsak, (Avgjorelse.kommune_id == Varselsak.kommune_id) & (Avgjorelse.sak_id == Varselsak.id))
        .where(Varselsak.kommune_id == kommune_id, Varselsak.bruker_id == bruker_id, Avgjorelse.utfall.in_(KLAGBART))
        .order_by(Avgjorelse.laget.desc(), Avgjorelse.id.desc())
        .limit(2 * MOST)
    )
    with reading() as db:
        return [
            Klagbar(sak_id, utfall, oslo_date(decided), apning.klagefrist(stated, when))
            for sak_id, utfall, decided, stated, when in db.execute(query)
        ]


def tatt_opp(
    kommune_id: int,
    bruker_id: QueryableAttribute[UUID],
    vilkar_id: QueryableAttribute[UUID],
    versjon_id: ColumnElement[UUID],
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Of the vilkår of each row of a list, in SQL: whether a matter is open about it, and whether one is or has been
    about this version of it."""
    here = (Varselsak.kommune_id == kommune_id, Varselsak.bruker_id == bruker_id, Varselsak.vilkar_id == vilkar_id)
    is_open = Varselsak.tilstand.in_([one.value for one in rules.OPEN])
    of_it = Varselsak.vilkarversjon_id == versjon_id
    return select(Varselsak.id).where(*here, is_open).exists(), select(Varselsak.id).where(
        *here, is_open | of_it
    ).exists()


def _lines(query: Select[Any], kommune_id: int, seal: Seal) -> list[Linje]:
    with reading() as db:
        rows = db.execute(query).all()
    made = []
    for matter, notice_id, content, sent, decided, opened, told in rows:
        said = seal.open_json(content, Place("forhandsvarsel", "innhold", kommune_id, notice_id)) if content else {}
        titles = {kode: lines[0] for kode, lines in said.get("vilkar", {}).items()}
        made.append(
            Linje(
                matter.id,
                Tilstand(matter.tilstand),
                matter.frist,
                matter.laget,
                sent,
                opened > 0,
                decided,
                told > 0,
                titles,
            )
        )
    return made
