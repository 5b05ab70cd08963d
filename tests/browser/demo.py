"""The demo people of `make run`, in a database of the tests' own: they are in every state that a page has to show."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tests.browser.server import Person, Server
from webapp.config import ROOT
from webapp.identitet.models import Ansatt, Bruker
from webapp.platform.database import reading


@dataclass(frozen=True, slots=True)
class Demo:
    """Who there is, as `flask demo --json` tells it: kode, navn, sprak and tilstand of brukere, rolle of ansatte."""

    server: Server
    brukere: list[dict[str, Any]]
    ansatte: list[dict[str, Any]]

    @classmethod
    def load(cls, server: Server) -> Demo:
        """Load the demo people with the operator's command."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", "demo", "--json"],
            cwd=ROOT,
            env={**os.environ, **server.environment, "MEDVIRK_NOW": server.now.isoformat()},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        told = json.loads(done.stdout[done.stdout.index("{") :])
        return cls(server, told["brukere"], told["ansatte"])

    def code(self, tilstand: str) -> str:
        """A bruker in this state. Raises LookupError with the states there are."""
        for one in self.brukere:
            if tilstand in one["tilstand"]:
                return str(one["kode"])
        raise LookupError(f"no {tilstand}; there are: {', '.join(one['tilstand'] for one in self.brukere)}")

    def arabic(self) -> str:
        """The bruker who reads Arabic."""
        return next(str(one["kode"]) for one in self.brukere if one["sprak"] == "ar")

    def staff(self, rolle: str) -> str:
        """An ansatt with this role."""
        return next(str(one["kode"]) for one in self.ansatte if one["rolle"] == rolle)

    def person(self, code: str) -> Person:
        """Somebody by their code."""
        with self.server.inside(), reading() as db:
            bruker = db.scalar(select(Bruker).where(Bruker.kode == code))
            if bruker is not None:
                return Person("bruker", bruker.kommune_id, bruker.id, bruker.sprak)
            ansatt = db.scalars(select(Ansatt).where(Ansatt.kode == code)).one()
            return Person("ansatt", ansatt.kommune_id, ansatt.id, ansatt.sprak)
