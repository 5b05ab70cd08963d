"""Zero loss in the mini-mapping too: its page saves across themes, and so must what was kept when a session ended."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from tests.conftest import NOON
from tests.klient import Klient
from tests.verden import Verden
from webapp.kartlegging import levering, service
from webapp.kartlegging.lagring import Endring
from webapp.kartlegging.rules import Skriver
from webapp.kartlegging.skjema import SKJEMA, Type, Visning
from webapp.platform import access, clock
from webapp.platform.database import writing


def test_a_session_that_ends_in_the_mini_mapping_loses_nothing(app: Flask, verden: Verden) -> None:
    """K7 and zero loss: typed in the mini-mapping, signed out meanwhile, there afterwards."""
    seal = verden.seal(verden.amina)
    first = Endring("bolig.fungerer", "Det er stille", vil_ikke=False, versjon=0, merke="")
    service.save(verden.kommune_id, verden.amina, seal, Skriver("bruker", "nb"), "bolig", [first])
    amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    assert isinstance(amina.who, access.Bruker)
    with writing(unverified=True):
        levering.deliver(amina.who, "forste")
    question = next(s for t in SKJEMA.visning(Visning.MINI) for s in t.sporsmal if s.type is Type.TEKST)
    with clock.frozen(NOON + timedelta(days=370)):
        amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        amina.get("/kartlegging/mini")
    later = NOON + timedelta(days=370, minutes=45)
    with clock.frozen(later):
        away = amina.post("/kartlegging/mini", {question.id: "Nå er det annerledes", f"v.{question.id}": "0:"})
        assert "tatt_vare_pa=1" in away.location
        amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        amina.follow(amina.get("/kartlegging/mini?utkast=1", 303))
        answers = service.theme_answers(verden.kommune_id, verden.amina, seal, question.id.split(".")[0])
        assert answers[question.id].verdi == "Nå er det annerledes"
