"""S6: what is saved on a phone that others borrow has a name that tells nothing."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from flask import Flask, request

from tests.kartlegging.veileder_levert import lever
from tests.klage import klager
from tests.klient import Klient
from tests.moter import avtaler
from tests.plan import planer
from tests.varsel import verk
from tests.vedlegg import filer
from tests.vedlegg.test_sider import upload
from tests.verden import Verden
from webapp.config import ROOT
from webapp.moter import notat
from webapp.platform import access, nedlasting

NEUTRAL = re.compile(
    r'attachment; filename="?(kalender\.ics|dokument-(2026-11-24|[0-9A-Z]{4}-[0-9A-Z]{4})\.(pdf|json|jpg))"?'
)


def test_every_file_that_a_bruker_can_save(app: Flask, bruker: Klient, verden: Verden) -> None:
    fetched: set[str] = set()

    def saved(path: str) -> None:
        answer = bruker.get(path)
        found = NEUTRAL.fullmatch(answer.headers["Content-Disposition"])
        assert found, (path, answer.headers["Content-Disposition"])
        ends = (str(answer.mimetype).split("/")[1], found[1].rpartition(".")[2])
        assert ends in {("pdf", "pdf"), ("calendar", "ics"), ("json", "json"), ("jpeg", "jpg")}
        with app.test_request_context(path):
            fetched.add(str(request.endpoint))

    levert = lever(verden)
    planer.avtalt(verden)
    with verk.formnokkel(app):
        mote_id = avtaler.holdt(verden)
        _share_a_note(verden, mote_id)
        sak_id = verk.veid(verden)
        verk.avgjor(verden, sak_id)
        said = verk.saken(verden, sak_id).uttalelser[0]
        klage_id = klager.sendt(verden)
    photo = _upload(bruker)
    for path in (
        f"/kartlegging/kvittering/{levert.nummer}.pdf",
        f"/moter/{mote_id}.ics",
        f"/moter/{mote_id}/notat.pdf",
        "/plan/plan.ics",
        "/plan/plan.pdf",
        f"/varsel/{sak_id}/varsel.pdf",
        f"/varsel/{sak_id}/uttalelse/{said.id}.pdf",
        f"/varsel/{sak_id}/avgjorelse.pdf",
        f"/klage/{klage_id}.pdf",
        f"/vedlegg/{photo}",
        "/innsyn/alt.json",
        "/innsyn/alt.pdf",
    ):
        saved(path)
    assert fetched >= _file_routes(app), _file_routes(app) - fetched


def _file_routes(app: Flask) -> set[str]:
    """Every address behind the bruker's door that ends like a file."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if access.need_of(app, rule.endpoint) is access.BRUKER and re.search(r"\.(pdf|ics|json|zip|csv)$", rule.rule)
    }


def _share_a_note(verden: Verden, mote_id: UUID) -> None:
    """In a request whose form key was right."""
    case, who = avtaler.sak(verden), avtaler.kari(verden)
    notat.save(who, case, mote_id, 0, {"bosituasjon": "Dette sa vi"})
    notat.share(who, case, mote_id, 1)


def _upload(bruker: Klient) -> str:
    return upload(bruker, filer.photo(), "sykemelding.jpg")["id"]


def test_no_view_names_a_file_by_itself() -> None:
    """Another download is named by the same module, and so by the same rule; the office keeps the names it gave."""
    names = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "webapp").rglob("*.py")
        if "Content-Disposition" in path.read_text() and "platform" not in path.parts
    }
    assert names <= {"webapp/vedlegg/opplasting.py"}


@pytest.mark.parametrize(
    ("ending", "name"),
    [
        ("pdf", "dokument-2026-11-24.pdf"),
        ("JPG", "dokument-2026-11-24.jpg"),
        ("sykemelding.legen.heic", "dokument-2026-11-24.heic"),
        ("ics", "kalender.ics"),
        ("", "dokument-2026-11-24.fil"),
        ('x"; filename=klage', "dokument-2026-11-24.fil"),
        ("æøå", "dokument-2026-11-24.fil"),
        ("../../etc/passwd", "dokument-2026-11-24.fil"),
    ],
)
def test_whatever_the_file_was_called(app: Flask, ending: str, name: str) -> None:
    assert nedlasting.name(ending) == name


def test_a_receipt_keeps_its_number(app: Flask) -> None:
    assert nedlasting.headers("pdf", "AAAA-CCCC") == {
        "Content-Disposition": 'attachment; filename="dokument-AAAA-CCCC.pdf"'
    }
