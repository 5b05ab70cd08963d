"""A file on its way in: held in memory, washed by a program of its own, and nothing of it left behind when it fails."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from flask import Request, g, request

from webapp.platform import access
from webapp.platform.logs import log
from webapp.vedlegg import rules
from webapp.vedlegg.rules import Avvist, Grunn

WASHING = Path(__file__).parent / "vask.py"
LONGEST_SECONDS = 30
# Each may use a gigabyte for some seconds: two at a time in one process, and the next one waits a little.
_ROOM = threading.BoundedSemaphore(2)
LONGEST_WAIT = 5.0  # beyond it, waiting would keep other pages from being served


@dataclass(frozen=True, slots=True)
class Vasket:
    """A file as it is kept."""

    mime: str
    data: bytes


class FilesInMemory(Request):
    """Files on their way in never touch the disk: what is not sealed yet must leave no trace there."""

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002 -- werkzeug passes it
        content_type: str | None,  # noqa: ARG002 -- werkzeug passes it
        filename: str | None = None,  # noqa: ARG002 -- werkzeug passes it
        content_length: int | None = None,  # noqa: ARG002 -- werkzeug passes it
    ) -> IO[bytes]:
        """See the class."""
        return io.BytesIO()


def larger_for_files() -> None:
    """A request with a file may be larger than others, when it comes from somebody we know (or knew until now)."""
    somebody = access.who() is not None or g.get("expired") is not None
    if somebody and request.method == "POST" and request.endpoint in {"vedlegg_bruker.legg_til", "vedlegg_veileder.ny"}:
        request.max_content_length = rules.MOST_BODY


def wash(data: bytes) -> Vasket:
    """The file as it may be kept. Raises Avvist."""
    rules.check_size(len(data))
    said, washed = _apart(data)
    if len(washed) > rules.MOST_BYTES:
        raise Avvist(Grunn.FOR_STOR)
    return Vasket(said["mime"], washed)


def pages(data: bytes) -> int | None:
    """How many pages a washed PDF has; None when nobody can look now."""
    try:
        said, _nothing = _apart(data, "--sider")
    except Avvist:
        return None
    return int(said["sider"])


def _apart(data: bytes, *arguments: str) -> tuple[dict[str, Any], bytes]:
    """What the program apart says of ``data``, and what it makes of it. Raises Avvist."""
    if not _ROOM.acquire(timeout=LONGEST_WAIT):
        raise Avvist(Grunn.TRAVELT)
    try:
        command = [sys.executable, "-I", str(WASHING), *arguments]
        # An empty environment: our keys are in ours.
        done = subprocess.run(  # noqa: S603 -- our own program, no shell
            command, input=data, capture_output=True, check=False, timeout=LONGEST_SECONDS, env={}
        )
    except subprocess.TimeoutExpired:
        log.warning("attachment", why="time")
        raise Avvist(Grunn.BOMBE) from None
    finally:
        _ROOM.release()
    head, _, made = done.stdout.partition(b"\n")
    try:
        said: dict[str, Any] = json.loads(head)
    except ValueError:  # it crashed, or used up its memory or time
        log.warning("attachment", why="exit", code=done.returncode)
        raise Avvist(Grunn.BOMBE if done.returncode < 0 else Grunn.ODELAGT) from None
    if "grunn" in said:
        raise Avvist(Grunn(said["grunn"]))
    return said, made
