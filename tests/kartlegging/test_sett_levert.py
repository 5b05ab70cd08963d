"""K1, K7: what is delivered is what the bruker looked over, also when somebody has written meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.kartlegging.skjemaside import felter
from tests.kartlegging.test_hvem_skrev import I_MINI
from tests.kartlegging.test_levering import SE_OVER, hvem, les, lever, skriv
from tests.klient import Klient
from tests.verden import Verden
from webapp.kartlegging import versjoner
from webapp.platform import clock

CHANGED = "Svarene er endret siden du så over dem."


def sett(bruker: Klient) -> dict[str, Any]:
    """What the button on the page sends."""
    page = bruker.get(SE_OVER).text
    return dict(felter(page.replace('<form method="post">', '<form id="lever">'), "lever"))


def delivered(bruker: Klient) -> list[versjoner.Versjon]:
    return list(versjoner.versions(hvem(bruker).kommune_id, hvem(bruker).id))


@pytest.mark.parametrize("skrevet_av", ["ansatt", "bruker"])
def test_what_was_written_after_the_page_was_opened_is_looked_over_first(bruker: Klient, skrevet_av: str) -> None:
    """Typed by the veileder at the office, or by the bruker in another tab."""
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    seen = sett(bruker)
    skriv(bruker, {"rus.alkohol": "sjelden"}, skrevet_av)
    answer = bruker.post(SE_OVER, seen)
    assert answer.location == SE_OVER
    assert CHANGED in bruker.follow(answer).text
    assert delivered(bruker) == []
    bruker.post(SE_OVER, sett(bruker))
    (version,) = delivered(bruker)
    assert les(bruker, version.id).svar["rus.alkohol"].verdi == "sjelden"


def test_what_was_changed_or_declined_since_is_looked_over_too(bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten", "bolig.mer": "Roen"})
    for change in ({"bolig.fungerer": "Utsikten og roen"}, {"bolig.mer": None}):
        seen = sett(bruker)
        skriv(bruker, change)
        assert CHANGED in bruker.follow(bruker.post(SE_OVER, seen)).text
    assert delivered(bruker) == []


def test_a_page_that_was_seen_is_delivered_once(bruker: Klient) -> None:
    """The answer got lost on the way, and it is sent again: the same receipt, whatever has been written since."""
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    seen = sett(bruker)
    first = bruker.post(SE_OVER, seen)
    assert bruker.post(SE_OVER, seen).location == first.location
    assert "/kartlegging/kvittering/" in first.location
    other = sett(bruker)
    assert bruker.post(SE_OVER, other).location == first.location
    assert len(delivered(bruker)) == 1


def test_a_stale_page_comes_back_with_what_it_shows_now(bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    seen = sett(bruker)
    skriv(bruker, {"bolig.mer": "Roen"})
    seen.pop("csrf_token")
    page = bruker.post(SE_OVER, seen, 200, key="for gammel").text
    assert "Roen" in page
    again = felter(page.replace('<form method="post">', '<form id="lever">'), "lever")
    assert "/kartlegging/kvittering/" in bruker.post(SE_OVER, dict(again)).location


def test_a_page_that_does_not_say_what_it_showed_delivers_as_before(bruker: Klient) -> None:
    """One made by an earlier version, opened before an update."""
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    seen = sett(bruker)
    seen.pop("vist")
    assert "/kartlegging/kvittering/" in bruker.post(SE_OVER, seen).location


def test_k7_a_mini_round_with_still_so_is_what_was_shown(bruker: Klient, app: Flask, verden: Verden) -> None:
    skriv(bruker, {I_MINI: "Det er stille"})
    lever(bruker)
    with clock.frozen(NOON + timedelta(days=366)):
        phone = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        phone.post("/kartlegging/visning", {"visning": "mini"})
        sent = {**felter(phone.get("/kartlegging/mini").text), f"mini.{I_MINI}": "fortsatt"}
        phone.post("/kartlegging/mini", sent)
        assert "Fortsatt slik" in phone.get(SE_OVER).text
        phone.post(SE_OVER, sett(phone))
        newest, _ = delivered(phone)
        assert les(phone, newest.id).svar[I_MINI].fortsatt
