"""A klage told by telephone or in the office: written down as told, put right by the bruker and by nobody else."""

# ruff: noqa: S608 -- every statement is the test's own

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.conftest import NOON
from tests.klage.klager import klagen, sendt, steg, sti
from tests.klient import Klient
from tests.varsel import verk
from tests.verden import Verden
from webapp.innsyn import dokument
from webapp.klage import lesing, muntlig, nytt
from webapp.klage.klagen import Klagen, Ord
from webapp.klage.models import Klage, Klageretting
from webapp.klage.rules import NotTheirOwn, Stand
from webapp.platform import clock, ids
from webapp.platform.database import engines, reading

DECIDED = date(2026, 11, 20)


@pytest.fixture
def vedtak(verden: Verden) -> UUID:
    return verk.vedtak(verden, DECIDED)


def path(verden: Verden) -> str:
    return f"/veileder/bruker/{verden.amina}/klage/muntlig"


def told(vedtak: UUID, **more: str) -> dict[str, str]:
    return {
        "mot": f"vedtak:{vedtak}",
        "hvordan": "telefon",
        "sagt": "2026-11-23",
        "hva": "Beløpet er galt",
        "onske": "",
        "sent": "",
        "nokkel": ids.new_id().hex,
        **more,
    }


def rows(table: type) -> int:
    with reading() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def news(app: Flask, verden: Verden) -> list[str]:
    with verk.formnokkel(app):
        return [line.sti for line in nytt.for_bruker(verden.kommune_id, verden.amina, verden.seal(verden.amina))]


def the_one(verden: Verden) -> Klagen:
    (one,) = lesing.alle(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    return one


def test_written_down_seen_and_confirmed(
    app: Flask, bruker: Klient, veileder: Klient, verden: Verden, vedtak: UUID
) -> None:
    page = veileder.get(f"/veileder/bruker/{verden.amina}/klage/").text
    assert path(verden) in page
    page = veileder.get(path(verden)).text
    assert 'data-utkast="/veileder/utkast"' in page
    assert f"vedtak:{vedtak}" in page
    sent = told(vedtak)
    for _pressed_twice in range(2):
        page = veileder.follow(veileder.post(path(verden), sent)).text
    assert "Brukeren har ikke bekreftet eller rettet det ennå." in page
    assert rows(Klage) == 1
    one = the_one(verden)
    assert one.nedtegnet is not None
    assert (one.nedtegnet.sagt, one.nedtegnet.hvordan, one.skrevet_av) == (date(2026, 11, 23), "telefon", "ansatt")
    assert one.svarfrist == date(2026, 12, 23)  # a month from the day it was told
    assert news(app, verden) == [f"/klage/{one.id}"]
    page = bruker.get(f"/klage/{one.id}").text
    for words in ("Skrevet ned for deg", one.nedtegnet.ansatt_navn, "På telefon", "mandag 23. november", "kl. 12:00"):
        assert words in page
    confirm = {"hva": "Beløpet er galt", "onske": "", "sent": "", "nokkel": ids.new_id().hex}
    for _pressed_twice in range(2):
        page = bruker.follow(bruker.post(f"/klage/{one.id}/rett", confirm)).text
    assert "Bekreftet" in page
    assert "Stemmer dette?" not in page
    assert rows(Klageretting) == 1
    assert the_one(verden).rettinger[0].bekrefter
    assert news(app, verden) == []
    assert "Bekreftet" in veileder.get(f"/veileder/bruker/{verden.amina}/klage/{one.id}").text


def test_put_right_in_their_own_words_and_both_stay(
    app: Flask, bruker: Klient, veileder: Klient, verden: Verden, vedtak: UUID
) -> None:
    veileder.post(path(verden), told(vedtak))
    one = the_one(verden)
    page = bruker.get(f"/klage/{one.id}/rett").text
    assert "Beløpet er galt" in page
    assert 'data-utkast="/utkast"' in page
    key = ids.new_id().hex
    bruker.post(f"/klage/{one.id}/rett", {"hva": "Perioden er gal", "nokkel": key})
    page = bruker.post(f"/klage/{one.id}/rett", {"hva": "Alt er galt", "nokkel": key}, 409).text
    assert "Alt er galt" in page
    page = veileder.get(f"/veileder/bruker/{verden.amina}/klage/{one.id}").text
    assert "Beløpet er galt" in page
    assert "Perioden er gal" in page
    # The office had read nothing of it.
    step = {"steg": "mottatt", "dato": "24.11.2026", "tekst": "Lest", "lest": "0"}
    veileder.post(f"/veileder/bruker/{verden.amina}/klage/{one.id}/steg", step, 409)
    for words in ({"key": "gammel"}, {}):
        typed = {"hva": "Skrevet lenge", **({} if words else {"bytt_sprak": "nb"})}
        assert "Skrevet lenge" in bruker.post(f"/klage/{one.id}/rett", typed, 422 if words else 200, **words).text
    with verk.formnokkel(app):
        steg(verden, one.id, Stand.MOTTATT, Stand.OPPRETTHOLDT)
    page = bruker.post(f"/klage/{one.id}/rett", {"hva": "For sent rettet"}, 409).text
    assert "For sent rettet" in page
    assert f"/klage/{one.id}/tillegg" in page
    assert rows(Klageretting) == 1


def test_the_veileder_cannot_confirm_for_the_bruker(
    app: Flask, veileder: Klient, bruker: Klient, verden: Verden, vedtak: UUID
) -> None:
    veileder.post(path(verden), told(vedtak))
    one = the_one(verden)
    for address in (f"/klage/{one.id}/rett", f"/veileder/bruker/{verden.amina}/klage/{one.id}/rett"):
        answer = veileder.http.post(address, data={"csrf_token": veileder._key(), "hva": "Beløpet er galt"})
        assert answer.status_code in {401, 404}
    typing = replace(verk.amina(verden), skriver="ansatt")
    with verk.formnokkel(app):
        with pytest.raises(NotTheirOwn):
            muntlig.correct(typing, one.id, ids.new_id(), Ord("Beløpet er galt", "", ""))
        assert rows(Klageretting) == 0
        # With a staff member's fingers they can put it right; it says whose fingers.
        muntlig.correct(typing, one.id, ids.new_id(), Ord("Perioden er gal", "", ""))
    (put_right,) = the_one(verden).rettinger
    assert (put_right.skrevet_av, put_right.bekrefter) == ("ansatt", False)
    bruker.post("/kartlegging/skriver", {"skriver": "ansatt"})
    page = bruker.post(f"/klage/{one.id}/rett", {"hva": "Perioden er gal"}, 409).text
    assert "Bare du selv kan bekrefte" in page
    assert "Perioden er gal" in page


@pytest.mark.parametrize(
    ("day", "late"), [("2026-12-11", False), ("2026-12-12", True)], ids=["last day", "the day after"]
)
def test_the_day_it_was_told_counts(
    app: Flask, veileder: Klient, verden: Verden, vedtak: UUID, day: str, late: bool
) -> None:
    with clock.frozen(NOON + timedelta(days=25)):  # written down after the last day
        veileder = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
        veileder.post(path(verden), told(vedtak, sagt=day))
    assert the_one(verden).for_sent is late


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sagt": "2026-11-25"}, "Datoen kan ikke være fram i tid."),
        ({"sagt": "2026-11-19"}, "Dette kan ikke ha skjedd før 20. november 2026."),
        ({"sagt": "i går"}, ">Skriv dag, måned og år"),
        ({"sagt": "31.2.2026"}, "Denne dagen finnes ikke."),
        ({"sagt": ""}, "Skriv datoen."),
        ({"hvordan": ""}, "Velg hvor brukeren sa det."),
        ({"hvordan": "fjernsyn"}, "Velg hvor brukeren sa det."),
        ({"mot": ""}, "Velg hva brukeren klager på."),
        ({"mot": "vedtak:tull"}, "Velg hva brukeren klager på."),
        ({"hva": ""}, "Skriv det brukeren sa."),
        ({"hva": "x" * 10_002}, "2 tegn for lang"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(
    veileder: Klient, verden: Verden, vedtak: UUID, wrong: dict[str, str], said: str
) -> None:
    page = veileder.post(path(verden), told(vedtak, onske="Det jeg skrev", **wrong), 422).text
    assert said in page
    assert "Det jeg skrev" in page
    assert rows(Klage) == 0


def test_an_old_key_a_new_language_and_the_same_form_with_other_words(
    veileder: Klient, verden: Verden, vedtak: UUID
) -> None:
    sent = told(vedtak)
    assert "Beløpet er galt" in veileder.post(path(verden), sent, 422, key="gammel").text
    assert "Beløpet er galt" in veileder.post(path(verden), {**sent, "bytt_sprak": "nb"}, 200).text
    assert rows(Klage) == 0
    veileder.post(path(verden), sent)
    page = veileder.post(path(verden), {**sent, "hva": "Andre ord"}, 409).text
    assert "Andre ord" in page
    fresh = page.split('name="nokkel" value="')[1].split('"')[0]
    veileder.post(path(verden), {**sent, "hva": "Andre ord", "nokkel": fresh})
    assert rows(Klage) == 2


def test_without_a_vedtak_there_is_nothing_to_write_about(app: Flask, veileder: Klient, verden: Verden) -> None:
    assert "Registrer vedtaket først." in veileder.get(path(verden)).text
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    per.get(path(verden), 303)  # a reason first
    per.get(f"/veileder/bruker/{verden.jonas}/klage/muntlig")


def test_a_klage_that_was_typed_is_not_put_right(bruker: Klient, verden: Verden, vedtak: UUID) -> None:
    bruker.post(sti(vedtak), {"hva": "Feil", "handling": "send"})
    bruker.get(f"/klage/{the_one(verden).id}/rett", 404)


def test_it_is_in_the_copies_sealed(app: Flask, bruker: Klient, veileder: Klient, verden: Verden, vedtak: UUID) -> None:
    veileder.post(path(verden), told(vedtak, hva="SAGT-ORD", hvordan="kontor"))
    one = the_one(verden)
    bruker.post(f"/klage/{one.id}/rett", {"hva": "RETTET-ORD"})
    with reading() as db:
        assert b"ORD" not in db.scalars(select(Klageretting.innhold)).one()
    data = bruker.get("/innsyn/alt.json").json
    assert data is not None
    (held,) = data["klager"]
    assert one.nedtegnet is not None
    assert held["skrevet_ned"] == {"av": one.nedtegnet.ansatt_navn, "hvordan": "kontor", "sagt": "2026-11-23"}
    assert held["rettinger"][0]["hva"] == "RETTET-ORD"
    with app.test_request_context():
        shown = repr(dokument.blocks(data))
    got = PdfReader(io.BytesIO(bruker.get(f"/klage/{one.id}.pdf").data))
    for words in ("SAGT-ORD", "RETTET-ORD", one.nedtegnet.ansatt_navn, "På kontoret"):
        assert words in shown
        assert words in " ".join(page.extract_text() for page in got.pages)


def test_the_data_hold_that_it_was_told_before_it_was_written(app: Flask, verden: Verden, vedtak: UUID) -> None:
    with verk.formnokkel(app):
        typed = sendt(verden, vedtak)
        who, case = verk.kari(verden), verk.sak(verden)
        one = ids.new_id()
        fortalt = muntlig.Fortalt(Ord("Sagt", "", ""), date(2026, 11, 23), "kontor")
        muntlig.write_down(who, case, one, klagen(verden, typed).mal_type, vedtak, fortalt)
    columns = "kommune_id, id, bruker_id, klage_id, ansatt_id, hvordan, laget"
    for statement in (
        # of a klage that the bruker typed
        f"INSERT INTO klagenedtegning ({columns}, sagt) SELECT n.kommune_id, k.id, n.bruker_id, k.id, n.ansatt_id, "
        "n.hvordan, n.laget, n.sagt FROM klagenedtegning n JOIN klage k ON k.skrevet_av = 'bruker'",
        # on a day to come
        f"INSERT INTO klagenedtegning ({columns}, sagt) SELECT n.kommune_id, n.klage_id, n.bruker_id, n.klage_id, "
        "n.ansatt_id, n.hvordan, n.laget, '2026-11-26' FROM klagenedtegning n",
        # nothing was written down, so nothing is put right
        "INSERT INTO klageretting (kommune_id, id, bruker_id, klage_id, innhold, sprak, skrevet_av, laget) "
        "SELECT kommune_id, id, bruker_id, id, innhold, 'nb', 'bruker', laget FROM klage WHERE skrevet_av = 'bruker'",
    ):
        with pytest.raises(DBAPIError, match="out of order"), engines().write.begin() as connection:
            connection.execute(text(statement))
