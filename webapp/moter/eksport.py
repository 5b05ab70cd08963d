"""What this room holds about one bruker, for the bruker (S3, S4; GDPR art. 15 and 20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.identitet import eksport as identitet
from webapp.identitet.eksport import iso, rows_of
from webapp.moter.models import Dagsorden, Mote, Motevurdering, Notatkommentar, Notatversjon, Samtalenotat
from webapp.platform.database import reading
from webapp.platform.sealing import Place, Seal


def omfang(db: Session, kommune_id: int, bruker_id: UUID) -> dict[str, int]:
    """How much there is, in one query."""
    columns = [
        select(func.count())
        .select_from(table)
        .where(table.kommune_id == kommune_id, table.bruker_id == bruker_id)
        .scalar_subquery()
        .label(name)
        for name, table in (("moter", Mote), ("notater", Notatversjon))
    ]
    return dict(db.execute(select(*columns)).one()._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it


def eksport(kommune_id: int, bruker_id: UUID, seal: Seal) -> dict[str, Any]:
    """Every meeting with what both sides have written about it. Times are ISO 8601 in UTC.

    A note that the veileder has not shared is not part of it; ``upublisert_notat`` says that there is one. It is the
    veileder's working paper until it is shared, and is asked for at the office.
    """
    with reading() as db:
        moter = rows_of(db, Mote, kommune_id, bruker_id, Mote.nar)
        dagsorden = {d.mote_id: d for d in rows_of(db, Dagsorden, kommune_id, bruker_id, Dagsorden.endret)}
        notater = rows_of(db, Samtalenotat, kommune_id, bruker_id, Samtalenotat.endret)
        versjoner = _by(rows_of(db, Notatversjon, kommune_id, bruker_id, Notatversjon.delt), "notat_id")
        kommentarer = _by(rows_of(db, Notatkommentar, kommune_id, bruker_id, Notatkommentar.laget), "notatversjon_id")
        vurderinger = _by(rows_of(db, Motevurdering, kommune_id, bruker_id, Motevurdering.laget), "mote_id")
        names = identitet.staff(
            db,
            kommune_id,
            {m.ansatt_id for m in moter}
            | {m.melding_av for m in moter}
            | {v.ansatt_id for vs in versjoner.values() for v in vs},
        )
    notat_of = {n.mote_id: n for n in notater}

    def who(ansatt_id: UUID | None) -> str | None:
        return names[ansatt_id].navn if ansatt_id in names else None

    def version(row: Notatversjon) -> dict[str, Any]:
        return {
            "versjon": row.versjon,
            "delt": iso(row.delt),
            "delt_av": who(row.ansatt_id),
            "innhold": seal.open_json(row.innhold, _place("notatversjon", "innhold", row)),
            "sha256": row.sha256.hex(),
            "kommentarer": [_words("notatkommentar", row, seal) for row in kommentarer.get(row.id, ())],
        }

    def meeting(row: Mote) -> dict[str, Any]:
        notat = notat_of.get(row.id)
        shared = versjoner.get(notat.id, []) if notat else []
        agenda = dagsorden.get(row.id)
        return {
            "nar": iso(row.nar),
            "minutter": row.minutter,
            "form": row.form,
            "sted": seal.open(row.sted, _place("mote", "sted", row)),
            "melding": seal.open(row.melding, _place("mote", "melding", row)) if row.melding else None,
            "melding_fra": who(row.melding_av),
            "tilstand": row.tilstand,
            "veileder": who(row.ansatt_id),
            "veileder_byttet": iso(row.byttet),
            "avtalt": iso(row.laget),
            "endret": iso(row.endret),
            "vil_ta_opp": {
                "tekst": seal.open(agenda.tekst, Place("dagsorden", "tekst", kommune_id, agenda.mote_id)),
                "sprak": agenda.sprak,
                "skrevet_av": agenda.skrevet_av,
                "endret": iso(agenda.endret),
            }
            if agenda
            else None,
            "notater": [version(one) for one in shared],
            "upublisert_notat": notat is not None and not shared,
            "vurderinger": [
                {"ansikt": v.ansikt, **_words("motevurdering", v, seal)} for v in vurderinger.get(row.id, ())
            ],
        }

    return {"moter": [meeting(row) for row in moter]}


def _by(rows: Iterable[Any], key: str) -> dict[UUID, list[Any]]:
    grouped: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, key)].append(row)
    return grouped


def _words(table: str, row: Any, seal: Seal) -> dict[str, Any]:
    return {
        "tekst": seal.open(row.tekst, _place(table, "tekst", row)),
        "sprak": row.sprak,
        "skrevet_av": row.skrevet_av,
        "laget": iso(row.laget),
    }


def _place(table: str, column: str, row: Any) -> Place:
    return Place(table, column, row.kommune_id, row.id)
