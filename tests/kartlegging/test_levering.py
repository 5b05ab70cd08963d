"""Delivery: frozen (K7), once however often it is sent, and the clock starts (K8)."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from tests import sporringer
from tests.conftest import NOON
from tests.kartlegging.skjemaside import felter
from tests.klient import Klient
from tests.strenger import STRENGER
from tests.verden import Verden
from webapp.kartlegging import levering, rules, service, versjoner
from webapp.kartlegging.lagring import Endring
from webapp.kartlegging.levering import Kvittering
from webapp.kartlegging.models import Levering
from webapp.kartlegging.rules import Skriver
from webapp.kartlegging.skjema import SKJEMA, VERSJON
from webapp.kartlegging.skjema.validering import rens
from webapp.platform import access, audit, clock, ids
from webapp.platform.database import engines, reading, writing

SE_OVER = "/kartlegging/se-over"


def hvem(bruker: Klient) -> access.Bruker:
    assert isinstance(bruker.who, access.Bruker)
    return bruker.who


def skriv(bruker: Klient, answers: dict[str, Any], skrevet_av: str = "bruker") -> None:
    """Answers, on top of what stands there."""
    who = hvem(bruker)
    now = service.all_answers(who.kommune_id, who.id, who.seal)
    changes = []
    for ident, given in answers.items():
        start = (now[ident].versjon, now[ident].merke) if ident in now else (0, "")
        verdi, vil_ikke = ("", True) if given is None else (given, False)
        changes.append(Endring(ident, verdi, vil_ikke, *start))
    writer = Skriver(skrevet_av, "nb")
    saved = service.save(who.kommune_id, who.id, who.seal, writer, None, changes, unverified=True)
    assert not saved.feil
    assert not saved.konflikt


def lever(bruker: Klient, nokkel: str | None = None) -> Kvittering:
    return levering.deliver(hvem(bruker), nokkel or ids.new_id().hex)


def les(bruker: Klient, levering_id: UUID) -> versjoner.Innhold:
    who = hvem(bruker)
    return versjoner.read(who.kommune_id, who.id, who.seal, levering_id)


def test_the_road_through_the_pages(bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten", "bolig.situasjon": "eier", "bolig.trivsel": None})
    page = bruker.get(SE_OVER).text
    assert "Utsikten" in page
    assert "Jeg eier boligen" in page
    assert "spørsmål står åpne" in page
    answer = bruker.post(SE_OVER, {"nokkel": "0" * 32})
    receipt = bruker.follow(answer).text
    assert "Kartleggingen er levert" in receipt
    assert "tirsdag 8. desember" in receipt, "K8: 14 days to a conversation"
    assert "torsdag 24. desember" in receipt, "K8: 30 days to a plan step"
    assert "2 svar og 1 «vil ikke svare»" in receipt
    nummer = answer.location.rsplit("/", 1)[1]
    frozen = bruker.get(f"/kartlegging/leverte/{nummer}").text
    assert "Utsikten" in frozen
    assert "Vil ikke svare" in frozen
    assert nummer in bruker.get("/kartlegging/leverte/").text


def test_k7_everything_that_a_version_is_made_of(bruker: Klient, verden: Verden) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten", "bolig.hvem": ["barn"]})
    receipt = lever(bruker)
    content = les(bruker, receipt.id)
    assert (content.versjon, content.forrige_id, content.sprak, content.visning) == (1, None, "nb", "full")
    assert (content.skjema_versjon, content.levert) == (VERSJON, NOON)
    assert content.svar["bolig.fungerer"] == versjoner.LevertSvar("Utsikten", False, "nb", "bruker")
    assert content.svar["bolig.hvem"].verdi == ["barn"]
    assert list(content.svar) == [sporsmal.id for sporsmal in SKJEMA.alle() if sporsmal.id in content.svar]


def test_the_hash_is_of_the_stored_text_and_salted(bruker: Klient, verden: Verden, app: Flask) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    receipt = lever(bruker)
    with reading() as db:
        row = db.scalars(select(Levering)).one()
    stored = verden.seal(verden.amina).open(row.innhold, versjoner.place(row))
    assert hashlib.sha256(stored.encode()).digest() == receipt.sha256 == row.sha256
    content = json.loads(stored)
    assert len(bytes.fromhex(content["salt"])) == 16
    assert stored == json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert b"Utsikten" not in row.innhold


def test_the_number_can_be_read_on_the_phone(bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    nummer = lever(bruker).nummer
    assert len(nummer) == 9
    assert nummer[4] == "-"
    for typed in (nummer, nummer.lower(), nummer.replace("-", ""), f" {nummer} "):
        bruker.get(f"/kartlegging/kvittering/{typed}")


def test_sent_twice_is_delivered_once(bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    first, second = (bruker.post(SE_OVER, {"nokkel": "a" * 32}) for _ in range(2))
    assert first.location == second.location
    skriv(bruker, {"bolig.fungerer": "Utsikten og roen"})
    again = bruker.post(SE_OVER, {"nokkel": "a" * 32})
    assert again.location == SE_OVER, "the key is spent, and that page did not show this answer"
    page = bruker.follow(again).text
    assert "Du har endret svar etter at du leverte." in page
    assert "Utsikten og roen" in page
    assert bruker.post(SE_OVER, {"nokkel": "b" * 32}).location != first.location
    assert len(versjoner.versions(hvem(bruker).kommune_id, hvem(bruker).id)) == 2
    assert bruker.post(SE_OVER, {"nokkel": "a" * 32}).location == first.location, "nothing is changed since the last"


def test_nothing_new_gives_the_receipt_there_is(bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    first = lever(bruker)
    again = lever(bruker)
    assert (first.ny, again.ny) == (True, False)
    assert replace(first, ny=False) == again
    assert "levert før" in bruker.follow(bruker.post(SE_OVER, {"nokkel": "c" * 32})).text


@pytest.mark.parametrize("nokkel", ["", "x", "æ" * 500, "\x00", "'; DROP TABLE levering; --"])
def test_whatever_key_a_page_sends(nokkel: str, bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    for _ in range(2):
        bruker.post(SE_OVER, {"nokkel": nokkel})
    assert len(versjoner.versions(hvem(bruker).kommune_id, hvem(bruker).id)) == 1


def test_two_presses_at_the_same_moment(bruker: Klient, app: Flask) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    receipts, errors = [], []

    def press() -> None:
        try:
            with app.app_context():
                receipts.append(lever(bruker, "d" * 32).nummer)
        except Exception as error:  # noqa: BLE001 -- shown by the main thread
            errors.append(error)

    presses = [threading.Thread(target=press) for _ in range(4)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert errors == []
    assert len(receipts) == 4
    assert len(set(receipts)) == 1


def test_k7_a_change_is_a_new_version_that_points_to_the_earlier(bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    first = lever(bruker)
    skriv(bruker, {"bolig.fungerer": "Roen"})
    second = lever(bruker)
    assert (second.versjon, second.forrige_id) == (2, first.id)
    assert les(bruker, first.id).svar["bolig.fungerer"].verdi == "Utsikten", "the earlier one stands"
    page = bruker.get(f"/kartlegging/sammenlign/{first.nummer}/{second.nummer}").text
    assert "<del>" in page
    assert "<ins>" in page
    other_way = bruker.get(f"/kartlegging/sammenlign/{second.nummer}/{first.nummer}").text
    assert page.split("<main")[1].split("<footer")[0] == other_way.split("<main")[1].split("<footer")[0], (
        "the older one is always the one compared from"
    )
    assert "Ingenting er endret" in bruker.get(f"/kartlegging/sammenlign/{second.nummer}/{second.nummer}").text


def test_k7_the_database_itself_refuses_to_change_a_delivered_version(bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    lever(bruker)
    for statement in (
        "UPDATE levering SET visning = 'kort'",
        "UPDATE levering SET innhold = sha256",
        "DELETE FROM levering",
    ):
        with pytest.raises(DatabaseError, match="append-only"), engines().write.begin() as connection:
            connection.execute(text(statement))


def test_a_moved_or_changed_version_does_not_open(bruker: Klient, verden: Verden) -> None:
    who = hvem(bruker)
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    receipt = lever(bruker)
    with pytest.raises(LookupError):
        versjoner.read(who.kommune_id, verden.jonas, who.seal, receipt.id)
    with pytest.raises(LookupError):
        versjoner.read(verden.annen_kommune_id, who.id, who.seal, receipt.id)


def test_k7_a_clock_that_is_set_back_hides_no_change(bruker: Klient, app: Flask, verden: Verden) -> None:
    """Before and after a delivery goes by their order, not by a clock that somebody has put right."""
    skriv(bruker, {"bolig.mer": "Først"})
    with clock.frozen(NOON - timedelta(minutes=20)):
        lever(bruker)
        assert "Det er skrevet noe siden du leverte" not in bruker.get("/kartlegging/").text
        first = versjoner.versions(verden.kommune_id, verden.amina)[0].levert
    with clock.frozen(NOON - timedelta(minutes=40)):
        for words in ("Så", "Så dette"):  # the long road, and the short one
            skriv(bruker, {"bolig.mer": words})
            state = service.state(verden.kommune_id, verden.amina)
            assert state is not None
            assert rules.written_since(state.levert, state.endret)
            (answer,) = service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina)).values()
            assert rules.written_since(state.levert, answer.endret)
        lever(bruker)
    newest, oldest = versjoner.versions(verden.kommune_id, verden.amina)
    assert newest.levert > oldest.levert == first
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert not rules.written_since(state.levert, state.endret)


def test_k8_the_clock_runs_and_is_not_set_back_by_a_new_version(bruker: Klient, app: Flask) -> None:
    who = hvem(bruker)
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    lever(bruker)
    with clock.frozen(NOON + timedelta(days=5)):
        skriv(bruker, {"bolig.fungerer": "Roen"})
        second = lever(bruker)
    state = service.state(who.kommune_id, who.id)
    assert state is not None
    assert state.samtale_frist == second.samtale_frist == date(2026, 12, 8)
    assert state.plan_frist == second.plan_frist == date(2026, 12, 24)
    with writing(unverified=True) as db:
        service.conversation_held(db, who.kommune_id, who.id, NOON + timedelta(days=6))
    with clock.frozen(NOON + timedelta(days=20)):
        skriv(bruker, {"bolig.fungerer": "Alt"})
        third = lever(bruker)
    assert third.samtale_frist == date(2026, 12, 28), "it had been met, so it starts again"
    assert third.plan_frist == date(2026, 12, 24), "it is still running"
    state = service.state(who.kommune_id, who.id)
    assert state is not None
    assert state.samtale_holdt is None
    assert state.mini_frist == date(2026, 12, 14) + timedelta(days=365)


def test_k8_days_are_norwegian_days(bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    with clock.frozen(NOON.replace(hour=23, minute=30)):  # half past midnight in Oslo
        assert lever(bruker).samtale_frist == date(2026, 12, 9)


@pytest.mark.parametrize(
    ("delivered", "talk", "step"),
    [
        (date(2026, 11, 28), date(2026, 12, 14), date(2026, 12, 28)),  # both end in a weekend
        (date(2026, 12, 2), date(2026, 12, 16), date(2027, 1, 4)),  # New Year's Day, a Friday
        (date(2026, 12, 11), date(2026, 12, 28), date(2027, 1, 11)),  # Christmas Day, and a Sunday
        (date(2027, 3, 11), date(2027, 3, 30), date(2027, 4, 12)),  # Maundy Thursday: the next one is after Easter
        (date(2027, 5, 3), date(2027, 5, 18), date(2027, 6, 2)),  # the seventeenth of May, a Monday
    ],
)
def test_k8_no_deadline_falls_on_a_day_when_the_kontor_is_closed(
    bruker: Klient, app: Flask, verden: Verden, delivered: date, talk: date, step: date
) -> None:
    moment = NOON.replace(year=delivered.year, month=delivered.month, day=delivered.day)
    with clock.frozen(moment):
        later = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        skriv(later, {"bolig.fungerer": "Utsikten"})
        receipt = lever(later)
    assert (receipt.samtale_frist, receipt.plan_frist) == (talk, step)


def test_k2_declined_answers_are_not_handed_over(bruker: Klient) -> None:
    who = hvem(bruker)
    skriv(bruker, {"bolig.fungerer": "hemmelig", "bolig.mer": "åpent"})
    now = service.all_answers(who.kommune_id, who.id, who.seal)["bolig.fungerer"]
    decline = Endring("bolig.fungerer", "hemmelig", True, now.versjon, now.merke)
    service.save(who.kommune_id, who.id, who.seal, Skriver("bruker", "nb"), "bolig", [decline], unverified=True)
    assert "blir ikke levert" in bruker.get(SE_OVER).text
    content = les(bruker, lever(bruker).id)
    assert content.svar["bolig.fungerer"] == versjoner.LevertSvar("", True, "nb", "bruker")
    assert service.all_answers(who.kommune_id, who.id, who.seal)["bolig.fungerer"].verdi == "hemmelig"


def test_k11_what_we_cannot_read_is_delivered_as_typed(bruker: Klient) -> None:
    skriv(bruker, {"bolig.utgift": "altfor mye", "bolig.flytte-dato": "i sommer"})
    page = bruker.get(SE_OVER).text
    assert "Vi kunne ikke lese 2 av svarene" in page
    assert "Skriv beløpet med tall" in page
    receipt = lever(bruker)
    assert les(bruker, receipt.id).svar["bolig.utgift"].verdi == "altfor mye"
    assert "altfor mye" in bruker.get(f"/kartlegging/leverte/{receipt.nummer}").text


def test_only_a_text_that_is_too_long_stops_it(bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "x" * 10_001, "bolig.mer": "kort"})
    assert "for langt til å leveres" in bruker.get(SE_OVER).text
    page = bruker.post(SE_OVER, {"nokkel": "e" * 32}, 422).text
    assert "Teksten er 1 tegn for lang" in page
    assert felter(page.replace('<form method="post">', '<form id="lever">'), "lever")["nokkel"] == ["e" * 32]
    skriv(bruker, {"bolig.fungerer": "x" * 10_000})
    bruker.post(SE_OVER, {"nokkel": "e" * 32})


def test_nothing_to_deliver(bruker: Klient) -> None:
    assert "ingenting å levere" in bruker.get(SE_OVER).text
    assert "ingenting å levere" in bruker.post(SE_OVER, {"nokkel": "f" * 32}, 422).text
    skriv(bruker, {"bolig.fungerer": "   "})
    bruker.post(SE_OVER, {"nokkel": "f" * 32}, 422)


def test_a_stale_form_key_asks_once_more(bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    bruker.get(SE_OVER)
    page = bruker.post(SE_OVER, {"nokkel": "a" * 32}, 200, key="for gammel").text
    assert "én gang til" in page
    assert "a" * 32 in page
    bruker.post(SE_OVER, {"nokkel": "a" * 32})


def test_k1_who_typed_stands_in_the_version(bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"}, skrevet_av="hjelper")
    receipt = lever(bruker)
    assert les(bruker, receipt.id).svar["bolig.fungerer"].skrevet_av == "hjelper"
    assert "Skrevet av en hjelper" in bruker.get(f"/kartlegging/leverte/{receipt.nummer}").text


def test_every_string_survives_to_the_receipt(bruker: Klient) -> None:
    texts = [s for s in SKJEMA.alle() if s.type.value == "tekst"]
    sent = {s.id: typed for s, typed in zip(texts, STRENGER.values(), strict=False) if len(typed) <= 10_000}
    skriv(bruker, sent)
    receipt = lever(bruker)
    svar = les(bruker, receipt.id).svar
    assert {ident: svar[ident].verdi for ident in sent} == {ident: rens(typed) for ident, typed in sent.items()}
    bruker.get(SE_OVER)
    bruker.get(f"/kartlegging/leverte/{receipt.nummer}")
    pdf = bruker.get(f"/kartlegging/kvittering/{receipt.nummer}.pdf")
    assert pdf.data.startswith(b"%PDF")
    assert pdf.headers["Content-Disposition"] == f'attachment; filename="dokument-{receipt.nummer}.pdf"'


def test_somebody_elses_number_is_not_found(bruker: Klient, app: Flask, verden: Verden) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    nummer = lever(bruker).nummer
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    annen = Klient(app).logg_inn_bruker(verden.annen_kommune_id, verden.annen_bruker)
    for other in (jonas, annen):
        for path in (
            f"/kartlegging/kvittering/{nummer}",
            f"/kartlegging/kvittering/{nummer}.pdf",
            f"/kartlegging/leverte/{nummer}",
            f"/kartlegging/sammenlign/{nummer}/{nummer}",
        ):
            other.get(path, 404)
    for strange in ("x", "ÆØÅ", "M7K4-QX3P", "1" * 3000, "%F0%9F%91%8D", str(uuid4())):
        bruker.get(f"/kartlegging/kvittering/{strange}", 404)


def test_the_log_says_that_it_was_delivered(bruker: Klient) -> None:
    who = hvem(bruker)
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    receipt = lever(bruker)
    with reading() as db:
        events = db.scalars(select(audit.Hendelse).where(audit.Hendelse.type == "kartlegging_levert")).all()
    assert audit.verify(who.kommune_id) == []
    assert [event.innhold for event in events] == [{"levering_id": str(receipt.id), "nummer": receipt.nummer}]


def test_lists_and_reading_need_few_queries(bruker: Klient, app: Flask) -> None:
    for nr in range(4):
        skriv(bruker, {"bolig.fungerer": f"Utsikten {nr}"})
        receipt = lever(bruker)
    counts = {}
    for path in (SE_OVER, "/kartlegging/leverte/", f"/kartlegging/leverte/{receipt.nummer}"):
        with sporringer.count(app) as found:
            bruker.get(path)
        counts[path] = len(found)
    assert list(counts.values()) == [5, 2, 6]  # … what was delivered, which «se over» may have to say something of (K7)
