"""Ways in, as a browser without JavaScript or our own scripts walk them."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from tests.identitet.autentikator import Autentikator
from tests.klient import Klient
from tests.verden import Verden
from webapp.identitet import invitasjoner, rules


def invite(verden: Verden) -> invitasjoner.Ny:
    """A fresh invitation for Amina."""
    return invitasjoner.for_bruker(verden.kommune_id, verden.amina)


def one_time_code(klient: Klient) -> str:
    """The first code of a new sheet, for the bruker who is signed in."""
    page = klient.post("/mer/koder", status=200).text
    code = page.split('<span class="kode">', 1)[1].split("<", 1)[0]
    assert len(rules.normal_code(code)) == rules.ONE_TIME_LENGTH
    return code


def options(klient: Klient, path: str) -> dict[str, Any]:
    """The options that a ceremony at ``path`` starts with."""
    body = klient.json(f"{path}/valg", {}).get_json()
    answer: dict[str, Any] = body["publicKey"]
    return answer


def add_passkey(klient: Klient, device: Autentikator, door: str = "", status: int = 200) -> TestResponse:
    """Make a passkey for the person who is signed in."""
    path = f"{door}/passnokkel/registrer"
    return klient.json(path, device.create(options(klient, path)), status)


def sign_in(klient: Klient, device: Autentikator, door: str = "", status: int = 200, **extra: str) -> TestResponse:
    """Sign in with a passkey."""
    path = f"{door}/inn/passnokkel"
    klient.token = ""
    if door:
        klient.get("/veileder/inn")
    answer = klient.json(path, {**device.get(options(klient, path)), **extra}, status)
    klient.token = ""
    return answer


def amina_with_passkey(app: Flask, verden: Verden) -> Autentikator:
    """Amina has made a passkey on her phone."""
    device = Autentikator()
    add_passkey(Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina), device)
    return device


def kari_with_passkey(app: Flask, verden: Verden) -> Autentikator:
    """Kari has made a passkey on her security key."""
    device = Autentikator()
    kari = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    kari.get("/veileder/palogginger")
    add_passkey(kari, device, "/veileder")
    return device
