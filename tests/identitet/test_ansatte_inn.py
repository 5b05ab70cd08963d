"""Staff: always a passkey with user verification; an invitation leads to making one and nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.identitet.autentikator import Autentikator
from tests.identitet.veier import add_passkey, kari_with_passkey, options, sign_in
from tests.klient import Klient
from tests.verden import Verden
from webapp.identitet import invitasjoner
from webapp.platform import clock


def _came_in(app: Flask, verden: Verden) -> Klient:
    """Kari has pressed the button of her invitation."""
    ny = invitasjoner.for_ansatt(verden.kommune_id, verden.kari)
    klient = Klient(app)
    page = klient.get(f"/veileder/i/{ny.token}").text
    assert "Kari Test" in page
    assert klient.post(f"/veileder/i/{ny.token}").location == "/veileder/nokkel"
    klient.token = ""
    klient.get("/veileder/nokkel")
    return klient


@pytest.mark.parametrize("sprak", ["nb", "ar"])
def test_the_pages(app: Flask, verden: Verden, sprak: str) -> None:
    ny = invitasjoner.for_ansatt(verden.kommune_id, verden.kari)
    klient = Klient(app)
    klient.post("/veileder/sprak", {"bytt_sprak": sprak})
    klient.sprak = sprak
    for path in ("/veileder/inn", "/veileder/inn?bekreft=1&tatt_vare_pa=1", "/veileder/utlogget"):
        klient.get(path)
    klient.get(f"/veileder/i/{'x' * 43}", 404)
    klient.get(f"/veileder/i/{ny.token}")
    klient.post(f"/veileder/i/{ny.token}")
    klient.token = ""
    klient.get("/veileder/nokkel")
    Klient(app).get(f"/veileder/i/{ny.token}", 410)


def test_an_invitation_reaches_the_passkey_page_only(app: Flask, verden: Verden) -> None:
    kari = _came_in(app, verden)
    sak = f"/veileder/bruker/{verden.amina}"
    for path in ("/veileder/palogginger", "/veileder/ny-bruker", f"{sak}/profil", f"/veileder/apne/{verden.jonas}"):
        assert kari.get(path, 303).location == "/veileder/nokkel", path
    assert kari.post(f"{sak}/invitasjon").location == "/veileder/nokkel"
    kari.get("/veileder/nokkel")


def test_the_first_passkey_signs_in_with_a_new_session(app: Flask, verden: Verden) -> None:
    kari = _came_in(app, verden)
    before = kari.http.get_cookie("medvirk-ansatt")
    answer = add_passkey(kari, Autentikator(), "/veileder").get_json()
    assert answer == {"ok": True, "neste": "/veileder/"}
    after = kari.http.get_cookie("medvirk-ansatt")
    assert before is not None
    assert after is not None
    assert before.value != after.value
    kari.token = ""
    kari.get("/veileder/palogginger")
    assert kari.get("/veileder/nokkel", 303).location == "/veileder/palogginger"
    old = Klient(app)
    old.http.set_cookie("medvirk-ansatt", before.value, domain="localhost")
    old.get("/veileder/palogginger", 303)


def test_the_first_passkey_can_wait_longer_than_ten_minutes(app: Flask, verden: Verden) -> None:
    kari = _came_in(app, verden)
    with clock.frozen(NOON + timedelta(minutes=25)):
        add_passkey(kari, Autentikator(), "/veileder")


def test_lost_key_new_invitation_new_key(app: Flask, verden: Verden) -> None:
    """An invitation is never a full sign-in, also not for somebody who has had a passkey."""
    kari_with_passkey(app, verden)
    kari = _came_in(app, verden)
    assert kari.get("/veileder/palogginger", 303).location == "/veileder/nokkel"
    add_passkey(kari, Autentikator(), "/veileder")


def test_without_user_verification_nobody_gets_in(app: Flask, verden: Verden) -> None:
    kari = _came_in(app, verden)
    asked = options(kari, "/veileder/passnokkel/registrer")
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    kari.json("/veileder/passnokkel/registrer", Autentikator(verifies=False).create(asked), 400)
    device = kari_with_passkey(app, verden)
    assert sign_in(Klient(app), device, "/veileder").get_json()["ok"]
    device.verifies = False  # the browser said «verified» is not needed; the server asks all the same
    sign_in(Klient(app), device, "/veileder", status=400)


@pytest.mark.parametrize("neste", ["/veileder/palogginger", "/mer", "//ond.example"])
def test_an_address_in_clear_leads_nowhere(app: Flask, verden: Verden, neste: str) -> None:
    """What is sealed leads back (test_tilbake.py)."""
    device = kari_with_passkey(app, verden)
    assert sign_in(Klient(app), device, "/veileder", neste=neste).get_json()["neste"] == "/veileder/"


def test_an_administrator_goes_to_the_list_of_staff(app: Flask, verden: Verden) -> None:
    link = invitasjoner.operator_link(verden.kommune_id, "ansatt", verden.anna)
    anna = Klient(app)
    assert anna.post(f"/veileder/i/{link.token}").location == "/veileder/ansatte/"


def test_an_operators_link_is_a_full_sign_in_for_half_an_hour(app: Flask, verden: Verden) -> None:
    link = invitasjoner.operator_link(verden.kommune_id, "ansatt", verden.kari)
    with clock.frozen(NOON + timedelta(minutes=30)):
        Klient(app).get(f"/veileder/i/{link.token}", 410)
    kari = Klient(app)
    assert kari.post(f"/veileder/i/{link.token}").location == "/veileder/"
    kari.token = ""
    kari.get("/veileder/palogginger")
    Klient(app).post(f"/veileder/i/{link.token}", status=410)


def test_a_link_leaves_the_invitation_alone(app: Flask, verden: Verden) -> None:
    ny = invitasjoner.for_bruker(verden.kommune_id, verden.amina)
    link = invitasjoner.operator_link(verden.kommune_id, "bruker", verden.amina)
    amina = Klient(app)
    assert amina.post(f"/i/{link.token}").location == "/"
    Klient(app).get(f"/i/{ny.token}")
    assert [row.id for row in invitasjoner.earlier(verden.kommune_id, "bruker", verden.amina)] == [ny.id]


def test_the_blocked_are_out_at_once(app: Flask, verden: Verden) -> None:
    device = kari_with_passkey(app, verden)
    kari = Klient(app)
    sign_in(kari, device, "/veileder")
    ny = invitasjoner.for_ansatt(verden.kommune_id, verden.kari)
    anna = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.anna)
    anna.post(f"/veileder/ansatte/{verden.kari}/sperr", {"hva": "sperr"})
    kari.get("/veileder/palogginger", 303)
    sign_in(Klient(app), device, "/veileder", status=400)
    Klient(app).get(f"/veileder/i/{ny.token}", 410)


def test_staff_pages_need_the_staff_door(app: Flask, verden: Verden, bruker: Klient) -> None:
    assert bruker.get("/veileder/palogginger", 303).location == "/veileder/inn"
