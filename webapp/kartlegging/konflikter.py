"""Two texts for one answer, typed in two places at once. Both are kept until the bruker has chosen (K1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.kartlegging import rules
from webapp.kartlegging.models import Svarkonflikt
from webapp.kartlegging.rules import Skriver, Verdi
from webapp.platform import clock, ids
from webapp.platform.sealing import Place, Seal

if TYPE_CHECKING:
    from webapp.kartlegging.lagring import Endring

MOST = 50


@dataclass(frozen=True, slots=True)
class Annen:
    """A text that waits beside the present answer. ``skriver`` None: kept before that was written down."""

    id: UUID
    sporsmal: str
    verdi: Verdi
    vil_ikke: bool
    laget: datetime
    skriver: Skriver | None


def waiting(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal, tema_id: str) -> list[Annen]:
    """The texts of a theme that wait for the bruker's choice, the oldest first, MOST of them: the rest comes after."""
    rows = db.scalars(
        select(Svarkonflikt)
        .where(
            *_mine(kommune_id, bruker_id),
            Svarkonflikt.lost.is_(None),
            Svarkonflikt.sporsmal.startswith(f"{tema_id}.", autoescape=True),
        )
        .order_by(Svarkonflikt.id)
        .limit(MOST)
    )
    return [_opened(row, seal) for row in rows]


def keep(
    db: Session,
    kommune_id: int,
    bruker_id: UUID,
    seal: Seal,
    sporsmal: str,
    verdi: Verdi,
    skriver: Skriver,
    *,
    vil_ikke: bool,
) -> str:
    """Keep a text beside the present answer; returns the mark with which the page goes on writing on it.

    The same text sent twice is kept once.
    """
    rows = db.scalars(
        select(Svarkonflikt).where(
            *_mine(kommune_id, bruker_id), Svarkonflikt.lost.is_(None), Svarkonflikt.sporsmal == sporsmal
        )
    ).all()
    for row in rows:
        if _open(row, seal) == (verdi, vil_ikke):
            return _mark(row.id)
    row = Svarkonflikt(
        id=ids.new_id(), kommune_id=kommune_id, bruker_id=bruker_id, sporsmal=sporsmal, laget=clock.now()
    )
    _write(row, seal, verdi, skriver, vil_ikke=vil_ikke)
    db.add(row)
    db.flush()
    return _mark(row.id)


def go_on(
    db: Session, kommune_id: int, bruker_id: UUID, seal: Seal, change: Endring, verdi: Verdi, skriver: Skriver
) -> str | None:
    """The page that a kept text came from has more to say: write it there. None when the bruker has chosen already."""
    try:
        konflikt_id = UUID(change.merke.removeprefix(rules.KONFLIKTMERKE))
    except ValueError:
        return None
    row = db.scalar(
        select(Svarkonflikt)
        .where(
            *_mine(kommune_id, bruker_id),
            Svarkonflikt.id == konflikt_id,
            Svarkonflikt.sporsmal == change.sporsmal,
            Svarkonflikt.lost.is_(None),
        )
        .with_for_update()
    )
    if row is None:
        return None
    if _open(row, seal) != (verdi, change.vil_ikke):
        _write(row, seal, verdi, skriver, vil_ikke=change.vil_ikke)
    return change.merke


def settle(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal, konflikt_id: UUID, now: datetime) -> Annen | None:
    """Mark a text as chosen about, and return it; None when there is no such text waiting."""
    row = db.scalar(
        select(Svarkonflikt)
        .where(*_mine(kommune_id, bruker_id), Svarkonflikt.id == konflikt_id, Svarkonflikt.lost.is_(None))
        .with_for_update()
    )
    if row is None:
        return None
    row.lost = now
    return _opened(row, seal)


def _mine(kommune_id: int, bruker_id: UUID) -> tuple[Any, ...]:
    return (Svarkonflikt.kommune_id == kommune_id, Svarkonflikt.bruker_id == bruker_id)


def _mark(konflikt_id: UUID) -> str:
    return f"{rules.KONFLIKTMERKE}{konflikt_id.hex}"


def _place(row: Svarkonflikt) -> Place:
    return Place("svarkonflikt", "verdi", row.kommune_id, row.id)


def _opened(row: Svarkonflikt, seal: Seal) -> Annen:
    typed = None
    if row.skrevet_av is not None and row.sprak is not None:
        typed = Skriver(row.skrevet_av, row.sprak, row.ansatt_id)
    return Annen(row.id, row.sporsmal, *_open(row, seal), row.laget, typed)


def _open(row: Svarkonflikt, seal: Seal) -> tuple[Verdi, bool]:
    content = seal.open_json(row.verdi, _place(row))
    return content["verdi"], content["vil_ikke"]


def _write(row: Svarkonflikt, seal: Seal, verdi: Verdi, skriver: Skriver, *, vil_ikke: bool) -> None:
    row.skrevet_av, row.sprak, row.ansatt_id = skriver.skrevet_av, skriver.sprak, skriver.ansatt_id
    row.verdi = seal.close_json({"verdi": verdi, "vil_ikke": vil_ikke}, _place(row))
