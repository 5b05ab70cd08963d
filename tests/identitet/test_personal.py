"""The administrator: staff, invitations and blocking, and never a bruker."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.identitet.veier import kari_with_passkey, sign_in
from tests.klient import Klient
from tests.verden import Verden
from webapp.identitet import invitasjoner, oppslag, personal, service, tildelinger
from webapp.identitet.models import Ansatt
from webapp.platform import ids
from webapp.platform.database import reading

HOME = "/veileder/ansatte/"


@pytest.fixture
def anna(app: Flask, verden: Verden) -> Klient:
    """The administrator, signed in."""
    return Klient(app).logg_inn_ansatt(verden.kommune_id, verden.anna)


@pytest.mark.parametrize("sprak", ["nb", "ar"])
def test_every_page(app: Flask, verden: Verden, anna: Klient, sprak: str) -> None:
    anna.get(HOME)
    anna.post("/veileder/sprak", {"bytt_sprak": sprak})
    anna.sprak = sprak
    page = anna.get(HOME).text
    assert "Kari Test" in page
    assert "Ola Annen" not in page
    assert "Amina" not in page
    anna.get(f"{HOME}ny")
    anna.post(f"{HOME}ny", {}, 422)
    anna.get(f"{HOME}{verden.kari}/invitasjon")
    anna.post(f"{HOME}{verden.kari}/invitasjon", status=200)
    anna.get("/veileder/palogginger")


def test_register_invite_and_the_link_works(app: Flask, verden: Verden, anna: Klient) -> None:
    form = {"navn": "Nina Ny", "rolle": "veileder", "kontor": str(verden.sor), "nokkel": ids.new_id().hex}
    anna.get(f"{HOME}ny")
    answer = anna.post(f"{HOME}ny", form)
    assert anna.post(f"{HOME}ny", form).location == answer.location  # sent twice, registered once
    assert "Nina Ny" in anna.follow(answer).text
    assert answer.location is not None
    page = anna.post(answer.location, status=200).text
    link = re.search(r"http://localhost(/veileder/i/[\w-]{43})", page)
    assert link is not None
    assert "Nina Ny" in Klient(app).get(link[1]).text
    assert anna.get(HOME).text.count("Nina Ny") >= 1


@pytest.mark.parametrize("field", [{"navn": "Per Riktig"}, {"rolle": "veileder"}, {"kontor": "sor"}])
def test_somebody_else_from_the_same_form_is_not_the_first_one(
    verden: Verden, anna: Klient, field: dict[str, str]
) -> None:
    offices = {"nord": str(verden.nord), "sor": str(verden.sor)}
    first = {"navn": "Per Feil", "rolle": "administrator", "kontor": "nord", "nokkel": ids.new_id().hex}
    sent, other = ({**one, "kontor": offices[one["kontor"]]} for one in (first, {**first, **field}))
    location = anna.post(f"{HOME}ny", sent).location
    page = anna.post(f"{HOME}ny", other, 409).text
    assert "Du har registrert en person herfra før" in page
    assert other["navn"] in page
    fresh = page.split('name="nokkel"')[1].split('value="')[1].split('"')[0]
    assert anna.post(f"{HOME}ny", {**other, "nokkel": fresh}).location != location


@pytest.mark.parametrize(
    ("field", "value"),
    [("navn", ""), ("navn", "x" * 101), ("rolle", "konge"), ("kontor", "x"), ("kontor", ""), ("rolle", "")],
)
def test_bad_input(app: Flask, verden: Verden, anna: Klient, field: str, value: str) -> None:
    form = {"navn": "Nina Ny", "rolle": "veileder", "kontor": str(verden.sor), field: value}
    page = anna.post(f"{HOME}ny", form, 422).text
    assert f"{field}-feil" in page
    anna.post(f"{HOME}ny", {**form, field: str(verden.annen_bruker)}, 303 if field == "navn" else 422)


def test_another_kommunes_kontor_is_no_choice(app: Flask, verden: Verden, anna: Klient) -> None:
    theirs = oppslag.kontor("Annenvik")[0].id
    anna.post(f"{HOME}ny", {"navn": "Nina Ny", "rolle": "veileder", "kontor": str(theirs)}, 422)


def test_block_and_let_in_again(app: Flask, verden: Verden, anna: Klient, veileder: Klient) -> None:
    veileder.get("/veileder/palogginger")
    anna.get(HOME)
    anna.post(f"{HOME}{verden.kari}/sperr", {"hva": "sperr"})
    assert "Sperret" in anna.get(HOME).text
    veileder.get("/veileder/palogginger", 303)
    anna.get(f"{HOME}{verden.kari}/invitasjon")
    anna.post(f"{HOME}{verden.kari}/invitasjon", status=404)
    assert str(verden.kari) not in {str(a.id) for a in tildelinger.colleagues(verden.kommune_id)}
    anna.post(f"{HOME}{verden.kari}/sperr", {"hva": "apne"})
    with reading() as db:
        assert db.get_one(Ansatt, (verden.kommune_id, verden.kari)).aktiv


@pytest.mark.parametrize("data", [{}, {"hva": ""}, {"hva": "Sperr"}])
def test_nobody_is_shut_out_by_what_no_page_sends(verden: Verden, anna: Klient, data: dict[str, str]) -> None:
    anna.get(HOME)
    anna.post(f"{HOME}{verden.kari}/sperr", data, 400)
    with reading() as db:
        assert db.get_one(Ansatt, (verden.kommune_id, verden.kari)).aktiv


def test_not_oneself_and_not_another_kommunes(app: Flask, verden: Verden, anna: Klient) -> None:
    anna.get(HOME)
    anna.post(f"{HOME}{verden.anna}/sperr", {"hva": "sperr"})
    anna.get(HOME)
    anna.post(f"{HOME}{verden.annen_veileder}/sperr", {"hva": "sperr"})
    anna.get(f"{HOME}{verden.annen_veileder}/invitasjon", 404)
    anna.post(f"{HOME}{verden.annen_veileder}/invitasjon", status=404)
    with reading() as db:
        assert db.get_one(Ansatt, (verden.annen_kommune_id, verden.annen_veileder)).aktiv


def test_a_lost_key_ends_at_once(app: Flask, verden: Verden, anna: Klient) -> None:
    device = kari_with_passkey(app, verden)
    kari = Klient(app)
    sign_in(kari, device, "/veileder")
    anna.get(f"{HOME}{verden.kari}/invitasjon")
    anna.post(f"{HOME}{verden.kari}/invitasjon", status=200)
    kari.get("/veileder/palogginger")  # an invitation alone changes nothing
    anna.post(f"{HOME}{verden.kari}/invitasjon", {"mistet": "y"}, 200)
    kari.get("/veileder/palogginger", 303)
    sign_in(Klient(app), device, "/veileder", status=400)
    anna.post(f"{HOME}{verden.anna}/invitasjon", {"mistet": "y"}, 200)
    anna.get(HOME)  # nobody shuts themselves out


def test_revoke(app: Flask, verden: Verden, anna: Klient) -> None:
    ny = invitasjoner.for_ansatt(verden.kommune_id, verden.kari)
    anna.get(f"{HOME}{verden.kari}/invitasjon")
    anna.post(f"{HOME}{verden.kari}/invitasjon/{ny.id}/trekk")
    Klient(app).get(f"/veileder/i/{ny.token}", 410)
    anna.post(f"{HOME}{verden.kari}/invitasjon/{ny.id}/trekk")


def test_25_a_page_by_key(app: Flask, verden: Verden, anna: Klient) -> None:
    for number in range(40):
        service.create_ansatt(verden.kommune_id, verden.nord, f"Ansatt {number}", "veileder")
    first = personal.staff(verden.kommune_id)
    assert len(first.linjer) == 25
    assert first.neste is not None
    second = personal.staff(verden.kommune_id, first.neste)
    assert len(second.linjer) == 20
    assert second.neste is None
    assert not {line.id for line in first.linjer} & {line.id for line in second.linjer}
    page = anna.get(HOME).text
    assert f"etter={first.neste}" in page
    anna.get(f"{HOME}?etter={first.neste}")
    anna.get(f"{HOME}?etter=tull")


def test_only_for_administrators(app: Flask, verden: Verden, veileder: Klient) -> None:
    leif = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.leif)
    for klient in (veileder, leif):
        klient.get(HOME, 404)
        klient.get(f"{HOME}ny", 404)
        klient.get(f"{HOME}{verden.kari}/invitasjon", 404)
