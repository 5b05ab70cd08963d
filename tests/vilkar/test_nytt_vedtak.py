"""A changed vilkår stands on a vedtak of its own: none that it has stood on, no correction of one, and not an older."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.exc import DBAPIError

from tests.conftest import NOON
from tests.moter.avtaler import kari, sak
from tests.varsel.verk import formnokkel, ny_versjon
from tests.verden import Verden
from tests.vilkar.saker import FRIST, innhold, satt, vedtatt
from webapp.platform import clock, ids
from webapp.vilkar import service, vedtak


@pytest.fixture(autouse=True)
def _form(app: Flask) -> Iterator[None]:
    with formnokkel(app):
        yield


def change(verden: Verden, vilkar_id: UUID, versjon: int, vedtak_id: UUID) -> None:
    service.change(kari(verden), sak(verden), vilkar_id, versjon, vedtak_id, innhold(belop=20_000), FRIST)


def corrected(verden: Verden, vedtak_id: UUID) -> UUID:
    fakta = vedtak.one(verden.kommune_id, verden.amina, verden.seal(verden.amina), vedtak_id).fakta
    return vedtak.correct(kari(verden), sak(verden), vedtak_id, ids.new_id(), replace(fakta, nummer="2026/123 B"))


def refused(verden: Verden, vilkar_id: UUID, versjon: int, vedtak_id: UUID) -> None:
    with pytest.raises(service.SameVedtak):
        change(verden, vilkar_id, versjon, vedtak_id)
    with pytest.raises(DBAPIError, match="out of order"):
        ny_versjon(verden, vilkar_id, vedtak_id, versjon + 1, laget=clock.now())


def test_a_vedtak_that_is_not_new_changes_nothing(verden: Verden) -> None:
    with clock.frozen(NOON + timedelta(hours=1)):
        earlier, first = vedtatt(verden), vedtatt(verden)
    with clock.frozen(NOON + timedelta(hours=2)):
        vilkar_id = satt(verden, vedtak_id=first)
    with clock.frozen(NOON + timedelta(days=1)):
        for one in (first, corrected(verden, first), earlier, corrected(verden, earlier)):
            refused(verden, vilkar_id, 1, one)
        second = vedtatt(verden)
        change(verden, vilkar_id, 1, corrected(verden, second))
    with clock.frozen(NOON + timedelta(days=2)):
        for one in (first, second):  # back to one that was used before
            refused(verden, vilkar_id, 2, one)
        change(verden, vilkar_id, 2, vedtatt(verden))


def test_a_vedtak_with_an_older_date_changes_nothing(verden: Verden) -> None:
    vilkar_id = satt(verden)
    old = vedtatt(verden)
    fakta = vedtak.one(verden.kommune_id, verden.amina, verden.seal(verden.amina), old).fakta
    old = vedtak.register(kari(verden), sak(verden), ids.new_id(), replace(fakta, dato=date(2024, 11, 20)))
    with pytest.raises(service.SameVedtak):
        change(verden, vilkar_id, 1, old)
