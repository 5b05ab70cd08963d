"""Attachments, read: what lies ready, what was sent with one thing or with many, and the file itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import Session

from webapp.platform import missing
from webapp.platform.audit import Actor
from webapp.platform.database import reading
from webapp.platform.sealing import Place, Seal
from webapp.vedlegg.models import Vedlegg, Vedleggskobling


class NotHere(missing.NotHere):
    """There is no such attachment for this bruker (or it has been sent with something else)."""


@dataclass(frozen=True, slots=True)
class Eier:
    """Whose attachment it is, and who adds it. ``av``: the bruker, who types for them (K1), or the office."""

    kommune_id: int
    bruker_id: UUID
    seal: Seal
    av: str
    actor: Actor

    @property
    def ansatt_id(self) -> UUID | None:
        """The ansatt, when the office adds it."""
        return self.actor.id if self.actor.type == "ansatt" else None


@dataclass(frozen=True, slots=True)
class Vedlagt:
    """An attachment without its content."""

    id: UUID
    navn: str
    mime: str
    storrelse: int
    sha256: str
    laget: datetime
    lagt_til_av: str


def ventende(owner: Eier, skjema: str) -> list[Vedlagt]:
    """What this person has lying ready for the form at ``skjema``, the first one first."""
    with reading() as db:
        rows = db.execute(_rows(owner.kommune_id, owner.bruker_id).where(*waits(owner, skjema))).all()
    return [opened(owner.seal, owner.kommune_id, row) for row in rows]


def liste(kommune_id: int, bruker_id: UUID, seal: Seal, opphav_type: str, opphav_id: UUID) -> list[Vedlagt]:
    """What was sent with one thing, the first one first. One query."""
    return lister(kommune_id, bruker_id, seal, opphav_type, [opphav_id]).get(opphav_id, [])


def lister(
    kommune_id: int, bruker_id: UUID, seal: Seal, opphav_type: str, opphav_ids: Iterable[UUID]
) -> dict[UUID, list[Vedlagt]]:
    """What was sent with each of these, in one query."""
    query = (
        _rows(kommune_id, bruker_id)
        .add_columns(Vedleggskobling.opphav_id)
        .join(
            Vedleggskobling,
            and_(Vedleggskobling.kommune_id == Vedlegg.kommune_id, Vedleggskobling.vedlegg_id == Vedlegg.id),
        )
        .where(Vedleggskobling.opphav_type == opphav_type, Vedleggskobling.opphav_id.in_(list(opphav_ids)))
    )
    found: dict[UUID, list[Vedlagt]] = {}
    with reading() as db:
        for row in db.execute(query):
            found.setdefault(row.opphav_id, []).append(opened(seal, kommune_id, row))
    return found


def sent_with(db: Session, kommune_id: int, bruker_id: UUID, opphav_type: str, opphav_ids: Sequence[UUID]) -> set[UUID]:
    """The ids of the files that were sent with any of these, in the caller's transaction."""
    query = select(Vedleggskobling.vedlegg_id).where(
        Vedleggskobling.kommune_id == kommune_id,
        Vedleggskobling.bruker_id == bruker_id,
        Vedleggskobling.opphav_type == opphav_type,
        Vedleggskobling.opphav_id.in_(opphav_ids),
    )
    return set(db.scalars(query))


def alle(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[tuple[Vedlagt, str | None]]:
    """Every file about a bruker that they may see, with the kind of thing it was sent with (None: not sent yet).

    What the office has lying ready and not sent is its working paper, as an unshared note is. One query.
    """
    query = (
        _rows(kommune_id, bruker_id)
        .add_columns(Vedleggskobling.opphav_type)
        .join(
            Vedleggskobling,
            and_(Vedleggskobling.kommune_id == Vedlegg.kommune_id, Vedleggskobling.vedlegg_id == Vedlegg.id),
            isouter=True,
        )
        .where(Vedlegg.ansatt_id.is_(None) | Vedleggskobling.vedlegg_id.is_not(None))
    )
    with reading() as db:
        return [(opened(seal, kommune_id, row), row.opphav_type) for row in db.execute(query)]


def may_fetch(kommune_id: int, bruker_id: UUID, vedlegg_id: UUID) -> bool:
    """Whether the bruker may see it: their own, or what the office has sent with something."""
    with reading() as db:
        return bool(
            db.scalar(
                select(Vedlegg.id).where(
                    Vedlegg.kommune_id == kommune_id,
                    Vedlegg.bruker_id == bruker_id,
                    Vedlegg.id == vedlegg_id,
                    TIED | Vedlegg.ansatt_id.is_(None),
                )
            )
        )


def apne(kommune_id: int, bruker_id: UUID, seal: Seal, vedlegg_id: UUID) -> tuple[Vedlagt, bytes]:
    """An attachment with its content. Raises NotHere."""
    with reading() as db:
        row = db.execute(
            _rows(kommune_id, bruker_id).add_columns(Vedlegg.innhold).where(Vedlegg.id == vedlegg_id)
        ).one_or_none()
    if row is None:
        raise NotHere("no such attachment")
    return opened(seal, kommune_id, row), seal.open_bytes(row.innhold, place(kommune_id, vedlegg_id, "innhold"))


def only_sent(kommune_id: int, bruker_id: UUID, vedlegg_id: UUID, ansatt_id: UUID) -> bool:
    """Whether an ansatt may see it: it has been sent with something, or they added it themselves (K1)."""
    with reading() as db:
        return bool(
            db.scalar(
                select(Vedlegg.id).where(
                    Vedlegg.kommune_id == kommune_id,
                    Vedlegg.bruker_id == bruker_id,
                    Vedlegg.id == vedlegg_id,
                    TIED | (Vedlegg.ansatt_id == ansatt_id),
                )
            )
        )


TIED = exists().where(Vedleggskobling.kommune_id == Vedlegg.kommune_id, Vedleggskobling.vedlegg_id == Vedlegg.id)


def waits(owner: Eier, skjema: str | None = None) -> list[ColumnElement[bool]]:
    """What the person has lying ready. The office's and the bruker's own are apart."""
    where: list[ColumnElement[bool]] = [
        Vedlegg.kommune_id == owner.kommune_id,
        Vedlegg.bruker_id == owner.bruker_id,
        Vedlegg.ansatt_id == owner.ansatt_id if owner.ansatt_id else Vedlegg.ansatt_id.is_(None),
        ~TIED,
    ]
    return [*where, Vedlegg.skjema == skjema] if skjema is not None else where


COLUMNS = (
    Vedlegg.id,
    Vedlegg.navn,
    Vedlegg.mime,
    Vedlegg.storrelse,
    Vedlegg.sha256,
    Vedlegg.laget,
    Vedlegg.lagt_til_av,
)


def _rows(kommune_id: int, bruker_id: UUID) -> Select[*tuple[object, ...]]:
    return (
        select(*COLUMNS)
        .where(Vedlegg.kommune_id == kommune_id, Vedlegg.bruker_id == bruker_id)
        .order_by(Vedlegg.laget, Vedlegg.id)
    )


def place(kommune_id: int, vedlegg_id: UUID, column: str) -> Place:
    """Where an attachment's name or content is sealed."""
    return Place("vedlegg", column, kommune_id, vedlegg_id)


def opened(seal: Seal, kommune_id: int, row: Vedlegg | object) -> Vedlagt:
    """The attachment of a row (or of a query's row with the same names), with its name in clear and no content."""
    found: Vedlegg = row  # type: ignore[assignment]  # a row with the same names
    return Vedlagt(
        id=found.id,
        navn=seal.open(found.navn, place(kommune_id, found.id, "navn")),
        mime=found.mime,
        storrelse=found.storrelse,
        sha256=found.sha256.hex(),
        laget=found.laget,
        lagt_til_av=found.lagt_til_av,
    )
