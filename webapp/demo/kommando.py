"""``flask --app wsgi demo``: load the demo people, and say who they are and how to get in."""

from __future__ import annotations

import json

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp.demo import last
from webapp.demo.personer import ANSATTE, BRUKERE
from webapp.identitet import okter, oppslag
from webapp.identitet.kommandoer import login_address
from webapp.platform.commands import migrate
from webapp.platform.qr import qr_terminal

ON_THE_PHONE = "demo-daniel"  # whose address is shown as a QR code: half-way through, so that there is most to try


@click.command("demo")
@click.option("--json", "as_json", is_flag=True, help="Skriv bare hvem som finnes, som JSON.")
@click.option("--migrer", "first_migrate", is_flag=True, help="Bring databasen til nyeste versjon først.")
@with_appcontext
def demo(*, as_json: bool, first_migrate: bool) -> None:
    """Load the invented people that are missing, and print who there is, with a sign-in address for each."""
    if not current_app.extensions["medvirk.settings"].demo:
        raise click.ClickException("Oppdiktede personer lastes bare når MEDVIRK_DEMO=1.")
    if first_migrate:  # in one process, since each takes a second to begin
        migrate("head")
    loaded = last.load()
    if as_json:
        click.echo(json.dumps(who_there_is(), ensure_ascii=False))
        return
    _say(len(loaded))


def who_there_is() -> dict[str, list[dict[str, str]]]:
    """The demo people that are there now, the deleted left out."""
    return {
        "brukere": [
            {"kode": one.kode, "navn": one.navn, "sprak": one.sprak, "tilstand": one.tilstand}
            for one in BRUKERE
            if oppslag.bruker(one.kode)
        ],
        "ansatte": [
            {"kode": one.kode, "navn": one.navn, "rolle": one.rolle} for one in ANSATTE if oppslag.ansatt(one.kode)
        ],
    }


def _say(loaded: int) -> None:
    there = who_there_is()
    click.echo("Oppdiktede personer. Ingen av dem finnes." + (f" Lastet nå: {loaded}." if loaded else ""))
    if missing := last.left_out():
        click.echo("Ikke lastet, fordi en ansatt som er med hos dem, er sperret: " + ", ".join(missing) + ".")
    click.echo("\nBrukere (adressen virker én gang, i 30 minutter):")
    for one in there["brukere"]:
        click.echo(f"  {one['kode']:<14} {one['navn']:<26} {one['sprak']:<3} {one['tilstand']}")
        click.echo(f"    {login_address(one['kode'], None)}")
    click.echo("\nAnsatte:")
    for one in there["ansatte"]:
        click.echo(f"  {one['kode']:<14} {one['navn']:<26} {one['rolle']}")
        click.echo(f"    {login_address(None, one['kode'])}")
    if oppslag.bruker(ON_THE_PHONE):
        click.echo(f"\nPå telefonen, som {ON_THE_PHONE} (når telefonen når denne maskinen på adressen):")
        click.echo(qr_terminal(login_address(ON_THE_PHONE, None)))
    # As it can be pasted into another window: what `make run` has said to this process, nobody has said there.
    said = f"MEDVIRK_DEMO=1 MEDVIRK_ORIGIN={okter.settings().origin}"
    click.echo(f"Ny adresse: {said} .venv/bin/flask --app wsgi innloggingslenke --bruker KODE | --ansatt KODE")


commands = (demo,)
