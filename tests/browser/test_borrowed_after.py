"""What lies on a borrowed phone afterwards: for the next one, for who comes back, and when a session ends by itself.

Decision 16 says what is promised. The ways of leaving are in test_borrowed_phone.py.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.offline import ON_DEVICE
from tests.browser.pages import (
    OWN_WORDS,
    expect_everywhere,
    expect_saved,
    expect_status,
    expect_text,
    open_theme,
    path_of,
    wait_until,
    write,
)
from tests.browser.server import Person, Server, unique
from tests.browser.test_borrowed_phone import SIGN_IN
from tests.browser.window import NO_WORKER, OFFLINE, Window

pytestmark = pytest.mark.en_gang


def left_unsent(here: Window, bruker: Person) -> str:
    """A word that lies sealed on this phone, of somebody whose session is over."""
    here.watch.expect(f"{OFFLINE}|401|ViewTransition")
    page = open_theme(here)
    secret = unique("hemmelig")
    here.context.set_offline(True)
    write(page, OWN_WORDS, secret)
    expect_status(page, "frakoblet")
    page.goto("about:blank")
    here.context.set_offline(False)
    here.server.end_sessions(bruker)
    return secret


def test_somebody_else_signs_in_and_out(window: OpenWindow, server: Server, bruker: Person, veileder: Person) -> None:
    """What the one before them could not send is neither read nor erased: it is there when they are back."""
    other = server.new_bruker(veileder, navn="Jonas Prøve")
    here = window(bruker)
    secret = left_unsent(here, bruker)
    here.sign_in(other)
    page = open_theme(here)
    write(page, OWN_WORDS, "Fra Jonas.")
    expect_saved(page)
    page.locator('form[action="/ut"] button').first.click()
    page.wait_for_url("**/utlogget")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget ut")
    wait_until(page, f"({ON_DEVICE})().then((all) => !all.includes('cache '))")
    kept = page.evaluate(ON_DEVICE)
    assert "¤forseglet" in kept
    assert secret not in kept
    here.sign_in(bruker)
    expect_text(here.open("/kartlegging/bolig"), OWN_WORDS, secret)
    expect_saved(page)
    expect_everywhere(window(bruker), OWN_WORDS, secret)


def test_forget_this_device(window: OpenWindow, server: Server, bruker: Person, veileder: Person) -> None:
    """«Glem denne enheten» leaves nothing: not one's own, not what somebody else could not send, not the language."""
    other = server.new_bruker(veileder, navn="Jonas Prøve")
    here = window(bruker)
    left_unsent(here, bruker)
    here.sign_in(other)
    page = here.open("/mer/palogginger")
    page.locator('form:has(input[name="glem"])').evaluate("(form) => form.closest('details').open = true")
    page.locator('form:has(input[name="glem"]) button').click()
    page.wait_for_url("**/utlogget")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget ut")
    wait_until(page, f"({ON_DEVICE})().then((all) => all === '{{}}')")
    assert not any(cookie.get("name") == "medvirk" for cookie in here.context.cookies())


def test_a_page_that_says_signed_out_erases_nothing_by_itself(window: OpenWindow, bruker: Person) -> None:
    """An old tab that is loaded again, or a link from elsewhere: whoever is signed in has what they wrote."""
    here = window(bruker)
    here.watch.expect(OFFLINE)
    page = open_theme(here)
    here.context.set_offline(True)
    write(page, OWN_WORDS, "Ikke sendt ennå.")
    expect_status(page, "frakoblet")
    page.goto("about:blank")
    here.context.set_offline(False)
    page = here.open("/utlogget")
    assert path_of(page) == "/"
    # The front page sends it, or the theme does: whichever is first.
    expect_text(here.open("/kartlegging/bolig"), OWN_WORDS, "Ikke sendt ennå.")
    expect_everywhere(window(bruker), OWN_WORDS, "Ikke sendt ennå.")


def test_what_is_left_when_the_session_is_over(window: OpenWindow, server: Server, bruker: Person) -> None:
    """A phone that nobody has called their own: no cache, no worker, no flag. Unsent text stays, sealed; is sent."""
    here = window(bruker)
    secret = left_unsent(here, bruker)
    here.sign_in(bruker)
    page = here.page
    page.clock.install()
    page.route("**/lagre", lambda route: route.fulfill(status=500, body="{}"))
    here.watch.expect("500")
    here.open("/plan/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => localStorage.setItem('medvirk-hjemskjerm', 'nei'))")
    assert "cache " in page.evaluate(ON_DEVICE)
    server.end_sessions(bruker)
    page.clock.fast_forward("31:00")
    page.wait_for_url(SIGN_IN)
    kept = page.evaluate(ON_DEVICE)
    assert "cache " not in kept
    assert "hjemskjerm" not in kept
    assert page.evaluate("() => navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert "¤forseglet" in kept
    assert secret not in kept
    page.unroute("**/lagre")
    here.sign_in(bruker)
    expect_text(here.open("/kartlegging/bolig"), OWN_WORDS, secret)
    expect_saved(page)


def test_nothing_is_left_when_the_session_is_over_and_nothing_waits(
    window: OpenWindow, server: Server, bruker: Person
) -> None:
    """All of it goes, as at sign-out. (An own phone keeps its pages: test_offline.py.)"""
    here = window(bruker)
    here.watch.expect(f"401|ViewTransition|{NO_WORKER}")
    page = here.page
    page.clock.install()
    here.open("/plan/")
    page.evaluate("() => navigator.serviceWorker.ready")
    server.end_sessions(bruker)
    page.clock.fast_forward("31:00")
    page.wait_for_url(SIGN_IN)
    assert page.evaluate(ON_DEVICE) == "{}"
