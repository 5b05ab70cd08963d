"""K7, K8: however often the button is pressed, one delivery; and what is delivered stays as it was."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import func, select

from tests.browser.checks import check
from tests.browser.conftest import OpenWindow
from tests.browser.pages import OWN_WORDS, expect_saved, follow, open_theme, path_of, wait_until, write
from tests.browser.server import Person, Server
from webapp.kartlegging.models import Levering
from webapp.platform.database import reading

DELIVER = ".kort-viktig form button"


def deliveries(server: Server, bruker: Person) -> int:
    """How many versions the bruker has delivered."""
    with server.inside(), reading() as db:
        mine = (Levering.kommune_id == bruker.kommune_id, Levering.bruker_id == bruker.id)
        return db.scalar(select(func.count()).select_from(Levering).where(*mine)) or 0


def test_pressed_twice_delivered_once(server: Server, bruker: Person, window: OpenWindow) -> None:
    """A double tap, and the button once more after going back."""
    here = window(bruker)
    page = open_theme(here)
    write(page, OWN_WORDS, "En gang.")
    expect_saved(page)
    here.open("/kartlegging/se-over")
    page.locator(DELIVER).dblclick()
    # The second tap may end the first one's way to the receipt, and go there itself.
    wait_until(page, "location.pathname.startsWith('/kartlegging/kvittering/')")
    page.wait_for_load_state()
    receipt = path_of(page)
    assert deliveries(server, bruker) == 1
    page.go_back()
    if path_of(page) == "/kartlegging/se-over" and page.locator(DELIVER).count():
        page.locator(DELIVER).click()
        page.wait_for_url("**/kartlegging/kvittering/*")
    assert deliveries(server, bruker) == 1
    here.open(receipt)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_server_is_killed_while_delivering(server: Server, bruker: Person, window: OpenWindow) -> None:
    """Sent again with the same page after the server is back: one delivery, with a receipt."""
    here = window(bruker)
    here.watch.expect("ERR_CONNECTION")
    page = open_theme(here)
    write(page, OWN_WORDS, "Levert til slutt.")
    expect_saved(page)
    here.open("/kartlegging/se-over")
    server.kill()
    with page.expect_event("requestfailed"):
        page.locator(DELIVER).click(no_wait_after=True)
    server.start()
    here.open("/kartlegging/se-over")
    page.locator(DELIVER).click()
    page.wait_for_url("**/kartlegging/kvittering/*")
    assert deliveries(server, bruker) == 1


def test_a_change_is_a_new_version_that_can_be_compared(server: Server, bruker: Person, window: OpenWindow) -> None:
    """Both versions can be read, and the comparison marks what is new."""
    here = window(bruker)
    for text in ("Jeg bor alene.", " Nå har jeg flyttet."):
        page = open_theme(here)
        write(page, OWN_WORDS, text)
        expect_saved(page)
        here.open("/kartlegging/se-over")
        page.locator(DELIVER).click()
        page.wait_for_url("**/kartlegging/kvittering/*")
    assert deliveries(server, bruker) == 2
    here.open("/kartlegging/leverte/")
    check(page)
    follow(page.locator('main a[href*="/kartlegging/leverte/"]').first)
    check(page)
    follow(page.locator('main a[href*="/kartlegging/sammenlign/"]').first)
    expect(page.locator("main ins").first).to_contain_text("flyttet")
    check(page)
