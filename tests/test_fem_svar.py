"""A page with legal weight answers five questions in one order: what it is, what to do, by when, then what, help."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.klage import klager
from tests.klient import Klient
from tests.sidekontroll.tre import parse
from tests.varsel import verk
from tests.verden import Verden
from tests.vilkar.saker import innhold, satt
from webapp.klage import tillegg
from webapp.klage.rules import Stand
from webapp.platform import ids
from webapp.varsel.avgjore import Beslutning
from webapp.veiledning import service as veiledning

FEM = ("Hva er dette?", "Hva må du gjøre?", "Innen når?", "Hva skjer videre?", "Få hjelp, eller si at du er uenig")
VILKAR = ("Hva er dette?", "Hva du må gjøre", "Når", "Hva kan skje hvis du ikke gjør det?", "Hvis du trenger hjelp")
VARSEL = ("Hva er dette?", "Hva må du gjøre?", "Når må du svare?", "Hva kan skje?", "Få hjelp, eller si at du er uenig")
AVGJORELSE = ("Hva er bestemt?", "Hva må du gjøre?", "Innen når?", "Hva skjer videre?", "Er du uenig?")


def answers(bruker: Klient, path: str) -> dict[str, str]:
    """What the page says under each of its headings and terms, in order."""
    root, _ = parse(bruker.get(path).text)
    found: dict[str, str] = {}
    heading = ""
    for element in root.iter():
        if element.tag in {"h2", "dt"}:
            heading = " ".join("".join(element.itertext()).split())
            found[heading] = ""
        elif element.tag in {"p", "dd", "li"} and heading:
            found[heading] += " ".join("".join(element.itertext()).split())
    return found


def in_order(bruker: Klient, path: str, expected: tuple[str, ...]) -> dict[str, str]:
    """The answers, after it is seen that all five are there, in this order, and say something."""
    found = answers(bruker, path)
    assert [heading for heading in found if heading in expected] == list(expected)
    assert [heading for heading in expected if not found[heading]] == []
    return found


@pytest.mark.parametrize("kind", ["kurs", "dokumentasjon", "fritekst"])
def test_a_vilkar(app: Flask, bruker: Klient, verden: Verden, kind: str) -> None:
    own = {"tittel": "Møt opp", "hva": "Kom på kurset.", "oppfylt": "Du har vært der."}
    parameters = {"kurs": None, "dokumentasjon": {"navn": "husleie", "sted": "Storgata 1"}, "fritekst": own}
    said = in_order(bruker, f"/vilkar/{satt(verden, innhold(kind, parameters[kind]))}", VILKAR)
    assert ("Dette er ikke et vilkår." in said["Hva er dette?"]) == (kind == "dokumentasjon")


def test_a_varsel(app: Flask, bruker: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id = verk.varslet(verden)
    in_order(bruker, f"/varsel/{sak_id}", VARSEL)


@pytest.mark.parametrize("utfall", ["ingen", "endret", "hjelp", "reduksjon"])
def test_an_avgjorelse(app: Flask, bruker: Klient, verden: Verden, utfall: str) -> None:
    with verk.formnokkel(app):
        sak_id = verk.veid(verden)
        if utfall == "reduksjon":
            one = verk.reduksjon(verk.vedtak(verden, NOON.date()))
        else:
            one = Beslutning(utfall, "Du var syk.")
        verk.avgjor(verden, sak_id, one)
    said = in_order(bruker, f"/varsel/{sak_id}/avgjorelse", AVGJORELSE)
    assert ("Siste dag for å klage" in said["Innen når?"]) == (utfall in {"endret", "reduksjon"})
    assert ("mindre penger fra" in said["Hva skjer videre?"]) == (utfall == "reduksjon")


def test_a_klage_before_and_after_it_is_sent(app: Flask, bruker: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        vedtak = verk.vedtak(verden, date(2026, 11, 20))
        late = verk.vedtak(verden, date(2026, 10, 1))
        sent = klager.sendt(verden, vedtak)
    assert "Siste dag for å klage" in in_order(bruker, klager.sti(vedtak), FEM)["Innen når?"]
    assert "Du kan klage likevel" in in_order(bruker, klager.sti(late), FEM)["Innen når?"]
    path = f"/klage/{sent}"
    assert "Statsforvalteren" in in_order(bruker, path, FEM)["Hva skjer videre?"]
    for to in (Stand.MOTTATT, Stand.OPPRETTHOLDT, Stand.SENDT, Stand.MEDHOLD):
        with verk.formnokkel(app):
            klager.steg(verden, sent, to)
        in_order(bruker, path, FEM)
    assert "ferdig" in answers(bruker, path)["Hva skjer videre?"]


def test_a_klage_that_is_withdrawn(app: Flask, bruker: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        sent = klager.sendt(verden)
        tillegg.withdraw(verk.amina(verden), sent, "")
    assert "Du trakk klagen" in in_order(bruker, f"/klage/{sent}", FEM)["Hva skjer videre?"]


@pytest.mark.parametrize("utfall", ["", "innvilget", "avslatt"])
def test_guidance_asked_for_and_answered(
    app: Flask, bruker: Klient, veileder: Klient, verden: Verden, utfall: str
) -> None:
    with verk.formnokkel(app):
        asked: UUID = veiledning.ask(verk.amina(verden), ids.new_id(), ["okonomi"], "Strømmen", "bruker")
    if utfall:
        sent = {
            "utfall": utfall,
            "nummer": "2026/17",
            "dato": "2026-11-24",
            "start": "2026-12-01" if utfall == "innvilget" else "",
            "tekst": "Slik ble det.",
            "klagefrist": "2026-12-15",
        }
        veileder.post(f"/veileder/bruker/{verden.amina}/veiledning/{asked}/vedtak", sent)
    said = in_order(bruker, f"/veiledning/{asked}", FEM)
    assert ("Siste dag for å klage er tirsdag 15. desember" in said["Innen når?"]) == bool(utfall)
    assert ("sa nei" in said["Hva er dette?"]) == (utfall == "avslatt")
