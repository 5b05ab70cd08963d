"""The database itself keeps the order of U1, also against somebody who writes past the service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError

from tests.conftest import NOON
from tests.varsel import verk
from tests.verden import Verden
from webapp.platform import clock, ids
from webapp.platform.database import writing
from webapp.schema import APPEND_ONLY
from webapp.varsel import lesing, models
from webapp.varsel.vern import conditions

LATE = NOON + timedelta(days=40)


@pytest.fixture(autouse=True)
def _form(app: Flask) -> Iterator[None]:
    with verk.formnokkel(app):
        yield


def put(row: Any) -> None:
    with writing() as db:
        db.add(row)


def refused(row: Any) -> None:
    with pytest.raises(DBAPIError, match=r"out of order|CHECK|check|UNIQUE|unique"):
        put(row)


def key(verden: Verden, sak_id: UUID) -> dict[str, Any]:
    return {"id": ids.new_id(), "kommune_id": verden.kommune_id, "sak_id": sak_id, "ansatt_id": verden.kari}


def avgjorelse(verden: Verden, sak_id: UUID, laget: datetime = NOON, **changed: Any) -> models.Avgjorelse:
    """Written past the service: a decision with nothing taken, unless ``changed`` says more."""
    with writing() as db:
        rows = lesing.rows(db, verden.kommune_id, verden.amina, sak_id)
    fields = {
        "veiing_id": rows.veiinger[-1].id if rows.veiinger else ids.new_id(),
        "utfall": "ingen",
        "grunner": b"x",
        "tekst": b"x",
        "sha256": b"x",
        "sprak": "nb",
        "klagefrist": (laget + timedelta(days=21)).date(),
        "laget": laget,
    }
    return models.Avgjorelse(**key(verden, sak_id), **{**fields, **changed})


def u8(vedtak_id: UUID | None, **changed: Any) -> dict[str, Any]:
    fields = {
        "utfall": "reduksjon",
        "vedtak_id": vedtak_id,
        "belop": 1000,
        "fra": NOON.date(),
        "til": NOON.date() + timedelta(days=30),
        "familie_vurdert": True,
        "barn_vurdert": True,
        "nodvendig_dekket": True,
        "vurderinger": b"x",
    }
    return {**fields, **changed}


@pytest.mark.parametrize("make", [verk.notert, verk.varslet, verk.nadd, verk.uttalt])
def test_no_decision_before_it_is_weighed(verden: Verden, make: Callable[[Verden], UUID]) -> None:
    refused(avgjorelse(verden, make(verden), LATE))


def test_a_decision_when_everything_is_there(verden: Verden) -> None:
    put(avgjorelse(verden, verk.veid(verden)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"vedtak_id": None},
        {"belop": None},
        {"belop": 0},
        {"belop": -5},
        {"belop": 1501},  # more than the notice spoke of
        {"belop": 40_000},
        {"fra": None},
        {"til": None},
        {"til": NOON.date() - timedelta(days=1)},
        {"fra": NOON.date() - timedelta(days=9)},
        {"familie_vurdert": False},
        {"barn_vurdert": False},
        {"nodvendig_dekket": False},
        {"vurderinger": None},
        {"klagefrist": NOON.date()},
        {"laget": NOON - timedelta(seconds=1)},
    ],
)
def test_no_reduction_with_something_missing(verden: Verden, wrong: dict[str, Any]) -> None:
    sak_id = verk.veid(verden)
    new = verk.vedtak(verden, NOON.date())
    refused(avgjorelse(verden, sak_id, **{**u8(new), **wrong}))


def test_a_reduction_when_everything_is_there(verden: Verden) -> None:
    put(avgjorelse(verden, verk.veid(verden), **u8(verk.vedtak(verden, NOON.date()))))


def test_the_vedtak_is_another_new_and_the_brukers_own(verden: Verden) -> None:
    vilkar_id = verk.vilkaret(verden)
    early = verk.vedtak(verden, NOON.date(), laget=NOON - timedelta(days=2))
    old = verk.vedtak(verden, NOON.date() - timedelta(days=2))
    sak_id = verk.varslet(verden, vilkar_id=vilkar_id)
    verk.si(verden, sak_id, "barn")
    verk.vei(verden, sak_id)
    with writing() as db:
        stands_on = db.get_one(models.Varselsak, (verden.kommune_id, sak_id)).vilkarversjon_id
        own = db.scalar(text("select vedtak_id from vilkarversjon where id = :i").bindparams(i=_raw(db, stands_on)))
    for vedtak_id in (early, old, own if isinstance(own, UUID) else UUID(str(own)), ids.new_id()):
        refused(avgjorelse(verden, sak_id, **u8(vedtak_id)))


def _raw(db: Any, value: UUID) -> Any:
    return value.hex if db.get_bind().dialect.name == "sqlite" else value


def test_words_that_came_after_the_weighing_are_weighed_first(verden: Verden) -> None:
    sak_id = verk.veid(verden)
    with clock.frozen(NOON + timedelta(minutes=1)):
        verk.si(verden, sak_id, "transport")
    refused(avgjorelse(verden, sak_id, NOON + timedelta(minutes=2)))
    matter = verk.saken(verden, sak_id)
    for antall in (1, 3):  # a weighing that says it covers another number than there is
        refused(models.Veiing(**key(verden, sak_id), innhold=b"x", antall=antall, laget=matter.siste))


def test_an_unanswered_wish_and_time_that_runs_hold_it_back(verden: Verden) -> None:
    sak_id = verk.veid(verden)
    new = verk.vedtak(verden, NOON.date())
    verk.si(verden, sak_id, ord="", onsker=("tid",))
    refused(avgjorelse(verden, sak_id))
    verk.svar(verden, sak_id, dag=date(2026, 12, 20))
    refused(avgjorelse(verden, sak_id, **u8(new)))
    put(avgjorelse(verden, sak_id))


def test_found_work_and_a_closed_matter_are_never_reduced(verden: Verden) -> None:
    sak_id = verk.nadd(verden)
    verk.si(verden, sak_id, "fant_arbeid")
    said = verk.saken(verden, sak_id).uttalelser
    assert said
    refused(models.Veiing(**key(verden, sak_id), innhold=b"x", antall=1, laget=NOON))
    refused(avgjorelse(verden, sak_id))


@pytest.mark.parametrize("what", ["konsekvens", "reduksjon", "vist", "vist_etter"])
def test_no_notice_without_the_ground(verden: Verden, what: str) -> None:
    how: dict[str, dict[str, Any]] = {
        "konsekvens": {"konsekvens": False},
        "reduksjon": {"reduksjon": False},
        "vist": {"vist": None},
        "vist_etter": {"vist": NOON + timedelta(seconds=1)},
    }
    sak_id = verk.notert(verden, verk.vilkaret(verden, **how[what]))
    refused(notice(verden, sak_id))
    put(notice(verden, verk.notert(verden)))


def notice(verden: Verden, sak_id: UUID, **changed: Any) -> models.Forhandsvarsel:
    fields = {
        "innhold": b"x",
        "tekst": b"x",
        "sprak": "nb",
        "sha256": b"x",
        "belop": 100,
        "maneder": 1,
        "virkedager": 10,
        "tidligst": date(2026, 12, 8),
        "sendt": NOON,
    }
    return models.Forhandsvarsel(**key(verden, sak_id), **{**fields, **changed})


@pytest.mark.parametrize(
    "wrong",
    [
        {"tidligst": date(2026, 12, 1)},
        {"sendt": NOON - timedelta(seconds=1)},
        {"belop": 0},
        {"belop": 30_001},
        {"maneder": 13},
        {"virkedager": 9},
    ],
)
def test_a_notice_gives_time_and_is_not_back_dated(verden: Verden, wrong: dict[str, Any]) -> None:
    refused(notice(verden, verk.notert(verden), **wrong))


def test_arrival_and_more_time_never_shorten_anything(verden: Verden) -> None:
    sak_id = verk.varslet(verden)
    fine = {"hvordan": "telefon", "sprak": "nb", "frist": NOON + timedelta(days=15), "laget": NOON}
    for wrong in ({"frist": NOON + timedelta(days=5)}, {"laget": NOON - timedelta(days=3)}):
        refused(models.Varselnadd(**key(verden, sak_id), **{**fine, **wrong}))
    put(models.Varselnadd(**key(verden, sak_id), **fine))
    verk.si(verden, sak_id, ord="", onsker=("tid",))
    wish = verk.saken(verden, sak_id).onsker[0].id
    answer = {"onske_id": wish, "innvilget": True, "tekst": b"x", "laget": NOON}
    refused(models.Varselsvar(**key(verden, sak_id), **answer, ny_frist=NOON + timedelta(days=14)))
    put(models.Varselsvar(**key(verden, sak_id), **answer, ny_frist=NOON + timedelta(days=16)))


def test_nothing_is_said_before_there_is_a_notice_that_arrived(verden: Verden) -> None:
    def uttalelse(sak_id: UUID, laget: datetime = NOON) -> models.Uttalelse:
        return models.Uttalelse(
            id=ids.new_id(),
            kommune_id=verden.kommune_id,
            sak_id=sak_id,
            innhold=b"x",
            sha256=b"x",
            nummer=ids.new_id().hex[:9],
            sprak="nb",
            skrevet_av="bruker",
            fant_arbeid=False,
            for_sent=False,
            laget=laget,
        )

    for make in (verk.notert, verk.varslet):
        refused(uttalelse(make(verden)))
    sak_id = verk.nadd(verden)
    refused(uttalelse(sak_id, NOON - timedelta(seconds=1)))
    put(uttalelse(sak_id))


def test_the_matter_cannot_be_moved_back_or_to_another(verden: Verden) -> None:
    sak_id = verk.veid(verden)
    verk.avgjor(verden, sak_id)
    for values in (
        {"siste": NOON - timedelta(days=1)},
        {"tilstand": "veid"},
        {"bruker_id": verden.jonas},
        {"steg": 1},
        {"frist": NOON},
    ):
        with pytest.raises(DBAPIError, match="out of order"), writing() as db:
            db.execute(update(models.Varselsak).where(models.Varselsak.id == sak_id).values(**values))
    with pytest.raises(DBAPIError, match="out of order"), writing() as db:
        db.execute(text("delete from varselsak"))


def test_every_step_is_append_only_and_guarded(verden: Verden) -> None:
    steps = set(conditions("sqlite"))
    assert steps == set(conditions("postgresql")) <= set(APPEND_ONLY)
    sak_id = verk.veid(verden)
    verk.avgjor(verden, sak_id)
    for table in ("brudd", "forhandsvarsel", "varselnadd", "uttalelse", "veiing", "avgjorelse"):
        for statement in (f"delete from {table}", f"update {table} set kommune_id = kommune_id"):  # noqa: S608
            with pytest.raises(DBAPIError, match="append-only"), writing() as db:
                db.execute(text(statement))
