"""K1: who types. When somebody types for the bruker, the session says so, and every answer typed in it.

A form that was kept carries the same with it (``FELT``): whoever takes it up again is perhaps somebody else, in another
session, and what is sent then was still typed with help.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import g, request
from sqlalchemy import update

from webapp.identitet.models import Okt
from webapp.identitet.rules import HELPED
from webapp.platform import access, draft_parts
from webapp.platform.database import writing
from webapp.platform.drafts import Fields

FELT = "skrives_av"  # the field of a form, where kept text was typed with help


def use(who: access.Bruker, skriver: str | None) -> bool:
    """From now on in this session ``skriver`` types (``hjelper`` or ``ansatt``); None for the bruker themselves.

    False when it was so already. The session itself is asked: an older page may have said otherwise (``heed``).
    """
    other = Okt.skriver.is_distinct_from(skriver)
    mine = update(Okt).where(Okt.kommune_id == who.kommune_id, Okt.id == who.okt_id, other)
    with writing() as db:
        return db.execute(mine.values(skriver=skriver).returning(Okt.id)).one_or_none() is not None


def signed(fields: Fields, person: access.Who) -> Fields:
    """``fields`` as they are kept: with who helps ``person``, or helped with what is in them already."""
    helper = person.skriver if isinstance(person, access.Bruker) else None
    said = _most((*fields.get(FELT, ()), helper or ""))
    return {**fields, FELT: [said]} if said else fields


def on_page() -> str | None:
    """Who helps to type in this page, or helped with what is fetched into it or comes back on it: its forms say so.

    Also who helps in this session: what is typed here may wait in a queue, or be kept, and be sent in another one.
    """
    who = access.who()
    helper = who.skriver if isinstance(who, access.Bruker) else None
    if request.method == "POST":
        return _most((*request.form.getlist(FELT), helper or ""))
    parts: Iterable[draft_parts.Part] = g.get("fetched", ())
    return _most((helper or "", *(value for part in parts for value in part.fields.get(FELT, ()))))


def heed() -> None:
    """A form that tells of help is sent with help, whatever its session says. None can tell that there was none."""
    who = access.who()
    if request.method != "POST" or request.is_json or not isinstance(who, access.Bruker):
        return
    said = _most((*request.form.getlist(FELT), who.skriver or ""))
    if said is not None and said != who.skriver:
        g.who = replace(who, skriver=said)


def _most(said: Iterable[str]) -> str | None:
    found = set(said)
    return next((helper for helper in reversed(HELPED) if helper in found), None)
