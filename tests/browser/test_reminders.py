"""Reminders on the way to somebody who is without network: server and worker are killed, and it arrives once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.offline import expect_nothing_waits, warned
from tests.browser.pages import OWN_WORDS, expect_everywhere, expect_status, open_theme, write
from tests.browser.server import START_LIMIT, Person, Server, unique
from tests.browser.window import OFFLINE
from tests.paminnelse.conftest import Posttjener, vil_ha_epost
from webapp.config import ROOT
from webapp.paminnelse import rules

pytestmark = pytest.mark.en_gang

WORKER = [sys.executable, "-m", "flask", "--app", "wsgi", "utboks"]


@pytest.fixture
def posttjener(tmp_path: Path) -> Iterator[Posttjener]:
    """A mail server of this test's own."""
    made = Posttjener(tmp_path)
    made.clear()
    made.start()
    yield made
    made.stop()


def surroundings(server: Server, posttjener: Posttjener) -> dict[str, str]:
    """The worker's settings: the server's, and where e-mail goes."""
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("MEDVIRK_")},
        **server.environment,
        "MEDVIRK_NOW": server.now.isoformat(),
        "MEDVIRK_SMTP_HOST": "127.0.0.1",
        "MEDVIRK_SMTP_PORT": str(posttjener.port),
        "MEDVIRK_SMTP_SECURITY": "ingen",
        "MEDVIRK_SMTP_FROM": "Medvirk <ikke-svar@medvirk.example>",
    }


def arrived(posttjener: Posttjener) -> int:
    """How many messages there are, once there is one."""
    limit = monotonic() + START_LIMIT
    while not posttjener.post and monotonic() < limit:
        sleep(0.05)
    return len(posttjener.post)


def test_server_and_worker_are_killed_and_the_reminder_arrives_once(
    window: OpenWindow, server: Server, bruker: Person, veileder: Person, posttjener: Posttjener
) -> None:
    """A notice comes while the bruker is on the bus; the worker dies while the mail server answers, the server too."""
    here = window(bruker)
    here.watch.expect(OFFLINE)
    with server.inside():
        vil_ha_epost(bruker.kommune_id, bruker.id, "amina@example.org", stille=(0, 0))
    page = open_theme(here)
    words = unique("Skrevet på bussen.")
    here.context.set_offline(True)
    write(page, OWN_WORDS, words)
    expect_status(page, "frakoblet")
    sak = warned(server, bruker, veileder)

    # The shell has an id before the mail server needs it, and becomes the worker.
    gate = ["sh", "-c", f"read x; exec {' '.join(WORKER)}"]
    env = surroundings(server, posttjener)
    with subprocess.Popen(gate, cwd=ROOT, env=env, stdin=subprocess.PIPE, text=True) as worker:
        posttjener.behave(drep={"steg": "RCPT", "pid": worker.pid})
        worker.communicate("\n", timeout=60)
        assert worker.returncode == -signal.SIGKILL
    assert posttjener.post == []
    server.kill()
    here.context.set_offline(False)

    posttjener.behave()
    server.move_clock(rules.LEASE + timedelta(minutes=1))
    with subprocess.Popen(WORKER, cwd=ROOT, env=surroundings(server, posttjener), stdin=subprocess.DEVNULL) as worker:
        try:
            assert arrived(posttjener) == 1
        finally:
            worker.kill()
    server.move_clock(rules.LEASE + timedelta(minutes=1))
    command = [*WORKER, "--en-gang"]
    subprocess.run(command, cwd=ROOT, env=surroundings(server, posttjener), check=True, timeout=60, capture_output=True)
    assert [mail["til"] for mail in posttjener.post] == [["amina@example.org"]]

    here.open("/", page)
    expect(page.locator(f'main a[href="/varsel/{sak}"]').first).to_be_visible()
    expect_nothing_waits(page)
    expect_everywhere(window(bruker), OWN_WORDS, words)
