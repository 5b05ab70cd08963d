"""Rate limits count together on every server, and keep no address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import NOON
from webapp.platform import attempts, clock
from webapp.platform.attempts import TooMany
from webapp.platform.database import reading

MINUTE = timedelta(minutes=1)


def test_the_limit_holds_and_says_how_long(app: Flask) -> None:
    for _ in range(3):
        attempts.count("kode", "192.0.2.1", most=3, within=MINUTE)
    with pytest.raises(TooMany) as raised:
        attempts.count("kode", "192.0.2.1", most=3, within=MINUTE)
    assert 0 < raised.value.retry_after <= 61
    attempts.count("kode", "192.0.2.2", most=3, within=MINUTE)
    attempts.count("annet", "192.0.2.1", most=3, within=MINUTE)


def test_it_opens_again_after_the_window_and_after_success(app: Flask) -> None:
    for _ in range(3):
        attempts.count("kode", "a", most=3, within=MINUTE)
    with clock.frozen(NOON + MINUTE):
        attempts.count("kode", "a", most=3, within=MINUTE)
    attempts.forget("kode", "a")
    attempts.count("kode", "a", most=1, within=MINUTE)


def test_sweep_removes_old_counters_only(app: Flask) -> None:
    attempts.count("kode", "a", most=3, within=MINUTE)
    assert attempts.sweep(MINUTE) == 0
    with clock.frozen(NOON + timedelta(hours=1)):
        assert attempts.sweep(MINUTE) == 1


def test_no_address_is_stored(app: Flask) -> None:
    attempts.count("kode", "192.0.2.1", most=3, within=MINUTE)
    with reading() as db:
        assert b"192.0.2" not in db.scalars(select(attempts.Forsok.nokkel)).one()
