"""What the server says to devices: how a queued form went, which pages may be kept, and the words."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from tests.kartlegging.skjemaside import felter
from tests.klient import Klient
from tests.moter import avtaler
from tests.varsel import verk
from tests.verden import Verden
from webapp.enhet.ord import ORD
from webapp.enhet.svar import QUEUED
from webapp.platform import drafts, eier
from webapp.platform.database import reading
from webapp.varsel.models import Uttalelse, Varselnadd

KO = {QUEUED: "ko", "Accept": "application/json"}


@pytest.fixture
def sak_id(app: Flask, verden: Verden) -> UUID:
    """A notice that was opened."""
    with verk.formnokkel(app):
        return verk.nadd(verden)


def said() -> int:
    with reading() as db:
        return db.scalar(select(func.count()).select_from(Uttalelse)) or 0


def uttalelse(words: str = "Jeg var hos legen.", **more: Any) -> dict[str, Any]:
    return {"nokkel": uuid4().hex, "ord": words, "handling": "send", **more}


def test_a_queued_form_is_taken_in_once_and_told_of(bruker: Klient, sak_id: UUID) -> None:
    path, form = f"/varsel/{sak_id}/uttalelse", uttalelse()
    for _sent in range(3):
        answer = bruker.post(path, form, status=200, headers=KO).get_json()
        assert answer["svar"] == "levert"
        assert answer["neste"].startswith(f"/varsel/{sak_id}/uttalelse/")
    assert said() == 1


def test_the_queue_hears_what_was_flashed_and_the_next_page_does_not_say_it_again(bruker: Klient) -> None:
    said_it = "Målet står i planen din."
    form = {"nokkel": uuid4().hex, "tekst": "Jeg vil lære å svømme."}
    answer = bruker.post("/plan/mal/nytt", form, status=200, headers=KO).get_json()
    assert answer["svar"] == "levert"
    assert answer["meldinger"] == [said_it]
    assert said_it not in bruker.get("/plan/").text
    form["nokkel"] = uuid4().hex
    answer = bruker.post("/plan/mal/nytt", form, status=200, headers={**KO, QUEUED: "side"}).get_json()
    assert said_it in bruker.get(answer["neste"]).text


def test_what_is_wrong_is_said_at_its_field_and_the_text_is_kept(bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    path = f"/varsel/{sak_id}/uttalelse"
    answer = bruker.post(path, uttalelse("for langt " * 1500), status=422, headers=KO).get_json()
    assert answer["svar"] == "stoppet"
    assert answer["felt"]["ord"]
    assert answer["apne"] == f"{path}?utkast=1"
    kept = drafts.get(verden.kommune_id, ("bruker", verden.amina), verden.seal(verden.amina), path)
    assert kept is not None
    assert kept["ord"][0].startswith("for langt")
    assert said() == 0


def test_decided_meanwhile_stops_it_and_the_words_are_shown_where_one_can_appeal(
    app: Flask, bruker: Klient, verden: Verden, sak_id: UUID
) -> None:
    with verk.formnokkel(app):
        verk.si(verden, sak_id, "fant_arbeid")  # closes the matter
    path = f"/varsel/{sak_id}/uttalelse"
    answer = bruker.post(path, uttalelse(), status=409, headers=KO).get_json()
    assert answer["svar"] == "stoppet"
    assert answer["tatt_vare_pa"] is True
    assert "Jeg var hos legen." in bruker.get(answer["apne"]).text


def test_a_form_for_something_that_is_not_there_is_stopped(bruker: Klient) -> None:
    answer = bruker.post(f"/varsel/{uuid4()}/uttalelse", uttalelse(), status=404, headers=KO).get_json()
    assert answer["svar"] == "stoppet"


def test_an_old_form_key_gets_a_new_one_and_nothing_is_written(bruker: Klient, sak_id: UUID) -> None:
    path = f"/varsel/{sak_id}/uttalelse"
    form = uttalelse()
    answer = bruker.post(path, form, status=400, key="gammel", headers=KO).get_json()
    assert said() == 0
    answer = bruker.post(path, form, status=200, key=answer["csrf"], headers=KO).get_json()
    assert answer["svar"] == "levert"


def test_signed_out_the_queue_is_told_where_to_sign_in(besoker: Klient, sak_id: UUID) -> None:
    answer = besoker.post(f"/varsel/{sak_id}/uttalelse", uttalelse(), status=401, headers=KO).get_json()
    assert answer["svar"] == "utlogget"
    assert answer["logg_inn"].startswith("/inn")
    assert said() == 0


def test_the_text_of_one_person_is_never_taken_as_another_ones(bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    """A page that Amina left open, on a phone where Jonas has signed in since (both shapes that scripts send)."""
    digest = {eier.HEADER: eier.mark(verk.amina(verden, bruker_id=verden.jonas))}
    path = f"/varsel/{sak_id}/uttalelse"
    answer = bruker.post(path, uttalelse(), status=401, headers={**KO, **digest}).get_json()
    assert answer["feil"] == "annen-person"
    felt = {"bolig.fungerer": {"verdi": "mitt", "vil_ikke": False, "versjon": 0, "merke": ""}}
    bruker.json("/kartlegging/bolig/lagre", {"felt": felt}, 401, headers=digest)
    bruker.json("/utkast", {"sti": path, "felter": {"ord": ["mitt"]}}, 401, headers=digest)
    assert said() == 0
    mine = {eier.HEADER: eier.mark(verk.amina(verden))}
    bruker.json("/kartlegging/bolig/lagre", {"felt": felt}, 200, headers=mine)
    assert bruker.post(path, uttalelse(), status=200, headers={**KO, **mine}).get_json()["svar"] == "levert"


def test_a_page_says_which_session_it_came_in(bruker: Klient, verden: Verden) -> None:
    """The quick lock counts anew with each sign-in (static/js/raskelas.js), and with nothing else."""

    def said() -> str:
        found = re.search(r'data-palogging="([0-9a-f]{16})"', bruker.get("/plan/").text)
        assert found
        return found[1]

    first = said()
    bruker.get("/inn")
    assert said() == first
    bruker.logg_inn_bruker(verden.kommune_id, verden.amina)
    assert said() != first


def test_a_server_in_trouble_says_later(bruker: Klient, sak_id: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: Any, **_kwargs: Any) -> None:
        raise OperationalError("x", {}, Exception("disk full"))

    monkeypatch.setattr("webapp.varsel.bruker.horing.deliver", full)
    answer = bruker.post(f"/varsel/{sak_id}/uttalelse", uttalelse(), status=503, headers=KO).get_json()
    assert answer == {"svar": "senere"}


def test_fetching_what_may_be_kept_counts_as_opening_nothing(app: Flask, bruker: Klient, verden: Verden) -> None:
    """U3, F3: what a device fetches by itself has not been read."""
    with verk.formnokkel(app):
        sak_id = verk.varslet(verden)
    answer = bruker.get("/enhet/sider").get_json()
    assert answer["kontor"]["telefon"] == "00 00 00 01"
    assert "/kartlegging/bolig" in answer["sider"]
    assert f'data-eier="{answer["eier"]}"' in bruker.get("/plan/").text  # a page asks whether it is still their phone
    for path in answer["sider"]:
        bruker.get(path, headers={"Purpose": "prefetch"})
    with reading() as db:
        assert db.scalar(select(func.count()).select_from(Varselnadd)) == 0
    assert bruker.http.get(f"/varsel/{sak_id}", headers={"Purpose": "prefetch"}).status_code == 503
    bruker.get(f"/varsel/{sak_id}")
    with reading() as db:
        assert db.scalar(select(func.count()).select_from(Varselnadd)) == 1


def test_a_theme_and_the_list_say_alike_how_often_it_was_changed(bruker: Klient, verden: Verden) -> None:
    """So a phone fetches a theme anew that was changed where nobody could note it, and no other."""

    def said_by_page(path: str) -> int:
        found = re.search(r'data-versjoner="(\d+)"', bruker.get(path).text)
        assert found, path
        return int(found[1])

    def listed() -> dict[str, int]:
        versions: dict[str, int] = bruker.get("/enhet/sider").get_json()["versjoner"]
        return versions

    assert set(listed().values()) == {0}
    for typed in ("Trangt.", "Trangt og kaldt."):
        shown = felter(bruker.get("/kartlegging/bolig").text)
        bruker.post("/kartlegging/bolig", {**shown, "bolig.fungerer": typed, "bolig.mer": typed, "handling": "lagre"})
    assert listed()["/kartlegging/bolig"] == 4
    assert listed() == {path: said_by_page(path) for path in listed()}


@pytest.mark.parametrize("sprak", ["nb", "en", "ar"])
def test_the_words_of_the_scripts_are_all_there(besoker: Klient, sprak: str) -> None:
    answer = besoker.get(f"/enhet/ord/{sprak}").get_json()
    assert set(answer) == set(ORD)
    assert all(answer.values())
    besoker.get("/enhet/ord/xx", 404)


def test_the_page_about_the_phone_names_only_ones_own_passkeys(bruker: Klient) -> None:
    page = bruker.get("/mer/telefon").text
    assert 'data-nokler=""' in page
    assert "Er dette din egen telefon?" in page


def test_a_text_that_was_changed_elsewhere_meanwhile_is_shown_beside_the_queued_one(
    bruker: Klient, verden: Verden
) -> None:
    """Written on the bus, sent after the other telephone had written something else."""
    mote = avtaler.avtalt(verden)
    path = f"/moter/{mote}"
    old = bruker.get(path).text.split('name="merke" value="')[1].split('"')[0]
    bruker.post(path, {"merke": old, "tekst": "Fra den andre telefonen."})
    queued = {"merke": old, "tekst": "Fra bussen."}
    answer = bruker.post(path, queued, status=409, headers=KO).get_json()
    assert answer["svar"] == "stoppet"
    page = bruker.get(answer["apne"]).text
    assert "Fra bussen." in page
    assert "Fra den andre telefonen." in page
    assert "Teksten er endret et annet sted" in page
