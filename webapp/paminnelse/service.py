"""What the bruker decides about reminders: channels, addresses, quiet hours, a try, and what has been sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from webapp.config import Settings
from webapp.identitet import service as identitet
from webapp.identitet.tur import queue_up
from webapp.paminnelse import mottakere, rules
from webapp.paminnelse.models import PaminnelseSendt, Paminnelsevalg, Pushabonnement
from webapp.platform import access, attempts, audit, clock, ids, utboks
from webapp.platform.database import changed, reading, writing
from webapp.platform.utboks import NONE, Hendelse, Tilstand, Utboks

TRIES, CHOICES, TRIES_WITHIN = 5, 30, timedelta(hours=1)
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Valg:
    """What the bruker has chosen. ``epost`` and ``telefon``: the addresses, also while the channel is off."""

    epost_pa: bool
    sms_pa: bool
    epost: str
    telefon: str
    stille_fra: int
    stille_til: int


@dataclass(frozen=True, slots=True)
class Enhet:
    """A device that shows push messages."""

    id: UUID
    navn: str
    laget: datetime
    merke: str  # by which the browser finds out that it is this one (static/js/push.js)


@dataclass(frozen=True, slots=True)
class Sendt:
    """One line of what has been sent."""

    hendelse: str
    ref: UUID
    kanal: str
    resultat: str
    kode: str
    nar: datetime


def settings() -> Settings:
    """The settings of the current app."""
    found: Settings = current_app.extensions["medvirk.settings"]
    return found


def choices(who: access.Bruker) -> Valg:
    """What stands now. Addresses that were never typed here are those the kontor has (identitet)."""
    profil = identitet.person(who.kommune_id, who.id, who.seal).profil
    with reading() as db:
        row = db.get(Paminnelsevalg, (who.kommune_id, who.id))
    typed = mottakere.addresses(who.kommune_id, who.id, who.seal, row)
    return Valg(
        epost_pa=row.epost if row else False,
        sms_pa=row.sms if row else False,
        epost=typed.get("epost", profil.epost),
        telefon=typed.get("telefon", profil.telefon),
        stille_fra=row.stille_fra if row else rules.QUIET_FROM,
        stille_til=row.stille_til if row else rules.QUIET_TO,
    )


def choose(who: access.Bruker, valg: Valg) -> None:
    """Write what the bruker chose. The same again changes nothing but when, and is not in the log twice.

    Raises attempts.TooMany.
    """
    attempts.count("paminnelse-valg", str(who.id), most=CHOICES, within=TRIES_WITHIN)
    sealed = {"epost": valg.epost, "telefon": valg.telefon}
    with writing() as db:
        queue_up(db, who.kommune_id, who.id)  # two phones may send at once
        before = choices(who) if db.get(Paminnelsevalg, (who.kommune_id, who.id)) is not None else None
        row = chosen_now(db, who.kommune_id, who.id)
        if before == valg:
            return
        row.epost, row.sms = valg.epost_pa, valg.sms_pa
        row.stille_fra, row.stille_til = valg.stille_fra, valg.stille_til
        row.adresse = who.seal.close_json(sealed, mottakere.adresse_place(who.kommune_id, who.id))
        on = [name for name, chosen in (("epost", valg.epost_pa), ("sms", valg.sms_pa)) if chosen]
        audit.record(
            db, who.kommune_id, "paminnelser_valgt", who.actor, bruker_id=who.id, kanaler=" ".join(on) or "ingen"
        )


def chosen_now(db: Session, kommune_id: int, bruker_id: UUID) -> Paminnelsevalg:
    """The row of what the bruker chose, marked as looked at now: what stopped before is not told of (nytt)."""
    insert: Any = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    db.execute(insert(Paminnelsevalg).values(kommune_id=kommune_id, bruker_id=bruker_id).on_conflict_do_nothing())
    row = db.get_one(Paminnelsevalg, (kommune_id, bruker_id))
    row.endret, row.push_stanset = clock.now(), None
    return row


def try_it(who: access.Bruker, prove_id: UUID) -> int:
    """Send the same words as always to every channel the bruker has chosen, now; returns how many there are.

    ``prove_id`` comes with the form: sent twice, it goes once. Raises attempts.TooMany.
    """
    attempts.count("paminnelse-prove", str(who.id), most=TRIES, within=TRIES_WITHIN)
    on = settings().kanaler
    with writing() as db:
        person = mottakere.read(db, who.kommune_id, [who.id])[who.id]
        ways = person.ways(on)
        for kanal, device in ways:
            utboks.legg(
                db,
                who.kommune_id,
                Hendelse.PROVE,
                prove_id,
                {"straks": clock.now()},
                bruker_id=who.id,
                kanal=kanal,
                mal_id=device or NONE,
            )
    return len(ways)


def devices(who: access.Bruker) -> list[Enhet]:
    """The bruker's devices with push messages, the newest first."""
    with reading() as db:
        rows = db.scalars(
            select(Pushabonnement)
            .where(Pushabonnement.kommune_id == who.kommune_id, Pushabonnement.bruker_id == who.id)
            .order_by(Pushabonnement.laget.desc(), Pushabonnement.id.desc())
        ).all()
    return [Enhet(row.id, row.enhet, row.laget, _mark(who, row)) for row in rows]


def _mark(who: access.Bruker, row: Pushabonnement) -> str:
    """Empty when the subscription does not open: it can be turned off all the same."""
    words = mottakere.subscription(who.kommune_id, who.seal, row)
    return hashlib.sha256(json.loads(words)["endpoint"].encode()).hexdigest()[:32] if words else ""


def sent(kommune_id: int, bruker_id: UUID, *, refs: Iterable[UUID] | None = None, limit: int = SHOWN) -> list[Sendt]:
    """What has been sent, the latest first; ``refs``: about these rows only. One query."""
    query = select(PaminnelseSendt).where(
        PaminnelseSendt.kommune_id == kommune_id, PaminnelseSendt.bruker_id == bruker_id
    )
    if refs is not None:
        query = query.where(PaminnelseSendt.ref.in_(set(refs)))
    with reading() as db:
        rows = db.scalars(query.order_by(PaminnelseSendt.nar.desc(), PaminnelseSendt.id.desc()).limit(limit)).all()
    return [Sendt(row.hendelse, row.ref, row.kanal, row.resultat, row.kode, row.nar) for row in rows]


@dataclass(frozen=True, slots=True)
class Hop:
    """Given up, by channel, kind and answer: what an administrator sees. Nobody's name."""

    kanal: str
    hendelse: str
    kode: str
    antall: int


@dataclass(frozen=True, slots=True)
class Oversikt:
    """The outbox of one kommune in figures."""

    dode: list[Hop]
    venter: dict[str, int]
    eldste: datetime | None  # since when the oldest that is due has been waiting
    uviss: int


def overview(kommune_id: int) -> Oversikt:
    """What waits and what was given up. Two queries."""
    mine = Utboks.kommune_id == kommune_id
    with reading() as db:
        dead = db.execute(
            select(Utboks.kanal, Utboks.hendelse, Utboks.kode, func.count())
            .where(mine, Utboks.tilstand == Tilstand.DOD.value)
            .group_by(Utboks.kanal, Utboks.hendelse, Utboks.kode)
            .order_by(func.count().desc(), Utboks.kanal, Utboks.hendelse, Utboks.kode)
            .limit(100)
        ).all()
        rest = db.execute(
            select(Utboks.kanal, Utboks.tilstand, func.count(), func.min(Utboks.send_etter))
            .where(
                mine,
                Utboks.send_etter <= clock.now(),
                Utboks.tilstand.in_([Tilstand.VENTER.value, Tilstand.TATT.value, Tilstand.SENDER.value, "uviss"]),
            )
            .group_by(Utboks.kanal, Utboks.tilstand)
        ).all()
    waiting: dict[str, int] = {}
    for kanal, tilstand, antall, _oldest in rest:
        if tilstand != Tilstand.UVISS.value:
            waiting[kanal] = waiting.get(kanal, 0) + antall
    return Oversikt(
        dode=[Hop(*row) for row in dead],
        venter=waiting,
        eldste=min((row[3] for row in rest if row[1] != Tilstand.UVISS.value), default=None),
        uviss=sum(row[2] for row in rest if row[1] == Tilstand.UVISS.value),
    )


def again(who: access.Ansatt, kanal: str, hendelse: str, kode: str) -> int:
    """Put what was given up back in the queue; returns how many. What is no longer of interest is dropped there."""
    now = clock.now()
    with writing() as db:
        count = changed(
            db,
            update(Utboks)
            .where(
                Utboks.kommune_id == who.kommune_id,
                Utboks.tilstand == Tilstand.DOD.value,
                Utboks.kanal == kanal,
                Utboks.hendelse == hendelse,
                Utboks.kode == kode,
            )
            # From now on: otherwise what is too old would be given up again at once.
            .values(tilstand=Tilstand.VENTER.value, forsok=0, send_etter=now, neste_forsok=now, endret=now),
        )
        if count:
            audit.record(db, who.kommune_id, "utboks_provd_igjen", who.actor, antall=count)
    return count


def new_try() -> UUID:
    """The key of a form that sends a try."""
    return ids.new_id()
