"""The worlds that are measured: an empty, migrated database, invented people in it, and sessions without a browser."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from alembic import command as alembic
from flask import Flask, g, session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import create_engine, text

from tests.verden import Verden
from webapp import create_app
from webapp.config import DEMO_MASTER_KEY, read
from webapp.identitet import okter, service
from webapp.kartlegging.skjema import SKJEMA, Type
from webapp.platform.commands import alembic_config
from webapp.platform.database import writing

THEME = "/kartlegging/bolig"
QUESTION = "bolig.fungerer"
WORDS = "Jeg bor i en liten leilighet. Det er stille her, og det er kort vei til bussen. " * 3

Session = tuple[str, str]  # the Cookie header, and a form key that goes with it


@dataclass(frozen=True)
class Maling:
    """What is measured in: ``env`` starts a server on the same database as ``app``, whose app context is open."""

    app: Flask
    env: dict[str, str]
    verden: Verden
    brukere: tuple[Session, ...]
    ansatt: Session

    @property
    def database(self) -> str:
        """The address of the database, as MEDVIRK_DATABASE_URL takes it."""
        return self.env["MEDVIRK_DATABASE_URL"]


@contextmanager
def world(kind: str) -> Iterator[Maling]:
    """A database of ``kind`` with eight brukere of one veileder, all signed in; the first has filled in a theme."""
    with _database(kind) as url:
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
            sessions = tuple(_sign_in(app, verden.kommune_id, "bruker", bruker) for bruker in brukere)
            staff = _sign_in(app, verden.kommune_id, "ansatt", verden.kari)
            _fill_in(app, sessions[0])
            yield Maling(app, env, verden, sessions, staff)
        app.extensions["medvirk.engines"].dispose()


@contextmanager
def bare_database(url: str) -> Iterator[str]:
    """Where the bare app keeps its rows: a file of its own, or a table in the same PostgreSQL."""
    if url.startswith("sqlite"):
        import sqlite3

        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/bare.db"
            with sqlite3.connect(path) as connection:
                # Here, not at each first save: a change of journal does not wait for a lock, it fails.
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("CREATE TABLE rad (id INTEGER PRIMARY KEY, tekst TEXT)")
            yield path
        return
    with create_engine(url).begin() as connection:
        connection.execute(text("CREATE TABLE IF NOT EXISTS rad (id BIGSERIAL PRIMARY KEY, tekst TEXT)"))
    yield url.replace("postgresql+psycopg://", "postgresql://", 1)


@contextmanager
def _database(kind: str) -> Iterator[str]:
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


def _sign_in(app: Flask, kommune_id: int, person_type: str, person_id: UUID) -> Session:
    with writing(unverified=True) as db:
        innlogging = okter.start(db, kommune_id, person_type, person_id, "lenke")
    with app.test_request_context():
        g.pop("csrf_token", None)  # the one before lies in the app context that we are inside of
        key = generate_csrf()
        serializer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own has it
        signed = serializer.dumps(dict(session))
        name = okter.cookie_name(person_type)
    return f"{name}={innlogging.cookie}; {app.config['SESSION_COOKIE_NAME']}={signed}", key


def _fill_in(app: Flask, who: Session) -> None:
    """Answer every own-words question of the theme, so that the page measured is a used one."""
    client = app.test_client(use_cookies=False)
    fields = {
        s.id: {"verdi": WORDS, "vil_ikke": False, "versjon": 0, "merke": ""}
        for s in SKJEMA.tema("bolig").alle()
        if s.type is Type.TEKST
    }
    done = client.post(f"{THEME}/lagre", json={"felt": fields}, headers={"Cookie": who[0], "X-CSRFToken": who[1]})
    assert done.status_code == 200, done.text
