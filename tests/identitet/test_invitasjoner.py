"""Invitations: used once, 72 hours, revocable; only hashes are kept; looking never uses one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from tests.conftest import NOON
from tests.identitet.veier import invite
from tests.klient import Klient
from tests.verden import Verden
from webapp.identitet import invitasjoner, nokler, rules
from webapp.identitet.invitasjoner import Ugyldig
from webapp.identitet.models import Bruker, Invitasjon
from webapp.identitet.rules import Tilstand
from webapp.platform import clock
from webapp.platform.audit import Hendelse
from webapp.platform.database import engines, reading, writing

DAY = timedelta(days=1)


def test_only_hashes_are_kept(app: Flask, verden: Verden) -> None:
    ny = invite(verden)
    assert len(ny.token) == 43
    assert ny.kode is not None
    assert len(ny.kode) == 8
    with engines().write.connect() as connection:
        stored = str(connection.execute(text("SELECT * FROM invitasjon")).all())
    assert ny.token not in stored
    assert ny.kode not in stored
    with reading() as db:
        kode_hash = db.scalars(select(Invitasjon.kode_hash)).one()
    assert kode_hash is not None
    assert len(kode_hash) == 32


def test_a_bruker_comes_in_with_the_link(app: Flask, verden: Verden, besoker: Klient) -> None:
    ny = invite(verden)
    page = besoker.get(f"/i/{ny.token}").text
    assert "Kari Test" in page  # K2: who reads comes before the first question
    assert "frivillig" in page
    assert "Amina" not in page  # whoever holds a link does not learn whose it is
    besoker.get(f"/i/{ny.token}")
    assert invitasjoner.by_token(ny.token).tilstand is Tilstand.GYLDIG  # type: ignore[union-attr] # looking is not using
    answer = besoker.post(f"/i/{ny.token}")
    assert answer.location == "/velkommen"
    besoker.token = ""
    besoker.follow(answer)
    with reading() as db:
        types = db.scalars(select(Hendelse.type).where(Hendelse.bruker_id == verden.amina)).all()
    assert {"invitasjon_laget", "invitasjon_brukt", "logget_inn"} <= set(types)


def test_head_does_not_use_it(app: Flask, verden: Verden, besoker: Klient) -> None:
    ny = invite(verden)
    assert besoker.http.head(f"/i/{ny.token}").status_code == 200
    assert invitasjoner.by_token(ny.token).tilstand is Tilstand.GYLDIG  # type: ignore[union-attr]


def test_the_link_works_once(app: Flask, verden: Verden, besoker: Klient) -> None:
    ny = invite(verden)
    besoker.post(f"/i/{ny.token}")
    other = Klient(app)
    page = other.get(f"/i/{ny.token}", 410).text
    assert "brukt" in page
    assert "tel:00000001" in page
    other.post(f"/i/{ny.token}", status=410)
    # The one who used it is shown home, not blamed.
    besoker.token = ""
    assert besoker.get(f"/i/{ny.token}", 303).location == "/"


def test_two_browsers_race_and_one_wins(app: Flask, verden: Verden) -> None:
    """Both have seen a valid invitation, and press at the same moment."""
    seen_by_both = invitasjoner.by_token(invite(verden).token)
    assert seen_by_both is not None
    at_once = threading.Barrier(4)

    def press(number: int) -> object:
        with app.app_context():
            at_once.wait()
            try:
                return invitasjoner.use(seen_by_both, f"page {number}").who.id
            except Ugyldig as lost:
                return lost.tilstand

    with ThreadPoolExecutor(4) as pool:
        outcome = list(pool.map(press, range(4)))
    assert outcome.count(verden.amina) == 1
    assert outcome.count(Tilstand.BRUKT) == 3
    with reading() as db:
        used = select(func.count()).select_from(Hendelse).where(Hendelse.type == "invitasjon_brukt")
        assert db.scalar(used) == 1


def test_two_taps_on_one_page_are_one(app: Flask, verden: Verden) -> None:
    """The browser throws away the first answer, and the session in it; the second tap must still get in."""
    ny = invite(verden)
    seen = invitasjoner.by_token(ny.token)
    assert seen is not None
    invitasjoner.use(seen, "the page's key")
    assert invitasjoner.use(seen, "the page's key").who.id == verden.amina
    with clock.frozen(NOON + rules.SAME_TAP), pytest.raises(Ugyldig):
        invitasjoner.use(seen, "the page's key")
    with pytest.raises(Ugyldig):
        invitasjoner.use(seen, "")


def test_expired_after_72_hours(app: Flask, verden: Verden, besoker: Klient) -> None:
    ny = invite(verden)
    with clock.frozen(NOON + 3 * DAY - timedelta(seconds=1)):
        besoker.get(f"/i/{ny.token}")
    with clock.frozen(NOON + 3 * DAY):
        assert "for gammel" in besoker.get(f"/i/{ny.token}", 410).text
        besoker.post(f"/i/{ny.token}", status=410)


def test_a_new_one_ends_the_one_before(app: Flask, verden: Verden, besoker: Klient) -> None:
    old, new = invite(verden), invite(verden)
    assert "trukket tilbake" in besoker.get(f"/i/{old.token}", 410).text
    besoker.get(f"/i/{new.token}")
    assert invitasjoner.by_code(old.kode or "").tilstand is Tilstand.TILBAKEKALT  # type: ignore[union-attr]


def test_one_that_ran_out_is_said_to_have_run_out(app: Flask, verden: Verden, besoker: Klient) -> None:
    """Also when a newer one was made afterwards: the page says what happened first."""
    old = invite(verden)
    with clock.frozen(NOON + 4 * DAY):
        invite(verden)
        assert "for gammel" in besoker.get(f"/i/{old.token}", 410).text


def test_the_database_itself_allows_one_open_invitation(app: Flask, verden: Verden) -> None:
    invite(verden)
    row = Invitasjon(kommune_id=verden.kommune_id, bruker_id=verden.amina, lenke_hash=b"x" * 32, utloper=NOON + DAY)
    with pytest.raises(IntegrityError), writing(unverified=True) as db:
        db.add(row)


def test_an_invitation_is_for_one_kind_of_person(app: Flask, verden: Verden) -> None:
    for both in ({}, {"bruker_id": verden.amina, "ansatt_id": verden.kari}):
        row = Invitasjon(kommune_id=verden.kommune_id, lenke_hash=b"y" * 32, utloper=NOON + DAY, **both)
        with pytest.raises(IntegrityError), writing(unverified=True) as db:
            db.add(row)


@pytest.mark.parametrize("sprak", ["nb", "ar"])
def test_unknown_and_mangled_links_help(app: Flask, besoker: Klient, sprak: str) -> None:
    besoker.sprak = sprak
    besoker.post("/sprak", {"bytt_sprak": sprak})
    for token in ("x" * 43, "kort", "x" * 4000, "%00" * 43, "æøå", "%ff%fe", "../../etc", "' or 1=1 --"):
        response = besoker.http.get(f"/i/{token}")
        assert response.status_code == 404, token
    besoker.get(f"/i/{'x' * 43}", 404)
    besoker.post(f"/i/{'x' * 43}", status=404)


def test_doors_are_apart(app: Flask, verden: Verden, besoker: Klient) -> None:
    staff = invitasjoner.for_ansatt(verden.kommune_id, verden.kari)
    besoker.get(f"/i/{staff.token}", 404)
    besoker.get(f"/veileder/i/{invite(verden).token}", 404)
    assert staff.kode is None


def test_greets_in_the_language_the_veileder_wrote_down(app: Flask, verden: Verden, besoker: Klient) -> None:
    with writing(unverified=True) as db:
        db.get_one(Bruker, (verden.kommune_id, verden.amina)).sprak = "ar"
    ny = invite(verden)
    besoker.sprak = "ar"
    besoker.get(f"/i/{ny.token}")
    besoker.sprak = "nb"
    besoker.post("/sprak", {"bytt_sprak": "nb", "neste": f"/i/{ny.token}"})
    besoker.get(f"/i/{ny.token}")
    besoker.post(f"/i/{ny.token}")
    with reading() as db:  # the choice before sign-in is the person's
        assert db.get_one(Bruker, (verden.kommune_id, verden.amina)).sprak == "nb"


@pytest.mark.parametrize("tilstand", ["brukt", "utlopt", "tilbakekalt"])
def test_every_state_has_a_page_in_arabic(app: Flask, verden: Verden, tilstand: str) -> None:
    ny = invite(verden)
    reader = Klient(app)
    reader.post("/sprak", {"bytt_sprak": "ar"})
    reader.sprak = "ar"
    reader.get(f"/i/{ny.token}")
    moment = NOON
    if tilstand == "brukt":
        Klient(app).post(f"/i/{ny.token}")
    elif tilstand == "utlopt":
        moment = NOON + 3 * DAY
    else:
        invite(verden)
    with clock.frozen(moment):
        reader.get(f"/i/{ny.token}", 410)


def test_a_deleted_bruker_has_no_invitation(app: Flask, verden: Verden, besoker: Klient) -> None:
    ny = invite(verden)
    nokler.delete_bruker(verden.kommune_id, verden.amina)
    besoker.get(f"/i/{ny.token}", 404)
    with pytest.raises(rules.NotHere):
        invite(verden)


def test_a_stale_form_key_does_not_use_it(app: Flask, verden: Verden, besoker: Klient) -> None:
    ny = invite(verden)
    page = besoker.post(f"/i/{ny.token}", status=400, key="gammel").text
    assert "én gang til" in page
    besoker.post(f"/i/{ny.token}")


def test_another_kommunes_invitation_leads_there(app: Flask, verden: Verden, besoker: Klient) -> None:
    ny = invitasjoner.for_bruker(verden.annen_kommune_id, verden.annen_bruker)
    assert "Annenvik" in besoker.get(f"/i/{ny.token}").text
    with pytest.raises(rules.NotHere):
        invitasjoner.for_bruker(verden.kommune_id, verden.annen_bruker)
