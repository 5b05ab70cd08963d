"""K1: when somebody types for the bruker, it is said, recorded with every answer, and shown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from webapp.identitet import skriver as okter
from webapp.identitet.rules import HELPED
from webapp.kartlegging import service
from webapp.kartlegging.rules import Skriver
from webapp.platform import access, audit, languages
from webapp.platform.database import writing

SIDE = "skriver"  # the field where a page says that somebody types for the bruker


def writer(who: access.Bruker, page: Mapping[str, str] = MappingProxyType({})) -> Skriver:
    """Who types, and in which language: as the ``page`` that was sent says, else this session.

    A page that has told of a helper keeps its word, also when it is sent in a session that began after it was made.
    """
    said = page.get(SIDE)
    return Skriver(said if said in HELPED else who.skriver or "bruker", languages.typed_on(page.get(languages.SIDE)))


def type_for(who: access.Bruker, skriver: str | None) -> None:
    """From now on in this session ``skriver`` types (``hjelper``, ``ansatt``); None for the bruker themselves.

    The log says once that it began, and where; each answer says for itself who typed it.
    """
    with writing() as db:
        if not okter.use(who, skriver) or skriver is None:
            return
        state = service.state(who.kommune_id, who.id)
        place = state.sist_tema if state and state.sist_tema else "start"
        audit.record(db, who.kommune_id, "assistert_utfylling", who.actor, bruker_id=who.id, tema=place)
