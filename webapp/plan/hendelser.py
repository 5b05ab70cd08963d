"""What happened in a plan: kept with the words before and after (P3), and found again when a form is sent twice."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.plan.innhold import Part
from webapp.plan.models import Planhendelse
from webapp.platform import clock, ids
from webapp.platform.sealing import Place

WORDS = ("hva", "hvorfor", "hvem", "tekst")  # of a step or a goal; the rest of it is days and names of choices


def note(
    db: Session,
    part: Part,
    hva: str,
    tilstand: str | None,
    *,
    id_: UUID | None = None,
    aktivitet_id: UUID | None = None,
    mal_id: UUID | None = None,
    for_: dict[str, Any] | None = None,
    etter: dict[str, Any] | None = None,
    ord_: str = "",
) -> None:
    """Keep what happened, with the words before and after (P3)."""
    row = Planhendelse(
        id=id_ or ids.new_id(),
        kommune_id=part.kommune_id,
        bruker_id=part.bruker_id,
        aktivitet_id=aktivitet_id,
        mal_id=mal_id,
        hva=hva,
        rolle=part.rolle.value,
        ansatt_id=part.ansatt_id,
        hjelper=part.hjelper,
        tilstand=tilstand,
        sprak=part.language_of(ord_, *(str((etter or {}).get(key) or "") for key in WORDS)),
        laget=clock.now(),
    )
    row.innhold = part.seal.close_json({"for": for_, "etter": etter, "ord": ord_}, happening_place(row))
    db.add(row)


def happened(
    db: Session,
    part: Part,
    there: Planhendelse,
    hva: str,
    ord_: str = "",
    etter: dict[str, Any] | None = None,
    *,
    aktivitet_id: UUID | None = None,
    mal_id: UUID | None = None,
) -> bool:
    """Whether just this was done by the form that made ``there``: by it, or by other words that came after."""
    rows = db.scalars(
        select(Planhendelse).where(
            Planhendelse.kommune_id == part.kommune_id,
            Planhendelse.bruker_id == part.bruker_id,
            Planhendelse.aktivitet_id == aktivitet_id,
            Planhendelse.mal_id == mal_id,
            Planhendelse.hva == hva,
            Planhendelse.rolle == part.rolle.value,
            Planhendelse.laget >= there.laget,
        )
    )
    for row in rows:
        said = part.seal.open_json(row.innhold, happening_place(row))
        if (said["ord"], said["etter"]) == (ord_, etter):
            return True
    return False


def made_before(db: Session, part: Part, since: datetime, hva: str, etter: dict[str, Any]) -> Planhendelse | None:
    """The step or goal that was made in just these words at ``since`` or later: a form of that time sent twice."""
    rows = db.scalars(
        select(Planhendelse).where(
            Planhendelse.kommune_id == part.kommune_id,
            Planhendelse.bruker_id == part.bruker_id,
            Planhendelse.hva == hva,
            Planhendelse.rolle == part.rolle.value,
            Planhendelse.laget >= since,
        )
    )
    return next((row for row in rows if part.seal.open_json(row.innhold, happening_place(row))["etter"] == etter), None)


def happening_place(row: Planhendelse) -> Place:
    """Where the words of what happened are sealed."""
    return Place("planhendelse", "innhold", row.kommune_id, row.id)
