"""Tidying the outbox: what is done with goes; the evidence (paminnelse_sendt) stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from webapp.paminnelse import ko, rules
from webapp.platform import clock
from webapp.platform.database import changed, writing
from webapp.platform.utboks import Kanal, Tilstand, Utboks

# As long as somebody may ask the administrator about a message, and far longer than anything is put in twice.
KEEP = timedelta(days=90)
BATCH = 500  # given up in one transaction
DONE = (Tilstand.SENDT.value, Tilstand.AVLYST.value, Tilstand.DOD.value, Tilstand.UVISS.value)


def tidy() -> int:
    """Remove what was settled long ago; give up what has waited too long for a channel that is no longer set up."""
    now = clock.now()
    while _give_up_some(now) == BATCH:
        pass
    with writing(unverified=True) as db:
        return changed(db, delete(Utboks).where(Utboks.tilstand.in_(DONE), Utboks.endret < now - KEEP))


def _give_up_some(now: datetime) -> int:
    with writing(unverified=True) as db:
        rows = db.scalars(
            select(Utboks)
            .where(
                Utboks.tilstand == Tilstand.VENTER.value,
                Utboks.kanal != Kanal.FORDEL.value,
                Utboks.send_etter < now - 2 * rules.TOO_OLD,
                Utboks.neste_forsok < now - rules.TOO_OLD,
            )
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        ).all()
        ko.give_up(db, rows, "kanal-av")
        return len(rows)
