"""Commands for operators: what must be said to the mapping after a backup has been put back."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy import update

from webapp.kartlegging.models import Svar
from webapp.kartlegging.svarrader import LAST_VERSION
from webapp.platform.database import changed, writing

# More than anybody saves one answer between two backups, and few enough to be done twenty thousand times.
A_STEP = 100_000


@click.command("gjenopprettet")
@with_appcontext
def gjenopprettet() -> None:
    """Say that a backup has been put back: pages that were open know answers that the backup does not.

    Such a page has a version that somebody else may reach anew, with other words. After this, no version that was
    given out before is given out again, so the two texts meet as a conflict, and the bruker chooses.
    """
    with writing() as db:
        answers = update(Svar).where(Svar.versjon < LAST_VERSION - A_STEP).values(versjon=Svar.versjon + A_STEP)
        count = changed(db, answers.execution_options(synchronize_session=False))
    click.echo(f"{count} svar er merket som gjenopprettet.")


commands = [gjenopprettet]
