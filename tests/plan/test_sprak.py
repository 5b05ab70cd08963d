"""Every page of the room in other languages: checked by the test client for direction and for words left in bokmål."""

from __future__ import annotations

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import update

from tests.kartlegging.veileder_levert import lever
from tests.klient import Klient
from tests.moter.avtaler import bruk_sprak
from tests.plan.planer import amina, avtalt, forslag, i_tilstand, plan
from tests.verden import Verden
from webapp.identitet.models import Ansatt
from webapp.plan import mal, service
from webapp.plan.rules import Handling, Tilstand
from webapp.platform import ids
from webapp.platform.database import writing


@pytest.mark.en_gang
@pytest.mark.parametrize("sprak", ["ar", "en"])
def test_both_sides_pages(app: Flask, verden: Verden, sprak: str) -> None:
    with writing(unverified=True) as db:
        db.execute(update(Ansatt).values(sprak=sprak))
    lever(verden, {"onsker.drom": "Jeg vil bli å", "onsker.endre": ["bolig"], "hjelp.omrader": ["okonomi"]})
    goal = mal.add(amina(verden), ids.new_id(), "Få jobb på båt")
    under = mal.add(amina(verden), ids.new_id(), "Lære å svømme", over=goal)
    steps = [i_tilstand(verden, tilstand, f"Gjøre nå {tilstand}") for tilstand in Tilstand]
    steps.append(avtalt(verden, forslag("Møte på lørdag", ansvar="annen", hvem="Bjørg", mal_id=goal)))
    steps.append(avtalt(verden, forslag("Sjekke støtte", ansvar="nav_sosial", katalog="okonomi", start=None)))
    service.confirm(amina(verden), plan(verden).versjon)
    changed = avtalt(verden)
    service.act(amina(verden), changed, Handling.ENDRE, 1, forslag=forslag("Gå på kurs på tirsdag"), ord="På grunn av")
    mal.change(amina(verden), under, tilstand="nadd", nokkel=ids.new_id())

    bruker = bruk_sprak(verden, app, sprak)
    veileder = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    for person, root in ((bruker, "/plan"), (veileder, f"/veileder/bruker/{verden.amina}/plan")):
        for path in ("/", "/historie", "/pa-dato", "/pa-dato?dag=9999-12-31", "/steg/nytt", f"/steg/{changed}/endre"):
            person.get(root + path)
        for steg_id in (*steps, changed):
            person.get(f"{root}/steg/{steg_id}")
        person.get(f"{root}/steg/{steps[5]}/pause")
        person.get(f"{root}/steg/{steps[5]}/avslutt")
        person.post(f"{root}/steg/nytt", {"frist": "1.1.2020", "start": "x", "ansvar": "y"}, status=422)
        person.post(f"{root}/steg/{steps[5]}/kommenter", {"versjon": "1"}, status=422)
        person.post(f"{root}/steg/{steps[5]}/avslutt", {"versjon": "0", "ord": "På"}, status=409)
        person.follow(person.post(f"{root}/steg/{steps[5]}/ja", {"versjon": "0"}))
    for path in ("/kjenn", "/fra-kartleggingen", "/mal/nytt", f"/mal/{goal}", f"/mal/{goal}/delmal"):
        bruker.get(f"/plan{path}")
    bruker.post("/plan/kjenn", {"versjon": "0"}, status=409)
    page = bruker.get("/plan/fra-kartleggingen").text
    for kilde in [part.split('"')[0] for part in page.split('name="kilde" value="')[1:]]:
        bruker.follow(bruker.post("/plan/fra-kartleggingen", {"kilde": kilde}))
    bruker.get("/plan/")
    bruker.get("/innsyn/alt")
    assert bruker.get("/plan/plan.pdf").data.startswith(b"%PDF")
    days = Calendar.from_ical(bruker.get("/plan/plan.ics").data).walk("VEVENT")
    assert {"ar": "مهمة", "en": "Task"}[sprak] in {str(one["summary"]) for one in days}
    veileder.get(f"/veileder/bruker/{verden.amina}/plan/evaluering")
