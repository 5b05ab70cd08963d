"""An own phone without network, as a test speaks of it."""

from __future__ import annotations

import re
from uuid import UUID

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from tests.browser.checks import script
from tests.browser.pages import THEME, wait_until
from tests.browser.server import Person, Server
from tests.browser.window import OFFLINE, Window
from tests.varsel import verk
from tests.verden import Verden
from webapp.platform.database import reading
from webapp.varsel.models import Uttalelse

ON_DEVICE = script("device").partition("\n")[2].strip()


def own_phone(window: Window, *, passkey: bool = True) -> Page:
    """«Ja, det er min egen»: with a passkey that can lock, or without."""
    window.watch.expect(OFFLINE)
    window.watch.expect("400")  # a page that lay on the phone has no form key: it asks for one
    window.watch.expect("importing a module script|Failed to fetch")
    if passkey:
        window.add_authenticator()
        page = window.open("/mer/palogginger")
        page.locator("[data-passnokkel-knapp]").click()
        page.wait_for_load_state()
        expect(page.locator('form[action*="/nokkel/"]').first).to_be_visible()
    page = window.open("/mer/telefon")
    page.locator("[data-ja]").click()
    expect(page.locator("[data-er-min]")).to_be_visible()
    expect(page.locator("[data-med-las]" if passkey else "[data-uten-las]")).to_be_visible()
    return page


KEPT = """async () => {
  const asked = indexedDB.open('medvirk');
  const db = await new Promise((ok) => { asked.onsuccess = () => ok(asked.result) });
  const keys = await new Promise((ok) => {
    const asked = db.transaction('lager').objectStore('lager').getAllKeys();
    asked.onsuccess = () => ok(asked.result);
  });
  db.close();
  return keys.filter((key) => key.split(' ')[1] === 'p').map((key) => key.split(' ')[2]);
}"""


def wait_until_kept(page: Page, *paths: str) -> None:
    """The pages that go with the bruker's work lie on the phone: these, or all that come by themselves."""
    wanted = list(paths or ("/", "/kartlegging/", f"/kartlegging/{THEME}", "/plan/", "/vilkar/", "/varsel/"))
    wait_until(page, f"({KEPT})().then((kept) => {wanted!r}.every((one) => kept.includes(one)))", 30_000)
    ready_offline(page)


def ready_offline(page: Page) -> None:
    """The page can do without network from here on."""
    expect(page.locator("html")).to_have_attribute("data-uten-nett", re.compile("las|fane"))
    # The worker shows a page when there is no answer: on a slow machine it is in place later than the script.
    wait_until(page, "navigator.serviceWorker.getRegistration().then((one) => Boolean(one?.active))", 30_000)


def expect_nothing_waits(page: Page) -> None:
    """All that was written and not sent has left the phone."""
    rows = "((of) => ['ko', 'sendinger', 'filer'].every((name) => !of?.[name]?.length))"
    wait_until(page, f"({ON_DEVICE})().then((all) => {rows}(JSON.parse(all).medvirk))")


def send_what_waits(page: Page) -> None:
    """Press «Send nå», unless the phone has tried again by itself just before and needs nobody's help."""
    page.evaluate("() => [...document.querySelectorAll('[data-ventende] .knapperad button')].at(-1)?.click()")


def expect_form_keys(page: Page) -> None:
    """Every form of the page can be sent."""
    page.wait_for_function(
        """() => {
          const all = [...document.querySelectorAll('input[name="csrf_token"]')];
          return all.length > 0 && all.every((one) => one.value);
        }"""
    )


def world(server: Server, bruker: Person, veileder: Person) -> Verden:
    """The people of this test, for helpers of other rooms' tests."""
    kommune_id, kontor = server.office
    who, staff = bruker.id, veileder.id
    return Verden(kommune_id, kontor, kontor, staff, staff, staff, staff, staff, who, who, kommune_id, staff, who)


def warned(server: Server, bruker: Person, veileder: Person) -> UUID:
    """A notice has been sent to the bruker."""
    with server.inside() as app, verk.formnokkel(app, bruker.sprak):
        return verk.varslet(world(server, bruker, veileder), bruker.sprak)


def said(server: Server, sak_id: UUID) -> int:
    """How many times the bruker has been heard in the matter."""
    with server.inside(), reading() as db:
        return db.scalar(select(func.count()).select_from(Uttalelse).where(Uttalelse.sak_id == sak_id)) or 0
