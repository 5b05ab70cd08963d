"""Commands for operators: ``flask --app wsgi NAME``. Each room's own commands are in the room."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Hang the commands on ``app``."""
    from webapp.demo import kommando as demo
    from webapp.identitet import kommandoer as identitet
    from webapp.paminnelse import kommandoer as paminnelse
    from webapp.platform import commands as platform

    for group in (platform.commands, identitet.commands, paminnelse.commands, demo.commands):
        for command in group:
            app.cli.add_command(command)
