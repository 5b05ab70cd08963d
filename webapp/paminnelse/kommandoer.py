"""Commands for operators: the worker, and a key for push messages."""

from __future__ import annotations

import base64
import os
import secrets
import signal
import time
from types import FrameType

import click
from flask import current_app
from flask.cli import with_appcontext

from webapp.config import Settings
from webapp.kanaloppsett import Push
from webapp.paminnelse.arbeider import Arbeider
from webapp.paminnelse.kanaler.push import public_key

NAP = 0.5  # seconds: how long Ctrl-C may take to be seen


@click.command("utboks")
@click.option("--en-gang", is_flag=True, help="Send det som er klart nå, og avslutt.")
@click.option("--med-forelder", is_flag=True, help="Stopp når programmet som startet arbeideren, er borte.")
@with_appcontext
def utboks(*, en_gang: bool, med_forelder: bool) -> None:
    """Send reminders until Ctrl-C. As many as one likes can run at once, on one machine or several."""
    settings: Settings = current_app.extensions["medvirk.settings"]
    asked, parent = False, os.getppid()

    def stop(_number: int, _frame: FrameType | None) -> None:
        # A flag and no lock: this interrupts the very code that could be holding it, and then waits for itself.
        nonlocal asked
        asked = True  # between two messages: what is being handed over is finished and written down

    def stopped() -> bool:
        return asked or (med_forelder and os.getppid() != parent)

    def wait(seconds: float) -> None:
        until = time.monotonic() + seconds
        while not stopped() and time.monotonic() < until:
            time.sleep(NAP)

    before = [signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        worker = Arbeider(settings, stopped)
        if en_gang:
            click.echo(f"{worker.drain()} påminnelser er behandlet.")
        else:
            worker.run(wait)
    finally:
        for number, handler in zip((signal.SIGINT, signal.SIGTERM), before, strict=True):
            signal.signal(number, handler)


@click.command("lag-vapid")
def lag_vapid() -> None:
    """Print a new key for push messages, as settings. Changing it ends every push subscription there is."""
    while not 0 < int.from_bytes(secret := secrets.token_bytes(32), "big") < _ORDER:
        pass
    click.echo(f"MEDVIRK_VAPID_PRIVATE={base64.urlsafe_b64encode(secret).decode().rstrip('=')}")
    click.echo("MEDVIRK_VAPID_SUBJECT=mailto:drift@medvirk.example")
    click.echo(f"# den offentlige delen, som nettleseren får: {public_key(Push(secret))}")


# Of the curve P-256: a private key is a number below it.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

commands = (utboks, lag_vapid)
