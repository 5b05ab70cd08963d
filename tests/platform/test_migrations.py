"""Every step of the schema, down and up, with the whole demo in it: nothing else changes than what the step says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from alembic import command as alembic
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, create_engine, inspect, text

from webapp.demo import last
from webapp.platform import database
from webapp.platform.commands import alembic_config

Shape = dict[str, list[str]]

PEOPLE = ("bruker", "ansatt", "tildeling", "datanokkel", "hendelse")  # from 0001 on
MAPPING = ("svar", "levering", "merknad", "merknadsvar")  # from 0002 on


@pytest.fixture
def config(app: Flask) -> Iterator[Config]:
    """Alembic on the test's database, which is at the newest version again afterwards."""
    made = alembic_config(app.extensions["medvirk.settings"].database_url)
    yield made
    database.engines().dispose()
    alembic.upgrade(made, "head")


def test_every_step_down_and_up_with_the_demo_leaves_the_schema_of_that_version(app: Flask, config: Config) -> None:
    versions = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()][::-1]  # oldest first
    database.engines().dispose()
    alembic.downgrade(config, "base")
    empty: dict[str, Shape] = {}
    for version in versions:
        alembic.upgrade(config, version)
        with _looking(config) as connection:
            empty[version] = _shape(connection)

    last.load()
    with _looking(config) as connection:
        held = _counts(connection)
    assert all(held[table] for table in PEOPLE + MAPPING), "the demo has something in each"
    database.engines().dispose()

    for version in versions[-2::-1]:
        alembic.downgrade(config, version)
        with _looking(config) as connection:
            _same(_shape(connection), empty[version], f"down to {version}")
            left = _counts(connection)
            assert left == {table: held[table] for table in left}, f"rows, down to {version}"
            if version != versions[0]:
                assert set(MAPPING) <= set(left)
    assert set(PEOPLE) <= set(left)

    for version in versions[1:]:
        alembic.upgrade(config, version)
        with _looking(config) as connection:
            _same(_shape(connection), empty[version], f"up to {version}")
            now = _counts(connection)
            assert now == {table: left.get(table, 0) for table in now}, f"rows, up to {version}"
    last.load()  # the program runs on it


@contextmanager
def _looking(config: Config) -> Iterator[Connection]:
    engine = create_engine(str(config.get_main_option("sqlalchemy.url")))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _same(found: Shape, wanted: Shape, when: str) -> None:
    for kind in wanted:
        assert found[kind] == wanted[kind], f"{kind}, {when}"


def _counts(connection: Connection) -> dict[str, int]:
    tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
    return {
        table: connection.scalar(text(f'SELECT count(*) FROM "{table}"')) or 0  # noqa: S608 -- the schema's own names
        for table in sorted(tables)
    }


def _shape(connection: Connection) -> Shape:
    """All that the database keeps to, as sorted lines. Not the order of columns: one that is added is the last."""
    looked = inspect(connection)
    tables = sorted(set(looked.get_table_names()) - {"alembic_version"})
    return {
        "tables": tables,
        "columns": sorted(
            f"{t}.{c['name']} {c['type']!r} null={c['nullable']} default={c['default']}"
            for t in tables
            for c in looked.get_columns(t)
        ),
        "keys": sorted(f"{t} {sorted(looked.get_pk_constraint(t)['constrained_columns'])}" for t in tables),
        "references": sorted(
            f"{t} {f['name']} {f['constrained_columns']} {f['referred_table']} {f['referred_columns']} {f['options']}"
            for t in tables
            for f in looked.get_foreign_keys(t)
        ),
        "indexes": sorted(
            f"{t} {i['name']} {i['column_names']} {i['unique']} "
            f"{sorted(f'{key}: {value}' for key, value in i.get('dialect_options', {}).items())}"
            for t in tables
            for i in looked.get_indexes(t)
        ),
        "unique": sorted(
            f"{t} {u['name']} {u['column_names']}" for t in tables for u in looked.get_unique_constraints(t)
        ),
        "checks": sorted(
            f"{t} {c['name']} {' '.join(c['sqltext'].split())}" for t in tables for c in looked.get_check_constraints(t)
        ),
        "triggers": _triggers(connection),
    }


def _triggers(connection: Connection) -> list[str]:
    """The guards, with what they do; on PostgreSQL the functions that they call as well."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT name || ': ' || sql FROM sqlite_master WHERE type = 'trigger'"))
    else:
        found = connection.execute(
            text(
                "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal UNION ALL "
                "SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
                "WHERE n.nspname = 'public'"
            )
        )
    return sorted(" ".join(line.split()) for line in found.scalars())
