"""Real databases for tests: made by the migrations, empty for each test, and as quick as that can be."""

from __future__ import annotations

import filecmp
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from alembic import command as alembic
from sqlalchemy import Connection, Table, create_engine, select, text

from tests.verden import Verden
from webapp.platform import database, kommune
from webapp.platform.commands import alembic_config
from webapp.schema import metadata

KIND = os.environ.get("MEDVIRK_TEST_DATABASE", "sqlite")
POSTGRES_URL = os.environ.get("MEDVIRK_TEST_POSTGRES_URL", "").replace("postgresql://", "postgresql+psycopg://", 1)
# In memory where the machine has that: a test's database need not outlive a power cut. (PostgreSQL likewise: .ci/run.)
MEMORY = Path("/dev/shm")  # noqa: S108 -- a folder with a name of its own is made in it

# All in one go. DELETE and not TRUNCATE: the tables are small, and TRUNCATE makes new files for every one of them.
_EMPTY = "; ".join(str(table.delete()) for table in metadata.sorted_tables)


@contextmanager
def migrated_database(folder: Path) -> Iterator[str]:
    """The URL of an empty, migrated database. For SQLite in ``folder``; for PostgreSQL a new one, gone afterwards."""
    if KIND == "sqlite":
        url = f"sqlite:///{folder / 'mal.db'}"
        alembic.upgrade(alembic_config(url), "head")
        yield url
        return
    name = f"medvirk_{uuid4().hex[:12]}"
    server = create_engine(POSTGRES_URL, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    base, _, query = POSTGRES_URL.partition("?")
    url = base.rsplit("/", 1)[0] + f"/{name}" + (f"?{query}" if query else "")
    alembic.upgrade(alembic_config(url), "head")
    yield url
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@contextmanager
def fresh_database(migrated: str, folder: Path) -> Iterator[str]:
    """An empty database inside the block; on PostgreSQL there is one at a time."""
    if KIND == "sqlite":
        path = folder / "medvirk.db"
        for left in folder.glob(f"{path.name}-*"):  # the log of the database that was here before
            left.unlink()
        shutil.copy(file_of(migrated), path)
        yield f"sqlite:///{path}"
        return
    yield migrated
    with _unguarded(engines(migrated)) as connection:
        connection.exec_driver_sql(_EMPTY)


@cache
def engines(url: str) -> database.Engines:
    """One pair for all tests with this address: what SQLAlchemy has compiled once, it need not compile again."""
    return database.Engines(database.make_engine(url, read_only=True), database.make_engine(url))


def world(url: str, migrated: str) -> Verden:
    """``Verden`` in the empty database of the program that is running; made by the program itself the first time in
    each process, and afterwards put in as it was."""
    if KIND == "sqlite":
        here = Path(file_of(url))
        if Path(f"{here}-wal").exists() or not filecmp.cmp(here, file_of(migrated), shallow=False):
            return Verden.lag()  # something stands here already: it is made beside it
        made, kept = _as_file(here)
        shutil.copy(kept, here)
        return made
    with engines(url).read.connect() as connection:
        if connection.scalar(select(metadata.tables["kommune"].c.id).limit(1)) is not None:
            return Verden.lag()
    made, rows = _as_rows(url)
    with _unguarded(engines(url)) as connection:
        for table, values in rows:
            connection.execute(table.insert(), values)
    return made


def file_of(url: str) -> str:
    """The path in a URL of SQLite's."""
    return url.removeprefix("sqlite:///")


@cache
def _as_file(here: Path) -> tuple[Verden, Path]:
    made, kept = Verden.lag(), here.with_name("verden.db")
    with closing(sqlite3.connect(here)) as whole, closing(sqlite3.connect(kept)) as copied:
        whole.backup(copied)
    engines(f"sqlite:///{here}").dispose()
    return made, kept


@cache
def _as_rows(url: str) -> tuple[Verden, list[tuple[Table, list[dict[str, Any]]]]]:
    made = Verden.lag()
    with _unguarded(engines(url)) as connection:
        tables = metadata.sorted_tables
        found = [(table, [dict(row) for row in connection.execute(select(table)).mappings()]) for table in tables]
        connection.exec_driver_sql(_EMPTY)
    kommune._unwrapped.cache_clear()
    return made, [(table, rows) for table, rows in found if rows]


@contextmanager
def _unguarded(pair: database.Engines) -> Iterator[Connection]:
    """A transaction in which the guards (and the references) are put aside. Only a superuser of PostgreSQL's can."""
    with pair.write.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection
