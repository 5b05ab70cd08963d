"""Who follows up whom: assigning, handing over, substitutes (S1, K9)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from webapp.identitet.models import ASSIGNED, Ansatt, Bruker, Tildeling
from webapp.identitet.rules import NotHere
from webapp.identitet.tur import queue_up
from webapp.platform import audit, clock, ids
from webapp.platform.audit import Actor
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place, Seal

# What goes along when a bruker gets somebody else: (session, kommune, bruker, to whom, who says so, from whom or None).
Folge = Callable[[Session, int, UUID, UUID, Actor, UUID | None], None]
_FOLLOWS = "medvirk.folge"


def init_app(app: Flask, *follows: Folge) -> None:
    """``follows``: what the rooms above this one do, in this order, in the transaction that ends an assignment."""
    app.extensions[_FOLLOWS] = follows


def _go_along(db: Session, kommune_id: int, bruker_id: UUID, to: UUID, by: Actor, fra: UUID | None = None) -> None:
    for follow in current_app.extensions[_FOLLOWS]:
        follow(db, kommune_id, bruker_id, to, by, fra)


def responsible(db: Session, kommune_id: int, bruker_id: UUID) -> Ansatt | None:
    """The veileder who is responsible for a bruker now; None when that one is blocked (see ansvar.py)."""
    return db.scalar(_active(kommune_id, bruker_id).where(Tildeling.som == "ansvarlig"))


def contact(db: Session, kommune_id: int, bruker_id: UUID) -> Ansatt | None:
    """Whom the bruker can turn to now: the responsible veileder, or the substitute when that one is blocked."""
    return db.scalar(_active(kommune_id, bruker_id).order_by(Tildeling.som).limit(1))  # «ansvarlig» before «vikar»


def _active(kommune_id: int, bruker_id: UUID) -> Select[Ansatt]:
    return (
        select(Ansatt)
        .join(Tildeling, ASSIGNED)
        .where(
            Tildeling.kommune_id == kommune_id,
            Tildeling.bruker_id == bruker_id,
            Tildeling.til.is_(None),
            Ansatt.aktiv,
        )
    )


def assignments(kommune_id: int, bruker_id: UUID) -> list[tuple[Tildeling, Ansatt]]:
    """Everyone who follows or has followed up a bruker, the latest first. Reasons are sealed: see ``reason``."""
    with reading() as db:
        rows = db.execute(
            select(Tildeling, Ansatt)
            .join(Ansatt, ASSIGNED)
            .where(Tildeling.kommune_id == kommune_id, Tildeling.bruker_id == bruker_id)
            .order_by(Tildeling.fra.desc(), Tildeling.til.is_not(None), Tildeling.id.desc())
            .limit(100)
        ).all()
    return [(row[0], row[1]) for row in rows]


def following(kommune_id: int, bruker_id: UUID) -> list[Ansatt]:
    """Those who follow up a bruker now: the responsible veileder, then the substitute, if there is one.

    Whoever is blocked does not: nobody is to wait for them.
    """
    with reading() as db:
        return list(db.scalars(_active(kommune_id, bruker_id).order_by(Tildeling.som, Ansatt.navn)))


def was_assigned(db: Session, kommune_id: int, bruker_id: UUID, ansatt_id: UUID) -> bool:
    """Whether somebody follows up a bruker, or has done."""
    theirs = (
        Tildeling.kommune_id == kommune_id, Tildeling.bruker_id == bruker_id, Tildeling.ansatt_id == ansatt_id
    )  # fmt: skip
    return db.scalar(select(Tildeling.id).where(*theirs).limit(1)) is not None


def hand_over(kommune_id: int, bruker_id: UUID, seal: Seal, to_ansatt_id: UUID, reason: str, by: Actor) -> None:
    """Make another ansatt responsible, in one step and with a reason (K9: nothing has to be told again).

    The meetings that are to come go along: nobody else may open the case. Raises NotHere when ``to_ansatt_id`` is not
    an active veileder or leder in the kommune, or already responsible; not when ``by`` has just said the very same.
    """
    with writing() as db:
        queue_up(db, kommune_id, bruker_id)
        to = _takes_over(db, kommune_id, to_ansatt_id)
        now_responsible = db.scalar(_now(kommune_id, bruker_id, "ansvarlig").with_for_update())
        if now_responsible is not None and now_responsible.ansatt_id == to_ansatt_id:
            if said_so(now_responsible, seal, reason, by):
                return
            raise NotHere("already responsible")
        # Before anything is logged: whoever cancels a meeting at this moment holds the meeting, and then logs.
        _go_along(db, kommune_id, bruker_id, to_ansatt_id, by)
        _end_substitute(db, kommune_id, bruker_id, by)  # a new veileder names their own
        db.execute(
            update(Tildeling)
            .where(Tildeling.kommune_id == kommune_id, Tildeling.bruker_id == bruker_id, Tildeling.til.is_(None))
            .values(til=clock.now())
        )
        db.execute(
            update(Bruker).where(Bruker.kommune_id == kommune_id, Bruker.id == bruker_id).values(kontor_id=to.kontor_id)
        )
        new = assign(db, kommune_id, bruker_id, to_ansatt_id, "ansvarlig", by)
        new.grunn = seal.close(reason, reason_place(new))
        before = now_responsible.ansatt_id if now_responsible else None
        audit.record(
            db,
            kommune_id,
            "bruker_overfort",
            by,
            bruker_id=bruker_id,
            fra_ansatt_id=before,
            til_ansatt_id=to_ansatt_id,
        )


def set_substitute(kommune_id: int, bruker_id: UUID, ansatt_id: UUID | None, by: Actor) -> None:
    """Name the substitute (at most one), or none. Coming meetings of the one before are the responsible veileder's.

    They are the new substitute's while the responsible one is blocked.

    Raises NotHere for somebody who cannot be one.
    """
    with writing() as db:
        queue_up(db, kommune_id, bruker_id)
        now_substitute = db.scalar(_now(kommune_id, bruker_id, "vikar"))
        if now_substitute is not None and now_substitute.ansatt_id == ansatt_id:
            return
        if ansatt_id is not None:
            _takes_over(db, kommune_id, ansatt_id)
        now_responsible = responsible(db, kommune_id, bruker_id)
        if now_responsible is not None and now_responsible.id == ansatt_id:
            raise NotHere("responsible already")
        heir = now_responsible.id if now_responsible is not None else ansatt_id
        if now_substitute is not None and heir is not None:
            _go_along(db, kommune_id, bruker_id, heir, by, fra=now_substitute.ansatt_id)
        _end_substitute(db, kommune_id, bruker_id, by)
        if ansatt_id is not None:
            assign(db, kommune_id, bruker_id, ansatt_id, "vikar", by)


def leave_meetings_of(kommune_id: int, substitute_id: UUID, by: Actor) -> None:
    """Somebody is being blocked: what they were to hold as a substitute, the responsible veileder holds, who is there.

    One bruker at a time, each in a transaction of its own: a handover at this moment holds the bruker, and waits for
    the row of the ansatt. They stay a substitute, and are one again when they are let in again.
    """
    with reading() as db:
        mine = select(Tildeling.bruker_id).where(
            Tildeling.kommune_id == kommune_id,
            Tildeling.ansatt_id == substitute_id,
            Tildeling.til.is_(None),
            Tildeling.som == "vikar",
        )
        brukere = db.scalars(mine.order_by(Tildeling.bruker_id)).all()
    for bruker_id in brukere:
        with writing() as db:
            queue_up(db, kommune_id, bruker_id, deleted_too=True)
            heir = responsible(db, kommune_id, bruker_id)
            if heir is not None:
                _go_along(db, kommune_id, bruker_id, heir.id, by, fra=substitute_id)


def _takes_over(db: Session, kommune_id: int, ansatt_id: UUID) -> Ansatt:
    """Somebody who is to follow up a bruker, held until it is written. Raises NotHere for who cannot.

    After the bruker, before meetings and the log: who blocks them has the row, then logs, and comes first or last.
    """
    row = db.get(Ansatt, (kommune_id, ansatt_id), with_for_update={"read": True}, populate_existing=True)
    if row is None or not row.aktiv or row.rolle == "administrator":
        raise NotHere("no such veileder")
    return row


def _end_substitute(db: Session, kommune_id: int, bruker_id: UUID, by: Actor) -> None:
    """End the assignment of the substitute, if there is one, and log it: the bruker sees who may open their case."""
    row = db.scalar(_now(kommune_id, bruker_id, "vikar").with_for_update())
    if row is not None:
        row.til = clock.now()
        db.flush()
        audit.record(db, kommune_id, "vikar_avsluttet", by, bruker_id=bruker_id, ansatt_id=row.ansatt_id)


def _now(kommune_id: int, bruker_id: UUID, som: str) -> Select[Tildeling]:
    return select(Tildeling).where(
        Tildeling.kommune_id == kommune_id,
        Tildeling.bruker_id == bruker_id,
        Tildeling.til.is_(None),
        Tildeling.som == som,
    )


def latest(db: Session, kommune_id: int, bruker_id: UUID) -> Tildeling | None:
    """The assignment of whoever is responsible now."""
    return db.scalar(_now(kommune_id, bruker_id, "ansvarlig"))


def said_so(row: Tildeling, seal: Seal, reason: str, by: Actor) -> bool:
    """Whether it was ``by`` who gave this assignment, with this reason: the button pressed twice."""
    return row.laget_av == by.id and row.grunn is not None and seal.open(row.grunn, reason_place(row)) == reason


def reason_place(row: Tildeling) -> Place:
    """Where the reason for an assignment is sealed."""
    return Place("tildeling", "grunn", row.kommune_id, row.id)


def colleagues(kommune_id: int, kontor_id: UUID | None = None) -> list[Ansatt]:
    """Active veiledere and ledere of the kommune (or one kontor), by name."""
    with reading() as db:
        query = select(Ansatt).where(
            Ansatt.kommune_id == kommune_id, Ansatt.aktiv, Ansatt.rolle.in_(("veileder", "leder"))
        )
        if kontor_id is not None:
            query = query.where(Ansatt.kontor_id == kontor_id)
        return list(db.scalars(query.order_by(Ansatt.navn, Ansatt.id).limit(500)))


def assign(db: Session, kommune_id: int, bruker_id: UUID, ansatt_id: UUID, som: str, by: Actor) -> Tildeling:
    """Begin an assignment in the caller's transaction, and log it."""
    row = Tildeling(
        id=ids.new_id(),
        kommune_id=kommune_id,
        bruker_id=bruker_id,
        ansatt_id=ansatt_id,
        som=som,
        fra=clock.now(),
        laget_av=by.id,
    )
    db.add(row)
    db.flush()
    audit.record(db, kommune_id, "bruker_tildelt", by, bruker_id=bruker_id, ansatt_id=ansatt_id, som=som)
    return row
