"""What is being written in a longer form is kept while it is written, for its owner alone."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from tests.conftest import NOON
from tests.klient import Klient
from tests.moter.avtaler import avtalt
from tests.utkastene import kept, rows
from tests.verden import Verden
from webapp import utkast
from webapp.identitet import nokler
from webapp.identitet.adgang import REASON_LASTS
from webapp.platform import clock, drafts, kommune
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place, SealBroken


def test_what_is_typed_is_kept_and_offered_again(bruker: Klient, verden: Verden) -> None:
    path = f"/moter/{avtalt(verden)}"
    bruker.get(path)
    answer = bruker.json("/utkast", {"sti": path, "felter": {"tekst": ["Jeg vil snakke om"], "merke": [""]}}).json
    assert answer == {"lagret": "12:00"}
    page = bruker.get(path).text
    assert 'href="?utkast=1"' in page
    assert "Jeg vil snakke om" in bruker.get(f"{path}?utkast=1").text
    bruker.post(path, {"tekst": "Jeg vil snakke om jobb", "merke": ""})
    assert kept(verden, path) is None


def test_the_office_keeps_its_own_and_only_where_it_may_open(app: Flask, veileder: Klient, verden: Verden) -> None:
    path = f"/veileder/bruker/{verden.amina}/mote/nytt"
    veileder.get(path)
    veileder.json("/veileder/utkast", {"sti": path, "felter": {"sted": ["Rom 2"], "dato": ["2026-12-01"]}})
    assert 'value="Rom 2"' in veileder.get(f"{path}?utkast=1").text
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    per.json("/veileder/utkast", {"sti": path, "felter": {"sted": ["Rom 2"]}}, status=404)
    administrator = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.anna)
    administrator.json("/veileder/utkast", {"sti": path, "felter": {"sted": ["Rom 2"]}}, status=404)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"sti": "/finnes-ikke", "felter": {"a": ["b"]}}, 404),
        ({"sti": "/moter/", "felter": {"a": ["b"]}}, 404),  # nothing can be sent there
        ({"sti": "/veileder/sok", "felter": {"a": ["b"]}}, 404),
        ({"sti": "https://andre.example/moter", "felter": {"a": ["b"]}}, 404),
        ({"sti": "/" + "a" * 400, "felter": {"a": ["b"]}}, 404),
        ({"sti": 7, "felter": {"a": ["b"]}}, 400),
        ({"sti": "/ut", "felter": "a"}, 400),
        ({"sti": "/ut", "felter": {"a": "b"}}, 400),
        ({"sti": "/ut", "felter": {"a": [1]}}, 400),
        ({"sti": "/ut", "felter": {"a" * 81: ["b"]}}, 400),
        ({"sti": "/ut", "felter": {str(n): ["b"] for n in range(201)}}, 400),
        ({"sti": "/ut", "felter": {"a": ["b"] * 51}}, 400),
        ({"sti": "/ut", "felter": {"a": ["x" * 1024 * 1024]}}, 413),
        ([], 400),
        (None, 400),
        ("tekst", 400),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(bruker: Klient, verden: Verden, body: Any, status: int) -> None:
    bruker.get("/moter/")
    bruker.json("/utkast", body, status=status)


def test_broken_json_and_wrong_types_are_refused(bruker: Klient, verden: Verden) -> None:
    bruker.get("/moter/")
    for data, kind in (
        (b"{", "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"[" * 50_000, "application/json"),
    ):
        response = bruker.http.post("/utkast", data=data, content_type=kind, headers={"X-CSRFToken": bruker.token})
        assert response.status_code == 400
    assert bruker.http.post("/utkast", data={"a": "b"}, headers={"X-CSRFToken": bruker.token}).status_code == 400


def test_an_ended_session_keeps_what_was_on_its_way(bruker: Klient, verden: Verden) -> None:
    path = f"/moter/{avtalt(verden)}"
    bruker.get(path)
    with clock.frozen(NOON + timedelta(hours=1)):
        answer = bruker.json("/utkast", {"sti": path, "felter": {"tekst": ["Midt i"]}}, status=401).get_json()
    assert answer["tatt_vare_pa"] is True
    assert answer["logg_inn"].startswith("/inn?neste=")
    assert "moter" not in answer["logg_inn"]
    assert kept(verden, path) == {"tekst": ["Midt i"]}


def test_a_stale_key_gets_a_fresh_one(bruker: Klient, verden: Verden) -> None:
    path = f"/moter/{avtalt(verden)}"
    bruker.get(path)
    answer = bruker.json("/utkast", {"sti": path, "felter": {"tekst": ["x"]}}, status=400, key="gammel").get_json()
    assert answer["feil"] == "skjemanokkel"
    bruker.json("/utkast", {"sti": path, "felter": {"tekst": ["x"]}}, key=answer["csrf"])


def test_nobody_keeps_anything_without_being_signed_in(besoker: Klient) -> None:
    besoker.json("/utkast", {"sti": "/moter/", "felter": {"a": ["b"]}}, status=401)


WEBAPP = Path(utkast.__file__).parent
KEPT_WHILE_WRITTEN = sorted(
    path.relative_to(WEBAPP / "templates").as_posix()
    for path in (WEBAPP / "templates").rglob("*.html")
    if "data-utkast=" in path.read_text("utf-8")
)


SOURCES = [path.read_text("utf-8") for path in WEBAPP.rglob("*.py")]


@pytest.mark.parametrize("template", KEPT_WHILE_WRITTEN)
def test_whoever_shows_a_form_that_is_kept_forgets_it_when_it_has_arrived(template: str) -> None:
    """Or it would be offered, as not sent, after it was sent."""
    named = [text for text in SOURCES if f'"{template}"' in text]
    # Where the name is put together from parts, the room is as near as can be seen from here.
    room = template.partition("/")[0]
    shown_by = named or ["".join(path.read_text("utf-8") for path in (WEBAPP / room).glob("*.py"))]
    for text in shown_by:
        assert "utkast.forget()" in text


def test_kept_and_thrown_away_at_once_never_breaks(app: Flask, verden: Verden) -> None:
    """A page that saves by itself, a button, and another phone: whoever comes last is there, whole."""
    owner, seal, broken = ("bruker", verden.amina), verden.seal(verden.amina), []
    gate = threading.Barrier(6)

    def work(nr: int) -> None:
        try:
            with app.app_context():
                gate.wait()
                # So often, and three of each: keeping was once given up when a draft was thrown away again and again.
                for turn in range(60):
                    if nr < 3:
                        assert drafts.keep(verden.kommune_id, owner, seal, "/ut", {"tekst": [f"{nr}-{turn}"]})
                    else:
                        drafts.arrived(verden.kommune_id, owner, seal, "/ut", {"tekst": [f"{turn}"]})
        except Exception as error:  # noqa: BLE001 -- shown by the main thread
            broken.append(error)

    threads = [threading.Thread(target=work, args=(nr,)) for nr in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert broken == []
    drafts.keep(verden.kommune_id, owner, seal, "/ut", {"tekst": ["til slutt"]})
    assert kept(verden, "/ut") == {"tekst": ["til slutt"]}


ABOUT = {"sted": "Hjemme hos Amina", "melding": "Sensitivt om Amina"}


@pytest.mark.parametrize("ended", [False, True])
def test_nothing_is_kept_about_a_bruker_who_is_deleted(veileder: Klient, verden: Verden, ended: bool) -> None:
    """S3: what staff send after the deletion is shown, so that it can be copied, and lies nowhere."""
    path = f"/veileder/bruker/{verden.amina}/mote/nytt"
    veileder.get(path)
    nokler.delete_bruker(verden.kommune_id, verden.amina)
    with clock.frozen(NOON + timedelta(hours=2 if ended else 0)):
        page = veileder.post(path, ABOUT, 401 if ended else 404).text
    assert "Sensitivt om Amina" in page
    assert rows() == []


@pytest.mark.parametrize("upper", [False, True])
def test_what_staff_had_typed_goes_with_the_bruker(veileder: Klient, verden: Verden, upper: bool) -> None:
    """S3, however the address was written: it is kept as our own links write it."""
    ident = str(verden.amina).upper() if upper else str(verden.amina)
    path = f"/veileder/bruker/{ident}/mote/nytt"
    veileder.get(path)
    veileder.json("/veileder/utkast", {"sti": path, "felter": {"melding": ["Om Amina"]}})
    assert [row.sti for row in rows()] == [f"/veileder/bruker/{verden.amina}/mote/nytt"]
    assert "Om Amina" in veileder.get(f"{path}?utkast=1").text
    nokler.delete_bruker(verden.kommune_id, verden.amina)
    assert rows() == []


def test_what_was_kept_in_upper_case_earlier_goes_too(veileder: Klient, verden: Verden) -> None:
    path = f"/veileder/bruker/{verden.amina}/mote/nytt"
    veileder.get(path)
    veileder.json("/veileder/utkast", {"sti": path, "felter": {"melding": ["Om Amina"]}})
    with writing(unverified=True) as db:
        db.execute(update(drafts.Utkast).values(sti=path.replace(str(verden.amina), str(verden.amina).upper())))
    nokler.delete_bruker(verden.kommune_id, verden.amina)
    assert rows() == []


def test_what_staff_type_about_a_bruker_is_sealed_with_the_brukers_key(veileder: Klient, verden: Verden) -> None:
    """Decision 2: whoever deletes the key deletes the text, in every copy of the database."""
    path = f"/veileder/bruker/{verden.amina}/mote/nytt"
    veileder.get(path)
    veileder.json("/veileder/utkast", {"sti": path, "felter": {"melding": ["Om Amina"]}})
    with reading() as db:
        of_kommune = kommune.seal_of(db, verden.kommune_id)
    ansatt = ("ansatt", verden.kari)
    assert drafts.get(verden.kommune_id, ansatt, verden.seal(verden.amina), path) == {"melding": ["Om Amina"]}
    with pytest.raises(SealBroken):
        drafts.get(verden.kommune_id, ansatt, of_kommune, path)
    row = rows()[0]  # as an earlier version kept it
    place = Place("utkast", "felter", verden.kommune_id, row.id)
    with writing(unverified=True) as db:
        db.execute(update(drafts.Utkast).values(felter=of_kommune.close_json({"melding": ["Fra før"]}, place)))
    assert "Fra før" in veileder.get(f"{path}?utkast=1").text


def test_a_reason_that_ran_out_loses_nothing(app: Flask, verden: Verden) -> None:
    """Zero loss: the form is kept, and is there when the reason is given again."""
    path, why = f"/veileder/apne/{verden.jonas}", "Vikar for Per i dag, Jonas ringte"
    kari = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    kari.post(path, {"grunn": why})
    with clock.frozen(NOON + REASON_LASTS):
        kari = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
        asked = kari.post(f"/veileder/bruker/{verden.jonas}/profil", {"navn": "Jonas Flyttet Sørover"})
        with clock.frozen(NOON + REASON_LASTS + timedelta(hours=2)):  # and the session ends on the page of the reason
            kari.post(path, {"grunn": why})
            kari = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
            assert why in kari.get(f"{path}?utkast=1").text
            kari.post(path, {"grunn": why})
            assert "Jonas Flyttet Sørover" in kari.get(f"/veileder/bruker/{verden.jonas}/profil?utkast=1").text
    assert asked.location is not None


@pytest.mark.parametrize("path", ["/veileder/", "/veileder/sok"])
def test_s3_a_search_is_kept_nowhere_and_not_lost(app: Flask, verden: Verden, path: str) -> None:
    """A name that is not under any bruker would stay when the bruker is deleted. It is on the page, to send again."""
    kari, typed = (
        Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari),
        {"navn": "Jonas Prøve", "grunn": "Leter etter en som ringte"},
    )
    kari.get(path)
    kari.json("/veileder/utkast", {"sti": path, "felter": {"navn": ["Jonas Prøve"]}}, status=404)
    assert "Jonas Prøve" in kari.post(path, typed, 422, key="gammel").text
    with clock.frozen(NOON + timedelta(hours=2)):
        assert "Jonas Prøve" in kari.post(path, typed, 401).text
        assert "vikar" in kari.post(path, {"navn": "jonas", "grunn": "vikar"}, 401).text
    assert rows() == []


@pytest.mark.parametrize("ended", [False, True])
def test_the_reason_of_a_search_is_still_there(app: Flask, verden: Verden, ended: bool) -> None:
    """A button that carries what somebody wrote: it is in the field again, or on the error page."""
    kari, why = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari), "Vikar for Per i dag"
    kari.post("/veileder/sok", {"navn": "Jonas", "grunn": why}, 200)
    with clock.frozen(NOON + timedelta(hours=2 if ended else 0)):
        key, status = (None, 401) if ended else ("gammel", 422)
        page = kari.post(f"/veileder/sok/{verden.jonas}", {"grunn": why}, status, key=key).text
    assert why in page
    assert ended or 'action="/veileder/sok"' in page
    assert rows() == []


def test_text_sent_where_no_page_is_stands_on_the_error_page(bruker: Klient, app: Flask, verden: Verden) -> None:
    """Zero loss: what cannot be fetched again is not kept and called kept; it is shown."""
    assert "Midt i en setning" in bruker.post("/finnes-ikke", {"tekst": "Midt i en setning"}, 404).text
    bruker._key()
    with clock.frozen(NOON + timedelta(hours=1)):
        assert "Midt i en setning" in bruker.post("/okt", {"a": "Midt i en setning"}, 401).text
    assert rows() == []
