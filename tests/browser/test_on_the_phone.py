"""Installed on the home screen: Chromium finds nothing missing, the places are at the thumb, and nothing jumps."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checks import check, debugger
from tests.browser.conftest import OpenWindow
from tests.browser.pages import follow
from tests.browser.server import Person, Server
from tests.browser.test_installed import installed
from tests.browser.window import DESK

pytestmark = pytest.mark.en_gang

SHIFTS = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(sum(list.getEntries()))).observe({ type: "layout-shift", buffered: true });
  const sum = (all) => all.filter((one) => !one.hadRecentInput).reduce((total, one) => total + one.value, 0);
  setTimeout(() => done(0), 700);
})"""
PLACES = """() => [...document.querySelectorAll(".nav-bruker a")].map((link) => {
  const { top, bottom, width, height } = link.getBoundingClientRect();
  return { top, bottom, width, height, under: innerHeight - bottom };
})"""
NEVER_SAID = ("nav", "sosial", "stønad", "hjelp", "welfare", "benefit", "المساعدة")


def manifest(page: Page) -> dict[str, Any]:
    """What the browser itself has read."""
    found = debugger(page).send("Page.getAppManifest")
    assert found["errors"] == []
    read: dict[str, Any] = json.loads(found["data"])
    return read


@pytest.mark.parametrize("sprak", ["nb", "ar"])
def test_the_browser_would_install_it(server: Server, veileder: Person, window: OpenWindow, sprak: str) -> None:
    """Chromium's own check has no complaint, and the manifest speaks the bruker's language."""
    here = window(server.new_bruker(veileder, sprak=sprak))
    page = installed(here)
    problems = debugger(page).send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A browser context of a test is a private window, where nothing is installed; there is no other complaint.
    assert [one["errorId"] for one in problems if one["errorId"] != "in-incognito"] == []
    read = manifest(page)
    assert (read["lang"], read["dir"], read["id"]) == (sprak, "rtl" if sprak == "ar" else "ltr", "/")
    assert {icon.get("purpose", "any") for icon in read["icons"]} == {"any", "maskable", "monochrome"}
    assert [one["url"] for one in read["shortcuts"]] == ["/kartlegging/", "/plan/", "/vilkar/"]
    said = json.dumps([read["name"], read["short_name"], read["description"]], ensure_ascii=False).lower()
    assert not [word for word in NEVER_SAID if word in said]
    for picture in [*read["icons"], *read["screenshots"]]:
        answer = page.request.get(server.origin + picture["src"])
        assert (answer.status, answer.headers["content-type"].split(";")[0]) == (200, picture["type"])


@pytest.mark.parametrize("sprak", ["nb", "ar"])
def test_the_five_places_are_at_the_thumb(server: Server, veileder: Person, window: OpenWindow, sprak: str) -> None:
    """At the bottom of the screen, each as big as a thumb."""
    here = window(server.new_bruker(veileder, sprak=sprak))
    page = here.open("/vilkar/")
    places = page.evaluate(PLACES)
    assert len(places) == 5
    for place in places:
        assert place["height"] >= 56
        assert place["width"] >= 56
        assert 0 <= place["under"] <= 12
    # What floats above them lies clear of them.
    leave = page.locator(".lukk-raskt").bounding_box()
    assert leave is not None
    assert leave["y"] + leave["height"] <= min(place["top"] for place in places)
    check(page)


@pytest.mark.parametrize("path", ["/", "/kartlegging/bolig", "/vilkar/", "/telefon/"])
@pytest.mark.parametrize("sprak", ["nb", "ar"])
def test_nothing_jumps(server: Server, veileder: Person, window: OpenWindow, sprak: str, path: str) -> None:
    """Cumulative layout shift, as the browser counts it."""
    here = window(server.new_bruker(veileder, sprak=sprak))
    page = here.open(path)
    page.wait_for_load_state("networkidle")
    shift = page.evaluate(SHIFTS)
    assert shift < 0.005, f"{path}: {shift}"


def test_a_way_back_where_the_phone_has_none(bruker: Person, window: OpenWindow) -> None:
    """Hidden in a browser, which has its own; it works where it is shown (an installed app on an iPhone)."""
    here = window(bruker)
    here.open("/plan/")
    page = here.open("/vilkar/")
    back = page.locator("[data-tilbake]")
    expect(back).to_have_count(1)
    expect(back).to_be_hidden()
    back.evaluate("(button) => button.click()")
    page.wait_for_url("**/plan/")


@pytest.mark.parametrize("sprak", ["nb", "ar"])
def test_the_home_screen_is_offered_once(server: Server, veileder: Person, window: OpenWindow, sprak: str) -> None:
    """On the second visit, on the front page; a no is remembered with the person, also on another phone."""
    person = server.new_bruker(veileder, sprak=sprak)
    first = window(person)
    expect(first.open("/").locator("[data-hjemskjerm]")).to_have_count(0)
    here = window(person)
    page = here.open("/")
    expect(page.locator("[data-hjemskjerm]")).to_be_visible()
    check(page)
    follow(page.locator("[data-hjemskjerm] a[data-legg-til]"))
    expect(page.locator(".tegnet").first).to_be_visible()
    check(page)
    page = here.open("/")
    follow(page.locator("[data-nei-takk] button"))
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[data-hjemskjerm]")).to_have_count(0)
    expect(window(person).open("/").locator("[data-hjemskjerm]")).to_have_count(0)


ASK = """() => {
  const event = new Event("beforeinstallprompt", { cancelable: true });
  event.prompt = () => { window.asked = true };
  event.userChoice = Promise.resolve({ outcome: "dismissed" });
  return dispatchEvent(event);
}"""


def test_where_the_browser_can_do_it_the_link_asks_the_browser(
    server: Server, bruker: Person, window: OpenWindow
) -> None:
    """The browser's own bar is held back; saying no to the browser is a no."""
    server.session_cookie(bruker)
    here = window(bruker)
    page = here.open("/")
    card = page.locator("[data-hjemskjerm]")
    expect(card).to_be_visible()
    assert page.evaluate(ASK) is False
    with page.expect_response("**/telefon/svar"):
        card.locator("a[data-legg-til]").click()
    assert page.evaluate("() => window.asked")
    expect(card).to_have_count(0)
    expect(here.open("/").locator("[data-hjemskjerm]")).to_have_count(0)


def test_the_installed_app_does_not_ask(server: Server, bruker: Person, window: OpenWindow) -> None:
    """Whoever opens the icon has answered."""
    server.session_cookie(bruker)
    here = window(bruker)
    here.context.add_init_script(
        "const plain = window.matchMedia.bind(window); window.matchMedia = (query) =>"
        " query.includes('standalone') ? { matches: true, addEventListener() {} } : plain(query)"
    )
    page = here.page
    with page.expect_response("**/telefon/svar"):
        here.open("/")
    expect(page.locator("[data-hjemskjerm]")).to_have_count(0)
    expect(window(bruker).open("/").locator("[data-hjemskjerm]")).to_have_count(0)


def test_the_desk_is_not_asked(server: Server, bruker: Person, window: OpenWindow) -> None:
    """A home screen is something a phone has; the page can still be found under «Mer»."""
    server.session_cookie(bruker)
    here = window(bruker, look=DESK)
    expect(here.open("/").locator("[data-hjemskjerm]")).to_be_hidden()
    here.open("/mer").locator('a[href="/telefon/"]').click()
    expect(here.page.locator(".tegnet").first).to_be_visible()


@pytest.mark.parametrize("sprak", ["nb", "ar"])
def test_the_open_choice_of_languages_fits(server: Server, bruker: Person, window: OpenWindow, sprak: str) -> None:
    """Also at 320 px, and with text twice as large (WCAG 1.4.4, 1.4.10)."""
    server.speak(bruker, sprak)
    page = window(bruker, sprak=sprak).open("/")
    page.locator("details.sprak summary").click()
    expect(page.locator(".sprak-liste")).to_be_visible()
    check(page)


REVEALED = """addEventListener("pagereveal", (event) => {
  window.faded = event.viewTransition !== null;
  event.viewTransition?.ready.catch(() => {});
})"""


@pytest.mark.parametrize(("motion", "fades"), [("no-preference", True), ("reduce", False)])
def test_pages_fade_into_each_other_but_never_out_of_the_app(
    bruker: Person, window: OpenWindow, *, motion: str, fades: bool
) -> None:
    """Between places, unless the person wants no motion; whoever signs out sees nothing of the page they left."""
    here = window(bruker, reduced_motion=motion)
    here.context.add_init_script(REVEALED)
    page = here.open("/")
    follow(page.locator('.nav-bruker a[href="/plan/"]'))
    assert page.evaluate("() => window.faded") is fades
    page.wait_for_load_state("networkidle")
    page.locator('form[action="/ut"] button').first.click()
    page.wait_for_url("**/utlogget")
    assert page.evaluate("() => window.faded") is False
