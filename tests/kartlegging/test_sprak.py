"""Every page of filling in and delivery in every language: valid, in its own direction, no word left behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.conftest import NOON
from tests.kartlegging.test_levering import hvem, lever, skriv
from tests.klient import Klient
from tests.verden import Verden
from webapp.identitet.models import Bruker
from webapp.kartlegging import service
from webapp.kartlegging.lagring import Endring
from webapp.kartlegging.rules import Skriver
from webapp.kartlegging.skjema import SKJEMA
from webapp.platform import clock
from webapp.platform.database import writing
from webapp.platform.languages import SPRAK

pytestmark = pytest.mark.en_gang  # what is looked at is words


@pytest.mark.parametrize("sprak", SPRAK)
def test_every_page(sprak: str, app: Flask, verden: Verden) -> None:
    with writing(unverified=True) as db:
        db.execute(update(Bruker).where(Bruker.id == verden.amina).values(sprak=sprak))
    bruker = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    bruker.get("/")
    bruker.get("/kartlegging/")
    bruker.get("/kartlegging/se-over")
    bruker.get("/kartlegging/leverte/")
    for tema in SKJEMA.temaer:
        bruker.get(f"/kartlegging/{tema.id}")
    skriv(
        bruker,
        {"bolig.fungerer": "أحب المنظر", "bolig.situasjon": "eier", "bolig.hvem": ["barn"], "bolig.utgift": "mye"},
    )
    skriv(bruker, {"bolig.trivsel": None, "bolig.mer": "x" * 10_001}, skrevet_av="hjelper")
    who = hvem(bruker)
    other = Endring("bolig.fungerer", "Utsikten", False, 0, "")
    service.save(who.kommune_id, who.id, who.seal, Skriver("bruker", "nb"), "bolig", [other], unverified=True)
    for path in (
        "/kartlegging/bolig",
        "/kartlegging/bolig?tilbake=se-over",
        "/kartlegging/se-over",
        "/kartlegging/bolig/to-tekster",
    ):
        bruker.get(path)
    bruker.post("/kartlegging/se-over", {"nokkel": "a" * 32}, 422)
    skriv(bruker, {"bolig.mer": "kort", "bolig.flytte-dato": "2026-12-01"})
    first = lever(bruker)
    skriv(bruker, {"bolig.fungerer": "أحب الهدوء", "bolig.hvem": ["andre"], "bolig.situasjon": "leier-privat"})
    second = lever(bruker)
    for path in (
        f"/kartlegging/kvittering/{second.nummer}",
        f"/kartlegging/leverte/{second.nummer}",
        f"/kartlegging/sammenlign/{first.nummer}/{second.nummer}",
        "/kartlegging/leverte/",
        "/kartlegging/mini",
        "/kartlegging/",
        "/",
    ):
        bruker.get(path)
    assert bruker.get(f"/kartlegging/kvittering/{second.nummer}.pdf").data.startswith(b"%PDF")
    with clock.frozen(NOON + timedelta(days=366)):
        later = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        later.get("/kartlegging/")
        later.get("/")
