"""Every error page as somebody meets it: what happened, what to do now, the way on. Looked at like any other page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, update

from tests.browser.checks import check
from tests.browser.conftest import OpenWindow
from tests.browser.server import Person, Server
from tests.browser.window import DESK, PHONE
from webapp.identitet.innlogging import PER_ADDRESS, WINDOW
from webapp.identitet.models import Bruker
from webapp.platform import attempts

pytestmark = [pytest.mark.en_gang, pytest.mark.uten_arbeider]

LOOKS = [(PHONE, "nb"), (PHONE, "ar"), (DESK, "nb")]
STATUS = "() => performance.getEntriesByType('navigation')[0].responseStatus"
POST = """([path, fields]) => {
  const form = Object.assign(document.createElement('form'), { method: 'post', action: path });
  for (const [name, value] of Object.entries(fields)) {
    const field = Object.assign(document.createElement('input'), { type: 'hidden', name, value });
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}"""


def post(page: Page, path: str, **fields: str) -> None:
    """Send a form that is not on the page."""
    with page.expect_navigation():
        page.evaluate(POST, [path, fields])


@contextmanager
def unreadable(server: Server, bruker: Person) -> Iterator[None]:
    """What is sealed about the bruker does not open inside the block, as after a mishap with the database."""
    engine = create_engine(server.database_url)
    mine = (Bruker.kommune_id == bruker.kommune_id, Bruker.id == bruker.id)
    try:
        with engine.begin() as connection:
            before = connection.execute(Bruker.__table__.select().where(*mine)).one().profil
            connection.execute(update(Bruker).where(*mine).values(profil=before[:-1] + bytes([before[-1] ^ 1])))
        yield
        with engine.begin() as connection:
            connection.execute(update(Bruker).where(*mine).values(profil=before))
    finally:
        engine.dispose()


def _look_at(page: Page, status: int, *words: str) -> None:
    assert page.evaluate(STATUS) == status
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main .knapperad a")).to_be_visible()
    for text in words:
        expect(page.locator("main textarea[readonly]").first).to_have_value(text)
    check(page)


@pytest.mark.parametrize(("look", "sprak"), LOOKS, ids=["phone", "ar", "desk"])
def test_what_a_bruker_meets(
    window: OpenWindow, server: Server, bruker: Person, look: dict[str, Any], sprak: str
) -> None:
    """400, 404, 413, 500, 503."""
    server.speak(bruker, sprak)
    here = window(bruker, look=look, sprak=sprak)
    here.watch.expect("40[04]|413|50[03]")
    page = here.open("/mer")
    key = page.get_attribute('meta[name="csrf"]', "content") or ""
    post(page, "/kartlegging/visning", visning="alt", csrf_token=key)
    _look_at(page, 400)
    here.open("/finnes-ikke")
    _look_at(page, 404)
    here.open("/mer")
    post(page, "/veiledning/ny", tekst="x" * 4_300_000)
    _look_at(page, 413)
    with unreadable(server, bruker):
        here.open("/")
        _look_at(page, 500)
    with server.broken_table("svar"):
        here.open("/kartlegging/bolig")
        _look_at(page, 503)


@pytest.mark.parametrize(("look", "sprak"), LOOKS, ids=["phone", "ar", "desk"])
def test_what_a_stranger_meets(window: OpenWindow, server: Server, look: dict[str, Any], sprak: str) -> None:
    """401, with the words that nobody knows the owner of; 429, with how long to wait."""
    here = window(look=look, sprak=sprak)
    here.watch.expect("401|429")
    page = here.open("/inn")
    words = "Dette skrev jeg etter at jeg var borte lenge."
    post(page, "/veiledning/ny", tekst=words, csrf_token="gammel")
    _look_at(page, 401, words)
    here.open("/inn")
    page.locator("#kode").fill("AAAA3333")
    try:
        with server.inside():
            for _ in range(PER_ADDRESS["kode"]):
                attempts.count("kode", "127.0.0.1", most=PER_ADDRESS["kode"], within=WINDOW)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        _look_at(page, 429)
    finally:
        with server.inside():
            attempts.forget("kode", "127.0.0.1")


def test_what_a_veileder_meets(window: OpenWindow, veileder: Person) -> None:
    """At the office the way on leads to the worklist."""
    here = window(veileder, look=DESK)
    here.watch.expect("404")
    page = here.open("/veileder/finnes-ikke")
    _look_at(page, 404)
    expect(page.locator("main .knapperad a")).to_have_attribute("href", "/veileder/")
