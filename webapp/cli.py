"""Commands for operators: ``flask --app wsgi NAME``. Each room's own commands are in the room."""

from __future__ import annotations

from collections.abc import Iterable

from click import Command, Context
from flask import Flask
from flask.cli import AppGroup


class Kommandoer(AppGroup):
    """Read in when somebody asks for a command: the web processes, which need none of it, are 10 MB smaller."""

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """The command of this name, None when there is none."""
        self._read_in()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: Context) -> list[str]:
        """The names of all of them."""
        self._read_in()
        return super().list_commands(ctx)

    def _read_in(self) -> None:
        for command in _all():
            self.add_command(command)


def init_app(app: Flask) -> None:
    """Hang the commands on ``app``."""
    app.cli = Kommandoer(app.name)


def _all() -> Iterable[Command]:
    from webapp.demo import kommando as demo
    from webapp.identitet import kommandoer as identitet
    from webapp.kartlegging import kommandoer as kartlegging
    from webapp.paminnelse import kommandoer as paminnelse
    from webapp.platform import commands as platform

    return [*platform.commands, *identitet.commands, *kartlegging.commands, *paminnelse.commands, *demo.commands]
