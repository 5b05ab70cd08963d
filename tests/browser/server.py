"""The program as `make run` serves it, in its own processes: it can be killed, and started again on the same data."""

from __future__ import annotations

import http.client
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from time import monotonic
from uuid import UUID, uuid4

from flask import Flask
from kjor import server_command
from sqlalchemy import create_engine, delete, select, text, update

from tests.conftest import NOON
from webapp import create_app
from webapp.config import ROOT, read
from webapp.identitet import okter, service
from webapp.identitet.models import Bruker, Okt
from webapp.identitet.service import Profil
from webapp.kartlegging.models import Svar
from webapp.platform import clock
from webapp.platform.attempts import Forsok
from webapp.platform.database import reading, writing

START_LIMIT = 30  # seconds


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the running program: a bruker of their own for each test, so that tests do not meet."""

    type: str  # «bruker» or «ansatt»
    kommune_id: int
    id: UUID
    sprak: str = "nb"


class Server:
    """The running program. Its clock started at NOON when the object was made, and goes on through restarts."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.database_url = database_url
        self.log = folder / "server.log"
        self.port = _free_port()
        self.origin = f"http://localhost:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None
        self._began = monotonic()
        self._moved = timedelta(0)
        self._mark = 0

    # -- the process ---------------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """What the running program's clock shows."""
        return NOON + self._moved + timedelta(seconds=monotonic() - self._began)

    def start(self) -> None:
        """Start, and return when it answers. Raises AssertionError with the end of the log when it does not."""
        command = [sys.executable, *[str(part) for part in server_command(self.port)[1:]]]
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **self.environment, "MEDVIRK_NOW": self.now.isoformat()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,  # through us to the log: see full_disk
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        threading.Thread(target=self._copy_log, args=(self._process,), daemon=True).start()
        limit = monotonic() + START_LIMIT
        while not self._ready():
            assert self._process.poll() is None, f"the server stopped\n{self.log.read_text()[-2000:]}"
            assert monotonic() < limit, f"the server did not answer\n{self.log.read_text()[-2000:]}"
            threading.Event().wait(0.05)

    def _copy_log(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        with process.stdout, self.log.open("ab", buffering=0) as log:
            for line in process.stdout:
                log.write(line)

    def mark(self) -> None:
        """From here on is what ``written`` gives."""
        self._mark = self.log.stat().st_size

    def written(self) -> str:
        """What the server has written since ``mark``, without the requests that went well."""
        with self.log.open("rb") as log:
            log.seek(self._mark)
            lines = log.read().decode(errors="replace").splitlines()
        return "\n".join(line for line in lines if not re.search(r'"status": [23]\d\d', line))

    def kill(self) -> None:
        """As when the power goes: no goodbye, no clearing up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self._end(signal.SIGTERM)
        if "_inside" in self.__dict__:
            self._inside.extensions["medvirk.engines"].dispose()

    def ensure(self) -> None:
        """Running, and with nothing held against anybody (a test may have failed halfway)."""
        if self._process is None or self._process.poll() is not None or not self._ready():
            self.kill()
            self.start()
        with self.inside(), writing(unverified=True) as db:
            db.execute(delete(Forsok))  # every test comes from the same address

    def move_clock(self, by: timedelta) -> None:
        """Go on at a later time of day."""
        self._moved += by
        self.kill()
        self.start()

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, how)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
        self._process = None

    def _ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    # -- what a test puts in or looks up -------------------------------------------------------------------------

    @property
    def environment(self) -> dict[str, str]:
        """The program's own settings."""
        return {"MEDVIRK_DEMO": "1", "MEDVIRK_ORIGIN": self.origin, "MEDVIRK_DATABASE_URL": self.database_url}

    @cached_property
    def _inside(self) -> Flask:
        return create_app(read(self.environment))

    @contextmanager
    def inside(self) -> Iterator[Flask]:
        """The same program in this process, on the same database, at the same time of day."""
        with self._inside.app_context(), clock.frozen(self.now):
            yield self._inside

    @cached_property
    def office(self) -> tuple[int, UUID]:
        """A kommune and a kontor for everybody in the tests."""
        with self.inside():
            kommune_id = service.create_kommune("9901", "Testvik")
            return kommune_id, service.create_kontor(kommune_id, "Testvik nord", "00 00 00 01", "Prøvegata 1")

    def new_veileder(self, navn: str = "Kari Test", rolle: str = "veileder") -> Person:
        """An ansatt."""
        kommune_id, kontor_id = self.office
        with self.inside():
            return Person("ansatt", kommune_id, service.create_ansatt(kommune_id, kontor_id, navn, rolle))

    def new_bruker(
        self, veileder: Person | None = None, *, sprak: str = "nb", visning: str = "full", navn: str = "Amina Prøve"
    ) -> Person:
        """A bruker with a veileder."""
        kommune_id, kontor_id = self.office
        veileder = veileder or self.new_veileder()
        with self.inside():
            made = service.register_bruker(
                kommune_id, kontor_id, veileder.id, Profil(navn, 1999), sprak=sprak, visning=visning
            )
        return Person("bruker", kommune_id, made, sprak)

    def session_cookie(self, person: Person) -> tuple[str, str]:
        """Sign somebody in as the operator's link would: the cookie's name and content."""
        with self.inside() as app, app.test_request_context(), writing(unverified=True) as db:
            made = okter.start(db, person.kommune_id, person.type, person.id, "lenke")
            return okter.cookie_name(person.type), made.cookie

    def speak(self, person: Person, sprak: str) -> None:
        """From now on this bruker reads ``sprak``, as after a press on its button."""
        with self.inside(), writing(unverified=True) as db:
            mine = (Bruker.kommune_id == person.kommune_id, Bruker.id == person.id)
            db.execute(update(Bruker).where(*mine).values(sprak=sprak))

    def end_sessions(self, person: Person) -> None:
        """The person has been away too long: every session of theirs is past its idle limit."""
        with self.inside() as app, writing(unverified=True) as db:
            idle = app.extensions["medvirk.settings"].staff_session.idle + timedelta(minutes=1)
            db.execute(
                update(Okt)
                .where(Okt.kommune_id == person.kommune_id, Okt.person_id == person.id)
                .values(sist_brukt=clock.now() - idle)
            )

    def wait_for_answer(self, person: Person, question: str) -> None:
        """Wait until the database has an answer: what a page sends when it is left, no page can wait for."""
        mine = (Svar.kommune_id == person.kommune_id, Svar.bruker_id == person.id, Svar.sporsmal == question)
        limit = monotonic() + START_LIMIT
        while True:
            with self.inside(), reading() as db:
                if db.scalar(select(Svar.versjon).where(*mine)):
                    return
            assert monotonic() < limit, f"no answer to {question} came"
            threading.Event().wait(0.05)

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """The server can write no file inside the block. On Linux, and where the database is a file."""
        assert self._process is not None
        everyone = [self._process.pid, *_children(self._process.pid)]
        limits = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in everyone}
        for pid, (_, most) in limits.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, most))
        try:
            yield
        finally:
            for pid, before in limits.items():
                resource.prlimit(pid, resource.RLIMIT_FSIZE, before)

    @contextmanager
    def broken_table(self, table: str) -> Iterator[None]:
        """Everything that touches ``table`` fails inside the block, as after a mishap with the database."""
        engine = create_engine(self.database_url)
        away = f"{table}_borte"
        try:
            with engine.begin() as connection:
                connection.execute(text(f"ALTER TABLE {table} RENAME TO {away}"))
            try:
                yield
            finally:
                with engine.begin() as connection:
                    connection.execute(text(f"ALTER TABLE {away} RENAME TO {table}"))
        finally:
            engine.dispose()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def unique(word: str) -> str:
    """A text that can be looked for in a whole database or on a whole device."""
    return f"{word} {uuid4().hex[:10]}"
