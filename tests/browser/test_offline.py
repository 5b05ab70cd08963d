"""Without network: an own phone keeps the form, the plan and the notice; what is written there is delivered once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check
from tests.browser.conftest import OpenWindow
from tests.browser.offline import (
    KEPT,
    ON_DEVICE,
    expect_form_keys,
    own_phone,
    ready_offline,
    said,
    send_what_waits,
    wait_until_kept,
    warned,
)
from tests.browser.pages import (
    OWN_WORDS,
    THEME,
    expect_everywhere,
    expect_saved,
    expect_status,
    expect_text,
    field,
    follow,
    open_theme,
    path_of,
    wait_until,
    write,
)
from tests.browser.server import Person, Server, unique
from tests.browser.test_lesemodus import NEXT, QUESTIONS, move, shown, turn_on
from tests.browser.window import NO_WORKER

NEW_STEP = "/plan/steg/nytt"


@pytest.mark.parametrize("sprak", [pytest.param("nb", marks=pytest.mark.en_gang), "ar"])
def test_a_theme_and_an_uttalelse_on_the_bus(
    window: OpenWindow, server: Server, veileder: Person, look: dict[str, Any], sprak: str
) -> None:
    """Own phone, no network, closed and opened again: all of it arrives, once, also when the server dies on the way."""
    bruker = server.new_bruker(veileder, sprak=sprak)
    sak = warned(server, bruker, veileder)
    here = window(bruker, look=look)
    page = own_phone(here)
    wait_until_kept(page)
    here.open(f"/varsel/{sak}")
    wait_until_kept(page, f"/varsel/{sak}", f"/varsel/{sak}/uttalelse")
    words, answer = unique("Jeg bor hos en venn."), unique("Jeg var hos legen.")

    here.context.set_offline(True)
    page.locator('nav a[href="/kartlegging/"]').click()
    expect(page.locator("[data-frakoblet-linje]")).to_be_visible()
    page.locator(f'main a[href="/kartlegging/{THEME}"]').first.click()
    expect(field(page, OWN_WORDS)).to_be_visible()
    expect_status(page, "klar")
    write(page, OWN_WORDS, words)
    expect_status(page, "frakoblet")
    check(page)

    # The page is gone, and Medvirk is opened again without network: the passkey opens it.
    here.open("/om")
    here.open(f"/varsel/{sak}")
    check(page)
    page.locator("main section.kort-viktig button").click()  # not «Prøv igjen», which stands alone at first
    expect(page.locator(f'main a[href="/varsel/{sak}/uttalelse"]').first).to_be_visible()
    page.locator(f'main a[href="/varsel/{sak}/uttalelse"]').first.click()
    page.locator('input[name="grunner"][value="sykdom"]').check()
    field(page, "ord").fill(answer)
    page.locator('button[name="handling"][value="se_over"]').click()
    expect(page.locator("[data-ko-melding]")).to_contain_text(answer)
    expect(page.locator('[data-ko-melding] a[href^="tel:"]')).to_be_visible()
    check(page)
    page.locator("[data-ko-melding] .knapperad button").first.click()
    expect(page.locator("#hovedskjema")).to_be_hidden()
    check(page)
    page.locator('nav a[href="/"]').first.click()
    expect(page.locator("#venter-tittel")).to_be_visible()
    check(page)
    assert said(server, sak) == 0

    # The network is back, and the server is not.
    server.kill()
    here.context.set_offline(False)
    send_what_waits(page)
    expect(page.locator("[data-ko-status]")).not_to_have_text("")
    server.start()
    send_what_waits(page)
    expect(page.locator("#venter-tittel")).to_have_count(0)
    expect_form_keys(page)
    assert said(server, sak) == 1
    expect_everywhere(window(bruker), OWN_WORDS, words)
    assert said(server, sak) == 1


@pytest.mark.en_gang
def test_without_a_passkey_reading_lasts_as_long_as_the_tab(window: OpenWindow, bruker: Person) -> None:
    """The key is only in memory: the page says so, links work in place, and «back» too."""
    here = window(bruker)
    page = own_phone(here, passkey=False)
    wait_until_kept(page)
    here.open(f"/kartlegging/{THEME}")
    ready_offline(page)
    here.context.set_offline(True)
    write(page, OWN_WORDS, "Skrevet uten nett.")
    expect_status(page, "frakoblet")
    page.locator('nav a[href="/plan/"]').click()
    expect(page.locator("[data-frakoblet-linje] p")).to_have_count(2)
    assert page.url.endswith("/plan/")
    check(page)
    page.go_back()
    expect_text(page, OWN_WORDS, "Skrevet uten nett.")
    here.context.set_offline(False)
    expect_saved(page)
    expect_form_keys(page)
    expect_everywhere(window(bruker), OWN_WORDS, "Skrevet uten nett.")


@pytest.mark.en_gang
def test_a_kept_page_does_not_say_who_typed_then(window: OpenWindow, bruker: Person) -> None:
    """K1: the next time it is opened the bruker types alone perhaps, and the session says who does."""
    here = window(bruker)
    page = here.open("/kartlegging/")
    page.locator("summary", has_text="Får du hjelp til å skrive?").click()
    page.locator('input[name="skriver"][value="hjelper"]').check()
    page.get_by_role("button", name="Si hvem som skriver").click()
    expect(page.locator("summary", has_text="En hjelper skriver for deg nå")).to_be_visible()
    own_phone(here, passkey=False)
    page = here.open(NEW_STEP)
    expect(page.locator('main input[name="skrives_av"]').first).to_be_attached()
    wait_until_kept(page, NEW_STEP, "/plan/")
    here.context.set_offline(True)
    page.locator('nav a[href="/plan/"]').last.click()
    page.locator(f'main a[href="{NEW_STEP}"]').first.click()
    expect(page.locator(f'main form[action="{NEW_STEP}"], main form:not([action])').first).to_be_visible()
    expect(page.locator("[data-frakoblet-linje]")).to_be_visible()
    expect(page.locator('input[name="skrives_av"]')).to_have_count(0)


@pytest.mark.en_gang
def test_whose_phone_it_is_is_asked_once(window: OpenWindow, server: Server, bruker: Person) -> None:
    """On the front page when something is written; nothing is kept before yes, and never asked again after no."""
    here = window(bruker)
    page = here.open("/")
    expect(page.locator("[data-min-telefon]")).to_have_count(0)
    open_theme(here)
    write(page, OWN_WORDS, "Noe.")
    expect_saved(page)
    here.open("/")
    expect(page.locator("[data-min-telefon]")).to_be_visible()
    check(page)
    assert page.evaluate(KEPT) == []
    hidden = "e => e.insertAdjacentHTML('afterend', '<section hidden><h2>For en annen telefon</h2></section>')"
    page.locator("[data-min-telefon]").evaluate(hidden)
    page.locator("[data-min-telefon] button").click()
    expect(page.locator("[data-min-telefon]")).to_be_hidden()
    expect(page.locator("h1:focus, h2:focus")).to_have_count(1)  # a screen reader goes on from here
    here.open("/")
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("[data-min-telefon]")).to_be_hidden()
    here.open("/mer/telefon")  # the page says what it means, and one may still say yes
    check(page)
    page.locator("[data-ja]").click()
    wait_until_kept(page)
    page.locator("[data-slett]").click()
    expect(page.locator("[data-slettet]")).to_be_visible()
    check(page)
    assert page.evaluate(KEPT) == []


def away(page: Page, seconds: int) -> None:
    """Something else is used for so long. The browser tells a page so; a test cannot put one in the background."""
    turn = """(state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }"""
    page.evaluate(turn, "hidden")
    page.clock.fast_forward(seconds * 1000)
    page.evaluate(turn, "visible")


@pytest.mark.en_gang
def test_locked_after_a_minute_away(window: OpenWindow, bruker: Person) -> None:
    """A choice on an own phone: covered, with the text beneath; the passkey opens it, a new load ends the session."""
    here = window(bruker)
    here.watch.expect(f"401|ViewTransition opt-in disabled|{NO_WORKER}")
    page = own_phone(here)
    box = page.get_by_role("checkbox", name="Lås Medvirk når jeg har brukt noe annet i ett minutt")
    expect(box).not_to_be_checked()
    box.check()
    check(page)
    page.clock.install()
    open_theme(here)
    ready_offline(page)
    write(page, OWN_WORDS, "Midt i et ord")
    away(page, 50)
    expect(field(page, OWN_WORDS)).to_be_visible()
    away(page, 61)
    expect(page.get_by_role("heading", level=1)).to_have_text("Velkommen tilbake")
    expect(field(page, OWN_WORDS)).to_be_hidden()
    check(page)
    with page.expect_response("**/healthz"):  # the phone has its network back: the page asks, and that ends nothing
        page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_role("button", name="Fortsett").click()
    expect_text(page, OWN_WORDS, "Midt i et ord")
    expect(field(page, OWN_WORDS)).to_be_visible()
    here.open("/plan/")
    assert path_of(page) == "/plan/"  # the session lives
    ready_offline(page)
    away(page, 61)
    expect(page.get_by_role("heading", level=1)).to_have_text("Velkommen tilbake")
    page.reload()
    page.wait_for_url("**/inn**")
    here.sign_in(bruker)
    open_theme(here)
    ready_offline(page)
    expect_text(page, OWN_WORDS, "Midt i et ord")
    expect(field(page, OWN_WORDS)).to_be_visible()


KEPT_THEME = f"""({ON_DEVICE})().then((all) =>
  JSON.stringify(JSON.parse(all).medvirk.lager.find(([key]) => key.endsWith(" p /kartlegging/{THEME}"))))"""


def theme_without_network(page: Page) -> None:
    """The kept theme, as one comes to it on the bus."""
    page.locator('nav.nav a[href="/kartlegging/"]').click()
    expect(page.locator("[data-frakoblet-linje]")).to_be_visible()
    page.locator(f'main a[href="/kartlegging/{THEME}"]').first.click()
    expect_status(page, "klar")
    expect(page.locator("[data-frakoblet-linje]")).to_be_visible()


@pytest.mark.en_gang
def test_a_theme_that_was_kept_in_reading_mode(window: OpenWindow, bruker: Person) -> None:
    """One question stood there when it was kept; none is out of reach, also when the mode has been turned off since."""
    here = window(bruker)
    page = own_phone(here)
    wait_until_kept(page)
    turn_on(here.open("/mer"))
    before = json.dumps(page.evaluate(KEPT_THEME))
    page = open_theme(here)
    expect(page.locator(".plass")).to_be_visible()
    questions: list[str] = page.eval_on_selector_all(QUESTIONS, "(all) => all.map((one) => one.dataset.sporsmal)")
    wait_until(page, f"{KEPT_THEME}.then((row) => row !== {before})")
    ready_offline(page)

    here.context.set_offline(True)
    theme_without_network(page)
    expect(page.locator(".plass")).to_have_count(1)
    for question in questions[1:]:
        move(page, NEXT)
        assert shown(page) == [question]
    expect(page.get_by_role("button", name=NEXT)).to_have_count(0)
    check(page)
    here.context.set_offline(False)

    page = here.open("/mer")
    follow(page.locator('button[name="lesemodus"]'))
    expect(page.locator("html[data-lesemodus]")).to_have_count(0)
    ready_offline(page)
    here.context.set_offline(True)
    theme_without_network(page)
    assert shown(page) == questions
    expect(page.locator(".plass")).to_have_count(0)
    expect(page.get_by_role("button", name=NEXT)).to_have_count(0)
