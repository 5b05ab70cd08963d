"""What is the same for everybody: the worker, the offline pages, the manifests, the icons."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from tests.klient import Klient
from webapp.config import ConfigError, read
from webapp.platform import assets, languages
from webapp.telefon import worker

SHARED = ("/sw.js", *(f"/frakoblet/{one.tag}" for one in languages.SPRAK.values()), "/manifest/ar.webmanifest")


def listed(app: Flask) -> dict[str, Any]:
    """The list in front of the worker."""
    first = Klient(app).get("/sw.js").text.partition("\n")[0]
    found: dict[str, Any] = json.loads(first.removeprefix("self.medvirk=").removesuffix(";"))
    return found


def test_the_worker_is_asked_for_anew_each_time(besoker: Klient) -> None:
    answer = besoker.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    policy = answer.headers["Content-Security-Policy"]
    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy
    assert besoker.get("/sw.js", 304, headers={"If-None-Match": answer.headers["ETag"]}).data == b""


@pytest.mark.parametrize("path", SHARED)
def test_it_is_the_same_whoever_asks(besoker: Klient, bruker: Klient, veileder: Klient, path: str) -> None:
    """No cookie is read and none is set, so that nothing personal can come into it and no session is prolonged."""
    answers = [klient.http.get(path) for klient in (besoker, bruker, veileder)]
    assert len({answer.data for answer in answers}) == 1
    for answer in answers:
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert "no-store" not in answer.headers["Cache-Control"]
    assert "csrf_token" not in answers[0].text
    assert 'name="csrf"' not in answers[0].text


def test_everything_on_the_list_is_there_and_public(app: Flask, besoker: Klient) -> None:
    for file in listed(app)["filer"]:
        answer = besoker.http.get(file["url"])
        assert answer.status_code == 200
        assert "no-store" not in answer.headers["Cache-Control"]
        # A file with its hash in the name is its own revision; a page says which one it is.
        assert (file["revision"] is None) == file["url"].startswith(assets.URL)
    names = [file["url"] for file in listed(app)["filer"]]
    assert not [name for name in names if "kontor" in name or "/sw-" in name]


def test_an_offline_page_that_changes_changes_the_worker(app: Flask) -> None:
    """The browser compares bytes: a new telephone number must be new bytes."""
    before = listed(app)
    app.extensions["medvirk.settings"] = replace(app.extensions["medvirk.settings"], telefon="55 55 33 33")
    app.extensions.pop("medvirk.worker")
    after = listed(app)
    changed = {one["url"] for one in after["filer"]} - {one["url"] for one in before["filer"] if one in after["filer"]}
    assert changed == {f"/frakoblet/{one.tag}" for one in languages.SPRAK.values()}


@pytest.mark.parametrize("kode", list(languages.SPRAK))
def test_the_offline_page_says_whom_to_call(app: Flask, kode: str) -> None:
    klient = Klient(app, kode)
    assert "tel:" not in klient.get(f"/frakoblet/{languages.tag(kode)}").text
    app.extensions["medvirk.settings"] = replace(app.extensions["medvirk.settings"], telefon="55 55 33 33")
    page = klient.get(f"/frakoblet/{languages.tag(kode)}").text
    assert 'href="tel:55553333"' in page
    assert "55 55 33 33" in page


def test_languages_that_there_are_not(besoker: Klient) -> None:
    for path in ("/frakoblet/xx", "/frakoblet/..", "/manifest/xx.webmanifest", "/manifest/nb"):
        besoker.get(path, 404)


@pytest.mark.parametrize("kode", list(languages.SPRAK))
def test_the_manifest_is_one_app_in_each_language(besoker: Klient, kode: str) -> None:
    answer = besoker.get(f"/manifest/{languages.tag(kode)}.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    told = json.loads(answer.text)
    assert (told["id"], told["scope"], told["start_url"]) == ("/", "/", "/")
    assert (told["lang"], told["dir"]) == (languages.tag(kode), languages.SPRAK[kode].retning)
    assert told["screenshots"]
    for picture in [*told["icons"], *told["screenshots"]]:
        answer = besoker.get(picture["src"])
        assert answer.mimetype == picture["type"]
        if picture["sizes"] != "any":
            width, height = Image.open(io.BytesIO(answer.data)).size
            assert picture["sizes"] == f"{width}x{height}"


def test_the_phone_keeps_the_manifest_until_there_is_another(app: Flask, besoker: Klient) -> None:
    """Browsers ask for it with every page, and a round trip on a slow line is a fifth of a second."""
    arab, asks = Klient(app, "ar"), {"Accept-Language": "ar"}
    page = arab.get("/inn", headers=asks).text
    address = page.partition('<link rel="manifest" href="')[2].partition('"')[0]
    assert address.startswith("/manifest/ar.webmanifest?v=")
    assert "immutable" in besoker.get(address).headers["Cache-Control"]
    for other in (address.partition("?")[0], f"{address}x"):
        assert besoker.get(other).headers["Cache-Control"] == "no-cache"
    texts = app.extensions["medvirk.manifest"]
    app.extensions["medvirk.manifest"] = {"ar": texts["ar"].replace("Medvirk", "Noe annet")}
    assert address not in arab.get("/inn", headers=asks).text
    assert besoker.get(address).headers["Cache-Control"] == "no-cache"


def test_only_the_brukers_pages_are_an_app(bruker: Klient, veileder: Klient, besoker: Klient) -> None:
    """The manifest and the script that registers the worker: not at the office, and no worker before sign-in."""
    assert "/manifest/nb.webmanifest" in bruker.get("/").text
    assert "/manifest/nb.webmanifest" in besoker.get("/inn").text
    assert "manifest" not in veileder.get("/veileder/").text
    script = assets.asset("telefon.js")
    assert script in bruker.get("/").text
    assert script not in besoker.get("/inn").text
    assert script not in veileder.get("/veileder/").text


@pytest.mark.parametrize("number", ["ring oss", "12", "5" * 30, "+", "55'55"])
def test_a_telephone_number_that_is_none_stops_the_start(number: str) -> None:
    with pytest.raises(ConfigError, match="MEDVIRK_TELEFON"):
        read({"MEDVIRK_DEMO": "1", "MEDVIRK_TELEFON": number})


def test_the_list_is_made_once(app: Flask) -> None:
    with app.test_request_context():
        assert worker.script() is worker.script()
