"""What goes on over time (a course, every Tuesday) is read, understood and begun before its last day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.klient import Klient
from tests.verden import Verden
from tests.vilkar.saker import innhold, satt
from tests.vilkar.test_bruker import versjon_id
from webapp.klage import mal
from webapp.klage.rules import Mal
from webapp.platform import clock
from webapp.platform.nyheter import Merke, Nyhet, Steg
from webapp.varsel import grunn
from webapp.vilkar import nytt, rules
from webapp.vilkar.grunnlag import _hensyn
from webapp.vilkar.models import Vilkar
from webapp.vilkar.tekst import Innhold
from webapp.vilkar.tekstbank import TYPER

FORSTE, SISTE = date(2026, 12, 8), date(2027, 2, 16)
NORSK: dict[str, Any] = {
    "navn": "Spor 2",
    "sted": "Storgata 1, Testvik",
    "fra": FORSTE.isoformat(),
    "dager": [1, 3],
    "klokke": "09:00",
}
LEGE = {"hvem": "fastlegen", "sted": "Storgata 1, Testvik"}
BEGUN = NOON + timedelta(days=20)


@pytest.fixture
def norsk(verden: Verden) -> UUID:
    """Tuesdays and Thursdays, from 8 December to 16 February."""
    return satt(verden, innhold("norsk", NORSK), frist=SISTE)


@pytest.fixture
def lege(verden: Verden) -> UUID:
    """What is done by a day."""
    return satt(verden, innhold("medisinsk", LEGE), frist=SISTE)


def hjem(app: Flask, verden: Verden) -> Nyhet:
    with app.test_request_context():
        [line] = nytt.for_bruker(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    return line


def steget(app: Flask, verden: Verden) -> Steg:
    with app.test_request_context():
        [line] = nytt.for_sak(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    return line


def merker(app: Flask, verden: Verden) -> list[Merke]:
    with app.test_request_context():
        return nytt.for_liste(verden.kommune_id, [verden.amina])[verden.amina]


def bommet(app: Flask, bruker: Klient, verden: Verden, vilkar_id: UUID) -> str:
    """«Jeg forstår», and a question of the check missed: what is explained again."""
    bruker.get(f"/vilkar/{vilkar_id}")
    version = versjon_id(app, verden, vilkar_id)
    bruker.post(f"/vilkar/{vilkar_id}", {"svar": "forstar", "versjon_id": version})
    return bruker.post(f"/vilkar/{vilkar_id}/sjekk", {"frist": "vet_ikke", "versjon_id": version}, status=200).text


def test_it_is_to_be_read_and_understood_by_the_first_day(
    app: Flask, bruker: Klient, verden: Verden, norsk: UUID
) -> None:
    assert (hjem(app, verden).tekst, hjem(app, verden).frist) == ("Du har noe nytt å lese fra Nav.", FORSTE)
    assert not hjem(app, verden).haster
    with clock.frozen(NOON + timedelta(days=8)):
        assert hjem(app, verden).haster
    with clock.frozen(BEGUN):  # read now; a day that has been says that it is too late
        assert hjem(app, verden).frist is None
    bruker.get(f"/vilkar/{norsk}")
    assert (hjem(app, verden).tekst[:20], hjem(app, verden).frist) == ("Si om du forstår: De", FORSTE)
    assert "Fra tirsdag 8. desember til og med tirsdag 16. februar 2027." in bruker.get("/vilkar/").text


def test_what_is_done_by_a_day_stays_as_it_is(app: Flask, bruker: Klient, verden: Verden, lege: UUID) -> None:
    assert hjem(app, verden).frist == SISTE
    assert steget(app, verden).frist == SISTE
    page = bommet(app, bruker, verden, lege)
    assert "Du har tid til og med <strong>" in page
    assert "Siste dag:" in bruker.get("/vilkar/").text


def test_what_is_explained_again_is_when_it_is_and_not_that_there_is_time(
    app: Flask, bruker: Klient, verden: Verden, norsk: UUID
) -> None:
    page = bommet(app, bruker, verden, norsk)
    for words in ("Fra tirsdag 8. desember 2026 til og med tirsdag 16. februar 2027.", "Hver tirsdag og torsdag"):
        assert words in page
    for words in ("Du har tid til og med", "Etter den dagen er det for sent"):
        assert words not in page


def test_the_office_explains_it_before_it_begins(app: Flask, bruker: Klient, verden: Verden, norsk: UUID) -> None:
    assert steget(app, verden).frist == FORSTE - timedelta(days=1)
    bommet(app, bruker, verden, norsk)
    line = steget(app, verden)
    assert (line.stand, line.gjor) == ("Brukeren trenger hjelp til å forstå.", "Forklar vilkåret for brukeren")
    assert line.frist == FORSTE - timedelta(days=1)
    with clock.frozen(BEGUN):
        assert steget(app, verden).frist is None


@pytest.mark.parametrize(
    ("made", "frist", "title"),
    [
        (innhold("norsk", NORSK), SISTE, "». Fra tirsdag 8. desember til og med tirsdag 16. februar 2027."),
        (innhold("norsk", NORSK), None, "». Fra tirsdag 8. desember."),
        (innhold("medisinsk", LEGE), SISTE, "» med frist tirsdag 16. februar 2027"),
        (innhold("medisinsk", LEGE), None, "»"),
    ],
)
def test_a_klage_says_when_it_is_and_not_that_the_last_day_is_a_deadline(
    app: Flask, verden: Verden, made: Innhold, frist: date | None, title: str
) -> None:
    satt(verden, made, frist=frist)
    with app.test_request_context():
        against = mal.alle(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    assert [one.tittel.endswith(title) for one in against if one.type is Mal.VILKAR] == [True]


@pytest.mark.parametrize(
    ("forste", "today", "due"),
    [
        (date(2026, 12, 14), date(2026, 12, 1), date(2026, 12, 11)),  # a Monday: the Friday before
        (date(2026, 12, 14), date(2026, 12, 12), date(2026, 12, 12)),  # never a day that has been
        (date(2026, 12, 14), date(2026, 12, 14), date(2026, 12, 14)),
        (date(2026, 12, 14), date(2026, 12, 15), None),
        (None, date(2026, 12, 15), SISTE),
    ],
)
def test_the_last_day_for_talking_is_a_working_day_before_it(
    forste: date | None, today: date, due: date | None
) -> None:
    assert rules.talk_by(forste, SISTE, today) == due


def test_only_types_that_go_on_have_a_first_day() -> None:
    going_on = {kind for kind in TYPER if Innhold(kind, NORSK).forste_dag}
    assert going_on == {"kurs", "jobbsok", "praksis", "kommunalt", "norsk"}


def test_the_last_day_stands_beside_what_is_about_the_last_day(
    app: Flask, bruker: Klient, verden: Verden, lege: UUID
) -> None:
    """Beside «Uenig i et vilkår» it would be the day on which they disagreed."""
    assert [(one.kode, one.frist) for one in merker(app, verden)] == [("vilkar_ikke_vist", None)]
    bruker.get(f"/vilkar/{lege}")
    sent = {"svar": "forklar", "uenig": "y", "versjon_id": versjon_id(app, verden, lege)}
    bruker.post(f"/vilkar/{lege}", sent)
    bruker.post(f"/vilkar/{lege}/gjort", {"tekst": "Ferdig"})
    with app.test_request_context():
        assert all(one.frist is None for one in merker(app, verden))
    day = datetime.combine(SISTE - timedelta(days=2), NOON.timetz())
    second = satt(verden, innhold("medisinsk", LEGE), frist=SISTE)
    bruker.get(f"/vilkar/{second}")
    with clock.frozen(day):
        assert {one.kode: one.frist for one in merker(app, verden)} == {
            "vilkar_hjelp": None,
            "vilkar_uenig": None,
            "vilkar_gjort": None,
            "vilkar_ubekreftet": None,
            "vilkar_frist_nar": SISTE,
        }


def test_whoever_missed_a_question_of_the_check_has_not_asked_for_anything(
    app: Flask, bruker: Klient, verden: Verden, norsk: UUID
) -> None:
    """F2: they said that they understand. That help is needed is what the check showed."""
    bommet(app, bruker, verden, norsk)
    [label] = merker(app, verden)
    assert (label.kode, label.tekst) == ("vilkar_hjelp", "Trenger hjelp til å forstå et vilkår")
    said = {answer: _hensyn(Vilkar(svar=answer, trenger_hjelp=True)) for answer in ("forstar", "sporsmal", "forklar")}
    assert said == {"forstar": ("hjelp",), "sporsmal": ("sporsmal",), "forklar": ("forklar",)}
    assert {code for codes in said.values() for code in codes} <= set(grunn.HENSYN)
