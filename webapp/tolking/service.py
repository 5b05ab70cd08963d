"""Renderings by an interpreter: written down beside the bruker's own words, and read with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.identitet.adgang import Sak
from webapp.identitet.models import Ansatt
from webapp.identitet.tur import queue_up
from webapp.platform import access, audit, ids
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place, Seal
from webapp.tolking import kilder
from webapp.tolking.models import Gjengivelse
from webapp.tolking.rules import Nokkel


@dataclass(frozen=True, slots=True)
class Ord:
    """What the interpreter said that it means, in Norwegian; and who interpreted, when that was written."""

    tekst: str
    tolk: str


@dataclass(frozen=True, slots=True)
class Gjengitt(Ord):
    """A rendering, opened. ``ansatt_navn``: who wrote it down."""

    ansatt_navn: str
    laget: datetime


Gjengivelser = dict[Nokkel, list[Gjengitt]]


def write(who: access.Ansatt, sak: Sak, gjengivelse_id: UUID, kilde: Nokkel, words: Ord) -> UUID:
    """Write down a rendering of the words that ``kilde`` names; returns its id.

    ``gjengivelse_id`` comes with the form: sent twice, it stands once; other words from the same form are a rendering
    of their own. Nothing that stands there is changed (K1). Raises kilder.NotHere.
    """
    with writing() as db:
        queue_up(db, sak.kommune_id, sak.bruker_id)
        kilder.find(sak.kommune_id, sak.bruker_id, sak.seal, *kilde)
        there = db.get(Gjengivelse, (sak.kommune_id, gjengivelse_id))
        if there is not None:
            same = _said(db, sak, there, kilde, words)
            if same is not None:
                return same
            gjengivelse_id = ids.new_id()
        kilde_type, kilde_id, felt = kilde
        row = Gjengivelse(
            id=gjengivelse_id,
            kommune_id=sak.kommune_id,
            bruker_id=sak.bruker_id,
            kilde_type=kilde_type,
            kilde_id=kilde_id,
            felt=felt,
            ansatt_id=who.id,
            laget=audit.moment(db, sak.kommune_id),
        )
        row.tekst = sak.seal.close(words.tekst, place(row, "tekst"))
        row.tolk = sak.seal.close(words.tolk, place(row, "tolk"))
        db.add(row)
        audit.record(
            db,
            sak.kommune_id,
            "gjengivelse_skrevet",
            who.actor,
            bruker_id=sak.bruker_id,
            gjengivelse_id=row.id,
            kilde=kilde_type,
        )
        return row.id


def beside(kommune_id: int, bruker_id: UUID, seal: Seal, kilder_id: Collection[UUID]) -> Gjengivelser:
    """The renderings of what stands on a page, by the ids of what it stands in, oldest first. One query."""
    with reading() as db:
        rows = db.execute(
            select(Gjengivelse, Ansatt.navn)
            .join(Ansatt, (Ansatt.kommune_id == Gjengivelse.kommune_id) & (Ansatt.id == Gjengivelse.ansatt_id))
            .where(
                Gjengivelse.kommune_id == kommune_id,
                Gjengivelse.bruker_id == bruker_id,
                Gjengivelse.kilde_id.in_(kilder_id),
            )
            .order_by(Gjengivelse.laget, Gjengivelse.id)
        ).all()
    found: Gjengivelser = defaultdict(list)
    for row, navn in rows:
        words = opened(row, seal)
        found[(row.kilde_type, row.kilde_id, row.felt)].append(Gjengitt(words.tekst, words.tolk, navn, row.laget))
    return dict(found)


def opened(row: Gjengivelse, seal: Seal) -> Ord:
    """The words of a row."""
    return Ord(seal.open(row.tekst, place(row, "tekst")), seal.open(row.tolk, place(row, "tolk")))


def place(row: Gjengivelse, column: str) -> Place:
    """Where a column of a row is sealed to."""
    return Place("gjengivelse", column, row.kommune_id, row.id)


def _said(db: Session, sak: Sak, there: Gjengivelse, kilde: Nokkel, words: Ord) -> UUID | None:
    """The row in which the form that made ``there`` has said just this, then or after."""
    kilde_type, kilde_id, felt = kilde
    rows = db.scalars(
        select(Gjengivelse).where(
            Gjengivelse.kommune_id == sak.kommune_id,
            Gjengivelse.bruker_id == sak.bruker_id,
            Gjengivelse.kilde_type == kilde_type,
            Gjengivelse.kilde_id == kilde_id,
            Gjengivelse.felt == felt,
            Gjengivelse.laget >= there.laget,
        )
    )
    return next((row.id for row in rows if opened(row, sak.seal) == words), None)
