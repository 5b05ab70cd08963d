"""First half of the worker: what is due becomes one row for each channel the bruker has chosen.

A batch is one transaction: killed in the middle, nothing has happened. From here on each channel goes its own way, so
that a mail server that is away holds up no push message, and none is sent twice because another one failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session
from structlog import get_logger

from webapp.kanaloppsett import Kanaler
from webapp.paminnelse import aktuelt, bevis, mottakere, rules
from webapp.paminnelse.mottakere import Mottaker
from webapp.paminnelse.rules import Resultat
from webapp.platform import clock, ids, utboks
from webapp.platform.database import writing
from webapp.platform.utboks import NONE, Kanal, Tilstand, Utboks

BATCH = 100
_log = get_logger("paminnelse")


def distribute(kommune_id: int, on: Kanaler) -> int:
    """Decide on the reminders that are due; returns how many were looked at (fewer than BATCH: there are no more)."""
    with writing(unverified=True) as db:
        _take_up(db, kommune_id)
        due = _due(db, kommune_id)
        all_of_them = [row.id for row in due]
        try:
            with db.begin_nested():
                _decide(db, kommune_id, due, on)
            return len(due)
        except Exception:  # noqa: BLE001 -- one that cannot be decided must not hold up the others
            _log.warning("utboks_fordeling_hver_for_seg", antall=len(due))
    for row_id in all_of_them:
        _alone(kommune_id, row_id, on)
    return len(all_of_them)


def _due(db: Session, kommune_id: int) -> Sequence[Utboks]:
    return db.scalars(
        select(Utboks)
        .where(
            Utboks.kommune_id == kommune_id,
            Utboks.tilstand == Tilstand.VENTER.value,
            Utboks.kanal == Kanal.FORDEL.value,
            is_due(clock.now()),
        )
        .order_by(Utboks.neste_forsok)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()


def _take_up(db: Session, kommune_id: int) -> None:
    """What was dropped before its time: by a clock that was ahead the meeting had been, and the deadline was over."""
    now = clock.now()
    early = (Utboks.tilstand == Tilstand.AVLYST.value, Utboks.neste_forsok > now, Utboks.send_etter > now)
    back = {"tilstand": Tilstand.VENTER.value, "endret": now}
    db.execute(update(Utboks).where(Utboks.kommune_id == kommune_id, *early).values(**back))


def is_due(now: datetime) -> ColumnElement[bool]:
    """Also what waits for longer than anything ever waits between two looks: the clock has been put back since."""
    jumped = and_(Utboks.neste_forsok > now + rules.LONGEST_REST, Utboks.send_etter <= now)
    return or_(Utboks.neste_forsok <= now, jumped)


def _alone(kommune_id: int, row_id: UUID, on: Kanaler) -> None:
    """One of a batch that failed, by itself; the one that is at fault is tried later and then given up."""
    try:
        with writing(unverified=True) as db:
            row = db.get(Utboks, (kommune_id, row_id), with_for_update=True)
            if row is not None and row.tilstand == Tilstand.VENTER.value:
                _decide(db, kommune_id, [row], on)
    except Exception as error:  # noqa: BLE001 -- see above
        _log.exception("utboks_fordeling", utboks_id=str(row_id))
        with writing(unverified=True) as db:
            row = db.get(Utboks, (kommune_id, row_id), with_for_update=True)
            if row is not None:
                failed(row, type(error).__name__, chance=0.5)


def failed(row: Utboks, kode: str, *, chance: float) -> None:
    """It did not go: once more later, or never again."""
    now = clock.now()
    row.forsok, row.kode, row.endret = row.forsok + 1, kode[:20], now
    row.tatt_av = row.tatt_til = None
    if row.forsok >= rules.MOST_TRIES or now - row.send_etter > rules.TOO_OLD:
        row.tilstand = Tilstand.DOD.value
    else:
        row.tilstand, row.neste_forsok = Tilstand.VENTER.value, now + rules.wait(row.forsok, chance)


def _decide(db: Session, kommune_id: int, rows: Sequence[Utboks], on: Kanaler) -> None:
    now = clock.now()
    people = mottakere.read(db, kommune_id, {row.bruker_id for row in rows if row.bruker_id})
    when = aktuelt.times(db, kommune_id, rows)
    new: list[dict[str, Any]] = []
    shown: list[dict[str, Any]] = []
    for row in rows:
        row.endret, planned = now, when[row.id]
        person = people.get(row.bruker_id) if row.bruker_id else None
        if planned is None or person is None or row.bruker_id is None:
            row.tilstand = Tilstand.AVLYST.value
        elif planned > now:
            row.send_etter = row.neste_forsok = planned
        else:
            row.tilstand = Tilstand.SENDT.value
            shown.append(bevis.of(row, bevis.IN_MEDVIRK, Resultat.SYNLIG, "", now))
            new += _rows(row, row.bruker_id, person, on, now)
    db.flush()
    bevis.keep(db, shown)
    utboks.insert(db, new)


def _rows(row: Utboks, bruker_id: UUID, person: Mottaker, on: Kanaler, now: datetime) -> list[dict[str, Any]]:
    """One for each channel, whatever else is on its way: that may never arrive (uttak says when two become one)."""
    moment = rules.after_quiet(now, person.stille_fra, person.stille_til)
    return [
        {
            "id": ids.new_id(),
            "kommune_id": row.kommune_id,
            "bruker_id": bruker_id,
            "ansatt_id": None,
            "hendelse": row.hendelse,
            "ref": row.ref,
            "trinn": row.trinn,
            "versjon": row.versjon,
            "kanal": kanal.value,
            "mal_id": device or NONE,
            "send_etter": row.send_etter,
            "neste_forsok": moment,
            "laget": row.laget,  # when it happened: what was sent after that has told of it
            "endret": now,
        }
        for kanal, device in person.ways(on)
    ]
