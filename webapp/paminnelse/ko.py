"""The queue of the outbox, as a worker writes in it what became of what it took (uttak). Each is one transaction.

What a state means when the worker that wrote it is dead:
``tatt``: certainly not sent, so it goes back in the queue. ``sender``: the worker was at the one step that cannot be
taken back. An e-mail or an SMS is not sent again (``uviss``); a push message is, because the second replaces the first.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from webapp.paminnelse import bevis, fordeling, rules
from webapp.paminnelse.kanaler import Brev
from webapp.paminnelse.models import Paminnelsevalg, Pushabonnement
from webapp.paminnelse.rules import Resultat
from webapp.platform import clock
from webapp.platform.database import changed, writing
from webapp.platform.utboks import Kanal, Tilstand, Utboks

_chance = random.SystemRandom()

# Built once, on the table itself: these two run for every single message.
_ROWS: Any = Utboks.__table__
_MINE = (_ROWS.c.kommune_id == bindparam("k"), _ROWS.c.id == bindparam("row"), _ROWS.c.tatt_av == bindparam("me"))
_NOW = bindparam("now", type_=_ROWS.c.endret.type)
_CHOICE: Any = Paminnelsevalg.__table__
_CHOSEN_ANEW = exists().where(
    _CHOICE.c.kommune_id == _ROWS.c.kommune_id,
    _CHOICE.c.bruker_id == _ROWS.c.bruker_id,
    _CHOICE.c.endret.is_distinct_from(bindparam("chosen", type_=_CHOICE.c.endret.type)),
)
_POINT = (
    update(_ROWS)
    .where(*_MINE, _ROWS.c.tilstand == Tilstand.TATT.value, _ROWS.c.tatt_til > _NOW, ~_CHOSEN_ANEW)
    .values(tilstand=Tilstand.SENDER.value, tatt_til=bindparam("until"), endret=_NOW)
)
_SENT = (
    update(_ROWS)
    .where(*_MINE, _ROWS.c.tilstand.in_([Tilstand.SENDER.value, Tilstand.UVISS.value]))
    .values(tilstand=Tilstand.SENDT.value, kode=bindparam("said"), endret=bindparam("now"), tatt_til=None)
)


class Mistet(Exception):
    """The message is not ours any more: our time is over, or the bruker has chosen anew and so it is made anew."""


def take_back(db: Session, kommune_id: int) -> None:
    """What workers had that are dead. A lease that ends later than any can is from before the clock was put back."""
    now = clock.now()
    over = or_(Utboks.tatt_til < now, Utboks.tatt_til > now + 2 * rules.LEASE)
    held = (Utboks.kommune_id == kommune_id, over)
    back = {"tilstand": Tilstand.VENTER.value, "tatt_av": None, "tatt_til": None, "neste_forsok": now, "endret": now}
    db.execute(update(Utboks).where(*held, Utboks.tilstand == Tilstand.TATT.value).values(**back))
    handing = db.scalars(
        select(Utboks).where(*held, Utboks.tilstand == Tilstand.SENDER.value).with_for_update(skip_locked=True)
    ).all()
    for row in handing:
        if row.kanal == Kanal.PUSH.value:
            failed(db, row, "avbrutt")
        else:
            _settle(db, row, Tilstand.UVISS, Resultat.UVISS, "avbrutt")


def failed(db: Session, row: Utboks, kode: str) -> None:
    """It did not go: once more later, or never again, with the evidence of that (U3)."""
    fordeling.failed(row, kode, chance=_chance.random())
    if row.tilstand == Tilstand.DOD.value and row.bruker_id:
        bevis.keep(db, [bevis.of(row, row.kanal, Resultat.AVVIST, kode, clock.now())])


def give_up(db: Session, rows: Sequence[Utboks], kode: str) -> None:
    """They have waited too long, whatever for: the administrator sees it, and so does the matter (U3)."""
    now = clock.now()
    for row in rows:
        row.tilstand, row.kode, row.endret = Tilstand.DOD.value, kode or row.kode, now
        row.tatt_av = row.tatt_til = None
    db.flush()
    bevis.keep(db, [bevis.of(row, row.kanal, Resultat.AVVIST, row.kode, now) for row in rows if row.bruker_id])


def point(worker: UUID, letter: Brev) -> None:
    """From here on it may have been sent. Raises Mistet when it is not ours any more.

    The lease is asked here, and not only by others: a worker that slept would send at night what it took by day. And
    so is whether the choice that the message follows still stands: the address may be gone, or another's phone (K10).
    Not durable, and needs not be: the mark is for a worker that dies. When the whole machine loses power, at most the
    messages since the last durable write (one batch) may be sent again, with the same Message-ID and Topic.
    """
    now = clock.now()
    mine = {"k": letter.kommune_id, "row": letter.id, "me": worker, "now": now, "chosen": letter.valgt}
    with writing(unverified=True, durable=False) as db:
        if not changed(db, _POINT, {**mine, "until": now + rules.LEASE}):
            raise Mistet


def sent(kommune_id: int, worker: UUID, letter: Brev, kode: str) -> None:
    """It was taken: write it down, with the evidence. Also when it was declared uncertain while we waited."""
    now = clock.now()
    mine = {"k": kommune_id, "row": letter.id, "me": worker, "now": now, "said": kode[:20]}
    with writing(unverified=True, durable=False) as db:
        if changed(db, _SENT, mine) and letter.bevis:
            bevis.keep(db, [{**letter.bevis, "kode": kode[:20], "nar": now}])


def uncertain(kommune_id: int, worker: UUID, row_id: UUID, kode: str) -> None:
    """It was handed over, and nobody knows what became of it. A push message is tried again; see the module."""
    with writing(unverified=True, durable=False) as db:
        row = _mine(db, kommune_id, worker, row_id)
        if row is not None and row.kanal == Kanal.PUSH.value:
            failed(db, row, kode)
        elif row is not None:
            _settle(db, row, Tilstand.UVISS, Resultat.UVISS, kode)


def broken(kommune_id: int, worker: UUID, row_id: UUID, kode: str) -> None:
    """A fault of ours. Before ``point`` it has not been sent; after it, nobody knows."""
    with writing(unverified=True, durable=False) as db:
        row = _mine(db, kommune_id, worker, row_id)
        if row is not None and (row.tilstand == Tilstand.TATT.value or row.kanal == Kanal.PUSH.value):
            failed(db, row, kode)
        elif row is not None:
            _settle(db, row, Tilstand.UVISS, Resultat.UVISS, kode)


def refused(kommune_id: int, worker: UUID, row_id: UUID, kode: str, *, gone: bool) -> None:
    """It will never be taken. ``gone``: the device does not want push messages any more, and is forgotten."""
    with writing(unverified=True, durable=False) as db:
        row = _mine(db, kommune_id, worker, row_id)
        if row is None:
            return
        _settle(db, row, Tilstand.AVLYST if gone else Tilstand.DOD, Resultat.AVVIST, kode)
        if gone:
            db.execute(
                delete(Pushabonnement).where(Pushabonnement.kommune_id == kommune_id, Pushabonnement.id == row.mal_id)
            )


def put_off(kommune_id: int, worker: UUID, row_id: UUID, kode: str) -> None:
    """Not taken now: later, and given up in the end."""
    with writing(unverified=True, durable=False) as db:
        row = _mine(db, kommune_id, worker, row_id)
        if row is not None:
            failed(db, row, kode)


def give_back(kommune_id: int, worker: UUID, row_ids: Sequence[UUID], kode: str = "", *, refused: bool = False) -> None:
    """What was taken and not sent goes back in the queue as it was: the channel is away, or the worker stops.

    ``refused``: also what was handed over, and the channel said that it takes nothing from us.
    """
    now = clock.now()
    states = [Tilstand.TATT.value, Tilstand.SENDER.value] if refused else [Tilstand.TATT.value]
    mine = (
        Utboks.kommune_id == kommune_id,
        Utboks.id.in_(row_ids),
        Utboks.tatt_av == worker,
        Utboks.tilstand.in_(states),
    )
    values: dict[str, Any] = {"tatt_av": None, "tatt_til": None, "endret": now} | ({"kode": kode} if kode else {})
    with writing(unverified=True) as db:  # durable: it closes the batch
        too_old = select(Utboks).where(*mine, Utboks.send_etter < now - rules.TOO_OLD).with_for_update()
        give_up(db, db.scalars(too_old).all(), kode)
        db.execute(update(Utboks).where(*mine).values(**values, tilstand=Tilstand.VENTER.value))


def drop(kommune_id: int, worker: UUID, row_id: UUID) -> None:
    """What was taken and turned out to have nothing to say."""
    mine = (Utboks.kommune_id == kommune_id, Utboks.id == row_id, Utboks.tatt_av == worker)
    with writing(unverified=True) as db:
        db.execute(
            update(Utboks)
            .where(*mine, Utboks.tilstand == Tilstand.TATT.value)
            .values(tilstand=Tilstand.AVLYST.value, endret=clock.now())
        )


def _mine(db: Session, kommune_id: int, worker: UUID, row_id: UUID) -> Utboks | None:
    """Also what was declared uncertain while we waited for the answer: now there is one."""
    row = db.get(Utboks, (kommune_id, row_id), with_for_update=True)
    mine = {Tilstand.TATT.value, Tilstand.SENDER.value, Tilstand.UVISS.value}
    return row if row is not None and row.tatt_av == worker and row.tilstand in mine else None


def _settle(db: Session, row: Utboks, state: Tilstand, what: Resultat, kode: str) -> None:
    now = clock.now()
    row.tilstand, row.kode, row.endret, row.tatt_til = state.value, kode[:20], now, None
    if row.bruker_id:
        bevis.keep(db, [bevis.of(row, row.kanal, what, kode, now)])
