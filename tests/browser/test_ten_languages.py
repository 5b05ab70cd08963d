"""In each language: from the invitation to the receipt of an uttalelse, on a phone, with no Norwegian left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask_babel import force_locale
from flask_babel import gettext as _
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from werkzeug.wrappers import Response

from tests.browser.checks import axe, clipped, sticking_out
from tests.browser.conftest import OpenWindow
from tests.browser.matters import choose, press, send
from tests.browser.pages import OWN_WORDS, expect_saved, field, follow, ready, write
from tests.browser.server import Person, Server
from tests.sidekontroll import language
from tests.sidekontroll.page import Page as Html
from webapp.demo.sakssteg import Noterte, Vedtatt
from webapp.demo.saksvei import Saksvei
from webapp.identitet import adgang, invitasjoner
from webapp.identitet.adgang import Sak
from webapp.identitet.models import Ansatt
from webapp.platform import access, ids
from webapp.platform.database import reading
from webapp.platform.languages import SPRAK, tag

pytestmark = pytest.mark.en_gang

AXE = ("nb", "ar", "ti", "so")  # left to right and right to left, three scripts, and the longest words
# What a person writes is their own in any language (K1): it stands as written, and says which language it is.
WORDS = {
    "nb": "Jeg var syk.",
    "nn": "Eg var sjuk.",
    "se": "Mun ledjen buohccin.",
    "en": "I was ill.",
    "uk": "Я хворів.",
    "ar": "كنت مريضة.",
    "so": "Waan xanuunsanaa.",
    "ti": "ሓሚመ ነይረ።",
    "fa_AF": "من مریض بودم.",
    "pl": "Byłam chora.",
}
# Beside what the page check of all tests knows (sidekontroll/language.py): words that only Norwegian has.
NORWEGIAN = re.compile(r"\b(ikke|jeg|deg|hva|hvis|eller|dette|noen|fordi|skriv)\b", re.IGNORECASE)


class Office:
    """The office's side of the matter, done through the services while the browser walks the bruker's."""

    def __init__(self, server: Server, veileder: Person, bruker: Person) -> None:
        self._server, self._veileder, self._bruker = server, veileder, bruker
        self._matter = Saksvei(self)

    def bruker(self) -> access.Bruker:
        """The bruker does everything in the browser here."""
        raise AssertionError

    def ansatt(self) -> access.Ansatt:
        """The veileder, as if signed in."""
        with reading() as db:
            row = db.get_one(Ansatt, (self._veileder.kommune_id, self._veileder.id))
            rolle = access.Rolle(row.rolle)
            return access.Ansatt(row.kommune_id, row.id, row.kontor_id, ids.new_id(), row.sprak, rolle, row.navn)

    def sak(self, who: access.Ansatt, side: str) -> Sak:
        """The case, opened on a page."""
        found = adgang.open_sak(who, self._bruker.id, side=side)
        assert found is not None
        return found

    def does(self, step: Vedtatt | Noterte) -> None:
        """A vilkår is set, or a notice sent."""
        with self._server.inside():
            self._matter.steps[type(step)](step)


VILKAR = Vedtatt(
    dag=0,
    kl="12:00",
    nummer="2026-11",
    type="mote",
    parametre={"hvem": "karriereveilederen", "sted": "Prøvegata 1, rom 3", "klokke": "10:30"},
    frist=2,
    hvorfor="Karriereveilederen kjenner kursene.",
)
VARSEL = Noterte(dag=0, kl="12:00", dato=0, hva="Møtet ble ikke noe av.", varsel="Vi vil vite hva som skjedde.")


def look(page: Page, sprak: str) -> None:
    """Everything on the page as it stands is in this language or says which it is in; nothing sticks out or is cut."""
    html = Html(Response(page.content()), tag(sprak))
    found = [sentence for rule in language.RULES for sentence in rule(html)]
    if sprak not in {"nb", "nn"}:
        found += [f"Norwegian «{text}» in {where}" for where, text in language.texts(html) if NORWEGIAN.search(text)]
    found += [*sticking_out(page), *clipped(page), *(axe(page) if sprak in AXE else [])]
    assert not found, f"{page.url} ({sprak}):\n  - " + "\n  - ".join(found)


@contextmanager
def leads_on(page: Page, sprak: str) -> Iterator[None]:
    """The page that the block leads to is looked at."""
    yield
    page.wait_for_load_state()
    look(page, sprak)


@pytest.mark.parametrize("sprak", list(SPRAK))
def test_from_invitation_to_receipt(server: Server, veileder: Person, window: OpenWindow, sprak: str) -> None:
    """K2, K7, F1–F3, U2–U5, U9 in every language."""
    bruker = server.new_bruker(veileder, sprak=sprak)
    office = Office(server, veileder, bruker)
    here = window(sprak=sprak)
    here.add_authenticator()
    words = WORDS[sprak]

    with server.inside():
        token = invitasjoner.for_bruker(bruker.kommune_id, bruker.id).token
    page = here.open(f"/i/{token}")
    look(page, sprak)
    with leads_on(page, sprak):
        follow(page.locator("main form button[type=submit]").first)
    page.locator("[data-passnokkel-knapp]").click()
    page.wait_for_url(f"{server.origin}/")
    look(page, sprak)

    number = maps(here.open("/kartlegging/"), sprak, words)
    title = "Kvittering for kartlegging %(nummer)s"
    assert number in text_of(page, server, f"/kartlegging/kvittering/{number}.pdf", sprak, title, nummer=number)

    office.does(VILKAR)
    understands(here.open("/vilkar/"), sprak)
    server.move_clock(timedelta(days=8))  # what is noted happens after the vilkår was read (U1)
    here.sign_in(bruker)
    office.does(VARSEL)
    here.open("/")
    look(page, sprak)
    number = answers(here.open("/varsel/"), sprak, words)
    path = page.url.removeprefix(server.origin)
    receipt = text_of(page, server, f"{path}.pdf", sprak, "Svaret ditt på et varsel")
    # Word by word: pypdf gives Arabic letters as they stand on the paper, the last word of a line first.
    assert all(word in receipt for word in re.findall(r"\w+", words))


def maps(page: Page, sprak: str, words: str) -> str:
    """One theme in own words and with a choice, looked over and delivered (K2, K7): the receipt's number."""
    look(page, sprak)
    with leads_on(page, sprak):
        follow(page.locator('a[href="/kartlegging/bolig"]').first)
        ready(page)
    write(page, OWN_WORDS, words)
    page.locator('input[name="bolig.situasjon"]').first.check()
    expect_saved(page)
    look(page, sprak)
    follow(page.locator('button[name="handling"][value="neste"]'))
    page.goto(page.url.partition("/kartlegging/")[0] + "/kartlegging/se-over")
    expect(page.locator("main")).to_contain_text(words)
    look(page, sprak)
    with leads_on(page, sprak):
        follow(page.locator(".kort-viktig form button"))
    return page.locator(".fakta .kode").inner_text()


def understands(page: Page, sprak: str) -> None:
    """The vilkår is read and understood, and the two questions are answered (F1–F3)."""
    look(page, sprak)
    with leads_on(page, sprak):
        follow(page.locator('main a[href^="/vilkar/"]').first)
    choose(page, "svar", "forstar")
    with leads_on(page, sprak):
        send(page)
    assert page.url.endswith("/sjekk")
    for name in ("frist", "konsekvens"):
        page.locator(f'input[name="{name}"]').first.check()
    with leads_on(page, sprak):
        send(page)


def answers(page: Page, sprak: str, words: str) -> str:
    """The notice is opened, and answered (U2, U4, U5): the receipt's number."""
    look(page, sprak)
    with leads_on(page, sprak):
        follow(page.locator('main a[href^="/varsel/"]').first)
    with leads_on(page, sprak):
        follow(page.locator('main a[href$="/uttalelse"]').first)
    choose(page, "grunner", "sykdom")
    field(page, "ord").fill(words)
    with leads_on(page, sprak):
        press(page, "se_over")
    with leads_on(page, sprak):
        press(page, "send")
    expect(page.locator("main")).to_contain_text(words)
    return page.locator(".kode").first.inner_text()


def text_of(page: Page, server: Server, path: str, sprak: str, title: str, **facts: str) -> str:
    """The text of a PDF that is tagged, says its language, and has this title (given in bokmål) in that language."""
    made = page.request.get(server.origin + path)
    assert made.headers["content-type"] == "application/pdf"
    reader = PdfReader(BytesIO(made.body()))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == tag(sprak)
    with server.inside() as app, app.test_request_context(), force_locale(sprak):
        own = _(title, **facts)
    assert sprak in {"nb", "nn"} or own != title % facts
    assert reader.metadata is not None
    assert reader.metadata.title == own
    return "\n".join(one.extract_text() for one in reader.pages).replace("\u200b", "")
