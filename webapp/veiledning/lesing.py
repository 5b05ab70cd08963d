"""What is read of a bruker's råd og veiledning: each matter from the application to the end."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.platform import missing
from webapp.platform.database import reading
from webapp.platform.sealing import Place, Seal
from webapp.veiledning import rules
from webapp.veiledning.models import Radsamtale, Radslutt, Radsoknad, Radvedtak
from webapp.veiledning.rules import Handling, Stand


class NotHere(missing.NotHere):
    """There is no such matter for this bruker."""


@dataclass(frozen=True, slots=True)
class Vedtaket:
    """What was decided. ``tekst``: what the help consists of, or why it was refused."""

    id: UUID
    innvilget: bool
    nummer: str
    dato: date
    start: date | None
    tekst: str
    klagefrist: date


@dataclass(frozen=True, slots=True)
class Samtalen:
    """One conversation, or the end."""

    dato: date
    tekst: str


@dataclass(frozen=True, slots=True)
class Saken:
    """One matter, opened: from the application to the end."""

    id: UUID
    nummer: str
    omrader: tuple[str, ...]
    tekst: str
    sprak: str
    skrevet_av: str
    sokt: datetime
    vedtak: Vedtaket | None
    samtaler: tuple[Samtalen, ...]
    slutt: Samtalen | None

    @property
    def stand(self) -> Stand:
        """Where it stands."""
        return rules.stand(
            utfall=None if self.vedtak is None else "innvilget" if self.vedtak.innvilget else "avslatt",
            avsluttet=self.slutt is not None,
        )

    def mulig(self, who: str) -> frozenset[Handling]:
        """What «ansatt» or «bruker» can do with it."""
        return rules.possible(self.stand, who)


def matters(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Saken]:
    """Every matter of the bruker, the latest first. Four queries."""
    with reading() as db:
        return _opened(db, kommune_id, bruker_id, seal)


def matter(kommune_id: int, bruker_id: UUID, seal: Seal, soknad_id: UUID) -> Saken:
    """One matter of this bruker. Raises NotHere."""
    found = next((one for one in matters(kommune_id, bruker_id, seal) if one.id == soknad_id), None)
    if found is None:
        raise NotHere("no such matter")
    return found


def _opened(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Saken]:
    soknader = db.scalars(
        mine(Radsoknad, kommune_id, bruker_id).order_by(Radsoknad.laget.desc(), Radsoknad.id.desc())
    ).all()
    vedtak = {row.soknad_id: row for row in db.scalars(mine(Radvedtak, kommune_id, bruker_id))} if soknader else {}
    talks: defaultdict[UUID, list[Samtalen]] = defaultdict(list)
    ends: dict[UUID, Samtalen] = {}
    if vedtak:
        for row in db.scalars(
            mine(Radsamtale, kommune_id, bruker_id).order_by(Radsamtale.dato, Radsamtale.laget, Radsamtale.id)
        ):
            talks[row.vedtak_id].append(Samtalen(row.dato, seal.open(row.tekst, place(row, "tekst"))))
        for slutt in db.scalars(mine(Radslutt, kommune_id, bruker_id)):
            ends[slutt.vedtak_id] = Samtalen(slutt.dato, seal.open(slutt.tekst, place(slutt, "tekst")))
    return [_one(row, vedtak.get(row.id), talks, ends, seal) for row in soknader]


def _one(
    row: Radsoknad,
    vedtak: Radvedtak | None,
    talks: dict[UUID, list[Samtalen]],
    ends: dict[UUID, Samtalen],
    seal: Seal,
) -> Saken:
    innhold = seal.open_json(row.innhold, place(row, "innhold"))
    shown = vedtak and Vedtaket(
        vedtak.id,
        vedtak.utfall == "innvilget",
        seal.open(vedtak.nummer, place(vedtak, "nummer")),
        vedtak.dato,
        vedtak.start,
        seal.open(vedtak.tekst, place(vedtak, "tekst")),
        vedtak.klagefrist,
    )
    return Saken(
        row.id,
        row.nummer,
        tuple(innhold["omrader"]),
        innhold["tekst"],
        row.sprak,
        row.skrevet_av,
        row.laget,
        shown or None,
        tuple(talks[vedtak.id]) if vedtak and vedtak.id in talks else (),
        ends.get(vedtak.id) if vedtak else None,
    )


def mine(table: Any, kommune_id: int, bruker_id: UUID) -> Select[Any]:
    """The rows of one of the room's tables that are this bruker's."""
    return select(table).where(table.kommune_id == kommune_id, table.bruker_id == bruker_id)


def place(row: Any, column: str) -> Place:
    """Where the words of a row are sealed."""
    return Place(row.__tablename__, column, row.kommune_id, row.id)
