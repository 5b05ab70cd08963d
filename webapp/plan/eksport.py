"""What this room holds about one bruker, for the bruker (S3; GDPR art. 15 and 20)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.identitet import eksport as identitet
from webapp.identitet.eksport import iso, rows_of
from webapp.plan import innhold, service, versjoner
from webapp.plan.models import Aktivitet, Mal, Plan, Planhendelse, Plankjennskap, Planversjon
from webapp.platform.database import reading
from webapp.platform.sealing import Seal


def omfang(db: Session, kommune_id: int, bruker_id: UUID) -> dict[str, int]:
    """How much there is, in one query."""
    columns = [
        select(func.count())
        .select_from(table)
        .where(table.kommune_id == kommune_id, table.bruker_id == bruker_id)
        .scalar_subquery()
        .label(name)
        for name, table in (("plansteg", Aktivitet), ("planmal", Mal))
    ]
    return dict(db.execute(select(*columns)).one()._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it


def eksport(kommune_id: int, bruker_id: UUID, seal: Seal) -> dict[str, Any]:
    """The plan as it stands, everything that happened in it, and every version. Times are ISO 8601 in UTC."""
    with reading() as db:
        plan = db.get(Plan, (kommune_id, bruker_id))
        steps = rows_of(db, Aktivitet, kommune_id, bruker_id, Aktivitet.laget)
        goals = rows_of(db, Mal, kommune_id, bruker_id, Mal.laget)
        happened = rows_of(db, Planhendelse, kommune_id, bruker_id, Planhendelse.laget)
        versions = rows_of(db, Planversjon, kommune_id, bruker_id, Planversjon.nummer)
        known = {
            one.planversjon_id: one for one in rows_of(db, Plankjennskap, kommune_id, bruker_id, Plankjennskap.laget)
        }
        names = identitet.staff(db, kommune_id, {one.ansatt_id for one in happened if one.ansatt_id})
    texts = {row.id: innhold.opened_goal(row, seal).tekst for row in goals}

    def step(row: Aktivitet) -> dict[str, Any]:
        one = innhold.opened(row, seal)
        said = one.forslag.as_json()
        said["mal"] = texts.get(row.mal_id) if row.mal_id else None
        del said["mal_id"]
        return {
            **said,
            "sprak": one.sprak,
            "tilstand": row.tilstand,
            "versjon": row.versjon,
            "bruker_sa_ja_til": row.ja_bruker_versjon,
            "nav_sa_ja_til": row.ja_nav_versjon,
            "fra_kartleggingen": row.kilde is not None,
            "laget": iso(row.laget),
            "endret": iso(row.endret),
        }

    return {
        "versjon": plan.versjon if plan else 0,
        "evaluering": plan.evaluering.isoformat() if plan else None,
        "mal": [
            {
                "tekst": texts[row.id],
                "sprak": row.sprak,
                "tilstand": row.tilstand,
                "del_av": texts.get(row.overordnet_id) if row.overordnet_id else None,
                "fra_kartleggingen": row.kilde is not None,
                "laget": iso(row.laget),
                "endret": iso(row.endret),
            }
            for row in goals
        ],
        "steg": [step(row) for row in steps],
        "hendelser": [
            {
                "hva": row.hva,
                "av": row.rolle,
                "ansatt": names[row.ansatt_id].navn if row.ansatt_id in names else None,
                "hjelper": row.hjelper,
                "tilstand": row.tilstand,
                "sprak": row.sprak,
                "laget": iso(row.laget),
                **seal.open_json(row.innhold, service.happening_place(row)),
            }
            for row in happened
        ],
        "versjoner": [
            {
                "nummer": row.nummer,
                "gjelder_fra": iso(row.gjelder_fra),
                "innhold": seal.open_json(row.innhold, versjoner.version_place(row)),
                "sha256": row.sha256.hex(),
                "bekreftet_kjent": iso(known[row.id].laget) if row.id in known else None,
                "bekreftet_av": (known[row.id].hjelper or "bruker") if row.id in known else None,
            }
            for row in versions
        ],
    }
