"""A follow-up that an answer has opened is a question like the others: left empty, it is open on every page."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.kartlegging.skjemaside import felter, med_navn
from tests.kartlegging.test_levering import SE_OVER, hvem, lever, skriv
from tests.klient import Klient
from tests.verden import Verden
from webapp.kartlegging import service
from webapp.kartlegging.skjema import SKJEMA, Type

DATE = "bolig.flytte-dato"
ASKED = "Hvilken dato må du flytte ut?"


@pytest.fixture
def ma_ut(bruker: Klient) -> Klient:
    """Somebody who has answered everything about where they live, but for the day they must be out."""
    svar = {}
    for sporsmal in SKJEMA.tema("bolig").sporsmal:
        first = sporsmal.valg[0].id if sporsmal.valg else "900" if sporsmal.type is Type.BELOP else "Noe"
        svar[sporsmal.id] = [first] if sporsmal.type is Type.FLERE else first
    skriv(bruker, {**svar, "bolig.trenger": ["ma-ut"]})
    return bruker


def test_the_theme_is_not_answered(ma_ut: Klient) -> None:
    assert "Svart på alt" not in ma_ut.get("/kartlegging/").text
    skriv(ma_ut, {DATE: "2026-12-31"})
    assert "Svart på alt" in ma_ut.get("/kartlegging/").text


def test_se_over_says_that_it_is_open(ma_ut: Klient) -> None:
    home = ma_ut.get(SE_OVER).text.partition('id="bolig"')[2].partition("</section>")[0]
    assert "1 spørsmål står åpent" in home
    assert ASKED in home
    assert f"#s-{DATE}" in home
    skriv(ma_ut, {"bolig.trenger": ["finne"]})
    assert ASKED not in ma_ut.get(SE_OVER).text


def test_in_a_mini_round_too(ma_ut: Klient) -> None:
    lever(ma_ut)
    ma_ut.post("/kartlegging/visning", {"visning": "mini"})
    assert ASKED in ma_ut.get(SE_OVER).text


def test_both_sides_see_that_the_date_is_missing(ma_ut: Klient, app: Flask, verden: Verden, veileder: Klient) -> None:
    receipt = lever(ma_ut)
    case = f"/veileder/bruker/{verden.amina}"
    for who, path in (
        (veileder, f"{case}/"),
        (veileder, f"{case}/kartlegging/{receipt.nummer}"),
        (ma_ut, f"/kartlegging/leverte/{receipt.nummer}"),
    ):
        answer = who.get(path).text.partition(f'id="s-{DATE}"')[2].partition("</div>")[0]
        assert ASKED in answer
        assert "Ikke svart" in answer


def test_declining_the_theme_declines_what_is_open_in_it(ma_ut: Klient) -> None:
    page = felter(ma_ut.get("/kartlegging/bolig?visning=full").text)
    ma_ut.post("/kartlegging/bolig?visning=full", med_navn(page, {"tema_vil_ikke": "1"}))
    who = hvem(ma_ut)
    assert service.all_answers(who.kommune_id, who.id, who.seal)[DATE].vil_ikke
    assert "Svart på alt" in ma_ut.get("/kartlegging/").text
