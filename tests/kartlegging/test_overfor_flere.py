"""The brukere of a blocked veileder get a new one, many at once (K8, K9), and nobody is opened for it (S1)."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.kartlegging.test_arbeidsliste import ny
from tests.kartlegging.test_uten_veileder import LISTE, sperr
from tests.klient import Klient
from tests.moter.avtaler import avtalt
from tests.verden import Verden
from webapp.identitet import ansvar, nokler, tildelinger
from webapp.identitet import service as identitet
from webapp.platform import ids
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading


def ids_on(page: str) -> list[str]:
    return re.findall(r'name="valgte" value="([0-9a-f]{32})"', page)


def test_k9_many_get_a_new_veileder_in_one_step_and_nobody_is_opened(app: Flask, verden: Verden, leder: Klient) -> None:
    rest = [ny(verden, f"Person Nr{n}") for n in range(30)]
    avtalt(verden)
    sperr(verden, verden.kari)
    shown = ids_on(leder.get(LISTE).text)
    assert len(shown) == 25
    sent = {"valgte": shown, "til": str(verden.per), "grunn": "Kari har sluttet"}
    said = leder.follow(leder.post(LISTE, sent, status=303)).text
    assert "25 brukere har fått ny veileder." in said
    left = [UUID(hex=one) for one in ids_on(said)]
    assert len(left) == 6
    moved = {UUID(hex=one) for one in shown}
    assert moved | set(left) == {verden.amina, *rest}
    for bruker_id in moved:
        row, ansatt = tildelinger.assignments(verden.kommune_id, bruker_id)[0]
        assert (ansatt.id, row.laget_av) == (verden.per, verden.leif)
        assert row.grunn is not None
        assert verden.seal(bruker_id).open(row.grunn, tildelinger.reason_place(row)) == "Kari har sluttet"
    with reading() as db:
        kinds = [one.type for one in db.scalars(select(Hendelse).where(Hendelse.aktor_id == verden.leif))]
    assert kinds.count("bruker_overfort") == 25
    assert "bruker_apnet" not in kinds  # S1: the leder has read nothing
    if verden.amina in moved:  # the meeting goes along
        assert "Per Test" in Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina).get("/moter/").text


def test_pressed_twice_it_is_done_once(verden: Verden, leder: Klient) -> None:
    sperr(verden, verden.kari)
    sent = {"valgte": [verden.amina.hex], "til": str(verden.per), "grunn": "Kari har sluttet"}
    for _press in range(2):
        said = leder.follow(leder.post(LISTE, sent, status=303)).text
        assert "1 bruker har fått ny veileder." in said
    assert len(tildelinger.assignments(verden.kommune_id, verden.amina)) == 2


def test_only_those_without_a_veileder_at_the_own_kontor(app: Flask, verden: Verden, leder: Klient) -> None:
    """S1: a list that was changed on the way moves nobody who has a veileder, and nobody of another kontor."""
    elsewhere = identitet.register_bruker(verden.kommune_id, verden.sor, verden.sara, identitet.Profil("Annet Kontor"))
    deleted = ny(verden, "Slettet Person")
    for ansatt_id in (verden.kari, verden.sara):
        sperr(verden, ansatt_id)
    nokler.delete_bruker(verden.kommune_id, deleted)
    others = [elsewhere, deleted, verden.jonas, verden.annen_bruker, ids.new_id()]
    before = {one: [row.id for row, _a in tildelinger.assignments(verden.kommune_id, one)] for one in others}
    sent = {"valgte": [one.hex for one in others], "til": str(verden.per), "grunn": "Kari har sluttet"}
    said = leder.follow(leder.post(LISTE, sent, status=303)).text
    assert "har fått ny veileder" not in said
    assert "er ikke overført" in said
    assert before == {one: [row.id for row, _a in tildelinger.assignments(verden.kommune_id, one)] for one in others}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"valgte": []}, "Kryss av for minst én bruker."),
        ({"valgte": ["x"]}, "Velg en fra listen."),
        ({"valgte": ["\x00"]}, "Velg en fra listen."),
        ({"valgte": ["0" * 5_000]}, "Velg en fra listen."),
        ({"valgte": ["0" * 32] * 101}, "Velg en fra listen."),
        ({"til": ""}, "Velg en"),
        ({"til": "per"}, "Velg en"),
        ({"grunn": ""}, "Skriv hvorfor. Brukeren kan lese det."),
        ({"grunn": "x" * 501}, "x" * 501),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    verden: Verden, leder: Klient, wrong: dict[str, object], says: str
) -> None:
    sperr(verden, verden.kari)
    sent = {"valgte": [verden.amina.hex], "til": str(verden.per), "grunn": "Kari har sluttet"}
    page = leder.post(LISTE, {**sent, **wrong}, status=422).text
    assert says in page
    if "grunn" not in wrong:
        assert "Kari har sluttet</textarea>" in page
    if "valgte" not in wrong:
        assert re.search(rf'value="{verden.amina.hex}" checked', page)
    assert not ansvar.contact_of(verden.kommune_id, verden.amina).veileder


def test_one_who_is_blocked_meanwhile_is_refused_and_the_text_stays(verden: Verden, leder: Klient) -> None:
    sperr(verden, verden.kari)
    page = leder.get(LISTE).text
    sperr(verden, verden.per)
    sent = {"valgte": ids_on(page), "til": str(verden.per), "grunn": "Kari har sluttet"}
    assert "Kari har sluttet</textarea>" in leder.post(LISTE, sent, status=422).text


def test_all_of_the_page_can_be_ticked_without_a_script(verden: Verden, leder: Klient) -> None:
    for n in range(3):
        ny(verden, f"Person Nr{n}")
    sperr(verden, verden.kari)
    page = leder.post(LISTE, {"handling": "merk", "til": "", "grunn": "Kari har"}, status=200).text
    assert page.count(" checked") == len(ids_on(page)) == 4
    assert "Kari har</textarea>" in page


def test_what_is_typed_stays_when_others_have_taken_the_whole_list(verden: Verden, leder: Klient) -> None:
    page = leder.post(LISTE, {"valgte": [], "til": "", "grunn": "Kari har sluttet"}, status=422).text
    assert "Kari har sluttet</textarea>" in page
