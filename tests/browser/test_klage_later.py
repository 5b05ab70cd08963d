"""A klage after it is sent, from both sides: told at the desk, put right on the phone, added to, and withdrawn."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import matters, road
from tests.browser.checks import check, squeezed
from tests.browser.conftest import OpenWindow
from tests.browser.pages import field, follow
from tests.browser.server import Person, Server, unique
from tests.browser.window import DESK, PHONE

pytestmark = [pytest.mark.en_gang, pytest.mark.uten_arbeider]

NARROW = 360


@pytest.mark.parametrize("sprak", ["nb", "ar"])
def test_told_put_right_added_to_and_withdrawn(
    server: Server, veileder: Person, window: OpenWindow, sprak: str
) -> None:
    """Each page is looked at on the phone at 360 px, and from the desk."""
    office = window(veileder, look=DESK, seen_elsewhere=sprak != "ar")
    home = window(look=PHONE, sprak=sprak)
    case, code = road.register_and_invite(office, unique("Rami"), sprak)
    case = case.rstrip("/") + "/"
    road.come_in(home, code, sprak)
    matters.register_vedtak(office, case, "2026-77", f"{server.now:%Y-%m-%d}")

    # At the desk: written down as told.
    page = office.open_url(f"{case}klage/")
    check(page)
    follow(page.locator('main a[href$="/klage/muntlig"]'))
    check(page)
    page.locator('input[name="mot"]').first.check()
    matters.choose(page, "hvordan", "telefon")
    field(page, "hva").fill("Beløpet er galt")
    matters.send(page)
    page.wait_for_url(re.compile(r"/klage/[0-9a-f-]{36}$"))
    expect(page.locator("main")).to_contain_text("Beløpet er galt")
    check(page)
    address = page.url.rpartition("/")[2]

    # On the phone: seen, put right, added to.
    phone = home.open(f"/klage/{address}")
    with squeezed(phone, NARROW):
        expect(phone.locator("main")).to_contain_text("Beløpet er galt")
        check(phone)
        follow(phone.locator(f'main a[href="/klage/{address}/rett"]'))
        check(phone)
        field(phone, "hva").fill("Det er perioden som er gal")
        matters.send(phone)
        expect(phone.locator("#skrev ~ *", has_text="Det er perioden som er gal").first).to_be_visible()
        check(phone)
        follow(phone.locator(f'main a[href="/klage/{address}/tillegg"]'))
        check(phone)
        words = "وجدت الإيصال" if sprak == "ar" else "Jeg fant kvitteringen"
        field(phone, "tekst").fill(words)
        matters.send(phone)
        expect(phone.locator('article[id^="tillegg-"]')).to_contain_text(words)
        check(phone)

    page = office.open_url(f"{case}klage/{address}")
    expect(page.locator("main")).to_contain_text("Det er perioden som er gal")
    expect(page.locator("main")).to_contain_text(words)
    check(page)

    # And withdrawn, from a page that says what happens then.
    with squeezed(phone, NARROW):
        follow(phone.locator(f'main a[href="/klage/{address}/trekk"]'))
        check(phone)
        matters.send(phone)
        phone.wait_for_url(re.compile(rf"/klage/{address}$"))
        expect(phone.locator('main a[href^="/klage/ny/vedtak/"]')).to_be_visible()
        check(phone)
    page = office.open_url(f"{case}klage/{address}")
    expect(page.locator("#trukket")).to_be_visible()
    expect(page.locator('main a[href$="/steg"]')).to_have_count(0)
    check(page)
