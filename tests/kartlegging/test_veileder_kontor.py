"""The leder's counts (S5), and opening somebody else's bruker with a reason (S1)."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.klient import Klient
from tests.moter.avtaler import kari
from tests.verden import Verden, begrunnelser
from webapp.identitet import nokler
from webapp.identitet import service as identitet
from webapp.identitet.rules import SMALLEST
from webapp.identitet.service import Profil
from webapp.kartlegging.kontortall import protect
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading


def searches() -> list[Hendelse]:
    with reading() as db:
        return list(db.scalars(select(Hendelse).where(Hendelse.type == "navnesok").order_by(Hendelse.lopenr)))


@given(st.dictionaries(st.integers(), st.integers(0, 40), max_size=8))
def test_s5_no_small_group_is_shown_or_can_be_worked_out(counts: dict[int, int]) -> None:
    shown = protect(counts)
    hidden = [counts[name] for name, count in shown.items() if count is None]
    assert all(count is None or count == counts[name] >= SMALLEST for name, count in shown.items())
    if hidden and len(hidden) < len(counts):
        assert len(hidden) >= 2
        assert sum(hidden) >= SMALLEST
    if all(count >= SMALLEST for count in counts.values()):
        assert not hidden


def test_s5_the_kontor_in_numbers(leder: Klient, verden: Verden) -> None:
    page = leder.get("/veileder/kontor/").text
    assert "vises ikke" in page
    assert "Amina" not in page
    for n in range(12):
        identitet.register_bruker(verden.kommune_id, verden.nord, verden.kari, Profil(f"Person {n}"))
    page = leder.get("/veileder/kontor/").text
    assert "Kari Test" in page
    assert "Person" not in page
    cells = re.findall(r"<td[^>]*><span>(?:<span[^>]*>)?([^<]*)", page)
    assert not [cell for cell in cells if cell.isdigit() and int(cell) < SMALLEST]


def test_only_a_leder_sees_the_kontor(veileder: Klient, verden: Verden) -> None:
    veileder.get("/veileder/kontor/", status=404)


def test_s1_another_bruker_is_found_with_a_reason_and_the_bruker_can_see_it(
    app: Flask, leder: Klient, verden: Verden
) -> None:
    page = leder.post("/veileder/sok", {"navn": "Amina", "grunn": "Kari er syk, Amina har time"}, status=200).text
    assert "Amina Prøve" in page
    assert "Amina Annen" not in page
    (search,) = searches()
    assert search.bruker_id == verden.amina
    assert search.innhold["treff"] == 1
    assert search.innhold["begrunnelse_id"]
    leder.get(f"/veileder/bruker/{verden.amina}/", status=303)  # to have searched opens nothing
    response = leder.post(f"/veileder/sok/{verden.amina}", {"grunn": "Kari er syk, Amina har time"})
    page = leder.follow(response).text
    assert "Du har åpnet saken med en grunn." in page
    assert len(begrunnelser(verden, verden.amina)) == 2


def test_nothing_is_searched_without_a_reason(leder: Klient, verden: Verden) -> None:
    page = leder.post("/veileder/sok", {"navn": "Amina", "grunn": " "}, status=422).text
    assert "Skriv hvorfor du trenger å åpne saken." in page
    assert "Amina Prøve" not in page
    page = leder.post(f"/veileder/sok/{verden.amina}", {"grunn": ""}, status=422).text
    assert "Skriv hvorfor du trenger å åpne saken." in page
    leder.get(f"/veileder/bruker/{verden.amina}/", status=303)
    assert not searches()


@pytest.mark.parametrize("reason", ["x", "a b c d e f"])
def test_what_is_no_reason_is_none_by_way_of_the_search_either(veileder: Klient, verden: Verden, reason: str) -> None:
    """S1: the same is asked of it as on the page of the reason (tests/identitet/test_begrunn.py)."""
    for path, typed in (("/veileder/sok", {"navn": "Jonas"}), (f"/veileder/sok/{verden.jonas}", {})):
        page = veileder.post(path, {**typed, "grunn": reason}, status=422).text
        assert "Minst 10 tegn" in page
        assert reason in page
    veileder.get(f"/veileder/bruker/{verden.jonas}/", status=303)
    assert not searches()
    assert begrunnelser(verden, verden.jonas) == []


def test_nobody_at_another_kontor_or_in_another_kommune_is_found(app: Flask, verden: Verden) -> None:
    sara = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.sara)
    page = sara.post("/veileder/sok", {"navn": "Amina", "grunn": "Jeg lurer på noe"}, status=200).text
    assert "Vi fant ingen" in page
    sara.post(f"/veileder/sok/{verden.amina}", {"grunn": "Jeg lurer på noe"}, status=404)
    assert [(event.bruker_id, event.innhold["treff"]) for event in searches()] == [(None, 0)]


def test_a_name_that_many_have_shows_nobody(leder: Klient, verden: Verden) -> None:
    for n in range(11):
        identitet.register_bruker(verden.kommune_id, verden.nord, verden.kari, Profil(f"Ola Nr{n}"))
    page = leder.post("/veileder/sok", {"navn": "Ola", "grunn": "Jeg trenger det"}, status=422).text
    assert "Mange har dette navnet." in page
    assert "Ola Nr" not in page
    assert "Jeg trenger det" in page


def test_searching_is_limited(leder: Klient, verden: Verden) -> None:
    for _ in range(30):
        leder.post("/veileder/sok", {"navn": "Ingen", "grunn": "Leter etter en som ringte"}, status=200)
    response = leder.post("/veileder/sok", {"navn": "Ingen", "grunn": "Leter etter en som ringte"}, status=429)
    assert response.headers["Retry-After"]


def test_ones_own_is_opened_without_a_reason(veileder: Klient, verden: Verden) -> None:
    page = veileder.post("/veileder/sok", {"navn": "Amina", "grunn": "Finner henne"}, status=200).text
    assert f'href="/veileder/bruker/{verden.amina}/"' in page
    assert f"/veileder/sok/{verden.amina}" not in page


def test_a_deleted_bruker_is_found_nowhere(leder: Klient, veileder: Klient, verden: Verden) -> None:
    nokler.delete_bruker(verden.kommune_id, verden.amina)
    assert "Amina" not in veileder.get("/veileder/").text
    page = leder.post("/veileder/sok", {"navn": "Amina", "grunn": "Leter etter en som ringte"}, status=200).text
    assert "Vi fant ingen" in page
    assert kari(verden).id == verden.kari
