"""Reading and writing as two things, durable commits, fair writers, migrations up and down with data."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command as alembic
from flask import Flask
from sqlalchemy import Engine, create_engine, inspect, select, text, update
from sqlalchemy.exc import DBAPIError

from tests.verden import Verden
from webapp.identitet.models import Kontor
from webapp.platform import clock, database, ids
from webapp.platform.commands import alembic_config
from webapp.platform.database import NotWritable, reading, writing
from webapp.schema import APPEND_ONLY, metadata


def new_kontor(verden: Verden, navn: str = "Nytt") -> Kontor:
    return Kontor(id=ids.new_id(), kommune_id=verden.kommune_id, navn=navn, telefon="1", adresse="")


def test_nothing_can_be_written_while_reading(app: Flask, verden: Verden) -> None:
    with pytest.raises(NotWritable), reading() as db:
        db.add(new_kontor(verden))
    with pytest.raises(NotWritable), reading(), writing():
        pass


def test_the_database_itself_refuses_a_write_on_the_way_in_for_reading(app: Flask, verden: Verden) -> None:
    """A statement goes past the session's own bookkeeping, and autocommit would keep it."""
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), reading() as db:
        db.execute(update(Kontor).values(navn="skrevet under lesing"))
    with reading() as db:
        assert "skrevet under lesing" not in set(db.scalars(select(Kontor.navn)))


def test_a_connection_that_broke_while_it_lay_unused_is_made_anew(
    app: Flask, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    if database.engines().write.dialect.name != "postgresql":
        pytest.skip("SQLite's connections do not break")
    with writing(unverified=True), reading():
        pass  # both pools hold a connection now
    with reading() as db:
        db.execute(select(1))
    ends = create_engine(app.extensions["medvirk.settings"].database_url, isolation_level="AUTOCOMMIT")
    with ends.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    ends.dispose()
    monkeypatch.setattr(database, "TRUSTED_FOR", 0.0)
    with reading() as db:
        assert db.scalar(select(1)) == 1
    with writing(unverified=True) as db:
        db.add(new_kontor(verden, "etter bruddet"))


def test_a_room_that_calls_another_takes_part_in_its_transaction(app: Flask, verden: Verden) -> None:
    with pytest.raises(RuntimeError), writing() as outer:
        with writing() as inner:
            assert inner is outer
            inner.add(new_kontor(verden, "inne"))
        raise RuntimeError
    with reading() as db:
        assert db.scalar(select(Kontor).where(Kontor.navn == "inne")) is None


def test_a_request_without_the_form_key_cannot_write(app: Flask, verden: Verden) -> None:
    with app.test_request_context("/", method="POST"):
        with pytest.raises(NotWritable), writing():
            pass
        with writing(unverified=True):
            pass


def test_nothing_crosses_a_kommune(app: Flask, verden: Verden) -> None:
    """A reference into another kommune is refused by the database."""
    with pytest.raises(DBAPIError), database.engines().write.begin() as connection:
        connection.execute(
            text(
                "UPDATE bruker SET kontor_id = (SELECT id FROM kontor WHERE kommune_id = :there)"
                " WHERE kommune_id = :here"
            ),
            {"there": verden.annen_kommune_id, "here": verden.kommune_id},
        )


def test_at_most_one_is_responsible(app: Flask, verden: Verden) -> None:
    with pytest.raises(DBAPIError), database.engines().write.begin() as connection:
        connection.execute(
            text(
                "UPDATE tildeling SET bruker_id = (SELECT min(bruker_id::text)::uuid FROM tildeling)"
                if database.engines().write.dialect.name == "postgresql"
                else "UPDATE tildeling SET bruker_id = (SELECT min(bruker_id) FROM tildeling)"
            )
        )


def test_kommune_id_is_first_in_every_key_and_index(app: Flask) -> None:
    """But for what exists before anybody is known: the kommune itself, rate limits and sign-in challenges."""
    outside = {"kommune", "forsok", "utfordring"}
    for table in metadata.sorted_tables:
        if table.name in outside:
            continue
        assert next(iter(table.primary_key.columns)).name == "kommune_id", table.name
        for index in table.indexes:
            first = next(iter(index.columns)).name
            assert first in {"kommune_id", "endret", "hovednokkel"}, f"{index.name} begins with {first}"


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_append_only_tables_have_their_guards(app: Flask, table: str) -> None:
    engine = database.engines().write
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            names = set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type='trigger'")))
            assert {f"{table}_no_update", f"{table}_no_delete"} <= names
        else:
            names = set(connection.scalars(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")))
            assert {f"{table}_append_only", f"{table}_no_truncate"} <= names


def test_sqlite_is_durable_and_guarded(app: Flask) -> None:
    engine = database.engines().write
    if engine.dialect.name != "sqlite":
        pytest.skip("pragmas are SQLite's")
    with engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "recursive_triggers")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "recursive_triggers": 1,
    }


def test_writers_are_served_in_turn(app: Flask, verden: Verden) -> None:
    """Nobody starves: while one writer after the other comes, the one that waited longest goes next."""
    if database.engines().write.dialect.name != "sqlite":
        pytest.skip("PostgreSQL has no single writer")
    order: list[int] = []
    holding, asked = threading.Event(), []

    def writer(number: int) -> None:
        with app.app_context():
            asked.append(number)
            with writing() as db:
                db.add(new_kontor(verden, f"k{number}"))
                order.append(number)

    def holder() -> None:
        with app.app_context(), writing() as db:
            db.add(new_kontor(verden, "forst"))
            holding.set()
            release.wait(20)

    release = threading.Event()
    first = threading.Thread(target=holder)
    first.start()
    assert holding.wait(20)
    threads = []
    for number in range(6):
        thread = threading.Thread(target=writer, args=(number,))
        thread.start()
        threads.append(thread)
        deadline = time.monotonic() + 20
        while not _waiting(number + 1) and time.monotonic() < deadline:
            time.sleep(0.001)
    release.set()
    for thread in [first, *threads]:
        thread.join()
    assert order == sorted(order)


def _waiting(count: int) -> bool:
    """True when ``count`` of this process's threads stand in the kernel's queue for the lock."""
    return Path("/proc/locks").read_text().count("-> FLOCK") >= count


def test_migrations_go_down_and_up_with_data_in_them(app: Flask, verden: Verden) -> None:
    """Each step down takes its own tables and leaves the people of the step before; up again gives the same schema."""
    url = app.extensions["medvirk.settings"].database_url
    engine = create_engine(url)
    before = _shape(engine)
    database.engines().dispose()
    config = alembic_config(url)
    try:
        for step in ("0002", "0001"):
            alembic.downgrade(config, step)
            with engine.connect() as connection:
                assert connection.execute(text("SELECT count(*) FROM bruker")).scalar() == 3
        alembic.upgrade(config, "head")
        assert _shape(engine) == before
        with engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM bruker")).scalar() == 3
        alembic.downgrade(config, "base")
        assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    finally:
        alembic.upgrade(config, "head")
        engine.dispose()


def _shape(engine: Engine) -> dict[str, list[str]]:
    looked = inspect(engine)
    return {
        table: sorted(column["name"] for column in looked.get_columns(table))
        for table in sorted(looked.get_table_names())
    }


def test_the_migrations_make_what_the_models_say(app: Flask) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.engines().write.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []


def test_ids_sort_by_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also those of one moment, and after the clock of the machine has gone back."""
    made = [ids.new_id() for _ in range(1000)]
    real = time.time_ns()
    for nanoseconds in (real, real, real - 30_000_000_000, real + 1_000_000_000):
        monkeypatch.setattr("webapp.platform.ids.time.time_ns", lambda now=nanoseconds: now)
        made += [ids.new_id() for _ in range(3)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}
    assert made[-1].int >> 80 == (real + 1_000_000_000) // 1_000_000
    monkeypatch.setattr("webapp.platform.ids.time.time_ns", lambda: real + 10**18)
    ids.new_id()
    monkeypatch.setattr("webapp.platform.ids.time.time_ns", lambda: real)
    assert ids.new_id().int >> 80 == real // 1_000_000, "a clock that was far ahead is left behind"


def test_the_clock_stands_still_when_told() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    with clock.frozen(moment):
        assert clock.now() == moment
    assert clock.now() != moment


def test_a_time_without_zone_is_refused(app: Flask, verden: Verden) -> None:
    with pytest.raises(Exception, match="time zone"), writing() as db:
        from webapp.platform.attempts import Forsok

        db.add(Forsok(nokkel=b"x" * 32, fra=datetime(2026, 1, 1), antall=1))  # noqa: DTZ001 -- the mistake under test
        db.flush()
