"""«Forklar enklere» on a notice and on an avgjørelse: says what is so now, and is no part of what was sent."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.klient import Klient
from tests.varsel import verk
from tests.verden import Verden
from webapp.platform import clock
from webapp.varsel.avgjore import Beslutning


@pytest.fixture
def sak_id(app: Flask, verden: Verden) -> UUID:
    """A notice that is sent and not opened."""
    with verk.formnokkel(app):
        return verk.varslet(verden)


def forklart(bruker: Klient, path: str) -> str:
    return bruker.get(path).text.partition('<details class="mer enkelt">')[2].partition("</details>")[0]


def test_a_notice(bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    shown = forklart(bruker, f"/varsel/{sak_id}")
    for words in ("Ingenting er bestemt ennå.", "Siste dag er tirsdag 8. desember 2026.", "tolk", "lange teksten"):
        assert words in shown
    notice = verk.saken(verden, sak_id).varsel
    assert notice is not None
    assert "Nav tenker på" not in repr(notice.tekst)


def test_a_last_day_that_has_been_is_not_named(bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    bruker.get(f"/varsel/{sak_id}")
    with clock.frozen(NOON + timedelta(days=40)):
        late = Klient(bruker.app).logg_inn_bruker(verden.kommune_id, verden.amina)
        shown = forklart(late, f"/varsel/{sak_id}")
    assert "Ingenting er bestemt ennå." in shown
    assert "Siste dag" not in shown


def test_a_reduction(app: Flask, bruker: Klient, verden: Verden, sak_id: UUID) -> None:
    bruker.get(f"/varsel/{sak_id}")
    with verk.formnokkel(app):
        verk.si(verden, sak_id, "sykdom")
        verk.vei(verden, sak_id)
        verk.avgjor(verden, sak_id, verk.reduksjon(verk.vedtak(verden, NOON.date())))
    assert forklart(bruker, f"/varsel/{sak_id}") == ""  # «ingenting er bestemt» would be wrong by now
    shown = forklart(bruker, f"/varsel/{sak_id}/avgjorelse")
    for words in ("Du får 1\xa0000 kroner mindre i måneden.", "Siste dag for å klage er tirsdag 15. desember 2026."):
        assert words in shown


@pytest.mark.parametrize("utfall", ["ingen", "endret", "hjelp"])
def test_every_other_outcome_says_that_no_money_is_lost(
    app: Flask, bruker: Klient, verden: Verden, sak_id: UUID, utfall: str
) -> None:
    bruker.get(f"/varsel/{sak_id}")
    with verk.formnokkel(app):
        verk.si(verden, sak_id, "sykdom")
        verk.vei(verden, sak_id)
        verk.avgjor(verden, sak_id, Beslutning(utfall, "Du var syk."))
    shown = forklart(bruker, f"/varsel/{sak_id}/avgjorelse")
    assert "Du mister ingen penger." in shown
    assert ("Siste dag for å klage" in shown) == (utfall == "endret")
