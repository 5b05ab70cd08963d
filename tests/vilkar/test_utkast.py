"""Nothing typed is lost, and who typed is kept (K1)."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from tests.klient import Klient
from tests.verden import Verden
from tests.vilkar.saker import satt, vedtatt
from webapp.platform.database import reading
from webapp.vilkar.models import Forstaelse, Vilkarversjon, Vilkarvisning


def test_what_the_veileder_was_composing_comes_back(veileder: Klient, verden: Verden) -> None:
    vedtatt(verden)
    path = f"/veileder/bruker/{verden.amina}/vilkar/nytt/kurs"
    veileder.json("/veileder/utkast", {"sti": path, "felter": {"p_navn": ["Halvferdig kurs"], "p_dager": ["1", "4"]}})
    assert "Hent det du skrev" in veileder.get(path).text
    page = veileder.get(f"{path}?utkast=1").text
    assert "Halvferdig kurs" in page
    assert page.count(" checked") == 2


def test_what_the_bruker_was_writing_comes_back(bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    for path, field in ((f"/vilkar/{vilkar_id}", "sporsmal"), (f"/vilkar/{vilkar_id}/gjort", "tekst")):
        bruker.json("/utkast", {"sti": path, "felter": {field: ["Halvferdige ord"]}})
        assert "Hent det du skrev" in bruker.get(path).text
        assert "Halvferdige ord" in bruker.get(f"{path}?utkast=1").text


def test_who_read_along_and_typed_is_kept(app: Flask, bruker: Klient, veileder: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    address = f"/vilkar/{vilkar_id}"
    bruker.post("/kartlegging/skriver", {"skriver": "hjelper", "neste": address})
    bruker.get(address)
    with reading() as db:
        version = db.scalar(select(Vilkarversjon.id))
    bruker.post(address, {"svar": "forklar", "versjon_id": str(version)})
    with reading() as db:
        assert db.scalar(select(Vilkarvisning.hjelper)) == "hjelper"
        assert db.scalar(select(Forstaelse.skrevet_av)) == "hjelper"
    page = veileder.get(f"/veileder/bruker/{verden.amina}{address}").text
    assert "skrevet av en hjelper" in page
    assert "Hvem som hjalp" in page
