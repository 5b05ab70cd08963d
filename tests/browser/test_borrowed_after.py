"""What lies on a borrowed phone afterwards: for the next one, for who comes back, and when a session ends by itself.

Decision 16 says what is promised. The ways of leaving are in test_borrowed_phone.py.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenWindow
from tests.browser.offline import ON_DEVICE, expect_nothing_waits, own_phone, wait_until_kept
from tests.browser.pages import (
    OWN_WORDS,
    THEME,
    expect_everywhere,
    expect_saved,
    expect_status,
    expect_text,
    field,
    open_theme,
    path_of,
    wait_until,
    write,
)
from tests.browser.server import Person, Server, unique
from tests.browser.test_borrowed_phone import NEUTRAL, SIGN_IN, with_neutral_page
from tests.browser.window import NO_WORKER, OFFLINE, Window

# What the page shows on the way, also what is gone before a test could look: the last heading, and whether the field.
TELL = """(id) => new MutationObserver(() => {
  const heading = [...document.querySelectorAll("h1")].at(-1)?.textContent.trim();
  shown(heading, document.getElementById(id)?.checkVisibility() ?? false);
}).observe(document.body, { childList: true })"""

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


def ran_out(here: Window, bruker: Person) -> Page:
    """A phone with all that an evening leaves on it, and the session is over with no page of ours open."""
    here.watch.expect(f"ViewTransition|{NO_WORKER}")
    page = here.open("/plan/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => localStorage.setItem('medvirk-hjemskjerm', 'nei'))")
    assert "cache " in page.evaluate(ON_DEVICE)
    page.goto("about:blank")
    here.server.end_sessions(bruker)
    return page


def expect_forgotten(page: Page) -> None:
    """No database, cache, flag or worker."""
    wait_until(page, f"({ON_DEVICE})().then((all) => all === '{{}}')")
    wait_until(page, "navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")


def test_the_session_ran_out_with_no_page_open(window: OpenWindow, bruker: Person) -> None:
    """Whoever opens Medvirk there next meets the way in, and the phone forgets the one before."""
    here = window(bruker)
    page = ran_out(here, bruker)
    here.open("/")
    assert path_of(page) == "/inn"
    expect_forgotten(page)
    here.sign_in(bruker)  # and nothing stands in the way of coming back
    open_theme(here)
    write(page, OWN_WORDS, "Tilbake.")
    expect_saved(page)


def test_the_session_ran_out_with_no_page_open_and_text_waits(window: OpenWindow, bruker: Person) -> None:
    """What could not be sent stays, sealed, and is sent when its owner is back."""
    here = window(bruker)
    secret = left_unsent(here, bruker)
    page = here.open("/inn")
    wait_until(page, f"({ON_DEVICE})().then((all) => !all.includes('cache '))")
    wait_until(page, "navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
    kept = page.evaluate(ON_DEVICE)
    assert "¤forseglet" in kept
    assert secret not in kept
    here.sign_in(bruker)
    here.open("/")
    expect_nothing_waits(page)
    expect_everywhere(window(bruker), OWN_WORDS, secret)


@pytest.mark.parametrize("whose", ["their own", "another's"])
def test_an_own_phone_keeps_what_it_has_when_a_session_ran_out(
    window: OpenWindow, bruker: Person, server: Server, veileder: Person, whose: str
) -> None:
    """It is locked, and theirs: also when it was lent to somebody whose session ran out there."""
    here = window(bruker)
    page = own_phone(here, passkey=False)
    wait_until_kept(page)
    borrower = bruker if whose == "their own" else server.new_bruker(veileder, navn="Jonas Prøve")
    here.sign_in(borrower)
    ran_out(here, borrower)
    here.open("/inn")
    wait_until(page, "performance.getEntriesByType('resource').some((one) => one.name.includes('utlogget-'))")
    page.wait_for_load_state("networkidle")
    kept = page.evaluate(ON_DEVICE)
    assert "cache " in kept
    assert "medvirk.min" in kept
    assert "p /kartlegging/bolig" in kept


def test_an_open_tab_learns_that_somebody_else_has_signed_in(
    window: OpenWindow, server: Server, bruker: Person, veileder: Person
) -> None:
    """At once, and not by its next save: it covers itself, and keeps what was typed for whoever typed it."""
    other = server.new_bruker(veileder, navn="Jonas Prøve")
    here = window(bruker)
    here.watch.expect(f"{OFFLINE}|401|503|ViewTransition")
    page = open_theme(here)
    page.route("**/lagre", lambda route: route.fulfill(status=503, body="{}"))
    secret = unique("hemmelig")
    write(page, OWN_WORDS, secret)
    shown: list[tuple[str, bool]] = []
    page.expose_function("shown", lambda heading, field_is_seen: shown.append((heading, field_is_seen)))
    page.evaluate(TELL, OWN_WORDS)
    here.sign_in(other)
    tab = here.new_tab("/plan/")
    page.wait_for_url(server.origin + "/")
    page.unroute("**/lagre")
    assert ("Noen andre har logget inn her", False) in shown
    assert "Jonas" in page.content()
    kept = tab.evaluate(ON_DEVICE)
    assert "¤forseglet" in kept
    assert secret not in kept
    assert "cache " in kept or tab.evaluate(
        "() => navigator.serviceWorker.getRegistrations().then((all) => all.length)"
    )
    tab.close()
    here.sign_in(bruker)
    here.open("/", page)
    expect_nothing_waits(page)
    expect_everywhere(window(bruker), OWN_WORDS, secret)


def test_a_page_opened_without_network_knows_who_has_signed_in(
    window: OpenWindow, server: Server, bruker: Person, veileder: Person
) -> None:
    """An own phone that is lent out opens nothing of its own, until the borrower is gone or it has heard so."""
    other = server.new_bruker(veileder, navn="Jonas Prøve")
    here = with_neutral_page(window(bruker))
    here.watch.expect("401|ViewTransition")
    page = own_phone(here)
    wait_until_kept(page)

    def opened_without_network() -> Locator:
        """The button that opens what lies on the phone, once the page has had the time to offer it."""
        here.context.set_offline(True)
        here.open(f"/kartlegging/{THEME}")
        expect(page.locator("[data-prov-igjen]")).to_be_visible()
        page.wait_for_load_state("networkidle")
        return page.locator("main section.kort-viktig button")

    def signed_in_until(ms: int) -> None:
        """Somebody else has, in another tab."""
        page.evaluate(f"() => localStorage.setItem('medvirk.laner', `b ${{Date.now() + {ms}}}`)")

    here.sign_in(other)
    theirs = here.new_tab("/plan/")
    page.wait_for_url(server.origin + "/")
    expect(opened_without_network()).to_have_count(0)
    here.context.set_offline(False)
    theirs.locator("[data-lukk]").click()
    theirs.wait_for_url(NEUTRAL)
    unlock = opened_without_network()
    signed_in_until(60_000)
    unlock.click()
    expect(unlock).to_have_count(0)  # they came after it had been offered
    signed_in_until(-1)
    opened_without_network().click()
    expect(field(page, OWN_WORDS)).to_be_visible()


def test_an_open_tab_of_the_same_person_stays(window: OpenWindow, bruker: Person, veileder: Person) -> None:
    """Signed in once more, another tab of theirs, and the office's door: nobody else has come."""
    here = window(bruker)
    page = open_theme(here)
    write(page, OWN_WORDS, "Jeg skriver.")
    here.sign_in(bruker)
    here.new_tab("/plan/")
    here.sign_in(veileder)
    office = here.new_tab(f"/veileder/bruker/{bruker.id}/mote/nytt")
    office.wait_for_load_state("networkidle")
    write(page, OWN_WORDS, " Og skriver.")
    expect_saved(page)
    expect(office.locator("h1")).to_be_visible()
