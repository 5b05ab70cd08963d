"""Attachments to an uttalelse (U4): chosen, looked over, sent, seen by the veileder; and never at the cost of words."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from tests.klient import Klient
from tests.varsel import verk
from tests.vedlegg import filer
from tests.vedlegg.hjelp import amina, lagt_ved
from tests.verden import Verden
from webapp.platform import ids
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
    page = bruker.post(here, typed, 200).text
    assert "Ordene mine" in page
    assert "vedleggene er ikke her lenger" in page
    assert verk.saken(verden, nadd).uttalelser == []


def test_the_way_to_a_file_without_a_script_keeps_the_words(bruker: Klient, verden: Verden, nadd: UUID) -> None:
    here = f"/varsel/{nadd}/uttalelse"
    page = bruker.follow(bruker.post(here, {"ord": "Halvferdig", "legg_ved": "1"})).text
    assert f'href="{here}?utkast=1"' in page
    assert "Halvferdig" in bruker.get(f"{here}?utkast=1").text
