"""The way back after signing in again: sealed in the address for one person, and none after a goodbye (decision 16)."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.identitet.veier import kari_with_passkey, one_time_code, sign_in
from tests.klient import Klient
from tests.verden import Verden
from webapp.platform import clock

PAGE = "/kartlegging/helse"
AWAY = NOON + timedelta(minutes=31)


def asked_in(klient: Klient, path: str = PAGE) -> str:
    """The address that somebody who is not signed in is led to from ``path``."""
    return klient.get(path, 303).location or ""


def token(address: str) -> str:
    """The way back that stands in it."""
    return parse_qs(urlsplit(address).query)["neste"][0]


def signed_in_with(klient: Klient, code: str, address: str) -> str | None:
    """Where a code leads that is typed on the page of ``address``, as a browser without script sends it."""
    page = klient.get(address).text
    assert f'name="neste" type="hidden" value="{token(address)}"' in page
    return klient.post("/inn/kode", {"kode": code, "neste": token(address)}).location


@pytest.mark.parametrize("way_out", ["/ut", "/lukk"])
def test_there_is_none_after_a_goodbye(bruker: Klient, way_out: str) -> None:
    bruker.get(PAGE)
    bruker.post(way_out)
    assert asked_in(bruker) == "/inn"
    assert asked_in(bruker, f"{PAGE}?utkast=1") == "/inn"


def test_there_is_none_when_it_was_ended_from_another_phone(app: Flask, verden: Verden, bruker: Klient) -> None:
    assert bruker.who is not None
    other = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    other.post(f"/mer/palogginger/okt/{bruker.who.okt_id}")
    assert asked_in(bruker) == "/inn"


def test_a_visitor_has_none(besoker: Klient) -> None:
    assert asked_in(besoker) == "/inn"
    assert asked_in(besoker, "/veileder/") == "/veileder/inn"


def test_whoever_was_there_comes_back(bruker: Klient) -> None:
    code = one_time_code(bruker)
    with clock.frozen(AWAY):
        address = asked_in(bruker)
        assert "helse" not in address
        assert "helse" not in bruker.get(address).text
        assert signed_in_with(bruker, code, address) == PAGE


def test_also_days_afterwards(bruker: Klient) -> None:
    """The text is not kept for so long, but the icon on the home screen leads where it says."""
    code = one_time_code(bruker)
    with clock.frozen(NOON + timedelta(days=3)):
        assert signed_in_with(bruker, code, asked_in(bruker, "/plan/")) == "/plan/"


def test_a_page_that_was_only_locked_leads_back(bruker: Klient) -> None:
    """The lock leaves the mark of somebody who has gone; it ends the session, and its person is not away."""
    code = one_time_code(bruker)
    bruker.http.set_cookie("medvirk-ut", "1", domain="localhost")
    address = asked_in(bruker)
    assert "helse" not in address
    assert signed_in_with(bruker, code, address) == PAGE


def test_nobody_else_is_sent_there(app: Flask, verden: Verden, bruker: Klient) -> None:
    code = one_time_code(Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas))
    with clock.frozen(AWAY):
        assert signed_in_with(bruker, code, asked_in(bruker)) == "/"


def test_its_length_does_not_tell_either(bruker: Klient) -> None:
    with clock.frozen(AWAY):
        ways = {asked_in(bruker, path) for path in (PAGE, "/plan/", "/varsel/", f"{PAGE}?utkast=1")}
    assert len(ways) == 4
    assert len({len(way) for way in ways}) == 1


def test_an_address_with_no_end_is_left_out(bruker: Klient) -> None:
    """The form of the way in carries 2,000 characters along."""
    with clock.frozen(AWAY):
        assert asked_in(bruker, f"{PAGE}?x={'y' * 3_000}") == "/inn"


@pytest.mark.parametrize("sent", ["", PAGE, "//ond.example", "/veileder/", "x" * 5_000, "QUJD", "ÆØÅ", "=", "/a\nb"])
def test_only_what_we_have_sealed_leads_anywhere(app: Flask, bruker: Klient, sent: str) -> None:
    code = one_time_code(bruker)
    anybody = Klient(app)
    anybody.get(f"/inn?neste={quote(sent)}")
    assert anybody.post("/inn/kode", {"kode": code, "neste": sent}).location == "/"


def test_a_page_of_the_other_door_is_no_way_back(bruker: Klient) -> None:
    """Addresses of none have a page too, and may look like the office's."""
    code = one_time_code(bruker)
    with clock.frozen(AWAY):
        assert signed_in_with(bruker, code, asked_in(bruker, "/mer?a=//ond.example")) == "/mer?a=//ond.example"


def test_the_office_comes_back_as_well(app: Flask, verden: Verden) -> None:
    device, page = kari_with_passkey(app, verden), f"/veileder/bruker/{verden.amina}/"
    kari, anna = Klient(app), Klient(app).logg_inn_ansatt(verden.kommune_id, verden.anna)
    sign_in(kari, device, "/veileder")
    for later in (timedelta(hours=9), timedelta(days=1)):  # in the afternoon, and the next morning
        with clock.frozen(NOON + later):
            address = asked_in(kari, page)
            assert address.startswith("/veileder/inn?neste=")
            assert str(verden.amina) not in address
            assert sign_in(Klient(app), device, "/veileder", neste=token(address)).get_json()["neste"] == page
            theirs = asked_in(anna, "/veileder/ansatte/")
            assert sign_in(Klient(app), device, "/veileder", neste=token(theirs)).get_json()["neste"] == "/veileder/"
