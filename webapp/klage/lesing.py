"""Klager as they are read: opened, with all that was added, put right and done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, union_all
from sqlalchemy.orm import Session

from webapp.identitet import eksport as identitet
from webapp.klage.klagen import Klagen, Nedtegnelsen, Ord, Rettelsen, Steget, Tillegget, Trekket
from webapp.klage.models import (
    Klage,
    Klagenedtegning,
    Klageretting,
    Klagesteg,
    Klagetillegg,
    Klagetilleggsteg,
    Klagetrekk,
)
from webapp.klage.rules import Mal, Stand
from webapp.platform import missing
from webapp.platform.database import reading
from webapp.platform.sealing import Place, Seal
from webapp.vedlegg import service as vedlegg
from webapp.vedlegg.service import Vedlagt


class NotHere(missing.NotHere):
    """There is no such klage for this bruker."""


def alle(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Klagen]:
    """Every klage of the bruker, the latest first. A fixed number of queries."""
    with reading() as db:
        rows = db.scalars(mine(Klage, kommune_id, bruker_id).order_by(Klage.laget.desc(), Klage.id.desc())).all()
        return _opened(db, kommune_id, bruker_id, seal, rows)


def en(kommune_id: int, bruker_id: UUID, seal: Seal, klage_id: UUID) -> Klagen:
    """One klage of this bruker's. Raises NotHere."""
    with reading() as db:
        rows = db.scalars(mine(Klage, kommune_id, bruker_id).where(Klage.id == klage_id)).all()
        if not rows:
            raise NotHere("no such klage")
        return _opened(db, kommune_id, bruker_id, seal, rows)[0]


def mot(kommune_id: int, bruker_id: UUID, slag: Mal, mal_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The latest klage against each of these that stands, by what it is against; one withdrawn does not. One query."""
    withdrawn = select(Klagetrekk.id).where(
        Klagetrekk.kommune_id == Klage.kommune_id,
        Klagetrekk.bruker_id == Klage.bruker_id,
        Klagetrekk.klage_id == Klage.id,
    )
    query = select(Klage.mal_id, Klage.id).where(
        Klage.kommune_id == kommune_id,
        Klage.bruker_id == bruker_id,
        Klage.mal_type == slag.value,
        Klage.mal_id.in_(mal_ids),
        ~withdrawn.exists(),
    )
    with reading() as db:
        return dict(db.execute(query.order_by(Klage.laget, Klage.id)).all())


def filer(kommune_id: int, bruker_id: UUID, seal: Seal, klage_id: UUID) -> list[Vedlagt]:
    """What was sent with it."""
    return vedlegg.liste(kommune_id, bruker_id, seal, "klage", klage_id)


def tilleggsfiler(kommune_id: int, bruker_id: UUID, seal: Seal, tillegg: Sequence[UUID]) -> dict[UUID, list[Vedlagt]]:
    """What was sent with each of what was added."""
    return vedlegg.lister(kommune_id, bruker_id, seal, "klagetillegg", tillegg) if tillegg else {}


def numbers(db: Session, kommune_id: int, bruker_id: UUID) -> dict[UUID, str]:
    """The number on the receipt of every klage, and of all that was added, by its id. One query."""
    queries = (
        select(table.id, table.nummer).where(table.kommune_id == kommune_id, table.bruker_id == bruker_id)
        for table in (Klage, Klagetillegg)
    )
    return dict(db.execute(union_all(*queries)).all())


def mine(table: Any, kommune_id: int, bruker_id: UUID) -> Select[Any]:
    """The bruker's rows of a table."""
    return select(table).where(table.kommune_id == kommune_id, table.bruker_id == bruker_id)


def place(row: Any, column: str) -> Place:
    """Where a column of a row is sealed to."""
    return Place(row.__tablename__, column, row.kommune_id, row.id)


def said(seal: Seal, row: Klage | Klageretting) -> Ord:
    """The words of a klage, or of what was put right in it."""
    return _ord(seal.open_json(row.innhold, place(row, "innhold")))


def _ord(content: Mapping[str, str]) -> Ord:
    return Ord(content["hva"], content["onske"], content["sent"])


def _opened(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal, rows: Sequence[Klage]) -> list[Klagen]:
    if not rows:
        return []
    these = [row.id for row in rows]

    def of_these(table: Any) -> dict[UUID, list[Any]]:
        found: defaultdict[UUID, list[Any]] = defaultdict(list)
        query = mine(table, kommune_id, bruker_id).where(table.klage_id.in_(these))
        for one in db.scalars(query.order_by(table.laget, table.id)):
            found[one.klage_id].append(one)
        return found

    parts = {table: of_these(table) for table in (Klagesteg, Klagetillegg, Klageretting, Klagenedtegning, Klagetrekk)}
    done = {row.tillegg_id: row for row in db.scalars(mine(Klagetilleggsteg, kommune_id, bruker_id))}
    by = {one.ansatt_id for table in (Klagesteg, Klagenedtegning) for each in parts[table].values() for one in each}
    names = {key: name.navn for key, name in identitet.staff(db, kommune_id, by).items()}
    return [
        _one(row, {table: found.get(row.id, []) for table, found in parts.items()}, done, seal, names) for row in rows
    ]


def _one(
    row: Klage,
    parts: dict[Any, list[Any]],
    done: dict[UUID, Klagetilleggsteg],
    seal: Seal,
    names: dict[UUID, str],
) -> Klagen:
    content = seal.open_json(row.innhold, place(row, "innhold"))
    words = _ord(content)
    told = next(iter(parts[Klagenedtegning]), None)
    withdrawn = next(iter(parts[Klagetrekk]), None)
    return Klagen(
        id=row.id,
        mal_type=Mal(row.mal_type),
        mal_id=row.mal_id,
        mot=content["mot"],
        mot_sprak=content.get("mot_sprak", row.sprak),  # before it was kept, ``sprak`` was always that of the page
        nummer=row.nummer,
        ord=words,
        sprak=row.sprak,
        skrevet_av=row.skrevet_av,
        klagefrist=row.klagefrist,
        for_sent=row.for_sent,
        laget=row.laget,
        sha256=row.sha256.hex(),
        steg=tuple(
            Steget(Stand(one.steg), one.dato, _words(seal, one), names.get(one.ansatt_id, ""), one.laget)
            for one in sorted(parts[Klagesteg], key=lambda one: int(one.nr))
        ),
        tillegg=tuple(_tillegg(one, done.get(one.id), seal) for one in parts[Klagetillegg]),
        rettinger=_put_right(words, parts[Klageretting], seal),
        nedtegnet=told and Nedtegnelsen(names.get(told.ansatt_id, ""), told.hvordan, told.sagt),
        trukket=withdrawn and Trekket(_words(seal, withdrawn), withdrawn.sprak, withdrawn.skrevet_av, withdrawn.laget),
    )


def _words(seal: Seal, row: Klagesteg | Klagetillegg | Klagetrekk) -> str:
    return seal.open(row.tekst, place(row, "tekst"))


def _tillegg(row: Klagetillegg, done: Klagetilleggsteg | None, seal: Seal) -> Tillegget:
    return Tillegget(
        row.id,
        row.nummer,
        _words(seal, row),
        row.sprak,
        row.skrevet_av,
        row.sha256.hex(),
        row.laget,
        done.steg if done else "",
        done.laget if done else None,
    )


def _put_right(before: Ord, rows: Sequence[Klageretting], seal: Seal) -> tuple[Rettelsen, ...]:
    found = []
    for row in rows:
        words = said(seal, row)
        found.append(Rettelsen(words, row.sprak, row.skrevet_av, row.laget, words == before))
        before = words
    return tuple(found)
