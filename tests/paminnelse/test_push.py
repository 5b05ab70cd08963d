"""Web Push, from the browser's keys to the message that only that browser can read."""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import http_ece
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask, g
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from tests.conftest import NOON
from tests.klient import Klient
from tests.paminnelse.conftest import VAPID, bevis, rader, som_bruker
from tests.paminnelse.tjener import Tjener, tjener
from tests.verden import Verden
from webapp.identitet import okter
from webapp.paminnelse import abonnement, rules, service
from webapp.paminnelse.arbeider import Arbeider
from webapp.paminnelse.kanaler.push import public_key
from webapp.paminnelse.models import Pushabonnement
from webapp.platform import access, clock, ids
from webapp.platform.database import reading


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_b64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Nettleser:
    """What a browser has: an address at a push service, and keys."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey
    auth: bytes

    @classmethod
    def ny(cls, endpoint: str) -> Nettleser:
        return cls(endpoint, ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16))

    @property
    def abonnement(self) -> dict[str, Any]:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": b64(point), "auth": b64(self.auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def les(self, body: bytes) -> dict[str, str]:
        read: dict[str, str] = json.loads(
            http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        )
        return read


@pytest.fixture
def tjeneste() -> Iterator[Tjener]:
    with tjener() as server:
        yield server


@pytest.fixture
def telefon(tjeneste: Tjener) -> Nettleser:
    return Nettleser.ny(tjeneste.url("/push/amina"))


def prov(verden: Verden, bruker_id: UUID | None = None) -> None:
    service_who = som_bruker(verden.kommune_id, bruker_id or verden.amina)
    assert service.try_it(service_who, ids.new_id()) == 1


@pytest.fixture
def skjemanokkel(app: Flask) -> Iterator[None]:
    """Services that write are called from requests with a form key."""
    with app.test_request_context():
        g.form_key_ok, g.sprak = True, "nb"
        yield


@pytest.mark.usefixtures("skjemanokkel")
def test_only_that_browser_can_read_it_and_we_have_signed(
    verden: Verden, arbeider: Arbeider, tjeneste: Tjener, telefon: Nettleser
) -> None:
    abonnement.add(som_bruker(verden.kommune_id, verden.amina), telefon.abonnement)
    prov(verden)

    assert arbeider.drain() == 1

    [(path, headers, body)] = tjeneste.kom
    assert path == "/push/amina"
    said = telefon.les(body)
    assert said == {
        "tittel": "Det er noe nytt til deg",
        "tekst": "Logg inn for å lese det.",
        "sprak": "nb",
        "retning": "ltr",
        "nr": rader()[0].id.hex,
    }
    assert b"nytt" not in body
    assert headers["Content-Encoding"] == "aes128gcm"
    assert headers["TTL"] == str(4 * 24 * 3600)
    assert len(headers["Topic"]) == 32
    scheme, _, rest = headers["Authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    assert parts["k"] == public_key(VAPID)
    head, claims, signature = parts["t"].split(".")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_b64(parts["k"]))
    raw = from_b64(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public.verify(der, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    told = json.loads(from_b64(claims))
    assert told["aud"] == f"http://localhost:{tjeneste.port}"
    assert told["sub"] == VAPID.kontakt
    assert time.time() < told["exp"] < time.time() + 24 * 3600
    assert [(row.kanal, row.resultat, row.kode) for row in bevis()] == [("push", "sendt", "201")]


@pytest.mark.parametrize(
    ("status", "state", "there"),
    [
        (404, "avlyst", False),
        (410, "avlyst", False),
        (401, "venter", True),
        (403, "venter", True),
        (429, "venter", True),
        (500, "venter", True),
        (400, "dod", True),
        (302, "dod", True),
    ],
)
@pytest.mark.usefixtures("skjemanokkel")
def test_what_the_push_service_answers(
    verden: Verden, arbeider: Arbeider, tjeneste: Tjener, telefon: Nettleser, status: int, state: str, *, there: bool
) -> None:
    abonnement.add(som_bruker(verden.kommune_id, verden.amina), telefon.abonnement)
    prov(verden)
    tjeneste.svar["/push/amina"] = status

    arbeider.drain()

    assert [(row.tilstand, row.kode) for row in rader()] == [(state, str(status))]
    assert len(tjeneste.kom) == 1
    with reading() as db:
        assert (db.scalar(select(Pushabonnement.id)) is not None) is there


@pytest.mark.parametrize("status", [401, 403, 0])
@pytest.mark.usefixtures("skjemanokkel")
def test_one_phone_that_leads_to_a_service_of_its_own_stops_nobody_else(
    verden: Verden, arbeider: Arbeider, tjeneste: Tjener, telefon: Nettleser, status: int
) -> None:
    with tjener() as other:
        abonnement.add(som_bruker(verden.kommune_id, verden.amina), telefon.abonnement)
        abonnement.add(som_bruker(verden.kommune_id, verden.jonas), Nettleser.ny(other.url("/push/jonas")).abonnement)
        prov(verden)
        prov(verden, verden.jonas)
        tjeneste.svar["/push/amina"] = status
        arbeider.drain()
        assert len(other.kom) == 1
    assert {row.bruker_id: (row.tilstand, row.forsok) for row in rader()} == {
        verden.amina: ("venter", 1),
        verden.jonas: ("sendt", 0),
    }


@pytest.mark.usefixtures("skjemanokkel")
def test_a_service_that_does_not_answer_costs_one_wait_in_a_round(
    verden: Verden, arbeider: Arbeider, tjeneste: Tjener, telefon: Nettleser
) -> None:
    for bruker_id in (verden.amina, verden.jonas):
        one = Nettleser.ny(tjeneste.url(f"/push/{bruker_id}"))
        tjeneste.svar[f"/push/{bruker_id}"] = 0
        abonnement.add(som_bruker(verden.kommune_id, bruker_id), one.abonnement)
        prov(verden, bruker_id)
    arbeider.drain()
    assert len(tjeneste.kom) == 1
    assert [(row.tilstand, row.forsok) for row in rader()] == [("venter", 1)] * 2


@pytest.mark.usefixtures("skjemanokkel")
def test_made_with_a_key_we_had_before_it_ends_quietly(
    app: Flask, verden: Verden, tjeneste: Tjener, telefon: Nettleser
) -> None:
    abonnement.add(som_bruker(verden.kommune_id, verden.amina), telefon.abonnement)
    prov(verden)
    settings = service.settings()
    new = replace(settings, kanaler=replace(settings.kanaler, push=replace(VAPID, nokkel=bytes(range(2, 34)))))
    app.extensions["medvirk.settings"] = new
    Arbeider(new).drain()
    assert tjeneste.kom == []
    assert [(row.tilstand, row.kode) for row in rader()] == [("avlyst", "annen-nokkel")]
    assert service.devices(som_bruker(verden.kommune_id, verden.amina)) == []


@pytest.mark.usefixtures("skjemanokkel")
def test_an_answer_that_is_lost_is_tried_again_with_the_same_topic(
    verden: Verden, arbeider: Arbeider, tjeneste: Tjener, telefon: Nettleser
) -> None:
    abonnement.add(som_bruker(verden.kommune_id, verden.amina), telefon.abonnement)
    prov(verden)
    tjeneste.svar["/push/amina"] = 0
    arbeider.drain()
    assert [row.tilstand for row in rader()] == ["venter"]
    tjeneste.svar.clear()
    with clock.frozen(NOON + 2 * rules.FIRST_WAIT):
        arbeider.drain()
    assert [row.tilstand for row in rader()] == ["sendt"]
    assert tjeneste.kom[0][1]["Topic"] == tjeneste.kom[1][1]["Topic"]
    assert telefon.les(tjeneste.kom[0][2])["nr"] == telefon.les(tjeneste.kom[1][2])["nr"]


def test_a_phone_belongs_to_the_one_who_turned_it_on_last(app: Flask, verden: Verden, telefon: Nettleser) -> None:
    """K10: somebody else who uses the same phone takes it over, and nobody gets the other's messages."""
    amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    for _again in range(2):
        assert amina.json("/mer/paminnelser/push", telefon.abonnement).get_json() == {"ok": True}
    assert "Her får du meldinger" in amina.get("/mer/paminnelser").text
    jonas.json("/mer/paminnelser/push", telefon.abonnement)
    with reading() as db:
        assert db.scalars(select(Pushabonnement.bruker_id)).all() == [verden.jonas]
    assert "Her får du meldinger" not in amina.get("/mer/paminnelser").text
    # Amina cannot turn Jonas's off, neither by address nor by id.
    assert amina.json("/mer/paminnelser/push/av", {"endpoint": telefon.endpoint}).get_json() == {"ok": False}
    with reading() as db:
        [row_id] = db.scalars(select(Pushabonnement.id)).all()
    amina.post(f"/mer/paminnelser/enhet/{row_id}", status=404)
    assert jonas.json("/mer/paminnelser/push/av", {"endpoint": telefon.endpoint}).get_json() == {"ok": True}


def test_nothing_about_the_phone_lies_in_clear(app: Flask, verden: Verden, telefon: Nettleser) -> None:
    Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina).json("/mer/paminnelser/push", telefon.abonnement)
    with reading() as db:
        [row] = db.scalars(select(Pushabonnement)).all()
    for secret in (telefon.endpoint.encode(), b64(telefon.auth).encode(), b"localhost"):
        assert secret not in row.abonnement
        assert secret not in row.hash


@pytest.mark.parametrize(
    "changed",
    [
        {"endpoint": "ftp://push.example/x"},
        {"endpoint": "https://bruker:passord@push.example/x"},
        {"endpoint": "https://push.example/" + "x" * 1000},
        {"endpoint": "https://push.example/æ"},
        {"endpoint": "https://[::1/x"},
        {"endpoint": "https://push.example:99999/"},
        {"endpoint": 7},
        {"keys": None},
        {"keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"keys": {"p256dh": b64(b"\x04" + bytes(64)), "auth": b64(bytes(16))}},  # not a point on the curve
        {"keys": {"p256dh": 1, "auth": []}},
    ],
)
def test_what_is_not_a_subscription_is_refused(
    app: Flask, verden: Verden, telefon: Nettleser, changed: dict[str, Any]
) -> None:
    amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    amina.json("/mer/paminnelser/push", telefon.abonnement | changed, status=422)
    amina.json("/mer/paminnelser/push", [], status=400)
    amina.json("/mer/paminnelser/push/av", {"endpoint": 3})
    with reading() as db:
        assert db.scalars(select(Pushabonnement)).all() == []


@pytest.mark.usefixtures("skjemanokkel")
def test_ten_devices_and_the_oldest_gives_way(verden: Verden, tjeneste: Tjener) -> None:
    who = som_bruker(verden.kommune_id, verden.amina)
    for number in range(abonnement.MOST + 2):
        with clock.frozen(NOON + number * rules.GATHER):
            abonnement.add(who, Nettleser.ny(tjeneste.url(f"/push/{number}")).abonnement)
    assert len(service.devices(who)) == abonnement.MOST


def test_turning_on_over_and_over_comes_to_an_end(app: Flask, verden: Verden, tjeneste: Tjener) -> None:
    amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    for number in range(20):
        amina.json("/mer/paminnelser/push", Nettleser.ny(tjeneste.url(f"/{number}")).abonnement)
    amina.json("/mer/paminnelser/push", Nettleser.ny(tjeneste.url("/20")).abonnement, status=429)


STOPPET = "Meldinger på telefonen har stoppet."


def test_who_relies_on_the_phone_alone_is_told_that_it_has_stopped(
    app: Flask, verden: Verden, arbeider: Arbeider, tjeneste: Tjener, telefon: Nettleser
) -> None:
    amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    for path in ("/push/amina", "/push/nettbrett"):
        amina.json("/mer/paminnelser/push", Nettleser.ny(tjeneste.url(path)).abonnement)

    def stops(path: str) -> None:
        tjeneste.svar[path] = 410
        amina.post("/mer/paminnelser/prov", {"nokkel": ids.new_id().hex})
        arbeider.drain()

    stops("/push/amina")
    assert STOPPET not in amina.get("/").text  # there is another one
    stops("/push/nettbrett")
    assert STOPPET in amina.get("/").text
    assert 'href="/mer/paminnelser"' in amina.get("/").text
    with clock.frozen(NOON + timedelta(minutes=1)):
        # On again; and turned off by hand, which nobody needs to be told.
        amina.json("/mer/paminnelser/push", telefon.abonnement)
        assert STOPPET not in amina.get("/").text
        amina.json("/mer/paminnelser/push/av", {"endpoint": telefon.endpoint})
        assert STOPPET not in amina.get("/").text


def test_who_has_seen_that_it_stopped_and_chosen_is_told_no_more(
    app: Flask, verden: Verden, arbeider: Arbeider, tjeneste: Tjener, telefon: Nettleser
) -> None:
    amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    amina.json("/mer/paminnelser/push", telefon.abonnement)
    amina.post("/mer/paminnelser", {"epost": "", "stille_fra": "21", "stille_til": "8"})
    tjeneste.svar["/push/amina"] = 404
    with clock.frozen(NOON + timedelta(minutes=1)):
        amina.post("/mer/paminnelser/prov", {"nokkel": ids.new_id().hex})
        arbeider.drain()
        assert STOPPET in amina.get("/").text
    with clock.frozen(NOON + timedelta(minutes=2)):
        amina.post("/mer/paminnelser", {"epost": "", "stille_fra": "21", "stille_til": "8"})
        assert STOPPET not in amina.get("/").text


@pytest.mark.parametrize("how", ["lukk raskt", "locked, and another page asked for", "signed out"])
def test_who_relies_on_the_phone_alone_is_told_that_it_ended_with_the_session(
    app: Flask, verden: Verden, telefon: Nettleser, how: str
) -> None:
    """U3 stands on the front page; but who gets no reminder of a deadline any more must know it."""
    amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    amina.json("/mer/paminnelser/push", telefon.abonnement)
    if how == "lukk raskt":
        amina.post("/lukk", {"skript": "1"}, status=204)
    elif how == "signed out":
        amina.post("/ut")
    else:
        amina.http.set_cookie(okter.goodbye_name("bruker"), "1", domain="localhost")
        amina.get("/", status=303)
    amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    with clock.frozen(NOON + timedelta(minutes=1)):
        assert STOPPET in amina.get("/").text
        amina.json("/mer/paminnelser/push", telefon.abonnement)
        assert STOPPET not in amina.get("/").text
        amina.post("/ut")
    amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    assert STOPPET in amina.get("/").text
    amina.post("/mer/paminnelser", {"epost": "", "stille_fra": "21", "stille_til": "8"})  # no, thank you
    assert STOPPET not in amina.get("/").text


def test_who_relies_on_a_phone_that_another_has_taken_over_is_told(
    app: Flask, verden: Verden, tjeneste: Tjener, telefon: Nettleser
) -> None:
    """K10: whose it is now is not said. Another phone of theirs is enough, until that stops too."""
    amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    both = [telefon, Nettleser.ny(tjeneste.url("/push/nettbrett"))]
    for one in both:
        amina.json("/mer/paminnelser/push", one.abonnement)
    jonas.json("/mer/paminnelser/push", both[0].abonnement)
    assert STOPPET not in amina.get("/").text
    jonas.json("/mer/paminnelser/push", both[1].abonnement)
    assert STOPPET in amina.get("/").text
    for one in both:
        jonas.json("/mer/paminnelser/push/av", {"endpoint": one.endpoint})
    assert STOPPET in amina.get("/").text
    assert STOPPET not in jonas.get("/").text  # turned off by hand
    amina.json("/mer/paminnelser/push", telefon.abonnement)
    assert STOPPET not in amina.get("/").text
    amina.json("/mer/paminnelser/push/av", {"endpoint": telefon.endpoint})
    assert STOPPET not in amina.get("/").text


def test_two_who_take_over_each_others_phones_at_once_do_not_wait_for_each_other(
    app: Flask, verden: Verden, tjeneste: Tjener
) -> None:
    people = [som_bruker(verden.kommune_id, one) for one in (verden.amina, verden.jonas)]
    phones = [Nettleser.ny(tjeneste.url(f"/push/{number}")).abonnement for number in range(2)]
    together, failed = threading.Barrier(2), []

    def swap(number: int) -> None:
        with app.test_request_context():
            g.form_key_ok, g.sprak = True, "nb"
            for turn in range(10):
                together.wait(20)
                try:
                    abonnement.add(people[number], phones[(number + turn) % 2])
                except SQLAlchemyError as error:
                    failed.append(error)

    threads = [threading.Thread(target=swap, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with reading() as db:
        assert set(db.scalars(select(Pushabonnement.bruker_id))) == {verden.amina, verden.jonas}


def test_who_gets_reminders_another_way_is_not_told(app: Flask, verden: Verden, telefon: Nettleser) -> None:
    amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    amina.post("/mer/paminnelser", {"epost_pa": "y", "epost": "a@b.no", "stille_fra": "21", "stille_til": "8"})
    amina.json("/mer/paminnelser/push", telefon.abonnement)
    amina.post("/lukk", {"skript": "1"}, status=204)
    amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    assert STOPPET not in amina.get("/").text


def test_messages_end_on_the_phone_that_is_signed_out(app: Flask, verden: Verden, tjeneste: Tjener) -> None:
    phone, tablet = (Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina) for _number in range(2))
    for klient, path in ((phone, "/telefon"), (tablet, "/nettbrett")):
        klient.json("/mer/paminnelser/push", Nettleser.ny(tjeneste.url(path)).abonnement)
    assert "Når du logger ut på telefonen, slutter meldingene der." in phone.get("/mer/paminnelser").text
    phone.post("/ut")
    who = tablet.who
    assert isinstance(who, access.Bruker)
    assert len(service.devices(who)) == 1
    assert STOPPET not in tablet.get("/").text
    tablet.post("/ut")
    assert service.devices(who) == []
