"""What a page costs, and what is too much: a fixed number of queries, and bodies that are too large."""

from __future__ import annotations

import pytest
from flask import Flask

from tests import sporringer
from tests.identitet.autentikator import Autentikator
from tests.identitet.veier import add_passkey, invite
from tests.klient import Klient
from tests.verden import Verden
from webapp.identitet import service


def _cost(app: Flask, klient: Klient, path: str) -> int:
    with sporringer.count(app) as found:
        klient.get(path)
    return len(found)


def test_the_list_of_staff_costs_the_same_for_many(app: Flask, verden: Verden) -> None:
    anna = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.anna)
    few = _cost(app, anna, "/veileder/ansatte/")
    for number in range(30):
        service.create_ansatt(verden.kommune_id, verden.nord, f"Ansatt {number}", "veileder")
    assert _cost(app, anna, "/veileder/ansatte/") == few <= 3


def test_own_sign_ins_cost_the_same_for_many(app: Flask, verden: Verden, bruker: Klient) -> None:
    few = _cost(app, bruker, "/mer/palogginger")
    for _ in range(5):
        Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        add_passkey(bruker, Autentikator())
    assert _cost(app, bruker, "/mer/palogginger") == few <= 4


def test_invitations_and_handover_cost_the_same_for_many(app: Flask, verden: Verden, veileder: Klient) -> None:
    case = f"/veileder/bruker/{verden.amina}"
    before = [_cost(app, veileder, f"{case}/{page}") for page in ("invitasjon", "overfor")]
    for number in range(10):
        invite(verden)
        service.create_ansatt(verden.kommune_id, verden.nord, f"Ansatt {number}", "veileder")
    after = [_cost(app, veileder, f"{case}/{page}") for page in ("invitasjon", "overfor")]
    assert before == after
    assert max(after) <= 16


@pytest.mark.parametrize("path", ["/inn", "/om", "/utlogget", "/veileder/inn"])
def test_open_pages_ask_the_database_nothing(app: Flask, besoker: Klient, path: str) -> None:
    assert _cost(app, besoker, path) == 0


@pytest.mark.parametrize("path", ["/inn/kode", "/i", "/sprak", "/ut", "/veileder/ut"])
def test_a_huge_body_is_refused(app: Flask, besoker: Klient, path: str) -> None:
    besoker.get("/inn")
    huge = {"csrf_token": besoker.token, "kode": "x" * 5_000_000}
    besoker.get("/inn")
    assert besoker.http.post(path, data=huge).status_code == 413
    sent = besoker.http.post("/inn/passnokkel", json={"x": "y" * 5_000_000}, headers={"X-CSRFToken": besoker.token})
    assert sent.status_code == 413
    assert sent.get_json()["melding"]


def test_a_huge_form_for_those_who_are_signed_in(app: Flask, verden: Verden, veileder: Klient) -> None:
    veileder.post("/veileder/ny-bruker", {"navn": "x" * 5_000_000}, 413)
    veileder.post("/veileder/ny-bruker", {f"f{number}": "1" for number in range(2000)}, 422)
