"""Hostile input: whatever is sent, a clear answer with the right status, never a 500, and nobody waits for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import NOON
from tests.klient import Klient
from tests.moter.avtaler import holdt
from tests.verden import Verden
from webapp.identitet import rules
from webapp.platform import clock, drafts

DEEP = b"[" * 200_000  # deeper than Python's own stack


@pytest.mark.parametrize(
    "path",
    ["/kartlegging/bolig/lagre", "/utkast", "/inn/passnokkel", "/inn/passnokkel/valg", "/veileder/inn/passnokkel"],
)
def test_json_in_a_thousand_layers_is_a_bad_request(besoker: Klient, path: str) -> None:
    besoker.get("/inn")
    headers = {"X-CSRFToken": besoker.token}
    sent = besoker.http.post(path, data=DEEP, content_type="application/json", headers=headers)
    assert sent.status_code in {400, 401}


@pytest.mark.parametrize("path", ["/kartlegging/\ud800", "/kartlegging/a\x00b", "//andre.example/kartlegging"])
def test_text_for_an_address_that_is_none_of_ours_is_not_kept(bruker: Klient, path: str) -> None:
    bruker.get("/moter/")
    bruker.json("/utkast", {"sti": path, "felter": {"tekst": ["Jeg skriver"]}}, status=404)
    with clock.frozen(NOON + timedelta(hours=3)):  # the session has run out
        body = {"sti": path, "felter": {"tekst": ["Jeg skriver"]}}
        answer = bruker.json("/utkast", body, status=401)
    assert answer.json is not None
    assert answer.json["tatt_vare_pa"] is False


def test_a_form_for_an_address_with_a_null_character_is_no_error_of_ours(bruker: Klient) -> None:
    bruker.get("/moter/")
    sent = bruker.http.post("/kartlegging/a%00b", data={"csrf_token": bruker.token, "tekst": "Jeg skriver dette her"})
    assert sent.status_code == 404


def test_nobody_can_fill_the_database_with_text_that_waits(bruker: Klient, verden: Verden) -> None:
    """There are as many addresses as there are ids, so there must be an end to them."""
    owner = ("bruker", verden.amina)
    for number in range(drafts.MOST_KEPT):
        drafts.keep(verden.kommune_id, owner, verden.seal(verden.amina), f"/side/{number}", {"tekst": ["Hei"]})
    page = bruker.post("/finnes-ikke", {"tekst": "Dette må ikke bli borte for meg"}, status=404)
    assert "Dette må ikke bli borte for meg" in page.text
    assert "/finnes-ikke" not in drafts.paths(verden.kommune_id, owner)
    bruker.json("/utkast", {"sti": "/innsyn/henvendelse/ny", "felter": {"tekst": ["Hei"]}}, status=413)
    bruker.json("/utkast", {"sti": "/innsyn/henvendelse/ny", "felter": {"tekst": [""]}})


def test_a_version_of_five_thousand_digits_is_not_a_version(veileder: Klient, verden: Verden) -> None:
    mote_id = holdt(verden)
    path = f"/veileder/bruker/{verden.amina}/mote/{mote_id}/notat"
    veileder.get(path)
    veileder.post(f"{path}/del", {"versjon": "9" * 5000})


def test_what_is_far_longer_than_a_code_or_a_name_is_not_looked_at() -> None:
    """Sorting combining marks is quadratic: 100,000 of them in a field of 40 would hold a server for minutes."""
    marks = "\u0301\u0320" * 100_000
    assert not rules.normal_code(f"{marks}ACDE")
    assert rules.name_parts(f"{marks} Amina") == set()


@pytest.mark.parametrize("body", [5, "x", [1, 2], {"navn": 5}, {"dato": [1], "klokke": 7}, {"navn": ["Ada"]}])
@pytest.mark.parametrize("path", ["", "ny-bruker", "bruker/{}/mote/nytt", "bruker/{}/tilbud"])
def test_json_is_no_form(verden: Verden, veileder: Klient, path: str, body: object) -> None:
    """Wrong content type: it used to reach the fields, and what is no text in them was a 500."""
    headers = {"X-CSRFToken": veileder._key()}
    answer = veileder.http.post(f"/veileder/{path.format(verden.amina)}", json=body, headers=headers)
    assert answer.status_code == 415
