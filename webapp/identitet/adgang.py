"""S1: who opens a bruker, with what right, and that every opening is in the log before anything is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from flask import abort, g
from sqlalchemy import exists, select

from webapp.identitet.models import Begrunnelse, Bruker, Datanokkel, Tildeling
from webapp.identitet.segl import unwrapped
from webapp.identitet.tur import ONE_AT_A_TIME
from webapp.platform import access, audit, clock, ids
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place, Seal

REASON_LASTS = timedelta(hours=8)  # one working day: tomorrow the reason is stated again


@dataclass(frozen=True, slots=True)
class Sak:
    """One bruker, opened by an ansatt who may."""

    kommune_id: int
    bruker_id: UUID
    kontor_id: UUID
    kode: str
    sprak: str
    seal: Seal = field(repr=False)
    tildelt: bool  # False: opened with a reason


def sak() -> Sak:
    """The bruker this request is about. Only in views that need SAK; the gate has opened it."""
    found: Sak | None = g.get("sak")
    if found is None:
        abort(404)
    return found


def open_sak(who: access.Ansatt, bruker_id: UUID, *, side: str | None) -> Sak | None:
    """Open a bruker for ``who`` and log it as the page ``side`` (None: logged elsewhere). None when they may not."""
    now = clock.now()
    with writing(unverified=True) as db:
        row = db.execute(
            select(Bruker, Datanokkel)
            .join(Datanokkel, (Datanokkel.kommune_id == Bruker.kommune_id) & (Datanokkel.bruker_id == Bruker.id))
            .where(Bruker.kommune_id == who.kommune_id, Bruker.id == bruker_id, Bruker.slettet.is_(None))
        ).one_or_none()
        if row is None:
            return None
        bruker, key = row
        tildelt = db.scalar(
            select(Tildeling.id)
            .where(
                Tildeling.kommune_id == who.kommune_id,
                Tildeling.bruker_id == bruker_id,
                Tildeling.ansatt_id == who.id,
                Tildeling.til.is_(None),
            )
            .limit(1)
        )
        if tildelt is None and not db.scalar(
            select(Begrunnelse.id)
            .where(
                Begrunnelse.kommune_id == who.kommune_id,
                Begrunnelse.ansatt_id == who.id,
                Begrunnelse.bruker_id == bruker_id,
                Begrunnelse.utloper > now,
            )
            .limit(1)
        ):
            return None
        if side:
            log_opening(who, bruker_id, side)
    seal = unwrapped(who.kommune_id, bruker_id, key.nokkel, key.hovednokkel)
    return Sak(
        who.kommune_id, bruker_id, bruker.kontor_id, bruker.kode, bruker.sprak, seal, tildelt=tildelt is not None
    )


def seal_for_typed(who: access.Ansatt, bruker_id: UUID) -> Seal | None:
    """The bruker's seal, only for what ``who`` has typed about them themselves. None when the bruker is deleted.

    Whoever follows or followed them up, and those at their kontor: when the case is not theirs any more, the gate shows
    them the text once more, to be copied. For all others there is no such bruker.
    """
    with reading() as db:
        key = db.scalar(
            select(Datanokkel)
            .join(Bruker, (Datanokkel.kommune_id == Bruker.kommune_id) & (Datanokkel.bruker_id == Bruker.id))
            .where(
                Bruker.kommune_id == who.kommune_id,
                Bruker.id == bruker_id,
                Bruker.slettet.is_(None),
                (Bruker.kontor_id == who.kontor_id)
                | exists().where(
                    Tildeling.kommune_id == who.kommune_id,
                    Tildeling.bruker_id == bruker_id,
                    Tildeling.ansatt_id == who.id,
                ),
            )
        )
    if key is None:
        return None
    return unwrapped(who.kommune_id, bruker_id, key.nokkel, key.hovednokkel)


def may_state_reason(who: access.Ansatt, bruker_id: UUID) -> bool:
    """Whether there is such a bruker at their kontor: nobody else is let in with a reason (``state_reason``)."""
    with reading() as db:
        found = select(Bruker.id).where(
            Bruker.kommune_id == who.kommune_id,
            Bruker.kontor_id == who.kontor_id,
            Bruker.id == bruker_id,
            Bruker.slettet.is_(None),
        )
        return db.scalar(found) is not None


def log_opening(who: access.Ansatt, bruker_id: UUID, side: str) -> None:
    """Write in the log that ``who`` is shown the page ``side`` about a bruker (S1)."""
    with writing(unverified=True) as db:
        audit.record(db, who.kommune_id, "bruker_apnet", who.actor, bruker_id=bruker_id, side=side)


def state_reason(who: access.Ansatt, bruker_id: UUID, reason: str) -> bool:
    """Write down why ``who`` opens a bruker they are not assigned to. False when there is none at their kontor.

    The bruker can read the reason, word for word (S1).
    """
    now = clock.now()
    with writing() as db:
        row = db.execute(
            select(Bruker.id, Datanokkel.nokkel, Datanokkel.hovednokkel)
            .join(Datanokkel, (Datanokkel.kommune_id == Bruker.kommune_id) & (Datanokkel.bruker_id == Bruker.id))
            .where(
                Bruker.kommune_id == who.kommune_id,
                Bruker.kontor_id == who.kontor_id,
                Bruker.id == bruker_id,
                Bruker.slettet.is_(None),
            )
            .with_for_update(of=Bruker, **ONE_AT_A_TIME)  # who waited for a deletion finds nobody (S3)
        ).one_or_none()
        if row is None:
            return False
        seal = unwrapped(who.kommune_id, bruker_id, row.nokkel, row.hovednokkel)
        given = Begrunnelse(
            id=ids.new_id(),
            kommune_id=who.kommune_id,
            bruker_id=bruker_id,
            ansatt_id=who.id,
            laget=now,
            utloper=now + REASON_LASTS,
        )
        given.tekst = seal.close(reason, reason_place(given))
        db.add(given)
        audit.record(db, who.kommune_id, "innsyn_begrunnet", who.actor, bruker_id=bruker_id, begrunnelse_id=given.id)
    return True


def reason_place(row: Begrunnelse) -> Place:
    """Where a reason is sealed."""
    return Place("begrunnelse", "tekst", row.kommune_id, row.id)
