"""Built files: found by name, served compressed and for ever, and nothing else is served."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.platform import assets

BUILT = "medvirk-0123456789.css"
PLAIN = b"a{color:red}" * 50


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder as the build leaves it, with a secret beside it."""
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / BUILT).write_bytes(PLAIN)
    (folder / f"{BUILT}.gz").write_bytes(gzip.compress(PLAIN))
    (folder / f"{BUILT}.br").write_bytes(b"not really brotli")
    (folder / "manifest.json").write_text(json.dumps({"medvirk.css": BUILT}))
    (tmp_path / "secret-0123456789.css").write_text("secret")
    monkeypatch.setattr(assets, "DIST", folder)
    _forget()
    yield folder
    _forget()


def _forget() -> None:
    assets.asset.cache_clear()
    assets._manifest.cache_clear()


@pytest.fixture
def browser(dist: Path) -> FlaskClient:
    """Asks a bare app that serves only these files."""
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/static/dist/<path:filename>", "static_dist", assets.serve)
    return app.test_client()


def test_the_name_in_the_template_becomes_the_name_of_the_content(dist: Path) -> None:
    """A template names the file; the address holds the hash of what is in it."""
    assert assets.asset("medvirk.css") == f"/static/dist/{BUILT}"


def test_what_is_not_built_says_what_to_do(dist: Path) -> None:
    """A missing file and a missing build both end in a sentence with the command."""
    with pytest.raises(assets.AssetsNotBuiltError, match="npm run build"):
        assets.asset("annet.css")
    _forget()
    (dist / "manifest.json").unlink()
    with pytest.raises(assets.AssetsNotBuiltError, match="npm run build"):
        assets.asset("medvirk.css")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", None), ("identity", None)],
)
def test_the_best_copy_that_the_browser_takes(browser: FlaskClient, accepted: str, encoding: str | None) -> None:
    """Compressed at build time, so that no request pays for it; kept by the browser for a year."""
    answer = browser.get(f"/static/dist/{BUILT}", headers={"Accept-Encoding": accepted})
    assert answer.status_code == 200
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if encoding is None:
        assert answer.data == PLAIN


def test_each_copy_has_a_tag_of_its_own(browser: FlaskClient) -> None:
    """Or a cache would take the one for the other."""
    tags = {
        browser.get(f"/static/dist/{BUILT}", headers={"Accept-Encoding": accepted}).headers["ETag"]
        for accepted in ("br", "gzip", "")
    }
    assert len(tags) == 3


def test_a_range_is_of_the_plain_bytes(browser: FlaskClient) -> None:
    """A piece of a compressed file is no use to anybody."""
    answer = browser.get(f"/static/dist/{BUILT}", headers={"Accept-Encoding": "br", "Range": "bytes=0-9"})
    assert (answer.status_code, answer.data) == (206, PLAIN[:10])
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    "name",
    [
        "manifest.json",
        f"{BUILT}.gz",
        f"{BUILT}.br",
        "../secret-0123456789.css",
        "..%2fsecret-0123456789.css",
        "%2e%2e/secret-0123456789.css",
        "/etc/passwd",
        "medvirk-0123456789.css%00",
        "medvirk-ffffffffff.css",
        "medvirk.css",
        "x" * 5000,
    ],
)
def test_nothing_else_is_served(browser: FlaskClient, name: str) -> None:
    """No list of files, no compressed copy by its own name, no way out of the folder."""
    assert browser.get(f"/static/dist/{name}").status_code in {404, 308}
