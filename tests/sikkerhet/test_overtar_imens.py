"""Somebody gets a bruker to follow up in the very moment in which they are blocked: one comes first, and both know."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.sikkerhet.test_rekkefolge import Holdt
from tests.varsel.verk import kari
from tests.verden import Verden
from webapp.identitet import ansvar, overforing, personal, tildelinger
from webapp.identitet.ansvar import Etterlatt
from webapp.identitet.overforing import Utfall
from webapp.identitet.rules import NotHere
from webapp.platform import access, audit, ids
from webapp.platform.access import Rolle
from webapp.platform.audit import Actor
from webapp.platform.database import reading

REASON = "Kari slutter"


def blocks(verden: Verden, ansatt_id: UUID) -> partial[Etterlatt | None]:
    return partial(personal.block, verden.kommune_id, ansatt_id, Actor("ansatt", verden.anna))


def hands_over(verden: Verden) -> partial[None]:
    seal = verden.seal(verden.amina)
    key = (verden.kommune_id, verden.amina)
    return partial(tildelinger.hand_over, *key, seal, verden.sara, REASON, kari(verden).actor)


def hands_over_many(verden: Verden) -> partial[Utfall]:
    anna = Actor("ansatt", verden.anna)
    personal.block(verden.kommune_id, verden.kari, anna)
    leif = access.Ansatt(verden.kommune_id, verden.leif, verden.nord, ids.new_id(), "nb", Rolle.LEDER, "Leif Test")
    return partial(overforing.hand_over_many, leif, [verden.amina], verden.sara, REASON)


def has_a_substitute(verden: Verden) -> partial[None]:
    key = (verden.kommune_id, verden.amina)
    return partial(tildelinger.set_substitute, *key, verden.sara, kari(verden).actor)


def without(verden: Verden) -> int:
    """How many have no veileder: the list of the leder."""
    with reading() as db:
        return db.scalar(select(func.count()).select_from(ansvar.without(verden.kommune_id))) or 0


def test_whoever_is_being_blocked_gets_nobody(app: Flask, verden: Verden, monkeypatch: pytest.MonkeyPatch) -> None:
    handed = hands_over(verden)
    stops = Holdt(monkeypatch, app, audit, "record", "ansatt_sperret")
    assert stops.both(blocks(verden, verden.sara), handed) == [Etterlatt(0, har_leder=False), NotHere]
    assert without(verden) == 0
    assert [one.id for one in tildelinger.following(verden.kommune_id, verden.amina)] == [verden.kari]


def test_nor_many_at_once(app: Flask, verden: Verden, monkeypatch: pytest.MonkeyPatch) -> None:
    handed, before = hands_over_many(verden), without(verden)
    stops = Holdt(monkeypatch, app, audit, "record", "ansatt_sperret")
    blocked, outcome = stops.both(blocks(verden, verden.sara), handed)
    assert blocked == Etterlatt(0, har_leder=False)
    assert outcome in (Utfall(0, 1), NotHere)  # on SQLite they were blocked before anybody looked
    assert without(verden) == before


def test_nor_is_a_substitute(app: Flask, verden: Verden, monkeypatch: pytest.MonkeyPatch) -> None:
    named = has_a_substitute(verden)
    stops = Holdt(monkeypatch, app, audit, "record", "ansatt_sperret")
    assert stops.both(blocks(verden, verden.sara), named) == [Etterlatt(0, har_leder=False), NotHere]
    assert [one.id for one in tildelinger.following(verden.kommune_id, verden.amina)] == [verden.kari]


def test_what_was_handed_over_just_before_is_told_to_whoever_blocks(
    app: Flask, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    stops = Holdt(monkeypatch, app, tildelinger, "assign")
    handed, blocked = stops.both(hands_over(verden), blocks(verden, verden.sara))
    assert handed is None
    assert blocked == Etterlatt(None, har_leder=False)  # one, and no number of so few (S5)
    assert without(verden) == 1
