"""U9: that the avgjørelse was opened is written down; what can be appealed, and until when."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.conftest import NOON
from tests.klient import Klient
from tests.varsel import verk
from tests.varsel.test_nytt import merker
from tests.varsel.test_vern import key, refused
from tests.verden import Verden
from webapp.klage import lesing as klager
from webapp.platform import clock, lov
from webapp.platform.database import reading, writing
from webapp.varsel import apning, avgjore, models, rules
from webapp.varsel.avgjore import Beslutning, Svar
from webapp.varsel.models import Avgjorelsenadd

LATER = NOON + timedelta(days=30)


@pytest.fixture
def redusert(app: Flask, verden: Verden) -> UUID:
    """Decided at noon: less money."""
    with verk.formnokkel(app):
        sak_id = verk.veid(verden)
        verk.avgjor(verden, sak_id, verk.reduksjon(verk.vedtak(verden, NOON.date())))
    return sak_id


def rader() -> list[tuple[str, str]]:
    with reading() as db:
        return [(row.hvordan, row.sprak) for row in db.scalars(select(Avgjorelsenadd).order_by(Avgjorelsenadd.laget))]


def test_opening_is_kept_once_a_language_and_seen_by_the_office(
    app: Flask, bruker: Klient, veileder: Klient, verden: Verden, redusert: UUID
) -> None:
    base = f"/veileder/bruker/{verden.amina}"
    assert "Brukeren har ikke åpnet avgjørelsen." in veileder.get(f"{base}/varsel/{redusert}").text
    assert "Ikke åpnet" in veileder.get(f"{base}/varsel/").text
    assert "Kontakt brukeren: avgjørelsen er ikke åpnet" in veileder.get(f"{base}/").text
    assert merker(app, verden) == ["varsel_ulest"]
    path = f"/varsel/{redusert}/avgjorelse"
    bruker.get(path, 503, headers={"Sec-Purpose": "prefetch"})
    assert rader() == []
    assert "Les hva som er bestemt" in bruker.get("/varsel/").text
    for _ in range(2):
        bruker.get(path)
    assert rader() == [("apnet", "nb")]
    assert merker(app, verden) == []
    assert "Åpnet i Medvirk" in veileder.get(f"{base}/varsel/{redusert}").text
    assert "Bestemt" in bruker.get("/varsel/").text
    assert bruker.get("/innsyn/alt.json").get_json()["varselsaker"][0]["avgjorelse_nadd"][0]["hvordan"] == "apnet"
    bruker.get("/innsyn/alt")


def test_an_ansatt_who_holds_the_phone_has_not_opened_it_for_them(verden: Verden, redusert: UUID) -> None:
    who = verk.amina(verden)
    typed = type(who)(who.kommune_id, who.id, who.kontor_id, who.okt_id, "nb", who.seal, "ansatt")
    apning.open_decision(typed, redusert, apning.Vist([], "nb"))
    apning.open_decision(who, redusert, apning.Vist([], "nb"), read=False)
    assert rader() == []


def test_told_another_way_once(veileder: Klient, verden: Verden, redusert: UUID) -> None:
    path = f"/veileder/bruker/{verden.amina}/varsel/{redusert}/nadd"
    assert "Gå gjennom hele avgjørelsen" in veileder.get(path).text
    told = {"hvordan": "telefon", "ord": "Leste alt med tolk"}
    veileder.post(path, told)
    veileder.post(path, told, 409)
    assert rader() == [("telefon", "nb")]
    page = veileder.get(f"/veileder/bruker/{verden.amina}/varsel/{redusert}").text
    assert "Leste alt med tolk" in page
    assert "Brukeren kan klage til og med" in page


def test_the_klagefrist_counts_from_when_it_reached_them(app: Flask, verden: Verden, redusert: UUID) -> None:
    """Opened on day 30: three weeks from then, and a klage is not marked as late before that."""
    with clock.frozen(LATER):
        bruker = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        page = bruker.get(f"/varsel/{redusert}/avgjorelse").text
        assert "Du kan klage til og med torsdag 14. januar" in page
        assert "Derfor er den lengre enn det står i teksten." in page
        assert "tirsdag 15. desember" in page  # the text itself stands as it was written
        bruker.post(f"/klage/ny/reduksjon/{redusert}", {"hva": "Jeg var syk", "handling": "send"})
    with clock.frozen(LATER + timedelta(days=22)):
        late = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        late.post(f"/klage/ny/reduksjon/{redusert}", {"hva": "En gang til", "handling": "send"})
    found = klager.alle(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    assert [one.for_sent for one in found] == [True, False]
    assert {one.klagefrist for one in found} == {date(2027, 1, 14)}


@pytest.mark.parametrize("utfall", ["ingen", "hjelp", "endret"])
def test_what_can_be_appealed(app: Flask, bruker: Klient, verden: Verden, utfall: str) -> None:
    with verk.formnokkel(app):
        sak_id = verk.veid(verden)
        verk.avgjor(verden, sak_id, Beslutning(utfall, "Du var syk."))
    page, own = bruker.get(f"/varsel/{sak_id}/avgjorelse").text, f"/klage/ny/reduksjon/{sak_id}"
    assert f"/klage/ny/vilkar/{verk.saken(verden, sak_id).vilkar_id}" in page
    if utfall == "endret":
        assert "Du kan klage til og med" in page
        assert own in page
        assert "Avgjørelsen om å endre vilkåret" in bruker.get(own).text
        assert own in bruker.get("/klage/").text
    else:
        assert "Du kan klage til og med" not in page
        assert "Du kan klage på selve vilkåret." in page
        assert own not in page
        bruker.get(own, 404)
    assert bruker.get(f"/varsel/{sak_id}/avgjorelse.pdf").data.startswith(b"%PDF")


def test_the_database_refuses_what_arrives_before_it_is_decided(app: Flask, verden: Verden, redusert: UUID) -> None:
    fine = {"ansatt_id": None, "hvordan": "apnet", "sprak": "nb", "skrevet_av": "bruker"}
    refused(models.Avgjorelsenadd(**{**key(verden, redusert), **fine}, laget=NOON - timedelta(days=1)))
    with verk.formnokkel(app):
        other = verk.veid(verden)
    refused(models.Avgjorelsenadd(**{**key(verden, other), **fine}, laget=clock.now()))
    with writing(unverified=True) as db:
        db.add(models.Avgjorelsenadd(**{**key(verden, redusert), **fine}, laget=clock.now()))
    for change in ("UPDATE avgjorelsenadd SET sprak = 'ar'", "DELETE FROM avgjorelsenadd"):
        with pytest.raises(Exception, match="append-only"), writing(unverified=True) as db:
            db.execute(text(change))


def test_a_last_day_is_a_working_day(app: Flask, verden: Verden) -> None:
    """A weekend or a holiday moves it on: to appeal, and more time that is given."""
    assert lov.klagefrist(date(2026, 12, 4)) == date(2026, 12, 28)  # the 25th, and then a weekend
    assert rules.klagefrist(date(2026, 12, 11)) == date(2027, 1, 4)
    with verk.formnokkel(app):
        sak_id = verk.nadd(verden)
        verk.si(verden, sak_id, ord="", onsker=("tid",))
        wish, given = verk.saken(verden, sak_id).onsker[0], Svar(True, "Ja.", date(2026, 12, 27))
        for _ in range(2):  # the same answer again
            avgjore.answer(verk.kari(verden), verk.sak(verden), sak_id, wish.id, given)
    assert verk.saken(verden, sak_id).frist_dag == date(2026, 12, 28)
