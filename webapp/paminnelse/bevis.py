"""What is kept for good about each message: the evidence beside U3, written in the transaction that settles it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from webapp.paminnelse.models import PaminnelseSendt
from webapp.paminnelse.rules import Resultat
from webapp.platform import ids
from webapp.platform.utboks import Utboks

IN_MEDVIRK = "medvirk"


def of(row: Utboks, kanal: str, resultat: Resultat, kode: str, nar: datetime) -> dict[str, Any]:
    """One line of evidence about a message to a bruker."""
    return {
        "id": ids.new_id(),
        "kommune_id": row.kommune_id,
        "bruker_id": row.bruker_id,
        "utboks_id": row.id,
        "hendelse": row.hendelse,
        "ref": row.ref,
        "trinn": row.trinn,
        "kanal": kanal,
        "resultat": resultat.value,
        "kode": kode[:20],
        "nar": nar,
    }


def keep(db: Session, lines: list[dict[str, Any]]) -> None:
    """Write them; what is there already, from a try before this one, stays as it is."""
    if not lines:
        return
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    db.execute(dialect.insert(PaminnelseSendt.__table__).on_conflict_do_nothing(), lines)
