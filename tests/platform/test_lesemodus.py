"""Reading mode and «Les høyt» as the server knows them: the choice, and what comes with a page (decision 17)."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.klient import Klient
from tests.verden import Verden
from webapp.platform import assets
from webapp.platform.lesemodus import COOKIE

MODE = re.compile(r"<html[^>]* data-lesemodus")


def kept(client: FlaskClient) -> str | None:
    """What the browser keeps of the choice."""
    cookie = client.get_cookie(COOKIE)
    return cookie.value if cookie else None


def test_it_is_chosen_under_mer_and_holds_on_every_page(verden: Verden, bruker: Klient) -> None:
    assert not MODE.search(bruker.get("/mer").text)
    bruker.post("/lesemodus", {"lesemodus": "pa", "neste": "/mer"})
    assert kept(bruker.http) == "1"
    for path in ("/mer", "/", "/kartlegging/bolig", "/om"):
        page = bruker.get(path).text
        assert MODE.search(page)
        assert f'<link rel="stylesheet" href="{assets.asset("lesemodus.css")}">' in page
    bruker.post("/lesemodus", {"lesemodus": "av", "neste": "/mer"})
    assert kept(bruker.http) is None
    assert not MODE.search(bruker.get("/").text)


def test_nobody_fetches_it_who_has_not_asked(verden: Verden, bruker: Klient) -> None:
    """The first visit stays small: neither reading aloud nor the mode is among what the page loads by itself."""
    page = bruker.get("/kartlegging/bolig").text
    loaded = re.findall(r'<(?:script|link)[^>]*(?:src|href)="/static/dist/([a-z]+)', page)
    assert not {"les", "lesemodus", "diktering"} & set(loaded)
    assert 'data-les="/static/dist/les-' in page


def test_it_works_before_sign_in_and_is_left_alone_by_signing_out(
    verden: Verden, besoker: Klient, bruker: Klient
) -> None:
    besoker.post("/lesemodus", {"lesemodus": "pa", "neste": "/inn"})
    assert MODE.search(besoker.get("/inn").text)
    bruker.post("/lesemodus", {"lesemodus": "pa"})
    bruker.post("/ut")
    assert MODE.search(bruker.get("/utlogget").text)


def test_a_device_that_is_forgotten_keeps_nothing_of_it(verden: Verden, bruker: Klient) -> None:
    bruker.post("/lesemodus", {"lesemodus": "pa"})
    bruker.post("/ut", {"glem": "1"})
    assert kept(bruker.http) is None


def test_not_at_the_office(verden: Verden, veileder: Klient) -> None:
    veileder.http.set_cookie(COOKIE, "1", domain="localhost")
    for path in ("/veileder/", "/veileder/inn", "/veileder/finnes-ikke"):
        page = veileder.http.get(path).text
        assert not MODE.search(page)
        assert "data-les=" not in page


@pytest.mark.parametrize("path", ["/inn", "/om", "/utlogget", "/finnes-ikke", "/frakoblet/ar"])
def test_every_page_before_sign_in_can_be_read_aloud(app: Flask, besoker: Klient, path: str) -> None:
    page = besoker.http.get(path).text
    # Without script there is no button: it is hidden, and the bar is no part of the page yet.
    assert re.search(r'<button class="les-knapp" type="button" hidden', page)
    assert '<template id="les-linje">' in page


def test_it_leads_nowhere_else(besoker: Klient) -> None:
    answer = besoker.post("/lesemodus", {"lesemodus": "pa", "neste": "https://annet.example/"})
    assert answer.location == "/"


def test_only_the_bruker_may_be_heard(verden: Verden, bruker: Klient, veileder: Klient) -> None:
    """Dictation on the device itself needs the microphone; the office's pages have no use for it."""
    assert "microphone=(self)" in bruker.get("/").headers["Permissions-Policy"]
    assert "microphone=()" in veileder.get("/veileder/").headers["Permissions-Policy"]
