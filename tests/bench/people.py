"""Many invented people, put straight into the tables: sealed and indexed as the services would, only faster."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from sqlalchemy import insert

from webapp.identitet.models import Bruker, Datanokkel, Navnedel, Tildeling
from webapp.identitet.segl import key_place
from webapp.identitet.service import Profil
from webapp.kartlegging.models import Kartlegging
from webapp.platform import clock, ids, kommune
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place

FIRST = ("Amina", "Jonas", "Maja", "Omar", "Ida", "Kofi", "Nora", "Ali", "Linnea", "Sondre")
LAST = ("Prøve", "Demo", "Testvik", "Øvelse", "Eksempel", "Utkast", "Skisse")


def add(kommune_id: int, kontor_id: UUID, ansatte: list[UUID], count: int) -> None:
    """Add ``count`` brukere, spread over ``ansatte``; two of three have begun a mapping, half have delivered."""
    ring, now = kommune.keyring(), clock.now()
    with reading() as db:
        search = kommune.seal_of(db, kommune_id)
    hashes = {word: search.fingerprint("navn", word.casefold()) for word in (*FIRST, *LAST)}
    for start in range(0, count, 5000):
        rows: dict[type, list[dict[str, object]]] = {
            table: [] for table in (Bruker, Datanokkel, Navnedel, Tildeling, Kartlegging)
        }
        for n in range(start, min(start + 5000, count)):
            bruker_id = ids.new_id()
            seal, wrapped, master = ring.new_key(key_place(kommune_id, bruker_id))
            first, last = FIRST[n % len(FIRST)], LAST[n % len(LAST)]
            common = {"kommune_id": kommune_id, "bruker_id": bruker_id}
            place = Place("bruker", "profil", kommune_id, bruker_id)
            rows[Bruker].append(
                {
                    "id": bruker_id,
                    "kommune_id": kommune_id,
                    "kontor_id": kontor_id,
                    "kode": f"b{bruker_id.hex[:4]}{bruker_id.hex[-14:]}",
                    "sprak": "nb",
                    "visning": "full",
                    "profil": seal.close_json(asdict(Profil(f"{first} {last}")), place),
                    "laget": now,
                }
            )
            rows[Datanokkel].append({**common, "nokkel": wrapped, "hovednokkel": master})
            rows[Navnedel] += [{**common, "hash": hashes[word]} for word in (first, last)]
            rows[Tildeling].append(
                {
                    **common,
                    "id": ids.new_id(),
                    "ansatt_id": ansatte[n % len(ansatte)],
                    "som": "ansvarlig",
                    "fra": now,
                }
            )
            delivered = now - timedelta(days=n % 40) if n % 2 else None
            rows[Kartlegging].append(
                {
                    **common,
                    "visning": "full",
                    "begynt": now if n % 3 else None,
                    "levert": delivered,
                    "samtale_frist": (delivered + timedelta(days=14)).date() if delivered else None,
                    "plan_frist": (delivered + timedelta(days=30)).date() if delivered else None,
                    "venter_svar": 0,
                    "nye_svar": 0,
                }
            )
        with writing(unverified=True) as db:
            for table, values in rows.items():
                db.execute(insert(table), values)
