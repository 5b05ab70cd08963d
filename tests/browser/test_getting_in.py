"""Invitations, passkeys and codes in a real browser with a virtual authenticator, and what happens when they fail."""

from __future__ import annotations

from io import BytesIO
from typing import Literal

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.checks import check, clipped, focus_faults, squeezed, sticking_out
from tests.browser.conftest import OpenWindow
from tests.browser.pages import path_of, switch_language
from tests.browser.server import Person, Server
from tests.browser.window import DESK, PHONE
from webapp.identitet import invitasjoner


def invitation(server: Server, person: Person) -> invitasjoner.Ny:
    """A fresh invitation for a bruker or an ansatt."""
    with server.inside():
        make = invitasjoner.for_bruker if person.type == "bruker" else invitasjoner.for_ansatt
        return make(person.kommune_id, person.id)


def press_passkey(page: Page) -> None:
    """The passkey button; the authenticator answers by itself."""
    page.locator("[data-passnokkel-knapp]").first.click()


def test_invitation_by_link_and_a_passkey_that_works_the_next_day(
    server: Server, bruker: Person, window: OpenWindow
) -> None:
    """From the link to a passkey, out, and in again with the passkey alone."""
    here = window()
    here.add_authenticator()
    page = here.open(f"/i/{invitation(server, bruker).token}")
    check(page)
    assert not focus_faults(page)
    page.locator("#hovedskjema button[type=submit], main form button[type=submit]").first.click()
    page.wait_for_url("**/velkommen")
    check(page)
    press_passkey(page)
    page.wait_for_url(f"{server.origin}/")
    check(page)
    page.locator('form[action="/ut"] button').first.click()
    page.wait_for_url("**/utlogget")
    check(page)
    here.open("/inn")
    check(page)
    press_passkey(page)
    page.wait_for_url(f"{server.origin}/")


@pytest.mark.parametrize("sprak", ["nb", "se", "uk", "ar"])
def test_the_way_in_holds_its_words_with_text_twice_as_large(sprak: str, window: OpenWindow) -> None:
    """WCAG 1.4.4, and on the narrowest phone too: a word is broken before it leaves its button, or the page."""
    page = window(sprak=sprak).open("/inn")
    expect(page.locator("[data-passnokkel-knapp]")).to_be_visible()
    for width in (360, 320):
        with squeezed(page, width, 200):
            assert not sticking_out(page)
            assert not [line for line in clipped(page) if line.startswith("runs over")]


def test_invitation_by_code_in_arabic_without_a_passkey(server: Server, bruker: Person, window: OpenWindow) -> None:
    """The code is typed sloppily, the language is chosen before anything else, and one goes on without a passkey."""
    here = window(sprak="ar")
    page = here.open("/inn")
    switch_language(page, "ar")
    check(page)
    code = invitation(server, bruker).kode or ""
    page.locator("#kode").fill(f" {code[:4].lower()} - {code[4:]} ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/i")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    check(page)
    page.locator("#hovedskjema button[type=submit], main form button[type=submit]").first.click()
    page.wait_for_url("**/velkommen")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    check(page)


@pytest.mark.en_gang
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_qr_code_on_the_screen_can_be_scanned_and_leads_in(
    server: Server, veileder: Person, bruker: Person, window: OpenWindow, scheme: Literal["light", "dark"]
) -> None:
    """What a camera sees of the veileder's screen is read by a decoder, and the phone opens just that."""
    desk = window(veileder, look=DESK).open(f"/veileder/bruker/{bruker.id}/invitasjon")
    desk.emulate_media(color_scheme=scheme)
    desk.locator("main form button[type=submit]").first.click()
    picture = desk.locator("svg.qr").screenshot()
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture)), try_invert=False)
    assert found.format == zxingcpp.BarcodeFormat.QRCode
    assert found.text.startswith(f"{server.origin}/i/")
    page = window(look=PHONE).open(found.text.removeprefix(server.origin))
    page.locator("#hovedskjema button[type=submit], main form button[type=submit]").first.click()
    page.wait_for_url("**/velkommen")


def test_a_used_link_says_so_and_helps(server: Server, bruker: Person, window: OpenWindow) -> None:
    """Somebody else's phone, a link that was used: what happened, and whom to call."""
    made = invitation(server, bruker)
    first = window().open(f"/i/{made.token}")
    first.locator("#hovedskjema button[type=submit], main form button[type=submit]").first.click()
    first.wait_for_url("**/velkommen")
    second = window()
    second.watch.expect("410")
    page = second.open(f"/i/{made.token}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("00 00 00 01")
    check(page)


@pytest.mark.en_gang
def test_a_wrong_code_stays_in_the_field(window: OpenWindow) -> None:
    """The message stands at the field and in the summary, which has focus."""
    here = window()
    here.watch.expect("422")
    page = here.open("/inn")
    page.locator("#kode").fill("ACDE-FGHJ")
    page.keyboard.press("Enter")
    expect(page.locator(".ds-error-summary")).to_be_focused()
    expect(page.locator("#kode")).to_have_value("ACDE-FGHJ")
    expect(page.locator("#kode")).to_have_attribute("aria-invalid", "true")
    check(page)


@pytest.mark.en_gang
def test_a_cancelled_passkey_is_no_dead_end(server: Server, bruker: Person, window: OpenWindow) -> None:
    """No authenticator answers: the page says so in words, and the other ways are still there."""
    here = window()
    session = here.context.new_cdp_session(here.page)
    session.send("WebAuthn.enable")  # an authenticator-less phone: the browser refuses at once
    page = here.open("/inn")
    page.evaluate(
        "() => { navigator.credentials.get = () => Promise.reject(new DOMException('no', 'NotAllowedError')) }"
    )
    press_passkey(page)
    expect(page.locator("[data-passnokkel-melding]")).to_be_visible()
    expect(page.locator("#kode")).to_be_visible()
    check(page)


@pytest.mark.en_gang
def test_inside_another_app_the_page_says_where_to_go(window: OpenWindow) -> None:
    """An app's WebView has no passkeys even where the phone has."""
    agent = (
        "Mozilla/5.0 (Linux; Android 10; K; wv) AppleWebKit/537.36 Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36"
    )
    page = window(look={**PHONE, "user_agent": agent}).open("/inn")
    expect(page.locator("[data-passnokkel-melding]")).to_contain_text("app")
    check(page)


def test_staff_get_in_with_a_passkey_only(server: Server, veileder: Person, window: OpenWindow) -> None:
    """The administrator's invitation leads to a passkey with user verification, and that leads to the worklist."""
    here = window(look=DESK)
    here.add_authenticator()
    page = here.open(f"/veileder/i/{invitation(server, veileder).token}")
    check(page)
    page.locator("#hovedskjema button[type=submit], main form button[type=submit]").first.click()
    page.wait_for_function("() => !location.pathname.startsWith('/veileder/i/')")
    check(page)
    press_passkey(page)
    page.wait_for_url("**/veileder/")
    check(page)
    page.locator('form[action="/veileder/ut"] button').first.click()
    page.wait_for_function("() => location.pathname !== '/veileder/'")
    here.open("/veileder/inn")
    check(page)
    press_passkey(page)
    page.wait_for_url("**/veileder/")
    assert path_of(page) == "/veileder/"
