"""The pages as a test speaks of them: fields by the ids of the form, the status line by what it says."""

from __future__ import annotations

from time import monotonic
from urllib.parse import urlsplit

from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.window import PATIENCE, Window
from webapp.platform.languages import tag

THEME = "bolig"
OWN_WORDS = "bolig.fungerer"  # the theme's opening question, in own words
MORE_WORDS = "bolig.mer"  # and its last one


def wait_until(page: Page, expression: str, patience: int = PATIENCE) -> None:
    """Wait until ``expression`` comes to something true, within ``patience`` ms.

    ``Page.wait_for_function`` does not do for what answers later: it takes the promise itself for true.
    """
    limit = monotonic() + patience / 1000
    while True:
        try:
            found = page.evaluate(expression)
        except Error:  # the page was on its way to another one
            found = None
        if found:
            return
        assert monotonic() < limit, f"not within {patience} ms: {expression}"
        page.wait_for_timeout(50)


def field(page: Page, question: str) -> Locator:
    """The first control of a question."""
    return page.locator(f'[id="{question}"]')


def open_theme(window: Window, theme: str = THEME, page: Page | None = None) -> Page:
    """A theme page, ready to be written in."""
    page = window.open(f"/kartlegging/{theme}", page)
    ready(page)
    return page


def ready(page: Page) -> None:
    """Wait until the page saves by itself: the script has put its own words on the status line."""
    expect(page.locator("#statuslinje")).to_have_attribute("data-tilstand", "klar")
    expect(page.locator("[data-statustekst]")).not_to_have_text("")


def write(page: Page, question: str, text: str) -> None:
    """Type at the end of what stands there, letter by letter, as a person does."""
    box = field(page, question)
    box.focus()
    box.evaluate("(e) => e.setSelectionRange(e.value.length, e.value.length)")
    page.keyboard.type(text)


def expect_status(page: Page, state: str) -> None:
    """Wait until the status line is in this state (its words are in data attributes, see makro.html)."""
    expect(page.locator("#statuslinje")).to_have_attribute("data-tilstand", state)


def expect_saved(page: Page) -> None:
    """«Lagret» with the time, seen by the one who writes."""
    expect_status(page, "lagret")


def expect_text(page: Page, question: str, text: str) -> None:
    """This very text stands in the field."""
    expect(field(page, question)).to_have_value(text)


def expect_everywhere(window: Window, question: str, text: str, theme: str = THEME) -> None:
    """Another device sees this text, so the server has it: now, or when what is on its way has come.

    What came after the session was over is kept, and offered there.
    """
    limit = monotonic() + PATIENCE / 1000
    page = open_theme(window, theme)
    while field(page, question).input_value() != text and monotonic() < limit:
        kept = page.locator('a[href="?utkast=1"]')
        if kept.count():
            follow(kept)
        else:
            page.reload()
        ready(page)
    expect_text(page, question, text)


def send_now(page: Page) -> None:
    """Press «Send nå», unless the page has tried again by itself just before and needs nobody's help."""
    page.locator("[data-send-na]").evaluate("(button) => button.click()")


def follow(target: Locator) -> None:
    """Press a link or button, and wait until the page it leads to is there."""
    with target.page.expect_navigation():
        target.click()


def switch_language(page: Page, sprak: str) -> None:
    """Press a language button, in the menu or in sight."""
    menu = page.locator("details.sprak")
    if menu.count() and menu.get_attribute("open") is None:
        menu.locator("summary").click()
    page.locator(f'button[name="bytt_sprak"][value="{sprak}"]').click()
    expect(page.locator("html")).to_have_attribute("lang", tag(sprak))


def path_of(page: Page) -> str:
    """The address without the server's name."""
    return urlsplit(page.url).path
