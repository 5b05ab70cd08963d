"""The app on the phone: the worker keeps what is the same for everybody, and nothing else; updates disturb nobody."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check, debugger
from tests.browser.conftest import OpenWindow
from tests.browser.offline import own_phone
from tests.browser.pages import expect_saved, open_theme, wait_until, write
from tests.browser.server import Person, Server, unique
from tests.browser.window import OFFLINE, Window

pytestmark = pytest.mark.en_gang

# Everything that lies in any cache of ours: address and text.
CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      found.push({ url: request.url, text: await answer.text(), control: answer.headers.get("cache-control") });
    }
  }
  return found;
}"""


def installed(window: Window, path: str = "/") -> Page:
    """A page of the bruker's, with the worker in place and everything it keeps on the phone."""
    page = window.open(path)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => 0)")
    wait_until(page, "async () => (await caches.keys()).includes('medvirk-sprak')")
    return page


def cut(window: Window) -> None:
    """No network from here on."""
    window.watch.expect(OFFLINE)
    window.context.set_offline(True)


@pytest.mark.parametrize("sprak", ["nb", "ar"])
def test_without_network_a_page_says_so_in_the_brukers_language(
    server: Server, veileder: Person, window: OpenWindow, sprak: str
) -> None:
    """The page that was asked for is not there: the offline page says what is safe, and opens it when it can."""
    here = window(server.new_bruker(veileder, sprak=sprak), sprak="nb" if sprak == "ar" else "ar")
    page = installed(here)
    cut(here)
    here.open("/plan/")
    expect(page.locator("html")).to_have_attribute("lang", sprak)
    expect(page.locator("main[data-frakoblet]")).to_be_visible()
    expect(page.locator("[data-prov-igjen]")).to_be_visible()
    check(page)
    here.context.set_offline(False)
    expect(page.locator("nav.nav-bruker a[aria-current]")).to_have_attribute("href", "/plan/")


def test_no_page_from_behind_the_sign_in_lies_in_any_cache(bruker: Person, window: OpenWindow) -> None:
    """A walk through the app with text of one's own: the caches hold public files and the offline pages only."""
    here = window(bruker)
    page = installed(here)
    words = unique("Naboen")
    open_theme(here)
    write(page, "bolig.fungerer", words)
    expect_saved(page)
    for path in ("/", "/kartlegging/", "/kartlegging/bolig", "/kartlegging/se-over", "/plan/", "/vilkar/", "/varsel/",
                 "/moter/", "/klage/", "/veiledning/", "/innsyn/", "/mer", "/mer/palogginger", "/om"):  # fmt: skip
        here.open(path)
    entries = page.evaluate(CACHED)
    assert len(entries) > 10
    for entry in entries:
        address = entry["url"].removeprefix(here.server.origin)
        assert re.fullmatch(r"/static/dist/[^/]+|/frakoblet/[a-zA-Z-]{2,5}\?__WB_REVISION__=\w+|/sprak", address), (
            address
        )
        assert words not in entry["text"]
        assert "Amina" not in entry["text"]
        assert "csrf" not in entry["text"] or address.endswith(".js")
        assert "no-store" not in (entry["control"] or "")


def test_a_phone_that_was_emptied_and_called_ones_own_again(bruker: Person, window: OpenWindow) -> None:
    """With another tab open the worker is taken back as it was, and its caches were erased: it fills them again."""
    here = window(bruker)
    page = own_phone(here, passkey=False)
    installed(here)
    wait_until(page, f"({CACHED})().then((all) => all.some(({{ url }}) => url.includes('/frakoblet/')))")
    before = sorted(entry["url"] for entry in page.evaluate(CACHED))
    other = here.new_tab("/plan/")
    page = here.open("/mer/telefon")
    page.locator("[data-slett]").click()
    expect(page.locator("[data-slettet]")).to_be_visible()
    assert page.evaluate(CACHED) == []
    page.locator("[data-ja]").click()
    wait_until(other, f"({CACHED})().then((all) => all.length === {len(before)})", 30_000)
    assert sorted(entry["url"] for entry in page.evaluate(CACHED)) == before
    cut(here)
    here.open("/")
    expect(page.locator("main[data-frakoblet]")).to_be_visible()


def test_an_error_from_the_server_is_an_answer(bruker: Person, window: OpenWindow) -> None:
    """404 and sign-in redirects come through as they are; only silence becomes the offline page."""
    here = window(bruker)
    page = installed(here)
    here.watch.expect("404")
    here.open("/finnes-ikke")
    expect(page.locator("h1")).to_have_text("Fant ikke siden")
    here.context.clear_cookies()
    here.open("/plan/")
    expect(page).to_have_url(re.compile("/inn"))


def test_the_office_never_meets_the_worker(bruker: Person, veileder: Person, window: OpenWindow) -> None:
    """Staff pages go straight to the network, and without one the browser's own page says so."""
    here = window(bruker)
    page = installed(here)
    here.sign_in(veileder)
    here.open("/veileder/")
    expect(page.locator("main[data-frakoblet]")).to_have_count(0)
    assert page.locator('link[rel="manifest"]').count() == 0
    cut(here)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        here.open("/veileder/")


def test_only_somebody_signed_in_gets_the_worker(window: OpenWindow) -> None:
    """A library PC that has only seen the front door has nothing of ours on it."""
    here = window()
    page = here.open("/inn")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert page.evaluate("async () => (await caches.keys()).length") == 0


@pytest.mark.parametrize(
    "broken",
    [
        "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined })",
        "ServiceWorkerContainer.prototype.register = async () => { throw new DOMException('no', 'SecurityError') }",
    ],
    ids=["unsupported", "refused"],
)
def test_a_browser_without_workers_has_an_ordinary_website(bruker: Person, window: OpenWindow, broken: str) -> None:
    """Private windows and old browsers: everything works, and the console is quiet (the window's watch asks)."""
    here = window(bruker)
    here.context.add_init_script(broken)
    page = open_theme(here)
    write(page, "bolig.fungerer", "Det går.")
    expect_saved(page)
    page.wait_for_load_state("networkidle")


def test_somebody_who_saves_on_data_fetches_nothing_extra(bruker: Person, window: OpenWindow) -> None:
    """Save-Data: no worker, no precache."""
    here = window(bruker)
    here.context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page = here.open("/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


# How it goes with a worker that is put in place now.
OUTCOME = """async () => {
  const registration = await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  while (!["redundant", "installed", "activated"].includes(worker.state)) await new Promise((on) => setTimeout(on, 50));
  return worker.state;
}"""


def test_a_full_phone_has_an_ordinary_website(bruker: Person, window: OpenWindow) -> None:
    """Nothing can be kept: the worker does not come into being, and nobody notices."""
    here = window(bruker)
    page = here.page
    quota = {"origin": here.server.origin, "quotaSize": 1000}
    debugger(page).send("Storage.overrideQuotaForOrigin", quota)
    open_theme(here)
    assert page.evaluate(OUTCOME) == "redundant"
    write(page, "bolig.fungerer", "Det går.")
    expect_saved(page)
    here.open("/plan/")
    expect(page.locator("h1")).to_be_visible()
