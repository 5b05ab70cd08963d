"""What this room holds about one bruker, for the bruker (S3)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.identitet.eksport import iso
from webapp.paminnelse import mottakere
from webapp.paminnelse.models import PaminnelseSendt, Paminnelsevalg, Pushabonnement
from webapp.platform.database import reading
from webapp.platform.sealing import Seal
from webapp.platform.utboks import Kanal, Tilstand, Utboks


def omfang(db: Session, kommune_id: int, bruker_id: UUID) -> dict[str, int]:
    """How much there is, in one query."""
    mine = (PaminnelseSendt.kommune_id == kommune_id, PaminnelseSendt.bruker_id == bruker_id)
    return {"paminnelser": db.scalar(select(func.count()).where(*mine)) or 0}


def eksport(kommune_id: int, bruker_id: UUID, seal: Seal) -> dict[str, Any]:
    """The choice, the devices, what waits to be sent and what has been. Times are ISO 8601 in UTC."""
    with reading() as db:
        valg = db.get(Paminnelsevalg, (kommune_id, bruker_id))
        enheter = db.scalars(
            select(Pushabonnement)
            .where(Pushabonnement.kommune_id == kommune_id, Pushabonnement.bruker_id == bruker_id)
            .order_by(Pushabonnement.laget, Pushabonnement.id)
        ).all()
        waiting = db.scalars(
            select(Utboks)
            .where(
                Utboks.kommune_id == kommune_id,
                Utboks.bruker_id == bruker_id,
                Utboks.tilstand.not_in([Tilstand.SENDT.value, Tilstand.AVLYST.value]),
            )
            .order_by(Utboks.neste_forsok, Utboks.id)
        ).all()
        sent = db.scalars(
            select(PaminnelseSendt)
            .where(PaminnelseSendt.kommune_id == kommune_id, PaminnelseSendt.bruker_id == bruker_id)
            .order_by(PaminnelseSendt.nar, PaminnelseSendt.id)
        ).all()
    adresse = mottakere.addresses(kommune_id, bruker_id, seal, valg)
    return {
        "valg": valg
        and {
            "epost": valg.epost,
            "sms": valg.sms,
            "epostadresse": adresse.get("epost", ""),
            "telefon": adresse.get("telefon", ""),
            "stille_fra": valg.stille_fra,
            "stille_til": valg.stille_til,
            "endret": iso(valg.endret),
            "push_stanset": iso(valg.push_stanset),
        },
        "enheter": [
            {
                "enhet": row.enhet,
                "slatt_pa": iso(row.laget),
                "adresse": seal.open_json(row.abonnement, mottakere.abonnement_place(kommune_id, row.id))["endpoint"],
            }
            for row in enheter
        ],
        "venter": [
            {
                "gjelder": row.hendelse,
                "kanal": None if row.kanal == Kanal.FORDEL.value else row.kanal,
                "tidligst": iso(row.neste_forsok),
                "tilstand": row.tilstand,
            }
            for row in waiting
        ],
        "sendt": [
            {
                "gjelder": row.hendelse,
                "kanal": row.kanal,
                "nar": iso(row.nar),
                "resultat": row.resultat,
                "svar": row.kode,
            }
            for row in sent
        ],
    }
