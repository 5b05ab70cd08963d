"""The bruker sees what an interpreter said, visibly the office's, under their own words; and in the copy too."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.klient import Klient
from tests.moter.avtaler import bruk_sprak
from tests.sporringer import count
from tests.tolking import ord as egne
from tests.tolking.ord import FELT, HYBEL, sti
from tests.verden import Verden
from webapp.tolking.rules import Nokkel

LABEL = "Gjengitt av tolk, skrevet ned av <bdi>Kari Test</bdi>"


@pytest.fixture
def kilder(app: Flask, veileder: Klient, verden: Verden) -> dict[Nokkel, str]:
    """Words in every room, each with a rendering; and the bruker's own page of them."""
    pages = egne.alle(app, verden)
    for nr, kilde in enumerate(pages):
        veileder.post(sti(verden, kilde), {"tekst": f"Gjengitt nr. {nr}", "tolk": "Yusuf, på telefon"})
    theirs = {}
    for kilde, page in pages.items():
        room, _, ident = page.partition("/")
        said = f"/uttalelse/{kilde[1]}" if room == "varsel" else ""
        theirs[kilde] = f"/{'kartlegging/leverte' if room == 'kartlegging' else room}/{ident}{said}"
    return theirs


def test_it_stands_under_the_words_on_their_own_page(bruker: Klient, kilder: dict[Nokkel, str]) -> None:
    for nr, page in enumerate(kilder.values()):
        text = bruker.get(page).text
        assert f"Gjengitt nr. {nr}" in text, page
        assert LABEL in text
        assert "Yusuf, på telefon" in text
        assert f'<p class="ord" lang="nb" dir="auto" data-bruker-tekst>Gjengitt nr. {nr}</p>' in text
        assert "Skriv hva en tolk sier" not in text
    levert = bruker.get(kilder[next(iter(kilder))]).text
    assert f'lang="ar" data-bruker-tekst>{HYBEL}</p>' in levert
    assert levert.index(HYBEL) < levert.index("Gjengitt nr. 0")


def test_it_is_in_the_copy_of_everything(bruker: Klient, kilder: dict[Nokkel, str]) -> None:
    page, told = bruker.get("/innsyn/alt").text, bruker.get("/innsyn/alt.json").get_json()["gjengivelser"]
    assert [one["tekst"] for one in told] == [f"Gjengitt nr. {nr}" for nr in range(5)]
    assert [one["av"] for one in told] == [kilde_type for kilde_type, _id, _felt in kilder]
    assert {one["tolk"] for one in told} == {"Yusuf, på telefon"}
    assert {one["skrevet_ned_av"] for one in told} == {"Kari Test"}
    assert told[0]["sporsmal"] == FELT
    assert [bool(one["nummer"]) for one in told] == [True, False, True, True, True]
    for one in told:
        assert one["tekst"] in page
        assert (one["nummer"] or "") in page
    assert "skrev ned hva en tolk sier at ordene dine betyr" in bruker.get("/innsyn/hendelser").text


def test_somebody_else_sees_nothing_of_it(app: Flask, verden: Verden, kilder: dict[Nokkel, str]) -> None:
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    annen = Klient(app).logg_inn_bruker(verden.annen_kommune_id, verden.annen_bruker)
    for klient in (jonas, annen):
        for page in kilder.values():
            klient.get(page, status=404)
        assert "Gjengitt" not in klient.get("/innsyn/alt").text
        assert klient.get("/innsyn/alt.json").get_json()["gjengivelser"] == []


def test_one_query_a_page_however_many_there_are(
    app: Flask, bruker: Klient, veileder: Klient, verden: Verden, kilder: dict[Nokkel, str]
) -> None:
    few = {}
    for page in kilder.values():
        bruker.get(page)
        with count(app) as queries:
            bruker.get(page)
        few[page] = len(queries)
        assert sum("FROM gjengivelse" in one for one in queries.statements) == 1, page
    for kilde in kilder:
        for n in range(4):
            veileder.post(sti(verden, kilde), {"tekst": f"Enda en {n}"})
    for page, before in few.items():
        with count(app) as queries:
            bruker.get(page)
        assert len(queries) == before, page


def test_a_page_in_another_language_says_which_words_are_norwegian(
    app: Flask, verden: Verden, kilder: dict[Nokkel, str]
) -> None:
    """Until the catalogues have the new text, the page is only looked at for what was written."""
    klient = bruk_sprak(verden, app, "ar")
    text = klient.http.get(next(iter(kilder.values()))).text
    assert '<p class="ord" lang="nb" dir="auto" data-bruker-tekst>Gjengitt nr. 0</p>' in text
