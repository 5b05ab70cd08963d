"""What this room holds about one bruker, for the bruker (S3; GDPR art. 15 and 20)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.identitet.eksport import iso
from webapp.klage import service
from webapp.klage.models import Klage
from webapp.platform.sealing import Seal
from webapp.vedlegg import service as vedlegg


def omfang(db: Session, kommune_id: int, bruker_id: UUID) -> dict[str, int]:
    """How much there is, in one query."""
    query = select(func.count()).where(Klage.kommune_id == kommune_id, Klage.bruker_id == bruker_id)
    return {"klager": db.scalar(query) or 0}


def eksport(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[dict[str, Any]]:
    """Every klage, the latest first, with what was done. Times are ISO 8601 in UTC."""
    klager = service.alle(kommune_id, bruker_id, seal)
    files = vedlegg.lister(kommune_id, bruker_id, seal, "klage", [one.id for one in klager])
    return [
        {
            "nummer": one.nummer,
            "sendt": iso(one.laget),
            "mot": one.mot,
            "hva": one.ord.hva,
            "onske": one.ord.onske,
            "hvorfor_sent": one.ord.sent,
            "sprak": one.sprak,
            "skrevet_av": one.skrevet_av,
            "klagefrist": one.klagefrist.isoformat(),
            "for_sent": one.for_sent,
            "sha256": one.sha256,
            "vedlegg": [each.navn for each in files.get(one.id, ())],
            "steg": [
                {
                    "steg": each.stand.value,
                    "dato": each.dato.isoformat(),
                    "tekst": each.tekst,
                    "registrert_av": each.ansatt_navn,
                    "registrert": iso(each.laget),
                }
                for each in one.steg
            ],
        }
        for one in klager
    ]
