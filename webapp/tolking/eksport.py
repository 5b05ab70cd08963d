"""What this room holds about one bruker, for the bruker (S3; GDPR art. 15 and 20)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from webapp.identitet.eksport import iso
from webapp.identitet.models import Ansatt
from webapp.kartlegging import versjoner
from webapp.kartlegging.eksport import question
from webapp.klage import lesing as klage
from webapp.platform.database import reading
from webapp.platform.sealing import Seal
from webapp.tolking import service
from webapp.tolking.models import Gjengivelse
from webapp.varsel import lesing as varsel


def eksport(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[dict[str, Any]]:
    """Every rendering, oldest first, with what it is of: the number on the receipt, and the question in a levering.

    Times are ISO 8601 in UTC. Four queries, however many there are.
    """
    with reading() as db:
        rows = db.execute(
            select(Gjengivelse, Ansatt.navn)
            .join(Ansatt, (Ansatt.kommune_id == Gjengivelse.kommune_id) & (Ansatt.id == Gjengivelse.ansatt_id))
            .where(Gjengivelse.kommune_id == kommune_id, Gjengivelse.bruker_id == bruker_id)
            .order_by(Gjengivelse.laget, Gjengivelse.id)
        ).all()
        numbers = klage.numbers(db, kommune_id, bruker_id) | varsel.numbers(db, kommune_id, bruker_id)
        numbers |= {one.id: one.nummer for one in versjoner.versions(kommune_id, bruker_id)}
    found = []
    for row, navn in rows:
        words = service.opened(row, seal)
        found.append(
            {
                "av": row.kilde_type,
                "nummer": numbers.get(row.kilde_id),
                "sporsmal": row.felt or None,
                "sporsmalstekst": question(row.felt) if row.felt else None,
                "tekst": words.tekst,
                "tolk": words.tolk,
                "skrevet_ned_av": navn,
                "laget": iso(row.laget),
            }
        )
    return found
