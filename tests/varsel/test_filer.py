"""Attachments to an uttalelse (U4): chosen, looked over, sent, seen by the veileder; and never at the cost of words."""

from __future__ import annotations

import io
from uuid import UUID

import pytest
from flask import Flask
from pypdf import PdfReader

from tests.klient import Klient
from tests.varsel import verk
from tests.vedlegg import filer
from tests.vedlegg.hjelp import amina, lagt_ved
from tests.verden import Verden
from webapp.platform import ids
from webapp.varsel import service
from webapp.varsel.avgjore import points
from webapp.vedlegg import maling, mottak
from webapp.vedlegg import service as vedlegg


@pytest.fixture
def nadd(app: Flask, verden: Verden) -> UUID:
    """A matter that the bruker can answer."""
    with verk.formnokkel(app):
        return verk.nadd(verden)


def said(verden: Verden, sak_id: UUID) -> UUID:
    """The latest uttalelse."""
    return verk.saken(verden, sak_id).uttalelser[-1].id


def test_a_photo_goes_along_and_the_veileder_sees_it(
    bruker: Klient, veileder: Klient, verden: Verden, nadd: UUID
) -> None:
    here = f"/varsel/{nadd}/uttalelse"
    one, other = lagt_ved(amina(verden), skjema=here), lagt_ved(amina(verden), filer.pdf(), skjema=here)
    assert bruker.get(here).text.count('name="vedlegg"') == 2
    typed = {"grunner": ["sykdom"], "ord": "Se bildet", "vedlegg": [str(one)], "nokkel": ids.new_id().hex}
    page = bruker.post(here, {**typed, "handling": "se_over"}, 200).text
    assert str(one) in page
    assert str(other) not in page
    for _ in range(2):  # pressed twice
        page = bruker.follow(bruker.post(here, {**typed, "handling": "send"})).text
        assert f"/vedlegg/{one}" in page
    base = f"/veileder/bruker/{verden.amina}"
    assert f"{base}/vedlegg/{one}" in veileder.get(f"{base}/varsel/{nadd}").text
    veileder.get(f"{base}/vedlegg/{one}")
    veileder.get(f"{base}/vedlegg/{other}", 404)
    found = vedlegg.liste(verden.kommune_id, verden.amina, verden.seal(verden.amina), "uttalelse", said(verden, nadd))
    assert [each.id for each in found] == [one]


def test_a_file_that_is_gone_keeps_the_words_and_sends_nothing(bruker: Klient, verden: Verden, nadd: UUID) -> None:
    here = f"/varsel/{nadd}/uttalelse"
    typed = {"grunner": ["sykdom"], "ord": "Ordene mine", "vedlegg": [str(ids.new_id())], "handling": "send"}
    page = bruker.post(here, typed, 422).text
    assert "Ordene mine" in page
    assert "vedleggene er ikke her lenger" in page
    assert verk.saken(verden, nadd).uttalelser == []


def test_the_way_to_a_file_without_a_script_keeps_the_words(bruker: Klient, verden: Verden, nadd: UUID) -> None:
    here = f"/varsel/{nadd}/uttalelse"
    page = bruker.follow(bruker.post(here, {"ord": "Halvferdig", "legg_ved": "1"})).text
    assert f'href="{here}?utkast=1"' in page
    assert "Halvferdig" in bruker.get(f"{here}?utkast=1").text


def test_the_pdf_names_what_was_sent_with_it(app: Flask, bruker: Klient, verden: Verden, nadd: UUID) -> None:
    """By name, kind and size: on the receipt, and on the avgjørelse, which speaks of the answer by its number."""
    here, owner = f"/varsel/{nadd}/uttalelse", amina(verden)
    photo = vedlegg.ta_imot(owner, ids.new_id(), here, "legeerklæring.heic", filer.photo(640, 480, turned=True))
    letter = vedlegg.ta_imot(owner, ids.new_id(), here, "brev fra skolen.pdf", filer.pdf(3))
    sent = {"ord": "Se vedleggene", "vedlegg": [str(photo.id), str(letter.id)], "handling": "send"}
    bruker.post(here, sent)
    answer = verk.saken(verden, nadd).uttalelser[0]
    with verk.formnokkel(app):
        verk.vei(verden, nadd)
        verk.avgjor(verden, nadd)
    for path in (f"{here}/{answer.id}.pdf", f"/varsel/{nadd}/avgjorelse.pdf"):
        reader = PdfReader(io.BytesIO(bruker.get(path).data))
        text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
        photo_says, letter_says = "Bilde, 480 × 640 punkter", "PDF, 3 sider"
        for words in (answer.nummer, "legeerklæring.jpg", photo_says, "brev fra skolen.pdf", letter_says):
            assert words in text, (path, words)


def test_a_size_that_nobody_can_tell_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert maling.pixels(filer.photo(64, 48)) == (64, 48)
    for odd in (b"", b"\xff\xd8", b"\xff\xd8\xff\xe0\x00\x00", b"\xff\xd8\xff\xe1" + bytes(40), b"x" * 50):
        assert maling.pixels(odd) is None
    assert mottak.pages(b"%PDF-1.7 og ikke mer") is None
    monkeypatch.setattr(mottak, "LONGEST_SECONDS", 0.001)
    assert mottak.pages(filer.pdf(3)) is None


def test_what_is_sent_with_a_wish_alone_goes_with_it(
    bruker: Klient, veileder: Klient, verden: Verden, nadd: UUID
) -> None:
    """U5: «sent» is said of the file too. It is not an uttalelse: nothing may be decided on it."""
    here = f"/varsel/{nadd}/uttalelse"
    one = lagt_ved(amina(verden), skjema=here)
    typed = {"onsker": ["tid"], "vedlegg": [str(one)], "nokkel": ids.new_id().hex}
    assert str(one) in bruker.post(here, {**typed, "handling": "se_over"}, 200).text
    for _ in range(2):  # pressed twice
        page = bruker.follow(bruker.post(here, {**typed, "handling": "send"})).text
        assert "Vi har fått det du ba om." in page
        assert f"/vedlegg/{one}" in page
    assert f"/vedlegg/{one}" in bruker.get(f"/varsel/{nadd}").text
    matter = verk.saken(verden, nadd)
    assert (len(matter.onsker), matter.uttalelser) == (1, [])
    base = f"/veileder/bruker/{verden.amina}"
    for page in (f"{base}/varsel/{nadd}", f"{base}/varsel/{nadd}/onske/{matter.onsker[0].id}"):
        assert f"{base}/vedlegg/{one}" in veileder.get(page).text
    veileder.get(f"{base}/vedlegg/{one}")


def test_one_more_file_for_a_wish_that_waits(app: Flask, bruker: Klient, verden: Verden, nadd: UUID) -> None:
    """It goes with the wish that is there, whoever answers it sees it first, and after the end none is taken in."""
    here = f"/varsel/{nadd}/uttalelse"
    with verk.formnokkel(app):
        verk.si(verden, nadd, ord="", onsker=("tid",))
    before = verk.saken(verden, nadd)
    one = lagt_ved(amina(verden), skjema=here)
    typed = {"onsker": ["tid", "tolk"], "vedlegg": [str(one)], "nokkel": ids.new_id().hex, "handling": "send"}
    for _ in range(2):
        bruker.post(here, typed)
    matter = verk.saken(verden, nadd)
    assert matter.steg > before.steg
    with verk.formnokkel(app):
        service.close(verk.kari(verden), verk.sak(verden), nadd, ids.new_id(), "ordnet", "Vi har snakket sammen.")
    late = lagt_ved(amina(verden), skjema=here)
    bruker.post(here, {**typed, "vedlegg": [str(late)]}, 409)
    kommune_id, seal = verden.kommune_id, verden.seal(verden.amina)
    found = vedlegg.lister(kommune_id, verden.amina, seal, "varselonske", [one.id for one in matter.onsker])
    assert [each.id for some in found.values() for each in some] == [one]


def test_a_photo_can_be_all_that_is_said(app: Flask, bruker: Klient, verden: Verden, nadd: UUID) -> None:
    """U4. It is weighed by name."""
    here = f"/varsel/{nadd}/uttalelse"
    one = lagt_ved(amina(verden), skjema=here)
    page = bruker.follow(bruker.post(here, {"vedlegg": [str(one)], "handling": "send"})).text
    assert "Vi har fått svaret ditt." in page
    assert f"/vedlegg/{one}" in page
    matter = verk.saken(verden, nadd)
    assert points(matter.uttalelser) == [f"{matter.uttalelser[0].id}.vedlegg", "samlet"]
    with verk.formnokkel(app):
        verk.vei(verden, nadd)
        verk.avgjor(verden, nadd)
    assert "Vedlegg" in bruker.get(f"/varsel/{nadd}/avgjorelse").text
