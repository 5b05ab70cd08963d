"""Taken in, tied, listed, opened: and what the database holds to."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from tests.conftest import NOON
from tests.sporringer import count
from tests.varsel import verk
from tests.vedlegg import filer
from tests.vedlegg.hjelp import SKJEMA, amina, kari, lagt_ved
from tests.verden import Verden
from webapp.identitet import rydding
from webapp.platform import clock, ids
from webapp.platform.database import reading, writing
from webapp.platform.sealing import SealBroken
from webapp.vedlegg import rules, service
from webapp.vedlegg.models import Vedlegg
from webapp.vedlegg.rules import Avvist, Grunn
from webapp.vedlegg.tekster import GRUNNER


def knytt(owner: service.Eier, *vedlegg_ids: object, til: object = None, skjema: str = SKJEMA) -> object:
    til = til or ids.new_id()
    with writing(unverified=True) as db:
        service.knytt(db, owner, "klage", til, list(vedlegg_ids), skjema)  # type: ignore[arg-type]
    return til


def liste(verden: Verden, til: object) -> list[service.Vedlagt]:
    return service.liste(verden.kommune_id, verden.amina, verden.seal(verden.amina), "klage", til)  # type: ignore[arg-type]


def test_what_is_kept_is_sealed_and_opens_for_its_owner_only(app: Flask, verden: Verden) -> None:
    one = lagt_ved(amina(verden))
    with reading() as db:
        row = db.execute(select(Vedlegg.navn, Vedlegg.innhold, Vedlegg.sha256, Vedlegg.storrelse)).one()
    assert b"brev" not in row.navn
    assert b"JFIF" not in row.innhold
    found, data = service.apne(verden.kommune_id, verden.amina, verden.seal(verden.amina), one)
    assert data.startswith(b"\xff\xd8\xff")
    assert found.navn == "brev.jpg"
    assert row.sha256 == hashlib.sha256(data).digest()
    assert row.storrelse == len(data)
    with pytest.raises(service.NotHere):
        service.apne(verden.kommune_id, verden.jonas, verden.seal(verden.jonas), one)
    with pytest.raises(SealBroken):
        service.apne(verden.kommune_id, verden.amina, verden.seal(verden.jonas), one)


def test_sent_twice_it_is_there_once(app: Flask, verden: Verden) -> None:
    one, owner = ids.new_id(), amina(verden)
    first = service.ta_imot(owner, one, SKJEMA, "a.png", filer.photo(50, 50, kind="PNG"))
    again = service.ta_imot(owner, one, SKJEMA, "a.png", filer.photo(50, 50, kind="PNG"))
    assert first == again
    assert len(service.ventende(owner, SKJEMA)) == 1
    with pytest.raises(service.NotHere):
        service.ta_imot(amina(verden, verden.jonas), one, SKJEMA, "a.png", filer.photo(50, 50))


def test_five_for_one_form_and_twenty_in_all(app: Flask, verden: Verden) -> None:
    owner, small = amina(verden), filer.pdf()
    for _ in range(5):
        lagt_ved(owner, small)
    with pytest.raises(Avvist) as refused:
        lagt_ved(owner, small)
    assert refused.value.grunn is Grunn.FOR_MANGE
    for n in range(15):
        lagt_ved(owner, small, f"/et-annet-skjema/{n // 5}")
    with pytest.raises(Avvist):
        lagt_ved(owner, small, "/et-tredje")
    lagt_ved(kari(verden), small)  # the office's are apart


def test_what_is_sent_is_tied_and_stays(app: Flask, verden: Verden) -> None:
    owner = amina(verden)
    one, other = lagt_ved(owner), lagt_ved(owner, filer.pdf())
    til = knytt(owner, one, other)
    assert [each.id for each in liste(verden, til)] == [one, other]
    assert service.ventende(owner, SKJEMA) == []
    knytt(owner, one, other, til=til)  # sent twice
    assert len(liste(verden, til)) == 2
    with pytest.raises(service.NotHere):
        service.fjern(owner, one)
    with pytest.raises(service.NotHere):
        knytt(owner, one)  # with something else as well: no


def test_nobody_elses_and_no_other_forms_files_are_taken_along(app: Flask, verden: Verden) -> None:
    theirs, hers = lagt_ved(amina(verden, verden.jonas)), lagt_ved(amina(verden))
    for owner, one, skjema in (
        (amina(verden), theirs, SKJEMA),
        (amina(verden), ids.new_id(), SKJEMA),
        (amina(verden), hers, "/annet"),
        (kari(verden), hers, SKJEMA),
    ):
        with pytest.raises(service.NotHere):
            knytt(owner, one, skjema=skjema)
    with pytest.raises(service.ForMange):
        knytt(amina(verden), *(ids.new_id() for _ in range(6)))


def test_the_database_refuses_to_change_a_file_and_to_remove_a_sent_one(app: Flask, verden: Verden) -> None:
    owner = amina(verden)
    one = lagt_ved(owner)
    with pytest.raises(DBAPIError), writing(unverified=True) as db:
        db.execute(update(Vedlegg).values(mime="application/pdf"))
    knytt(owner, one)
    with pytest.raises(DBAPIError), writing(unverified=True) as db:
        db.execute(delete(Vedlegg))
    with pytest.raises(DBAPIError), writing(unverified=True) as db:
        db.execute(text("UPDATE vedleggskobling SET opphav_type = 'x'"))


def test_what_was_never_sent_goes_after_a_month(app: Flask, verden: Verden) -> None:
    owner = amina(verden)
    lagt_ved(owner)
    sent = lagt_ved(owner)
    knytt(owner, sent)
    with clock.frozen(NOON + rules.KEPT_WAITING - timedelta(hours=1)):
        assert rydding.tidy()["vedlegg som ikke ble sendt"] == 0
    with clock.frozen(NOON + rules.KEPT_WAITING + timedelta(hours=1)):
        assert rydding.tidy()["vedlegg som ikke ble sendt"] == 1
    with reading() as db:
        assert list(db.scalars(select(Vedlegg.id))) == [sent]


def test_lists_need_one_query_however_many_there_are(app: Flask, verden: Verden) -> None:
    owner, small = amina(verden), filer.pdf()
    tied = [knytt(owner, lagt_ved(owner, small), lagt_ved(owner, small)) for _ in range(3)]
    with count(app) as queries:
        found = service.lister(owner.kommune_id, owner.bruker_id, owner.seal, "klage", tied)  # type: ignore[arg-type]
    assert len(queries) == 1
    assert [len(found[til]) for til in tied] == [2, 2, 2]  # type: ignore[index]
    assert "innhold" not in queries.statements[0]


def test_nobody_fills_the_disk_and_the_office_can_always_add_a_letter(
    app: Flask, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = filer.photo(60, 40)
    first = lagt_ved(amina(verden), data)
    size = service.ventende(amina(verden), SKJEMA)[0].storrelse
    monkeypatch.setattr(rules, "MOST_TOTAL", 2 * size)
    knytt(amina(verden), first)  # what is sent counts too
    lagt_ved(amina(verden), data)
    with pytest.raises(Avvist) as refused:
        lagt_ved(amina(verden), data)
    assert refused.value.grunn is Grunn.FULLT
    lagt_ved(kari(verden), data)
    lagt_ved(amina(verden, verden.jonas), data)
    with app.test_request_context():
        assert "Snakk med kontoret" in str(GRUNNER[Grunn.FULLT])


@pytest.mark.parametrize("typing", [None, "hjelper", "ansatt"])
def test_who_typed_is_kept_as_it_was(app: Flask, verden: Verden, typing: str | None) -> None:
    owner = service.eier(replace(verk.amina(verden), skriver=typing))
    lagt_ved(owner)
    assert service.ventende(owner, SKJEMA)[0].lagt_til_av == (typing or "bruker")
