"""What this room puts in the outbox, and whether it is still of interest when it is to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from webapp.paminnelse import rules as times
from webapp.platform import clock, utboks
from webapp.platform.utboks import Hendelse, Utboks
from webapp.varsel import rules
from webapp.varsel.models import (
    Avgjorelse,
    Forhandsvarsel,
    Uttalelse,
    Uttalelseretting,
    Varsellukking,
    Varselsak,
    Varselsvar,
)
from webapp.varsel.rules import Tilstand

SVAR, NEDTEGNET, LUKKET = "svar", "nedtegnet", "lukket"
MORE = (SVAR, NEDTEGNET, LUKKET)  # beside the notice itself and its deadline
WAITS = (Tilstand.VARSLET.value, Tilstand.NADD.value)  # sent, and the bruker has said nothing yet


def sent(db: Session, bruker_id: UUID, row: Forhandsvarsel) -> None:
    """A notice is sent: told of at once, at half the time, and two working days before the last day."""
    utboks.legg(db, row.kommune_id, Hendelse.VARSEL, row.sak_id, {"straks": row.sendt}, bruker_id=bruker_id)
    _before(db, row.kommune_id, bruker_id, row, rules.end_of(row.tidligst), row.sendt)


def deadline(db: Session, sak: Varselsak, row: Forhandsvarsel | None, now: datetime) -> None:
    """The deadline that stands is another one: the notice has arrived (U3), or more time is given (U6)."""
    if row is not None and sak.frist is not None:
        _before(db, sak.kommune_id, sak.bruker_id, row, sak.frist, now)


def _before(db: Session, kommune_id: int, bruker_id: UUID, row: Forhandsvarsel, frist: datetime, now: datetime) -> None:
    """Half the time, and two working days before, of this deadline: each deadline has its own, by its day."""
    when = {
        "halvveis": times.halfway(row.sendt, frist),
        "siste": times.two_days_before(frist),
    }
    still = {trinn: moment for trinn, moment in when.items() if moment > now}
    versjon = rules.last_day(frist).toordinal()
    utboks.legg(db, kommune_id, Hendelse.VARSEL, row.sak_id, still, bruker_id=bruker_id, versjon=versjon)


def decided(db: Session, bruker_id: UUID, row: Avgjorelse) -> None:
    """It is decided (U9)."""
    when = {"straks": clock.now()}
    utboks.legg(db, row.kommune_id, Hendelse.AVGJORELSE, row.sak_id, when, bruker_id=bruker_id)


def answered(db: Session, bruker_id: UUID, row: Varselsvar) -> None:
    """A wish is answered (U6)."""
    _more(db, bruker_id, row.kommune_id, row.id, SVAR)


def written_down(db: Session, bruker_id: UUID, row: Uttalelse) -> None:
    """Something is written down for the bruker, who is to see whether it is right."""
    _more(db, bruker_id, row.kommune_id, row.id, NEDTEGNET)


def closed(db: Session, bruker_id: UUID, row: Varsellukking) -> None:
    """The office has closed the matter, and nothing is taken."""
    _more(db, bruker_id, row.kommune_id, row.id, LUKKET)


def _more(db: Session, bruker_id: UUID, kommune_id: int, ref: UUID, trinn: str) -> None:
    # With the row as its ref, and not the matter: what is said of the notice itself is proof beside U3.
    when = {trinn: times.gathered(clock.now())}
    utboks.legg(db, kommune_id, Hendelse.VARSEL, ref, when, bruker_id=bruker_id)


def _still_news(db: Session, kommune_id: int, rows: Sequence[Utboks]) -> dict[UUID, datetime | None]:
    """An answer and what is written down while the matter is open, and unconfirmed; a closing always."""

    def open_(table: Any) -> Any:
        return (
            select(table.id)
            .join(Varselsak, (Varselsak.kommune_id == table.kommune_id) & (Varselsak.id == table.sak_id))
            .where(
                table.kommune_id == kommune_id,
                table.id.in_([row.ref for row in rows]),
                Varselsak.tilstand.in_([one.value for one in rules.TOLD]),
            )
        )

    put_right = exists().where(
        Uttalelseretting.kommune_id == Uttalelse.kommune_id, Uttalelseretting.uttalelse_id == Uttalelse.id
    )
    there = set(db.scalars(open_(Varselsvar).union_all(open_(Uttalelse).where(~put_right)))) if rows else set()
    return {row.id: row.send_etter for row in rows if row.trinn == LUKKET or row.ref in there}


def varsel(db: Session, kommune_id: int, rows: Sequence[Utboks]) -> Mapping[UUID, datetime | None]:
    """Not when the bruker has answered, when the matter is closed, or when another deadline stands by now.

    «At once» not when they have opened it meanwhile. Of several that are due after a worker was away, the latest one.
    """
    now = clock.now()
    more = [row for row in rows if row.trinn in MORE]
    rows = [row for row in rows if row.trinn not in MORE]
    there = {
        found.id: found
        for found in db.execute(
            select(Varselsak.id, Varselsak.tilstand, Varselsak.frist, Forhandsvarsel.tidligst, Forhandsvarsel.sendt)
            .join(
                Forhandsvarsel,
                (Forhandsvarsel.kommune_id == Varselsak.kommune_id) & (Forhandsvarsel.sak_id == Varselsak.id),
            )
            .where(
                Varselsak.kommune_id == kommune_id,
                Varselsak.id.in_({row.ref for row in rows}),
                Varselsak.tilstand.in_(WAITS),
            )
        )
    }
    answers = _still_news(db, kommune_id, more)
    for row in rows:
        sak = there.get(row.ref)
        if sak is None:
            continue
        # Not known to have arrived: the day that the notice itself names, however late it is. U3 says that the
        # deadline has not begun, so the bruker is still to be told.
        frist = sak.frist or rules.end_of(sak.tidligst)
        if sak.frist is not None and now >= sak.frist:
            continue
        if row.trinn == "straks":
            still = sak.tilstand == Tilstand.VARSLET.value and now < times.halfway(sak.sendt, frist)
            answers[row.id] = row.send_etter if still else None
        elif row.versjon != rules.last_day(frist).toordinal():
            continue
        elif row.trinn == "siste" or now < times.two_days_before(frist):  # not two at once after a mail server was away
            answers[row.id] = row.send_etter
    return answers


def avgjorelse(_db: Session, _kommune_id: int, rows: Sequence[Utboks]) -> Mapping[UUID, datetime | None]:
    """Always: a decision stands, and can be appealed."""
    return {row.id: row.send_etter for row in rows}
