"""Nav's side of the plan (P1–P4, S1), and what both sides are told (nytt)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.kartlegging.veileder_levert import lever
from tests.klient import Klient
from tests.moter.avtaler import kari
from tests.plan.planer import amina, avtalt, foreslatt, forslag, i_tilstand, nav, plan, steg
from tests.sporringer import count
from tests.verden import Verden
from webapp.identitet import adgang
from webapp.kartlegging import service as kartlegging
from webapp.plan import eksport, mal, nytt, service
from webapp.plan.models import Plan
from webapp.plan.rules import Handling, Tilstand
from webapp.platform import access, clock, ids
from webapp.platform.access import Rolle
from webapp.platform.database import writing
from webapp.platform.nyheter import Merke, Nyhet

NYTT = {
    "hva": "Møte på jobbverkstedet i Storgata 1",
    "hvorfor": "For å lage CV",
    "slag": "jobbverksted",
    "ansvar": "bruker",
    "frist": "2026-12-04",
    "hvor_ofte": "ukentlig",
}


def sti(verden: Verden, rest: str = "/", bruker_id: object = None) -> str:
    return f"/veileder/bruker/{bruker_id or verden.amina}/plan{rest}"


def test_the_way_in_and_the_empty_plan(veileder: Klient, verden: Verden) -> None:
    assert sti(verden) in veileder.get(f"/veileder/bruker/{verden.amina}/").text
    assert "Det står ikke noe i planen ennå." in veileder.get(sti(verden)).text
    for rest in ("/historie", "/pa-dato", "/evaluering", "/steg/nytt"):
        veileder.get(sti(verden, rest))


def test_the_whole_road_of_a_step(veileder: Klient, bruker: Klient, verden: Verden) -> None:
    lever(verden)
    page = veileder.get(sti(verden, "/steg/nytt")).text
    assert "Jobbverksted" in page
    assert 'data-utkast="/veileder/utkast"' in page
    nokkel = page.split('name="nokkel" value="')[1].split('"')[0]
    for _ in range(2):
        veileder.post(sti(verden, "/steg/nytt"), {**NYTT, "nokkel": nokkel})
    (made,) = plan(verden).steg
    assert (made.forslag.katalog, made.tilstand) == ("jobbverksted", Tilstand.FORESLATT_NAV)
    bruker.post(f"/plan/steg/{made.id}/endre", {**NYTT, "hva": "Lage CV hjemme", "versjon": "1", "ord": "Jeg har PC"})
    page = veileder.get(sti(verden)).text
    assert page.index("Venter på svar fra deg") < page.index("Lage CV hjemme")
    page = veileder.get(sti(verden, f"/steg/{made.id}")).text
    assert "Jeg har PC" in page
    assert "Amina Prøve" in page
    state = kartlegging.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert state.plan_fulgt is None
    page = veileder.follow(veileder.post(sti(verden, f"/steg/{made.id}/ja"), {"versjon": "2"})).text
    assert "Avtalt. Nå har begge sagt ja." in page
    state = kartlegging.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert state.plan_fulgt == NOON  # K8
    assert plan(verden).steg[0].forslag.katalog == "jobbverksted"  # the kind stays when the bruker writes it anew
    assert "Brukeren har ikke bekreftet" in veileder.get(sti(verden)).text
    bruker.post("/plan/kjenn", {"versjon": "1"})
    assert "Brukeren har bekreftet å kjenne utgave 1" in veileder.get(sti(verden)).text


def test_a_proposal_without_a_day_is_answered_with_one(veileder: Klient, verden: Verden) -> None:
    steg_id = foreslatt(verden, "bruker", forslag("Begynne å trene", frist=None))
    response = veileder.post(sti(verden, f"/steg/{steg_id}/ja"), {"versjon": "1"})
    assert response.location.endswith("/endre")
    page = veileder.follow(response).text
    assert "Forslaget mangler en dag" in page
    assert "Begynne å trene" in page
    assert "Skriv en dag. Uten den" in veileder.post(
        sti(verden, f"/steg/{steg_id}/endre"), {**NYTT, "frist": "", "versjon": "1"}, status=422
    ).text  # fmt: skip
    veileder.post(sti(verden, f"/steg/{steg_id}/endre"), {**NYTT, "versjon": "1"})
    assert steg(verden, steg_id).tilstand is Tilstand.FORESLATT_NAV


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"hva": ""}, "Skriv hva som skal gjøres."),
        ({"frist": ""}, "Skriv en dag. Uten den kan ikke steget avtales."),
        ({"frist": "9999-12-31"}, "mer enn fem år fram"),
        ({"frist": "2026-02-30"}, "Denne dagen finnes ikke"),
        ({"slag": "tull"}, "Velg ett av svarene."),
        ({"ansvar": "annen"}, "Skriv hvem det er."),
        ({"hvem": "x" * 201}, "1 tegn for lang"),
    ],
)
def test_bad_input_stays_on_the_page(veileder: Klient, verden: Verden, sent: dict[str, str], said: str) -> None:
    page = veileder.post(sti(verden, "/steg/nytt"), {**NYTT, **sent}, status=422).text
    assert said in page
    assert "For å lage CV" in page
    assert not plan(verden).steg


def test_no_with_a_reason_counter_and_comment(veileder: Klient, verden: Verden) -> None:
    steg_id = foreslatt(verden, "bruker")
    path = sti(verden, f"/steg/{steg_id}")
    veileder.get(f"{path}/avsla")
    assert "Skriv noen ord først." in veileder.post(f"{path}/avsla", {"versjon": "1"}, status=422).text
    page = veileder.post(f"{path}/avsla", {"versjon": "1", "ord": "Kurset er fullt"}, status=422, key="gammel").text
    assert "Kurset er fullt" in page
    veileder.post(f"{path}/avsla", {"versjon": "1", "ord": "Kurset er fullt"})
    assert steg(verden, steg_id).tilstand is Tilstand.AVSLATT
    veileder.post(f"{path}/kommenter", {"versjon": "1", "ord": "Nytt kurs i mars"})
    page = veileder.get(sti(verden, "/historie")).text
    for words in ("Kurset er fullt", "Nytt kurs i mars", "Kari Test", "Sa: kan ikke nå"):
        assert words in page
    assert "nytt forslag" not in page


def test_the_day_of_evaluation(veileder: Klient, bruker: Klient, verden: Verden) -> None:
    for wrong in ("", "9999-12-31", "2026-11-23", "tull"):
        veileder.post(sti(verden, "/evaluering"), {"dag": wrong}, status=422)
    assert plan(verden).evaluering is None
    veileder.post(sti(verden, "/evaluering"), {"dag": "15.1.2027"})
    assert plan(verden).evaluering == date(2027, 1, 15)
    assert "fredag 15. januar 2027" in bruker.get("/plan/").text


@pytest.mark.parametrize("tilstand", list(Tilstand))
def test_every_state_has_a_page_with_what_nav_can_do(veileder: Klient, verden: Verden, tilstand: Tilstand) -> None:
    steg_id = i_tilstand(verden, tilstand)
    page = veileder.get(sti(verden, f"/steg/{steg_id}")).text
    for handling in Handling:
        there = f"/steg/{steg_id}/{handling}" in page
        assert there == (handling in steg(verden, steg_id).mulig("nav")), handling


def test_s1_whoever_has_only_stated_a_reason_may_read(app: Flask, verden: Verden) -> None:
    steg_id = foreslatt(verden, "bruker", forslag("Lære å svømme"))
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    assert "/veileder/apne/" in per.get(sti(verden), status=303).location
    who = access.Ansatt(verden.kommune_id, verden.per, verden.nord, ids.new_id(), "nb", Rolle.VEILEDER, "Per Test")
    with app.test_request_context():
        from flask import g

        g.form_key_ok = True
        assert adgang.state_reason(who, verden.amina, "Kari er syk")
    page = per.get(sti(verden)).text
    assert "Lære å svømme" in page
    assert "/steg/nytt" not in page
    assert "Ja, det avtaler vi" not in per.get(sti(verden, f"/steg/{steg_id}")).text
    for rest in ("/steg/nytt", f"/steg/{steg_id}/endre", f"/steg/{steg_id}/kommenter", "/evaluering"):
        per.get(sti(verden, rest), status=303)
        per.post(sti(verden, rest), {**NYTT, "versjon": "1", "ord": "x", "dag": "2027-01-01"}, status=404)
    per.post(sti(verden, f"/steg/{steg_id}/ja"), {"versjon": "1"}, status=404)
    assert steg(verden, steg_id).tilstand is Tilstand.FORESLATT_BRUKER


def test_nobody_elses(veileder: Klient, verden: Verden) -> None:
    mine = foreslatt(verden, "bruker")
    for path in (sti(verden, "/", verden.jonas), sti(verden, f"/steg/{mine}", verden.jonas)):
        assert "/veileder/apne/" in veileder.get(path, status=303).location
    assert "/veileder/apne/" in veileder.post(sti(verden, f"/steg/{mine}/ja", verden.jonas), {"versjon": "1"}).location
    for rest in (f"/steg/{ids.new_id()}", f"/steg/{mine}/tull", f"/steg/{mine}/mal", "/kjenn", "/plan.ics"):
        veileder.get(sti(verden, rest), status=404)
    veileder.post(sti(verden, f"/steg/{ids.new_id()}/ja"), {"versjon": "1"}, status=404)


def test_the_plan_follows_the_bruker_to_a_new_veileder(verden: Verden) -> None:
    """K9: nobody has to tell the story again."""
    steg_id = avtalt(verden)
    per = access.Ansatt(verden.kommune_id, verden.per, verden.nord, ids.new_id(), "nb", Rolle.VEILEDER, "Per Test")
    from tests.moter.avtaler import sak
    from webapp.plan.innhold import Part

    service.act(Part.nav(per, sak(verden)), steg_id, Handling.PAUSE, 1, ord="x")
    assert steg(verden, steg_id).tilstand is Tilstand.PAUSE
    assert kari(verden).id != per.id


def test_pages_need_the_same_number_of_queries_whatever_there_is(app: Flask, veileder: Klient, verden: Verden) -> None:
    first = avtalt(verden)
    paths = ("/", "/historie", "/pa-dato", f"/steg/{first}", "/steg/nytt", "/evaluering")

    def measure() -> list[int]:
        found = []
        for path in paths:
            with count(app) as asked:
                veileder.get(sti(verden, path))
            found.append(len(asked))
        return found

    measure()
    few = measure()
    for n in range(18):
        i_tilstand(verden, list(Tilstand)[n % len(Tilstand)])
        mal.add(amina(verden), ids.new_id(), f"Mål {n}")
    assert measure() == few


def test_what_is_new_for_the_bruker(app: Flask, verden: Verden) -> None:
    key = (verden.kommune_id, verden.amina, verden.seal(verden.amina))

    def news() -> list[Nyhet]:
        with app.test_request_context():
            return nytt.for_bruker(*key)

    assert news() == []
    foreslatt(verden)
    foreslatt(verden, "bruker")
    avtalt(verden)
    avtalt(verden, forslag("Senere", frist=date(2027, 3, 1)))
    avtalt(verden, forslag("Navs oppgave", ansvar="nav_sosial"))
    with count(app) as asked:
        found = news()
    assert len(asked) == 2
    assert [(one.sti, one.frist) for one in found] == [
        ("/plan/#svar", None),
        ("/plan/kjenn", None),
        ("/plan/#uka", date(2026, 11, 27)),
    ]
    assert "jobbverkstedet" not in " ".join(one.tekst for one in found)
    service.confirm(amina(verden), plan(verden).versjon)
    assert len(news()) == 2


def test_what_is_new_in_the_worklist(app: Flask, verden: Verden) -> None:
    def labels(kommune_id: int = verden.kommune_id) -> dict[UUID, list[Merke]]:
        with app.test_request_context():
            return nytt.for_liste(kommune_id, [verden.amina, verden.jonas])

    assert labels() == {}
    i_tilstand(verden, Tilstand.IKKE_NYTTIG)
    foreslatt(verden, "bruker")
    service.propose(nav(verden, verden.jonas), ids.new_id(), forslag())
    avtalt(verden)
    with count(app) as asked:
        found = labels()
    assert len(asked) == 1
    assert {one: [label.kode for label in there] for one, there in found.items()} == {
        verden.amina: ["plan_forslag", "plan_ikke_nyttig"],
        verden.jonas: ["plan_venter"],  # the bruker has a proposal to answer
    }
    with clock.frozen(NOON + timedelta(days=91)):
        late = labels()
    assert late[verden.amina][0].kode == "plan_evaluering"
    assert late[verden.amina][0].haster
    assert [one.kode for one in late[verden.jonas]] == ["plan_venter"]  # nothing agreed: nothing to look at together
    assert labels(verden.annen_kommune_id) == {}


def test_everything_comes_out(bruker: Klient, verden: Verden) -> None:
    goal = mal.add(amina(verden), ids.new_id(), "Bli sveiser أ")
    steg_id = avtalt(verden, forslag("Ring skolen", mal_id=goal, ansvar="annen", hvem="Tante Ruth"))
    service.act(amina(verden), steg_id, Handling.ENDRE, 1, forslag=forslag("Skriv til skolen"), ord="Redd for å ringe")
    service.set_evaluation(nav(verden), date(2027, 2, 3))
    service.confirm(amina(verden), plan(verden).versjon)
    held = bruker.get("/innsyn/alt.json").get_json()["plan"]
    assert held["evaluering"] == "2027-02-03"
    assert [one["hva"] for one in held["hendelser"]] == ["mal_nytt", "foresla", "ja", "endre", "evaluering"]
    assert held["hendelser"][3]["for"]["hva"] == "Ring skolen"
    assert [one["bekreftet_kjent"] is not None for one in held["versjoner"]] == [False, False, True]
    assert held["mal"][0]["tekst"] == "Bli sveiser أ"
    assert held["steg"][0]["hva"] == "Skriv til skolen"
    assert [one["nummer"] for one in held["versjoner"]] == [1, 2, 3]
    page = bruker.get("/innsyn/alt").text
    for words in ("Bli sveiser أ", "Ring skolen", "Skriv til skolen", "Redd for å ringe", "Tante Ruth", "Kari Test"):
        assert words in page
    assert bruker.get("/innsyn/alt.pdf").data.startswith(b"%PDF")
    assert "1 steg i planen" in bruker.get("/innsyn/").text
    with writing(unverified=True) as db:
        assert db.query(Plan).count() == 1


def test_k1_who_typed_is_shown(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    helped = replace(amina(verden), hjelper="hjelper")
    steg_id = service.propose(helped, ids.new_id(), forslag())
    for page in (bruker.get(f"/plan/steg/{steg_id}"), veileder.get(sti(verden, f"/steg/{steg_id}"))):
        assert "skrevet av en som hjalp til" in page.text
    assert bruker.get("/innsyn/alt.json").get_json()["plan"]["hendelser"][0]["hjelper"] == "hjelper"


def test_the_export_takes_the_same_number_of_queries_whatever_there_is(app: Flask, verden: Verden) -> None:
    seal = verden.seal(verden.amina)
    avtalt(verden)
    with count(app) as few:
        eksport.eksport(verden.kommune_id, verden.amina, seal)
    for tilstand in Tilstand:
        i_tilstand(verden, tilstand)
    with count(app) as many:
        eksport.eksport(verden.kommune_id, verden.amina, seal)
    assert len(many) == len(few) == 7
