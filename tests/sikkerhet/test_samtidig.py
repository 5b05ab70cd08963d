"""The same form sent twice at the same moment, as a double tap does: done once, and no error."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from tests.kartlegging.veileder_levert import som_bruker
from tests.klient import Klient
from tests.moter.avtaler import avtalt, kari
from tests.verden import Verden
from webapp.identitet import koder, nokler, service, tildelinger
from webapp.identitet.models import Engangskode
from webapp.identitet.rules import NotHere
from webapp.identitet.service import Profil
from webapp.moter import lesing as moter
from webapp.moter import stemme
from webapp.paminnelse import sammendrag
from webapp.platform import clock, ids
from webapp.platform.audit import SYSTEM, Hendelse
from webapp.platform.database import engines, reading
from webapp.telefon import service as telefon
from webapp.vilkar import utbetaling


def at_once(app: Flask, *what: Callable[[], Any]) -> list[Any]:
    """Each in a thread of its own, let go at the same moment; what they answered, or the exception's class."""
    ready = Barrier(len(what))

    def one(does: Callable[[], Any]) -> Any:
        with app.app_context():
            ready.wait()
            try:
                return does()
            except Exception as error:  # noqa: BLE001 -- which one it was is what is asked
                return type(error)

    with ThreadPoolExecutor(len(what)) as pool:
        return list(pool.map(one, what))


def somebody_waits(app: Flask) -> bool:
    """Whether somebody waits for a lock. SQLite's queue is not to be seen: whoever comes later finds the same there."""
    with app.app_context(), engines().read.connect() as db:
        waiting = text(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return db.dialect.name == "sqlite" or bool(db.scalar(waiting))


def logged(*types: str) -> int:
    with reading() as db:
        return db.scalar(select(func.count()).select_from(Hendelse).where(Hendelse.type.in_(types))) or 0


def test_a_profile_saved_twice_at_once_is_saved_once(app: Flask, verden: Verden) -> None:
    """And it stands once in the log: what changed is found out with the row held."""
    seal = verden.seal(verden.amina)
    for attempt in range(5):
        ready = Barrier(4)

        def save(name: str, ready: Barrier = ready) -> None:
            with app.app_context():
                ready.wait()
                profil = Profil(name, 1999)
                service.change_profile(verden.kommune_id, verden.amina, seal, profil, sprak="nb", by=SYSTEM)

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(save, [f"Amina Ny {attempt}"] * 4))
    with reading() as db:
        mine = (Hendelse.bruker_id == verden.amina, Hendelse.type == "bruker_endret")
        assert db.scalar(select(func.count()).select_from(Hendelse).where(*mine)) == 5
    assert service.person(verden.kommune_id, verden.amina, seal).profil.navn == "Amina Ny 4"


@pytest.mark.parametrize("room", ["bruker", "ansatt"])
def test_somebody_registered_twice_at_once_is_registered_once(app: Flask, verden: Verden, room: str) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    who, path, sent = {
        "bruker": (verden.kari, "/veileder/ny-bruker", {"sprak": "nb", "visning": "full"}),
        "ansatt": (verden.anna, "/veileder/ansatte/ny", {"rolle": "veileder", "kontor": str(verden.nord)}),
    }[room]
    browsers = [Klient(app).logg_inn_ansatt(verden.kommune_id, who) for _ in range(4)]
    before = logged("bruker_registrert", "ansatt_opprettet")
    for again in range(1, 4):
        form = {**sent, "navn": "Ali Oppdiktet", "nokkel": ids.new_id().hex}
        answers = at_once(app, *(partial(one.post, path, form) for one in browsers))
        assert len({answer.location for answer in answers}) == 1, answers
        assert logged("bruker_registrert", "ansatt_opprettet") == before + again


def test_two_sheets_made_at_once_are_one(app: Flask, verden: Verden) -> None:
    """The second ends the first, as it does a minute later."""
    who = som_bruker(verden)
    koder.new_sheet(who)
    for _ in range(5):
        at_once(app, *[lambda: koder.new_sheet(who)] * 3)
        with reading() as db:
            assert db.scalar(select(func.count()).select_from(Engangskode)) == 10


@pytest.mark.parametrize(
    "chooses",
    [
        lambda verden: telefon.answer(som_bruker(verden), "nei"),
        lambda verden: sammendrag.choose(kari(verden), pa=True, adresse="kari@example.no"),
        lambda verden: utbetaling.set_days(kari(verden), 10, 20),
    ],
)
def test_what_is_chosen_for_the_first_time_twice_at_once_is_chosen(
    app: Flask, verden: Verden, chooses: Callable[[Verden], Any]
) -> None:
    """There is no row yet that one could wait for."""
    assert at_once(app, *[partial(chooses, verden)] * 4) == [None] * 4


def test_somebody_deleted_at_once_is_deleted_once(app: Flask, verden: Verden) -> None:
    answers = at_once(app, *[lambda: nokler.delete_bruker(verden.kommune_id, verden.amina)] * 4)
    assert answers.count(NotHere) == 3
    assert logged("bruker_slettet") == 1


def test_who_waited_for_a_deletion_writes_nothing_after_it(app: Flask, verden: Verden) -> None:
    """S3: they had opened the case, or were signed in, when it began."""
    who, seal, by = som_bruker(verden), verden.seal(verden.amina), kari(verden).actor
    nokler.delete_bruker(verden.kommune_id, verden.amina)
    key, before = (verden.kommune_id, verden.amina), logged("bruker_overfort", "bruker_tildelt", "engangskoder_laget")
    for writes in (
        partial(koder.new_sheet, who),
        partial(tildelinger.hand_over, *key, seal, verden.per, "De bytter", by),
        partial(tildelinger.set_substitute, *key, verden.per, by),
    ):
        assert at_once(app, writes) == [NotHere]
    assert logged("bruker_overfort", "bruker_tildelt", "engangskoder_laget") == before
    assert tildelinger.following(*key) == []


def test_what_the_bruker_wants_to_take_up_and_a_handover_do_not_wait_for_each_other(app: Flask, verden: Verden) -> None:
    meetings = [avtalt(verden, clock.now() + timedelta(days=2, minutes=n)) for n in range(10)]
    key, by = (verden.kommune_id, verden.amina), kari(verden).actor
    for number, mote_id in enumerate(meetings):
        to = (verden.per, verden.kari)[number % 2]
        answers = at_once(
            app,
            partial(stemme.set_agenda, som_bruker(verden), mote_id, "Boligen min", ""),
            partial(tildelinger.hand_over, *key, verden.seal(verden.amina), to, "De bytter på", by),
        )
        assert type not in {type(answer) for answer in answers}, answers
    now = [moter.one(*key, verden.seal(verden.amina), mote_id).ansatt_id for mote_id in meetings]
    assert set(now) == {verden.kari}
