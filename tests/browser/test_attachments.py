"""Attachments in a real browser: sent by themselves, made smaller on the phone, tried again, and never at the cost of
the text. The klage is the form here."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import g
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.checks import check
from tests.browser.conftest import OpenWindow
from tests.browser.server import Person, Server
from tests.browser.window import OFFLINE, Window
from webapp.identitet.adgang import Sak
from webapp.identitet.models import Datanokkel
from webapp.identitet.segl import unwrapped
from webapp.platform import access, clock, ids
from webapp.platform.access import Rolle
from webapp.platform.audit import Actor
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.vedlegg import service as vedlegg
from webapp.vedlegg.service import Vedlagt
from webapp.vilkar import vedtak
from webapp.vilkar.vedtak import Fakta

# Playwright does not count a file that a script sends.
LISTEN = """() => {
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (body) {
    window.sentSize = body.get("fil").size;
    return send.call(this, body);
  };
}"""


def sak(server: Server, bruker: Person) -> Sak:
    """The bruker's case, as a service sees it. Inside ``server.inside()``."""
    _kommune, kontor_id = server.office
    with reading() as db:
        key = db.get_one(Datanokkel, (bruker.kommune_id, bruker.id))
    seal = unwrapped(bruker.kommune_id, bruker.id, key.nokkel, key.hovednokkel)
    return Sak(bruker.kommune_id, bruker.id, kontor_id, "x", bruker.sprak, seal, tildelt=True)


@pytest.fixture
def skjema(server: Server, bruker: Person, veileder: Person) -> str:
    """The address of a form for a klage."""
    made: UUID = ids.new_id()
    with server.inside() as app, app.test_request_context():
        g.form_key_ok = True
        who = access.Ansatt(
            bruker.kommune_id, veileder.id, server.office[1], ids.new_id(), "nb", Rolle.VEILEDER, "Kari"
        )
        day = oslo_date(clock.now())
        fakta = Fakta("V-1", day, None, None, "livsopphold", "livsopphold", True, day + timedelta(days=21))
        vedtak.register(who, sak(server, bruker), made, fakta)
    return f"/klage/ny/vedtak/{made}"


def ready(server: Server, bruker: Person, path: str) -> list[Vedlagt]:
    """What the server has for the form."""
    with server.inside():
        case = sak(server, bruker)
        owner = vedlegg.Eier(bruker.kommune_id, bruker.id, case.seal, "bruker", Actor("bruker", bruker.id))
        return vedlegg.ventende(owner, path)


def photo(folder: Path, name: str = "legeerklæring.jpg", side: int = 3600) -> Path:
    """A photo of some megabytes, which cannot be packed well."""
    noise = Image.effect_noise((side, side * 3 // 4), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=80)
    made = folder / name
    made.write_bytes(out.getvalue())
    return made


def write(here: Window, path: str) -> Page:
    page = here.open(path)
    page.get_by_label("Hva er du uenig i, og hvorfor?").fill("Beløpet er feil.")
    return page


@pytest.mark.en_gang
def test_a_large_photo_is_made_smaller_and_sent_by_itself(
    window: OpenWindow, server: Server, bruker: Person, skjema: str, tmp_path: Path
) -> None:
    here, file = window(bruker), photo(tmp_path)
    assert file.stat().st_size > 3_000_000
    page = write(here, skjema)
    page.evaluate(LISTEN)
    page.get_by_label("Velg bilde eller PDF").set_input_files(file)
    expect(page.get_by_role("checkbox", name="legeerklæring.jpg")).to_be_checked()
    assert 10_000 < page.evaluate("window.sentSize") < file.stat().st_size * 0.8
    (one,) = ready(server, bruker, skjema)
    assert one.navn == "legeerklæring.jpg"
    check(page)
    expect(page.get_by_label("Hva er du uenig i, og hvorfor?")).to_have_value("Beløpet er feil.")
    page.get_by_role("button", name="Se over klagen").click()
    expect(page.locator("main")).to_contain_text("legeerklæring.jpg")
    check(page)
    page.get_by_role("button", name="Send klagen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Klagen din")
    expect(page.get_by_role("link", name="legeerklæring.jpg")).to_be_visible()
    check(page)


def test_a_broken_line_says_so_and_leaves_the_text(
    window: OpenWindow, server: Server, bruker: Person, skjema: str, tmp_path: Path
) -> None:
    here, file = window(bruker), photo(tmp_path, "a.jpg", 400)
    here.watch.expect(OFFLINE)
    here.watch.expect("ERR_FAILED")
    page = write(here, skjema)
    page.route("**/vedlegg", lambda route: route.abort())
    page.get_by_label("Velg bilde eller PDF").set_input_files(file)
    alert = page.get_by_role("alert").filter(has_text="Vi fikk ikke sendt a.jpg.")
    expect(alert).to_be_visible(timeout=20_000)
    expect(page.get_by_label("Hva er du uenig i, og hvorfor?")).to_have_value("Beløpet er feil.")
    assert ready(server, bruker, skjema) == []
    page.unroute("**/vedlegg")
    alert.get_by_role("button", name="Prøv igjen").click()
    expect(page.get_by_role("checkbox", name="a.jpg")).to_be_checked()
    assert len(ready(server, bruker, skjema)) == 1


@pytest.mark.en_gang
def test_what_is_no_picture_is_refused_in_words_and_can_be_replaced(
    window: OpenWindow, server: Server, bruker: Person, skjema: str, tmp_path: Path
) -> None:
    here, bad = window(bruker), tmp_path / "virus.jpg"
    here.watch.expect("400")
    bad.write_bytes(b"<html>ikke et bilde</html>")
    page = write(here, skjema)
    field = page.get_by_label("Velg bilde eller PDF")
    field.set_input_files(bad)
    expect(page.get_by_role("alert").filter(has_text="Vi kan ikke ta imot denne typen fil.")).to_be_visible()
    field.set_input_files([photo(tmp_path, f"{n}.jpg", 200) for n in range(6)])
    expect(page.locator("p[data-feil]")).to_have_text("Du kan legge ved opptil fem filer.")
    expect(page.get_by_role("checkbox")).to_have_count(5)
    assert len(ready(server, bruker, skjema)) == 5


@pytest.mark.en_gang
def test_without_a_script_there_is_a_way_there_and_back(
    window: OpenWindow, server: Server, bruker: Person, skjema: str, tmp_path: Path
) -> None:
    here = window(bruker, java_script_enabled=False)
    page = write(here, skjema)
    page.get_by_role("button", name="Legg ved en fil").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Legg ved en fil")
    page.get_by_label("Velg bilde eller PDF").set_input_files(photo(tmp_path, "a.jpg", 300))
    page.get_by_role("button", name="Legg ved filen").click()
    page.get_by_role("link", name="Gå tilbake og fortsett").click()
    expect(page.get_by_label("Hva er du uenig i, og hvorfor?")).to_have_value("Beløpet er feil.")
    expect(page.get_by_role("checkbox", name="a.jpg")).to_be_checked()
    assert len(ready(server, bruker, skjema)) == 1
