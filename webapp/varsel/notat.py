"""What happened is noted, in plain words (U1, U7). Nothing is sent by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.identitet.adgang import Sak
from webapp.identitet.tur import queue_up
from webapp.platform import access, audit, ids
from webapp.platform.database import writing
from webapp.varsel import grunn, lesing
from webapp.varsel.lesing import place
from webapp.varsel.models import Brudd, Varselsak
from webapp.varsel.rules import Handling, NotPossible, Tilstand
from webapp.varsel.steg import begin

MOST_NOTES = 20


@dataclass(frozen=True, slots=True)
class Notat:
    """What happened, as the veileder writes it."""

    dato: date
    hva: str
    kilde: str


def note(who: access.Ansatt, sak: Sak, brudd_id: UUID, vilkar_id: UUID, notat: Notat) -> UUID:
    """Note what happened; returns the matter's id. Sent twice, it is noted once (``brudd_id`` comes with the form).

    Other words from the same form are a note of their own: nothing that was sent is dropped.

    What concerns the same version of the same vilkår, and no notice has been sent about, is one matter.
    Raises grunn.NotHere for a vilkår that is not this bruker's.
    """
    with writing() as db:
        queue_up(db, sak.kommune_id, sak.bruker_id)
        there = db.get(Brudd, (sak.kommune_id, brudd_id))
        if there is not None:
            before = _noted(db, sak, there, vilkar_id, notat)
            if before is not None:
                return before
            brudd_id = ids.new_id()
        found = grunn.find(db, sak.kommune_id, sak.bruker_id, vilkar_id)
        open_id = db.scalar(
            select(Varselsak.id)
            .where(
                Varselsak.kommune_id == sak.kommune_id,
                Varselsak.bruker_id == sak.bruker_id,
                Varselsak.vilkarversjon_id == found.vilkarversjon_id,
                Varselsak.tilstand == Tilstand.NOTERT.value,
            )
            .limit(1)
        )
        if open_id is None:
            now = audit.moment(db, sak.kommune_id)
            matter = Varselsak(
                id=ids.new_id(),
                kommune_id=sak.kommune_id,
                bruker_id=sak.bruker_id,
                vilkar_id=vilkar_id,
                vilkarversjon_id=found.vilkarversjon_id,
                siste=now,
                laget=now,
            )
            db.add(matter)
            db.flush()
            open_id = matter.id
        step = begin(db, sak.kommune_id, sak.bruker_id, open_id, Handling.NOTER, "ansatt")
        if len(step.rader.brudd) >= MOST_NOTES:
            raise NotPossible("enough is noted")
        row = Brudd(
            id=brudd_id,
            kommune_id=sak.kommune_id,
            sak_id=open_id,
            ansatt_id=who.id,
            dato=notat.dato,
            kilde=notat.kilde,
            laget=step.na,
        )
        row.hva = sak.seal.close(notat.hva, place(row, "hva"))
        db.add(row)
        step.done(db)
        audit.record(db, sak.kommune_id, "varsel_notert", who.actor, bruker_id=sak.bruker_id, sak_id=open_id)
    return open_id


def _noted(db: Session, sak: Sak, there: Brudd, vilkar_id: UUID, notat: Notat) -> UUID | None:
    """The matter in which just this was noted with this form, if it was."""
    matter = db.get_one(Varselsak, (sak.kommune_id, there.sak_id))
    if matter.bruker_id != sak.bruker_id:
        return None  # a form key that names somebody else's
    # Other words from the form became a row of their own, after the first: that one may be sent twice too.
    rows = db.scalars(
        select(Brudd)
        .join(Varselsak, (Varselsak.kommune_id == Brudd.kommune_id) & (Varselsak.id == Brudd.sak_id))
        .where(
            Brudd.kommune_id == sak.kommune_id,
            Varselsak.bruker_id == sak.bruker_id,
            Varselsak.vilkar_id == vilkar_id,
            Brudd.laget >= there.laget,
        )
    )
    for row in rows:
        if Notat(row.dato, lesing.words(row, "hva", sak.seal), row.kilde) == notat:
            return row.sak_id
    return None
