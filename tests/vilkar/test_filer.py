"""«Gjort» with a photo: it goes along, the veileder sees it, and a file that is gone costs no words."""

from __future__ import annotations

from flask import Flask

from tests.klient import Klient
from tests.sporringer import count
from tests.varsel import verk
from tests.vedlegg import filer
from tests.vedlegg.hjelp import amina, kari, lagt_ved
from tests.verden import Verden
from webapp.platform import ids
from webapp.vilkar import vedtak


def test_a_photo_shows_that_it_is_done(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    vilkar = verk.vilkaret(verden)
    here = f"/vilkar/{vilkar}/gjort"
    one = lagt_ved(amina(verden), skjema=here)
    assert f'value="{one}"' in bruker.get(here).text
    typed = {"tekst": "Se bildet", "vedlegg": [str(one)], "nokkel": ids.new_id().hex}
    bruker.post(here, typed)
    bruker.post(here, typed)  # pressed twice
    page = bruker.get(f"/vilkar/{vilkar}").text
    assert page.count(f"/vedlegg/{one}") == 1
    base = f"/veileder/bruker/{verden.amina}"
    assert f"{base}/vedlegg/{one}" in veileder.get(f"{base}/vilkar/{vilkar}").text
    veileder.get(f"{base}/vedlegg/{one}")


def test_a_file_that_is_gone_keeps_the_words(bruker: Klient, verden: Verden) -> None:
    vilkar = verk.vilkaret(verden)
    typed = {"tekst": "Ordene mine", "vedlegg": [str(ids.new_id())]}
    page = bruker.post(f"/vilkar/{vilkar}/gjort", typed, 422).text
    assert "Ordene mine" in page
    assert "vedleggene er ikke her lenger" in page
    assert "Du skrev" not in bruker.get(f"/vilkar/{vilkar}").text


def test_many_reports_with_files_cost_no_more(app: Flask, bruker: Klient, verden: Verden) -> None:
    vilkar = verk.vilkaret(verden)
    here = f"/vilkar/{vilkar}/gjort"
    bruker.post(here, {"tekst": "x", "vedlegg": [str(lagt_ved(amina(verden), skjema=here))]})
    bruker.get(f"/vilkar/{vilkar}")
    with count(app) as few:
        bruker.get(f"/vilkar/{vilkar}")
    for _ in range(4):
        bruker.post(here, {"tekst": "x", "vedlegg": [str(lagt_ved(amina(verden), skjema=here))]})
    with count(app) as many:
        bruker.get(f"/vilkar/{vilkar}")
    assert len(many) == len(few)


def test_the_letter_goes_with_the_vedtak_and_its_corrections(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    base = f"/veileder/bruker/{verden.amina}"
    here = f"{base}/vedtak/nytt"
    one = lagt_ved(kari(verden), filer.pdf(2), skjema=here)
    assert f'value="{one}"' in veileder.get(here).text
    bruker.get(f"/vedlegg/{one}", 404)  # not sent with anything yet
    fakta = {
        "nummer": "V-77",
        "dato": "24.11.2026",
        "hjemmel": "livsopphold",
        "ytelse": "livsopphold",
        "klagefrist": "15.12.2026",
    }
    gone = veileder.http.post(here, data={"csrf_token": veileder._key(), **fakta, "vedlegg": str(ids.new_id())})
    assert "vedleggene er ikke her lenger" in gone.text
    assert "V-77" in gone.text
    veileder.post(here, {**fakta, "vedlegg": str(one)})
    assert f"{base}/vedlegg/{one}" in veileder.get(f"{base}/vilkar").text
    assert f"/vedlegg/{one}" in bruker.get("/klage/").text
    bruker.get(f"/vedlegg/{one}")
    (made,) = vedtak.all_of(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    veileder.post(f"{base}/vedtak/{made.id}/rett", {**fakta, "nummer": "V-78"})
    assert f"{base}/vedlegg/{one}" in veileder.get(f"{base}/vilkar").text
