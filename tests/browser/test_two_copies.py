"""The app installed twice: two windows of one browser, and two browsers of one person, each with its queue."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenWindow
from tests.browser.offline import expect_nothing_waits, own_phone, ready_offline, said, wait_until_kept, warned
from tests.browser.pages import (
    OWN_WORDS,
    expect_everywhere,
    expect_saved,
    expect_status,
    expect_text,
    field,
    open_theme,
    wait_until,
    write,
)
from tests.browser.server import Person, Server, unique
from tests.browser.test_installed import installed
from tests.browser.test_updates import FOUND, WAITING, Build, deployed
from tests.browser.window import OFFLINE

pytestmark = pytest.mark.en_gang

LETTER = "/veiledning/ny"


@pytest.fixture
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The next version."""
    return Build(tmp_path_factory.mktemp("bygg"))


def queue_uttalelse(page: Page, answer: str) -> None:
    """Written and pressed without network."""
    page.locator('input[name="grunner"][value="sykdom"]').check()
    field(page, "ord").fill(answer)
    page.locator('button[name="handling"][value="se_over"]').click()
    page.locator("[data-ko-melding] .knapperad button").first.click()
    expect(page.locator("#hovedskjema")).to_be_hidden()


def test_two_installed_copies_with_queues(window: OpenWindow, server: Server, bruker: Person, veileder: Person) -> None:
    """All of it is delivered once, whichever window is first; what is not finished is kept."""
    sak = warned(server, bruker, veileder)
    one, other = window(bruker), window(bruker)  # a phone, and a browser of theirs elsewhere
    other.watch.expect(OFFLINE)
    first = own_phone(one)
    one.open(f"/varsel/{sak}")
    wait_until_kept(first, "/", f"/varsel/{sak}/uttalelse")
    second = one.new_tab(LETTER)  # the second window of the same phone
    third = open_theme(other)
    ready_offline(second)
    one.open(f"/varsel/{sak}/uttalelse", first)
    ready_offline(first)

    answer, theme, letter = unique("Jeg var hos legen."), unique("Jeg bor hos en venn."), unique("Jeg trenger råd om")
    for here in (one, other):
        here.context.set_offline(True)
    queue_uttalelse(first, answer)
    second.locator("textarea").first.fill(letter)
    expect_status(second, "frakoblet")
    write(third, OWN_WORDS, theme)
    expect_status(third, "frakoblet")
    assert said(server, sak) == 0

    for here in (one, other):
        here.context.set_offline(False)
    for page in (first, second):  # both are told, and both would send
        page.evaluate("() => window.dispatchEvent(new Event('online'))")
    expect_saved(second)
    expect_saved(third)
    for page in (first, third):
        expect_nothing_waits(page)
    assert said(server, sak) == 1
    one.open("/", second)
    expect_nothing_waits(second)
    assert said(server, sak) == 1
    elsewhere = window(bruker)
    expect_everywhere(elsewhere, OWN_WORDS, theme)
    expect(elsewhere.open(f"{LETTER}?utkast=1").locator("textarea").first).to_have_value(letter)


def test_an_update_that_one_copy_finds_does_not_reload_the_other(
    window: OpenWindow, server: Server, bruker: Person, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One window is closed and opened, and the new worker waits: in the other one somebody is writing."""
    here = window(bruker)
    here.watch.expect(OFFLINE)  # what is on its way when the server gives way to the other version
    installed(here)
    writing = open_theme(here)
    reading = here.new_tab("/plan/")
    with deployed(server, build, monkeypatch):
        write(writing, OWN_WORDS, "Jeg bor f")
        writing.evaluate("() => { window.samme = true }")
        assert reading.evaluate(FOUND)
        for _ in range(2):
            reading.close()
            reading = here.new_tab("/plan/")
            reading.reload()
            wait_until(reading, WAITING)
        assert writing.evaluate("() => window.samme")
        expect_text(writing, OWN_WORDS, "Jeg bor f")
        write(writing, OWN_WORDS, "int.")
        expect_saved(writing)
        expect_text(writing, OWN_WORDS, "Jeg bor fint.")
        assert writing.evaluate("() => window.samme")
        assert writing.evaluate(f"async () => await ({WAITING})()")
    expect_everywhere(window(bruker), OWN_WORDS, "Jeg bor fint.")
