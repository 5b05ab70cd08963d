"""`make run` from beginning to end: it serves the demo, and Ctrl-C leaves no process and no taken port behind."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from kjor import is_free
from oppsett import ROOT

PATIENCE = 180  # seconds before we give up on a stuck machine; nothing is measured

# The script itself, but for the set-up (this Python has what it needs already) and for what a shell may have left: a
# program that is started in the background has Ctrl-C turned off.
SCRIPT = """
import signal, sys
from pathlib import Path
sys.path.insert(0, "scripts")
import kjor
signal.signal(signal.SIGINT, signal.default_int_handler)
kjor.prepare, kjor.PYTHON = lambda **_: None, Path(sys.executable)
sys.stdout.reconfigure(line_buffering=True)
kjor.main(kjor.work)
"""


@pytest.fixture
def port() -> int:
    """A port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def running(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`make run` in a session of its own, on a database of its own; what it says is in ``sagt``."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("MEDVIRK_")}
    env |= {"PORT": str(port), "MEDVIRK_DATABASE_URL": f"sqlite:///{tmp_path}/instance/medvirk.db"}
    with (tmp_path / "sagt").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        yield process
    for pid in alive(process.pid):
        os.kill(pid, signal.SIGKILL)
    process.wait()


def alive(group: int) -> list[int]:
    """The processes of a group that have not ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, of = stat.read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):  # ended while we looked
            continue
        if int(of) == group and state not in "ZX":
            found.append(int(stat.parent.name))
    return found


def answers(port: int) -> bool:
    """Whether the server says that it lives."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def test_it_serves_and_ctrl_c_leaves_nothing_behind(
    running: subprocess.Popen[bytes], port: int, tmp_path: Path
) -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("processes are counted in /proc")
    said, limit = tmp_path / "sagt", monotonic() + PATIENCE
    while not answers(port):
        assert running.poll() is None, said.read_text()
        assert monotonic() < limit, said.read_text()
        Event().wait(0.1)
    assert f"Medvirk svarer på http://localhost:{port}" in said.read_text()
    assert f"http://localhost:{port}/i/" in said.read_text(), "the demo people's links"
    assert len(alive(running.pid)) >= 3, "the server, its workers, and the one that sends reminders"

    os.killpg(running.pid, signal.SIGINT)
    running.wait(PATIENCE)
    while alive(running.pid):
        assert monotonic() < limit + PATIENCE, f"left behind: {alive(running.pid)}\n{said.read_text()}"
        Event().wait(0.1)
    assert is_free(port)
