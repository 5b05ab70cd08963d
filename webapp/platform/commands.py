"""Commands about the database and the log."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from alembic import command as alembic
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from webapp.platform import audit, database
from webapp.platform.kommune import Kommune

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def alembic_config(url: str) -> Config:
    """Alembic's configuration for the database at ``url``."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


@click.command("migrer")
@click.option("--til", default="head", help="Versjonen skjemaet skal ha. Uten denne: den nyeste.")
@with_appcontext
def migrer(til: str) -> None:
    """Bring the schema of the database to a version (the newest unless told), up or down.

    Going down, what is stored in the tables that go away is lost.
    """
    migrate(til)
    click.echo("Databasen er klar.")


def migrate(til: str) -> None:
    """The same, without a word. Raises ClickException for a version that this code does not know."""
    url = current_app.extensions["medvirk.settings"].database_url
    config = alembic_config(url)
    try:
        if _is_older(config, url, til):
            alembic.downgrade(config, til)
        else:
            alembic.upgrade(config, til)
    except CommandError as error:
        raise click.ClickException(f"Det gikk ikke å bringe databasen til {til}: {error}") from None


def _is_older(config: Config, url: str, til: str) -> bool:
    """Whether ``til`` lies below the version of the database. Raises CommandError for versions that are unknown."""
    if til == "base" or til.startswith("-"):
        return True
    scripts = ScriptDirectory.from_config(config)
    engine = database.make_engine(url)
    with engine.connect() as connection:
        now = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    if now is None or til.startswith("+"):
        return False
    wanted = scripts.get_revision(til)
    return now != wanted.revision and wanted in scripts.iterate_revisions(now, "base")


@click.command("verifiser-logg")
@with_appcontext
def verifiser_logg() -> None:
    """Check the chain of events of every kommune. Exit status 1 when something was changed or is missing."""
    faults = 0
    with database.reading() as db:
        kommuner = db.execute(select(Kommune.id, Kommune.navn).order_by(Kommune.id)).all()
    for kommune_id, navn in kommuner:
        found = audit.verify(kommune_id)
        faults += len(found)
        click.echo(f"{navn}: {'loggen er hel' if not found else f'{len(found)} feil'}")
        for sentence in found:
            click.echo(f"  {sentence}")
    if faults:
        sys.exit(1)


commands = (migrer, verifiser_logg)
