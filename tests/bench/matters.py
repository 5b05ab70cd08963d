"""Many open matters, put straight into the tables: a vedtak, a vilkår and a matter that has reached the bruker."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, insert, select, update

from webapp.identitet.models import Tildeling
from webapp.platform import clock, ids
from webapp.platform.database import reading, writing
from webapp.varsel.models import Varselsak
from webapp.vilkar.models import Vedtak, Vilkar, Vilkarversjon

NOTHING = b""  # sealed columns that no list opens


def add(kommune_id: int, every: int) -> int:
    """One open matter for every ``every``-th bruker who has none; returns how many were made."""
    mine = (Varselsak.kommune_id == Tildeling.kommune_id, Varselsak.bruker_id == Tildeling.bruker_id)
    with reading() as db:
        found = db.execute(
            select(Tildeling.bruker_id, Tildeling.ansatt_id)
            .where(Tildeling.kommune_id == kommune_id, Tildeling.til.is_(None), ~exists().where(*mine))
            .order_by(Tildeling.bruker_id)
        ).all()[::every]
    now, today = clock.now(), date(2026, 11, 24)
    for start in range(0, len(found), 2000):
        rows: dict[type, list[dict[str, Any]]] = {table: [] for table in (Vedtak, Vilkar, Vilkarversjon, Varselsak)}
        for bruker_id, ansatt_id in found[start : start + 2000]:
            vedtak_id, vilkar_id, versjon_id = ids.new_id(), ids.new_id(), ids.new_id()
            common = {"kommune_id": kommune_id, "bruker_id": bruker_id, "laget": now}
            rows[Vedtak].append(
                {
                    **common,
                    "id": vedtak_id,
                    "ansatt_id": ansatt_id,
                    "nummer": NOTHING,
                    "dato": today,
                    "hjemmel": "aktivitet",
                    "ytelse": "livsopphold",
                    "reduksjon_oppgitt": True,
                    "klagefrist": today + timedelta(days=21),
                    "rad_vurdert": False,
                }
            )
            rows[Vilkar].append(
                {
                    **common,
                    "id": vilkar_id,
                    "vedtak_id": vedtak_id,
                    "slag": "aktivitet",
                    "tilstand": "gjelder",
                    "versjon": 1,
                    "frist": today,
                    "endret": now,
                }
            )
            rows[Vilkarversjon].append(
                {
                    **common,
                    "id": versjon_id,
                    "vilkar_id": vilkar_id,
                    "vedtak_id": vedtak_id,
                    "ansatt_id": ansatt_id,
                    "versjon": 1,
                    "type": "fritekst",
                    "innhold": NOTHING,
                    "frist": today,
                    "konsekvens_oppgitt": True,
                }
            )
            rows[Varselsak].append(
                {
                    **common,
                    "id": ids.new_id(),
                    "vilkar_id": vilkar_id,
                    "vilkarversjon_id": versjon_id,
                    "tilstand": "notert",
                    "steg": 1,
                    "siste": now,
                }
            )
        with writing(unverified=True) as db:
            for table, values in rows.items():
                db.execute(insert(table), values)
            # A matter begins with nothing done in it; then it may be moved on.
            begun = Varselsak.tilstand == "notert"
            moved = {"tilstand": "nadd", "steg": 3, "frist": now + timedelta(days=14)}
            db.execute(update(Varselsak).where(Varselsak.kommune_id == kommune_id, begun).values(**moved))
    return len(found)
