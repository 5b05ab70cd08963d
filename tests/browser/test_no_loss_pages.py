"""Zero loss, second half: sessions, form keys, languages, tabs and devices. The first half is test_no_loss.py."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.checks import check
from tests.browser.conftest import OpenWindow
from tests.browser.pages import (
    MORE_WORDS,
    OWN_WORDS,
    THEME,
    expect_everywhere,
    expect_saved,
    expect_status,
    expect_text,
    field,
    open_theme,
    path_of,
    ready,
    switch_language,
    wait_until,
    write,
)
from tests.browser.server import Person, Server
from tests.browser.window import OFFLINE


def test_the_session_ends_in_the_middle_of_a_word(window: OpenWindow, server: Server, bruker: Person) -> None:
    """The page says that one must sign in, and after that everything is there."""
    here = window(bruker)
    here.watch.expect("401")
    page = open_theme(here)
    write(page, OWN_WORDS, "Lagret først. ")
    expect_saved(page)
    server.end_sessions(bruker)
    write(page, OWN_WORDS, "Så var jeg borte le")
    expect_status(page, "utlogget")
    check(page)
    write(page, OWN_WORDS, "nge.")
    expect_status(page, "utlogget")
    page.locator("[data-logg-inn]").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert path_of(page) == "/inn"
    check(page)
    here.sign_in(bruker)
    page = here.open(f"/kartlegging/{THEME}?utkast=1")
    expect_text(page, OWN_WORDS, "Lagret først. Så var jeg borte lenge.")
    expect_everywhere(window(bruker), OWN_WORDS, "Lagret først. Så var jeg borte lenge.")


def test_the_session_ended_and_the_page_was_sent_with_its_button(
    window: OpenWindow, server: Server, bruker: Person
) -> None:
    """Without JavaScript too: the server keeps what the form carried, for its owner."""
    here = window(bruker, java_script_enabled=False)
    page = here.open(f"/kartlegging/{THEME}")
    server.end_sessions(bruker)
    field(page, OWN_WORDS).fill("Skrevet uten skript.")
    page.locator("#hovedskjema").locator('button[type="submit"], button:not([type])').last.click()
    assert path_of(page) == "/inn"
    expect(page.locator("main")).to_contain_text("tok vare på")
    here.sign_in(bruker)
    page = here.open(f"/kartlegging/{THEME}?utkast=1")
    expect_text(page, OWN_WORDS, "Skrevet uten skript.")


@pytest.mark.en_gang
def test_the_form_key_is_gone(window: OpenWindow, bruker: Person) -> None:
    """CSRF expiry is nothing that the bruker needs to know about: one retry, and it is saved."""
    here = window(bruker)
    here.watch.expect("400")
    page = open_theme(here)
    here.context.clear_cookies(name="medvirk-skjema")
    write(page, OWN_WORDS, "Siden stod åpen hele natten.")
    expect_saved(page)
    expect_everywhere(window(bruker), OWN_WORDS, "Siden stod åpen hele natten.")


@pytest.mark.en_gang
def test_the_form_key_is_gone_without_javascript(window: OpenWindow, bruker: Person) -> None:
    """The page comes back with everything typed and says that one more press is needed."""
    here = window(bruker, java_script_enabled=False)
    here.watch.expect("400")
    page = here.open(f"/kartlegging/{THEME}")
    here.context.clear_cookies(name="medvirk-skjema")
    field(page, OWN_WORDS).fill("Skrevet lenge etterpå.")
    page.locator("#hovedskjema").locator('button[type="submit"], button:not([type])').last.click()
    expect_text(page, OWN_WORDS, "Skrevet lenge etterpå.")
    page.locator("#hovedskjema").locator('button[type="submit"], button:not([type])').last.click()
    expect_everywhere(window(bruker), OWN_WORDS, "Skrevet lenge etterpå.")


@pytest.mark.en_gang
def test_language_switch_in_the_middle_of_a_word(window: OpenWindow, bruker: Person) -> None:
    """The page turns to Arabic and back with the half word in its field, saved or not."""
    here = window(bruker)
    page = open_theme(here)
    write(page, OWN_WORDS, "Jeg holdt på å skri")
    switch_language(page, "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect_text(page, OWN_WORDS, "Jeg holdt på å skri")
    write(page, OWN_WORDS, "ve أهلا")
    switch_language(page, "nb")
    expect_text(page, OWN_WORDS, "Jeg holdt på å skrive أهلا")
    write(page, OWN_WORDS, ".")
    expect_saved(page)
    expect_everywhere(window(bruker), OWN_WORDS, "Jeg holdt på å skrive أهلا.")


@pytest.mark.en_gang
def test_away_and_back_and_forward(window: OpenWindow, server: Server, bruker: Person) -> None:
    """A link pressed before anything was saved: the text is there on the way back, and on the way forward."""
    here = window(bruker)
    page = open_theme(here)
    write(page, OWN_WORDS, "Rett før jeg gikk.")
    here.open("/kartlegging/")
    server.wait_for_answer(bruker, OWN_WORDS)
    page.go_back()
    expect_text(page, OWN_WORDS, "Rett før jeg gikk.")
    ready(page)
    write(page, MORE_WORDS, "Og så videre.")
    page.go_forward()
    server.wait_for_answer(bruker, MORE_WORDS)
    page.go_back()
    expect_text(page, OWN_WORDS, "Rett før jeg gikk.")
    expect_text(page, MORE_WORDS, "Og så videre.")
    expect_everywhere(window(bruker), MORE_WORDS, "Og så videre.")


def hold_back(page: Page, script: str) -> list[Route]:
    """A script that does not come until the test lets it go on."""
    held: list[Route] = []

    def wait(route: Route) -> None:
        held.append(route)

    page.route(re.compile(rf"/dist/{script}-\w+\.js"), wait)
    return held


@pytest.mark.en_gang
def test_typed_before_the_script_arrived(window: OpenWindow, bruker: Person) -> None:
    """A slow line: one has written, chosen, and gone on to nothing else when the page learns to save by itself."""
    here = window(bruker)
    held = hold_back(here.page, "tema")
    page = here.open(f"/kartlegging/{THEME}", wait_until="commit")
    write(page, OWN_WORDS, "Før skriptet kom.")
    page.locator('[id="s-bolig.situasjon"] input[type=radio]').nth(1).check()
    wait_until(page, "document.readyState !== 'loading'")
    assert held, "the script came at once"
    held[0].continue_()
    expect_saved(page)
    expect_everywhere(window(bruker), OWN_WORDS, "Før skriptet kom.")
    expect(
        window(bruker).open(f"/kartlegging/{THEME}").locator('[id="s-bolig.situasjon"] input[type=radio]').nth(1)
    ).to_be_checked()


@pytest.mark.en_gang
def test_a_longer_form_typed_before_the_script_arrived(window: OpenWindow, bruker: Person) -> None:
    """The same for a form that is kept as utkast."""
    here = window(bruker)
    held = hold_back(here.page, "felles")
    page = here.open("/veiledning/ny", wait_until="commit")
    box = page.locator("textarea").first
    box.fill("Før skriptet kom.")
    wait_until(page, "document.readyState !== 'loading'")
    assert held, "the script came at once"
    with page.expect_response("**/utkast"):
        held[0].continue_()
    expect(window(bruker).open("/veiledning/ny?utkast=1").locator("textarea").first).to_have_value("Før skriptet kom.")


def test_a_longer_form_that_is_begun_anew_keeps_what_was_begun_before(window: OpenWindow, bruker: Person) -> None:
    """What lies kept and has not been fetched is not written over; what has been fetched is written on."""

    def writes(path: str, text: str) -> None:
        page = window(bruker).open(path)
        with page.expect_response("**/utkast"):
            page.locator("textarea").first.fill(text)

    writes("/veiledning/ny", "Begynt på biblioteket.")
    writes("/veiledning/ny", "Begynt på nytt.")
    both = "Begynt på nytt.\n\nBegynt på biblioteket."
    fetched = window(bruker).open("/veiledning/ny?utkast=1")
    expect(fetched.locator("textarea").first).to_have_value(both)
    writes("/veiledning/ny?utkast=1", "Bare dette.")
    again = window(bruker).open("/veiledning/ny?utkast=1")
    expect(again.locator("textarea").first).to_have_value("Bare dette.")


def test_two_tabs(window: OpenWindow, bruker: Person) -> None:
    """Both have changed the same answer: a page shows both texts, nothing is lost, and the bruker chooses."""
    here = window(bruker)
    first = open_theme(here)
    second = here.new_tab(f"/kartlegging/{THEME}")
    write(first, OWN_WORDS, "Fra den første siden.")
    expect_saved(first)
    write(second, OWN_WORDS, "Fra den andre siden.")
    expect_conflict_page_shows(second, "Fra den første siden.", "Fra den andre siden.")


def test_two_devices(window: OpenWindow, bruker: Person) -> None:
    """The phone was without network while the same answer was changed on a library PC."""
    phone, library = window(bruker), window(bruker)
    phone.watch.expect(OFFLINE)
    page = open_theme(phone)
    phone.context.set_offline(True)
    write(page, OWN_WORDS, "Skrevet på telefonen.")
    expect_status(page, "frakoblet")
    other = open_theme(library)
    write(other, OWN_WORDS, "Skrevet på biblioteket.")
    expect_saved(other)
    phone.context.set_offline(False)
    expect_conflict_page_shows(page, "Skrevet på telefonen.", "Skrevet på biblioteket.")


def expect_conflict_page_shows(page: Page, *texts: str) -> None:
    """The page says that there are two texts, and the link leads to both."""
    link = page.locator("[data-konflikt-lenke]")
    expect(link).to_be_visible()
    check(page)
    link.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for text in texts:
        expect(page.locator("main").get_by_text(text).first).to_be_visible()
    check(page)


@pytest.mark.en_gang
def test_too_long_a_text_stays_on_the_screen(window: OpenWindow, bruker: Person) -> None:
    """Over the limit: how much is too much is said, and all of it stays."""
    page = open_theme(window(bruker))
    text = "å" * 10_012
    field(page, OWN_WORDS).fill(text)
    counter = page.locator(f'[data-teller-for="{OWN_WORDS}"]')
    expect(counter).to_contain_text("12")
    expect_text(page, OWN_WORDS, text)
    check(page)


def test_any_script_and_emoji(window: OpenWindow, bruker: Person) -> None:
    """Emoji, joined emoji, right-to-left and combined letters come back as they were typed."""
    text = "Jeg 👩‍👧‍👦 وأنا أسكن هنا ትግርኛ e\u0301 – «ja»\nny linje"
    page = open_theme(window(bruker))
    field(page, OWN_WORDS).fill(text)
    field(page, OWN_WORDS).blur()
    expect_saved(page)
    expect_everywhere(window(bruker), OWN_WORDS, text)
