"""The database: one schema for SQLite and PostgreSQL, reading and writing as two separate things.

``with reading() as db`` gives a session on a connection where the database itself refuses every write; ``with writing()
as db`` commits when the block ends without an exception. Either joins the one already open on this thread of work, so
that a room that calls another room's service takes part in the same transaction.

SQLite lets one writer in at a time, and its own waiting is unfair: with eight processes some wait for seconds. So
writers queue on a file lock first (the kernel hands a flock on in the order of asking) and only then BEGIN IMMEDIATE.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask, current_app, g, has_request_context
from sqlalchemy import (
    Connection,
    CursorResult,
    DateTime,
    Delete,
    Dialect,
    Engine,
    ForeignKeyConstraint,
    MetaData,
    Update,
    Uuid,
    create_engine,
    event,
    text,
)
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

from webapp.platform import ids


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime. SQLite has no time zones, so they are put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody could say what moment it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a time zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 -- SQLAlchemy passes it
        """Give the time back as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table. Constraint names are fixed so that migrations can name them on both engines."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime(), UUID: Uuid()}  # noqa: RUF012 -- SQLAlchemy reads it off the class


class KommuneRow:
    """What every table but ``kommune`` begins with: nothing is read across municipalities."""

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)


def reference(column: str, table: str) -> ForeignKeyConstraint:
    """``column`` points at a row of ``table`` in the same kommune; the database refuses any other."""
    return ForeignKeyConstraint(["kommune_id", column], [f"{table}.kommune_id", f"{table}.id"])


@dataclass(slots=True)
class _Open:
    session: Session
    writes: bool


_open: ContextVar[_Open | None] = ContextVar("medvirk_db", default=None)


class NotWritable(Exception):
    """A write was tried inside a reading block, or by a request whose form key (CSRF) does not hold."""


# A connection that has lain unused for longer is asked whether it still works before it is trusted. Asking each time
# costs a round trip more for every page; one that breaks in between costs one answer «vent litt», with nothing lost.
TRUSTED_FOR = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Engines:
    """The way in for reading, and the one for writing, to the same database."""

    read: Engine
    write: Engine

    def dispose(self) -> None:
        """Close every connection."""
        self.read.dispose()
        self.write.dispose()


def init_app(app: Flask, url: str) -> None:
    """Make the engines for ``url`` and hang them on ``app``."""
    app.extensions["medvirk.engines"] = Engines(make_engine(url, read_only=True), make_engine(url))


def make_engine(url: str, *, read_only: bool = False) -> Engine:
    """An engine for ``url``. ``read_only``: the database refuses every write on its connections."""
    return _sqlite(url, read_only=read_only) if url.startswith("sqlite") else _postgresql(url, read_only=read_only)


def _sqlite(url: str, *, read_only: bool) -> Engine:
    """WAL, full durability, foreign keys, and erased pages."""
    path = Path(url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, pool_size=8, max_overflow=8, connect_args={"timeout": 15})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves: see ``writing``
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # «lagret» is said only when it survives a power cut
            "foreign_keys=ON",
            "recursive_triggers=ON",  # so that INSERT OR REPLACE cannot get past an append-only table
            "busy_timeout=15000",
            "secure_delete=ON",  # a deleted data key must not linger in a free page
            f"cache_size={-16000 if read_only else -4000}",
            "temp_store=MEMORY",
            f"query_only={'ON' if read_only else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        immediate = connection.get_execution_options().get("medvirk_writes", False)
        connection.connection.execute("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _postgresql(url: str, *, read_only: bool) -> Engine:
    """READ COMMITTED. There each statement sees its own moment, so reading needs no BEGIN and ROLLBACK around it."""
    level = "AUTOCOMMIT" if read_only else "READ COMMITTED"
    engine = create_engine(url, pool_size=8, max_overflow=8, isolation_level=level)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        if read_only:
            connection.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")

    @event.listens_for(engine, "checkin")
    def _left(_connection: Any, record: Any) -> None:
        record.info["left"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _still_there(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("left", time.monotonic()) <= TRUSTED_FOR:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error  # the others went the same way: all are made anew

    return engine


def engines() -> Engines:
    """The engines of the current app."""
    found: Engines = current_app.extensions["medvirk.engines"]
    return found


@contextmanager
def reading(*, one_moment: bool = False) -> Iterator[Session]:
    """A session for reading. Joins the one that is open. By itself it can write nothing: the database says no.

    ``one_moment``: every statement sees the database as it was at the first. (On SQLite that is always so.)
    """
    current = _open.get()
    if current is not None:
        yield current.session
        return
    bound = engines().read
    if one_moment and bound.dialect.name != "sqlite":
        bound = bound.execution_options(isolation_level="REPEATABLE READ")
    session = Session(bound, expire_on_commit=False, autoflush=False)
    token = _open.set(_Open(session, writes=False))
    try:
        yield session
        if session.new or session.dirty or session.deleted:
            raise NotWritable("something was changed inside a reading block")
    finally:
        _open.reset(token)
        session.close()


def is_open() -> bool:
    """Whether ``reading`` or ``writing`` would join a transaction that somebody has begun."""
    return _open.get() is not None


@contextmanager
def writing(*, unverified: bool = False, durable: bool = True) -> Iterator[Session]:
    """A session that commits durably when the block ends, and rolls back on any exception.

    Joins the write that is open. In a request that changes things (POST) it refuses to start unless the form key was
    right: a view that forgets to check cannot write. ``unverified`` is for what must be written all the same: the
    session's own clock, rate limits, and text kept for its owner. Raises NotWritable.

    ``durable=False`` outlives the process but not a power cut, until the next durable write: for marks that a worker
    sets by the thousand, and that it is safe to lose together with the machine (webapp/paminnelse/arbeider.py).
    """
    current = _open.get()
    if current is not None:
        if not current.writes:
            raise NotWritable("a write was tried inside a reading block")
        yield current.session
        return
    if has_request_context() and not unverified and not g.get("form_key_ok", False):
        raise NotWritable("the form key was not checked")
    bound = engines().write
    lock = _WriterQueue(bound)
    with lock:
        connection = bound.connect().execution_options(medvirk_writes=True)
        session = Session(connection, expire_on_commit=False)
        token = _open.set(_Open(session, writes=True))
        try:
            if not durable:
                _hurry(session, connection)
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            _open.reset(token)
            session.close()
            if not durable:
                _take_care(connection)
            connection.close()


def _hurry(session: Session, connection: Connection) -> None:
    """This transaction does not wait for the disk."""
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA synchronous=NORMAL")  # before BEGIN: inside it does nothing
    else:
        # Through the session: a transaction that the connection had begun by itself, the session would not commit.
        session.execute(text("SET LOCAL synchronous_commit TO OFF"))


def _take_care(connection: Connection) -> None:
    """The next one does."""
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA synchronous=FULL")


def changed(db: Session, statement: Update | Delete, parameters: Mapping[str, Any] | None = None) -> int:
    """Carry out an UPDATE or DELETE; returns how many rows it changed. For «only the first one wins»."""
    result = db.execute(statement, parameters)
    assert isinstance(result, CursorResult)
    return result.rowcount


class _WriterQueue:
    """A place in the queue of SQLite's writers on this machine. On PostgreSQL there is no queue to stand in."""

    def __init__(self, bound: Engine) -> None:
        self._path = f"{bound.url.database}.writers" if bound.dialect.name == "sqlite" else None
        self._file = -1

    def __enter__(self) -> None:
        if self._path:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        if self._path:
            os.close(self._file)  # closing the only descriptor lets go of the lock


def ping() -> None:
    """Ask the database for one row. Raises what the driver raises when it is away."""
    with engines().read.connect() as connection:
        connection.execute(text("SELECT 1"))
