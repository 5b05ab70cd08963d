"""Rate limits count together on every server, and keep no address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import NOON
from tests.sikkerhet.test_samtidig import at_once
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


def test_tries_and_successes_at_once_from_one_address_never_break(app: Flask) -> None:
    """A library where some come in while others try: to begin anew is to remove the row that they are looking for."""

    def come_in() -> None:
        for _ in range(40):
            attempts.count("kode", "192.0.2.1", most=10_000, within=MINUTE)
            attempts.forget("kode", "192.0.2.1")

    assert at_once(app, *[come_in] * 6) == [None] * 6


def test_tries_at_once_are_all_counted(app: Flask) -> None:
    def guess() -> None:
        attempts.count("kode", "192.0.2.1", most=5, within=MINUTE)

    answers = at_once(app, *[guess] * 8)
    assert (answers.count(None), answers.count(TooMany)) == (5, 3)
    with clock.frozen(NOON + MINUTE):
        assert at_once(app, guess) == [None]
