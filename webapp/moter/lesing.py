"""What is read of the meetings of a bruker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased

from webapp.identitet.models import Ansatt
from webapp.moter import rules
from webapp.moter.forms import Avtale
from webapp.moter.models import Mote
from webapp.moter.rules import Handling, Tilstand
from webapp.platform import clock, missing
from webapp.platform.database import reading
from webapp.platform.sealing import Place, Seal

PAGE = 25
AHEAD = 50  # more agreed meetings than this nobody has
SOON = timedelta(hours=12)  # a meeting stays «coming» until the day is over, also when it has begun


class NotHere(missing.NotHere):
    """There is no such meeting for this bruker."""


@dataclass(frozen=True, slots=True)
class Motet:
    """A meeting, opened."""

    id: UUID
    bruker_id: UUID
    ansatt_id: UUID
    ansatt_navn: str
    nar: datetime
    minutter: int
    form: str
    sted: str
    melding: str
    melding_fra: str | None  # None: written before it was kept who did
    tilstand: Tilstand
    sekvens: int
    byttet: datetime | None
    levering_id: UUID | None
    endret: datetime

    @property
    def slutt(self) -> datetime:
        """When it is over."""
        return self.nar + timedelta(minutes=self.minutter)

    @property
    def avtale(self) -> Avtale:
        """What is agreed about it."""
        return Avtale(self.nar, self.minutter, self.form, self.sted, self.melding)

    def mulig(self, who: str) -> frozenset[Handling]:
        """What «ansatt» or «bruker» can do with it now."""
        return rules.possible(self.tilstand, who, nar=self.nar, now=clock.now())


@dataclass(frozen=True, slots=True)
class Side:
    """A page of meetings that are over, the latest first; ``neste`` is the key of the page after, if there is one."""

    moter: list[Motet]
    neste: tuple[datetime, UUID] | None


def one(kommune_id: int, bruker_id: UUID, seal: Seal, mote_id: UUID) -> Motet:
    """A meeting of this bruker's. Raises NotHere: another's meeting is as unknown as one that does not exist."""
    with reading() as db:
        found = db.execute(_named(kommune_id, bruker_id).where(Mote.id == mote_id)).one_or_none()
    if found is None:
        raise NotHere("no such meeting")
    return opened(*found, seal)


def coming(kommune_id: int, bruker_id: UUID, seal: Seal, limit: int = AHEAD) -> list[Motet]:
    """What is agreed and not over, the next one first."""
    with reading() as db:
        rows = db.execute(
            _named(kommune_id, bruker_id)
            .where(Mote.tilstand == Tilstand.AVTALT.value, Mote.nar > clock.now() - SOON)
            .order_by(Mote.nar, Mote.id)
            .limit(limit)
        ).all()
    return [opened(*row, seal) for row in rows]


def agreed(kommune_id: int, bruker_id: UUID, seal: Seal, limit: int = 5) -> list[Motet]:
    """What is agreed, the first one first, also what is over and not marked as held or not."""
    with reading() as db:
        rows = db.execute(
            _named(kommune_id, bruker_id)
            .where(Mote.tilstand == Tilstand.AVTALT.value)
            .order_by(Mote.nar, Mote.id)
            .limit(limit)
        ).all()
    return [opened(*row, seal) for row in rows]


def earlier(
    kommune_id: int, bruker_id: UUID, seal: Seal, *, before: tuple[datetime, UUID] | None = None, limit: int = PAGE
) -> Side:
    """What is over, cancelled or still to be marked, the latest first, from the key ``before`` on."""
    over = or_(Mote.tilstand != Tilstand.AVTALT.value, Mote.nar <= clock.now() - SOON)
    query = _named(kommune_id, bruker_id).where(over)
    if before is not None:
        query = query.where(_before(*before))
    with reading() as db:
        rows = db.execute(query.order_by(Mote.nar.desc(), Mote.id.desc()).limit(limit + 1)).all()
    last = rows[limit - 1][0] if len(rows) > limit else None
    return Side([opened(*row, seal) for row in rows[:limit]], (last.nar, last.id) if last else None)


def place(row: Mote, column: str) -> Place:
    """Where a meeting's words are sealed."""
    return Place("mote", column, row.kommune_id, row.id)


def opened(row: Mote, navn: str, melding_fra: str | None, seal: Seal) -> Motet:
    """A row and the names that go with it, opened with the bruker's seal."""
    return Motet(
        id=row.id,
        bruker_id=row.bruker_id,
        ansatt_id=row.ansatt_id,
        ansatt_navn=navn,
        nar=row.nar,
        minutter=row.minutter,
        form=row.form,
        sted=seal.open(row.sted, place(row, "sted")),
        melding=seal.open(row.melding, place(row, "melding")) if row.melding else "",
        melding_fra=melding_fra,
        tilstand=Tilstand(row.tilstand),
        sekvens=row.sekvens,
        byttet=row.byttet,
        levering_id=row.levering_id,
        endret=row.endret,
    )


def _named(kommune_id: int, bruker_id: UUID) -> Select[Mote, str, str | None]:
    author = aliased(Ansatt)
    return (
        select(Mote, Ansatt.navn, author.navn)
        .join(Ansatt, (Ansatt.kommune_id == Mote.kommune_id) & (Ansatt.id == Mote.ansatt_id))
        .outerjoin(author, (author.kommune_id == Mote.kommune_id) & (author.id == Mote.melding_av))
        .where(Mote.kommune_id == kommune_id, Mote.bruker_id == bruker_id)
    )


def _before(nar: datetime, mote_id: UUID) -> ColumnElement[bool]:
    return or_(Mote.nar < nar, and_(Mote.nar == nar, Mote.id < mote_id))
