"""Zero loss: whatever happens to the browser, the network or the session, what was typed is there afterwards.

The list is the one in the issue («Survives all of the zero-loss list») and in design.md («Saving while typing»).
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from tests.browser.checks import check, script
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
    follow,
    open_theme,
    path_of,
    send_now,
    switch_language,
    write,
)
from tests.browser.server import Person, Server, unique
from tests.browser.window import PHONE, opened_with_memory
from tests.conftest import KIND

ON_DEVICE = script("device").partition("\n")[2].strip()
OFFLINE = r"ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|EMPTY_RESPONSE|CONNECTION_RESET|SOCKET_NOT_CONNECTED)"


def test_saved_while_typing_and_the_page_says_so(window: OpenWindow, bruker: Person) -> None:
    """«Lagret» with the time, without any button."""
    page = open_theme(window(bruker))
    text = unique("Jeg bor hos en venn.")
    write(page, OWN_WORDS, text)
    expect_saved(page)
    expect(page.locator("[data-statustekst]")).to_contain_text("Lagret")
    expect_everywhere(window(bruker), OWN_WORDS, text)


def test_no_network(window: OpenWindow, bruker: Person) -> None:
    """The text stays on the phone, the page says so, and it is sent when the network is back."""
    here = window(bruker)
    here.watch.expect(OFFLINE)
    page = open_theme(here)
    write(page, OWN_WORDS, "Med nett. ")
    expect_saved(page)
    here.context.set_offline(True)
    write(page, OWN_WORDS, "Uten nett.")
    expect_status(page, "frakoblet")
    check(page)
    page.locator("[data-send-na]").click()
    expect_status(page, "frakoblet")
    here.context.set_offline(False)
    expect_saved(page)
    expect_everywhere(window(bruker), OWN_WORDS, "Med nett. Uten nett.")


def test_what_waits_on_the_phone_cannot_be_read_there(window: OpenWindow, bruker: Person) -> None:
    """While text waits for the network, nothing readable of it lies in any storage of the browser."""
    here = window(bruker)
    here.watch.expect(OFFLINE)
    page = open_theme(here)
    here.context.set_offline(True)
    secret = unique("hemmelig")
    write(page, OWN_WORDS, secret)
    expect_status(page, "frakoblet")
    kept = page.evaluate(ON_DEVICE)
    assert "medvirk" in kept
    assert secret not in kept
    assert secret.split()[-1] not in kept
    here.context.set_offline(False)
    expect_saved(page)
    # Nothing lies waiting any more.
    page.wait_for_function(f"({ON_DEVICE})().then((all) => !all.includes('sealed'))")


def test_the_browser_is_closed_with_text_that_was_not_sent(
    playwright: Playwright, executable: str, server: Server, bruker: Person, window: OpenWindow, tmp_path: Path
) -> None:
    """Opened again on the same phone, the text is in its field and goes to the server."""
    text = unique("Skrevet på bussen.")
    with opened_with_memory(playwright.chromium, executable, server, tmp_path, PHONE) as here:
        here.watch.expect(OFFLINE)
        page = open_theme(here.sign_in(bruker))
        here.context.set_offline(True)
        write(page, OWN_WORDS, text)
        expect_status(page, "frakoblet")
    # Whoever finds or borrows the phone can search its files: the browser's own notes have no word of it either.
    mark = text.split()[-1]
    for file in (path for path in tmp_path.rglob("*") if path.is_file()):
        content = file.read_bytes()
        assert mark.encode() not in content, file
        assert mark.encode("utf-16-le") not in content, file
    with opened_with_memory(playwright.chromium, executable, server, tmp_path, PHONE) as here:
        page = here.open(f"/kartlegging/{THEME}")
        expect_text(page, OWN_WORDS, text)
        expect_saved(page)
    expect_everywhere(window(bruker), OWN_WORDS, text)


def test_signing_out_with_text_that_was_not_sent(window: OpenWindow, server: Server, bruker: Person) -> None:
    """Signing out erases the device, so it tries to send first, and asks when it cannot."""
    here = window(bruker)
    here.watch.expect("50[03]")
    page = open_theme(here)
    sign_out = page.locator('form[action="/ut"] button').first
    with server.broken_table("svar"):
        write(page, OWN_WORDS, "Ikke sendt ennå.")
        expect_status(page, "feil")
        with page.expect_event("dialog") as asked:
            page.once("dialog", lambda dialog: dialog.dismiss())
            sign_out.click(no_wait_after=True)
        assert "ikke sendt" in asked.value.message
    expect_text(page, OWN_WORDS, "Ikke sendt ennå.")
    follow(sign_out)
    assert path_of(page) == "/utlogget"
    expect_everywhere(window(bruker), OWN_WORDS, "Ikke sendt ennå.")


def test_signing_out_without_network(window: OpenWindow, bruker: Person) -> None:
    """The server cannot hear that somebody signs out: the browser says so, and nothing is erased."""
    here = window(bruker)
    here.watch.expect(OFFLINE)
    here.watch.expect("import")
    page = open_theme(here)
    here.context.set_offline(True)
    write(page, OWN_WORDS, "Ikke sendt ennå.")
    expect_status(page, "frakoblet")
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/ut")):
        page.locator('form[action="/ut"] button').first.click(no_wait_after=True)
    here.context.set_offline(False)
    page = here.new_tab(f"/kartlegging/{THEME}")
    expect_text(page, OWN_WORDS, "Ikke sendt ennå.")
    expect_everywhere(window(bruker), OWN_WORDS, "Ikke sendt ennå.")


def test_the_server_is_killed_in_the_middle_of_a_word(window: OpenWindow, server: Server, bruker: Person) -> None:
    """What was saved is there, what was typed meanwhile is kept on the phone, and goes when the server is back."""
    here = window(bruker)
    here.watch.expect(OFFLINE)
    page = open_theme(here)
    write(page, OWN_WORDS, "Før. ")
    expect_saved(page)
    write(page, OWN_WORDS, "Midt i et o")
    server.kill()
    write(page, OWN_WORDS, "rd.")
    expect_status(page, "frakoblet")
    server.start()
    send_now(page)
    expect_saved(page)
    expect_everywhere(window(bruker), OWN_WORDS, "Før. Midt i et ord.")


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


def test_the_form_key_is_gone(window: OpenWindow, bruker: Person) -> None:
    """CSRF expiry is nothing that the bruker needs to know about: one retry, and it is saved."""
    here = window(bruker)
    here.watch.expect("400")
    page = open_theme(here)
    here.context.clear_cookies(name="medvirk-skjema")
    write(page, OWN_WORDS, "Siden stod åpen hele natten.")
    expect_saved(page)
    expect_everywhere(window(bruker), OWN_WORDS, "Siden stod åpen hele natten.")


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


def test_away_and_back_and_forward(window: OpenWindow, server: Server, bruker: Person) -> None:
    """A link pressed before anything was saved: the text is there on the way back, and on the way forward."""
    here = window(bruker)
    page = open_theme(here)
    write(page, OWN_WORDS, "Rett før jeg gikk.")
    here.open("/kartlegging/")
    server.wait_for_answer(bruker, OWN_WORDS)
    page.go_back()
    expect_text(page, OWN_WORDS, "Rett før jeg gikk.")
    write(page, MORE_WORDS, "Og så videre.")
    page.go_forward()
    server.wait_for_answer(bruker, MORE_WORDS)
    page.go_back()
    expect_text(page, OWN_WORDS, "Rett før jeg gikk.")
    expect_text(page, MORE_WORDS, "Og så videre.")
    expect_everywhere(window(bruker), MORE_WORDS, "Og så videre.")


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


def test_the_server_fails(window: OpenWindow, server: Server, bruker: Person) -> None:
    """500 from the server: «Vi fikk ikke lagret», the text stays, and goes when the server works again."""
    here = window(bruker)
    here.watch.expect("50[03]")
    page = open_theme(here)
    with server.broken_table("svar"):
        write(page, OWN_WORDS, "Skrevet mens det var feil.")
        expect_status(page, "feil")
        check(page)
    send_now(page)
    expect_saved(page)
    expect_everywhere(window(bruker), OWN_WORDS, "Skrevet mens det var feil.")


@pytest.mark.skipif(KIND != "sqlite" or sys.platform != "linux", reason="the database is not a file of the server's")
def test_the_disk_of_the_server_is_full(window: OpenWindow, server: Server, bruker: Person) -> None:
    """Nothing is said to be saved that is not: the text waits, and goes when there is room."""
    here = window(bruker)
    here.watch.expect("50[03]")
    page = open_theme(here)
    with server.full_disk():
        write(page, OWN_WORDS, "Skrevet da disken var full.")
        expect_status(page, "feil")
    send_now(page)
    expect_saved(page)
    expect_everywhere(window(bruker), OWN_WORDS, "Skrevet da disken var full.")


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


def test_a_borrowed_phone_keeps_nothing_after_sign_out(window: OpenWindow, bruker: Person) -> None:
    """«Sign out clears the device»: no storage of any kind holds a word, nor a cookie that opens the door."""
    here = window(bruker)
    here.watch.expect(OFFLINE)
    page = open_theme(here)
    secret = unique("hemmelig")
    here.context.set_offline(True)
    write(page, OWN_WORDS, secret)
    expect_status(page, "frakoblet")
    here.context.set_offline(False)
    expect_saved(page)
    page.locator('form[action="/ut"] button').first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    check(page)
    page.wait_for_function(f"({ON_DEVICE})().then((all) => all === '{{}}')")
    assert not any(cookie.get("name") == "medvirk" for cookie in here.context.cookies())
    page.go_back()
    expect(page.locator("body")).not_to_contain_text(secret)
    assert secret not in page.content()
