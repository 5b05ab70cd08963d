"""Tidying the outbox: what is done with goes; the evidence (paminnelse_sendt) stays."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from webapp.paminnelse import rules
from webapp.platform import clock
from webapp.platform.database import changed, writing
from webapp.platform.utboks import Kanal, Tilstand, Utboks

# As long as somebody may ask the administrator about a message, and far longer than anything is put in twice.
KEEP = timedelta(days=90)
DONE = (Tilstand.SENDT.value, Tilstand.AVLYST.value, Tilstand.DOD.value, Tilstand.UVISS.value)


def tidy() -> int:
    """Remove what was settled long ago; give up what has waited too long for a channel that is no longer set up."""
    now = clock.now()
    with writing(unverified=True) as db:
        db.execute(
            update(Utboks)
            .where(
                Utboks.tilstand == Tilstand.VENTER.value,
                Utboks.kanal != Kanal.FORDEL.value,
                Utboks.send_etter < now - 2 * rules.TOO_OLD,
                Utboks.neste_forsok < now - rules.TOO_OLD,
            )
            .values(tilstand=Tilstand.DOD.value, kode="kanal-av", endret=now)
        )
    with writing(unverified=True) as db:
        return changed(db, delete(Utboks).where(Utboks.tilstand.in_(DONE), Utboks.endret < now - KEEP))
