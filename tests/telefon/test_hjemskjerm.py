"""«Legg til på hjemskjermen»: asked once, at a moment that makes sense, and never again after an answer."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.klient import Klient
from tests.verden import Verden
from webapp.platform.database import reading
from webapp.telefon import eksport, rules
from webapp.telefon.models import Hjemskjerm

QUESTION = "Vil du ha Medvirk på hjemskjermen?"
IPHONE = {"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1"}
IPAD = {
    "User-Agent": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15"
}


@pytest.mark.parametrize(
    ("visits", "delivered", "answered", "helped", "asks"),
    [
        (1, False, False, False, False),
        (2, False, False, False, True),
        (1, True, False, False, True),
        (9, True, True, False, False),
        (9, True, False, True, False),
    ],
)
def test_when_it_makes_sense(*, visits: int, delivered: bool, answered: bool, helped: bool, asks: bool) -> None:
    assert rules.asks(visits=visits, delivered=delivered, answered=answered, helped=helped) is asks


def again(app: Flask, verden: Verden) -> Klient:
    """Another sign-in, on another phone."""
    return Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)


def test_asked_on_the_second_visit_and_never_after_a_no(app: Flask, verden: Verden, bruker: Klient) -> None:
    assert QUESTION not in bruker.get("/").text
    here = again(app, verden)
    assert QUESTION in here.get("/").text
    assert here.post("/telefon/svar", {"svar": "nei"}).location == "/"
    assert QUESTION not in here.get("/").text
    assert QUESTION not in again(app, verden).get("/").text
    told = eksport.eksport(verden.kommune_id, verden.amina)
    assert told is not None
    assert told["svar"] == "nei"


def test_the_answer_can_change_and_there_is_one(app: Flask, verden: Verden, bruker: Klient) -> None:
    """The browser says «ja» when the icon is there, also after a no, and as often as it likes."""
    for svar in ("nei", "ja", "ja"):
        bruker.post("/telefon/svar", {"svar": svar})
    with reading() as db:
        assert [row.svar for row in db.scalars(select(Hjemskjerm))] == ["ja"]


@pytest.mark.parametrize("svar", ["", "kanskje", "ja\x00", "x" * 5000])
def test_what_is_no_answer_changes_nothing(verden: Verden, bruker: Klient, svar: str) -> None:
    bruker.post("/telefon/svar", {"svar": svar})
    bruker.post("/telefon/svar", {"svar": "nei"}, key="gammel")
    assert eksport.eksport(verden.kommune_id, verden.amina) is None


def test_the_way_there_stands_on_a_page(besoker: Klient, bruker: Klient) -> None:
    """Findable under «Mer», without script, and the kind of phone they hold comes first."""
    assert 'href="/telefon/"' in bruker.get("/mer").text
    page = bruker.get("/telefon/").text
    assert page.index("På Android") < page.index("På iPhone")
    for apple in (IPHONE, IPAD):
        page = bruker.get("/telefon/", headers=apple).text
        assert page.index("På iPhone") < page.index("På Android")
    besoker.get("/telefon/", 303)
