"""Every language fits a small phone, and nobody is kept out by time, by memory or by what lies on top (WCAG 2.2)."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import clipped, focus_faults, squeezed, sticking_out, too_small
from tests.browser.conftest import OpenWindow
from tests.browser.demo import Demo
from tests.browser.pages import OWN_WORDS, expect_saved, field, open_theme, ready, write
from tests.browser.server import Person
from tests.browser.stops import STOPS, go
from tests.browser.window import PHONE
from webapp.platform.languages import SPRAK, tag

pytestmark = [pytest.mark.en_gang, pytest.mark.uten_arbeider]

SMALL: dict[str, Any] = {**PHONE, "viewport": {"width": 320, "height": 480}}


@pytest.mark.parametrize("sprak", list(SPRAK))
def test_the_main_pages_fit_320_px(window: OpenWindow, demo: Demo, sprak: str) -> None:
    """Nothing sticks out or is cut off, and all can be hit, whatever the words are. `make kontaktark` looks at more."""
    here = window(look=SMALL, sprak=sprak)
    found = []
    for stop in STOPS:
        if stop.quick:
            page = go(here, demo, stop, sprak)
            assert page.locator("html").get_attribute("lang") == tag(sprak)
            found += [f"{stop.name}: {line}" for line in (*sticking_out(page), *clipped(page), *too_small(page))]
            if stop.name == "hjem":  # where the places stand in a row above the page
                with squeezed(page, 1280):
                    found += [f"{stop.name} at a desk: {line}" for line in (*sticking_out(page), *clipped(page))]
    assert not found, f"\n{sprak}: ".join(["", *found])


@pytest.mark.parametrize("sprak", ["nb", "ar", "so"])
def test_focus_is_never_hidden_behind_what_is_fixed(window: OpenWindow, demo: Demo, sprak: str) -> None:
    """WCAG 2.4.11: the places at the thumb and «Lukk raskt» lie over the page, never over what has focus."""
    here = window(look={**PHONE, "viewport": {"width": 320, "height": 640}}, sprak=sprak)
    found = []
    for stop in STOPS:
        if stop.name in {"hjem", "tema", "uttalelse", "mer"}:
            found += [f"{stop.name}: {line}" for line in focus_faults(go(here, demo, stop, sprak))]
    assert not found, f"\n{sprak}: ".join(["", *found])


def test_the_language_menu_fits_a_small_screen(window: OpenWindow, bruker: Person) -> None:
    """Ten names: the list stays within 320 × 480, and the keyboard gets to the last one."""
    page = window(bruker, look=SMALL).open("/vilkar/")
    menu = page.locator("details.sprak")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    box = menu.locator(".sprak-liste").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert box["y"] + box["height"] <= 480
    buttons = menu.locator("button[name=bytt_sprak]")
    assert buttons.count() >= len(SPRAK)
    for _ in range(buttons.count()):
        page.keyboard.press("Tab")
    expect(buttons.last).to_be_focused()
    expect(buttons.last).to_be_in_viewport(ratio=1)


def test_time_can_be_prolonged(window: OpenWindow, bruker: Person) -> None:
    """WCAG 2.2.1: before the end the page says so, aloud and in sight, and one press gives the time again."""
    here = window(bruker)
    here.page.clock.install()
    page = here.open("/vilkar/")
    warning = page.locator("#okt-varsel")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("28:30")
    expect(warning).to_be_visible()
    assert warning.get_attribute("role") == "alert"
    button = warning.locator("button")
    assert _on_top(page, "#okt-varsel button")
    button.click()
    expect(warning).to_be_hidden()
    page.clock.fast_forward("27:00")
    expect(warning).to_be_hidden()


def _on_top(page: Page, selector: str) -> bool:
    covers = """(selector) => {
      const e = document.querySelector(selector);
      const box = e.getBoundingClientRect();
      return e.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
    }"""
    return bool(page.evaluate(covers, selector))


@pytest.mark.parametrize("path", ["/inn", "/inn/kode", "/i"])
def test_signing_in_asks_nobody_to_remember_or_solve(window: OpenWindow, path: str) -> None:
    """WCAG 3.3.8: a passkey, or a code that can be pasted; no password, no puzzle, nothing to copy from a picture."""
    page = window().open(path)
    assert page.locator("main input[type=password], main canvas, main iframe, main img").count() == 0
    boxes = page.locator("main input:not([type=hidden])")
    for box in boxes.all():
        kept = box.evaluate(
            "(e) => e.dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true, composed: true}))"
        )
        assert kept, "something stops what is pasted"


def test_nothing_is_asked_twice(window: OpenWindow, bruker: Person) -> None:
    """WCAG 3.3.7: what was answered in one view of the form stands there in another (K3), also in another language."""
    here = window(bruker)
    page = open_theme(here)
    write(page, OWN_WORDS, "Jeg bor hos en venn.")
    expect_saved(page)
    for path in ("/kartlegging/bolig?visning=full", "/kartlegging/se-over"):
        expect(here.open(path, page).locator("main")).to_contain_text("Jeg bor hos en venn.")
    here.server.speak(bruker, "so")
    here.open("/kartlegging/bolig", page)
    ready(page)
    expect(field(page, OWN_WORDS)).to_have_value("Jeg bor hos en venn.")
