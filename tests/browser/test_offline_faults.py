"""Without network, second half: other forms, other people, and what goes wrong. The first half is test_offline.py."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Route, expect
from sqlalchemy import func, select

from tests.browser.checks import check
from tests.browser.conftest import OpenWindow
from tests.browser.offline import (
    ON_DEVICE,
    expect_nothing_waits,
    own_phone,
    ready_offline,
    said,
    wait_until_kept,
    warned,
    world,
)
from tests.browser.pages import OWN_WORDS, THEME, expect_everywhere, expect_status, field, open_theme, wait_until, write
from tests.browser.server import Person, Server, unique
from tests.browser.window import OFFLINE
from tests.plan import planer
from tests.varsel import verk
from webapp.plan.rules import Tilstand
from webapp.platform.database import reading
from webapp.vedlegg.models import Vedleggskobling
from webapp.vilkar.models import Vilkarmelding

pytestmark = pytest.mark.en_gang

SUBMIT = "#hovedskjema .knapperad button"


def photo(name: str = "papiret.jpg") -> FilePayload:
    """What the camera made, of a paper."""
    made = BytesIO()
    Image.new("RGB", (640, 480), "navy").save(made, "JPEG")
    return FilePayload(name=name, mimeType="image/jpeg", buffer=made.getvalue())


def test_a_step_and_a_vilkar_are_done_without_network(
    window: OpenWindow, server: Server, bruker: Person, veileder: Person
) -> None:
    """«Gjort», in the plan and for a vilkår: delivered once, when the network comes, without a press."""
    people = world(server, bruker, veileder)
    with server.inside() as app, verk.formnokkel(app):
        steg_id = planer.avtalt(people, planer.forslag("Ringe jobbverkstedet"))
        vilkar_id = verk.vilkaret(people)
    here = window(bruker)
    page = own_phone(here)
    wait_until_kept(page, "/plan/", f"/plan/steg/{steg_id}/gjort")
    here.open(f"/vilkar/{vilkar_id}")
    wait_until_kept(page, f"/vilkar/{vilkar_id}/gjort")
    here.context.set_offline(True)
    page.locator(f'main a[href="/vilkar/{vilkar_id}/gjort"]').first.click()
    field(page, "tekst").fill("Jeg har vært der.")
    page.locator(SUBMIT).first.click()
    expect(page.locator("[data-ko-melding]")).to_be_visible()
    page.locator('nav.nav a[href="/plan/"]').click()
    page.locator(f'main a[href="/plan/steg/{steg_id}"]').first.click()
    page.locator(f'main a[href="/plan/steg/{steg_id}/gjort"]').first.click()
    field(page, "ord").fill("Ringte i dag.")
    page.locator(SUBMIT).first.click()
    expect(page.locator("[data-ko-melding]")).to_be_visible()
    page.locator('nav.nav a[href="/"]').click()
    expect(page.locator("[data-ventende] li > strong")).to_have_count(2)
    check(page)
    here.context.set_offline(False)
    expect(page.locator("#venter-tittel")).to_have_count(0)
    with server.inside(), reading() as db:
        assert db.scalar(select(func.count()).where(Vilkarmelding.bruker_id == bruker.id)) == 1
        assert planer.steg(people, steg_id).tilstand is Tilstand.GJORT


def test_on_an_own_phone_the_server_dies_under_a_press(
    window: OpenWindow, server: Server, bruker: Person, veileder: Person
) -> None:
    """With network: kept before it is sent, so that nothing is lost however the sending ends; sent again, it is one."""
    sak = warned(server, bruker, veileder)
    here = window(bruker)
    here.watch.expect("CONTENT_LENGTH_MISMATCH")
    page = own_phone(here)
    here.open(f"/varsel/{sak}")
    wait_until_kept(page, f"/varsel/{sak}/uttalelse")
    here.open(f"/varsel/{sak}/uttalelse")
    field(page, "ord").fill("Jeg var hos legen.")
    page.locator('button[name="handling"][value="se_over"]').click()
    page.locator('button[name="handling"][value="send"]').wait_for()
    ready_offline(page)
    server.kill()
    page.locator('button[name="handling"][value="send"]').click()
    expect(page.locator("[data-ko-melding]")).to_be_visible()
    check(page)
    server.start()
    here.open("/")
    expect(page.locator("#venter-tittel")).to_have_count(0)
    page.wait_for_function("() => !localStorage['medvirk.venter']")
    assert said(server, sak) == 1


def test_pressed_once_more_on_a_slow_line(window: OpenWindow, server: Server, bruker: Person, veileder: Person) -> None:
    """While the first press is on its way, the form and its button stand there: it is heard once all the same."""
    sak = warned(server, bruker, veileder)
    here = window(bruker)
    page = own_phone(here)
    here.open(f"/varsel/{sak}/uttalelse")
    field(page, "ord").fill("Jeg var hos legen.")
    page.locator('button[name="handling"][value="se_over"]').click()
    send = page.locator('button[name="handling"][value="send"]')
    send.wait_for()
    ready_offline(page)
    on_the_way: list[Route] = []
    page.route(
        f"**/varsel/{sak}/uttalelse",
        lambda route: on_the_way.append(route) if route.request.method == "POST" else route.continue_(),
    )
    send.click()
    expect(send).to_have_attribute("aria-busy", "true")
    send.click()
    on_the_way[0].continue_()
    expect(send).to_have_count(0)
    expect_nothing_waits(page)
    assert len(on_the_way) == 1
    assert said(server, sak) == 1


def test_signed_out_meanwhile_and_somebody_else_signs_in(
    window: OpenWindow, server: Server, bruker: Person, veileder: Person
) -> None:
    """It stays sealed on the phone: the next person neither sees nor sends it; the same person's sign-in sends it."""
    sak = warned(server, bruker, veileder)
    other = server.new_bruker(veileder, navn="Jonas Prøve")
    here = window(bruker)
    here.watch.expect("401")
    page = own_phone(here)
    here.open(f"/varsel/{sak}")
    wait_until_kept(page, f"/varsel/{sak}/uttalelse")
    here.open(f"/varsel/{sak}/uttalelse")
    ready_offline(page)
    secret = unique("hemmelig")
    here.context.set_offline(True)
    field(page, "ord").fill(secret)
    page.locator('button[name="handling"][value="se_over"]').click()
    page.locator("[data-ko-melding] .knapperad button").first.click()
    expect(page.locator("#hovedskjema")).to_be_hidden()
    server.end_sessions(bruker)
    here.context.set_offline(False)
    expect(page.locator("#hovedskjema")).to_be_hidden()
    here.sign_in(other)
    here.open("/")
    assert secret not in page.content()
    assert secret.split()[-1] not in page.evaluate(ON_DEVICE)
    expect(page.locator("#venter-tittel")).to_have_count(0)
    assert said(server, sak) == 0
    here.sign_in(bruker)
    here.open("/")
    page.wait_for_function("() => !localStorage['medvirk.venter']")
    assert said(server, sak) == 1


def test_signing_out_of_an_own_phone_leaves_nothing(window: OpenWindow, bruker: Person) -> None:
    """Kept pages, the wrapped key, the words and the flag: all gone, and nothing opens any more."""
    here = window(bruker)
    here.watch.expect("ERR_FAILED|fetching the script")
    page = own_phone(here)
    wait_until_kept(page)
    kept = page.evaluate(ON_DEVICE)
    assert "Amina" not in kept
    assert "kartlegging" in kept  # the addresses of kept pages are not secret, their content is
    page.locator('form[action="/ut"] button').first.click()
    page.wait_for_url("**/utlogget**")
    wait_until(page, f"({ON_DEVICE})().then((all) => all === '{{}}')")


def test_a_browser_that_keeps_nothing(window: OpenWindow, server: Server, bruker: Person, veileder: Person) -> None:
    """IndexedDB is blocked (private window): the page says so, and what is typed stays in the page until it is sent."""
    here = window(bruker)
    here.watch.expect(OFFLINE)
    here.context.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('blocked', 'SecurityError') }"
    )
    page = here.open("/mer/telefon")
    expect(page.locator("[data-ikke-mulig]")).to_be_visible()
    expect(page.locator("[data-sporsmal]")).to_be_hidden()
    check(page)
    page = open_theme(here)
    here.context.set_offline(True)
    write(page, OWN_WORDS, "Bare i siden.")
    expect_status(page, "frakoblet")
    expect(page.locator("[data-statustekst]")).to_contain_text("La siden stå åpen")
    here.context.set_offline(False)
    expect_everywhere(window(bruker), OWN_WORDS, "Bare i siden.")


def test_an_old_page_meets_a_new_server(window: OpenWindow, bruker: Person) -> None:
    """A question that the server does not know any more: the others arrive, and its words are shown, not lost."""
    here = window(bruker)
    here.watch.expect("422")
    page = own_phone(here)
    wait_until_kept(page)
    open_theme(here)
    ready_offline(page)
    here.context.set_offline(True)
    # As if the form had had another question when the page was fetched.
    page.evaluate(
        """() => {
          const old = document.querySelector('[data-sporsmal="bolig.mer"]');
          old.outerHTML = old.outerHTML.replaceAll('bolig.mer', 'bolig.borte');
        }"""
    )
    words = unique("Skrevet under et gammelt spørsmål.")
    write(page, OWN_WORDS, "Dette spørsmålet finnes.")
    write(page, "bolig.borte", words)
    expect_status(page, "frakoblet")
    page.locator('nav.nav a[href="/"]').click()
    expect(page.locator("#venter-tittel")).to_be_visible()
    here.context.set_offline(False)
    expect(page.locator("[data-ventende] .feil")).to_be_visible()
    page.locator("[data-ventende] summary").last.click()
    expect(page.locator("[data-ventende]")).to_contain_text(words)
    check(page)
    expect_everywhere(window(bruker), OWN_WORDS, "Dette spørsmålet finnes.")


def test_two_tabs_with_the_same_theme(window: OpenWindow, bruker: Person) -> None:
    """Both write without network, both are closed: neither has overwritten what the other kept."""
    here = window(bruker)
    page = own_phone(here)
    wait_until_kept(page)
    one = open_theme(here)
    other = here.new_tab(f"/kartlegging/{THEME}")
    for tab in (one, other):
        ready_offline(tab)
    here.context.set_offline(True)
    write(one, OWN_WORDS, "Fra den ene fanen.")
    expect_status(one, "frakoblet")
    write(other, "bolig.mer", "Fra den andre fanen.")
    expect_status(other, "frakoblet")
    other.close(run_before_unload=False)
    one.goto("about:blank")
    here.context.set_offline(False)
    here.open("/", one)
    expect_everywhere(window(bruker), OWN_WORDS, "Fra den ene fanen.")
    expect_everywhere(window(bruker), "bolig.mer", "Fra den andre fanen.")


def test_a_photo_waits_with_its_answer(window: OpenWindow, server: Server, bruker: Person, veileder: Person) -> None:
    """Chosen without network, on a page that lay on the phone: sealed there, and sent with the form."""
    people = world(server, bruker, veileder)
    with server.inside() as app, verk.formnokkel(app):
        vilkar_id = verk.vilkaret(people)
    here = window(bruker)
    page = own_phone(here)
    here.open(f"/vilkar/{vilkar_id}")
    wait_until_kept(page, f"/vilkar/{vilkar_id}/gjort")
    here.context.set_offline(True)
    page.locator(f'main a[href="/vilkar/{vilkar_id}/gjort"]').first.click()
    field(page, "tekst").fill("Her er bildet av papiret.")
    page.locator("#vedlegg-fil").set_input_files(photo())
    expect(page.locator("[data-filer]")).to_contain_text("papiret.jpg ligger på telefonen")
    page.locator(SUBMIT).first.click()
    expect(page.locator("[data-ko-melding]")).to_be_visible()
    page.locator('nav.nav a[href="/"]').click()
    expect(page.locator("[data-ventende]")).to_contain_text("papiret.jpg")
    check(page)
    assert "papiret" not in page.evaluate(ON_DEVICE)
    here.context.set_offline(False)
    expect(page.locator("#venter-tittel")).to_have_count(0)
    with server.inside(), reading() as db:
        assert db.scalar(select(func.count()).where(Vilkarmelding.bruker_id == bruker.id)) == 1
        assert db.scalars(select(Vedleggskobling.opphav_type).where(Vedleggskobling.bruker_id == bruker.id)).all() == [
            "vilkarmelding"
        ]


def test_a_photo_chosen_without_network_goes_with_the_press_that_comes_after(
    window: OpenWindow, server: Server, bruker: Person, veileder: Person
) -> None:
    """On a phone that is nobody's own, too: the network is back, the photo is sent by itself, and is in the answer."""
    people = world(server, bruker, veileder)
    with server.inside() as app, verk.formnokkel(app):
        vilkar_id = verk.vilkaret(people)
    here = window(bruker)
    here.watch.expect(OFFLINE)
    page = here.open(f"/vilkar/{vilkar_id}/gjort")
    ready_offline(page)
    here.context.set_offline(True)
    field(page, "tekst").fill("Her er bildet av papiret.")
    page.locator("#vedlegg-fil").set_input_files([photo(), photo("angret.jpg")])
    expect(page.locator("[data-filer]")).to_contain_text("angret.jpg ligger på telefonen")
    page.get_by_role("button", name="Ikke ta med").last.click()
    here.context.set_offline(False)
    expect(page.get_by_role("checkbox", name="papiret.jpg")).to_be_checked()
    check(page)
    page.locator(SUBMIT).first.click()
    page.wait_for_url(f"**/vilkar/{vilkar_id}**")
    expect(page.locator("main")).to_contain_text("papiret.jpg")
    with server.inside(), reading() as db:
        assert db.scalar(select(func.count()).where(Vedleggskobling.bruker_id == bruker.id)) == 1


def test_a_photo_outlives_its_page(window: OpenWindow, server: Server, bruker: Person, veileder: Person) -> None:
    """«Bare ta vare på det», and the page is closed: when the form is opened again, photo and words are in it."""
    sak = warned(server, bruker, veileder)
    here = window(bruker)
    here.watch.expect(OFFLINE)
    here.open(f"/varsel/{sak}")
    page = here.open(f"/varsel/{sak}/uttalelse")
    ready_offline(page)
    here.context.set_offline(True)
    field(page, "ord").fill("Jeg var hos legen.")
    page.locator("#vedlegg-fil").set_input_files(photo())
    expect(page.locator("[data-filer]")).to_contain_text("papiret.jpg ligger på telefonen")
    page.locator('button[name="handling"][value="se_over"]').click()
    expect(page.locator("[data-ko-melding]")).to_contain_text("papiret.jpg")
    page.locator("[data-ko-melding] .knapperad button").nth(1).click()
    expect(page.locator("[data-ko-melding]")).to_contain_text("Utkastet ligger på telefonen")
    page.goto("about:blank")
    here.context.set_offline(False)
    page = here.open(f"/varsel/{sak}/uttalelse")
    expect(page.get_by_role("checkbox", name="papiret.jpg")).to_be_checked()
    expect_nothing_waits(page)
    page = here.open(f"/varsel/{sak}/uttalelse?utkast=1")
    expect(field(page, "ord")).to_have_value("Jeg var hos legen.")
    expect(page.get_by_role("checkbox", name="papiret.jpg")).to_be_checked()


def test_another_language_needs_a_network(window: OpenWindow, bruker: Person) -> None:
    """Said in place: the browser's own page would come otherwise, and the key that only this tab has would be gone."""
    here = window(bruker)
    page = own_phone(here, passkey=False)
    wait_until_kept(page)
    here.open("/plan/")
    ready_offline(page)
    here.context.set_offline(True)
    page.locator('nav a[href="/vilkar/"]').click()
    expect(page.locator("[data-frakoblet-linje]")).to_be_visible()
    page.locator("details.sprak summary").click()
    page.locator('details.sprak button[value="en"]').click()
    expect(page.locator("main [data-ko-melding]")).to_be_visible()
    check(page)
    here.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    wait_until(page, "fetch('/healthz').then((one) => one.ok)")
    page.locator('nav a[href="/plan/"]').click()
    page.wait_for_url("**/plan/")


def test_the_language_of_a_page_that_was_put_in_place(window: OpenWindow, bruker: Person) -> None:
    """The frame is the one of the page before, whose form is gone: its language buttons go along with the new page."""
    here = window(bruker)
    page = own_phone(here, passkey=False)
    wait_until_kept(page)
    open_theme(here)
    ready_offline(page)
    here.context.set_offline(True)
    page.locator('nav a[href="/plan/"]').click()
    expect(page.locator("[data-frakoblet-linje]")).to_be_visible()
    here.context.set_offline(False)
    wait_until(page, "fetch('/healthz').then((one) => one.ok)")
    page.locator("details.sprak summary").click()
    with page.expect_navigation():
        page.locator('details.sprak button[value="en"]').click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/plan/")
