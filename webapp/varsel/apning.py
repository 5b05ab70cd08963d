"""The avgjørelse reaches the bruker: opened here, or told another way (U9). The klagefrist counts from then."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.identitet.adgang import Sak
from webapp.identitet.models import Ansatt
from webapp.platform import access, audit, clock, ids, lov
from webapp.platform.database import reading, writing
from webapp.platform.dates import oslo_date
from webapp.platform.sealing import Seal
from webapp.varsel import lesing
from webapp.varsel.innhold import Nadd
from webapp.varsel.lesing import place
from webapp.varsel.models import Avgjorelse, Avgjorelsenadd, Varselsak
from webapp.varsel.rules import NotPossible
from webapp.varsel.steg import typist
from webapp.varsel.tekst import Avsnitt

APNET = "apnet"


@dataclass(frozen=True, slots=True)
class Vist:
    """What stood on the page, and in which language."""

    avsnitt: Avsnitt
    sprak: str


def open_decision(who: access.Bruker, sak_id: UUID, shown: Vist, *, read: bool = True) -> None:
    """The bruker opens the avgjørelse: it has arrived, and exactly what stood on the page is kept, once a language.

    Not when the page is only fetched (``read``), nor when an ansatt is typing in the session: as for the notice.
    Raises lesing.NotHere.
    """
    if not read or who.skriver == "ansatt" or _opened(who, sak_id, shown.sprak):
        return
    with writing(unverified=True) as db:  # a GET has no form key; that it was opened is written all the same
        row = _row(db, who.kommune_id, who.id, sak_id, APNET, shown.sprak)
        before = _arrivals(db, who.kommune_id, sak_id)
        if any((one.hvordan, one.sprak) == (APNET, shown.sprak) for one in before):
            return  # on two devices at this moment
        row.skrevet_av = typist(who)
        row.vist = who.seal.close_json(shown.avsnitt, place(row, "vist"))
        row.sha256 = hashlib.sha256(row.vist).digest()
        db.add(row)
        if not before:
            audit.record(db, who.kommune_id, "avgjorelse_apnet", who.actor, bruker_id=who.id, sak_id=sak_id)


def decision_reached(who: access.Ansatt, sak: Sak, sak_id: UUID, hvordan: str, words: str) -> None:
    """The avgjørelse reached the bruker another way. It counts from now: nothing is back-dated.

    Raises lesing.NotHere, rules.NotPossible (it has reached them already, or nothing is decided).
    """
    with writing() as db:
        row = _row(db, sak.kommune_id, sak.bruker_id, sak_id, hvordan, sak.sprak)
        if _arrivals(db, sak.kommune_id, sak_id):
            raise NotPossible("it has reached them already")
        row.ansatt_id = who.id
        row.ord = sak.seal.close(words, place(row, "ord")) if words else None
        db.add(row)
        audit.record(
            db, sak.kommune_id, "avgjorelse_nadd", who.actor, bruker_id=sak.bruker_id, sak_id=sak_id, hvordan=hvordan
        )


def arrivals(kommune_id: int, sak_id: UUID, seal: Seal) -> list[Nadd]:
    """How and when an avgjørelse reached the bruker, the first time first. The caller has found the matter."""
    with reading() as db:
        rows = _arrivals(db, kommune_id, sak_id)
        by = {row.ansatt_id for row in rows if row.ansatt_id}
        found = select(Ansatt.id, Ansatt.navn).where(Ansatt.kommune_id == kommune_id, Ansatt.id.in_(by))
        names = {row.id: row.navn for row in db.execute(found)} if by else {}
    return [opened(row, seal, names) for row in rows]


def opened(row: Avgjorelsenadd, seal: Seal, names: Mapping[UUID, str]) -> Nadd:
    """One arrival, opened."""
    by = names.get(row.ansatt_id, "") if row.ansatt_id else ""
    return Nadd(row.hvordan, lesing.words(row, "ord", seal), row.sprak, row.skrevet_av or "", row.laget, by)


def klagefrist(stated: date, reached: datetime | None) -> date:
    """The last day to appeal: as the avgjørelse says, or three weeks from when it reached the bruker, if later.

    None has not reached them as far as anybody knows: then it is three weeks from today.
    """
    return max(stated, lov.klagefrist(oslo_date(reached or clock.now())))


def _opened(who: access.Bruker, sak_id: UUID, sprak: str) -> bool:
    query = select(func.count()).where(
        Avgjorelsenadd.kommune_id == who.kommune_id,
        Avgjorelsenadd.sak_id == sak_id,
        Avgjorelsenadd.hvordan == APNET,
        Avgjorelsenadd.sprak == sprak,
    )
    with reading() as db:
        return bool(db.scalar(query))


def _row(db: Session, kommune_id: int, bruker_id: UUID, sak_id: UUID, hvordan: str, sprak: str) -> Avgjorelsenadd:
    """A row that is not yet added, with the matter locked. Raises lesing.NotHere, rules.NotPossible."""
    sak = db.scalar(
        select(Varselsak)
        .where(Varselsak.kommune_id == kommune_id, Varselsak.id == sak_id, Varselsak.bruker_id == bruker_id)
        .with_for_update()
    )
    if sak is None:
        raise lesing.NotHere("no such matter")
    decided = db.scalar(
        select(Avgjorelse.laget).where(Avgjorelse.kommune_id == kommune_id, Avgjorelse.sak_id == sak_id)
    )
    if decided is None:
        raise NotPossible("nothing is decided")
    return Avgjorelsenadd(
        id=ids.new_id(),
        kommune_id=kommune_id,
        sak_id=sak_id,
        hvordan=hvordan,
        sprak=sprak,
        laget=max(audit.moment(db, kommune_id), decided),
    )


def _arrivals(db: Session, kommune_id: int, sak_id: UUID) -> list[Avgjorelsenadd]:
    query = select(Avgjorelsenadd).where(Avgjorelsenadd.kommune_id == kommune_id, Avgjorelsenadd.sak_id == sak_id)
    return list(db.scalars(query.order_by(Avgjorelsenadd.laget, Avgjorelsenadd.id)))
