"""«Les høyt»: the page read sentence by sentence, with voices of the device only, and silence when somebody leaves."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import axe, check
from tests.browser.conftest import OpenWindow
from tests.browser.pages import OWN_WORDS, field, follow, open_theme, switch_language, write
from tests.browser.server import Person
from tests.browser.speech import ARABIC, ELSEWHERE, NORWEGIAN, marked, next_sentence, read_all, said, speaking, speaks
from tests.browser.test_borrowed_phone import LEAVE, NEUTRAL, with_neutral_page
from tests.browser.window import DESK, PHONE, Window

pytestmark = [pytest.mark.en_gang, pytest.mark.uten_arbeider]

BUTTON = "[data-les]"
BAR = ".les-linje"


def tool(page: Page, what: str) -> Locator:
    """A button of the bar."""
    return page.locator(f'{BAR} [data-gjor="{what}"]')


def begin(page: Page) -> None:
    """Press «Les høyt», and wait until it reads."""
    page.locator(BUTTON).click()
    expect(page.locator(BAR)).to_be_visible()
    page.wait_for_function("() => speech.now !== null")


@pytest.mark.parametrize(("look", "sprak"), [(PHONE, "nb"), (PHONE, "ar"), (DESK, "nb")], ids=["phone", "ar", "desk"])
def test_reading(window: OpenWindow, bruker: Person, look: dict[str, Any], sprak: str) -> None:
    """From the heading, sentence by sentence, with everything that the bar can do; axe in each state."""
    here = speaking(window(bruker, look=look, sprak=sprak), NORWEGIAN, ARABIC)
    page = here.open("/kartlegging/bolig")
    if sprak != "nb":
        switch_language(page, sprak)
    heading = page.locator("h1").inner_text()
    voice = f"{sprak}-{'NO' if sprak == 'nb' else 'SA'}"
    begin(page)
    expect(page.locator(BUTTON)).to_have_attribute("aria-pressed", "true")
    expect(tool(page, "spill")).to_be_focused()
    assert said(page) == [f"{voice}: {heading}"]
    assert marked(page) == heading
    check(page)
    next_sentence(page, 3)
    third = marked(page)
    assert said(page)[-1] == f"{voice}: {third}"
    tool(page, "spill").click()
    assert not speaks(page)
    assert marked(page) == third
    check(page)
    tool(page, "neste").click()
    tool(page, "forrige").click()
    assert not speaks(page), "looking about while it waits says nothing"
    assert marked(page) == third
    tool(page, "spill").click()
    assert said(page)[-1] == f"{voice}: {third}", "it goes on where it was"
    next_sentence(page, 20)
    page.wait_for_function(
        """() => { const {top, bottom} = [...CSS.highlights.get("les")][0].getBoundingClientRect();
           return top >= 0 && bottom <= document.querySelector(".les-linje").getBoundingClientRect().top }"""
    )
    tool(page, "stopp").click()
    expect(page.locator(BAR)).to_have_count(0)
    expect(page.locator(BUTTON)).to_be_focused()
    expect(page.locator(BUTTON)).to_have_attribute("aria-pressed", "false")
    assert not speaks(page)
    assert marked(page) == ""
    begin(page)
    page.locator(BUTTON).click()
    expect(page.locator(BAR)).to_have_count(0)


def test_what_is_read_on_a_theme(window: OpenWindow, bruker: Person) -> None:
    """Questions, help, what is chosen and what is written; not what is shut, not the buttons, not the saving line."""
    here = speaking(window(bruker), NORWEGIAN)
    page = open_theme(here)
    write(page, OWN_WORDS, "Naboen er snill. Bussen er nær.")
    page.locator('input[name="bolig.situasjon"]').nth(1).check()
    begin(page)
    heard = [line.removeprefix("nb-NO: ") for line in read_all(page)]
    assert heard[:2] == ["Bolig", page.locator("h1 + p").inner_text()]
    at = heard.index("Naboen er snill.")
    assert heard[at + 1] == "Bussen er nær."
    assert f"Valgt: {page.locator('label.valg').nth(1).inner_text().strip()}" in heard
    assert sum(line.startswith("Valgt:") for line in heard) == 1
    whole = "\n".join(heard)
    for silent in (
        "Det du skriver, lagres",
        "Vil ikke svare",
        "Lagre og gå videre",
        "tegn igjen",
        "Hopp til",
        "Logg ut",
    ):
        assert silent not in whole
    assert "Hvorfor vi spør, og hvem som leser" in whole
    assert "Det får ingen følger" not in whole, "it is shut"
    assert tool(page, "spill").get_attribute("aria-label") == "Fortsett", "at the end it waits"

    page.locator("main details.mer:not(.enkelt) summary").first.click()
    page.locator(f'input[name="vil_ikke.{OWN_WORDS}"]').check()
    tool(page, "spill").click()
    whole = "\n".join(read_all(page))
    assert "Det får ingen følger" in whole
    assert "Valgt: Vil ikke svare" in whole


def test_the_speed_is_remembered(window: OpenWindow, bruker: Person) -> None:
    """Three steps; the sentence begins anew at the new one, and the next page knows it."""
    here = speaking(window(bruker), NORWEGIAN)
    page = here.open("/mer")
    begin(page)
    page.locator(f'{BAR} [data-fart="sakte"]').click()
    expect(page.locator(f'{BAR} [data-fart="sakte"]')).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f'{BAR} [data-fart="vanlig"]')).to_have_attribute("aria-pressed", "false")
    rates = page.evaluate("() => speech.said.map(({ rate }) => rate)")
    assert rates[0] == 1
    assert rates[-1] < 1
    assert page.evaluate("() => localStorage.getItem('medvirk.les')") == "sakte"
    page = here.open("/")
    begin(page)
    assert page.evaluate("() => speech.said[0].rate") < 1


def _focus(page: Page) -> None:
    """On the button, once it is there: it comes after the page itself (decision 22)."""
    expect(page.locator(BUTTON)).to_be_visible()
    page.locator(BUTTON).focus()


def test_with_the_keyboard(window: OpenWindow, bruker: Person) -> None:
    """One stop for Tab, arrows inside, Escape out; the arrows follow the direction of the page."""
    here = speaking(window(bruker, look=DESK), NORWEGIAN, ARABIC)
    page = here.open("/om")
    _focus(page)
    page.keyboard.press("Enter")
    expect(tool(page, "spill")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(tool(page, "neste")).to_be_focused()
    page.keyboard.press("End")
    expect(tool(page, "lesemodus")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(tool(page, "forrige")).to_be_focused()
    page.keyboard.press("Tab")
    assert not page.evaluate(f"() => document.querySelector('{BAR}').contains(document.activeElement)")
    page.keyboard.press("Shift+Tab")
    expect(tool(page, "forrige")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(BAR)).to_have_count(0)
    expect(page.locator(BUTTON)).to_be_focused()
    switch_language(page, "ar")
    _focus(page)
    page.keyboard.press("Enter")
    expect(tool(page, "spill")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(tool(page, "neste")).to_be_focused()


def test_voices_that_come_late(window: OpenWindow, bruker: Person) -> None:
    """Most phones know their voices only a while after they have been asked."""
    here = speaking(window(bruker))
    page = here.open("/mer")
    page.locator(BUTTON).click()
    expect(page.locator(BAR)).to_be_visible()
    expect(page.locator(f"{BAR} [role=status]")).not_to_be_empty()  # none so far
    page.evaluate("(voices) => speech.come(voices)", [NORWEGIAN])
    page.wait_for_function("() => speech.now !== null")
    expect(page.locator(f"{BAR} [role=status]")).to_be_empty()
    expect(tool(page, "spill")).to_be_visible()


@pytest.mark.parametrize("look", [PHONE, DESK], ids=["phone", "desk"])
def test_no_voice_for_the_language(window: OpenWindow, bruker: Person, look: dict[str, Any]) -> None:
    """It says so, and offers Norwegian: the page's own button, so that nothing typed is lost."""
    here = speaking(window(bruker, look=look), NORWEGIAN)
    page = open_theme(here)
    switch_language(page, "ar")
    field(page, OWN_WORDS).fill("Mine ord.")
    page.locator(BUTTON).click()
    expect(page.locator(f"{BAR} [role=status]")).not_to_be_empty()
    expect(tool(page, "spill")).to_be_hidden()
    expect(tool(page, "norsk")).to_be_hidden()
    expect(tool(page, "bytt")).to_be_focused()
    check(page)
    assert said(page) == []
    follow(tool(page, "bytt"))
    expect(page.locator("html")).to_have_attribute("lang", "nb")
    expect(field(page, OWN_WORDS)).to_have_value("Mine ord.")
    begin(page)


def test_the_norwegian_beside_it_is_read(window: OpenWindow, bruker: Person) -> None:
    """Where the page has the Norwegian too, that is read, and nothing else is put into a Norwegian mouth."""
    here = speaking(window(bruker), NORWEGIAN)
    page = here.open("/kartlegging/bolig")
    norwegian = page.locator("label.valg").first.inner_text().strip()
    switch_language(page, "ar")
    page.locator("details.sprak summary").click()
    follow(page.locator('button[name="bytt_sprak"][value="begge"]'))
    page.locator(BUTTON).click()
    expect(tool(page, "norsk")).to_be_visible()
    expect(tool(page, "bytt")).to_be_hidden()
    tool(page, "norsk").click()
    heard = read_all(page)
    assert any(norwegian in line for line in heard)
    assert not [line for line in heard if re.search("[\u0600-\u06ff]", line)]
    expect(tool(page, "spill")).to_be_focused()


def test_each_language_with_its_own_voice(window: OpenWindow, bruker: Person) -> None:
    """Both languages beside each other: each is read by a voice that can."""
    here = speaking(window(bruker), NORWEGIAN, ARABIC)
    page = here.open("/kartlegging/bolig")
    switch_language(page, "ar")
    page.locator("details.sprak summary").click()
    follow(page.locator('button[name="bytt_sprak"][value="begge"]'))
    begin(page)
    heard = read_all(page)
    assert any(line.startswith("nb-NO: ") for line in heard)
    for line in heard:
        arabic = bool(re.search("[\u0600-\u06ff]", line))
        assert line.startswith("ar-SA: " if arabic else ("nb-NO: ", "ar-SA: "))


def test_a_voice_that_works_elsewhere_is_never_used(window: OpenWindow, bruker: Person) -> None:
    """It would send the page to its maker. In Norwegian there is no other language to offer either."""
    here = speaking(window(bruker), ELSEWHERE)
    page = here.open("/mer")
    page.locator(BUTTON).click()
    expect(page.locator(f"{BAR} [role=status]")).not_to_be_empty()
    for hidden in ("spill", "norsk", "bytt"):
        expect(tool(page, hidden)).to_be_hidden()
    expect(tool(page, "stopp")).to_be_focused()
    assert axe(page) == []
    assert said(page) == []


def test_a_browser_that_refuses(window: OpenWindow, bruker: Person) -> None:
    """Some want one more press before they speak: it waits at its sentence instead of running on in silence."""
    here = speaking(window(bruker), NORWEGIAN)
    page = here.open("/mer")
    page.evaluate("() => { speech.refuse = true }")
    page.locator(BUTTON).click()
    expect(tool(page, "spill")).to_have_attribute("data-tilstand", "venter")
    assert len(said(page)) == 1
    page.evaluate("() => { speech.refuse = false }")
    tool(page, "spill").click()
    assert said(page)[0] == said(page)[1]
    assert speaks(page)


def test_without_marking_in_text(window: OpenWindow, bruker: Person) -> None:
    """Older browsers frame the block instead."""
    here = speaking(window(bruker), NORWEGIAN)
    here.context.add_init_script("delete window.Highlight")
    page = here.open("/mer")
    begin(page)
    expect(page.locator(".leses")).to_have_text(page.locator("h1").inner_text())
    next_sentence(page)
    expect(page.locator(".leses")).to_have_count(1)
    expect(page.locator("h1.leses")).to_have_count(0)


def listened(here: Window) -> list[str]:
    """Filled with «silence» each time a page stops its voice, also when the page is gone afterwards."""
    told: list[str] = []
    here.context.expose_function("told", lambda what: told.append(what))  # noqa: PLW0108 -- a function that Playwright can write on
    return told


def test_leaving_in_a_hurry_is_silent_at_once(window: OpenWindow, bruker: Person) -> None:
    """«Lukk raskt», in this tab and in the others."""
    here = with_neutral_page(speaking(window(bruker), NORWEGIAN))
    told = listened(here)
    page = here.open("/mer")
    begin(page)
    expect(page.locator(LEAVE)).to_be_in_viewport()
    told.clear()
    page.locator(LEAVE).click()
    page.wait_for_url(NEUTRAL)
    assert told[0] == "silence"


def test_signing_out_and_going_on_are_silent(window: OpenWindow, bruker: Person) -> None:
    """Signing out, going to another page, putting the tab away."""
    here = speaking(window(bruker), NORWEGIAN)
    told = listened(here)
    page = here.open("/mer")
    begin(page)
    page.evaluate("() => { window.dispatchEvent(new PageTransitionEvent('pagehide')) }")
    assert not speaks(page)
    expect(page.locator(BAR)).to_have_count(0)
    begin(page)
    page.evaluate(
        """() => { Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
        document.dispatchEvent(new Event("visibilitychange")) }"""
    )
    assert not speaks(page)
    expect(tool(page, "spill")).to_have_attribute("data-tilstand", "venter")
    tool(page, "spill").click()
    assert speaks(page)
    told.clear()
    page.locator('main form[action="/ut"] button').click()
    page.wait_for_url("**/utlogget")
    assert told
    assert page.evaluate("() => localStorage.getItem('medvirk.les')") is None


def test_before_sign_in_and_never_at_the_office(window: OpenWindow, veileder: Person) -> None:
    """Whoever cannot read must be able to hear how to get in."""
    here = speaking(window(), NORWEGIAN)
    page = here.open("/inn")
    begin(page)
    assert said(page) == [f"nb-NO: {page.locator('h1').inner_text()}"]
    check(page)
    office = speaking(window(veileder, look=DESK), NORWEGIAN)
    for path in ("/veileder/", "/veileder/finnes-ikke"):
        office.watch.expect("404")
        expect(office.open(path).locator(BUTTON)).to_have_count(0)


def test_no_button_without_script_or_voice(window: OpenWindow, bruker: Person) -> None:
    """What cannot work is not shown."""
    page = window(bruker, java_script_enabled=False).open("/mer")
    expect(page.locator(BUTTON)).to_be_hidden()
    here = window(bruker)
    here.context.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined })")
    expect(here.open("/mer").locator(BUTTON)).to_be_hidden()
