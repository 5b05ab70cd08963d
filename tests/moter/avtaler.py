"""What the tests of this room need: meetings in the different states, made through the services."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from flask import Flask

from tests.klient import Klient
from tests.verden import Verden
from webapp.identitet.adgang import Sak
from webapp.moter import service
from webapp.moter.forms import Avtale
from webapp.platform import access, clock, ids
from webapp.platform.access import Rolle


def sak(verden: Verden, bruker_id: UUID | None = None) -> Sak:
    """Amina's case (or another's), opened by her veileder."""
    bruker_id = bruker_id or verden.amina
    return Sak(verden.kommune_id, bruker_id, verden.nord, "amina", "nb", verden.seal(bruker_id), tildelt=True)


def kari(verden: Verden) -> access.Ansatt:
    """Kari, as a service sees her."""
    return access.Ansatt(verden.kommune_id, verden.kari, verden.nord, ids.new_id(), "nb", Rolle.VEILEDER, "Kari Test")


def avtalt(verden: Verden, nar: datetime | None = None, bruker_id: UUID | None = None) -> UUID:
    """An agreed meeting, in an hour when nothing else is said."""
    avtale = Avtale(nar or clock.now() + timedelta(hours=1), 45, "kontor", "Rom 2, med tolk", "Vi snakker om bolig")
    return service.agree(kari(verden), sak(verden, bruker_id), ids.new_id(), avtale)


def holdt(verden: Verden, nar: datetime | None = None, bruker_id: UUID | None = None) -> UUID:
    """A meeting that has been held."""
    mote_id = avtalt(verden, nar or clock.now() - timedelta(hours=1), bruker_id)
    service.held(kari(verden), sak(verden, bruker_id), mote_id)
    return mote_id


def bruk_sprak(verden: Verden, app: Flask, sprak: str) -> Klient:
    """Amina, signed in with another language."""
    from sqlalchemy import update

    from webapp.identitet.models import Bruker
    from webapp.platform.database import writing

    with writing(unverified=True) as db:
        db.execute(update(Bruker).where(Bruker.id == verden.amina).values(sprak=sprak))
    return Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
