"""Staff as the administrator sees them: a list, registering, inviting, blocking. No bruker is in it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from webapp.identitet import ansvar, invitasjoner, mine_okter, passnokler, rules, tildelinger
from webapp.identitet.ansvar import Etterlatt
from webapp.identitet.models import Ansatt, Kontor, Passnokkel
from webapp.identitet.tur import ONE_AT_A_TIME, queue_up
from webapp.platform import audit
from webapp.platform.audit import Actor
from webapp.platform.database import reading, writing

PAGE = 25


@dataclass(frozen=True, slots=True)
class Linje:
    """One line of the list."""

    id: UUID
    navn: str
    rolle: str
    kontor: str
    aktiv: bool
    nokler: int


@dataclass(frozen=True, slots=True)
class Side:
    """A page of the list, and where the next one begins (None on the last)."""

    linjer: list[Linje]
    neste: UUID | None


def staff(kommune_id: int, after: UUID | None = None) -> Side:
    """Everyone who works or has worked here, in the order they were registered."""
    keys = (
        select(func.count())
        .select_from(Passnokkel)
        .where(
            Passnokkel.kommune_id == Ansatt.kommune_id,
            Passnokkel.person_type == "ansatt",
            Passnokkel.person_id == Ansatt.id,
        )
        .scalar_subquery()
    )
    query = (
        select(Ansatt, Kontor.navn, keys)
        .join(Kontor, (Kontor.kommune_id == Ansatt.kommune_id) & (Kontor.id == Ansatt.kontor_id))
        .where(Ansatt.kommune_id == kommune_id)
        .order_by(Ansatt.id)
        .limit(PAGE + 1)
    )
    if after is not None:
        query = query.where(Ansatt.id > after)
    with reading() as db:
        rows = db.execute(query).all()
    lines = [_line(*row) for row in rows[:PAGE]]
    return Side(lines, lines[-1].id if len(rows) > PAGE else None)


def one(kommune_id: int, ansatt_id: UUID) -> Linje:
    """One member of staff. Raises NotHere."""
    with reading() as db:
        row = db.get(Ansatt, (kommune_id, ansatt_id))
        if row is None:
            raise rules.NotHere("no such ansatt")
        return _line(row, db.get_one(Kontor, (kommune_id, row.kontor_id)).navn, 0)


def invite(kommune_id: int, ansatt_id: UUID, by: Actor, *, lost: bool = False) -> invitasjoner.Ny:
    """Invite an ansatt to make a passkey. ``lost``: the old ones, and every session, end now. Raises NotHere."""
    with writing() as db:
        if lost:  # before anything is logged: whoever signs out holds the session, and then logs
            queue_up(db, kommune_id, ansatt_id, "ansatt")
            invitasjoner.revoke_all(db, kommune_id, "ansatt", ansatt_id)
            mine_okter.end_all(db, kommune_id, "ansatt", ansatt_id)
            passnokler.remove_all(db, kommune_id, "ansatt", ansatt_id, by)
        return invitasjoner.for_ansatt(kommune_id, ansatt_id, by)


def before_block(kommune_id: int, ansatt_id: UUID, by: Actor) -> tuple[Linje, Etterlatt] | None:
    """Whom ``by`` is about to shut out, and who will have no veileder then. None for somebody who cannot be."""
    with reading() as db:
        row = db.get(Ansatt, (kommune_id, ansatt_id))
        if row is None or not row.aktiv or ansatt_id == by.id:
            return None
        return _line(row, db.get_one(Kontor, (kommune_id, row.kontor_id)).navn, 0), ansvar.left_by(db, row)


def block(kommune_id: int, ansatt_id: UUID, by: Actor) -> Etterlatt | None:
    """Shut somebody out at once: sessions and invitations end. None when it is oneself or done already.

    What they follow up stays theirs until a leder gives it to somebody else (see ansvar.py); the answer says how much.
    Meetings that they were to hold for another veileder are that one's: before, so that a server that is killed on the
    way leaves nobody waiting for somebody who is shut out; and after, for what was agreed in the meantime.
    """
    if ansatt_id == by.id:
        return None
    tildelinger.leave_meetings_of(kommune_id, ansatt_id, by)
    with writing() as db:
        row = db.get(Ansatt, (kommune_id, ansatt_id), with_for_update=ONE_AT_A_TIME)
        if row is None or not row.aktiv:
            return None
        row.aktiv = False
        mine_okter.end_all(db, kommune_id, "ansatt", ansatt_id)
        invitasjoner.revoke_all(db, kommune_id, "ansatt", ansatt_id)
        audit.record(db, kommune_id, "ansatt_sperret", by, ansatt_id=ansatt_id)
        left = ansvar.left_by(db, row)
    tildelinger.leave_meetings_of(kommune_id, ansatt_id, by)
    return left


def unblock(kommune_id: int, ansatt_id: UUID, by: Actor) -> bool:
    """Let somebody in again, with the passkeys they had. False when they are not blocked."""
    with writing() as db:
        row = db.get(Ansatt, (kommune_id, ansatt_id), with_for_update=ONE_AT_A_TIME)
        if row is None or row.aktiv:
            return False
        row.aktiv = True
        audit.record(db, kommune_id, "ansatt_gjenapnet", by, ansatt_id=ansatt_id)
        return True


def _line(row: Ansatt, office: str, keys: int) -> Linje:
    return Linje(row.id, row.navn, row.rolle, office, row.aktiv, keys)
