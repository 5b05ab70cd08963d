"""On a bus the browser says that there is a network, and there is none: only an answer from the server is believed.

And when it was the server that was away, the browser says nothing at all: it is asked again.
"""

from __future__ import annotations

from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.checks import check
from tests.browser.conftest import OpenWindow
from tests.browser.offline import own_phone, wait_until_kept
from tests.browser.pages import OWN_WORDS, expect_status, open_theme, path_of, write
from tests.browser.server import Person, Server
from tests.browser.test_borrowed_phone import SIGN_IN
from tests.browser.window import OFFLINE, Window

pytestmark = pytest.mark.en_gang

ASKED_AGAIN = 16_000  # ms, a little more than linje.js, sesjon.js and utlogging.js wait before they ask again
# Goes with the page: still there afterwards means that nobody has loaded it anew.
MARK, MARKED = "() => { window.sammeSide = true }", "() => window.sammeSide === true"
BELIEVES = "() => Object.defineProperty(navigator, 'onLine', { value: true, configurable: true })"
SAYS_ONLINE = f"() => {{ ({BELIEVES})(); dispatchEvent(new Event('offline')); dispatchEvent(new Event('online')) }}"


def flickers(page: Page, asked: str) -> None:
    """«Offline» and «online» in one breath, and what the page asks for then does not come."""
    with page.expect_event("requestfailed", lambda request: request.url.endswith(asked)):
        page.evaluate(SAYS_ONLINE)


def comes_back(here: Window) -> None:
    """There is a network again. When the browser has said so by itself first, the page is on its way already."""
    here.context.set_offline(False)
    with suppress(Error):
        here.page.evaluate(SAYS_ONLINE)


def test_the_offline_page_waits_for_an_answer(window: OpenWindow, bruker: Person) -> None:
    """It opens the page that was asked for when the server answers, and stays where it is until then."""
    here = window(bruker)
    page = own_phone(here)
    wait_until_kept(page)
    here.context.set_offline(True)
    here.open("/om")
    expect(page.locator("[data-prov-igjen]")).to_be_visible()
    page.evaluate(MARK)
    flickers(page, "/healthz")
    assert page.evaluate(MARKED)
    comes_back(here)
    expect(page.locator("main[data-frakoblet]")).to_have_count(0)
    assert path_of(page) == "/om"


def test_links_go_to_the_pages_on_the_phone_still(window: OpenWindow, bruker: Person) -> None:
    """An own phone, and a network that was not one: the next page comes in place, and is not locked."""
    here = window(bruker)
    page = own_phone(here)
    wait_until_kept(page)
    here.context.set_offline(True)
    page.locator('nav a[href="/kartlegging/"]').click()
    expect(page.locator("[data-frakoblet-linje]")).to_be_visible()
    page.evaluate(MARK)
    flickers(page, "/healthz")
    page.locator('nav a[href="/plan/"]').click()
    expect(page.locator('nav a[href="/plan/"]')).to_have_attribute("aria-current", "page")
    assert page.evaluate(MARKED)


def test_signing_out_is_told_until_it_is_heard(window: OpenWindow, bruker: Person) -> None:
    """The device is empty at once. The server hears of it, also when the first try goes nowhere."""
    here = window(bruker)
    here.watch.expect(f"{OFFLINE}|ViewTransition opt-in disabled")
    page = here.page
    with page.expect_response(lambda answer: "/utlogging-" in answer.url):
        open_theme(here)
    here.context.set_offline(True)
    write(page, OWN_WORDS, "Noe.")
    expect_status(page, "frakoblet")
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator('form[action="/ut"] button').first.click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Denne enheten er tømt")
    flickers(page, "/ut")
    expect(heading).to_have_text("Denne enheten er tømt")
    with page.expect_response(lambda answer: answer.url.endswith("/ut")):
        comes_back(here)
    expect(heading).to_have_text("Du er logget ut")


def test_a_session_that_ends_leads_nowhere_without_a_network(
    window: OpenWindow, server: Server, bruker: Person
) -> None:
    """The page is covered, and stays so: not the browser's own error page. The way in comes with the network."""
    here = window(bruker)
    here.watch.expect(f"{OFFLINE}|401|ViewTransition")
    page = here.page
    page.clock.install()
    here.open("/plan/")
    here.context.set_offline(True)
    page.evaluate(BELIEVES)
    page.evaluate(MARK)
    server.end_sessions(bruker)
    page.clock.fast_forward("31:00")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Velkommen tilbake")
    flickers(page, "/healthz")
    expect(heading).to_have_text("Velkommen tilbake")
    assert page.evaluate(MARKED)
    comes_back(here)
    page.wait_for_url(SIGN_IN)


def test_only_the_server_prolongs_a_session(window: OpenWindow, bruker: Person) -> None:
    """On a train the network answers everything with a sign-in page of its own: that is no answer of ours."""
    here = window(bruker)
    page = here.page
    page.clock.install()
    here.open("/plan/")
    page.clock.fast_forward("28:30")
    still_here = page.get_by_role("button", name="Jeg er her fortsatt")
    page.route("**/okt", lambda route: route.fulfill(content_type="text/html", body="<h1>Velkommen om bord</h1>"))
    with page.expect_response("**/okt"):
        still_here.click()
    page.clock.run_for(100)
    expect(still_here).to_be_visible()
    page.unroute("**/okt")
    still_here.click()
    expect(still_here).to_be_hidden()


def test_the_offline_page_opens_when_the_server_is_back(window: OpenWindow, server: Server, bruker: Person) -> None:
    """The phone had a network all the time."""
    here = window(bruker)
    page = own_phone(here)
    wait_until_kept(page)
    page.clock.install()
    server.kill()
    here.open("/om")
    expect(page.locator("[data-prov-igjen]")).to_be_visible()
    server.start()
    page.clock.fast_forward(ASKED_AGAIN)
    expect(page.locator("main[data-frakoblet]")).to_have_count(0)
    assert path_of(page) == "/om"


def test_the_server_hears_of_a_sign_out_when_it_is_back(window: OpenWindow, server: Server, bruker: Person) -> None:
    """It was away when somebody signed out, and so was every word of it on the device."""
    here = window(bruker)
    here.watch.expect(f"{OFFLINE}|ViewTransition opt-in disabled")
    page = here.page
    page.clock.install()
    with page.expect_response(lambda answer: "/utlogging-" in answer.url):
        here.open("/plan/")
        page.clock.fast_forward(3_000)
    server.kill()
    page.locator('form[action="/ut"] button').first.click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Denne enheten er tømt")
    server.start()
    with page.expect_response(lambda answer: answer.url.endswith("/ut")):
        page.clock.fast_forward(ASKED_AGAIN)
    expect(heading).to_have_text("Du er logget ut")


def test_the_way_in_comes_when_the_server_is_back(window: OpenWindow, server: Server, bruker: Person) -> None:
    """A session that ended meanwhile: the cover says what it waits for, and goes by itself."""
    here = window(bruker)
    here.watch.expect(f"{OFFLINE}|401|ViewTransition")
    page = here.page
    page.clock.install()
    here.open("/plan/")
    server.kill()
    page.clock.fast_forward("31:00")
    expect(page.get_by_role("heading", level=1)).to_have_text("Velkommen tilbake")
    expect(page.get_by_role("status")).to_contain_text("Siden åpner seg selv")
    check(page)
    server.start()
    server.end_sessions(bruker)
    page.clock.fast_forward(ASKED_AGAIN)
    page.wait_for_url(SIGN_IN)
