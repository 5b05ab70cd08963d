"""The worklist: what is in which group, in which order, who is found, and that size does not matter (K8, K7)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text, update

from tests.conftest import NOON
from tests.databaser import KIND
from tests.kartlegging.veileder_levert import lever, svar
from tests.klient import Klient
from tests.moter.avtaler import avtalt, kari
from tests.sporringer import count
from tests.verden import Verden
from webapp import nytt
from webapp.identitet import service as identitet
from webapp.identitet import tildelinger
from webapp.identitet.service import Profil
from webapp.kartlegging import arbeidsliste, service
from webapp.kartlegging.arbeidsliste import Frist, Gruppe
from webapp.kartlegging.models import Kartlegging
from webapp.moter import lesing as moter
from webapp.moter.models import Mote
from webapp.moter.ulest import Ulest
from webapp.platform import clock
from webapp.platform.database import reading, writing

TODAY = date(2026, 11, 24)
days = st.none() | st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3))
moments = st.none() | st.just(datetime(2026, 11, 20, tzinfo=UTC))


def ny(verden: Verden, navn: str, ansatt_id: UUID | None = None) -> UUID:
    return identitet.register_bruker(verden.kommune_id, verden.nord, ansatt_id or verden.kari, Profil(navn), sprak="nb")


def names(verden: Verden, gruppe: Gruppe) -> list[str]:
    return [row.person.profil.navn for row in arbeidsliste.page(kari(verden), gruppe).rader]


def satt(verden: Verden, bruker_id: UUID, **values: object) -> None:
    with writing(unverified=True) as db:
        db.execute(update(Kartlegging).where(Kartlegging.bruker_id == bruker_id).values(**values))


@given(
    begynt=moments,
    levert=moments,
    lest=moments,
    samtale_frist=days,
    samtale_holdt=moments,
    plan_frist=days,
    plan_fulgt=moments,
    mini_frist=days,
    nye_svar=st.integers(0, 2),
    om_mote=st.none() | st.sampled_from(Ulest),
    visning=st.sampled_from(["full", "mini"]),
    tilbudt=st.sampled_from([None, "kort", "mini"]),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sql_and_python_say_the_same_about_every_state(
    app: Flask, verden: Verden, om_mote: Ulest | None, **values: object
) -> None:
    if not moter.agreed(verden.kommune_id, verden.amina, verden.seal(verden.amina)):
        avtalt(verden)
    with writing(unverified=True) as db:
        db.execute(text("delete from kartlegging"))
        row = Kartlegging(kommune_id=verden.kommune_id, bruker_id=verden.amina, venter_svar=0, **values)
        db.add(row)
        db.execute(update(Mote).values(ulest=om_mote))
    expected = arbeidsliste.stand(row, TODAY, om_mote)
    counted = arbeidsliste.counts(kari(verden))
    for gruppe in Gruppe:
        page = arbeidsliste.page(kari(verden), gruppe)
        assert (len(page.rader) == 1) is (gruppe in expected.grupper), gruppe
        assert counted[gruppe] == len(page.rader)
        for found in page.rader:
            assert found.stand == expected
    with reading() as db:
        kind, day = arbeidsliste.sort_key()
        key = db.execute(select(kind, day).where(Kartlegging.bruker_id == verden.amina)).one()
    kinds = {Frist.SAMTALE: 0, Frist.PLAN: 0, Frist.MINI: 1, None: 2}
    assert (key[0], key[1]) == (kinds[expected.frist], expected.frist_dato or arbeidsliste.FAR)


def test_the_groups(verden: Verden) -> None:
    new, waits, over, due, begun = (ny(verden, navn) for navn in ("Nora Ny", "Vera V", "Omar O", "Mina M", "Bo B"))
    for bruker_id in (new, waits, over, due):
        lever(verden, bruker_id=bruker_id)
    satt(verden, waits, lest=NOON)
    satt(verden, over, lest=NOON, samtale_holdt=NOON, plan_frist=TODAY - timedelta(days=1))
    satt(verden, due, lest=NOON, samtale_holdt=NOON, plan_fulgt=NOON, mini_frist=TODAY)
    svar(verden, {"bolig.mer": "Et ord"}, begun)
    assert names(verden, Gruppe.NYTT) == ["Nora Ny"]
    assert set(names(verden, Gruppe.VENTER)) == {"Nora Ny", "Vera V", "Omar O"}
    assert names(verden, Gruppe.OVER) == ["Omar O"]
    assert names(verden, Gruppe.MINI) == ["Mina M"]
    assert names(verden, Gruppe.IKKE_BEGYNT) == ["Amina Prøve"]
    everybody = names(verden, Gruppe.ALLE)
    assert everybody[0] == "Omar O"  # the nearest date first
    assert everybody[3] == "Mina M"  # … and the mini-mapping, which only is an offer, after every deadline
    assert set(everybody) == {"Nora Ny", "Vera V", "Omar O", "Mina M", "Bo B", "Amina Prøve"}


def test_k7_a_round_that_is_offered_is_not_offered_again(veileder: Klient, verden: Verden) -> None:
    lever(verden)
    satt(verden, verden.amina, lest=NOON, samtale_holdt=NOON, plan_fulgt=NOON, mini_frist=TODAY)
    page = veileder.get("/veileder/").text
    assert page.count("Ny runde kan tilbys") == 2  # what the list can be narrowed to, and the label
    assert "Ny runde fra" in page
    veileder.post(f"/veileder/bruker/{verden.amina}/tilbud", {"visning": "mini"}, status=303)
    page = veileder.get("/veileder/").text
    assert page.count("Ny runde kan tilbys") == 1
    assert "Ny runde fra" not in page
    assert names(verden, Gruppe.MINI) == []
    service.choose_view(verden.kommune_id, verden.amina, verden.seal(verden.amina), "mini")
    assert names(verden, Gruppe.MINI) == []  # the bruker is in it now


def test_k8_a_day_is_over_when_the_day_is_over(verden: Verden) -> None:
    lever(verden)
    for moment, over in (
        (datetime(2026, 12, 8, 22, 59, tzinfo=UTC), False),  # 23:59 in Oslo on the fourteenth day
        (datetime(2026, 12, 8, 23, 0, tzinfo=UTC), True),
    ):
        with clock.frozen(moment):
            assert bool(names(verden, Gruppe.OVER)) is over


def test_the_earliest_running_clock_comes_first() -> None:
    day = TODAY
    assert arbeidsliste.next_deadline(day, day, None) == (Frist.SAMTALE, day)
    assert arbeidsliste.next_deadline(None, day, day) == (Frist.PLAN, day)
    assert arbeidsliste.next_deadline(day, day - timedelta(days=1), None) == (Frist.PLAN, day - timedelta(days=1))
    assert arbeidsliste.next_deadline(None, None, day) == (Frist.MINI, day)
    assert arbeidsliste.next_deadline(None, None, None) == (None, None)


def test_the_page_says_it_in_words(app: Flask, veileder: Klient, verden: Verden) -> None:
    page = veileder.get("/veileder/").text
    assert "Amina Prøve" in page
    assert "Jonas Prøve" not in page
    assert "Ikke begynt" in page
    case = veileder.get(f"/veileder/bruker/{verden.amina}/").text
    assert "Ikke begynt" not in case  # the first word under a name, and it did not say of what
    assert "Brukeren har ikke begynt på kartleggingen." in case
    lever(verden)
    avtalt(verden, NOON + timedelta(days=2))
    page = veileder.get("/veileder/").text
    assert "Ny levering" in page
    assert "Samtale innen" in page
    assert "tirsdag 8. desember" in page
    assert "torsdag 26. november kl. 12:00" in page
    with clock.frozen(NOON + timedelta(days=20)):
        later = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
        assert "Over fristen: samtale" in later.get("/veileder/?vis=over").text


def test_substitutes_see_the_bruker_too(app: Flask, verden: Verden) -> None:
    tildelinger.set_substitute(verden.kommune_id, verden.amina, verden.per, kari(verden).actor)
    page = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per).get("/veileder/").text
    assert "Amina Prøve" in page
    assert "(vikar)" in page
    tildelinger.set_substitute(verden.kommune_id, verden.amina, None, kari(verden).actor)
    assert "Amina Prøve" not in Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per).get("/veileder/").text


def test_a_handed_over_bruker_is_on_the_new_list_only(app: Flask, veileder: Klient, verden: Verden) -> None:
    seal = verden.seal(verden.amina)
    tildelinger.hand_over(verden.kommune_id, verden.amina, seal, verden.per, "Bytter kontor", kari(verden).actor)
    assert "Amina Prøve" not in veileder.get("/veileder/").text
    assert "Amina Prøve" in Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per).get("/veileder/").text


def test_25_a_page_by_key(veileder: Klient, verden: Verden) -> None:
    for n in range(55):
        ny(verden, f"Person Nr{n}")
    seen: list[str] = []
    address = "/veileder/"
    for size in (25, 25, 6):
        page = veileder.get(address).text
        found = re.findall(r'href="/veileder/bruker/([0-9a-f-]{36})/"', page)
        assert len(found) == size
        seen += found
        following = re.search(r'href="(/veileder/\?etter=[^"]+)"', page)
        address = following[1] if following else ""
    assert not address
    assert len(set(seen)) == 56
    for wrong in ("x", "%00", "a" * 300, "☃", "MjAyNi0xMS0yNHx4", "M3wyMDI2LTExLTI0fHg"):
        veileder.get(f"/veileder/?etter={wrong}", status=400)
    veileder.get("/veileder/?vis=finnes-ikke", status=404)


def test_the_order_holds_over_pages_with_equal_and_missing_dates(verden: Verden) -> None:
    for n in range(30):
        bruker_id = ny(verden, f"Person Nr{n}")
        svar(verden, {"bolig.mer": "ord"}, bruker_id)
        if n % 3:
            satt(verden, bruker_id, mini_frist=TODAY + timedelta(days=n % 2 - 1))
        if not n % 5:
            satt(verden, bruker_id, samtale_frist=TODAY + timedelta(days=n))
    first = arbeidsliste.page(kari(verden), Gruppe.ALLE)
    second = arbeidsliste.page(kari(verden), Gruppe.ALLE, first.neste)
    rows = first.rader + second.rader
    kinds = {Frist.SAMTALE: 0, Frist.PLAN: 0, Frist.MINI: 1, None: 2}
    keys = [(kinds[row.stand.frist], row.stand.frist_dato or arbeidsliste.FAR, row.person.id) for row in rows]
    assert keys == sorted(keys)
    assert [key[0] for key in keys] == [0] * 6 + [1] * 16 + [2] * 9
    assert len({row.person.id for row in rows}) == 31
    assert second.neste is None


@pytest.mark.parametrize("name", ["amina", "AMINA", "prøve amina", "Amina Prøve", "  Amina  "])
def test_search_among_ones_own(veileder: Klient, verden: Verden, name: str) -> None:
    ny(verden, "Amina Andres", verden.per)
    page = veileder.post("/veileder/", {"navn": name}, status=200).text
    assert "Amina Prøve" in page
    assert "Amina Andres" not in page
    assert "Søket ga 1 treff" in page


@pytest.mark.parametrize("name", ["Jonas", "Ami", "!!!", "%", "'; drop table bruker", "A" * 200])
def test_search_finds_nobody_it_should_not(veileder: Klient, verden: Verden, name: str) -> None:
    page = veileder.post("/veileder/", {"navn": name}, status=200).text
    assert "Søket ga 0 treff" in page


def test_a_search_that_finds_more_than_is_shown_says_so(
    veileder: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arbeidsliste, "MOST_FOUND", 2)
    for n in range(2):
        ny(verden, f"Prøve Nr{n}")
    page = veileder.post("/veileder/", {"navn": "prøve"}, status=422).text
    assert "Søket ga 2 treff" in page
    assert page.count("Skriv mer av navnet.") >= 2  # in the summary and at the field
    assert 'value="prøve"' in page
    assert "Skriv mer av navnet." not in veileder.post("/veileder/", {"navn": "prøve nr1"}, status=200).text


def test_an_empty_or_too_long_search_says_so(veileder: Klient, verden: Verden) -> None:
    assert "Skriv et navn å søke etter." in veileder.post("/veileder/", {"navn": " "}, status=422).text
    assert "tegn for lang" in veileder.post("/veileder/", {"navn": "a" * 201}, status=422).text


def test_the_administrator_is_sent_to_the_staff_list(app: Flask, verden: Verden) -> None:
    administrator = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.anna)
    assert administrator.get("/veileder/", status=303).location == "/veileder/ansatte/"
    administrator.get("/veileder/sok", status=404)
    administrator.get("/veileder/kontor/", status=404)


def test_the_same_number_of_queries_whatever_the_number_of_brukere(
    app: Flask, veileder: Klient, verden: Verden
) -> None:
    with count(app) as few:
        veileder.get("/veileder/")
    for n in range(30):
        bruker_id = ny(verden, f"Person Nr{n}")
        if n % 2:
            lever(verden, bruker_id=bruker_id)
        ny(verden, f"Andres Nr{n}", verden.per)
    with count(app) as many:
        veileder.get("/veileder/")
    assert len(many) == len(few) <= 7 + len(nytt.ROM)


@pytest.mark.skipif(KIND != "sqlite", reason="PostgreSQL plans by statistics: see tests/bench")
def test_nothing_is_read_through_from_end_to_end(app: Flask, veileder: Klient, verden: Verden) -> None:
    lever(verden)
    with count(app) as page:
        veileder.get("/veileder/?vis=over")
        veileder.post("/veileder/", {"navn": "Amina Prøve"}, status=200)
    with reading() as db:
        for statement in page.statements:
            if statement.lstrip().upper().startswith(("SELECT", "UPDATE")):
                plan = db.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("x",) * statement.count("?"))
                steps = [str(row[3]) for row in plan]
                whole = [
                    step for step in steps if re.match(r"SCAN (?!mine|\(|\d)", step) or step.endswith("(kommune_id=?)")
                ]
                assert not whole, (statement, steps)
