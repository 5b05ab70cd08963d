"""Tidying up: what nobody needs any more goes. No words of anybody, but drafts that were left for half a year."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Delete, delete, or_

from webapp.identitet.models import Engangskode, Invitasjon, Okt, Utfordring
from webapp.platform import attempts, clock
from webapp.platform.database import changed, writing
from webapp.platform.drafts import Utkast

# A month in which somebody can still ask who signed in, and from what; the log of events keeps it after that.
KEEP_SESSIONS = timedelta(days=30)
# The person has been told on their front page all the while that the text waits there.
KEEP_DRAFTS = timedelta(days=180)
KEEP_ATTEMPTS = timedelta(days=1)


def tidy() -> dict[str, int]:
    """Remove what has run out; returns how many rows of each kind. Can run while the program runs, and again."""
    now = clock.now()
    month = now - KEEP_SESSIONS
    old: dict[str, Delete] = {
        "økter": delete(Okt).where(or_(Okt.utloper < month, Okt.avsluttet < month)),
        "invitasjoner": delete(Invitasjon).where(Invitasjon.utloper < month),
        "brukte engangskoder": delete(Engangskode).where(Engangskode.brukt < month),
        "utfordringer": delete(Utfordring).where(Utfordring.utloper < now),
        "utkast": delete(Utkast).where(Utkast.endret < now - KEEP_DRAFTS),
    }
    counts = {}
    for name, statement in old.items():
        with writing(unverified=True) as db:  # one short transaction each: people are saving meanwhile
            counts[name] = changed(db, statement)
    from webapp.vedlegg import service as vedlegg  # the room stands on this one

    counts["vedlegg som ikke ble sendt"] = vedlegg.rydd()
    from webapp.paminnelse import rydding as paminnelse

    counts["påminnelser som er ferdige"] = paminnelse.tidy()
    counts["forsøk"] = attempts.sweep(KEEP_ATTEMPTS)
    return counts
