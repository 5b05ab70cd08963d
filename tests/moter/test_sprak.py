"""Every page of the room from right to left: checked by the test client for direction and for words left in bokmål."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.conftest import NOON
from tests.kartlegging.veileder_levert import lever, som_bruker
from tests.klient import Klient
from tests.moter.avtaler import avtalt, bruk_sprak, holdt, kari, sak
from tests.verden import Verden
from webapp.identitet.models import Ansatt
from webapp.kartlegging import merknader
from webapp.moter import notat, stemme
from webapp.platform import clock, ids
from webapp.platform.database import writing


@pytest.mark.parametrize("sprak", ["ar", "en"])
def test_the_brukers_pages(app: Flask, verden: Verden, sprak: str) -> None:
    coming, over, gone = avtalt(verden, NOON + timedelta(days=1)), holdt(verden), avtalt(verden)
    stemme.set_agenda(som_bruker(verden), coming, "Jeg vil snakke om å få jobb", "")
    notat.save(kari(verden), sak(verden), over, 0, {"arbeid": "Vi må finne et kurs", "veien_videre-frist": "1.12.2026"})
    notat.share(kari(verden), sak(verden), over, 1)
    with clock.frozen(NOON + timedelta(hours=2)):
        amina = bruk_sprak(verden, app, sprak)
        for path in ("", str(coming), str(over), str(gone), f"{over}/notat", f"{over}/vurdering"):
            amina.get(f"/moter/{path}")
        amina.post(f"/moter/{over}/notat", {"tekst": ""}, status=422)
        amina.post(f"/moter/{over}/vurdering", {"ansikt": "9"}, status=422)
        amina.post(f"/moter/{coming}", {"tekst": "Noe annet", "merke": "gammelt"}, status=409)
        assert amina.get(f"/moter/{over}/notat.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize("sprak", ["ar", "en"])
def test_the_offices_pages(app: Flask, verden: Verden, sprak: str) -> None:
    with writing(unverified=True) as db:
        db.execute(update(Ansatt).values(sprak=sprak))
    first = lever(verden)
    with clock.frozen(NOON + timedelta(minutes=1)):
        second = lever(verden, {"bolig.fungerer": "Jeg har flyttet"})
    asked = merknader.add(kari(verden), sak(verden), second.id, "bolig.fungerer", "sporsmal", "Når?", ids.new_id())
    merknader.answer(som_bruker(verden), asked, "I går", ids.new_id())
    coming, over = avtalt(verden, NOON + timedelta(days=1)), holdt(verden)
    notat.save(kari(verden), sak(verden), over, 0, {"arbeid": "Vi må finne et kurs", "veien_videre-frist": "når?"})
    with clock.frozen(NOON + timedelta(minutes=2)):
        veileder = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
        home = f"/veileder/bruker/{verden.amina}/"
        for path in (
            "",
            "tidslinje",
            "moter",
            "mote/nytt",
            f"mote/{coming}",
            f"mote/{coming}/endre",
            f"mote/{coming}/avlys",
            f"mote/{over}",
            f"mote/{over}/notat",
            f"mote/{over}/notat/se-over",
            f"kartlegging/{second.nummer}",
            f"kartlegging/{second.nummer}/merknad/bolig.fungerer",
            f"sammenlign/{first.nummer}/{second.nummer}",
            "fyll-ut/",
            "fyll-ut/bolig",
        ):
            veileder.get(home + path)
        veileder.post(home + "mote/nytt", {"dato": "9999-31-12"}, status=422)
        veileder.post(home + f"mote/{over}/notat", {"versjon": "0", "arbeid": "Å"}, status=409)
        veileder.get("/veileder/")
        veileder.post("/veileder/", {"navn": "Amina"}, status=200)
        veileder.post("/veileder/sok", {"navn": "Jonas", "grunn": "Vikar for Per i dag"}, status=200)
        Klient(app).logg_inn_ansatt(verden.kommune_id, verden.leif).get("/veileder/kontor/")
