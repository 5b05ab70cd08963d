"""The quick lock of an own phone where it meets other things: no network, a second window (decision 16)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenWindow
from tests.browser.offline import own_phone, ready_offline, wait_until_kept
from tests.browser.pages import OWN_WORDS, THEME, field, open_theme
from tests.browser.server import Person, Server
from tests.browser.test_borrowed_phone import SIGN_IN
from tests.browser.test_offline import away
from tests.browser.window import NO_WORKER, Window

pytestmark = pytest.mark.en_gang

# A test cannot put a page in the background: the page is told that it is there.
HIDE, SHOW = (
    f"""() => {{
      Object.defineProperty(document, 'visibilityState', {{ value: '{state}', configurable: true }});
      document.dispatchEvent(new Event('visibilitychange'));
    }}"""
    for state in ("hidden", "visible")
)


def locking(here: Window) -> Page:
    """An own phone whose bruker has asked for the lock."""
    here.watch.expect(f"401|ViewTransition opt-in disabled|{NO_WORKER}")
    page = own_phone(here)
    page.locator("[data-lasraskt]").check()
    return page


def expect_locked(page: Page) -> None:
    """The page is covered."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Velkommen tilbake")
    expect(field(page, OWN_WORDS)).to_be_hidden()


def test_opened_without_network_it_asks_once_and_locks_again(window: OpenWindow, bruker: Person) -> None:
    """Whoever has just opened the phone's own copy is there; when they go away, it is locked as any page is."""
    here = window(bruker)
    page = locking(here)
    wait_until_kept(page)
    here.context.clock.install()
    page.goto("about:blank")
    here.context.clock.fast_forward(600_000)
    here.context.set_offline(True)
    here.open(f"/kartlegging/{THEME}")
    page.locator("main section.kort-viktig button").click()
    expect(field(page, OWN_WORDS)).to_be_visible()
    away(page, 61)
    expect_locked(page)
    page.get_by_role("button", name="Fortsett").click()
    expect(field(page, OWN_WORDS)).to_be_visible()


def test_every_window_is_locked_and_not_only_the_one_that_is_seen_first(window: OpenWindow, bruker: Person) -> None:
    """The browser and the app on the home screen, or two tabs: whoever turns to the other one sees nothing there."""
    here = window(bruker)
    page = locking(here)
    here.context.clock.install()
    open_theme(here)
    ready_offline(page)
    other = here.new_tab(f"/kartlegging/{THEME}")
    ready_offline(other)
    for one in (page, other):
        one.evaluate(HIDE)
    here.context.clock.fast_forward(61_000)
    page.evaluate(SHOW)
    expect_locked(page)
    page.evaluate(HIDE)
    other.evaluate(SHOW)
    expect_locked(other)


@pytest.mark.parametrize("way", ["/inn", "/i/finnes-ikke"])
def test_a_page_of_the_way_in_opens_no_lock(window: OpenWindow, bruker: Person, way: str) -> None:
    """Whoever has taken up the phone can type an address. A sign-in counts, and not what was looked at."""
    here = window(bruker)
    page = locking(here)
    here.watch.expect("404")
    here.context.clock.install()
    open_theme(here)
    ready_offline(page)
    page.evaluate(HIDE)
    here.context.clock.fast_forward(600_000)
    other = here.new_tab(way)
    expect(other.get_by_role("heading", level=1)).to_have_text("Velkommen tilbake")
    other.goto(f"{here.server.origin}/kartlegging/{THEME}")
    other.wait_for_url(SIGN_IN)


def test_whoever_signs_in_after_being_away_meets_no_lock(window: OpenWindow, server: Server, bruker: Person) -> None:
    """The session ran out meanwhile: with the next one it counts anew, whichever way they came in, and locks again."""
    here = window(bruker)
    page = locking(here)
    here.context.clock.install()
    open_theme(here)
    ready_offline(page)
    page.goto("about:blank")
    here.context.clock.fast_forward(600_000)
    server.end_sessions(bruker)
    here.sign_in(bruker)
    open_theme(here)
    ready_offline(page)
    expect(field(page, OWN_WORDS)).to_be_visible()
    away(page, 61)
    expect_locked(page)


def test_opened_without_network_it_is_locked_in_the_end_whatever_was_chosen(window: OpenWindow, bruker: Person) -> None:
    """There is no session that ends by being away: half an hour out of sight covers the page all the same."""
    here = window(bruker)
    here.watch.expect(f"401|ViewTransition opt-in disabled|{NO_WORKER}")
    page = own_phone(here)
    wait_until_kept(page)
    here.context.clock.install()
    here.context.set_offline(True)
    here.open(f"/kartlegging/{THEME}")
    page.locator("main section.kort-viktig button").click()
    expect(field(page, OWN_WORDS)).to_be_visible()
    away(page, 29 * 60)
    expect(field(page, OWN_WORDS)).to_be_visible()
    away(page, 30 * 60)
    expect_locked(page)
    page.get_by_role("button", name="Fortsett").click()
    expect(field(page, OWN_WORDS)).to_be_visible()


def opened_without_network(here: Window, page: Page) -> None:
    """The theme that lies on the phone, opened with the passkey; then the network is back."""
    wait_until_kept(page)
    page.goto("about:blank")
    here.context.set_offline(True)
    here.open(f"/kartlegging/{THEME}")
    page.locator("main section.kort-viktig button").click()
    expect(field(page, OWN_WORDS)).to_be_visible()
    here.context.set_offline(False)


def test_opened_without_network_it_is_locked_when_nobody_touches_it(window: OpenWindow, bruker: Person) -> None:
    """In sight on a table for as long as a session lasts with nobody there: covered, and opened with the passkey."""
    here = window(bruker)
    here.watch.expect(f"401|ViewTransition opt-in disabled|{NO_WORKER}")
    page = own_phone(here)
    here.context.clock.install()
    opened_without_network(here, page)
    here.context.clock.run_for(29 * 60_000)
    expect(field(page, OWN_WORDS)).to_be_visible()
    here.context.clock.run_for(2 * 60_000)
    expect_locked(page)
    page.get_by_role("button", name="Fortsett").click()
    expect(field(page, OWN_WORDS)).to_be_visible()
    here.context.clock.run_for(2 * 60_000)
    expect(field(page, OWN_WORDS)).to_be_visible()


def test_a_page_opened_without_network_hears_of_a_sign_out(window: OpenWindow, bruker: Person) -> None:
    """Another tab has signed out, and the device is empty: nothing is left to read in this one either."""
    here = window(bruker)
    here.watch.expect(f"401|ViewTransition opt-in disabled|{NO_WORKER}")
    page = own_phone(here)
    opened_without_network(here, page)
    other = here.new_tab("/")
    other.locator('form[action="/ut"] button').first.click()
    other.wait_for_url("**/utlogget**")
    page.wait_for_url(SIGN_IN)
    expect(field(page, OWN_WORDS)).to_have_count(0)


def test_a_page_opened_without_network_hears_of_somebody_else(
    window: OpenWindow, server: Server, bruker: Person
) -> None:
    """Jonas has signed in in another tab: Amina's page goes. That hers was opened here tells his page nothing."""
    here = window(bruker)
    here.watch.expect(f"401|ViewTransition opt-in disabled|{NO_WORKER}")
    page = own_phone(here)
    opened_without_network(here, page)
    here.sign_in(server.new_bruker(navn="Jonas"))
    other = here.new_tab("/plan/")
    page.wait_for_url(here.server.origin + "/")
    expect(field(page, OWN_WORDS)).to_have_count(0)
    expect(other).to_have_url(here.server.origin + "/plan/")
