"""A worker that is killed: at any line of ours, and at any step of the conversation with the mail server.

What is promised (docs/decisions/0014): nobody gets the same message twice, and a message is lost only when the worker
dies between saying «from here on it may have been sent» and sending it, which are two neighbouring lines.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import warnings
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete

from tests.conftest import NOON
from tests.databaser import KIND
from tests.paminnelse.conftest import ROOT, Posttjener, bevis, rader, vil_ha_epost
from tests.verden import Verden
from webapp.config import DEMO_MASTER_KEY
from webapp.paminnelse import rules
from webapp.paminnelse.arbeider import Arbeider
from webapp.platform import clock, database, ids, utboks
from webapp.platform.database import writing
from webapp.platform.utboks import Hendelse, Kanal

LATER = NOON + rules.LEASE + timedelta(minutes=1)
OURS = tuple(f"webapp/paminnelse/{name}.py" for name in ("arbeider", "uttak", "ko", "kanaler/epost"))


def legg(verden: Verden) -> None:
    """One message to each of two brukere, ready to go."""
    with writing(unverified=True) as db:
        db.execute(delete(utboks.Utboks))
        for bruker_id in (verden.amina, verden.jonas):
            utboks.legg(
                db,
                verden.kommune_id,
                Hendelse.PROVE,
                ids.new_id(),
                {"straks": clock.now()},
                bruker_id=bruker_id,
                kanal=Kanal.EPOST,
            )


class _Dies:
    """Kills its own process when it comes to the ``after``-th line of ours. Counts them when ``after`` is None."""

    def __init__(self, after: int | None) -> None:
        self.lines: list[str] = []
        self._after = after

    def __call__(self, frame: FrameType, event: str, _arg: Any) -> Any:
        path = frame.f_code.co_filename
        if not path.endswith(OURS):
            return None
        if event == "line":
            self.lines.append(f"{Path(path).name}:{frame.f_lineno}")
            if self._after is not None and len(self.lines) > self._after:
                os.kill(os.getpid(), signal.SIGKILL)
        return self


def in_a_child(arbeider: Arbeider, after: int | None, out: Path) -> None:
    """Let a copy of this process do the work, and die at a line. What it passed is in ``out`` when it lives."""
    database.engines().dispose()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # no other threads of ours hold anything
        pid = os.fork()
    if pid == 0:
        died = _Dies(after)
        try:
            sys.settrace(died)
            arbeider.drain()
            sys.settrace(None)
            out.write_text("\n".join(died.lines), "utf-8")
        finally:
            os._exit(0)
    os.waitpid(pid, 0)


def test_killed_at_any_line_nothing_is_sent_twice(
    app: Flask, verden: Verden, arbeider: Arbeider, posttjener: Posttjener, tmp_path: Path
) -> None:
    """Each line the first time it is passed, and the last: a child is killed there, and another worker goes on."""
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    vil_ha_epost(verden.kommune_id, verden.jonas, "jonas@example.org")
    legg(verden)
    out = tmp_path / "linjer"
    in_a_child(arbeider, None, out)
    assert len(posttjener.post) == 2
    passed = out.read_text("utf-8").splitlines()
    first = {passed.index(line) for line in passed}
    last = {len(passed) - 1 - passed[::-1].index(line) for line in passed}
    places = sorted(first | last)
    assert len(places) > 150
    if KIND != "sqlite":
        places = places[::6]  # the same lines; what differs is who undoes what was not committed

    lost = set()
    for after in places:
        posttjener.clear()
        legg(verden)
        in_a_child(arbeider, after, out)
        with clock.frozen(LATER):
            Arbeider(app.extensions["medvirk.settings"]).drain()
        took = sorted(mail["til"][0] for mail in posttjener.post)
        assert len(set(took)) == len(took), f"sent twice when killed at {passed[after]}"
        if len(took) < 2:
            lost.add(passed[after])
            assert sorted(row.tilstand for row in rader()) == ["sendt", "uviss"]
        else:
            assert {row.tilstand for row in rader()} <= {"sendt", "uviss"}
    # Between the two neighbours: the mark has been written, and the content has not been handed over.
    assert {line.partition(":")[0] for line in lost} <= {"ko.py", "epost.py"}
    assert len(lost) <= 6, sorted(lost)


@pytest.mark.parametrize(
    ("step", "state", "messages"),
    [
        # On PostgreSQL the last one: what it leaves behind is known from the database alone.
        pytest.param("MAIL", "sendt", 1, marks=pytest.mark.en_gang),
        pytest.param("RCPT", "sendt", 1, marks=pytest.mark.en_gang),
        pytest.param("DATA", "uviss", 1, marks=pytest.mark.en_gang),
        ("ETTER", "uviss", 1),
    ],
)
def test_the_real_command_killed_by_the_mail_server(
    app: Flask, verden: Verden, posttjener: Posttjener, step: str, state: str, messages: int
) -> None:
    """`flask utboks`, a process of its own, killed while the mail server is in the middle of an answer."""
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org", stille=(0, 0))
    with writing(unverified=True) as db:
        utboks.legg(
            db,
            verden.kommune_id,
            Hendelse.PROVE,
            ids.new_id(),
            {"straks": clock.now()},
            bruker_id=verden.amina,
            kanal=Kanal.EPOST,
        )
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("MEDVIRK_")},
        "MEDVIRK_DEMO": "1",
        "MEDVIRK_NOW": NOON.isoformat(),
        "MEDVIRK_MASTER_KEYS": f"demo:{DEMO_MASTER_KEY}",
        "MEDVIRK_DATABASE_URL": app.extensions["medvirk.settings"].database_url,
        "MEDVIRK_ORIGIN": "http://localhost",
        "MEDVIRK_SMTP_HOST": "127.0.0.1",
        "MEDVIRK_SMTP_PORT": str(posttjener.port),
        "MEDVIRK_SMTP_SECURITY": "ingen",
        "MEDVIRK_SMTP_FROM": "Medvirk <ikke-svar@medvirk.example>",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "utboks", "--en-gang"]
    # `true` first: the process has an id before the mail server needs it, and becomes the worker (exec).
    gate = f"read x; exec {' '.join(command)}"
    with subprocess.Popen(["sh", "-c", gate], cwd=ROOT, env=env, stdin=subprocess.PIPE, text=True) as worker:
        posttjener.behave(drep={"steg": step, "pid": worker.pid})
        worker.communicate("\n", timeout=60)
        assert worker.returncode == -signal.SIGKILL
    assert [row.tilstand for row in rader()] == ["tatt" if state == "sendt" else "sender"]

    posttjener.behave()
    env["MEDVIRK_NOW"] = LATER.isoformat()
    second = subprocess.run(command, cwd=ROOT, env=env, check=True, timeout=60, capture_output=True, text=True)
    assert "påminnelser er behandlet" in second.stdout

    assert [row.tilstand for row in rader()] == [state]
    assert len(posttjener.post) == messages
    assert [row.resultat for row in bevis()] == [state]
