"""What the bruker says to a shared note: it stands together with the version that it is about (S4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.moter import lesing, service, ulest
from webapp.moter.models import Notatkommentar, Notatversjon, Samtalenotat
from webapp.moter.rules import Handling
from webapp.moter.ulest import Ulest
from webapp.platform import access, attempts, audit, clock, ids, languages
from webapp.platform.database import writing
from webapp.platform.sealing import Place, Seal


@dataclass(frozen=True, slots=True)
class Kommentar:
    """The bruker's comment on a shared version."""

    tekst: str
    sprak: str
    skrevet_av: str | None  # K1; None: from before this was kept
    laget: datetime


def comment(who: access.Bruker, mote_id: UUID, kommentar_id: UUID, text: str, versjon: int | None = None) -> int | None:
    """The bruker's comment on shared version ``versjon`` of the note, the one they had before them; on the latest when
    their page did not say. Returns the number when a newer one is shared, else None.

    Sent twice, it stands once, and other words sent with the form's ``kommentar_id`` are a comment of their own.
    Raises lesing.NotHere (the meeting, the note, or such a version), and attempts.TooMany beyond 50 a day.
    """
    attempts.count("notatkommentar", str(who.id), most=50, within=timedelta(days=1))
    with writing() as db:
        mote = service.lock(db, who.kommune_id, who.id, mote_id, Handling.VURDER, "bruker")
        shared = _shared(who.kommune_id, mote_id)
        latest = db.scalar(shared.limit(1))
        about = latest if versjon is None else db.scalar(shared.where(Notatversjon.versjon == versjon))
        if latest is None or about is None:
            raise lesing.NotHere("no such shared note")
        older = about.versjon if about.versjon != latest.versjon else None
        there = db.get(Notatkommentar, (who.kommune_id, kommentar_id))
        if there is not None:
            if _said(db, who, there, about.notat_id, text):
                return older
            kommentar_id = ids.new_id()
        row = Notatkommentar(
            id=kommentar_id,
            kommune_id=who.kommune_id,
            notatversjon_id=about.id,
            bruker_id=who.id,
            sprak=languages.written_in(text, who.sprak),
            skrevet_av=who.skriver or "bruker",
            laget=clock.now(),
        )
        row.tekst = who.seal.close(text, _place(row))
        db.add(row)
        ulest.said(mote, Ulest.KOMMENTAR)
        audit.record(db, who.kommune_id, "notat_kommentert", who.actor, bruker_id=who.id, notat_id=about.id)
        return older


def read(db: Session, kommune_id: int, seal: Seal, versjon_ids: Collection[UUID]) -> dict[UUID, list[Kommentar]]:
    """The comments on these shared versions, the oldest first. One query."""
    rows = db.scalars(
        select(Notatkommentar)
        .where(Notatkommentar.kommune_id == kommune_id, Notatkommentar.notatversjon_id.in_(versjon_ids))
        .order_by(Notatkommentar.laget, Notatkommentar.id)
    )
    found: dict[UUID, list[Kommentar]] = defaultdict(list)
    for row in rows:
        said = Kommentar(seal.open(row.tekst, _place(row)), row.sprak, row.skrevet_av, row.laget)
        found[row.notatversjon_id].append(said)
    return found


def _shared(kommune_id: int, mote_id: UUID) -> Select[Notatversjon]:
    """The shared versions of the note of a meeting, the latest first."""
    return (
        select(Notatversjon)
        .join(
            Samtalenotat,
            (Samtalenotat.kommune_id == Notatversjon.kommune_id) & (Samtalenotat.id == Notatversjon.notat_id),
        )
        .where(Notatversjon.kommune_id == kommune_id, Samtalenotat.mote_id == mote_id)
        .order_by(Notatversjon.versjon.desc())
    )


def _said(db: Session, who: access.Bruker, there: Notatkommentar, notat_id: UUID, text: str) -> bool:
    """Whether the form that made ``there`` has said just this to this note, in any version, then or after."""
    rows = db.scalars(
        select(Notatkommentar)
        .join(
            Notatversjon,
            (Notatversjon.kommune_id == Notatkommentar.kommune_id)
            & (Notatversjon.id == Notatkommentar.notatversjon_id),
        )
        .where(
            Notatkommentar.kommune_id == who.kommune_id,
            Notatkommentar.bruker_id == who.id,
            Notatversjon.notat_id == notat_id,
            Notatkommentar.laget >= there.laget,
        )
    )
    return any(who.seal.open(row.tekst, _place(row)) == text for row in rows)


def _place(row: Notatkommentar) -> Place:
    return Place("notatkommentar", "tekst", row.kommune_id, row.id)
