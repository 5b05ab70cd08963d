"""Dictation: a microphone only where the browser has promised that no sound leaves the device (decision 17)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check
from tests.browser.conftest import OpenWindow
from tests.browser.pages import OWN_WORDS, expect_everywhere, expect_saved, field, open_theme
from tests.browser.server import Person
from tests.browser.speech import hearing
from tests.browser.window import DESK

pytestmark = [pytest.mark.en_gang, pytest.mark.uten_arbeider]

BUTTON = ".snakk"


def hear(page: Page, words: str) -> None:
    """Somebody says this."""
    page.evaluate("(words) => hearing.hear(words)", words)


def test_what_is_said_is_put_in_and_saved(window: OpenWindow, bruker: Person) -> None:
    """At the cursor, with room around it; saved as if it had been typed; only on the device."""
    here = hearing(window(bruker))
    page = open_theme(here)
    box = field(page, OWN_WORDS)
    microphone = page.locator(f"[data-sporsmal='{OWN_WORDS}'] > {BUTTON}")
    expect(microphone).to_have_attribute("aria-pressed", "false")
    check(page)
    box.fill("Jeg bor. Og trives.")
    box.evaluate("(e) => e.setSelectionRange(8, 8)")
    microphone.click()
    expect(microphone).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("() => hearing.local") == [True]
    assert all(asked["processLocally"] for asked in page.evaluate("() => hearing.asked"))
    check(page)
    hear(page, " Nær byen.")
    expect(box).to_have_value("Jeg bor. Nær byen. Og trives.")
    expect_saved(page)
    microphone.click()
    expect(microphone).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("() => hearing.now") is None
    expect_everywhere(window(bruker, look=DESK), OWN_WORDS, "Jeg bor. Nær byen. Og trives.")


def test_only_one_listens_and_none_when_one_leaves(window: OpenWindow, bruker: Person) -> None:
    """A second microphone takes over; leaving turns it off."""
    page = open_theme(hearing(window(bruker)))
    first, last = page.locator(BUTTON).first, page.locator(BUTTON).last
    first.click()
    last.click()
    expect(first).to_have_attribute("aria-pressed", "false")
    expect(last).to_have_attribute("aria-pressed", "true")
    leaving = "new CustomEvent('medvirk:forlat', { detail: Object.assign([], { forsegles: [] }) })"
    page.evaluate(f"() => document.dispatchEvent({leaving})")
    expect(last).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("() => hearing.now") is None


@pytest.mark.parametrize("how", ["unavailable", "downloadable", "downloading"])
def test_no_button_where_it_is_not_certain(window: OpenWindow, bruker: Person, how: str) -> None:
    """What would have to be fetched first, or done elsewhere, is not offered."""
    page = open_theme(hearing(window(bruker), how))
    page.wait_for_function("() => hearing.asked.length > 1")
    expect(page.locator(BUTTON)).to_have_count(0)


def test_no_button_in_a_browser_that_sends_it_away(window: OpenWindow, bruker: Person) -> None:
    """Older speech recognition has no promise to make: it is never asked."""
    here = hearing(window(bruker))
    here.context.add_init_script("delete SpeechRecognition.prototype.processLocally")
    page = open_theme(here)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("() => hearing.asked") == []
    expect(page.locator(BUTTON)).to_have_count(0)
