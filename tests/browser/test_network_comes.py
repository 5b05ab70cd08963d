"""The network comes and goes in the middle of something: what was saved, kept or pressed then is lost nowhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from uuid import UUID

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenWindow
from tests.browser.offline import (
    KEPT,
    ON_DEVICE,
    expect_nothing_waits,
    own_phone,
    ready_offline,
    said,
    wait_until_kept,
    warned,
)
from tests.browser.pages import (
    OWN_WORDS,
    THEME,
    expect_everywhere,
    expect_saved,
    expect_status,
    expect_text,
    field,
    follow,
    open_theme,
    wait_until,
    write,
)
from tests.browser.server import Person, Server
from tests.browser.window import OFFLINE, PATIENCE, Window

pytestmark = pytest.mark.en_gang

PATH = f"/kartlegging/{THEME}"
# The theme's page as it lies on the phone, sealed: another text each time it is kept.
ROW = f"JSON.parse(all).medvirk.lager.find(([key]) => key.endsWith(' p {PATH}'))"
LIES = f"({ON_DEVICE})().then((all) => JSON.stringify({ROW}).slice(0, 400))"
BESIDE = f"JSON.parse(all).medvirk.lager.some(([key]) => key.endsWith(' o {PATH}'))"  # what was saved since
LOOK_OVER = 'button[name="handling"][value="se_over"]'


@contextmanager
def held_back(here: Window, what: re.Pattern[str]) -> Iterator[None]:
    """Nothing comes back of ``what`` until the end of this."""
    routes: list[Route] = []

    def hold(route: Route) -> None:
        routes.append(route)

    here.context.route(what, hold)
    yield
    for route in routes:
        route.continue_()
    here.context.unroute(what)


def answer_waits(here: Window, theme: str) -> None:
    """An answer of this theme lies on the phone, and its page is closed."""
    page = open_theme(here, theme)
    here.context.set_offline(True)
    page.locator("#hovedskjema textarea").first.fill("Det venter.")
    expect_status(page, "frakoblet")
    page.goto("about:blank")
    here.context.set_offline(False)


@pytest.mark.parametrize("before", ["", "Gammelt. "])
@pytest.mark.parametrize("slow", ["script", "queue"])
def test_an_answer_that_is_saved_before_its_page_is_kept(
    window: OpenWindow, bruker: Person, slow: str, before: str
) -> None:
    """The kept page has the answer with its version, or neither: what is written on it takes nothing away."""
    here = window(bruker, service_workers="block")
    here.watch.expect(OFFLINE)
    page = own_phone(here, passkey=False)
    if before:
        write(open_theme(here), OWN_WORDS, before)
        expect_saved(page)
        here.open("/mer/telefon")
    wait_until(page, f"({KEPT})().then((kept) => kept.includes('{PATH}'))", 30_000)
    wait_until(page, f"({ON_DEVICE})().then((all) => !{BESIDE})")
    first = page.evaluate(LIES)
    if slow == "queue":
        answer_waits(here, "familie")
    with held_back(here, re.compile("frakoblet-" if slow == "script" else "/kartlegging/familie/lagre$")):
        here.open(PATH, wait_until="domcontentloaded")
        expect_status(page, "klar")
        if slow == "queue":
            expect(page.locator("html")).to_have_attribute("data-uten-nett", "fane")
        write(page, OWN_WORDS, "Svaret mitt.")
        expect_saved(page)
    wait_until(page, f"{LIES}.then((row) => row !== {json.dumps(first)})")

    here.open("/kartlegging/")
    expect(page.locator("html")).to_have_attribute("data-uten-nett", "fane")
    here.context.set_offline(True)
    page.locator(f'main a[href="{PATH}"]').first.click()
    page.locator("[data-frakoblet-linje]").wait_for()
    expect_text(page, OWN_WORDS, f"{before}Svaret mitt.")
    write(page, OWN_WORDS, " Mer uten nett.")
    expect_status(page, "frakoblet")
    here.context.set_offline(False)
    expect_saved(page)
    expect_everywhere(window(bruker), OWN_WORDS, f"{before}Svaret mitt. Mer uten nett.")


def test_an_answer_that_went_from_another_page_stands_on_its_kept_page(window: OpenWindow, bruker: Person) -> None:
    """It arrived while its theme was closed. Without network again, the page that lies on the phone shows it."""
    here = window(bruker, service_workers="block")
    here.watch.expect(f"{OFFLINE}|ERR_FAILED")
    page = own_phone(here, passkey=False)
    theme = "/kartlegging/familie"
    wait_until(page, f"({KEPT})().then((kept) => kept.includes('{theme}'))", 30_000)
    answer_waits(here, "familie")
    here.context.route(f"**{theme}", lambda route: route.abort())  # nor is the page fetched anew meanwhile
    here.open("/kartlegging/")
    expect_nothing_waits(page)
    here.context.set_offline(True)
    page.locator(f'main a[href="{theme}"]').first.click()
    page.locator("[data-frakoblet-linje]").wait_for()
    expect(page.locator("#hovedskjema textarea").first).to_have_value("Det venter.")


def test_what_another_device_has_saved_stands_on_the_kept_page(window: OpenWindow, bruker: Person) -> None:
    """As the last words of a page that was closed: nobody noted them here, and any page with a network fetches them."""
    here = window(bruker, service_workers="block")
    here.watch.expect(OFFLINE)
    page = own_phone(here, passkey=False)
    wait_until(page, f"({KEPT})().then((kept) => kept.includes('{PATH}'))", 30_000)
    first = page.evaluate(LIES)
    elsewhere = open_theme(window(bruker))
    write(elsewhere, OWN_WORDS, "Skrevet på biblioteket.")
    expect_saved(elsewhere)
    here.open("/kartlegging/")
    wait_until(page, f"{LIES}.then((row) => row !== {json.dumps(first)})", 30_000)
    here.context.set_offline(True)
    page.locator(f'main a[href="{PATH}"]').first.click()
    page.locator("[data-frakoblet-linje]").wait_for()
    expect_text(page, OWN_WORDS, "Skrevet på biblioteket.")


# Somebody whose finger is there already: in the first moment in which the form can be seen.
AT_ONCE = """(words) => new MutationObserver((_seen, watch) => {
  const box = document.querySelector("#hovedskjema textarea");
  if (!box) return;
  watch.disconnect();
  box.value = words;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}).observe(document.documentElement, { childList: true, subtree: true })"""


@pytest.mark.parametrize(("start", "path"), [("/kartlegging/", PATH), ("/plan/", "/plan/steg/nytt")])
def test_written_in_the_moment_a_kept_page_is_put_in_place(
    window: OpenWindow, bruker: Person, start: str, path: str
) -> None:
    """The form is listened to, and filled in with what lies here, before anybody can see it."""
    here = window(bruker, service_workers="block")
    here.watch.expect(OFFLINE)
    page = own_phone(here, passkey=False)
    here.open(path)
    wait_until(page, f"({KEPT})().then((kept) => kept.includes('{path}'))", 30_000)
    here.open(start)
    expect(page.locator("html")).to_have_attribute("data-uten-nett", "fane")
    here.context.set_offline(True)
    page.evaluate(AT_ONCE, "Straks.")
    page.locator(f'main a[href="{path}"]').first.click()
    page.locator("[data-frakoblet-linje]").wait_for()
    expect(page.locator("#hovedskjema textarea").first).to_have_value("Straks.")
    expect_status(page, "frakoblet")
    here.context.set_offline(False)
    expect_saved(page)
    elsewhere = window(bruker).open(path if path == PATH else f"{path}?utkast=1")
    expect(elsewhere.locator("#hovedskjema textarea").first).to_have_value("Straks.")


def expect_heard(page: Page, server: Server, sak: UUID) -> None:
    """The uttalelse arrives by itself, once."""
    limit = monotonic() + PATIENCE / 1000
    while not said(server, sak):
        assert monotonic() < limit, page.locator("main").inner_text()
        page.wait_for_timeout(100)
    assert said(server, sak) == 1


@pytest.mark.parametrize("own", [False, True])
def test_the_network_comes_while_somebody_looks_over_the_answer(
    window: OpenWindow, server: Server, bruker: Person, veileder: Person, own: bool
) -> None:
    """«Send når nettet kommer», and it is there already: nothing is left that would tell the phone of it."""
    sak = warned(server, bruker, veileder)
    here = window(bruker)
    here.watch.expect(OFFLINE)
    if own:
        own_phone(here, passkey=False)
    page = here.open(f"/varsel/{sak}/uttalelse")
    ready_offline(page)
    here.context.set_offline(True)
    field(page, "ord").fill("Jeg var hos legen.")
    page.locator(LOOK_OVER).click()
    send = page.locator("[data-ko-melding] .knapperad button").first
    send.wait_for()
    with page.expect_response("**/healthz"):
        here.context.set_offline(False)
    send.click()
    expect_heard(page, server, sak)
    expect_nothing_waits(page)


def test_a_server_that_was_busy_once_is_not_a_network_that_is_gone(
    window: OpenWindow, server: Server, bruker: Person, veileder: Person
) -> None:
    """One draft is answered 503: «se over» shows the server's page as ever."""
    sak = warned(server, bruker, veileder)
    here = window(bruker)
    here.watch.expect("503")
    page = here.open(f"/varsel/{sak}/uttalelse")
    ready_offline(page)
    here.context.route("**/utkast", lambda route: route.fulfill(status=503, body="<h1>busy</h1>"), times=1)
    field(page, "ord").fill("Jeg var hos legen.")
    expect(page.locator(".statuslinje").first).to_have_attribute("data-tilstand", "feil")
    follow(page.locator(LOOK_OVER))
    follow(page.locator('button[name="handling"][value="send"]'))
    assert said(server, sak) == 1


def test_two_tabs_with_one_form(window: OpenWindow, server: Server, bruker: Person, veileder: Person) -> None:
    """Each text lies on the phone until it is sent, and the form offers both."""
    sak = warned(server, bruker, veileder)
    here = window(bruker)
    here.watch.expect(OFFLINE)
    path = f"/varsel/{sak}/uttalelse"
    tabs = [here.new_tab(path), here.new_tab(path)]
    for page in tabs:
        ready_offline(page)
    here.context.set_offline(True)
    texts = ["Den første teksten.", "En annen tekst."]
    for page, text in zip(tabs, texts, strict=True):
        field(page, "ord").fill(text)
        expect(page.locator(".statuslinje").first).to_have_attribute("data-tilstand", "frakoblet")
    for page in tabs:
        page.close(run_before_unload=False)
    here.context.set_offline(False)
    page = here.open("/")
    expect_nothing_waits(page)
    offered = field(here.open(f"{path}?utkast=1"), "ord").input_value()
    assert all(text in offered for text in texts), offered


def test_a_kept_page_goes_on_with_what_no_open_page_writes_on(
    window: OpenWindow, server: Server, bruker: Person, veileder: Person
) -> None:
    """Beside a living tab it has a row of its own; when that one is closed, its text is taken up."""
    sak = warned(server, bruker, veileder)
    here = window(bruker)
    path = f"/varsel/{sak}/uttalelse"
    own_phone(here, passkey=False)
    first, second, third = (here.new_tab(one) for one in (path, f"/varsel/{sak}", f"/varsel/{sak}"))
    wait_until_kept(first, path)
    for page in (second, third):
        ready_offline(page)
    here.context.set_offline(True)

    def kept(page: Page, text: str) -> None:
        field(page, "ord").fill(text)
        expect(page.locator(".statuslinje").first).to_have_attribute("data-tilstand", "frakoblet")

    def open_with(page: Page, text: str) -> None:
        page.locator(f'main a[href="{path}"]').first.click()
        page.locator("[data-frakoblet-linje]").wait_for()
        expect(field(page, "ord")).to_have_value(text)

    kept(first, "Den første teksten.")
    open_with(second, "")
    kept(second, "En annen tekst.")
    first.close(run_before_unload=False)
    open_with(third, "Den første teksten.")
    kept(third, "Den første teksten er endret.")
    third.locator('nav a[href="/varsel/"]').first.click()
    third.locator(f'main a[href="/varsel/{sak}"]').first.click()
    open_with(third, "Den første teksten er endret.")
    for page in (second, third):
        page.close(run_before_unload=False)
    here.context.set_offline(False)
    page = here.open("/")
    expect_nothing_waits(page)
    offered = field(here.open(f"{path}?utkast=1"), "ord").input_value()
    assert sorted(offered.split("\n\n")) == ["Den første teksten er endret.", "En annen tekst."]
