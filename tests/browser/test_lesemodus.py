"""Reading mode: large type and air without script; with it one question at a time, and nothing lost or out of reach."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.checks import check, focus_faults, sticking_out, too_small
from tests.browser.conftest import OpenWindow
from tests.browser.pages import (
    MORE_WORDS,
    OWN_WORDS,
    expect_everywhere,
    expect_saved,
    field,
    follow,
    ready,
    switch_language,
    write,
)
from tests.browser.server import Person
from tests.browser.speech import NORWEGIAN, next_sentence, said, speaking
from tests.browser.window import DESK, PHONE

pytestmark = [pytest.mark.en_gang, pytest.mark.uten_arbeider]

QUESTIONS = "#hovedskjema > [data-sporsmal]"
NEXT, BACK = "Neste spørsmål", "Forrige spørsmål"


def turn_on(page: Page) -> None:
    """The button under «Mer»."""
    follow(page.locator('button[name="lesemodus"]'))
    expect(page.locator("html")).to_have_attribute("data-lesemodus", "")


def shown(page: Page) -> list[str]:
    """The questions that stand there now."""
    found: list[str] = page.eval_on_selector_all(
        QUESTIONS, "(all) => all.filter((one) => one.checkVisibility()).map((one) => one.dataset.sporsmal)"
    )
    return found


def move(page: Page, way: str) -> None:
    """On or back by one question."""
    page.get_by_role("button", name=way).click()


@pytest.mark.parametrize(("look", "sprak"), [(PHONE, "nb"), (PHONE, "ar"), (DESK, "nb")], ids=["phone", "ar", "desk"])
def test_one_question_at_a_time(window: OpenWindow, bruker: Person, look: dict[str, Any], sprak: str) -> None:
    """Its place is said, what is written is saved, the buttons come at the end; a reload loses nothing."""
    here = window(bruker, look=look, sprak=sprak)
    turn_on(here.open("/mer"))
    check(here.page)
    page = here.open("/kartlegging/bolig")
    if sprak != "nb":
        switch_language(page, sprak)
    ready(page)
    questions: list[str] = page.eval_on_selector_all(QUESTIONS, "(all) => all.map((one) => one.dataset.sporsmal)")
    ways = page.locator("#hovedskjema > .knapperad").first.locator("button")
    expect(page.locator(".plass")).to_have_text(re.compile(rf"\b1\b\D+\b{len(questions)}\b"))
    assert shown(page) == questions[:1]
    save = page.locator('button[name="handling"][value="neste"]')
    expect(save).to_be_hidden()
    check(page)
    write(page, OWN_WORDS, "Ett om gangen.")
    ways.first.click()
    assert shown(page) == questions[1:2]
    expect(page.locator(".plass")).to_be_focused()
    expect_saved(page)
    check(page)
    ways.last.click()
    assert shown(page) == questions[:1]
    for _ in questions[1:]:
        ways.first.click()
    assert shown(page) == questions[-1:]
    expect(ways.first).to_be_hidden()
    expect(save).to_be_visible()
    check(page)
    follow(page.locator('button[name="handling"][value="lagre"]').last)
    ready(page)
    assert shown(page) == questions[-1:], "saving by the button comes back to the same question"
    expect_everywhere(window(bruker, look=DESK), OWN_WORDS, "Ett om gangen.")


def test_links_to_questions_are_found(window: OpenWindow, bruker: Person) -> None:
    """«Endre» from the overview, an address with a question in it, and the list of what is wrong."""
    here = window(bruker)
    turn_on(here.open("/mer"))
    page = here.open(f"/kartlegging/bolig?tilbake=se-over#s-{MORE_WORDS}")
    expect(page.locator(".plass")).to_be_visible()
    assert shown(page) == [MORE_WORDS]
    expect(field(page, MORE_WORDS)).to_be_in_viewport()
    page.evaluate(f"() => {{ location.hash = 's-{OWN_WORDS}' }}")
    expect(field(page, OWN_WORDS)).to_be_visible()
    assert shown(page) == [OWN_WORDS]


def test_an_error_is_never_hidden(window: OpenWindow, bruker: Person) -> None:
    """A text that is far too long: with the answer while one writes, with the page, and from the summary."""
    here = window(bruker)
    here.watch.expect("422")
    turn_on(here.open("/mer"))
    page = here.open("/kartlegging/bolig")
    ready(page)
    held: list[Route] = []
    page.route("**/lagre", lambda route: held.append(route))  # noqa: PLW0108 -- Playwright wants a function of its own
    with page.expect_request("**/lagre"):
        field(page, OWN_WORDS).fill("a" * 60_001)
        move(page, NEXT)
    assert OWN_WORDS not in shown(page)
    assert held
    for one in held:
        one.continue_()  # the answer comes when the question has been left
    page.unroute("**/lagre")
    expect(page.locator(f'[data-lagringsfeil="{OWN_WORDS}"]')).to_be_visible()
    assert OWN_WORDS in shown(page)
    assert len(shown(page)) == 2
    for _ in range(20):
        if not page.get_by_role("button", name=NEXT).is_visible():
            break
        move(page, NEXT)
    follow(page.locator('button[name="handling"][value="lagre"]').last)
    expect(page.locator(".ds-error-summary")).to_be_focused()
    assert OWN_WORDS in shown(page)
    page.locator(".ds-error-summary a").first.click()
    expect(field(page, OWN_WORDS)).to_be_in_viewport()
    assert shown(page) == [OWN_WORDS]


def test_without_script_all_stands_there_in_large_type(window: OpenWindow, bruker: Person) -> None:
    """Chosen, kept and filled in without script; every question is there."""
    here = window(bruker, java_script_enabled=False)
    page = here.open("/kartlegging/bolig")
    before = page.locator("label.etikett").first.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")
    turn_on(here.open("/mer"))
    page = here.open("/kartlegging/bolig")
    after = page.locator("label.etikett").first.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")
    assert after >= before * 1.2
    for question in page.locator(QUESTIONS).all():
        expect(question).to_be_visible()
    assert not sticking_out(page)
    assert not too_small(page)
    field(page, OWN_WORDS).fill("Stort.")
    page.locator('button[name="handling"][value="lagre"]').last.click()
    expect(field(page, OWN_WORDS)).to_have_value("Stort.")
    here.open("/mer")
    follow(page.locator('button[name="lesemodus"]'))
    expect(page.locator("html")).not_to_have_attribute("data-lesemodus", "")


def test_from_the_bar_without_leaving_the_page(window: OpenWindow, bruker: Person) -> None:
    """On and off while it reads; what is typed stays, the next page knows, and reading follows the question."""
    here = speaking(window(bruker), NORWEGIAN)
    page = here.open("/kartlegging/bolig")
    ready(page)
    write(page, OWN_WORDS, "Blir stående.")
    page.locator("[data-les]").click()
    page.wait_for_function("() => speech.now !== null")
    mode = page.locator('[data-gjor="lesemodus"]')
    mode.click()
    expect(mode).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".plass")).to_be_visible()
    expect(field(page, OWN_WORDS)).to_have_value("Blir stående.")
    check(page)
    move(page, NEXT)
    second = page.locator(QUESTIONS).nth(1).locator("legend, .etikett").first.inner_text()
    assert said(page)[-1] == f"nb-NO: {second}"
    next_sentence(page)
    page.locator('[data-gjor="stopp"]').click()
    page = here.open("/")
    expect(page.locator("html")).to_have_attribute("data-lesemodus", "")
    page = here.open("/kartlegging/bolig")
    expect(page.locator(".plass")).to_be_visible()
    page.locator("[data-les]").click()
    page.locator('[data-gjor="lesemodus"]').click()
    expect(page.locator(".plass")).to_have_count(0)
    for question in page.locator(QUESTIONS).all():
        expect(question).to_be_visible()
    expect(here.open("/").locator("html")).not_to_have_attribute("data-lesemodus", "")


def test_the_keyboard_gets_everywhere(window: OpenWindow, bruker: Person) -> None:
    """Focus is seen and not covered, with the bar open too."""
    here = speaking(window(bruker, look=DESK), NORWEGIAN)
    turn_on(here.open("/mer"))
    page = here.open("/kartlegging/bolig")
    expect(page.locator(".plass")).to_be_visible()
    assert focus_faults(page) == []
    page.locator("[data-les]").click()
    expect(page.locator(".les-linje")).to_be_visible()
    assert focus_faults(page) == []
