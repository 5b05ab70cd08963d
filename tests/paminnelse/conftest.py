"""A world in which things are sent: the app with channels that lead to servers of our own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import running
from webapp.config import Settings
from webapp.identitet import okter
from webapp.kanaloppsett import Kanaler, Push, Smtp
from webapp.paminnelse import service
from webapp.paminnelse.arbeider import Arbeider
from webapp.paminnelse.models import PaminnelseSendt
from webapp.platform import access
from webapp.platform.database import reading, writing
from webapp.platform.utboks import Utboks

ROOT = Path(__file__).resolve().parents[2]
VAPID = Push(bytes(range(1, 33)), "mailto:drift@medvirk.example")


@dataclass
class Posttjener:
    """The mail server of the tests; see posttjener.py."""

    folder: Path
    port: int = 0
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """On the port it had before, if it had one."""
        command = [sys.executable, "-m", "tests.paminnelse.posttjener", str(self.folder), str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def stop(self) -> None:
        """Away, in the middle of whatever it does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            assert self.process.stdout is not None
            self.process.stdout.close()
        self.process = None

    def behave(self, **behaviour: Any) -> None:
        """From the next command on."""
        (self.folder / "oppforsel.json").write_text(json.dumps(behaviour), "utf-8")

    def clear(self) -> None:
        """Forget the mail, and how to behave."""
        self.behave()
        (self.folder / "post.jsonl").write_text("", "utf-8")

    @property
    def post(self) -> list[dict[str, Any]]:
        """The messages it has taken."""
        return [json.loads(line) for line in (self.folder / "post.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="session")
def _posttjener(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Posttjener]:
    server = Posttjener(tmp_path_factory.mktemp("post"))
    server.clear()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def posttjener(_posttjener: Posttjener) -> Posttjener:
    """The mail server, with an empty box and good manners."""
    _posttjener.clear()
    if _posttjener.process is None:
        _posttjener.start()
    return _posttjener


@pytest.fixture
def kanaler(posttjener: Posttjener) -> Kanaler:
    """The channels of the app."""
    smtp = Smtp("127.0.0.1", posttjener.port, "ingen", "Medvirk <ikke-svar@medvirk.example>")
    return Kanaler(smtp=smtp, push=VAPID, privat=True)


@pytest.fixture
def app(settings: Settings, kanaler: Kanaler) -> Iterator[Flask]:
    """The program with its channels, on a fresh database, at noon."""
    with running(replace(settings, kanaler=kanaler)) as program:
        yield program


@pytest.fixture
def arbeider(app: Flask) -> Arbeider:
    """A worker in this process."""
    return Arbeider(app.extensions["medvirk.settings"])


def som_bruker(kommune_id: int, bruker_id: UUID) -> access.Bruker:
    """A bruker who is signed in, for calling services."""
    with writing(unverified=True) as db:
        who = okter.start(db, kommune_id, "bruker", bruker_id, "lenke").who
    assert isinstance(who, access.Bruker)
    return who


def vil_ha_epost(kommune_id: int, bruker_id: UUID, adresse: str, *, stille: tuple[int, int] = (21, 8)) -> None:
    """The bruker agrees to e-mail."""
    who = som_bruker(kommune_id, bruker_id)
    service.choose(who, service.Valg(True, False, adresse, "", *stille))


def rader(**where: object) -> list[Utboks]:
    """Rows of the outbox, the first ones first."""
    with reading() as db:
        return list(db.scalars(select(Utboks).filter_by(**where).order_by(Utboks.laget, Utboks.id)))


def bevis(**where: object) -> list[PaminnelseSendt]:
    """The evidence."""
    with reading() as db:
        return list(db.scalars(select(PaminnelseSendt).filter_by(**where).order_by(PaminnelseSendt.nar)))
