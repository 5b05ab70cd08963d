"""Ten thousand reminders drained by one worker, against a mail server that only listens.

By itself: ``python -m tests.bench.utboks [COUNT]``, on SQLite and, when MEDVIRK_TEST_POSTGRES_URL is set, PostgreSQL.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import insert, select

from tests.bench import people
from tests.bench.verdener import world
from tests.verden import Verden
from webapp.config import Settings
from webapp.identitet.models import Bruker, Datanokkel
from webapp.identitet.segl import key_place
from webapp.kanaloppsett import Kanaler, Smtp
from webapp.paminnelse import mottakere
from webapp.paminnelse.arbeider import Arbeider
from webapp.paminnelse.models import Paminnelsevalg
from webapp.platform import clock, ids, kommune, logs, utboks
from webapp.platform.database import reading, writing
from webapp.platform.utboks import Hendelse

COUNT = 10_000
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)  # not at night, whenever it is measured


def report(app: Flask, verden: Verden, count: int = COUNT) -> None:
    """Measure on the database of ``app``, and print it."""
    settings: Settings = app.extensions["medvirk.settings"]
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("sluk.py"))], stdout=subprocess.PIPE, text=True
    ) as sink:
        assert sink.stdout is not None
        port = int(sink.stdout.readline())
        smtp = Smtp("127.0.0.1", port, "ingen", "Medvirk <ikke-svar@medvirk.example>")
        with clock.frozen(NOON):
            who = _willing(verden, count)
            begun = time.perf_counter()
            with writing(unverified=True) as db:
                for bruker_id in who:
                    utboks.legg(
                        db, verden.kommune_id, Hendelse.MERKNAD, ids.new_id(), {"straks": NOON}, bruker_id=bruker_id
                    )
            put_in = time.perf_counter() - begun
            processor = time.process_time()
            begun = time.perf_counter()
            worker = Arbeider(replace(settings, kanaler=Kanaler(smtp=smtp)))
            done = worker.drain()
            took = time.perf_counter() - begun
            processor = time.process_time() - processor
        sink.kill()
    print(
        f"   {count} reminders: put in {put_in:.1f} s; decided on and sent as e-mail by one worker in {took:.1f} s = "
        f"{count / took * 60:,.0f} a minute ({done} steps, {processor:.1f} s of processor time)"
    )


def _willing(verden: Verden, count: int) -> list[UUID]:
    """That many brukere who have agreed to e-mail."""
    people.add(verden.kommune_id, verden.nord, [verden.kari, verden.per], count)
    ring = kommune.keyring()
    with reading() as db:
        rows = db.execute(
            select(Bruker.id, Datanokkel.nokkel, Datanokkel.hovednokkel)
            .join(Datanokkel, (Datanokkel.kommune_id == Bruker.kommune_id) & (Datanokkel.bruker_id == Bruker.id))
            .where(Bruker.kommune_id == verden.kommune_id, Bruker.kode.startswith("b0"))
            .order_by(Bruker.id.desc())
            .limit(count)
        ).all()
    values = []
    for number, (bruker_id, nokkel, hovednokkel) in enumerate(rows):
        seal = ring.unwrap(nokkel, hovednokkel, key_place(verden.kommune_id, bruker_id))
        address = {"epost": f"bruker{number}@example.org", "telefon": ""}
        place = mottakere.adresse_place(verden.kommune_id, bruker_id)
        values.append(
            {
                "kommune_id": verden.kommune_id,
                "bruker_id": bruker_id,
                "epost": True,
                "sms": False,
                "adresse": seal.close_json(address, place),
                "stille_fra": 21,
                "stille_til": 8,
                "endret": NOON,
            }
        )
    with writing(unverified=True) as db:
        db.execute(insert(Paminnelsevalg), values)
    return [row[0] for row in rows]


def main() -> None:
    """See the module."""
    logs.configure(quiet=True)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    for kind in ["sqlite"] + (["postgresql"] if os.environ.get("MEDVIRK_TEST_POSTGRES_URL") else []):
        print(f"\n== {kind} ==")
        with world(kind) as maling:
            report(maling.app, maling.verden, count)


if __name__ == "__main__":
    main()
