"""What tests stand on: a real database of the chosen kind, made by the migrations; clients that check every page."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from flask import Config, Flask
from hypothesis import settings as random_tests

from tests import sett
from tests.databaser import KIND, MEMORY, engines, fresh_database, migrated_database, world
from tests.klient import Klient
from tests.verden import Verden
from webapp import create_app
from webapp.config import DEMO_MASTER_KEY, Settings, read
from webapp.platform import clock, kommune
from webapp.platform.sealing import Keyring

# A Tuesday at noon in Oslo, when every office is open. Nothing in the suite depends on today's date.
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
# How long an example took never decides, also where the library does not know that it is a CI: it says nothing.
random_tests.register_profile("medvirk", random_tests(), deadline=None)
random_tests.load_profile("medvirk")
UNSEEN = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the others keeps the list of what they have looked at (tests/sett.py)."""
    if not hasattr(config, "workerinput"):
        os.environ[sett.FOLDER] = tempfile.mkdtemp(prefix="medvirk-sett-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """See above."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(sett.FOLDER), ignore_errors=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """When the whole suite has passed on SQLite: every page has been looked at."""
    config = session.config
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    chosen = config.option.keyword or config.option.markexpr or session.exitstatus != pytest.ExitCode.OK
    if hasattr(config, "workerinput") or KIND != "sqlite" or not whole or chosen or not os.environ.get("CI"):
        return
    missing = sett.unseen(_program()[0], Path(os.environ[sett.FOLDER]))
    if missing:
        config.stash[UNSEEN] = missing
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Which ones were not."""
    for one in config.stash.get(UNSEEN, []):
        terminalreporter.write_line(f"FAILED no test has looked at {one} (tests/sett.py)", red=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run once what two databases cannot tell apart: tests that open none, and those marked ``en_gang``.

    They run with SQLite. With PostgreSQL they are left out of the whole suite, and run when they are asked for by name.
    """
    if KIND == "sqlite" or any("::" in one for one in config.args):
        return
    opens = {"migrated", "browser_database"}
    twice = [one for one in items if opens & set(_fixtures(one)) and one.get_closest_marker("en_gang") is None]
    config.hook.pytest_deselected(items=[one for one in items if one not in set(twice)])
    items[:] = twice


def _fixtures(item: pytest.Item) -> list[str]:
    return list(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty, migrated database: its URL. For SQLite a file to copy, for PostgreSQL one to empty."""
    with migrated_database(tmp_path_factory.mktemp("db")) as url:
        yield url


@pytest.fixture(scope="session")
def _database_folder() -> Iterator[Path]:
    memory = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="medvirk-", dir=memory, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture
def database_url(migrated: str, _database_folder: Path) -> Iterator[str]:
    """A fresh, empty database for one test, always at the same address (``databaser.engines``)."""
    with fresh_database(migrated, _database_folder) as url:
        yield url


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Settings as in production, but for the demo key and plain http on localhost."""
    return settings_for(database_url)


def settings_for(database_url: str) -> Settings:
    """See the fixture ``settings``."""
    return read(
        {
            "MEDVIRK_DEMO": "1",
            "MEDVIRK_MASTER_KEYS": f"demo:{DEMO_MASTER_KEY}",
            "MEDVIRK_DATABASE_URL": database_url,
            "MEDVIRK_ORIGIN": "http://localhost",
        }
    )


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The program on a fresh database, at noon, with an app context open."""
    with running(settings) as program:
        yield program


@contextmanager
def running(settings: Settings) -> Iterator[Flask]:
    """See the fixture ``app``."""
    program, as_made = _program()
    program.config = copy(as_made.config)
    program.extensions = as_made.extensions | {
        "medvirk.settings": settings,
        "medvirk.keyring": Keyring(settings.master_keys),
    }
    program.extensions["medvirk.engines"] = engines(settings.database_url)
    clock.start_at(settings.now)
    with program.app_context(), clock.frozen(NOON):
        yield program
    if KIND == "sqlite":  # the file goes; PostgreSQL's connections are for the next test, which would wait for new ones
        program.extensions["medvirk.engines"].dispose()
    kommune._unwrapped.cache_clear()


class _AsMade(NamedTuple):
    config: Config
    extensions: dict[str, Any]


@cache
def _program() -> tuple[Flask, _AsMade]:
    """One program for all tests of this process, as it was made: to make it, and to compile its templates, takes longer
    than most tests. Every test gets it with a database, keys and settings of its own (``running``)."""
    program = create_app(settings_for("sqlite:///aldri-apnet.db"))
    return program, _AsMade(copy(program.config), dict(program.extensions))


@pytest.fixture
def verden(app: Flask, settings: Settings, migrated: str) -> Verden:
    """A small kommune with two kontor, three veiledere, a leder, an administrator, and two brukere."""
    return world(settings.database_url, migrated)


@pytest.fixture
def besoker(app: Flask) -> Klient:
    """Somebody who is not signed in."""
    return Klient(app)


@pytest.fixture
def bruker(app: Flask, verden: Verden) -> Klient:
    """The bruker Amina, signed in."""
    return Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)


@pytest.fixture
def veileder(app: Flask, verden: Verden) -> Klient:
    """Amina's veileder, signed in."""
    return Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)


@pytest.fixture
def leder(app: Flask, verden: Verden) -> Klient:
    """The leder of the kontor nord, signed in."""
    return Klient(app).logg_inn_ansatt(verden.kommune_id, verden.leif)
