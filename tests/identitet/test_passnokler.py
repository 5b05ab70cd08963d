"""Passkeys of brukere: discoverable, challenge used once, the exact origin, the counter; and every lie refused."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import NOON
from tests.identitet.autentikator import Autentikator, b64, unb64
from tests.identitet.veier import add_passkey, amina_with_passkey, kari_with_passkey, options, sign_in
from tests.klient import Klient
from tests.verden import Verden
from webapp.identitet import nokler
from webapp.identitet.models import Okt, Passnokkel, Utfordring
from webapp.platform import clock
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading


def test_add_one_and_come_back_with_it(app: Flask, verden: Verden) -> None:
    device = amina_with_passkey(app, verden)
    back = Klient(app)
    answer = sign_in(back, device).get_json()
    assert answer == {"ok": True, "neste": "/"}
    back.get("/mer")
    with reading() as db:
        assert db.scalars(select(Okt.hvordan).order_by(Okt.laget.desc(), Okt.id.desc())).first() == "passnokkel"
        assert db.scalar(select(Passnokkel.sist_brukt)) == NOON


def test_what_the_phone_is_asked_for(app: Flask, verden: Verden, bruker: Klient) -> None:
    asked = options(bruker, "/passnokkel/registrer")
    assert asked["rp"] == {"name": "Medvirk", "id": "localhost"}
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "preferred"
    assert asked["user"]["name"] == "Amina"
    handle = unb64(asked["user"]["id"])
    assert handle == verden.kommune_id.to_bytes(4, "big") + verden.amina.bytes
    assert asked["attestation"] == "none"
    device = Autentikator()
    add_passkey(bruker, device)
    again = options(bruker, "/passnokkel/registrer")
    assert [one["id"] for one in again["excludeCredentials"]] == [b64(device.credential_id)]
    signing_in = options(Klient(app), "/inn/passnokkel")
    assert signing_in["userVerification"] == "preferred"
    assert not signing_in.get("allowCredentials")  # nobody types who they are


def test_a_phone_without_screen_lock_is_enough_for_a_bruker(app: Flask, verden: Verden, bruker: Klient) -> None:
    device = Autentikator(verifies=False)
    add_passkey(bruker, device)
    sign_in(Klient(app), device)


def test_a_challenge_is_answered_once(app: Flask, verden: Verden) -> None:
    device = amina_with_passkey(app, verden)
    besoker = Klient(app)
    answer = device.get(options(besoker, "/inn/passnokkel"))
    cookie = besoker.http.get_cookie("medvirk-skjema")
    assert cookie is not None
    besoker.json("/inn/passnokkel", answer)
    # The answer and the cookie, recorded and sent again from elsewhere.
    thief = Klient(app)
    thief.http.set_cookie("medvirk-skjema", cookie.value, domain="localhost")
    thief.token = besoker.token
    thief.json("/inn/passnokkel", answer, 400)
    with reading() as db:
        assert db.scalar(select(func.count()).select_from(Utfordring)) == 0


def test_a_challenge_belongs_to_the_browser_that_asked(app: Flask, verden: Verden) -> None:
    device = amina_with_passkey(app, verden)
    answer = device.get(options(Klient(app), "/inn/passnokkel"))
    other = Klient(app)
    other.json("/inn/passnokkel", answer, 400)  # asked for none
    options(other, "/inn/passnokkel")
    other.json("/inn/passnokkel", answer, 400)  # asked for another


def test_a_challenge_lasts_five_minutes_and_is_cleared_away(app: Flask, verden: Verden) -> None:
    device = amina_with_passkey(app, verden)
    slow = Klient(app)
    asked = options(slow, "/inn/passnokkel")
    with clock.frozen(NOON + timedelta(minutes=5)):
        slow.json("/inn/passnokkel", device.get(asked), 400)
        options(slow, "/inn/passnokkel")
        with reading() as db:
            assert db.scalar(select(func.count()).select_from(Utfordring)) == 1


def test_a_challenge_for_one_thing_is_not_for_another(app: Flask, verden: Verden, bruker: Klient) -> None:
    device = amina_with_passkey(app, verden)
    asked = options(bruker, "/passnokkel/registrer")
    bruker.json("/inn/passnokkel", device.get(asked), 400)
    asked = options(bruker, "/inn/passnokkel")
    bruker.json("/passnokkel/registrer", Autentikator().create({**asked, "user": {"id": "AAAA"}}), 400)


def test_another_origin_is_refused(app: Flask, verden: Verden, bruker: Klient) -> None:
    for origin in ("http://localhost:5000", "https://localhost", "https://ond.example", "http://localhost.ond.example"):
        add_passkey(bruker, Autentikator(origin=origin), status=400)
    add_passkey(bruker, Autentikator(host="ond.example"), status=400)
    device = amina_with_passkey(app, verden)
    device.origin = "https://ond.example"
    sign_in(Klient(app), device, status=400)


def test_another_key_is_refused(app: Flask, verden: Verden) -> None:
    device = amina_with_passkey(app, verden)
    forger = Autentikator(credential_id=device.credential_id, handle=device.handle)
    sign_in(Klient(app), forger, status=400)
    unknown = Autentikator(handle=device.handle)
    sign_in(Klient(app), unknown, status=400)


def test_a_copied_key_shows_in_the_counter(app: Flask, verden: Verden) -> None:
    device = amina_with_passkey(app, verden)
    copy = Autentikator(key=device.key, credential_id=device.credential_id, handle=device.handle)
    for _ in range(3):
        sign_in(Klient(app), device)
    sign_in(Klient(app), copy, status=400)
    # Most phones do not count at all, and say 0 each time.
    still = Autentikator(counts=False)
    add_passkey(Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas), still)
    sign_in(Klient(app), still)
    sign_in(Klient(app), still)


def test_somebody_elses_handle_is_refused(app: Flask, verden: Verden) -> None:
    device = amina_with_passkey(app, verden)
    device.handle = verden.kommune_id.to_bytes(4, "big") + verden.jonas.bytes
    sign_in(Klient(app), device, status=400)
    device.handle = (2**32 - 1).to_bytes(4, "big") + verden.amina.bytes
    sign_in(Klient(app), device, status=400)


def test_each_door_has_its_own_keys(app: Flask, verden: Verden) -> None:
    bruker, ansatt = amina_with_passkey(app, verden), kari_with_passkey(app, verden)
    sign_in(Klient(app), bruker, "/veileder", status=400)
    sign_in(Klient(app), ansatt, status=400)


def test_a_deleted_bruker_does_not_get_in(app: Flask, verden: Verden) -> None:
    device = amina_with_passkey(app, verden)
    nokler.delete_bruker(verden.kommune_id, verden.amina)
    sign_in(Klient(app), device, status=400)


def test_the_same_passkey_twice_and_an_eleventh(app: Flask, verden: Verden, bruker: Klient) -> None:
    device = Autentikator()
    add_passkey(bruker, device)
    add_passkey(bruker, device, status=400)
    for _ in range(9):
        add_passkey(bruker, Autentikator())
    add_passkey(bruker, Autentikator(), status=400)


def test_an_open_phone_is_not_enough_to_plant_a_key(app: Flask, verden: Verden, bruker: Klient) -> None:
    """Without a passkey there is nothing to prove oneself with; with one, a short while after doing it."""
    with clock.frozen(NOON + timedelta(minutes=11)):
        add_passkey(bruker, Autentikator())
        refused = bruker.json("/passnokkel/registrer/valg", {}, 403).get_json()
        assert refused["feil"] == "bekreft"
        assert refused["melding"]
        bruker.json("/passnokkel/registrer", {}, 403)
        page = bruker.get("/mer/palogginger").text
        assert "/inn?bekreft=1" in page


def test_where_one_goes_after_adding(app: Flask, verden: Verden, bruker: Klient) -> None:
    for page, after in (("/velkommen", "/"), ("/mer/palogginger", "/mer/palogginger"), ("/ukjent", "/")):
        asked = options(bruker, "/passnokkel/registrer")
        answer = bruker.json(
            "/passnokkel/registrer", Autentikator().create(asked), headers={"Referer": f"http://localhost{page}"}
        )
        assert answer.get_json() == {"ok": True, "neste": after}


def test_it_is_in_the_log(app: Flask, verden: Verden) -> None:
    amina_with_passkey(app, verden)
    with reading() as db:
        row = db.scalars(select(Hendelse).where(Hendelse.type == "passnokkel_lagt_til")).one()
    assert (row.bruker_id, row.aktor_id) == (verden.amina, verden.amina)


def test_a_passkey_is_named_by_us_and_never_by_the_browser(app: Flask, verden: Verden, bruker: Klient) -> None:
    phone = {"User-Agent": "Mozilla/5.0 (Linux; Android 9; Moto) AppleWebKit/537.36 Chrome/139.0 Mobile Safari/537.36"}
    for sent in ("Amina Prøve, født 1990", {"a": 1}, None):
        asked = options(bruker, "/passnokkel/registrer")
        bruker.json("/passnokkel/registrer", {**Autentikator().create(asked), "navn": sent}, headers=phone)
    with reading() as db:
        assert db.scalars(select(Passnokkel.navn)).all() == ["Android · Chrome"] * 3


def test_a_stale_form_key_gets_a_fresh_one_and_may_try_again(app: Flask, verden: Verden) -> None:
    device = amina_with_passkey(app, verden)
    besoker = Klient(app)
    refused = besoker.json("/inn/passnokkel/valg", {}, 400, key="gammel").get_json()
    asked = besoker.json("/inn/passnokkel/valg", {}, key=refused["csrf"]).get_json()["publicKey"]
    assert besoker.json("/inn/passnokkel", device.get(asked), key=refused["csrf"]).get_json()["ok"]


RUBBISH: tuple[Any, ...] = (
    {},
    {"id": 1, "response": {}},
    {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"userHandle": "AAAA"}},
    {"id": "æøå", "rawId": "AAAA", "response": {"userHandle": "é" * 27}},
    {"id": "AAAA", "response": {"userHandle": None}},
    {"id": "AAAA", "response": [1, 2]},
    {"id": ["a"], "response": {"userHandle": b64(bytes(20))}},
    {"id": "A" * 100_000, "response": {"userHandle": b64(bytes(20))}},
    {"id": "\ud800", "response": {"userHandle": "\ud800"}},
)


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_rubbish_is_refused(app: Flask, verden: Verden, bruker: Klient, rubbish: Any) -> None:
    options(bruker, "/inn/passnokkel")
    bruker.json("/inn/passnokkel", rubbish, 400)
    options(bruker, "/passnokkel/registrer")
    bruker.json("/passnokkel/registrer", rubbish, 400)


@pytest.mark.parametrize("field", ["id", "rawId", "type"])
@pytest.mark.parametrize("value", [None, "", 1, [], {}, "x", "\x00"])
def test_a_mangled_credential_is_refused(app: Flask, verden: Verden, field: str, value: Any) -> None:
    device = amina_with_passkey(app, verden)
    besoker = Klient(app)
    answer = {**device.get(options(besoker, "/inn/passnokkel")), field: value}
    besoker.json("/inn/passnokkel", answer, 400)


@pytest.mark.parametrize("field", ["clientDataJSON", "authenticatorData", "signature"])
@pytest.mark.parametrize("value", [None, "", 1, "AAAA", b64(b"{}"), b64(b"\xff" * 300)])
def test_a_mangled_answer_is_refused(app: Flask, verden: Verden, field: str, value: Any) -> None:
    device = amina_with_passkey(app, verden)
    besoker = Klient(app)
    answer = device.get(options(besoker, "/inn/passnokkel"))
    answer["response"][field] = value
    besoker.json("/inn/passnokkel", answer, 400)
    bruker = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    made = Autentikator().create(options(bruker, "/passnokkel/registrer"))
    made["response"]["clientDataJSON" if field == "clientDataJSON" else "attestationObject"] = value
    bruker.json("/passnokkel/registrer", made, 400)


def test_wrong_bodies_and_types(app: Flask, verden: Verden, bruker: Klient) -> None:
    bruker.get("/mer")
    headers = {"X-CSRFToken": bruker.token}
    for path in ("/inn/passnokkel", "/inn/passnokkel/valg", "/passnokkel/registrer", "/passnokkel/registrer/valg"):
        for body in (b"", b"{", b"[]", b'"x"', b"null", b"\xff", json.dumps([{}] * 10).encode()):
            sent = bruker.http.post(path, data=body, content_type="application/json", headers=headers)
            assert sent.status_code == 400, (path, body)
        assert bruker.http.post(path, data={"a": "b"}, headers=headers).status_code == 415
        assert bruker.http.get(path).status_code == 405


def test_tries_are_limited(app: Flask, verden: Verden, besoker: Klient) -> None:
    besoker.get("/inn")
    headers = {"X-CSRFToken": besoker.token}
    codes = [besoker.http.post("/inn/passnokkel/valg", json={}, headers=headers).status_code for _ in range(61)]
    assert codes[-1] == 429
    assert set(codes[:60]) == {200}
    stopped = besoker.http.post("/inn/passnokkel/valg", json={}, headers=headers)
    assert stopped.headers["Retry-After"]
    assert stopped.get_json()["melding"]


def test_a_new_session_id_at_sign_in(app: Flask, verden: Verden) -> None:
    """Session fixation: what was in the browser before is not what is signed in."""
    device = amina_with_passkey(app, verden)
    shared = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    before = shared.http.get_cookie("medvirk")
    sign_in(shared, device)
    after = shared.http.get_cookie("medvirk")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    old = Klient(app)
    old.http.set_cookie("medvirk", before.value, domain="localhost")
    old.get("/mer", 303)  # the one who was signed in here before is signed out
    planted = Klient(app)
    planted.http.set_cookie("medvirk", f"{verden.kommune_id}.{'A' * 43}", domain="localhost")
    sign_in(planted, device)
    fresh = planted.http.get_cookie("medvirk")
    assert fresh is not None
    assert "A" * 43 not in fresh.value


def test_confirming_again_counts_as_confirmed(app: Flask, verden: Verden) -> None:
    device = amina_with_passkey(app, verden)
    phone = Klient(app)
    sign_in(phone, device)
    with clock.frozen(NOON + timedelta(minutes=20)):
        found = re.search(r"/inn\?bekreft=1&amp;neste=([\w-]+)", phone.get("/mer/palogginger").text)
        assert found
        phone.get(f"/inn?bekreft=1&neste={found[1]}")
        assert sign_in(phone, device, neste=found[1]).get_json()["neste"] == "/mer/palogginger"
        assert "/inn?bekreft=1" not in phone.get("/mer/palogginger").text
