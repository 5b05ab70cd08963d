"""Servers under measurement: started as in production, asked how much processor time they used, and stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BIN = Path(sys.executable).parent
TICKS = os.sysconf("SC_CLK_TCK")
KINDS = ("gunicorn", "granian")


def command(kind: str, app: str, port: int) -> list[str]:
    """The command for two workers of ``app`` (module:name) on ``port``."""
    if kind == "granian":
        return [
            *(str(BIN / "granian"), "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4"),
            *("--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "error", app),
        ]
    return [
        *(str(BIN / "gunicorn"), app, "--worker-class", "gthread", "--workers", "2", "--threads", "4"),
        *("--bind", f"127.0.0.1:{port}", "--log-level", "error", "--preload"),
    ]


@dataclass
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    def pids(self) -> list[int]:
        """The process and all its children."""
        found, new = [], [self.process.pid]
        while new:
            pid = new.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                new += [int(child) for child in task.read_text().split()]
        return found

    def cpu_seconds(self) -> float:
        """Processor time used so far by all of it, in seconds."""
        total = 0
        for pid in self.pids():
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def worker_megabytes(self) -> list[float]:
        """Resident memory of each worker, in MB, the largest first."""
        sizes = []
        for pid in self.pids()[1:]:
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            sizes += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")]
        return sorted((size for size in sizes if size > 20), reverse=True)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(kind: str, app: str, env: dict[str, str], ready: str, port: int = 0) -> Iterator[Server]:
    """A server of ``kind`` for ``app``, answering at the path ``ready``; stopped afterwards."""
    port = port or free_port()
    clean = {key: value for key, value in os.environ.items() if not key.startswith("MEDVIRK_")}
    process = subprocess.Popen(
        command(kind, app, port),
        cwd=ROOT,
        env={**clean, **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(port, ready, process)
        yield Server(port, process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server stopped with status {process.returncode}")
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", path)
            if connection.getresponse().status < 500:
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not answer")
