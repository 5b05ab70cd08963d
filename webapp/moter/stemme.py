"""The bruker's own words about a meeting (S4): «dette vil jeg ta opp» before it, and how it was for them after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.moter import service, ulest
from webapp.moter.models import Dagsorden, Motevurdering
from webapp.moter.rules import Handling
from webapp.moter.ulest import Ulest
from webapp.platform import access, attempts, audit, clock, ids, languages
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place, Seal


@dataclass(frozen=True, slots=True)
class TaOpp:
    """«Dette vil jeg ta opp», in the bruker's words and language. ``merke`` says which text a change started from."""

    tekst: str
    sprak: str
    skrevet_av: str | None  # K1; None: nothing is written, or it is from before this was kept
    endret: datetime | None
    merke: str


@dataclass(frozen=True, slots=True)
class Vurdering:
    """How a meeting was for the bruker: 1 (difficult) to 5 (good), and own words."""

    ansikt: int
    tekst: str
    sprak: str
    skrevet_av: str | None  # K1; None: from before this was kept
    laget: datetime


def agenda(kommune_id: int, bruker_id: UUID, seal: Seal, mote_id: UUID) -> TaOpp:
    """What the bruker wants to take up; empty when nothing is written."""
    with reading() as db:
        row = db.get(Dagsorden, (kommune_id, mote_id))
    if row is None or row.bruker_id != bruker_id:
        return TaOpp("", "", None, None, "")
    text = seal.open(row.tekst, _agenda_place(kommune_id, mote_id))
    return TaOpp(text, row.sprak, row.skrevet_av, row.endret, _mark(seal, text))


class Changed(Exception):
    """The text has been changed in another tab or on another device. ``other`` is what stands there."""

    def __init__(self, other: TaOpp) -> None:
        super().__init__("changed elsewhere")
        self.other = other


def set_agenda(who: access.Bruker, mote_id: UUID, text: str, merke: str) -> TaOpp:
    """Write «dette vil jeg ta opp». ``merke`` is that of the text the change started from.

    Raises NotHere, rules.NotPossible (the meeting has been held), and Changed when another text has come in between.
    """
    with writing() as db:
        service.lock(db, who.kommune_id, who.id, mote_id, Handling.TA_OPP, "bruker")
        now = agenda(who.kommune_id, who.id, who.seal, mote_id)
        if text == now.tekst:
            return now
        if merke != now.merke:
            raise Changed(now)
        row = db.get(Dagsorden, (who.kommune_id, mote_id))
        if row is None:
            row = Dagsorden(kommune_id=who.kommune_id, mote_id=mote_id, bruker_id=who.id)
            db.add(row)
        row.tekst = who.seal.close(text, _agenda_place(who.kommune_id, mote_id))
        row.sprak, row.skrevet_av = languages.written_in(text, who.sprak), who.skriver or "bruker"
        row.endret = clock.now()
        return TaOpp(text, row.sprak, row.skrevet_av, row.endret, _mark(who.seal, text))


def rate(who: access.Bruker, mote_id: UUID, vurdering_id: UUID, ansikt: int, text: str) -> None:
    """How the meeting was. Said again, the latest counts. Sent twice, it stands once, and other words sent with the
    form's ``vurdering_id`` are said as well.

    Raises lesing.NotHere, rules.NotPossible, and attempts.TooMany beyond 50 a day.
    """
    attempts.count("motevurdering", str(who.id), most=50, within=timedelta(days=1))
    with writing() as db:
        mote = service.lock(db, who.kommune_id, who.id, mote_id, Handling.VURDER, "bruker")
        there = db.get(Motevurdering, (who.kommune_id, vurdering_id))
        if there is not None:
            if _rated(db, who, there, mote_id, ansikt, text):
                return
            vurdering_id = ids.new_id()  # something else from the same form
        row = Motevurdering(
            id=vurdering_id,
            kommune_id=who.kommune_id,
            mote_id=mote_id,
            bruker_id=who.id,
            ansikt=ansikt,
            sprak=languages.written_in(text, who.sprak),
            skrevet_av=who.skriver or "bruker",
            laget=clock.now(),
        )
        row.tekst = who.seal.close(text, _rating_place(row))
        db.add(row)
        ulest.said(mote, Ulest.VURDERING)
        audit.record(db, who.kommune_id, "mote_vurdert", who.actor, bruker_id=who.id, mote_id=mote_id)


def rating(kommune_id: int, bruker_id: UUID, seal: Seal, mote_id: UUID) -> Vurdering | None:
    """What the bruker last said about how the meeting was."""
    with reading() as db:
        row = db.scalar(
            select(Motevurdering)
            .where(
                Motevurdering.kommune_id == kommune_id,
                Motevurdering.mote_id == mote_id,
                Motevurdering.bruker_id == bruker_id,
            )
            .order_by(Motevurdering.laget.desc(), Motevurdering.id.desc())
            .limit(1)
        )
    if row is None:
        return None
    return Vurdering(row.ansikt, seal.open(row.tekst, _rating_place(row)), row.sprak, row.skrevet_av, row.laget)


def _rated(db: Session, who: access.Bruker, there: Motevurdering, mote_id: UUID, ansikt: int, text: str) -> bool:
    """Whether the form that made ``there`` has said just this of this meeting, then or after."""
    rows = db.scalars(
        select(Motevurdering).where(
            Motevurdering.kommune_id == who.kommune_id,
            Motevurdering.bruker_id == who.id,
            Motevurdering.mote_id == mote_id,
            Motevurdering.ansikt == ansikt,
            Motevurdering.laget >= there.laget,
        )
    )
    return any(who.seal.open(row.tekst, _rating_place(row)) == text for row in rows)


def _mark(seal: Seal, text: str) -> str:
    return seal.fingerprint("dagsorden", text).hex()[:16]


def _agenda_place(kommune_id: int, mote_id: UUID) -> Place:
    return Place("dagsorden", "tekst", kommune_id, mote_id)


def _rating_place(row: Motevurdering) -> Place:
    return Place("motevurdering", "tekst", row.kommune_id, row.id)
