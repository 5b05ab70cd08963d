"""The rows of a matter, read in a fixed number of queries, and what the rules need to know of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.identitet.models import Ansatt
from webapp.platform import missing
from webapp.platform.sealing import Place, Seal
from webapp.varsel import rules
from webapp.varsel.models import (
    Avgjorelse,
    Brudd,
    Forhandsvarsel,
    Uttalelse,
    Uttalelseretting,
    Varsellukking,
    Varselnadd,
    Varselonske,
    Varselsak,
    Varselsvar,
    Veiing,
)
from webapp.varsel.rules import Fakta


class NotHere(missing.NotHere):
    """There is no such matter for this bruker."""


@dataclass(slots=True)
class Rader:
    """The rows of one matter, as they are stored, each kind in the order it came."""

    sak: Varselsak
    brudd: Sequence[Brudd]
    varsel: Forhandsvarsel | None
    nadd: Sequence[Varselnadd]
    uttalelser: Sequence[Uttalelse]
    rettinger: Sequence[Uttalelseretting]
    onsker: Sequence[Varselonske]
    svar: Sequence[Varselsvar]
    veiinger: Sequence[Veiing]
    avgjorelse: Avgjorelse | None
    lukking: Varsellukking | None

    def arrived(self) -> list[Varselnadd]:
        """U3: the ways in which the notice reached the bruker that count. An ansatt who types in the bruker's session
        is not one: that the bruker has the notice is then registered with a name, or the bruker opens it."""
        return [row for row in self.nadd if row.skrevet_av != "ansatt"]

    def frist(self) -> datetime | None:
        """The deadline that counts now."""
        first = min((row.frist for row in self.arrived()), default=None)
        return rules.standing(first, [row.ny_frist for row in self.svar])

    def egne(self) -> bool:
        """Whether the bruker has written, corrected or confirmed anything, and not an ansatt for them."""
        return any(row.muntlig_av is None and row.skrevet_av != "ansatt" for row in self.uttalelser) or any(
            row.skrevet_av != "ansatt" for row in self.rettinger
        )

    def hort(self) -> datetime | None:
        """U1, U6, U8: when they had been heard to the end: the latest word, time that was given, and the deadline if no
        word is their own."""
        moments = [*(row.laget for row in self.uttalelser), *(row.laget for row in self.rettinger)]
        moments += [row.ny_frist for row in self.svar if row.ny_frist is not None]
        frist = self.frist()
        if frist is not None and not self.egne():
            moments.append(frist)
        return max(moments, default=None)

    def lovet(self) -> datetime | None:
        """U6: when a conversation or an interpreter was last promised; None when none was."""
        wished = {row.id for row in self.onsker if row.slag in ("samtale", "tolk")}
        return max((row.laget for row in self.svar if row.innvilget and row.onske_id in wished), default=None)

    def fakta(self, *, grunnlag: bool) -> Fakta:
        """What the rules need to know."""
        answered = {row.onske_id for row in self.svar}
        return Fakta(
            grunnlag=grunnlag,
            ord=len(self.uttalelser) + len(self.rettinger),
            muntlig=any(row.muntlig_av for row in self.uttalelser),
            egne=self.egne(),
            veid=self.veiinger[-1].antall if self.veiinger else -1,
            frist=self.frist(),
            forlenget=any(row.ny_frist for row in self.svar),
            ubesvart=sum(row.id not in answered for row in self.onsker),
            fant_arbeid=any(r.fant_arbeid for r in self.uttalelser) or any(r.fant_arbeid for r in self.rettinger),
        )


def rows(db: Session, kommune_id: int, bruker_id: UUID, sak_id: UUID, *, lock: bool = False) -> Rader:
    """Everything in one matter: eleven queries. ``lock``: nobody else can take a step meanwhile. Raises NotHere."""
    query = select(Varselsak).where(
        Varselsak.kommune_id == kommune_id, Varselsak.id == sak_id, Varselsak.bruker_id == bruker_id
    )
    sak = db.scalar(query.with_for_update().execution_options(populate_existing=True) if lock else query)
    if sak is None:
        raise NotHere("no such matter")
    return Rader(
        sak,
        db.scalars(_of(Brudd, sak).order_by(Brudd.laget, Brudd.id)).all(),
        db.scalar(_of(Forhandsvarsel, sak)),
        db.scalars(_of(Varselnadd, sak).order_by(Varselnadd.laget, Varselnadd.id)).all(),
        db.scalars(_of(Uttalelse, sak).order_by(Uttalelse.laget, Uttalelse.id)).all(),
        db.scalars(_of(Uttalelseretting, sak).order_by(Uttalelseretting.laget, Uttalelseretting.id)).all(),
        db.scalars(_of(Varselonske, sak).order_by(Varselonske.laget, Varselonske.slag, Varselonske.id)).all(),
        db.scalars(_of(Varselsvar, sak).order_by(Varselsvar.laget, Varselsvar.id)).all(),
        db.scalars(_of(Veiing, sak).order_by(Veiing.laget, Veiing.id)).all(),
        db.scalar(_of(Avgjorelse, sak)),
        db.scalar(_of(Varsellukking, sak)),
    )


def _of(table: Any, sak: Varselsak) -> Select[Any]:
    return select(table).where(table.kommune_id == sak.kommune_id, table.sak_id == sak.id)


def staff(found: Rader) -> set[UUID]:
    """Which members of staff are in the matter."""
    kinds: list[Sequence[Any]] = [found.brudd, found.nadd, found.svar, found.veiinger]
    wanted = {row.ansatt_id for kind in kinds for row in kind}
    wanted |= {row.muntlig_av for row in found.uttalelser}
    wanted |= {row.ansatt_id for row in (found.varsel, found.avgjorelse, found.lukking) if row is not None}
    return {one for one in wanted if one is not None}


def names(db: Session, found: Rader) -> dict[UUID, str]:
    """Who the members of staff in the matter are."""
    rows_ = db.execute(
        select(Ansatt.id, Ansatt.navn).where(Ansatt.kommune_id == found.sak.kommune_id, Ansatt.id.in_(staff(found)))
    )
    return {row.id: row.navn for row in rows_}


def place(row: Any, column: str) -> Place:
    """Where a value of this room is sealed."""
    return Place(row.__tablename__, column, row.kommune_id, row.id)


def words(row: Any, column: str, seal: Seal) -> str:
    """A sealed text of this room; empty for none."""
    value = getattr(row, column)
    return seal.open(value, place(row, column)) if value is not None else ""


def content(row: Any, column: str, seal: Seal) -> Any:
    """A sealed JSON value of this room."""
    return seal.open_json(getattr(row, column), place(row, column))
