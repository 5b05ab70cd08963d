"""K1: when somebody types for the bruker, it is said, recorded with every answer, and shown."""

from __future__ import annotations

from webapp.identitet import skriver as okter
from webapp.kartlegging import service
from webapp.kartlegging.svarrader import Skriver
from webapp.platform import access, audit, languages
from webapp.platform.database import writing


def writer(who: access.Bruker) -> Skriver:
    """Who types in this session, and in which language the page is."""
    return Skriver(who.skriver or "bruker", languages.current())


def type_for(who: access.Bruker, skriver: str | None) -> None:
    """From now on in this session ``skriver`` types (``hjelper``, ``ansatt``); None for the bruker themselves.

    The log says once that it began, and where; each answer says for itself who typed it.
    """
    with writing() as db:
        okter.use(who, skriver)
        if skriver is None or skriver == who.skriver:
            return
        state = service.state(who.kommune_id, who.id)
        place = state.sist_tema if state and state.sist_tema else "start"
        audit.record(db, who.kommune_id, "assistert_utfylling", who.actor, bruker_id=who.id, tema=place)
