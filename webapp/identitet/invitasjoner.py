"""Invitations: made, shown once, revoked, looked up, used once. The database holds hashes only.

A link carries a 256-bit secret, which needs no key to be hashed; the 8-character code is short, so it is hashed with
the master key and guessing is limited (identitet/innlogging.py).
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.identitet import okter, rules, tildelinger
from webapp.identitet.models import Ansatt, Bruker, Invitasjon, Kontor
from webapp.identitet.rules import Tilstand
from webapp.identitet.tur import ONE_AT_A_TIME, queue_up
from webapp.platform import audit, clock, ids, kommune
from webapp.platform.audit import SYSTEM, Actor
from webapp.platform.database import changed, reading, writing
from webapp.platform.sealing import digest

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Ny:
    """A fresh invitation, with what is shown this once and is nowhere stored."""

    id: UUID
    token: str
    kode: str | None
    utloper: datetime

    @property
    def vist_kode(self) -> str:
        """The code as it is printed; empty when there is none."""
        return rules.shown_code(self.kode or "")


@dataclass(frozen=True, slots=True)
class Invitert:
    """An invitation that somebody has come with: what it is now, for whom, and whom to call about it."""

    kommune_id: int
    id: UUID
    person_type: str
    person_id: UUID
    slag: str
    tilstand: Tilstand
    sprak: str
    kontor: str
    telefon: str
    veileder: str  # empty for staff, and when nobody follows up the bruker
    navn: str  # of the ansatt; a bruker's name is not shown to whoever holds a link


@dataclass(frozen=True, slots=True)
class Tidligere:
    """One line of the list of earlier invitations."""

    id: UUID
    laget: datetime
    utloper: datetime
    brukt: datetime | None
    tilstand: Tilstand


class Ugyldig(Exception):
    """The invitation cannot be used. ``tilstand`` says why; None when there is none."""

    def __init__(self, tilstand: Tilstand | None) -> None:
        super().__init__(str(tilstand))
        self.tilstand = tilstand


def for_bruker(kommune_id: int, bruker_id: UUID, by: Actor = SYSTEM) -> Ny:
    """Invite a bruker: link and code, 72 hours. Earlier unused ones end. Raises NotHere."""
    with writing(unverified=by is SYSTEM) as db:
        row = db.get(Bruker, (kommune_id, bruker_id), with_for_update=ONE_AT_A_TIME)
        if row is None or row.slettet:
            raise rules.NotHere("no such bruker")
        return _make(db, kommune_id, "bruker", bruker_id, by, with_code=True)


def for_ansatt(kommune_id: int, ansatt_id: UUID, by: Actor = SYSTEM) -> Ny:
    """Invite an ansatt to make a passkey: a link, 72 hours. Earlier unused ones end. Raises NotHere."""
    with writing(unverified=by is SYSTEM) as db:
        row = db.get(Ansatt, (kommune_id, ansatt_id), with_for_update=ONE_AT_A_TIME)
        if row is None or not row.aktiv:
            raise rules.NotHere("no such ansatt")
        return _make(db, kommune_id, "ansatt", ansatt_id, by, with_code=False)


def operator_link(kommune_id: int, person_type: str, person_id: UUID) -> Ny:
    """A link for operators, demos and tests: 30 minutes, one use. Leaves invitations as they are."""
    with writing(unverified=True) as db:
        return _add(db, kommune_id, person_type, person_id, SYSTEM, "lenke", None, rules.OPERATOR_LINK_LASTS)


def revoke(kommune_id: int, person_type: str, person_id: UUID, invitasjon_id: UUID, by: Actor) -> bool:
    """Revoke an invitation of this person; False when it is not theirs or cannot be used anyway."""
    with writing() as db:
        revoked = changed(
            db,
            update(Invitasjon)
            .where(
                _of(kommune_id, person_type, person_id),
                Invitasjon.id == invitasjon_id,
                Invitasjon.brukt.is_(None),
                Invitasjon.tilbakekalt.is_(None),
                Invitasjon.utloper > clock.now(),
            )
            .values(tilbakekalt=clock.now()),
        )
        if revoked:
            bruker_id = person_id if person_type == "bruker" else None
            audit.record(db, kommune_id, "invitasjon_tilbakekalt", by, bruker_id=bruker_id, invitasjon_id=invitasjon_id)
        return bool(revoked)


def revoke_all(db: Session, kommune_id: int, person_type: str, person_id: UUID) -> None:
    """End every unused way in of a person: a new one takes over, or the person is blocked."""
    db.execute(
        update(Invitasjon)
        .where(_of(kommune_id, person_type, person_id), Invitasjon.brukt.is_(None), Invitasjon.tilbakekalt.is_(None))
        .values(tilbakekalt=clock.now())
    )


def earlier(kommune_id: int, person_type: str, person_id: UUID) -> list[Tidligere]:
    """The invitations a person has had, the latest first (at most 25)."""
    with reading() as db:
        rows = db.scalars(
            select(Invitasjon)
            .where(_of(kommune_id, person_type, person_id), Invitasjon.slag == "invitasjon")
            .order_by(Invitasjon.laget.desc(), Invitasjon.id.desc())
            .limit(25)
        )
        return [Tidligere(row.id, row.laget, row.utloper, row.brukt, _state(row)) for row in rows]


def by_token(token: str) -> Invitert | None:
    """The invitation behind a link, whatever its state; None for an unknown one."""
    if not _TOKEN.fullmatch(token):
        return None
    with reading() as db:
        return _found(db, Invitasjon.lenke_hash == digest(token))


def by_code(typed: str) -> Invitert | None:
    """The invitation with this code (however it was typed), whatever its state; None for an unknown one."""
    hashes = kommune.keyring().peppers("invitasjon", rules.normal_code(typed))
    with reading() as db:
        return _found(db, Invitasjon.kode_hash.in_(hashes))


def by_id(kommune_id: int, invitasjon_id: UUID) -> Invitert | None:
    """The invitation that this browser has already shown the code of."""
    with reading() as db:
        return _found(db, (Invitasjon.kommune_id == kommune_id) & (Invitasjon.id == invitasjon_id))


def use(invitert: Invitert, page_key: str = "") -> okter.Innlogging:
    """Use an invitation, once, and sign its person in. Of two who try at the same time one wins. Raises Ugyldig.

    ``page_key`` is the random key in the page that asks: tapping its button twice counts once (rules.SAME_TAP).
    """
    fra = digest(page_key) if page_key else None
    with writing() as db:
        queue_up(db, invitert.kommune_id, invitert.person_id, invitert.person_type, deleted_too=True)
        now = clock.now()
        mine = (Invitasjon.kommune_id == invitert.kommune_id, Invitasjon.id == invitert.id)
        won = changed(
            db,
            update(Invitasjon)
            .where(*mine, Invitasjon.brukt.is_(None), Invitasjon.tilbakekalt.is_(None), Invitasjon.utloper > now)
            .values(brukt=now, brukt_fra=fra),
        )
        if not won:
            row = db.scalar(select(Invitasjon).where(*mine))
            if row is None or not rules.same_tap(now, brukt=row.brukt, brukt_fra=row.brukt_fra, fra=fra):
                raise Ugyldig(_state(row) if row else None)
        hvordan = invitert.slag  # «lenke» signs staff in at once, «invitasjon» only to make a passkey (see gate)
        try:
            innlogging = okter.start(db, invitert.kommune_id, invitert.person_type, invitert.person_id, hvordan)
        except LookupError:
            raise Ugyldig(None) from None
        who = innlogging.who
        if won:
            bruker_id = who.id if invitert.person_type == "bruker" else None
            audit.record(
                db, who.kommune_id, "invitasjon_brukt", who.actor, bruker_id=bruker_id, invitasjon_id=invitert.id
            )
        return innlogging


def _make(db: Session, kommune_id: int, person_type: str, person_id: UUID, by: Actor, *, with_code: bool) -> Ny:
    revoke_all(db, kommune_id, person_type, person_id)
    code = rules.new_code(rules.INVITATION_LENGTH) if with_code else None
    return _add(db, kommune_id, person_type, person_id, by, "invitasjon", code, rules.INVITATION_LASTS)


def _add(
    db: Session,
    kommune_id: int,
    person_type: str,
    person_id: UUID,
    by: Actor,
    slag: str,
    code: str | None,
    lasts: timedelta,
) -> Ny:
    token = secrets.token_urlsafe(32)
    row = Invitasjon(
        id=ids.new_id(),
        kommune_id=kommune_id,
        bruker_id=person_id if person_type == "bruker" else None,
        ansatt_id=person_id if person_type == "ansatt" else None,
        slag=slag,
        lenke_hash=digest(token),
        kode_hash=kommune.keyring().pepper("invitasjon", code) if code else None,
        laget=clock.now(),
        laget_av=by.id,
        utloper=clock.now() + lasts,
    )
    db.add(row)
    audit.record(db, kommune_id, "invitasjon_laget", by, bruker_id=row.bruker_id, invitasjon_id=row.id)
    return Ny(row.id, token, code, row.utloper)


def _of(kommune_id: int, person_type: str, person_id: UUID) -> Any:
    column = Invitasjon.bruker_id if person_type == "bruker" else Invitasjon.ansatt_id
    return (Invitasjon.kommune_id == kommune_id) & (column == person_id)


def _state(row: Invitasjon) -> Tilstand:
    return rules.invitation_state(clock.now(), utloper=row.utloper, brukt=row.brukt, tilbakekalt=row.tilbakekalt)


def _found(db: Session, which: Any) -> Invitert | None:
    row = db.scalar(select(Invitasjon).where(which))
    if row is None:
        return None
    if row.bruker_id is not None:
        person: Bruker | Ansatt = db.get_one(Bruker, (row.kommune_id, row.bruker_id))
        veileder = tildelinger.responsible(db, row.kommune_id, row.bruker_id)
        person_type, person_id = "bruker", row.bruker_id
        names = (veileder.navn if veileder else "", "")
    else:
        assert row.ansatt_id is not None
        person = ansatt = db.get_one(Ansatt, (row.kommune_id, row.ansatt_id))
        person_type, person_id = "ansatt", row.ansatt_id
        names = ("", ansatt.navn)
    kontor = db.get_one(Kontor, (row.kommune_id, person.kontor_id))
    return Invitert(
        kommune_id=row.kommune_id,
        id=row.id,
        person_type=person_type,
        person_id=person_id,
        slag=row.slag,
        tilstand=_state(row),
        sprak=person.sprak,
        kontor=kontor.navn,
        telefon=kontor.telefon,
        veileder=names[0],
        navn=names[1],
    )
