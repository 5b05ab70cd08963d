"""The whole of filling in works without JavaScript: the page's buttons save, with the same promises."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.checks import sticking_out, too_small
from tests.browser.conftest import OpenWindow
from tests.browser.pages import OWN_WORDS, expect_everywhere, field, path_of, switch_language
from tests.browser.server import Person, Server
from tests.browser.window import DESK
from webapp.identitet import invitasjoner


def test_the_road_of_the_bruker(server: Server, bruker: Person, window: OpenWindow) -> None:
    """From the code to the receipt, on a phone that runs no scripts."""
    here = window(java_script_enabled=False)
    with server.inside():
        code = invitasjoner.for_bruker(bruker.kommune_id, bruker.id).kode or ""
    page = here.open("/inn")
    expect(page.locator("noscript")).not_to_be_empty()
    field(page, "kode").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/i")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/velkommen")

    page = here.open("/kartlegging/bolig")
    field(page, OWN_WORDS).fill("Uten skript.")
    follow_up = page.locator(".oppfolging").first
    assert follow_up.count(), "the theme has a follow-up question to show"
    page.locator('input[name="bolig.situasjon"]').first.check()
    switch_language(page, "en")
    expect(field(page, OWN_WORDS)).to_have_value("Uten skript.")
    expect(page.locator('input[name="bolig.situasjon"]').first).to_be_checked()
    switch_language(page, "nb")
    page.locator('button[name="handling"][value="lagre"]').last.click()
    expect(page.locator("main")).to_contain_text("Lagret")
    expect_everywhere(window(bruker, look=DESK), OWN_WORDS, "Uten skript.")

    page.locator('button[name="fjern"][value="bolig.situasjon"]').click()
    expect(page.locator('input[name="bolig.situasjon"]:checked')).to_have_count(0)
    page.locator('button[name="handling"][value="neste"]').click()
    here.open("/kartlegging/se-over")
    expect(page.locator("main")).to_contain_text("Uten skript.")
    page.locator(".kort-viktig form button").click()
    page.wait_for_url("**/kartlegging/kvittering/*")
    page.locator('form[action="/ut"] button').first.click()
    assert path_of(page) == "/utlogget"
    here.open("/kartlegging/bolig")
    assert path_of(page) == "/inn"


def test_two_devices(window: OpenWindow, bruker: Person) -> None:
    """The same answer changed on two phones without scripts: both texts are kept and shown."""
    first, second = (window(bruker, java_script_enabled=False) for _ in range(2))
    one, other = first.open("/kartlegging/bolig"), second.open("/kartlegging/bolig")
    for page, text in ((one, "Den ene telefonen."), (other, "Den andre telefonen.")):
        field(page, OWN_WORDS).fill(text)
        page.locator('button[name="handling"][value="lagre"]').last.click()
    page = second.open("/kartlegging/bolig/to-tekster")
    expect(page.locator("main")).to_contain_text("Den ene telefonen.")
    expect(page.locator("main")).to_contain_text("Den andre telefonen.")
    page.locator('button[name="valg"][value="begge"]').click()
    page = second.open("/kartlegging/bolig")
    value = field(page, OWN_WORDS).input_value()
    assert "Den ene telefonen." in value
    assert "Den andre telefonen." in value


def test_the_server_fails(server: Server, bruker: Person, window: OpenWindow) -> None:
    """The error page says that the text is kept, and afterwards it is on its page."""
    here = window(bruker, java_script_enabled=False)
    here.watch.expect("50[03]")
    page = here.open("/kartlegging/bolig")
    field(page, OWN_WORDS).fill("Skrevet mens det var feil.")
    with server.broken_table("svar"):
        page.locator('button[name="handling"][value="lagre"]').last.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
    page = here.open("/kartlegging/bolig?utkast=1")
    expect(field(page, OWN_WORDS)).to_have_value("Skrevet mens det var feil.")


@pytest.mark.en_gang
def test_the_network_comes_and_goes(bruker: Person, window: OpenWindow) -> None:
    """A press on the button without network: the browser's own «reload» sends it again."""
    here = window(bruker, java_script_enabled=False)
    here.watch.expect("ERR_INTERNET_DISCONNECTED")
    page = here.open("/kartlegging/bolig")
    field(page, OWN_WORDS).fill("Sendt uten nett.")
    here.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.locator('button[name="handling"][value="lagre"]').last.click(no_wait_after=True)
    page.wait_for_function("() => !document.querySelector('#hovedskjema')")
    here.context.set_offline(False)
    page.reload()
    expect(field(page, OWN_WORDS)).to_have_value("Sendt uten nett.")


@pytest.mark.en_gang
def test_pages_fit_the_phone(bruker: Person, window: OpenWindow) -> None:
    """What scripts would have hidden does not push anything out of the page."""
    here = window(bruker, java_script_enabled=False)
    for path in ("/", "/kartlegging/", "/kartlegging/bolig", "/kartlegging/se-over", "/mer"):
        page = here.open(path)
        assert not sticking_out(page), path
        assert not too_small(page), path
