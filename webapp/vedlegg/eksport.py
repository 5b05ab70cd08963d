"""What this room holds about one bruker, for the bruker (S3; GDPR art. 15 and 20)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.identitet.eksport import iso
from webapp.platform.database import reading
from webapp.platform.sealing import Seal
from webapp.vedlegg import service
from webapp.vedlegg.models import Vedlegg


def omfang(db: Session, kommune_id: int, bruker_id: UUID) -> dict[str, int]:
    """How much there is, in one query."""
    query = select(func.count()).where(Vedlegg.kommune_id == kommune_id, Vedlegg.bruker_id == bruker_id)
    return {"vedlegg": db.scalar(query) or 0}


def eksport(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[dict[str, Any]]:
    """Every file, with what it was sent with and the address where the file itself is fetched."""
    with reading():
        return [
            {
                "navn": one.navn,
                "mime": one.mime,
                "storrelse": one.storrelse,
                "sha256": one.sha256,
                "lagt_til": iso(one.laget),
                "lagt_til_av": one.lagt_til_av,
                "sendt_med": sendt_med,
                "hent": f"/vedlegg/{one.id}",
            }
            for one, sendt_med in service.alle(kommune_id, bruker_id, seal)
        ]
