"""Beside the main road: the operator's link, opening with a reason, handing over, filling in together, the mini."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.checks import check
from tests.browser.conftest import OpenWindow
from tests.browser.demo import Demo
from tests.browser.pages import expect_saved, expect_status, field, follow, path_of, ready
from tests.browser.road import submit
from tests.browser.server import Person, Server, unique
from tests.browser.window import DESK, PHONE
from webapp.config import ROOT


def operators_link(server: Server, *whom: str) -> str:
    """What `flask --app wsgi innloggingslenke` prints."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "innloggingslenke", *whom],
        cwd=ROOT,
        env={**os.environ, **server.environment, "MEDVIRK_NOW": server.now.isoformat()},
        capture_output=True,
        text=True,
        check=True,
    )
    return next(word for word in done.stdout.split() if word.startswith(server.origin))


@pytest.mark.en_gang
def test_the_operators_link_lets_one_in(server: Server, demo: Demo, window: OpenWindow) -> None:
    """One address, one use, for each door."""
    for whom, look, home in (
        (("--bruker", demo.code("begynt")), PHONE, "/"),
        (("--ansatt", demo.staff("leder")), DESK, "/veileder/"),
    ):
        page = window(look=look).open_url(operators_link(server, *whom))
        follow(page.locator("main form button[type=submit]").first)
        assert path_of(page) == home
        check(page)


def test_opening_somebody_elses_bruker_takes_a_reason_that_the_bruker_reads(
    server: Server, veileder: Person, window: OpenWindow
) -> None:
    """S1: a colleague states a reason first, and it stands word for word on the bruker's own page."""
    name = unique("Bjarne")
    bruker = server.new_bruker(veileder, navn=name)
    colleague = window(server.new_veileder("Petra Prøve"), look=DESK)
    colleague.watch.expect("422")
    page = colleague.open("/veileder/sok")
    submit(page)
    expect(page.locator(".ds-error-summary")).to_be_focused()
    check(page)
    field(page, "navn").fill(name)
    field(page, "grunn").fill("Bjarne står i skranken og Kari er syk.")
    submit(page)
    expect(page.locator("main")).to_contain_text(name)
    check(page)
    follow(page.locator('form[action^="/veileder/sok/"] button'))
    assert str(bruker.id) in page.url
    check(page)
    mine = window(bruker).open("/innsyn/")
    expect(mine.locator("main")).to_contain_text("Petra Prøve")
    expect(mine.locator("main")).to_contain_text("Bjarne står i skranken og Kari er syk.")


def test_a_link_to_somebody_elses_bruker_asks_why(server: Server, bruker: Person, window: OpenWindow) -> None:
    """S1, K10: the same page whether there is such a bruker or not; with a reason it opens."""
    page = window(server.new_veileder("Petra Prøve"), look=DESK).open(f"/veileder/bruker/{bruker.id}/")
    assert path_of(page).startswith("/veileder/apne/")
    check(page)
    field(page, "grunn").fill("Vikar for Kari i dag.")
    submit(page)
    assert path_of(page) == f"/veileder/bruker/{bruker.id}/"


def test_handing_over_in_one_step(server: Server, veileder: Person, bruker: Person, window: OpenWindow) -> None:
    """K9: the new veileder has everything, the old one nothing more."""
    new = server.new_veileder("Nils Neste")
    here = window(veileder, look=DESK)
    page = here.open(f"/veileder/bruker/{bruker.id}/overfor")
    field(page, "til").select_option(str(new.id))
    field(page, "grunn").fill("Nils overtar alle i bydelen.")
    submit(page)
    check(page)
    here.open(f"/veileder/bruker/{bruker.id}/")
    assert path_of(page).startswith("/veileder/apne/")
    theirs = window(new, look=DESK).open(f"/veileder/bruker/{bruker.id}/")
    assert path_of(theirs) == f"/veileder/bruker/{bruker.id}/"


def test_filling_in_together_says_who_typed(veileder: Person, bruker: Person, window: OpenWindow) -> None:
    """K1: what the veileder types is recorded and shown as such; the bruker's own words are only read."""
    mine = window(bruker)
    page = mine.open("/kartlegging/bolig")
    ready(page)
    field(page, "bolig.fungerer").fill("Mine egne ord.")
    expect_saved(page)
    office = window(veileder, look=DESK)
    desk = office.open(f"/veileder/bruker/{bruker.id}/fyll-ut/bolig")
    check(desk)
    expect(desk.locator("main")).to_contain_text("Mine egne ord.")
    expect(field(desk, "bolig.fungerer")).to_have_count(0)
    field(desk, "bolig.mer").fill("Skrevet av Kari.")
    expect_status(desk, "lagret")  # kept as the veileder's draft until the button is pressed
    submit(desk)
    mine.open("/kartlegging/se-over")
    answer = page.locator('[id="s-bolig.mer"]')
    expect(answer).to_contain_text("Skrevet av Kari.")
    expect(answer).to_contain_text("ansatt")


def test_the_mini_mapping_a_year_later(demo: Demo, window: OpenWindow) -> None:
    """K7: the earlier answers stand beside; «fortsatt slik» and «endret» are saved as they are chosen."""
    page = window(demo.person(demo.code("klar-for-mini"))).open("/kartlegging/")
    follow(page.locator('form[action="/kartlegging/visning"]:has(input[type=hidden][value=mini]) button'))
    assert path_of(page) == "/kartlegging/mini"
    ready(page)
    check(page)
    sheet = page.locator("section[data-sporsmal]").first
    sheet.locator('input[value="fortsatt"]').check()
    expect_saved(page)
    page.reload()
    expect(sheet.locator('input[value="fortsatt"]')).to_be_checked()
    changed = page.locator("section[data-sporsmal]").nth(1)
    changed.locator('input[value="endret"]').check()
    question = changed.get_attribute("data-sporsmal") or ""
    expect(page.locator(f'[id="s-{question}"]')).to_be_visible()
    check(page)
