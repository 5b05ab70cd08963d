"""Keyboard only: one theme and the delivery without touching anything else, and a menu that behaves as menus do."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenWindow
from tests.browser.pages import OWN_WORDS, expect_saved, field, ready
from tests.browser.server import Person, Server
from tests.browser.window import DESK

pytestmark = [pytest.mark.en_gang, pytest.mark.uten_arbeider]

MOST_STOPS = 400


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until ``target`` has focus. Raises AssertionError when the keyboard does not get there."""
    element = target.element_handle()
    for _ in range(MOST_STOPS):
        if page.evaluate("(e) => e === document.activeElement", element):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {target}")


def test_one_theme_and_the_delivery(window: OpenWindow, bruker: Person) -> None:
    """Tab, Space, arrows, Enter: write, choose, look over, deliver."""
    page = window(bruker, look=DESK).open("/kartlegging/")
    tab_to(page, page.locator('a.tema-lenke[href="/kartlegging/bolig"]'))
    page.keyboard.press("Enter")
    ready(page)
    page.keyboard.press("Tab")
    expect(page.locator(".hopp")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#innhold")).to_be_focused()
    tab_to(page, field(page, OWN_WORDS))
    page.keyboard.type("Bare tastatur.")
    tab_to(page, page.locator('input[name="bolig.situasjon"]').first)
    page.keyboard.press("ArrowDown")
    expect(page.locator('input[name="bolig.situasjon"]').nth(1)).to_be_checked()
    expect_saved(page)
    tab_to(page, page.locator('button[name="handling"][value="oversikt"]'))
    page.keyboard.press("Enter")
    page.wait_for_url("**/kartlegging/*")
    tab_to(page, page.locator('main a[href="/kartlegging/se-over"]').first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/kartlegging/se-over")
    expect(page.locator("main")).to_contain_text("Bare tastatur.")
    tab_to(page, page.locator(".kort-viktig form button"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/kartlegging/kvittering/*")


def test_the_worklist(window: OpenWindow, server: Server, veileder: Person) -> None:
    """Search, narrow down, turn the page, open a bruker: Tab and Enter all the way."""
    names = [f"Prøve Nr{n}" for n in range(25)]
    for name in [*names, "Sist Iliste"]:  # ids follow time, and nobody has a deadline: the last one stands last
        server.new_bruker(veileder, navn=name)
    page = window(veileder, look=DESK).open("/veileder/")
    rows = page.locator("table.tabell tbody tr")
    expect(rows).to_have_count(25)
    tab_to(page, page.locator('form[role="search"] input[name="navn"]'))
    page.keyboard.type("iliste")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    expect(page.locator("[role=status]").first).to_contain_text("Søket ga 1 treff")
    tab_to(page, page.get_by_role("link", name="Vis hele listen"))
    page.keyboard.press("Enter")
    expect(rows).to_have_count(25)
    begun = page.get_by_role("link", name="Ikke begynt (26)")
    tab_to(page, begun)
    page.keyboard.press("Enter")
    page.wait_for_url("**/veileder/?vis=ikke-begynt")
    expect(begun).to_have_attribute("aria-current", "page")
    tab_to(page, page.get_by_role("link", name="Vis flere"))
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    expect(begun).to_have_attribute("aria-current", "page")
    tab_to(page, rows.get_by_role("link", name="Sist Iliste"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/veileder/bruker/*/")
    expect(page.locator("h1")).to_contain_text("Sist Iliste")


def test_enter_in_a_line_saves_and_switches_nothing(window: OpenWindow, bruker: Person) -> None:
    """Enter in a text field presses «Lagre», not the language button that stands earlier on the page."""
    page = window(bruker, look=DESK).open("/kartlegging/om-meg")
    ready(page)
    name = field(page, "om-meg.kallenavn")
    name.fill("Ami")
    name.press("Enter")
    page.wait_for_load_state()
    expect(page.locator("html")).to_have_attribute("lang", "nb")
    expect(field(page, "om-meg.kallenavn")).to_have_value("Ami")


def test_the_language_menu(window: OpenWindow, bruker: Person) -> None:
    """Opens with Enter, closes with Escape, and gives focus back."""
    page = window(bruker, look=DESK).open("/kartlegging/")
    menu = page.locator("details.sprak")
    tab_to(page, menu.locator("summary"))
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    expect(menu.locator("button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
