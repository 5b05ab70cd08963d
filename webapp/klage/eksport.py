"""What this room holds about one bruker, for the bruker (S3; GDPR art. 15 and 20)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.identitet.eksport import iso
from webapp.klage import lesing, mal
from webapp.klage.models import Klage
from webapp.platform.sealing import Seal
from webapp.vedlegg import service as vedlegg


def omfang(db: Session, kommune_id: int, bruker_id: UUID) -> dict[str, int]:
    """How much there is, in one query."""
    query = select(func.count()).where(Klage.kommune_id == kommune_id, Klage.bruker_id == bruker_id)
    return {"klager": db.scalar(query) or 0}


def eksport(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[dict[str, Any]]:
    """Every klage, the latest first, with what was done. Times are ISO 8601 in UTC."""
    sent = lesing.alle(kommune_id, bruker_id, seal)
    klager = mal.med_frister(kommune_id, bruker_id, seal, sent)
    as_it_came = {one.id: one.klagefrist for one in sent}
    added = lesing.tilleggsfiler(kommune_id, bruker_id, seal, [each.id for one in klager for each in one.tillegg])
    files = vedlegg.lister(kommune_id, bruker_id, seal, "klage", [one.id for one in klager])
    return [
        {
            "nummer": one.nummer,
            "sendt": iso(one.laget),
            "mot": one.mot,
            "mot_sprak": one.mot_sprak,
            "hva": one.ord.hva,
            "onske": one.ord.onske,
            "hvorfor_sent": one.ord.sent,
            "sprak": one.sprak,
            "skrevet_av": one.skrevet_av,
            "klagefrist": one.klagefrist.isoformat(),
            "klagefrist_da_klagen_kom": as_it_came[one.id].isoformat(),
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
            "skrevet_ned": one.nedtegnet
            and {
                "av": one.nedtegnet.ansatt_navn,
                "hvordan": one.nedtegnet.hvordan,
                "sagt": one.nedtegnet.sagt.isoformat(),
            },
            "rettinger": [
                {
                    "hva": each.ord.hva,
                    "onske": each.ord.onske,
                    "hvorfor_sent": each.ord.sent,
                    "sprak": each.sprak,
                    "skrevet_av": each.skrevet_av,
                    "bekrefter": each.bekrefter,
                    "lagret": iso(each.laget),
                }
                for each in one.rettinger
            ],
            "tillegg": [
                {
                    "nummer": each.nummer,
                    "sendt": iso(each.laget),
                    "tekst": each.tekst,
                    "sprak": each.sprak,
                    "skrevet_av": each.skrevet_av,
                    "sha256": each.sha256,
                    "vedlegg": [file.navn for file in added.get(each.id, ())],
                    "steg": each.steg,
                    "steg_registrert": iso(each.steg_laget) if each.steg_laget else None,
                }
                for each in one.tillegg
            ],
            "trukket": one.trukket
            and {
                "tekst": one.trukket.tekst,
                "sprak": one.trukket.sprak,
                "skrevet_av": one.trukket.skrevet_av,
                "trukket": iso(one.trukket.laget),
            },
        }
        for one in klager
    ]
