"""Zero loss: whatever happens to the browser, the network or the session, what was typed is there afterwards.

The list is the one in the issue («Survives all of the zero-loss list») and in design.md («Saving while typing»).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser.checks import check
from tests.browser.conftest import OpenWindow
from tests.browser.offline import ON_DEVICE, expect_nothing_waits, ready_offline
from tests.browser.pages import (
    OWN_WORDS,
    THEME,
    expect_everywhere,
    expect_saved,
    expect_status,
    expect_text,
    follow,
    open_theme,
    path_of,
    send_now,
    wait_until,
    write,
)
from tests.browser.server import Person, Server, unique
from tests.browser.window import OFFLINE, PHONE, opened_with_memory
from tests.databaser import KIND

LETTER = "/veiledning/ny"


def test_saved_while_typing_and_the_page_says_so(window: OpenWindow, bruker: Person) -> None:
    """«Lagret» with the time, without any button."""
    page = open_theme(window(bruker))
    text = unique("Jeg bor hos en venn.")
    write(page, OWN_WORDS, text)
    expect_saved(page)
    expect(page.locator("[data-statustekst]")).to_contain_text("Lagret")
    expect_everywhere(window(bruker), OWN_WORDS, text)


@pytest.mark.en_gang
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


@pytest.mark.en_gang
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
    expect_nothing_waits(page)


@pytest.mark.en_gang
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


@pytest.mark.en_gang
def test_the_tab_is_closed_and_only_the_front_page_is_opened_again(window: OpenWindow, bruker: Person) -> None:
    """On a phone that nobody has called their own too, what was not sent goes from the page that one comes home to."""
    text = unique("Skrevet på bussen.")
    here = window(bruker)
    here.watch.expect(OFFLINE)
    page = open_theme(here)
    here.context.set_offline(True)
    write(page, OWN_WORDS, text)
    expect_status(page, "frakoblet")
    page.close()
    here.context.set_offline(False)
    page = here.new_tab("/")
    expect_nothing_waits(page)
    wait_until(page, "!localStorage['medvirk.venter']")
    expect_everywhere(window(bruker), OWN_WORDS, text)


@pytest.mark.en_gang
@pytest.mark.parametrize("path", [f"/kartlegging/{THEME}", LETTER])
def test_the_line_hangs_and_the_phone_ends_the_tab(window: OpenWindow, bruker: Person, path: str) -> None:
    """A dead line says nothing for long: nobody waits for it before the text lies on the device."""
    text = unique("Skrevet i kjelleren.")
    here = window(bruker)
    here.watch.expect(OFFLINE)
    page = here.open(path)
    expect_status(page, "klar")
    expect(page.locator("[data-statustekst]")).not_to_have_text("")
    if path == LETTER:
        ready_offline(page)
    here.context.route(re.compile("/lagre$|/utkast$"), lambda _route: None)
    page.locator("#hovedskjema textarea").first.press_sequentially(text)
    expect_status(page, "lagrer")
    wait_until(page, f"({ON_DEVICE})().then((all) => all.includes('¤forseglet'))")
    expect_status(page, "lagrer")  # it has not been given up
    page.close()
    here.context.unroute_all()
    page = here.new_tab("/")
    expect_nothing_waits(page)
    if path == LETTER:
        expect(window(bruker).open(f"{path}?utkast=1").locator("textarea").first).to_have_value(text)
    else:
        expect_everywhere(window(bruker), OWN_WORDS, text)


@pytest.mark.en_gang
def test_a_busy_server_is_asked_again_by_itself(window: OpenWindow, bruker: Person) -> None:
    """Nobody presses anything, and no network comes back: the page that is open tries again when it was asked to."""
    text = unique("Skrevet på bussen.")
    here = window(bruker)
    here.watch.expect(f"{OFFLINE}|503")
    page = open_theme(here)
    here.context.set_offline(True)
    write(page, OWN_WORDS, text)
    expect_status(page, "frakoblet")
    page.close()
    here.context.set_offline(False)
    page = here.context.new_page()
    page.clock.install()
    page.route("**/lagre", lambda route: route.fulfill(status=503, body="{}", headers={"Retry-After": "120"}))
    with page.expect_response("**/lagre"):
        here.open("/", page)
    page.unroute("**/lagre")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/lagre") else None)
    for _ in range(30):  # the clock may strike for what asks, and not for the answer (within in csrf.js)
        if not asked:
            page.clock.run_for(10_000)
            page.wait_for_timeout(50)
    expect_nothing_waits(page)
    expect_everywhere(window(bruker), OWN_WORDS, text)


@pytest.mark.en_gang
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


@pytest.mark.en_gang
def test_signing_out_without_network(window: OpenWindow, bruker: Person) -> None:
    """It asks first, and whoever says no has everything still. Yes: see test_borrowed_phone.py."""
    here = window(bruker)
    here.watch.expect(OFFLINE)
    page = here.page
    with page.expect_response(re.compile("/utlogging-")):  # fetched when the page has been calm for a while
        open_theme(here)
    here.context.set_offline(True)
    write(page, OWN_WORDS, "Ikke sendt ennå.")
    expect_status(page, "frakoblet")
    with page.expect_event("dialog") as asked:
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.locator('form[action="/ut"] button').first.click(no_wait_after=True)
    assert "ikke sendt" in asked.value.message
    expect_text(page, OWN_WORDS, "Ikke sendt ennå.")
    here.context.set_offline(False)
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


@pytest.mark.en_gang
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
    page.wait_for_url("**/utlogget**")  # every page has a heading: wait for the right one
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    check(page)
    wait_until(page, f"({ON_DEVICE})().then((all) => all === '{{}}')")
    assert not any(cookie.get("name") == "medvirk" for cookie in here.context.cookies())
    page.go_back()
    expect(page.locator("body")).not_to_contain_text(secret)
    assert secret not in page.content()
