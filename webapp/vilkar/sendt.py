"""The same form sent twice: whether just these words are there already. Other words are never dropped.

A form carries the id of what it makes (platform/once.py). Other words from the same form became a row of their own,
after the first; that one may be sent twice too, so everything since the form's own row is looked at.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.identitet.adgang import Sak
from webapp.platform import access
from webapp.platform.sealing import Place
from webapp.vilkar.grunnlag import innhold_of
from webapp.vilkar.models import Forstaelse, Vilkar, Vilkarmelding, Vilkarversjon, Vilkarvurdering
from webapp.vilkar.tekst import Innhold


def set_before(db: Session, sak: Sak, there: Vilkar, vedtak_id: UUID, innhold: Innhold, frist: date | None) -> bool:
    """Whether the form that made ``there`` said just this."""
    first = db.scalars(
        select(Vilkarversjon).where(
            Vilkarversjon.kommune_id == sak.kommune_id,
            Vilkarversjon.vilkar_id == there.id,
            Vilkarversjon.versjon == 1,
        )
    ).one()
    return (first.vedtak_id, first.frist, innhold_of(first, sak.seal).as_json()) == (
        vedtak_id,
        frist,
        innhold.as_json(),
    )


def assessed(db: Session, sak: Sak, vilkar_id: UUID, there: Vilkarvurdering, utfall: str, words: str) -> bool:
    """Whether just this was registered by the form that made ``there``: by it, or by other words that came after."""
    rows = db.scalars(
        select(Vilkarvurdering).where(
            Vilkarvurdering.kommune_id == sak.kommune_id,
            Vilkarvurdering.vilkar_id == vilkar_id,
            Vilkarvurdering.utfall == utfall,
            Vilkarvurdering.laget >= there.laget,
        )
    )
    return any(
        sak.seal.open(one.tekst, Place("vilkarvurdering", "tekst", sak.kommune_id, one.id)) == words for one in rows
    )


def said(
    db: Session, who: access.Bruker, there: Forstaelse, versjon_id: UUID, what: tuple[str, bool, dict[str, Any]]
) -> bool:
    """Whether just this was said by the form that made ``there``: by it, or by other words that came after."""
    rows = db.scalars(
        select(Forstaelse).where(
            Forstaelse.kommune_id == who.kommune_id,
            Forstaelse.bruker_id == who.id,
            Forstaelse.vilkarversjon_id == versjon_id,
            Forstaelse.laget >= there.laget,
        )
    )
    return any((one.svar, one.uenig, who.seal.open_json(one.innhold, said_place(one))) == what for one in rows)


def reported(db: Session, who: access.Bruker, vilkar_id: UUID, there: Vilkarmelding, words: str) -> UUID | None:
    """The report in just these words that came from the form that made ``there``."""
    rows = db.scalars(
        select(Vilkarmelding).where(
            Vilkarmelding.kommune_id == who.kommune_id,
            Vilkarmelding.bruker_id == who.id,
            Vilkarmelding.vilkar_id == vilkar_id,
            Vilkarmelding.laget >= there.laget,
        )
    )
    for one in rows:
        if who.seal.open(one.tekst, Place("vilkarmelding", "tekst", who.kommune_id, one.id)) == words:
            return one.id
    return None


def said_place(row: Forstaelse) -> Place:
    """Where what was said is sealed."""
    return Place("forstaelse", "innhold", row.kommune_id, row.id)
