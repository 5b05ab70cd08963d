"""Every page of the room in every language, with everything on it."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.klient import Klient
from tests.moter.avtaler import bruk_sprak, kari, sak
from tests.verden import Verden
from tests.vilkar.saker import FRIST, innhold, satt, vedtatt
from tests.vilkar.test_tekst import fylt
from webapp.identitet.models import Ansatt
from webapp.platform.database import reading, writing
from webapp.platform.languages import SPRAK
from webapp.vilkar import service
from webapp.vilkar.models import Vilkarversjon
from webapp.vilkar.tekstbank import TYPER

pytestmark = pytest.mark.en_gang  # what is looked at is words


def versjon(vilkar_id: object) -> str:
    with reading() as db:
        return str(db.scalar(select(Vilkarversjon.id).where(Vilkarversjon.vilkar_id == vilkar_id)))


@pytest.mark.parametrize("sprak", SPRAK)
def test_the_brukers_pages(app: Flask, verden: Verden, sprak: str) -> None:
    bruker = bruk_sprak(verden, app, sprak)
    ferdig, igjen = satt(verden), satt(verden, innhold("mote", {"hvem": "Kari", "sted": "Rom 2", "klokke": "10:00"}))
    service.assess(kari(verden), sak(verden), ferdig, uuid4(), "oppfylt", "Bra gjort")
    bruker.get("/vilkar/")
    bruker.get(f"/vilkar/{ferdig}")
    address = f"/vilkar/{igjen}"
    bruker.get(address)
    bruker.post(address, {"versjon_id": versjon(igjen)}, status=422)
    bruker.post(address, {"svar": "forstar", "uenig_fordi": "X", "versjon_id": versjon(igjen)})
    bruker.get(f"{address}/sjekk")
    bruker.post(f"{address}/sjekk", {"versjon_id": versjon(igjen)}, status=200)
    bruker.get(f"{address}/gjort")
    bruker.post(f"{address}/gjort", {"tekst": "Y"})
    bruker.get(address)
    service.change(kari(verden), sak(verden), igjen, 1, vedtatt(verden), innhold(belop=None, maneder=None), FRIST)
    bruker.get(address)
    for kind in TYPER:
        bruker.get(f"/vilkar/{satt(verden, innhold(kind, fylt(TYPER[kind])), frist=date(2026, 11, 26))}")
    bruker.get("/vilkar/")
    for path in ("/innsyn/", "/innsyn/alt", "/innsyn/hendelser"):
        bruker.get(path)


@pytest.mark.parametrize("sprak", SPRAK)
def test_the_offices_pages(app: Flask, verden: Verden, sprak: str) -> None:
    with writing(unverified=True) as db:
        db.execute(update(Ansatt).where(Ansatt.id == verden.kari).values(sprak=sprak))
    veileder = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    base = f"/veileder/bruker/{verden.amina}"
    veileder.get(f"{base}/vilkar")
    veileder.get(f"{base}/vilkar/nytt")
    vedtak_id = vedtatt(verden, grunner="Fordi", rad=True)
    veileder.get(f"{base}/vedtak/nytt")
    veileder.post(f"{base}/vedtak/nytt", {"dato": "x", "til": "9999-01-01"}, status=422)
    veileder.get(f"{base}/vedtak/{vedtak_id}/rett")
    veileder.get(f"{base}/vilkar/nytt")
    for kind in TYPER:
        veileder.get(f"{base}/vilkar/nytt/{kind}")
        veileder.post(f"{base}/vilkar/nytt/{kind}", {}, status=422)
    sent = {"vedtak_id": str(vedtak_id), "p_tittel": "følge opp", "p_hva": "møte opp etter avtale", "p_oppfylt": "ja"}
    veileder.post(f"{base}/vilkar/nytt/fritekst", {**sent, "steg": "vis"}, status=200)
    overruled = innhold("fritekst", fylt(TYPER["fritekst"]), rad=("generelt", "mange"), grunn="Fordi")
    vilkar_id = satt(verden, overruled, vedtak_id=vedtak_id, frist=None)
    bruker = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    bruker.get(f"/vilkar/{vilkar_id}")
    bruker.post(f"/vilkar/{vilkar_id}", {"svar": "forklar", "uenig": "y", "versjon_id": versjon(vilkar_id)})
    bruker.post(f"/vilkar/{vilkar_id}/sjekk", {"versjon_id": versjon(vilkar_id)}, status=200)
    bruker.post(f"/vilkar/{vilkar_id}/gjort", {"tekst": "Ferdig"})
    for rest in ("", "/endre", "/vurder"):
        veileder.get(f"{base}/vilkar/{vilkar_id}{rest}")
    veileder.post(f"{base}/vilkar/{vilkar_id}/vurder", {}, status=422)
    veileder.post(f"{base}/vilkar/{vilkar_id}/vurder", {"utfall": "ikke_oppfylt", "tekst": "Z"})
    veileder.get(f"{base}/vilkar/{vilkar_id}")
    veileder.get(f"{base}/vilkar")
    veileder.get(f"{base}/tidslinje")
    veileder.get("/veileder/utbetaling")
    veileder.post("/veileder/utbetaling", {"forste": "x"}, status=422)
    veileder.post("/veileder/utbetaling", {"forste": "1", "andre": "20"})
    satt(verden)
    veileder.get("/veileder/utbetaling")
    veileder.get(f"{base}/")
