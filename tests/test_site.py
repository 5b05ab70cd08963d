"""The pages that belong to no room."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from tests.conftest import NOON
from tests.klient import Klient
from tests.verden import Verden
from webapp.platform import clock


def test_alive_and_ready(besoker: Klient) -> None:
    assert besoker.get("/healthz").json == {"ok": True}
    assert besoker.get("/readyz").json == {"ok": True}


def test_not_ready_without_a_database(app: Flask, besoker: Klient, monkeypatch: object) -> None:
    from sqlalchemy import create_engine

    from webapp.platform.database import Engines

    kept = app.extensions["medvirk.engines"]
    nowhere = create_engine("sqlite:////finnes/ikke/medvirk.db")
    app.extensions["medvirk.engines"] = Engines(nowhere, nowhere)
    try:
        assert besoker.get("/readyz", 503).json == {"ok": False}
        assert besoker.get("/healthz").json == {"ok": True}
    finally:
        app.extensions["medvirk.engines"] = kept


def test_saying_one_is_still_here_keeps_the_session(app: Flask, verden: Verden, bruker: Klient) -> None:
    """WCAG 2.2.1: the warning comes with a button, and the button works."""
    page = bruker.get("/kartlegging/").text
    assert 'data-minutter="30"' in page
    assert 'data-url="/okt"' in page
    with clock.frozen(NOON + timedelta(minutes=29)):
        assert bruker.json("/okt", {}).json == {"ok": True}
    with clock.frozen(NOON + timedelta(minutes=58)):
        bruker.get("/kartlegging/")
    with clock.frozen(NOON + timedelta(minutes=89)):
        bruker.get("/kartlegging/", 303)


def test_error_pages_help_and_tell_nothing(app: Flask, besoker: Klient, bruker: Klient) -> None:
    for klient in (besoker, bruker):
        page = klient.get("/finnes/ikke", 404).text
        assert "Traceback" not in page
    assert bruker.http.post("/kartlegging/", data={"csrf_token": bruker._key()}).status_code in {303, 400, 405}
    assert besoker.http.put("/inn").status_code == 405


def test_another_site_cannot_post_for_anybody(app: Flask, verden: Verden, bruker: Klient) -> None:
    key = bruker._key()
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://annet.example"}):
        answer = bruker.http.post("/okt", json={}, headers={"X-CSRFToken": key, **headers})
        assert answer.status_code == 400


def test_a_page_is_packed_for_who_asks(bruker: Klient) -> None:
    packed = bruker.http.get("/kartlegging/", headers={"Accept-Encoding": "br"})
    assert packed.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_an_address_that_nobody_types_is_not_put_back_into_the_page(besoker: Klient) -> None:
    page = besoker.get("/kartlegging%00/x", 404).text
    assert "\x00" not in page
