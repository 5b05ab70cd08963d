"""K1: who types. When somebody types for the bruker, the session says so, and every answer typed in it."""

from __future__ import annotations

from sqlalchemy import update

from webapp.identitet.models import Okt
from webapp.platform import access
from webapp.platform.database import writing


def use(who: access.Bruker, skriver: str | None) -> None:
    """From now on in this session ``skriver`` types (``hjelper`` or ``ansatt``); None for the bruker themselves."""
    with writing() as db:
        db.execute(update(Okt).where(Okt.kommune_id == who.kommune_id, Okt.id == who.okt_id).values(skriver=skriver))
