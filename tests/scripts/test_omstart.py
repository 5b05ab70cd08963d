"""The server is stopped and started with its socket held open, as systemd holds it: who asks meanwhile waits."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from kjor import server_command

from webapp.config import ROOT

LIMIT = 60  # seconds


# As systemd does it: the socket has the number 3, and the process that is told of it becomes the server.
_HANDED = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.environ |= {"LISTEN_PID": str(os.getpid()), "LISTEN_FDS": "1"}
os.execv(sys.argv[2], sys.argv[2:])
"""


@contextmanager
def tjener(held: socket.socket, folder: Path) -> Iterator[None]:
    """The server, on a socket that it is handed."""
    # Patience as the unit file has it, gunicorn's own: `make run`, which wants to be gone at Ctrl-C, has less. And one
    # worker: when it answers, none is left that was born in that moment and does not hear yet that it is to stop.
    command = [sys.executable, *map(str, server_command(0)[1:]), "--graceful-timeout", "30", "--workers", "1"]
    with subprocess.Popen(
        [sys.executable, "-c", _HANDED, str(held.fileno()), *command],
        cwd=ROOT,
        env={**os.environ, "MEDVIRK_DEMO": "1", "MEDVIRK_DATABASE_URL": f"sqlite:///{folder / 'omstart.db'}"},
        pass_fds=[held.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield
        finally:
            process.terminate()
            process.wait(LIMIT)


def ask(port: int) -> int | str:
    """What a proxy would hand on: the status, or why there is none, for which it answers 502."""
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT)) as connection:
            connection.request("GET", "/healthz")
            return connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__


@pytest.mark.en_gang
def test_nobody_is_turned_away_while_the_server_is_restarted(tmp_path: Path) -> None:
    answers: list[int | str] = []
    over = threading.Event()

    def keep_asking(port: int) -> None:
        while not over.wait(0.01):
            answers.append(ask(port))

    with closing(socket.create_server(("127.0.0.1", 0))) as held:
        port = held.getsockname()[1]
        askers = [threading.Thread(target=keep_asking, args=(port,)) for _number in range(4)]
        with tjener(held, tmp_path):
            assert ask(port) == 200  # asked before it listens: the answer comes when it does
            for one in askers:
                one.start()
        before = len(answers)
        try:
            with tjener(held, tmp_path):
                assert ask(port) == 200
                over.set()
                for one in askers:
                    one.join()
        finally:
            over.set()
    assert len(answers) > before
    assert set(answers) == {200}
