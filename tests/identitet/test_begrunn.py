"""S1: others state a reason first; the bruker can read it; nothing tells whether there is such a bruker."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import NOON
from tests.klient import Klient
from tests.verden import Verden, begrunnelser
from webapp.identitet.adgang import REASON_LASTS
from webapp.platform import clock
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading

REASON = "Vikar for Per i dag, Jonas ringte om møtet."


def test_stating_a_reason_lets_in_and_is_written_down(app: Flask, verden: Verden, veileder: Klient) -> None:
    case = f"/veileder/bruker/{verden.jonas}/profil"
    asked = veileder.get(case, 303)
    assert asked.location is not None
    assert asked.location.startswith(f"/veileder/apne/{verden.jonas}?neste=")
    page = veileder.follow(asked).text
    assert "Brukeren ser navnet ditt" in page
    assert "Jonas" not in page
    answer = veileder.post(f"/veileder/apne/{verden.jonas}", {"grunn": REASON, "neste": case})
    assert answer.location == case
    assert "Jonas" in veileder.follow(answer).text
    assert begrunnelser(verden, verden.jonas) == [REASON]
    with reading() as db:
        types = db.scalars(
            select(Hendelse.type).where(Hendelse.bruker_id == verden.jonas).order_by(Hendelse.lopenr)
        ).all()
    assert types[-2:] == ["innsyn_begrunnet", "bruker_apnet"]


def test_the_reason_lasts_a_working_day(app: Flask, verden: Verden, veileder: Klient) -> None:
    case = f"/veileder/bruker/{verden.jonas}/profil"
    veileder.post(f"/veileder/apne/{verden.jonas}", {"grunn": REASON, "neste": case})
    with clock.frozen(NOON + REASON_LASTS):
        Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari).get(case, 303)
    with clock.frozen(NOON + REASON_LASTS - timedelta(minutes=1)):
        Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari).get(case)


def test_the_page_is_the_same_for_somebody_who_is_not_there(app: Flask, verden: Verden, veileder: Klient) -> None:
    nobody = uuid4()
    there = veileder.get(f"/veileder/apne/{verden.jonas}").text
    for other in (nobody, verden.annen_bruker):
        page = veileder.get(f"/veileder/apne/{other}").text
        assert _without_keys(page, str(other)) == _without_keys(there, str(verden.jonas))
        assert veileder.get(f"/veileder/bruker/{other}/profil", 303).location is not None
        veileder.post(f"/veileder/apne/{other}", {"grunn": "x"}, 422)
        veileder.post(f"/veileder/apne/{other}", {"grunn": REASON}, 404)


def test_only_within_the_kontor(app: Flask, verden: Verden) -> None:
    sara = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.sara)
    sara.post(f"/veileder/apne/{verden.jonas}", {"grunn": REASON}, 404)


@pytest.mark.parametrize("grunn", ["", "   ", "x", "a b c d e f", "\x00" * 50, "x" * 501])
def test_a_reason_is_asked_for_in_earnest(app: Flask, verden: Verden, veileder: Klient, grunn: str) -> None:
    page = veileder.post(f"/veileder/apne/{verden.jonas}", {"grunn": grunn, "neste": "/veileder/"}, 422).text
    assert "grunn-feil" in page
    assert not begrunnelser(verden, verden.jonas)


def test_language_switch_and_stale_page_keep_the_reason(app: Flask, verden: Verden, veileder: Klient) -> None:
    path = f"/veileder/apne/{verden.jonas}"
    assert REASON in veileder.post(path, {"grunn": REASON}, 422, key="gammel").text
    veileder.token = ""
    veileder.sprak = "ar"
    assert REASON in veileder.post(path, {"grunn": REASON, "bytt_sprak": "ar"}, 200).text
    assert not begrunnelser(verden, verden.jonas)


@pytest.mark.parametrize("neste", ["//ond.example", "/mer", "https://ond.example", "x" * 3000, ""])
def test_nobody_is_sent_elsewhere(app: Flask, verden: Verden, veileder: Klient, neste: str) -> None:
    answer = veileder.post(f"/veileder/apne/{verden.jonas}", {"grunn": REASON, "neste": neste})
    assert answer.location == f"/veileder/bruker/{verden.jonas}/"


def test_an_administrator_opens_nobody(app: Flask, verden: Verden) -> None:
    anna = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.anna)
    anna.get(f"/veileder/apne/{verden.jonas}", 404)
    anna.get(f"/veileder/bruker/{verden.jonas}/profil", 404)


def test_what_was_typed_before_the_reason_is_there_after_it(app: Flask, verden: Verden, veileder: Klient) -> None:
    case = f"/veileder/bruker/{verden.jonas}/profil"
    veileder.get("/veileder/palogginger")
    asked = veileder.post(case, {"navn": "Jonas Flyttet Sørover"})
    assert asked.location is not None
    assert "utkast%3D1" in asked.location
    veileder.follow(asked)
    answer = veileder.post(f"/veileder/apne/{verden.jonas}", {"grunn": REASON, "neste": f"{case}?utkast=1"})
    assert "Jonas Flyttet Sørover" in veileder.follow(answer).text


def test_what_was_fetched_and_turned_away_again_is_still_kept(app: Flask, verden: Verden, veileder: Klient) -> None:
    """Zero loss: a page opened from a draft is sent when the reason has run out. Being turned away is not delivery."""
    case = f"/veileder/bruker/{verden.jonas}/profil?utkast=1"
    veileder.get("/veileder/palogginger")
    veileder.post(case, {"navn": "Jonas Flyttet Sørover"})
    answer = veileder.post(f"/veileder/apne/{verden.jonas}", {"grunn": REASON, "neste": case})
    assert "Jonas Flyttet Sørover" in veileder.follow(answer).text


def _without_keys(page: str, own: str) -> str:
    return re.sub(r'(value|content)="[^"]{60,}"', "", page.replace(own, "ID"))
