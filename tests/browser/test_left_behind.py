"""What lies in the browser's own folder afterwards: a real profile is written, the browser closed, every file searched.

Looked for: an unusual word that was typed, the person's name, what the server says on the pages, and the key of the
device. As they stand, in UTF-16 (LevelDB and the history of old), and inside packed cache entries.

What a browser keeps that no page reaches, and what is held about it instead:

- **addresses** in the history (they name the kind of page, and hold ids): no word of the person stands in an address;
- **titles** beside them: tests/sidekontroll/titles.py holds what they may say;
- **what stands in fields**: offered again, and kept for opening the tabs again, unless they say autocomplete="off"
  (tests/sidekontroll/typed.py holds that all do);
- **the picture of the page** that a phone's app switcher holds: not in this folder.
"""

from __future__ import annotations

import base64
import re
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.pages import OWN_WORDS, expect_saved, expect_status, ready, wait_until, write
from tests.browser.server import Person, Server, unique
from tests.browser.test_borrowed_phone import LEAVE, NEUTRAL, with_neutral_page
from tests.browser.window import OFFLINE, PHONE, Window, opened_with_memory

pytestmark = pytest.mark.en_gang

NAME = "Xerxesia Prøvesen"
_GZIP = b"\x1f\x8b\x08"


def walk(here: Window, secret: str) -> tuple[Page, list[bytes]]:
    """An evening on a borrowed phone: answers, a longer form, a request, a while without network. Gives the keys."""
    page = here.open("/")
    expect(page.locator("main")).to_contain_text(NAME.partition(" ")[0])
    for path in ("/mer", "/plan/", "/vilkar/", "/varsel/", "/innsyn/", "/mer/palogginger"):
        here.open(path, page)
    here.open("/veiledning/ny", page)
    page.locator("textarea").first.press_sequentially(f"{secret} i et brev")
    expect_status(page, "lagret")
    here.open("/innsyn/henvendelse/ny", page)
    page.locator("textarea").first.fill(f"{secret} i en henvendelse")
    page.locator('input[name="slag"]').first.check()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/innsyn/henvendelse/[0-9a-f-]{36}"))
    here.open("/kartlegging/bolig", page)
    ready(page)
    key = page.locator('meta[name="enhetsnokkel"]').get_attribute("content") or ""
    assert len(base64.b64decode(key)) == 32
    write(page, OWN_WORDS, f"{secret} med nett. ")
    expect_saved(page)
    here.context.set_offline(True)
    write(page, OWN_WORDS, f"{secret} uten nett.")
    expect_status(page, "frakoblet")
    here.context.set_offline(False)
    expect_saved(page)
    return page, [key.encode(), base64.b64decode(key)]


def inside(content: bytes) -> Iterator[bytes]:
    """A file as it lies there, and what is packed in it: Chromium keeps answers of the network as they came."""
    yield content
    for found in re.finditer(re.escape(_GZIP), content):
        try:
            yield zlib.decompressobj(31).decompress(content[found.start() :])
        except zlib.error:
            continue


def search(folder: Path, words: list[bytes]) -> list[str]:
    """Every file with one of the words in it."""
    return [
        f"{file.relative_to(folder)}: {word!r}"
        for file in folder.rglob("*")
        if file.is_file() and not file.is_symlink()
        for part in inside(file.read_bytes())
        for word in words
        if word in part
    ]


def spelled(*words: str) -> list[bytes]:
    """Each word as the files may hold it."""
    return [form for word in words for form in (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"))]


def rows(folder: Path, file: str, question: str) -> list[tuple[str, ...]]:
    """What one of the browser's own databases answers."""
    found = next(folder.rglob(file), None)
    if found is None:
        return []
    connection = sqlite3.connect(f"file:{found}?mode=ro&immutable=1", uri=True)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("how", "sprak"),
    [("sign out", "nb"), ("sign out", "ar"), ("leave quickly", "nb"), ("sign out without network", "nb")],
)
def test_nothing_is_left_in_the_profile(
    playwright: Playwright, whole_browser: str, server: Server, veileder: Person, tmp_path: Path, how: str, sprak: str
) -> None:
    """After goodbye, and after the browser was closed, no file of the profile knows what was written, or who wrote."""
    bruker = server.new_bruker(veileder, navn=NAME, sprak=sprak)
    secret = unique("Qvirrevimsen").replace(" ", "")
    with opened_with_memory(playwright.chromium, whole_browser, server, tmp_path, PHONE, sprak) as here:
        here.watch.expect(f"{OFFLINE}|ERR_FAILED|ViewTransition")
        with_neutral_page(here)
        page, keys = walk(here.sign_in(bruker), secret)
        if how == "leave quickly":
            page.locator(LEAVE).click()
            page.wait_for_url(NEUTRAL)
        elif how == "sign out":
            page.locator('form[action="/ut"] button').first.click()
            page.wait_for_url("**/utlogget")
            expect(page.locator("main a.ds-button[href='/inn']")).to_be_visible()
        else:
            # What signs out without network is fetched when the page has been calm for a while (felles.js).
            wait_until(page, "performance.getEntriesByType('resource').some((it) => it.name.includes('utlogging-'))")
            here.context.set_offline(True)
            page.locator('form[action="/ut"] button').first.click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Denne enheten er tømt")
        assert not search(tmp_path, []), "the search itself works"
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(file.name == "History" for file in files), "a profile was written"
    found = search(tmp_path, [*spelled(secret, *NAME.split()), *keys])
    assert not found, "\n".join(found)
    # No cache holds one of our pages, packed or not: only built files, which are the same for everybody.
    host = server.origin.encode()
    for file in files:
        if "Cache" not in str(file.relative_to(tmp_path)):
            continue
        kept = set(re.findall(re.escape(host) + rb"(/[\w/.?=&%-]*)", file.read_bytes()))
        personal = {path for path in kept if not re.match(rb"/(static/|manifest/|sprak|sw\.js|frakoblet|$)", path)}
        assert not personal, f"{file.relative_to(tmp_path)}: {personal}"
    # The history has addresses and titles, and the titles say nothing but what kind of page it was.
    titles = {title for (title,) in rows(tmp_path, "History", "SELECT title FROM urls")}
    assert titles
    for word in ("vilkår", "varsel", "klage", "sosial", "bolig", "helse", "nav"):
        assert not [title for title in titles if re.search(rf"\b{word}", title, re.IGNORECASE)], titles
    # Nothing that was typed is offered again in another form.
    assert rows(tmp_path, "Web Data", "SELECT name, value FROM autofill") == []
    # The session cookie is gone, or opens nothing: the server has ended it. The mark says nothing and opens nothing.
    cookies = {name for (name,) in rows(tmp_path, "Cookies", "SELECT name FROM cookies")}
    assert cookies <= {"medvirk-skjema"} | ({"medvirk", "medvirk-ut"} if how == "sign out without network" else set())


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """So that finding nothing means something: plain, UTF-16, packed."""
    packed = zlib.compressobj(wbits=31)
    (tmp_path / "a").write_bytes(b"..Qvirre..")
    (tmp_path / "b").write_bytes(b"\x00" + "Qvirre".encode("utf-16-le"))
    (tmp_path / "c").write_bytes(b"head" + packed.compress(b"x Qvirre y" * 50) + packed.flush() + b"tail")
    (tmp_path / "d").write_bytes(b"Qvir re")
    assert {line.split(":")[0] for line in search(tmp_path, spelled("Qvirre"))} == {"a", "b", "c"}
