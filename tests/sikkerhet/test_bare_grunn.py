"""S1: a stated reason lets somebody read. It makes no way in to the bruker's pages, and takes no bruker over."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from flask import Flask

from tests.klient import Klient
from tests.verden import Verden


def with_reason(app: Flask, verden: Verden, who: UUID) -> Klient:
    klient = Klient(app).logg_inn_ansatt(verden.kommune_id, who)
    klient.post(f"/veileder/apne/{verden.amina}", {"grunn": "Kari er syk, og Amina ringte."})
    klient.get(f"/veileder/bruker/{verden.amina}/")
    return klient


@pytest.mark.parametrize("page", ["invitasjon", "overfor"])
def test_a_reason_is_not_an_assignment(app: Flask, verden: Verden, page: str) -> None:
    per = with_reason(app, verden, verden.per)
    address = f"/veileder/bruker/{verden.amina}/{page}"
    assert address not in per.get(f"/veileder/bruker/{verden.amina}/").text
    per.get(address, 404)
    per.post(address, {"til": str(verden.per), "grunn": "Jeg tar over"}, 404)


def test_nor_to_revoke_or_to_name_a_substitute(app: Flask, verden: Verden) -> None:
    per = with_reason(app, verden, verden.per)
    per.post(f"/veileder/bruker/{verden.amina}/invitasjon/{uuid4()}/trekk", {}, 404)
    per.post(f"/veileder/bruker/{verden.amina}/vikar", {"vikar": str(verden.per)}, 404)


def test_a_leder_can_hand_over_when_the_veileder_is_away(app: Flask, verden: Verden) -> None:
    leif = with_reason(app, verden, verden.leif)
    leif.get(f"/veileder/bruker/{verden.amina}/overfor")
    leif.get(f"/veileder/bruker/{verden.amina}/invitasjon", 404)
