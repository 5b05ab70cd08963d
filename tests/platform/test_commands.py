"""`flask migrer` brings the schema up and down, and says what it cannot do."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, inspect, text

from webapp import create_app
from webapp.config import DEMO_MASTER_KEY, read
from webapp.platform import database


@pytest.fixture
def fersk(tmp_path: Path) -> Flask:
    """The program on a database that nothing has been done to; SQLite is enough, the choice is made before any SQL."""
    return create_app(
        read(
            {
                "MEDVIRK_DEMO": "1",
                "MEDVIRK_MASTER_KEYS": f"demo:{DEMO_MASTER_KEY}",
                "MEDVIRK_DATABASE_URL": f"sqlite:///{tmp_path}/fersk.db",
                "MEDVIRK_ORIGIN": "http://localhost",
            }
        )
    )


def migrer(app: Flask, *words: str) -> tuple[int, str]:
    """Run it; the exit status and what it said."""
    done = app.test_cli_runner().invoke(args=["migrer", *words])
    with app.app_context():
        database.engines().dispose()
    return done.exit_code, done.output


def stands_at(app: Flask) -> tuple[str | None, set[str]]:
    """The version of the schema, and its tables."""
    engine = create_engine(app.extensions["medvirk.settings"].database_url)
    with engine.connect() as connection:
        version = connection.scalar(text("SELECT version_num FROM alembic_version"))
        tables = set(inspect(connection).get_table_names())
    engine.dispose()
    return version, tables


def test_the_schema_goes_up_and_down_to_the_version_it_is_told(fersk: Flask) -> None:
    assert migrer(fersk) == (0, "Databasen er klar.\n")
    newest, tables = stands_at(fersk)
    assert "klage" in tables
    assert migrer(fersk, "--til", "0001") == (0, "Databasen er klar.\n")
    version, left = stands_at(fersk)
    assert version == "0001"
    assert "bruker" in left
    assert "klage" not in left
    assert migrer(fersk, "--til", "0003")[0] == 0
    assert stands_at(fersk)[0] == "0003"
    assert migrer(fersk, "--til", "0003")[0] == 0
    assert migrer(fersk, "--til", "-1")[0] == 0
    assert stands_at(fersk)[0] == "0002"
    assert migrer(fersk)[0] == 0
    assert stands_at(fersk) == (newest, tables)
    assert migrer(fersk, "--til", "base")[0] == 0
    assert stands_at(fersk) == (None, {"alembic_version"})


def test_a_version_that_is_not_there_is_said_in_a_sentence(fersk: Flask) -> None:
    migrer(fersk)
    before = stands_at(fersk)
    status, said = migrer(fersk, "--til", "9999")
    assert status == 1
    assert "9999" in said
    assert "Traceback" not in said
    assert stands_at(fersk) == before
