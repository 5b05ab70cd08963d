"""Sessions: idle and absolute limits, one door's cookie useless at the other, sign-out, and what is lost never."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from tests.conftest import NOON
from tests.klient import Klient
from tests.verden import Verden
from webapp import create_app
from webapp.config import Settings
from webapp.identitet import enhet, invitasjoner, okter
from webapp.identitet.models import Okt
from webapp.platform import clock
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading, writing

MINUTE = timedelta(minutes=1)
ANDROID = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


def _at(moment: datetime, klient: Klient, path: str, status: int) -> None:
    with clock.frozen(moment):
        klient.get(path, status)


def test_a_bruker_is_signed_out_after_half_an_hour_away(app: Flask, verden: Verden, bruker: Klient) -> None:
    _at(NOON + 29 * MINUTE, bruker, "/mer", 200)
    _at(NOON + 58 * MINUTE, bruker, "/mer", 200)
    _at(NOON + 88 * MINUTE, bruker, "/mer", 303)


def test_a_page_that_sends_by_itself_keeps_nobody_signed_in(bruker: Klient) -> None:
    """A borrowed phone that was put down: what waits there is tried again, and nobody is there (decision 16)."""
    bruker.get("/mer")
    with clock.frozen(NOON + 20 * MINUTE):
        bruker.json("/okt", {}, headers={"X-Medvirk-Alene": "1"})
    _at(NOON + 31 * MINUTE, bruker, "/mer", 303)


def test_a_bruker_is_signed_out_after_twelve_hours_in_all(app: Flask, verden: Verden, bruker: Klient) -> None:
    for number in range(1, 12 * 3):
        _at(NOON + 20 * number * MINUTE, bruker, "/mer", 200)
    _at(NOON + timedelta(hours=12), bruker, "/mer", 303)


def test_staff_an_hour_away_and_ten_hours_in_all(app: Flask, verden: Verden, veileder: Klient) -> None:
    page = "/veileder/palogginger"
    for number in range(1, 12):
        _at(NOON + 50 * number * MINUTE, veileder, page, 200)
    _at(NOON + timedelta(hours=10), veileder, page, 303)
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    _at(NOON + 60 * MINUTE, per, page, 303)


def test_one_doors_cookie_is_useless_at_the_other(app: Flask, verden: Verden, bruker: Klient, veileder: Klient) -> None:
    amina, kari = bruker.http.get_cookie("medvirk"), veileder.http.get_cookie("medvirk-ansatt")
    assert amina is not None
    assert kari is not None
    thief = Klient(app)
    thief.http.set_cookie("medvirk-ansatt", amina.value, domain="localhost")
    thief.http.set_cookie("medvirk", kari.value, domain="localhost")
    thief.get("/mer", 303)
    thief.get("/veileder/palogginger", 303)


def test_both_doors_in_one_browser(app: Flask, verden: Verden) -> None:
    """A veileder may have a mapping of their own somewhere; the doors do not disturb each other."""
    both = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    both.logg_inn_ansatt(verden.kommune_id, verden.kari)
    both.get("/mer")
    both.get("/veileder/palogginger")
    both.post("/veileder/ut")
    both.get("/mer")
    both.get("/veileder/palogginger", 303)


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        ".",
        "1.",
        "1.x",
        "x" * 5000,
        "-1." + "A" * 43,
        "9" * 30 + "." + "A" * 43,
        "١." + "A" * 43,
        '1."; DROP',
        "1." + "A" * 43,
    ],
)
def test_cookies_that_are_not_ours(app: Flask, cookie: str) -> None:
    klient = Klient(app)
    sent = {"HTTP_COOKIE": f"medvirk={cookie}".encode().decode("latin-1")}
    assert klient.http.get("/mer", environ_overrides=sent).status_code == 303


def test_signing_out(app: Flask, verden: Verden, bruker: Klient) -> None:
    cookie = bruker.http.get_cookie("medvirk")
    assert cookie is not None
    answer = bruker.post("/ut")
    assert answer.location == "/utlogget"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert bruker.http.get_cookie("medvirk") is None
    page = bruker.follow(answer).text
    assert "utlogget-" in page  # the script that clears the device
    thief = Klient(app)
    thief.http.set_cookie("medvirk", cookie.value, domain="localhost")
    thief.get("/mer", 303)
    with reading() as db:
        assert db.scalar(select(Hendelse).where(Hendelse.type == "logget_ut")) is not None


def test_signing_out_twice_and_when_already_out(app: Flask, verden: Verden, bruker: Klient, besoker: Klient) -> None:
    bruker.post("/ut")
    bruker.token = ""
    bruker.post("/ut")
    assert besoker.post("/ut", key="hva som helst").location == "/utlogget"
    assert besoker.post("/veileder/ut", key="").location == "/veileder/utlogget"


def test_a_stale_page_asks_once_more(app: Flask, verden: Verden, bruker: Klient) -> None:
    assert bruker.post("/ut", key="gammel").location == "/"
    bruker.get("/mer")
    bruker.token = ""
    bruker.post("/ut")


def test_get_never_signs_out(bruker: Klient) -> None:
    bruker.get("/ut", 405)
    bruker.get("/mer")


def test_another_site_cannot_sign_one_out(bruker: Klient) -> None:
    bruker.post("/ut", status=400, headers={"Sec-Fetch-Site": "cross-site"})
    bruker.get("/mer")


def test_what_was_typed_when_the_session_ended_is_there_afterwards(
    app: Flask, verden: Verden, veileder: Klient
) -> None:
    path = "/veileder/ny-bruker"
    veileder.get(path)
    with clock.frozen(NOON + 61 * MINUTE):
        answer = veileder.post(path, {"navn": "Halvveis Skrevet", "telefon": "00 00"})
        assert answer.location is not None
        assert "tatt_vare_pa=1" in answer.location
        assert "Vi tok vare på det du skrev" in veileder.follow(answer).text
        back = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
        assert "Halvveis Skrevet" in back.get(f"{path}?utkast=1").text
        stranger = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
        assert "Halvveis Skrevet" not in stranger.get(f"{path}?utkast=1").text


def test_who_types_is_remembered_when_the_same_person_confirms(app: Flask, verden: Verden, bruker: Klient) -> None:
    """K1: confirming does not turn a helper into the bruker."""
    assert bruker.who is not None
    with writing(unverified=True) as db:
        db.execute(update(Okt).where(Okt.id == bruker.who.okt_id).values(skriver="hjelper"))
    page = bruker.post("/mer/koder", status=200).text
    code = page.split('<span class="kode">', 1)[1].split("<", 1)[0]
    bruker.post("/inn/kode", {"kode": code})
    with reading() as db:
        newest = db.scalars(select(Okt.skriver).where(Okt.avsluttet.is_(None), Okt.hvordan == "engangskode")).one()
    assert newest == "hjelper"


def test_the_cookie_over_https(settings: Settings, verden: Verden) -> None:
    """``__Host-`` and Secure: no other site, no other address of ours and no plain http can set or see it."""
    secure = create_app(replace(settings, origin="https://medvirk.example"))
    browser = secure.test_client()
    with secure.app_context():
        link = invitasjoner.operator_link(verden.kommune_id, "bruker", verden.amina)
        page = browser.get(f"/i/{link.token}", base_url="https://medvirk.example")
    assert page.headers["Strict-Transport-Security"]
    key = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert key is not None
    answer = browser.post(f"/i/{link.token}", data={"csrf_token": key[1]}, base_url="https://medvirk.example")
    assert answer.status_code == 303
    given = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("__Host-medvirk="))
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in given.split(";")}
    assert "Domain" not in given
    secure.extensions["medvirk.engines"].dispose()


def test_devices_in_few_words() -> None:
    assert enhet.words(ANDROID) == "Android · Chrome"
    assert enhet.words("") == ""
    assert enhet.words("\x00<script>") == ""


def test_only_a_sign_out_erases_the_device(bruker: Klient, besoker: Klient) -> None:
    """Loaded again, or come to by a link: nobody has signed out, and what waits on the phone stays."""
    assert bruker.get("/utlogget", 303).location == "/"
    answer = bruker.post("/ut")
    assert "utlogget-" in bruker.follow(answer).text
    again = bruker.get("/utlogget").text
    assert "utlogget-" not in again
    assert "slettet" not in again
    assert "utlogget-" not in besoker.get("/utlogget").text


def test_the_page_after_sign_out_at_the_office_door(veileder: Klient) -> None:
    assert veileder.get("/veileder/utlogget", 303).location == "/veileder/"
    assert "utlogget-" in veileder.follow(veileder.post("/veileder/ut")).text
    assert "utlogget-" not in veileder.get("/veileder/utlogget").text


def test_somebody_elses_unsent_text_is_left_on_the_device(bruker: Klient) -> None:
    """The page has found it and says so; the browser is then not asked to erase what lies there."""
    answer = bruker.post("/ut", {"behold": "1"})
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert "data-behold" in bruker.follow(answer).text


def test_forgetting_the_device_leaves_nobodys_text(bruker: Klient) -> None:
    answer = bruker.post("/ut", {"behold": "1", "glem": "1"})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "data-behold" not in bruker.follow(answer).text


@pytest.mark.parametrize("path", ["/inn", "/utlogget", "/tilgjengelighet", "/finnes-ikke"])
def test_a_session_that_ran_out_is_forgotten_by_the_next_page(bruker: Klient, besoker: Klient, path: str) -> None:
    """No page of ours was there to forget it on a borrowed phone."""
    status = 404 if path == "/finnes-ikke" else 200
    assert "data-okt" not in besoker.get(path, status).text
    with clock.frozen(NOON + 31 * MINUTE):
        assert "data-okt" in bruker.get(path, status).text
        assert bruker.http.get_cookie("medvirk") is not None  # what was typed until then is still theirs
    with clock.frozen(NOON + timedelta(days=2)):
        bruker.get("/", 303)
        assert bruker.http.get_cookie("medvirk") is not None  # the page that they are led to has not said it yet
        assert "data-okt" in bruker.get(path, status).text
        assert "data-okt" not in bruker.get(path, status).text
    assert bruker.http.get_cookie("medvirk") is None


def test_a_living_session_is_not_forgotten(bruker: Klient, veileder: Klient) -> None:
    assert "data-okt" not in bruker.get("/").text
    assert "data-okt" not in bruker.get("/tilgjengelighet").text
    with clock.frozen(NOON + timedelta(hours=11)):
        assert "data-okt" not in veileder.get("/veileder/inn").text  # the office leaves nothing on a device


def test_a_database_that_is_away_ends_no_session(bruker: Klient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose cookie it is could not be asked: it stays, and nothing is forgotten on the device."""

    def away(*_asked: object) -> None:
        raise OperationalError("select", {}, Exception("restarting"))

    with monkeypatch.context() as broken:
        broken.setattr(okter, "_find", away)
        page = bruker.get("/plan/", 503)
    assert "data-okt" not in page.text
    assert not [one for one in page.headers.getlist("Set-Cookie") if one.startswith("medvirk=")]
    bruker.get("/plan/", 200)


def test_what_is_the_same_for_everybody_stays_so(bruker: Klient, besoker: Klient) -> None:
    """The worker fetches these pages for later: one that erases the device must not be among them."""
    with clock.frozen(NOON + 31 * MINUTE):
        assert bruker.get("/frakoblet/nb").data == besoker.get("/frakoblet/nb").data


def test_after_leaving_quickly_the_device_is_not_erased(bruker: Klient) -> None:
    """A mark is left where the server may not have heard it (decision 16)."""
    bruker.http.set_cookie("medvirk-ut", "1", domain="localhost")
    answer = bruker.http.get("/inn")
    assert answer.status_code == 200
    assert "data-okt" not in answer.text


def test_the_cookie_is_there_to_tell_that_the_session_ran_out(bruker: Klient) -> None:
    page = bruker.post("/mer/koder", status=200).text
    code = page.split('<span class="kode">', 1)[1].split("<", 1)[0]
    answer = bruker.post("/inn/kode", {"kode": code})
    given = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("medvirk="))
    assert f"Max-Age={int(timedelta(days=30, hours=12).total_seconds())}" in given
