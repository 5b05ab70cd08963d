"""The bruker's corner: codes on paper, own sessions and passkeys, and what Medvirk is."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.conftest import NOON
from tests.identitet.autentikator import Autentikator
from tests.identitet.veier import add_passkey, amina_with_passkey, kari_with_passkey, sign_in
from tests.klient import Klient
from tests.verden import Verden
from webapp.identitet.models import Engangskode, Passnokkel
from webapp.platform import clock
from webapp.platform.database import engines, reading

CODE = re.compile(r'<span class="kode">([^<]+)</span>')


@pytest.mark.parametrize("sprak", ["nb", "ar"])
def test_every_page(app: Flask, verden: Verden, bruker: Klient, sprak: str) -> None:
    bruker.get("/mer")
    bruker.post("/sprak", {"bytt_sprak": sprak, "neste": "/mer"})
    bruker.sprak = sprak
    for path in ("/mer", "/mer/koder", "/mer/palogginger", "/velkommen", "/om"):
        bruker.get(path)
    bruker.post("/mer/koder", status=200)
    bruker.get("/mer/koder")
    add_passkey(bruker, Autentikator())
    bruker.get("/mer/palogginger")
    with clock.frozen(NOON + timedelta(minutes=15)):
        for path in ("/mer/koder", "/mer/palogginger"):
            bruker.get(path)
    stranger = Klient(app)
    stranger.post("/sprak", {"bytt_sprak": sprak})
    stranger.sprak = sprak
    for path in ("/om", "/utlogget"):
        stranger.get(path)


def test_om_says_whose_it_is_and_whose_it_is_not(besoker: Klient) -> None:
    page = besoker.get("/om").text
    assert "ikke en offisiell tjeneste" in page
    assert "frivillig" in page
    assert "oppdiktet" in page  # demo


def test_ten_codes_shown_once_and_hashed(app: Flask, verden: Verden, bruker: Klient) -> None:
    codes = CODE.findall(bruker.post("/mer/koder", status=200).text)
    assert len(set(codes)) == 10
    assert not CODE.findall(bruker.get("/mer/koder").text)
    with engines().write.connect() as connection:
        stored = str(connection.execute(text("SELECT * FROM engangskode")).all())
    assert not any(code.replace("-", "") in stored for code in codes)


def test_a_new_sheet_ends_the_one_before(app: Flask, verden: Verden, bruker: Klient) -> None:
    old = CODE.findall(bruker.post("/mer/koder", status=200).text)
    new = CODE.findall(bruker.post("/mer/koder", status=200).text)
    Klient(app).post("/inn/kode", {"kode": old[0]}, 422)
    Klient(app).post("/inn/kode", {"kode": new[0]})
    page = bruker.get("/mer/koder").text
    assert "9 koder igjen" in page
    with reading() as db:
        assert len(db.scalars(select(Engangskode.id)).all()) == 10


def test_somebody_elses_sheet_is_left_alone(app: Flask, verden: Verden, bruker: Klient) -> None:
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    theirs = CODE.findall(jonas.post("/mer/koder", status=200).text)
    bruker.post("/mer/koder", status=200)
    Klient(app).post("/inn/kode", {"kode": theirs[0]})


def test_codes_ask_who_one_is(app: Flask, verden: Verden) -> None:
    amina = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    add_passkey(amina, Autentikator())
    with clock.frozen(NOON + timedelta(minutes=11)):
        assert "/inn?bekreft=1" in amina.get("/mer/koder").text
        assert not CODE.findall(amina.post("/mer/koder", status=200).text)


def test_end_another_session(app: Flask, verden: Verden, bruker: Klient) -> None:
    lost = Klient(app)
    lost.http.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 10) Chrome/140.0 Mobile"
    device = amina_with_passkey(app, verden)
    sign_in(lost, device)
    page = bruker.get("/mer/palogginger").text
    assert "Android · Chrome" in page
    ends = re.findall(r'action="(/mer/palogginger/okt/[^"]+)"', page)
    assert len(ends) == 2
    for path in ends:
        bruker.post(path)
    lost.get("/mer", 303)
    bruker.get("/mer/palogginger")
    bruker.post(ends[0])  # again: said, and nothing happens


def test_not_somebody_elses_session(app: Flask, verden: Verden, bruker: Klient) -> None:
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    assert jonas.who is not None
    bruker.post(f"/mer/palogginger/okt/{jonas.who.okt_id}")
    bruker.post(f"/mer/palogginger/okt/{uuid4()}")
    jonas.get("/mer")


def test_remove_a_passkey_after_confirming(app: Flask, verden: Verden) -> None:
    device = amina_with_passkey(app, verden)
    phone = Klient(app)
    sign_in(phone, device)
    path = _removal(phone, "/mer/palogginger")
    with clock.frozen(NOON + timedelta(minutes=10)):
        assert not _removals(phone, "/mer/palogginger")
        phone.post(path)
        with reading() as db:
            assert db.scalar(select(Passnokkel.id)) is not None
        sign_in(phone, device)
        phone.post(path)
    with reading() as db:
        assert db.scalar(select(Passnokkel.id)) is None
    sign_in(Klient(app), device, status=400)


def test_not_somebody_elses_passkey(app: Flask, verden: Verden) -> None:
    amina_with_passkey(app, verden)
    with reading() as db:
        theirs = db.scalars(select(Passnokkel.id)).one()
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    jonas.post(f"/mer/palogginger/nokkel/{theirs}")
    kari = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    kari.get("/veileder/palogginger")
    kari.post(f"/veileder/palogginger/nokkel/{theirs}")
    with reading() as db:
        assert db.scalars(select(Passnokkel.id)).one() == theirs


def test_staff_keep_at_least_one(app: Flask, verden: Verden) -> None:
    device = kari_with_passkey(app, verden)
    kari = Klient(app)
    sign_in(kari, device, "/veileder")
    page = "/veileder/palogginger"
    assert not _removals(kari, page)
    with reading() as db:
        only = db.scalars(select(Passnokkel.id)).one()
    kari.post(f"{page}/nokkel/{only}")
    second = Autentikator()
    add_passkey(kari, second, "/veileder")
    assert len(_removals(kari, page)) == 2
    kari.post(f"{page}/nokkel/{only}")
    sign_in(Klient(app), device, "/veileder", status=400)
    sign_in(Klient(app), second, "/veileder")
    assert not _removals(kari, page)


def test_a_stale_page_asks_once_more(app: Flask, verden: Verden, bruker: Klient) -> None:
    bruker.post(f"/mer/palogginger/okt/{uuid4()}", key="gammel")
    assert "én gang til" in bruker.get("/mer/palogginger").text
    assert not CODE.findall(bruker.post("/mer/koder", status=422, key="gammel").text)
    bruker.post(f"/mer/palogginger/nokkel/{uuid4()}", key="gammel")


def _removals(klient: Klient, page: str) -> list[str]:
    return re.findall(rf'action="({page}/nokkel/[^"]+)"', klient.get(page).text)


def _removal(klient: Klient, page: str) -> str:
    return _removals(klient, page)[0]


def test_the_draft_of_the_tilgjengelighetserklaering(besoker: Klient, bruker: Klient, veileder: Klient) -> None:
    """Open to anybody, a link away from every page, and says itself that the kommune must complete it."""
    page = besoker.get("/tilgjengelighet").text
    assert "utkast til tilgjengelighetserklæring" in page
    assert "Diskrimineringsnemnda" in page
    assert 'datetime="2026-' in page
    for klient, path in ((besoker, "/inn"), (bruker, "/"), (veileder, "/veileder/")):
        assert 'href="/tilgjengelighet"' in klient.get(path).text
