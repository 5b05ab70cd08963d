"""Tidying up takes what has run out, and nothing else."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from tests.conftest import NOON
from tests.klient import Klient
from tests.verden import Verden
from webapp.identitet import rydding
from webapp.identitet.models import Okt
from webapp.platform import attempts, clock, drafts
from webapp.platform.database import reading


def test_what_lives_stays(app: Flask, verden: Verden) -> None:
    amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    owner, seal = ("bruker", verden.amina), verden.seal(verden.amina)
    drafts.keep(verden.kommune_id, owner, seal, "/kartlegging/bolig", {"a": ["b"]})
    attempts.count("kode", "a", most=3, within=timedelta(minutes=1))
    assert set(rydding.tidy().values()) == {0}
    amina.get("/kartlegging/")
    with clock.frozen(NOON + timedelta(days=100)):
        rydding.tidy()
        assert drafts.paths(verden.kommune_id, owner) == ["/kartlegging/bolig"]


def test_what_has_run_out_goes(app: Flask, verden: Verden) -> None:
    Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    owner, seal = ("bruker", verden.amina), verden.seal(verden.amina)
    drafts.keep(verden.kommune_id, owner, seal, "/kartlegging/bolig", {"a": ["b"]})
    attempts.count("kode", "a", most=3, within=timedelta(minutes=1))
    with clock.frozen(NOON + timedelta(days=181)):
        counts = rydding.tidy()
    assert (counts["økter"], counts["utkast"], counts["forsøk"]) == (1, 1, 1)
    with reading() as db:
        assert db.scalar(select(func.count()).select_from(Okt)) == 0


def test_the_command_says_what_it_did(app: Flask, verden: Verden) -> None:
    answer = app.test_cli_runner().invoke(args=["rydd"])
    assert answer.exit_code == 0
    assert "0 økter er fjernet." in answer.output
