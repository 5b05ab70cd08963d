"""Figures for Medvirk beside a bare Flask app, on this machine, in one run: ``make bench``. Never fails for being slow.

Arguments: ``--quick`` (shorter runs, 10,000 people), ``--many N`` (how many people, 100,000 unless told).
PostgreSQL is measured too when MEDVIRK_TEST_POSTGRES_URL is set.
"""

from __future__ import annotations

import argparse
import contextvars
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from alembic import command as alembic
from flask import Flask, g, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import create_engine, text

from tests.bench import hearing, load, matters, people, photo, servers, sizes, sprak, utboks
from tests.bench.load import BareSave, Figures, Page, Save
from tests.verden import Verden
from webapp import create_app
from webapp.config import DEMO_MASTER_KEY, read
from webapp.identitet import okter, service
from webapp.platform import logs
from webapp.platform.commands import alembic_config
from webapp.platform.database import writing

THEME = "/kartlegging/bolig"
QUESTION = "bolig.fungerer"
WORDS = "Jeg bor i en liten leilighet. Det er stille her, og det er kort vei til bussen. " * 3


def main() -> None:
    """Measure everything, and print it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--many", type=int)
    parser.add_argument("--sider", action="store_true", help="only what pages weigh, in every language")
    given = parser.parse_args()
    logs.configure(quiet=True)
    seconds = 3.0 if given.quick else 8.0
    many = given.many or (10_000 if given.quick else 100_000)
    databases = ["sqlite"] + (["postgresql"] if os.environ.get("MEDVIRK_TEST_POSTGRES_URL") else [])
    for kind in databases:
        with database(kind) as url:
            print(f"\n== {kind} ==")
            measure(url, seconds, many, only_pages=given.sider)
    if not given.sider:
        # Not above: it drives a browser and needs scripts/ on the path, which utboks.py by itself does not have.
        from tests.bench import frakoblet

        frakoblet.measure()


@contextmanager
def database(kind: str) -> Iterator[str]:
    """An empty, migrated database of ``kind``: its address, as MEDVIRK_DATABASE_URL takes it."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/bench.db"
            alembic.upgrade(alembic_config(url), "head")
            yield url
        return
    root = os.environ["MEDVIRK_TEST_POSTGRES_URL"].replace("postgresql://", "postgresql+psycopg://", 1)
    name = f"medvirk_bench_{uuid4().hex[:8]}"
    engine = create_engine(root, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = f"{root.rsplit('/', 1)[0]}/{name}"
    try:
        alembic.upgrade(alembic_config(url), "head")
        yield url
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def measure(url: str, seconds: float, many: int, *, only_pages: bool = False) -> None:
    """All figures for one database; with ``only_pages`` what pages weigh and nothing that takes time."""
    env = {
        "MEDVIRK_DEMO": "1",
        "MEDVIRK_MASTER_KEYS": f"demo:{DEMO_MASTER_KEY}",
        "MEDVIRK_DATABASE_URL": url,
        "MEDVIRK_ORIGIN": "http://localhost",
    }
    app = create_app(read(env))
    with app.app_context():
        verden = Verden.lag()
        brukere = [verden.amina, verden.jonas] + [
            service.register_bruker(
                verden.kommune_id, verden.nord, verden.kari, service.Profil(f"Bruker {n}"), kode=f"bench{n}"
            )
            for n in range(6)
        ]
        sessions = tuple(sign_in(app, verden.kommune_id, "bruker", bruker) for bruker in brukere)
        staff = sign_in(app, verden.kommune_id, "ansatt", verden.kari)
        fill_in(app, sessions[0])
        sizes.report(app, sessions[0][0], staff[0], verden)
        sizes.report_visits(app, sessions[0][0], verden)
        # Out of this app context, in which a request would find the language of the one before.
        contextvars.Context().run(sprak.report, app, sessions[0][0], verden)
        if only_pages:
            return

        for kind in servers.KINDS:
            print(f"\n-- {kind}, 2 workers × 4 threads, 8 connections --")
            throughput(kind, env, sessions, seconds, app)
        print("\n-- growth --")
        growth(env, verden, sessions[0][0], staff[0], many, seconds)
        print("\n-- being heard, one connection, beside those matters --")
        with tempfile.TemporaryDirectory() as folder:
            who = hearing.Browser(*sessions[0]), hearing.Browser(*staff)
            for found in hearing.measure(app, env, _bare_database(url, folder), verden, *who, seconds):
                show(*found)
        print("\n-- reminders drained by one worker, to a mail server that only listens --")
        utboks.report(app, verden)
        print("\n-- an answer with a photo of 5 MB, over slow 4G (1.6 Mbit/s down, 0.75 up, 150 ms) --")
        photo.report(app, env, verden)
    app.extensions["medvirk.engines"].dispose()


def sign_in(app: Flask, kommune_id: int, person_type: str, person_id: UUID) -> tuple[str, str]:
    """A session without a browser: the Cookie header, and a form key that goes with it."""
    with writing(unverified=True) as db:
        innlogging = okter.start(db, kommune_id, person_type, person_id, "lenke")
    with app.test_request_context():
        g.pop("csrf_token", None)  # the one before lies in the app context that we are inside of
        key = generate_csrf()
        serializer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own has it
        signed = serializer.dumps(dict(session))
        name = okter.cookie_name(person_type)
    return f"{name}={innlogging.cookie}; {app.config['SESSION_COOKIE_NAME']}={signed}", key


def fill_in(app: Flask, session: tuple[str, str]) -> None:
    """Answer every own-words question of the theme, so that the page measured is a used one."""
    from webapp.kartlegging.skjema import SKJEMA, Type

    client = app.test_client(use_cookies=False)
    fields = {
        s.id: {"verdi": WORDS, "vil_ikke": False, "versjon": 0, "merke": ""}
        for s in SKJEMA.tema("bolig").alle()
        if s.type is Type.TEKST
    }
    done = client.post(
        f"{THEME}/lagre", json={"felt": fields}, headers={"Cookie": session[0], "X-CSRFToken": session[1]}
    )
    assert done.status_code == 200, done.text


def throughput(
    kind: str, env: dict[str, str], sessions: tuple[tuple[str, str], ...], seconds: float, app: Flask
) -> None:
    """The theme page and the save beside a bare page of the same size and a bare one-row commit."""
    html = app.test_client(use_cookies=False).get(THEME, headers={"Cookie": sessions[0][0]})
    size = len(html.data)
    with tempfile.TemporaryDirectory() as folder:
        bare_db = _bare_database(env["MEDVIRK_DATABASE_URL"], folder)
        bare_env = {"BENCH_BYTES": str(size), "BENCH_DB": bare_db}
        with servers.running(kind, "tests.bench.bare:app", bare_env, "/") as server:
            bare_page = load.run(server, Page("/", {}), seconds)
            bare_save = load.run(server, BareSave(WORDS), seconds)
        with servers.running(kind, "wsgi:app", env, "/healthz") as server:
            plain = load.run(server, Page(THEME, {"Cookie": sessions[0][0]}), seconds)
            packed = load.run(server, Page(THEME, {"Cookie": sessions[0][0], "Accept-Encoding": "br"}), seconds)
            save = load.run(server, Save(sessions, QUESTION, WORDS), seconds)
            memory = server.worker_megabytes()
    show(f"bare page of {size / 1000:.0f} KB", bare_page)
    show("theme page, as it is", plain, bare_page)
    show("theme page, compressed", packed, bare_page)
    show("bare one-row commit", bare_save)
    show("save of an answer", save, bare_save)
    print(
        f"  mean save per browser, slowest/fastest: {save.slowest_client_mean:.1f}/{save.fastest_client_mean:.1f} ms"
        f" (bare: {bare_save.slowest_client_mean:.1f}/{bare_save.fastest_client_mean:.1f})"
    )
    print("  resident memory per process, MB: " + ", ".join(f"{size:.0f}" for size in memory))


def _bare_database(url: str, folder: str) -> str:
    if url.startswith("sqlite"):
        import sqlite3

        path = f"{folder}/bare.db"
        with sqlite3.connect(path) as connection:
            # Here, not at each first save: a change of journal does not wait for a lock, it fails.
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("CREATE TABLE rad (id INTEGER PRIMARY KEY, tekst TEXT)")
        return path
    plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
    with create_engine(url).begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS rad (id BIGSERIAL PRIMARY KEY, tekst TEXT)"))
    return plain


def growth(env: dict[str, str], verden: Verden, bruker: str, staff: str, many: int, seconds: float) -> None:
    """The theme page and the worklist with a thousand brukere in the kommune, and with many. One connection."""
    before: dict[str, Figures] = {}
    # Fifty brukere for the veileder who looks, whatever the size of the kommune.
    people.add(verden.kommune_id, verden.nord, [verden.kari], 50)
    others = [verden.per, verden.sara]
    people.add(verden.kommune_id, verden.nord, others, 1000 - 58)
    for count in (1000, many):
        if count > 1000:
            people.add(verden.kommune_id, verden.nord, others, count - 1000)
        open_matters = matters.add(verden.kommune_id, every=5)
        print(f"  {open_matters:,} open matters more")
        with servers.running("gunicorn", "wsgi:app", env, "/healthz") as server:
            for name, page in (
                ("theme page", Page(THEME, {"Cookie": bruker})),
                ("worklist", Page("/veileder/", {"Cookie": staff})),
                ("worklist, matters", Page("/veileder/?vis=saker", {"Cookie": staff})),
                ("worklist, overdue", Page("/veileder/?vis=over", {"Cookie": staff})),
            ):
                figures = load.run(server, page, seconds, connections=1)
                ratio = f" {figures.p95 / before[name].p95:.2f} × that with 1,000" if name in before else ""
                print(f"  {name}, {count:,} brukere: p50 {figures.p50:.1f} ms, p95 {figures.p95:.1f} ms{ratio}")
                before.setdefault(name, figures)


def show(name: str, figures: Figures, beside: Figures | None = None) -> None:
    """One line."""
    ratio = (
        f"  | {figures.per_second / beside.per_second:.2f} × bare, per CPU second"
        f" {figures.per_cpu_second / beside.per_cpu_second:.2f} ×"
        if beside
        else ""
    )
    print(
        f"  {name:28} {figures.per_second:7.0f} /s {figures.per_cpu_second:7.0f} /CPU-s"
        f"  p50 {figures.p50:6.1f} p95 {figures.p95:6.1f} p99 {figures.p99:6.1f} worst {figures.worst:6.1f} ms{ratio}"
    )


if __name__ == "__main__":
    main()
