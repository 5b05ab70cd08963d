"""A rendering is written once, stands as it was written, and is read in one query. Whatever is done at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from alembic import command as alembic
from flask import Flask
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from tests.conftest import NOON
from tests.sporringer import count
from tests.tolking import ord as egne
from tests.varsel import verk
from tests.verden import Verden
from webapp.platform import audit, clock, database, ids
from webapp.platform.audit import Hendelse, UndeclaredEvent
from webapp.platform.commands import alembic_config
from webapp.platform.database import engines, reading, writing
from webapp.tolking import kilder, service
from webapp.tolking.models import Gjengivelse
from webapp.tolking.rules import Nokkel
from webapp.tolking.service import Ord


@pytest.fixture(autouse=True)
def _form(app: Flask) -> Iterator[None]:
    with verk.formnokkel(app):
        yield


@pytest.fixture
def kilde(verden: Verden) -> Nokkel:
    """A klage in Somali."""
    return "klage", egne.klaget(verden), ""


def skriv(verden: Verden, kilde: Nokkel, tekst: str, tolk: str = "") -> None:
    service.write(verk.kari(verden), verk.sak(verden), ids.new_id(), kilde, Ord(tekst, tolk))


def lest(verden: Verden, kilde: Nokkel) -> list[service.Gjengitt]:
    found = service.beside(verden.kommune_id, verden.amina, verden.seal(verden.amina), [kilde[1]])
    return found.get(kilde, [])


def test_they_stand_in_order_with_who_wrote_them_down(app: Flask, verden: Verden, kilde: Nokkel) -> None:
    skriv(verden, kilde, "Beløpet er feil", "Yusuf")
    with clock.frozen(NOON + timedelta(hours=1)):
        skriv(verden, kilde, "Pengene er feil")
    with count(app) as queries:
        first, second = lest(verden, kilde)
    assert len([one for one in queries.statements if "FROM gjengivelse" in one]) == 1
    assert (first.tekst, first.tolk, first.ansatt_navn, first.laget) == ("Beløpet er feil", "Yusuf", "Kari Test", NOON)
    assert (second.tekst, second.tolk) == ("Pengene er feil", "")
    with reading() as db:
        row = db.scalars(select(Gjengivelse)).first()
    assert row is not None
    assert b"feil" not in row.tekst
    assert b"Yusuf" not in row.tolk
    assert not audit.verify(verden.kommune_id)


def test_a_clock_that_was_moved_back_does_not_turn_the_order(verden: Verden, kilde: Nokkel) -> None:
    skriv(verden, kilde, "Først")
    with clock.frozen(NOON - timedelta(hours=3)):
        skriv(verden, kilde, "Så")
    assert [one.tekst for one in lest(verden, kilde)] == ["Først", "Så"]
    assert min(one.laget for one in lest(verden, kilde)) == NOON


def test_the_key_of_one_form_hides_nothing_written_in_another(verden: Verden, kilde: Nokkel) -> None:
    """A key that was used for other words, or for another bruker's, takes nothing away."""
    other: Nokkel = ("klagetillegg", egne.lagt_til(verden, kilde[1]), "")
    key, words = ids.new_id(), Ord("Det samme", "")
    for where in (kilde, other, kilde, other):
        service.write(verk.kari(verden), verk.sak(verden), key, where, words)
    assert [len(lest(verden, where)) for where in (kilde, other)] == [1, 1]


def test_another_interpreter_saying_the_same_is_another_rendering(verden: Verden, kilde: Nokkel) -> None:
    key = ids.new_id()
    for tolk in ("Yusuf", "Asha"):
        service.write(verk.kari(verden), verk.sak(verden), key, kilde, Ord("Det samme", tolk))
    assert [one.tolk for one in lest(verden, kilde)] == ["Yusuf", "Asha"]


def test_sent_twice_at_the_same_moment_it_stands_once(app: Flask, verden: Verden, kilde: Nokkel) -> None:
    key, ready, case, who = ids.new_id(), Barrier(4), verk.sak(verden), verk.kari(verden)

    def send(_n: int) -> None:
        with app.app_context():
            ready.wait()
            service.write(who, case, key, kilde, Ord("Det samme", ""))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(4)))
    assert len(lest(verden, kilde)) == 1
    with reading() as db:
        logged = select(func.count()).select_from(Hendelse).where(Hendelse.type == "gjengivelse_skrevet")
        assert db.scalar(logged) == 1


def test_the_service_asks_whose_words_they_are(verden: Verden, kilde: Nokkel) -> None:
    theirs = verk.sak(verden, bruker_id=verden.jonas)
    with pytest.raises(kilder.NotHere):
        service.write(verk.kari(verden, verden.per), theirs, ids.new_id(), kilde, Ord("x", ""))
    for wrong in (("klage", kilde[1], "bolig.mer"), ("uttalelse", kilde[1], ""), ("brev", kilde[1], "")):
        with pytest.raises(kilder.NotHere):
            skriv(verden, wrong, "x")
    with reading() as db:
        assert db.scalar(select(func.count()).select_from(Gjengivelse)) == 0


@pytest.mark.parametrize("statement", ["UPDATE gjengivelse SET felt = felt", "DELETE FROM gjengivelse"])
def test_the_database_lets_nobody_change_it(verden: Verden, kilde: Nokkel, statement: str) -> None:
    skriv(verden, kilde, "Beløpet er feil")
    with pytest.raises(DBAPIError, match="append-only"), engines().write.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(("kilde_type", "felt"), [("levering", ""), ("klage", "bolig.mer"), ("brev", "")])
def test_the_database_knows_what_has_a_question(verden: Verden, kilde_type: str, felt: str) -> None:
    row = Gjengivelse(
        id=ids.new_id(), kommune_id=verden.kommune_id, bruker_id=verden.amina, kilde_type=kilde_type,
        kilde_id=ids.new_id(), felt=felt, ansatt_id=verden.kari, tekst=b"x", tolk=b"x", laget=NOON,
    )  # fmt: skip
    with pytest.raises(DBAPIError, match=r"CHECK|check"), writing() as db:
        db.add(row)


def test_the_log_holds_no_words(verden: Verden, kilde: Nokkel) -> None:
    with pytest.raises(UndeclaredEvent), writing() as db:
        audit.record(db, verden.kommune_id, "gjengivelse_skrevet", audit.SYSTEM, tekst="x")
    skriv(verden, kilde, "Beløpet er feil", "Yusuf")
    with reading() as db:
        logged = db.scalars(select(Hendelse).where(Hendelse.type == "gjengivelse_skrevet")).one()
    assert logged.innhold.keys() == {"gjengivelse_id", "kilde"}


def test_the_table_goes_down_and_up_with_rows_in_it(app: Flask, verden: Verden, kilde: Nokkel) -> None:
    skriv(verden, kilde, "Beløpet er feil")
    url = app.extensions["medvirk.settings"].database_url
    config = alembic_config(url)
    database.engines().dispose()
    try:
        alembic.downgrade(config, "0016")
        with engines().read.connect() as connection:
            assert "gjengivelse" not in inspect(connection).get_table_names()
            assert connection.execute(text("SELECT count(*) FROM klage")).scalar() == 1
    finally:
        database.engines().dispose()
        alembic.upgrade(config, "head")
    assert lest(verden, kilde) == []
    skriv(verden, kilde, "På nytt")
    with pytest.raises(DBAPIError, match="append-only"), engines().write.begin() as connection:
        connection.execute(text("DELETE FROM gjengivelse"))
