"""A new version of the app comes quietly: never under somebody who writes, never by reloading."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenWindow
from tests.browser.offline import ON_DEVICE, own_phone, ready_offline, wait_until_kept
from tests.browser.pages import expect_saved, expect_status, expect_text, open_theme, wait_until, write
from tests.browser.server import Person, Server
from tests.browser.test_installed import installed
from tests.browser.window import Window
from webapp.config import ROOT
from webapp.platform import assets

pytestmark = pytest.mark.en_gang

FOUND = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  await registration.update();
  const fresh = registration.installing ?? registration.waiting;
  while (registration.waiting === null) await new Promise((done) => setTimeout(done, 50));
  return fresh !== null;
}"""
WAITING = "async () => (await navigator.serviceWorker.getRegistration()).waiting !== null"
STYLES = """async () => {
  const all = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) all.push(new URL(url).pathname);
  return all.filter((path) => path.includes("/medvirk-"));
}"""


class Build:
    """Another build of the front end beside the first: the styles have changed, and their old file is gone."""

    def __init__(self, folder: Path) -> None:
        self.dist = folder / "dist"
        shutil.copytree(assets.DIST, self.dist)
        names = json.loads((self.dist / "manifest.json").read_text())
        self.old_css = assets.URL + names["medvirk.css"]
        text = (self.dist / names["medvirk.css"]).read_text()
        for file in self.dist.glob(names["medvirk.css"] + "*"):
            file.unlink()
        names["medvirk.css"] = "medvirk-00000000ff.css"
        self.new_css = assets.URL + names["medvirk.css"]
        (self.dist / names["medvirk.css"]).write_text(text + "\n:root { --bygg: 2 }\n")
        (self.dist / "manifest.json").write_text(json.dumps(names))
        self.config = folder / "gunicorn.conf.py"
        self.config.write_text(
            "import sys\nfrom pathlib import Path\n\n\ndef post_fork(server, worker):\n"
            f"    sys.path.insert(0, {str(ROOT)!r})\n"
            "    from webapp.platform import assets\n\n"
            f"    assets.DIST = Path({str(self.dist)!r})\n"
        )


@contextmanager
def deployed(server: Server, build: Build, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Inside the block the server runs the other build."""
    plain = server.environment
    with patch.context() as inside:
        more = {**plain, "GUNICORN_CMD_ARGS": f"--config {build.config}"}
        inside.setattr(Server, "environment", property(lambda _self: more))
        server.kill()
        server.start()
        try:
            yield
        finally:  # the server is shared: the next test is not to meet this build
            inside.undo()
            server.kill()
            server.start()


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """The next version."""
    return Build(tmp_path)


def _closed_and_opened(here: Window) -> Page:
    """The app is closed, and opened again when the browser has noticed (asked a few times: it says that to nobody)."""
    for _ in range(5):
        for page in here.context.pages:
            page.close()
        page = here.new_tab("/plan/")
        with suppress(AssertionError):
            wait_until(page, f"async () => !(await ({WAITING})())", patience=2_000)
            return page
    raise AssertionError("the old worker is still there")


def test_a_new_version_waits_until_no_page_is_open(
    server: Server, bruker: Person, window: OpenWindow, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages that are written on, left and opened stay with the worker they had. Opened again, the app has a new one."""
    here = window(bruker)
    page = installed(here)
    open_theme(here)
    write(page, "bolig.fungerer", "Jeg bor fint.")
    expect_saved(page)
    page.evaluate("() => { window.samme = true }")
    with deployed(server, build, monkeypatch):
        assert page.evaluate(FOUND)
        write(page, "bolig.fungerer", " Naboen er snill.")
        expect_saved(page)
        assert page.evaluate(WAITING)
        assert page.evaluate("() => window.samme")
        expect_text(page, "bolig.fungerer", "Jeg bor fint. Naboen er snill.")

        other = here.new_tab("/plan/")
        other.wait_for_load_state("networkidle")
        assert other.evaluate(WAITING)  # two pages are open: nobody is disturbed
        other.close()

        here.open("/vilkar/").wait_for_load_state("networkidle")
        assert page.evaluate(WAITING)  # going from page to page is no moment either

        page = _closed_and_opened(here)
        wait_until(page, f"async () => JSON.stringify(await ({STYLES})()) === JSON.stringify(['{build.new_css}'])")


def test_an_old_worker_meets_a_new_server(
    server: Server, bruker: Person, window: OpenWindow, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of the old version come from the phone, of the new one from the network, and what nobody has is 404."""
    here = window(bruker)
    page = installed(here)
    here.open("/kartlegging/")  # the first page that the worker serves
    status = "async (url) => (await fetch(url, { cache: 'no-store' })).status"  # past the browser's own cache
    with deployed(server, build, monkeypatch):
        assert page.request.get(server.origin + build.old_css).status == 404
        assert page.evaluate(status, build.old_css) == 200
        assert page.evaluate(status, build.new_css) == 200
        here.watch.expect("404")
        assert page.evaluate(status, "/static/dist/felles-0000000000.js") == 404
        # The browser threw a file of the old version away: it is asked for again, and the answer is the network's.
        page.evaluate("async () => { for (const name of await caches.keys()) await caches.delete(name) }")
        assert page.evaluate(status, assets.asset("felles.js")) == 200
        assert page.evaluate(status, build.old_css) == 404
        here.open("/plan/")
        assert page.evaluate("() => getComputedStyle(document.documentElement).getPropertyValue('--bygg')") == "2"


AS_BEFORE_THE_UPDATE = """async () => {
  const asked = indexedDB.open('medvirk');
  const db = await new Promise((ok) => { asked.onsuccess = () => ok(asked.result) });
  const rows = db.transaction('nokler', 'readwrite').objectStore('nokler');
  const all = await new Promise((ok) => { rows.get('ord nb').onsuccess = ({ target }) => ok(target.result) });
  const { venter, ...rest } = all;
  const done = new Promise((ok) => { rows.transaction.oncomplete = ok });
  rows.put({ ...rest, version: 'old' }, 'ord nb');
  await done;
  db.close();
  return venter;
}"""


def test_a_new_word_stands_there_on_the_first_page_after_an_update(window: OpenWindow, bruker: Person) -> None:
    """An own phone has the words of the version before: one that the new version says was not among them."""
    here = window(bruker)
    page = own_phone(here, passkey=False)
    wait_until_kept(page, "/")
    open_theme(here)
    ready_offline(page)
    here.context.set_offline(True)
    write(page, "bolig.fungerer", "Skrevet på bussen.")
    expect_status(page, "frakoblet")
    wait_until(page, f"({ON_DEVICE})().then((all) => all.includes('ord nb'))")
    word = page.evaluate(AS_BEFORE_THE_UPDATE)
    page.goto("about:blank")
    page.route("**/lagre", lambda route: route.abort())
    here.watch.expect("ERR_FAILED")
    here.context.set_offline(False)
    here.open("/")
    expect(page.locator("#venter-tittel")).to_have_text(word)
