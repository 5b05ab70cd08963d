"""Two workers at once: one person has one message on its way in a channel, so the same words are not sent twice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from alembic import command as alembic
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from tests.conftest import NOON
from tests.paminnelse.conftest import Posttjener, bevis, rader, vil_ha_epost
from tests.verden import Verden
from webapp.paminnelse import aktuelt, fordeling, ko, rules, samling, service, uttak
from webapp.paminnelse.aktuelt import Aktuelt
from webapp.paminnelse.arbeider import Arbeider
from webapp.platform import clock, database, ids, utboks
from webapp.platform.commands import alembic_config
from webapp.platform.database import writing
from webapp.platform.utboks import NONE, Hendelse, Kanal, Tilstand, Utboks

DUE = NOON + rules.GATHER
SECOND = timedelta(seconds=1)
DEAD = UUID(int=7)


@pytest.fixture
def begge(verden: Verden, monkeypatch: pytest.MonkeyPatch) -> Verden:
    """Two who want e-mail at any hour, and every room says that its news is still of interest."""
    rooms: dict[Hendelse, Aktuelt] = dict.fromkeys(Hendelse, aktuelt._always)
    monkeypatch.setattr(aktuelt, "_rooms", lambda: rooms)
    for bruker_id, name in ((verden.amina, "amina"), (verden.jonas, "jonas")):
        vil_ha_epost(verden.kommune_id, bruker_id, f"{name}@example.org", stille=(0, 0))
    return verden


def skjer(
    verden: Verden,
    hendelse: Hendelse = Hendelse.MERKNAD,
    bruker_id: UUID | None = None,
    *,
    kanal: Kanal = Kanal.FORDEL,
    mal_id: UUID = NONE,
) -> UUID:
    """Something to tell Amina, or another, of; returns what it is about."""
    ref, who = ids.new_id(), bruker_id or verden.amina
    when = {"straks": DUE}
    with writing(unverified=True) as db:
        utboks.legg(db, verden.kommune_id, hendelse, ref, when, bruker_id=who, kanal=kanal, mal_id=mal_id)
    return ref


def to_arbeidere(app: Flask, begun: threading.Event | None = None) -> None:
    """Both until there is nothing more to do; the second one starts when the first has ``begun``."""

    def work(number: int) -> None:
        if begun is not None and number:
            assert begun.wait(timeout=30)
        with app.app_context():
            Arbeider(service.settings()).drain()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))


def stand(ref: UUID, kanal: str = "epost") -> str:
    [row] = rader(ref=ref, kanal=kanal)
    return row.tilstand


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        (Hendelse.MERKNAD, Hendelse.NOTAT, 1),
        (Hendelse.VARSEL, Hendelse.MERKNAD, 1),
        (Hendelse.VARSEL, Hendelse.AVGJORELSE, 2),
    ],
)
def test_two_that_take_in_the_same_instant(
    app: Flask,
    begge: Verden,
    posttjener: Posttjener,
    monkeypatch: pytest.MonkeyPatch,
    first: Hendelse,
    second: Hendelse,
    number: int,
) -> None:
    """Each has looked at what else there is before the other one has written what it takes."""
    refs = []
    for seconds, what in enumerate((first, second)):
        refs.append(skjer(begge, what))
        with clock.frozen(DUE + seconds * SECOND):
            fordeling.distribute(begge.kommune_id, service.settings().kanaler)
    begun, meet, look = threading.Event(), threading.Barrier(2), samling.read

    def together(*what: Any) -> Any:
        found = look(*what)
        begun.set()
        with suppress(threading.BrokenBarrierError):  # SQLite lets one in at a time, and so do we
            meet.wait(timeout=1)
        return found

    monkeypatch.setattr(samling, "read", together)
    monkeypatch.setattr(uttak, "BATCH", 1)
    for minutes in (1, 3):
        with clock.frozen(DUE + timedelta(minutes=minutes)):
            to_arbeidere(app, begun)
    assert len(posttjener.post) == number
    assert sorted(map(stand, refs)) == ["avlyst"] * (2 - number) + ["sendt"] * number


def test_much_news_and_two_workers(
    app: Flask, begge: Verden, posttjener: Posttjener, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(12):
        for bruker_id in (begge.amina, begge.jonas):
            skjer(begge, bruker_id=bruker_id)
    monkeypatch.setattr(uttak, "BATCH", 3)
    for minutes in range(0, 20, 2):  # a batch in which all has been told is all that a worker does at a time
        with clock.frozen(DUE + timedelta(minutes=minutes)):
            to_arbeidere(app)
    assert sorted(mail["til"][0] for mail in posttjener.post) == ["amina@example.org", "jonas@example.org"]
    assert {row.tilstand for row in rader(kanal="epost")} == {"sendt", "avlyst"}


@pytest.mark.parametrize("handed_over", [False, True])
@pytest.mark.parametrize("kanal", [Kanal.EPOST, Kanal.PUSH])
def test_nobody_waits_for_a_dead_worker_longer_than_its_lease(
    begge: Verden, monkeypatch: pytest.MonkeyPatch, kanal: Kanal, *, handed_over: bool
) -> None:
    """What is told by itself waits too while another is being handed over, and goes when that is settled."""
    device = ids.new_id() if kanal is Kanal.PUSH else NONE
    monkeypatch.setattr("webapp.paminnelse.mottakere.Mottaker.address", lambda *_: "dit")

    def claim(worker: UUID) -> list[Any]:
        return uttak.claim(begge.kommune_id, worker, [kanal], "http://localhost").brev

    first = skjer(begge, kanal=kanal, mal_id=device)
    with clock.frozen(DUE):
        [letter] = claim(DEAD)
        if handed_over:
            ko.point(DEAD, letter)
    second = skjer(begge, Hendelse.VARSEL, kanal=kanal, mal_id=device)
    with clock.frozen(DUE + SECOND):
        assert claim(ids.new_id()) == []
    assert (stand(first, kanal), stand(second, kanal)) == ("sender" if handed_over else "tatt", "venter")
    with clock.frozen(DUE + rules.LEASE + SECOND):
        [letter] = claim(ids.new_id())
    assert letter.bevis is not None
    assert letter.bevis["ref"] == second
    after = "uviss" if handed_over and kanal is Kanal.EPOST else "venter"
    assert (stand(first, kanal), stand(second, kanal)) == (after, "tatt")


def settes(ref: UUID, tilstand: Tilstand) -> None:
    with writing(unverified=True) as db:
        held = {"tilstand": tilstand.value, "tatt_av": DEAD, "tatt_til": DUE}
        db.execute(update(Utboks).where(Utboks.ref == ref).values(**held))


@pytest.mark.parametrize("first", [Tilstand.TATT, Tilstand.SENDER])
@pytest.mark.parametrize("second", [Tilstand.TATT, Tilstand.SENDER])
def test_the_database_refuses_a_second_one_on_its_way(begge: Verden, first: Tilstand, second: Tilstand) -> None:
    phone = ids.new_id()
    settes(skjer(begge, kanal=Kanal.EPOST), first)
    refused = skjer(begge, Hendelse.VARSEL, kanal=Kanal.EPOST)
    with pytest.raises(IntegrityError):
        settes(refused, second)
    others: list[Callable[[], UUID]] = [
        lambda: skjer(begge, Hendelse.PROVE, kanal=Kanal.EPOST),  # asked for there and then
        lambda: skjer(begge, bruker_id=begge.jonas, kanal=Kanal.EPOST),
        lambda: skjer(begge, kanal=Kanal.PUSH, mal_id=phone),
        lambda: skjer(begge, kanal=Kanal.PUSH, mal_id=ids.new_id()),
    ]
    for other in others:
        settes(other(), second)


def test_down_and_up_with_several_on_their_way_to_one_person(app: Flask, begge: Verden) -> None:
    """What was taken goes back; what may have been handed over is settled as for a worker that is dead."""
    config = alembic_config(app.extensions["medvirk.settings"].database_url)
    phone = ids.new_id()
    ways = {"tatt": (Kanal.EPOST, NONE), "sender": (Kanal.EPOST, NONE), "push": (Kanal.PUSH, phone)}
    refs = {
        name: [skjer(begge, kanal=kanal, mal_id=device) for _number in range(3)]
        for name, (kanal, device) in ways.items()
    }
    sendt = skjer(begge, bruker_id=begge.jonas, kanal=Kanal.EPOST)
    database.engines().dispose()
    alembic.downgrade(config, "0023")
    try:
        for name, some in refs.items():
            for ref in some:
                settes(ref, Tilstand.TATT if name == "tatt" else Tilstand.SENDER)
        settes(sendt, Tilstand.SENDER)
        database.engines().dispose()
    finally:
        alembic.upgrade(config, "head")
    assert [stand(ref) for ref in refs["tatt"]] == ["venter"] * 3
    assert sorted(map(stand, refs["sender"])) == ["sender", "uviss", "uviss"]
    assert sorted(stand(ref, "push") for ref in refs["push"]) == ["sender", "venter", "venter"]
    assert stand(sendt) == "sender"
    assert [(line.resultat, line.kode, line.kanal) for line in bevis()] == [("uviss", "avbrutt", "epost")] * 2
    with pytest.raises(IntegrityError):
        settes(refs["tatt"][0], Tilstand.TATT)
