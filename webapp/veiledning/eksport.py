"""What this room holds about one bruker, for the bruker (S3)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.identitet.eksport import iso
from webapp.platform.sealing import Seal
from webapp.veiledning import lesing
from webapp.veiledning.lesing import Samtalen
from webapp.veiledning.models import Radsoknad


def omfang(db: Session, kommune_id: int, bruker_id: UUID) -> dict[str, int]:
    """How much there is, in one query."""
    query = select(func.count()).where(Radsoknad.kommune_id == kommune_id, Radsoknad.bruker_id == bruker_id)
    return {"veiledning": db.scalar(query) or 0}


def eksport(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[dict[str, Any]]:
    """Every matter, the latest first. Times are ISO 8601 in UTC."""
    return [
        {
            "nummer": sak.nummer,
            "sokt": iso(sak.sokt),
            "omrader": list(sak.omrader),
            "tekst": sak.tekst,
            "sprak": sak.sprak,
            "skrevet_av": sak.skrevet_av,
            "vedtak": sak.vedtak
            and {
                "innvilget": sak.vedtak.innvilget,
                "nummer": sak.vedtak.nummer,
                "dato": sak.vedtak.dato.isoformat(),
                "start": sak.vedtak.start.isoformat() if sak.vedtak.start else None,
                "tekst": sak.vedtak.tekst,
                "klagefrist": sak.vedtak.klagefrist.isoformat(),
            },
            "samtaler": [_talk(samtale) for samtale in sak.samtaler],
            "avsluttet": _talk(sak.slutt) if sak.slutt else None,
        }
        for sak in lesing.matters(kommune_id, bruker_id, seal)
    ]


def _talk(samtale: Samtalen) -> dict[str, str]:
    return {"dato": samtale.dato.isoformat(), "tekst": samtale.tekst}
