"""The log of events: declared, chained, and closed to change."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.verden import Verden
from webapp.platform import audit, clock, database
from webapp.platform.audit import SYSTEM, Hendelse


def faults(kommune_id: int) -> list[str]:
    return audit.verify(kommune_id)


def without_guard(statement: str) -> None:
    """What an intruder with the keys to the database could do: put the guard aside first."""
    engine = database.engines().write
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for verb in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER hendelse_no_{verb}"))
        else:
            connection.execute(text("ALTER TABLE hendelse DISABLE TRIGGER USER"))
        connection.execute(text(statement))


def test_the_chain_of_a_new_world_is_whole(app: Flask, verden: Verden) -> None:
    assert faults(verden.kommune_id) == []
    assert faults(verden.annen_kommune_id) == []


@pytest.mark.parametrize("name", ["bruker_apnet", "finnes_ikke"])
def test_an_event_that_is_not_as_declared_is_refused(app: Flask, verden: Verden, name: str) -> None:
    with pytest.raises(audit.UndeclaredEvent), database.writing() as db:
        audit.record(db, verden.kommune_id, name, SYSTEM, navn="Amina")


@pytest.mark.parametrize(
    "statement",
    ["UPDATE hendelse SET type = 'annet'", "DELETE FROM hendelse", "DELETE FROM hendelse WHERE lopenr = 1"],
)
def test_the_database_itself_refuses_to_change_the_log(app: Flask, verden: Verden, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), database.engines().write.begin() as connection:
        connection.execute(text(statement))


def test_replacing_a_row_is_refused_too(app: Flask, verden: Verden) -> None:
    if database.engines().write.dialect.name != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    with pytest.raises(DBAPIError, match="append-only"), database.engines().write.begin() as connection:
        connection.execute(text("INSERT OR REPLACE INTO hendelse SELECT * FROM hendelse"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE hendelse SET aktor_type = 'bruker' WHERE lopenr = 3 AND kommune_id = {k}",
        "DELETE FROM hendelse WHERE lopenr = 3 AND kommune_id = {k}",
        "DELETE FROM hendelse WHERE kommune_id = {k} AND lopenr ="
        " (SELECT max(lopenr) FROM hendelse WHERE kommune_id = {k})",
        "DELETE FROM hendelse WHERE kommune_id = {k}",
    ],
)
def test_what_an_intruder_changes_shows(app: Flask, verden: Verden, statement: str) -> None:
    without_guard(statement.format(k=verden.kommune_id))
    assert faults(verden.kommune_id)
    assert faults(verden.annen_kommune_id) == []


def test_events_written_at_once_have_no_gap(app: Flask, verden: Verden) -> None:
    def write() -> None:
        with app.app_context():
            for _ in range(10):
                with database.writing() as db:
                    audit.record(db, verden.kommune_id, "kommune_opprettet", SYSTEM)

    with database.reading() as db:
        before = db.scalar(select(func.count()).select_from(Hendelse))
    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Hendelse)) == (before or 0) + 40
    assert faults(verden.kommune_id) == []


def test_a_moment_told_in_another_zone_is_the_same_moment(app: Flask, verden: Verden) -> None:
    oslo = datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=1)))
    with clock.frozen(oslo), database.writing() as db:
        audit.record(db, verden.kommune_id, "kommune_opprettet", SYSTEM)
    assert faults(verden.kommune_id) == []


def test_a_transaction_that_fails_leaves_no_event(app: Flask, verden: Verden) -> None:
    with database.reading() as db:
        before = db.scalar(select(func.max(Hendelse.lopenr)))
    with pytest.raises(RuntimeError), database.writing() as db:
        audit.record(db, verden.kommune_id, "kommune_opprettet", SYSTEM)
        raise RuntimeError
    with database.reading() as db:
        assert db.scalar(select(func.max(Hendelse.lopenr))) == before
