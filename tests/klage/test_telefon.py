"""The number of the office is whole and in its own direction on every page that gives it, and can be pressed."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from tests.klage import klager
from tests.klient import Klient
from tests.moter.avtaler import bruk_sprak
from tests.varsel import verk
from tests.verden import Verden
from webapp.klage import tillegg
from webapp.platform import access, ids
from webapp.veiledning import service as veiledning

NUMMER = '<a href="tel:00000001"><bdi dir="ltr">00\u00a000\u00a000\u00a001</bdi></a>'


@pytest.mark.parametrize("sprak", ["ar", "fa_AF"])
def test_the_number_of_the_office_on_a_page_read_from_the_right(app: Flask, verden: Verden, sprak: str) -> None:
    who = access.Bruker(
        verden.kommune_id, verden.amina, verden.nord, ids.new_id(), "nb", verden.seal(verden.amina), None
    )
    rad = ids.new_id()
    with verk.formnokkel(app):
        sak_id = verk.uttalt(verden)
        veiledning.ask(who, rad, ["okonomi"], "Hjelp", "bruker")
        klage_id, trukket = (klager.sendt(verden, hva=hva) for hva in ("Feil beløp", "Feil dag"))
        tillegg.withdraw(verk.amina(verden), trukket, "")
    bruker = bruk_sprak(verden, app, sprak)
    vilkar_id = verk.saken(verden, sak_id).vilkar_id
    for path in (
        f"/klage/{klage_id}",
        f"/klage/{klage_id}/trekk",
        f"/klage/{trukket}/trekk",
        f"/klage/{trukket}/tillegg",
        f"/veiledning/{rad}",
        f"/vilkar/{vilkar_id}",
        f"/varsel/{sak_id}",
    ):
        assert NUMMER in bruker.get(path).text, path


def test_the_number_in_the_text_of_a_notice_stands_on_one_line(app: Flask, bruker: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id = verk.veid(verden)
        assert "00\u00a000\u00a000\u00a001</bdi>" in bruker.get(f"/varsel/{sak_id}").text
        verk.avgjor(verden, sak_id, verk.reduksjon(verk.vedtak(verden, date(2026, 11, 24))))
    page = bruker.get(f"/varsel/{sak_id}/avgjorelse").text
    assert "00 00 00 01" not in page
    assert bruker.get(f"/varsel/{sak_id}/avgjorelse.pdf").data.startswith(b"%PDF")
