"""Finding people by what operators call them: the code of a bruker or an ansatt, the name of a kontor."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from webapp.identitet.models import Ansatt, Bruker, Kontor
from webapp.platform.database import reading
from webapp.platform.kommune import Kommune


def bruker(kode: str) -> tuple[int, UUID] | None:
    """(kommune, id) of the bruker with this code, unless deleted."""
    with reading() as db:
        row = db.scalar(select(Bruker).where(Bruker.kode == kode, Bruker.slettet.is_(None)))
        return (row.kommune_id, row.id) if row else None


def ansatt(kode: str) -> tuple[int, UUID] | None:
    """(kommune, id) of the active ansatt with this code."""
    with reading() as db:
        row = db.scalar(select(Ansatt).where(Ansatt.kode == kode, Ansatt.aktiv))
        return (row.kommune_id, row.id) if row else None


def ansatt_kode(kommune_id: int, ansatt_id: UUID) -> str:
    """The code of an ansatt."""
    with reading() as db:
        return db.get_one(Ansatt, (kommune_id, ansatt_id)).kode


def kontor(navn: str, kommunenummer: str | None = None) -> list[Kontor]:
    """The offices with this name, in one kommune or in all."""
    query = select(Kontor).join(Kommune, Kommune.id == Kontor.kommune_id).where(Kontor.navn == navn)
    if kommunenummer is not None:
        query = query.where(Kommune.nummer == kommunenummer)
    with reading() as db:
        return list(db.scalars(query.limit(10)))


def kommuner() -> list[int]:
    """Every kommune's id."""
    with reading() as db:
        return list(db.scalars(select(Kommune.id).order_by(Kommune.id)))
