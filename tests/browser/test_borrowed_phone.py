"""Borrowed phones and library PCs: leaving in one press, signing out with and without a network, what is left behind.

Decision 16 says what is promised. What a browser keeps that no page reaches is said where its folder is searched.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from tests.browser.checks import check
from tests.browser.conftest import OpenWindow
from tests.browser.offline import ON_DEVICE, expect_nothing_waits, ready_offline
from tests.browser.pages import (
    OWN_WORDS,
    expect_everywhere,
    expect_saved,
    expect_status,
    expect_text,
    open_theme,
    path_of,
    write,
)
from tests.browser.server import Person, Server, unique
from tests.browser.window import DESK, NO_WORKER, OFFLINE, PHONE, Window

pytestmark = pytest.mark.en_gang

NEUTRAL = "https://www.yr.no/"
LEAVE = "[data-lukk]"
SIGN_IN = re.compile(r"/inn(\?|$)")


def with_neutral_page(window: Window) -> Window:
    """The weather, without asking anybody for it."""

    def weather(route: Route) -> None:
        route.fulfill(body="<!doctype html><html lang=nb><title>Været</title><h1>Været</h1>", content_type="text/html")

    window.context.route(f"{NEUTRAL}**", weather)
    window.watch.expect("somebody else: https://www.yr.no/")
    window.watch.expect("ViewTransition opt-in disabled")  # the weather does not glide in
    window.watch.expect("401")  # a save that the goodbye overtook: the server has kept it, and says who must sign in
    return window


def asked_of_others(window: Window) -> list[str]:
    """What the page has asked anybody else for."""
    return [line for line in window.watch.seen if line.startswith("somebody else")]


def expect_gone(page: Page, secret: str) -> None:
    """Back, forward, and the address typed again: nothing personal, only the way in."""
    for _step in range(4):
        page.go_back()
        if page.url.startswith(NEUTRAL) or page.url == "about:blank":
            continue
        page.wait_for_url(SIGN_IN)
        assert secret not in page.content()
        assert "Amina" not in page.content()
        assert not re.search("kartlegging|bolig", page.url), "the address tells where she was"
    page.go_forward()
    assert secret not in page.content()


@pytest.mark.parametrize(("look", "sprak"), [(PHONE, "nb"), (PHONE, "ar"), (DESK, "nb")], ids=["phone", "ar", "desk"])
def test_leave_quickly(window: OpenWindow, bruker: Person, look: dict[str, Any], sprak: str) -> None:
    """One press in the middle of a word: the weather; «back» asks who it is; the word is there after sign-in."""
    here = with_neutral_page(window(bruker, look=look, sprak=sprak))
    page = here.open("/")
    here.open("/mer", page)
    open_theme(here, page=page)
    check(page)
    secret = unique("hemmelig")
    write(page, OWN_WORDS, secret)
    assert not asked_of_others(here)
    page.locator(LEAVE).click()
    page.wait_for_url(NEUTRAL)
    assert "/kartlegging/bolig" not in page.evaluate("() => document.referrer")
    expect_gone(page, secret)
    here.watch.expect("401|ViewTransition opt-in disabled")
    page.goto(f"{here.server.origin}/kartlegging/bolig")
    page.wait_for_url(SIGN_IN)
    assert secret not in page.content()
    assert not any(cookie.get("name", "").startswith("medvirk-ut") for cookie in here.context.cookies())
    again = window(bruker, look=look, sprak=sprak)
    again.open("/")
    expect_everywhere(again, OWN_WORDS, secret)


def test_escape_three_times_without_network(window: OpenWindow, bruker: Person) -> None:
    """From the keyboard, and with nobody to tell: sealed text, and a session that ends at the next visit."""
    here = with_neutral_page(window(bruker, look=DESK))
    here.watch.expect(f"{OFFLINE}|ViewTransition opt-in disabled")
    here.watch.expect("ERR_FAILED|Failed to load resource")
    page = open_theme(here)
    button = page.locator(LEAVE)
    expect(button).to_have_accessible_description(re.compile("Escape tre ganger"))
    write(page, OWN_WORDS, "Med nett. ")
    expect_saved(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.type("a")  # somebody who goes on writing
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_be_visible()
    page.keyboard.press("Backspace")
    expect_saved(page)
    here.context.set_offline(True)
    here.server.kill()  # what outlives its page is not held back by the browser's make-believe
    secret = unique("hemmelig")
    write(page, OWN_WORDS, secret)
    for _press in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(NEUTRAL)
    here.server.start()
    here.context.set_offline(False)
    page.goto(f"{here.server.origin}/")
    page.wait_for_url(SIGN_IN)
    assert "Amina" not in page.content()
    # The same person signs in on this device again: it is in its field, and goes to the server.
    here.sign_in(bruker)
    page = here.open("/kartlegging/bolig")
    expect_text(page, OWN_WORDS, f"Med nett. {secret}")
    expect_saved(page)
    expect_everywhere(window(bruker), OWN_WORDS, f"Med nett. {secret}")


def test_other_tabs_leave_too(window: OpenWindow, bruker: Person) -> None:
    """One press empties the browser of us: no tab is left with anything on it."""
    here = with_neutral_page(window(bruker))
    first = here.open("/mer")
    second = here.new_tab("/kartlegging/")
    second.locator(LEAVE).click()
    second.wait_for_url(NEUTRAL)
    first.wait_for_url(NEUTRAL)


def test_leave_quickly_from_a_longer_form(window: OpenWindow, bruker: Person) -> None:
    """Text that is kept as utkast while it is written waits on its page after sign-in."""
    here = with_neutral_page(window(bruker))
    page = here.open("/veiledning/ny")
    secret = unique("hemmelig")
    page.locator("textarea").first.press_sequentially(secret)
    page.locator(LEAVE).click()
    page.wait_for_url(NEUTRAL)
    again = window(bruker).open("/veiledning/ny?utkast=1")
    expect(again.locator("textarea").first).to_have_value(secret)


def test_leave_quickly_with_more_than_outlives_a_page(window: OpenWindow, bruker: Person) -> None:
    """Sixty thousand letters and one press, on a line that does not answer: they are sealed on the device as well."""
    here = with_neutral_page(window(bruker))
    here.watch.expect(NO_WORKER)
    page = here.open("/veiledning/ny")
    ready_offline(page)
    page.route("**/utkast", lambda _route: None)
    secret = unique("hemmelig")
    page.locator("textarea").first.fill(f"{secret} {'mye å si ' * 6_700}")
    page.locator(LEAVE).click()
    page.wait_for_url(NEUTRAL)
    page.unroute("**/utkast")
    page = here.open("/om")
    assert "¤forseglet" in page.evaluate(ON_DEVICE)
    here.sign_in(bruker)
    page = here.open("/plan/")
    expect_nothing_waits(page)
    again = window(bruker).open("/veiledning/ny?utkast=1")
    expect(again.locator("textarea").first).to_have_value(re.compile(secret))


def test_leave_quickly_without_script(window: OpenWindow, bruker: Person) -> None:
    """The same road without script: kept as utkast, the weather, and «back» asks who it is."""
    here = with_neutral_page(window(bruker, java_script_enabled=False))
    page = here.open("/veiledning/ny")
    secret = unique("hemmelig")
    page.locator("textarea").first.fill(secret)
    page.locator(LEAVE).click()
    page.wait_for_url(NEUTRAL)
    page.go_back()
    page.wait_for_url(SIGN_IN)
    assert secret not in page.content()
    again = window(bruker).open("/veiledning/ny?utkast=1")
    expect(again.locator("textarea").first).to_have_value(secret)


def test_signing_out_without_network_before_the_page_has_settled(window: OpenWindow, bruker: Person) -> None:
    """The page is gone by the time its script would fetch ahead what signing out needs: nothing is looked for on it."""
    here = window(bruker)
    here.watch.expect(OFFLINE)
    here.page.clock.install()
    page = here.open("/plan/")
    here.context.set_offline(True)
    page.evaluate("() => document.body.replaceChildren()")  # as utlogging.js does
    page.clock.fast_forward(3_000)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(done))")


@pytest.mark.parametrize("look", [PHONE, DESK], ids=["phone", "desk"])
def test_signing_out_without_network(window: OpenWindow, bruker: Person, look: dict[str, Any]) -> None:
    """The device is emptied at once and the page says so; the server hears of it when there is a network."""
    here = window(bruker, look=look)
    here.watch.expect(f"{OFFLINE}|ViewTransition opt-in disabled")
    page = here.page
    with page.expect_response(re.compile("/utlogging-")):  # fetched when the page has been calm for a while
        open_theme(here)
    secret = unique("hemmelig")
    here.context.set_offline(True)
    write(page, OWN_WORDS, secret)
    expect_status(page, "frakoblet")
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator('form[action="/ut"] button').first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Denne enheten er tømt")
    assert secret not in page.content()
    assert path_of(page) == "/utlogget"
    check(page)
    expect_nothing_waits(page)
    here.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget ut")
    assert not [cookie for cookie in here.context.cookies() if cookie.get("name", "").startswith("medvirk-ut")]
    page.go_back()
    assert secret not in page.content()
    page.goto(f"{here.server.origin}/")
    page.wait_for_url(SIGN_IN)


def test_signing_out_on_a_dead_line(window: OpenWindow, bruker: Person) -> None:
    """Nothing comes back, and nothing says so: the page is covered at once, and asks when five seconds are over."""
    here = window(bruker)
    page = here.page
    page.clock.install()
    with page.expect_response(re.compile("/utlogging-")):
        open_theme(here)
        page.clock.fast_forward(2_000)
    for path in ("**/lagre", "**/healthz", "**/utkast"):
        page.route(path, lambda _route: None)
    secret = unique("hemmelig")
    write(page, OWN_WORDS, secret)
    asked: list[str] = []

    def no(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", no)
    page.locator('form[action="/ut"] button').first.click(no_wait_after=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("Et øyeblikk")
    expect(page.locator("nav.nav")).to_be_hidden()
    assert not asked
    page.clock.fast_forward(5_000)
    expect_text(page, OWN_WORDS, secret)
    expect(page.locator("nav.nav")).to_be_visible()
    assert len(asked) == 1


def test_away_too_long(window: OpenWindow, server: Server, bruker: Person) -> None:
    """The page covers itself when the session is over, keeps what was typed, and asks who it is."""
    here = window(bruker)
    here.watch.expect("401|ViewTransition opt-in disabled")
    page = here.page
    page.clock.install()
    open_theme(here)
    secret = unique("hemmelig")
    write(page, OWN_WORDS, secret)
    server.end_sessions(bruker)
    page.clock.fast_forward("31:00")
    page.wait_for_url(SIGN_IN)
    assert secret not in page.content()
    again = open_theme(window(bruker), "bolig?utkast=1")
    expect_text(again, OWN_WORDS, secret)


def test_away_too_long_without_network(window: OpenWindow, server: Server, bruker: Person) -> None:
    """Nothing can be seen, and nothing is lost: what could not be sent stays beneath the cover until it can."""
    here = window(bruker)
    here.watch.expect(f"{OFFLINE}|ViewTransition opt-in disabled")
    here.watch.expect("401")
    page = here.page
    page.clock.install()
    here.open("/veiledning/ny")
    secret = unique("hemmelig")
    here.context.set_offline(True)
    page.locator("textarea").first.press_sequentially(secret)
    server.end_sessions(bruker)
    page.clock.fast_forward("31:00")
    expect(page.get_by_role("heading", level=1)).to_have_text("Velkommen tilbake")
    expect(page.locator("textarea").first).to_be_hidden()
    check(page)
    here.context.set_offline(False)
    page.wait_for_url(SIGN_IN)
    again = window(bruker).open("/veiledning/ny?utkast=1")
    expect(again.locator("textarea").first).to_have_value(secret)
