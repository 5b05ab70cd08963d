"""The bruker's sign-in page: codes, limits, language, and the way back to where they were."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOON
from tests.identitet.veier import invite, one_time_code
from tests.klient import Klient
from tests.verden import Verden
from webapp.identitet import invitasjoner, rules
from webapp.identitet.rules import Tilstand
from webapp.platform import clock

WRONG = "ACDE-FGHJ"


@pytest.mark.parametrize("sprak", ["nb", "ar"])
@pytest.mark.parametrize("query", ["", "?tatt_vare_pa=1", "?bekreft=1", "?neste=/kartlegging/bolig?utkast=1"])
def test_the_page(besoker: Klient, sprak: str, query: str) -> None:
    besoker.post("/sprak", {"bytt_sprak": sprak})
    besoker.sprak = sprak
    page = besoker.get(f"/inn{query}").text
    assert "data-passnokkel-knapp" in page
    assert 'name="kode"' in page


def test_it_says_that_the_text_was_kept(besoker: Klient) -> None:
    assert "Vi tok vare på det du skrev" in besoker.get("/inn?tatt_vare_pa=1").text
    assert "Vi tok vare på det du skrev" not in besoker.get("/inn").text


def test_a_code_leads_to_the_invitation(app: Flask, verden: Verden, besoker: Klient) -> None:
    ny = invite(verden)
    code = ny.kode or ""
    answer = besoker.post("/inn/kode", {"kode": f"  {code[:4].lower()} – {code[4:]}"})
    assert answer.location == "/i"
    assert "Kari Test" in besoker.follow(answer).text
    assert invitasjoner.by_token(ny.token).tilstand is Tilstand.GYLDIG  # type: ignore[union-attr] # not used yet
    assert besoker.post("/i").location == "/velkommen"
    besoker.token = ""
    besoker.get("/velkommen")


def test_i_without_a_code_goes_to_the_sign_in_page(besoker: Klient) -> None:
    assert besoker.get("/i", 303).location == "/inn"
    assert besoker.post("/i").location == "/inn"
    assert besoker.get("/inn/kode", 303).location == "/inn"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "ABC",
        "0000-0000",
        "A" * 30,
        "A" * 5000,
        "\x00\x01",
        "😀" * 8,
        "ACDEFGHJ\nACDEFGHJ",
        "الرمز",
        "' or 1=1",
    ],
)
def test_what_is_no_code_is_said_at_the_field(besoker: Klient, typed: str) -> None:
    page = besoker.post("/inn/kode", {"kode": typed}, 422).text
    assert "ds-error-summary" in page
    assert "kode-feil" in page


def test_an_unknown_code_stays_in_the_field(besoker: Klient) -> None:
    page = besoker.post("/inn/kode", {"kode": WRONG, "neste": "/kartlegging/"}, 422).text
    assert f'value="{WRONG}"' in page
    assert 'value="/kartlegging/"' in page


def test_an_invitation_for_staff_has_no_code(app: Flask, verden: Verden) -> None:
    assert invitasjoner.for_ansatt(verden.kommune_id, verden.kari).kode is None


def test_used_and_expired_codes_have_their_pages(app: Flask, verden: Verden, besoker: Klient) -> None:
    ny = invite(verden)
    Klient(app).post(f"/i/{ny.token}")
    besoker.follow(besoker.post("/inn/kode", {"kode": ny.kode}), 410)


def test_language_switch_keeps_the_code(besoker: Klient) -> None:
    besoker.get("/inn")
    besoker.sprak = "ar"
    page = besoker.post("/inn/kode", {"kode": WRONG, "neste": "/moter/", "bytt_sprak": "ar"}, 200).text
    assert f'value="{WRONG}"' in page
    assert 'value="/moter/"' in page
    assert "ds-error-summary" not in page


def test_a_stale_page_keeps_the_code(besoker: Klient) -> None:
    page = besoker.post("/inn/kode", {"kode": WRONG}, 422, key="gammel").text
    assert "én gang til" in page
    assert f'value="{WRONG}"' in page


def test_guessing_is_stopped_and_the_clock_opens_again(app: Flask, verden: Verden, besoker: Klient) -> None:
    ny = invite(verden)
    for _ in range(20):
        besoker.post("/inn/kode", {"kode": WRONG}, 422)
    stopped = besoker.post("/inn/kode", {"kode": WRONG}, 429)
    assert int(stopped.headers["Retry-After"]) <= 15 * 60 + 1
    besoker.post("/inn/kode", {"kode": ny.kode}, 429)  # a right one is not told from a wrong one
    Klient(app).post(
        "/inn/kode", {"kode": ny.kode}, environ_overrides={"REMOTE_ADDR": "192.0.2.77"}
    )  # somebody elsewhere gets in
    with clock.frozen(NOON + timedelta(minutes=16)):
        besoker.post("/inn/kode", {"kode": ny.kode})


def test_one_home_counts_as_one(besoker: Klient) -> None:
    """An IPv6 home has 2^64 addresses to try from."""
    for number in range(20):
        besoker.post("/inn/kode", {"kode": WRONG}, 422, environ_overrides={"REMOTE_ADDR": f"2001:db8:1:2::{number:x}"})
    besoker.post("/inn/kode", {"kode": WRONG}, 429, environ_overrides={"REMOTE_ADDR": "2001:db8:1:2:ffff::1"})
    besoker.post("/inn/kode", {"kode": WRONG}, 422, environ_overrides={"REMOTE_ADDR": "2001:db8:1:3::1"})


def test_a_success_starts_the_count_again(app: Flask, verden: Verden, besoker: Klient) -> None:
    """A library's computers share an address. What counts is that the code was used: typed, it could be typed again."""
    for _ in range(19):
        besoker.post("/inn/kode", {"kode": WRONG}, 422)
    besoker.follow(besoker.post("/inn/kode", {"kode": invite(verden).kode}))
    besoker.post("/i")
    besoker.post("/inn/kode", {"kode": WRONG}, 422)


def test_a_one_time_code_works_once(app: Flask, verden: Verden, bruker: Klient) -> None:
    code = one_time_code(bruker)
    first = Klient(app)
    first.post("/inn/kode", {"kode": code.lower()})
    first.token = ""
    first.get("/mer")
    Klient(app).post("/inn/kode", {"kode": code}, 422)


def test_two_taps_with_a_one_time_code_are_one(app: Flask, verden: Verden, bruker: Klient) -> None:
    code, page_key = one_time_code(bruker), "ab" * 16
    Klient(app).post("/inn/kode", {"kode": code, "nokkel": page_key})
    Klient(app).post("/inn/kode", {"kode": code, "nokkel": page_key})
    Klient(app).post("/inn/kode", {"kode": code, "nokkel": "cd" * 16}, 422)
    with clock.frozen(NOON + rules.SAME_TAP):
        Klient(app).post("/inn/kode", {"kode": code, "nokkel": page_key}, 422)


def test_language_without_a_form(besoker: Klient) -> None:
    besoker.get("/om")
    assert besoker.post("/sprak", {"bytt_sprak": "ar", "neste": "/om"}).location == "/om"
    besoker.sprak = "ar"
    besoker.get("/om")
    assert besoker.post("/sprak", {"bytt_sprak": "tlh", "neste": "//ond.example"}).location == "/"
    besoker.get("/om")


def test_language_is_kept_with_the_person(app: Flask, verden: Verden, bruker: Klient) -> None:
    bruker.get("/mer")
    bruker.post("/sprak", {"bytt_sprak": "ar", "neste": "/mer"})
    bruker.sprak = "ar"
    bruker.get("/mer")
    again = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    assert again.sprak == "ar"


def test_a_language_chosen_by_the_one_before_does_not_stick(app: Flask, verden: Verden, bruker: Klient) -> None:
    """A shared computer: somebody reads in Arabic and signs out; the next one's own language is left alone."""
    code = one_time_code(bruker)
    shared = Klient(app)
    shared.post("/sprak", {"bytt_sprak": "ar"})
    shared.sprak = "ar"
    shared.post("/inn/kode", {"kode": one_time_code(Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas))})
    shared.token = ""
    shared.get("/mer")
    shared.post("/ut")
    shared.token = ""
    shared.post("/inn/kode", {"kode": code})
    shared.token, shared.sprak = "", "nb"
    shared.get("/mer")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=60), neste=st.text(max_size=60))
def test_any_text_in_any_field(app: Flask, typed: str, neste: str) -> None:
    besoker = Klient(app)
    form = {"kode": typed.encode("utf-8", "replace"), "neste": neste.encode("utf-8", "replace")}
    besoker.get("/inn")
    assert besoker.http.post("/inn/kode", data={"csrf_token": besoker.token, **form}).status_code in {422, 429}


@pytest.mark.parametrize("body", [b"\xff\xfe\xfa", b"kode=%ff%fe", b"kode=1&kode=2", b"kode[]=1", b""])
def test_broken_bodies(besoker: Klient, body: bytes) -> None:
    besoker.get("/inn")
    answer = besoker.http.post("/inn/kode", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert besoker.http.post("/inn/kode", data=body, content_type="text/plain").status_code in {400, 415, 422}
    assert besoker.http.post("/inn/kode", json={"kode": 1}).status_code in {400, 415, 422}
    assert besoker.http.put("/inn/kode", data=body).status_code == 405
