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


def use(who: access.Bruker, skriver: str | None) -> None:
    """From now on in this session ``skriver`` types (``hjelper`` or ``ansatt``); None for the bruker themselves."""
    with writing() as db:
        db.execute(update(Okt).where(Okt.kommune_id == who.kommune_id, Okt.id == who.okt_id).values(skriver=skriver))


def signed(fields: Fields, person: access.Who) -> Fields:
    """``fields`` as they are kept: with who helps ``person``, or helped with what is in them already."""
    helper = person.skriver if isinstance(person, access.Bruker) else None
    said = _most((*fields.get(FELT, ()), helper or ""))
    return {**fields, FELT: [said]} if said else fields


def on_page() -> str | None:
    """Who helped to type what is fetched into this page, or came back on it: it goes along with the form."""
    if request.method == "POST":
        return _most(request.form.getlist(FELT))
    parts: Iterable[draft_parts.Part] = g.get("fetched", ())
    return _most(value for part in parts for value in part.fields.get(FELT, ()))


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
