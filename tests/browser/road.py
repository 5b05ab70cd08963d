"""The road from invitation to reviewed conversation, in steps that a test puts together. Every stop is checked."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.checks import check
from tests.browser.pages import OWN_WORDS, expect_saved, field, follow, ready, switch_language, write
from tests.browser.window import Window

SUBMIT = "#hovedskjema .knapperad button"


def submit(page: Page) -> None:
    """The page's first button: the thing to do here."""
    follow(page.locator(SUBMIT).first)


def register_and_invite(window: Window, navn: str, sprak: str) -> tuple[str, str]:
    """The veileder registers a bruker and makes an invitation: the bruker's address at the office, and the code."""
    page = window.open("/veileder/ny-bruker")
    check(page)
    window.watch.expect("422")
    submit(page)
    expect(page.locator(".ds-error-summary")).to_be_focused()
    check(page)
    field(page, "navn").fill(navn)
    page.locator(f'input[name="sprak"][value="{sprak}"]').check()
    submit(page)
    page.wait_for_url("**/invitasjon")
    check(page)
    follow(page.locator("main form button[type=submit]").first)
    code = page.locator("main .kode").first.inner_text()
    expect(page.locator("main svg[role=img], main svg").first).to_be_visible()
    check(page)
    return page.url.removesuffix("/invitasjon"), code


def come_in(window: Window, code: str, sprak: str) -> Page:
    """The bruker's first time: language, code, three sentences, a passkey."""
    window.add_authenticator()
    page = window.open("/inn")
    switch_language(page, sprak)
    field(page, "kode").fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url("**/i")
    check(page)
    follow(page.locator("main form button[type=submit]").first)
    page.wait_for_url("**/velkommen")
    page.locator("[data-passnokkel-knapp]").click()
    page.wait_for_url(f"{window.server.origin}/")
    check(page)
    return page


def come_back(window: Window) -> Page:
    """Another evening: the passkey alone opens the door."""
    page = window.open("/inn")
    page.locator("[data-passnokkel-knapp]").click()
    page.wait_for_url(f"{window.server.origin}/")
    return page


def sign_out(page: Page) -> None:
    """The button at the bottom of every page."""
    page.locator('form[action="/ut"] button').first.click()
    page.wait_for_url("**/utlogget")


def first_evening(window: Window, page: Page, words: str) -> None:
    """K2: what it is for comes first. One theme, in own words and with a choice, saved while typing."""
    window.open("/kartlegging/", page)
    check(page)
    follow(page.locator('a[href="/kartlegging/bolig"]').first)
    ready(page)
    check(page)
    write(page, OWN_WORDS, words)
    expect_saved(page)
    page.locator('input[name="bolig.situasjon"]').first.check()
    expect_saved(page)
    follow(page.locator('button[name="handling"][value="neste"]'))
    expect(page).not_to_have_url(re.compile("/kartlegging/bolig$"))
    sign_out(page)


def second_evening(window: Window, page: Page, words: str, wish: str) -> None:
    """What was written stands there; one more theme; «vil ikke svare» on another."""
    window.open("/kartlegging/bolig", page)
    expect(field(page, OWN_WORDS)).to_have_value(words)
    window.open("/kartlegging/onsker", page)
    ready(page)
    write(page, "onsker.drom", wish)
    expect_saved(page)
    window.open("/kartlegging/rus", page)
    ready(page)
    follow(page.locator('button[name="tema_vil_ikke"]'))


def deliver(window: Window, page: Page, words: str) -> str:
    """Look over, change one answer and come back, deliver: the receipt's number."""
    window.open("/kartlegging/se-over", page)
    expect(page.locator("main")).to_contain_text(words)
    check(page)
    follow(page.locator("#bolig .svar a").first)
    write(page, OWN_WORDS, " Og naboen er snill.")
    follow(page.locator('button[name="handling"][value="se-over"]'))
    page.wait_for_url("**/kartlegging/se-over*")
    expect(page.locator("main")).to_contain_text("Og naboen er snill.")
    follow(page.locator(".kort-viktig form button"))
    page.wait_for_url("**/kartlegging/kvittering/*")
    check(page)
    number = page.locator(".fakta .kode").inner_text()
    pdf = page.request.get(f"{window.server.origin}/kartlegging/kvittering/{number}.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.body().startswith(b"%PDF")
    return number
