"""U9: one last day to appeal a decision, on every page, and the klage that is sent in the place of «Klag»."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.klage import klager
from tests.klient import Klient
from tests.sporringer import count
from tests.varsel import verk
from tests.verden import Verden
from webapp.klage import mal, tillegg
from webapp.klage.rules import Mal
from webapp.platform import clock
from webapp.platform.nyheter import Nyhet
from webapp.varsel import apning, nestesteg, nytt
from webapp.varsel.avgjore import Beslutning

UNREAD, READ = NOON + timedelta(days=11), NOON + timedelta(days=24)
LAST, DAY = date(2027, 1, 8), "fredag 8. januar"


@pytest.fixture
def redusert(app: Flask, verden: Verden) -> UUID:
    """Decided at noon: less money. Three weeks from then are over when it is read."""
    with verk.formnokkel(app):
        sak_id = verk.veid(verden)
        verk.avgjor(verden, sak_id, verk.reduksjon(verk.vedtak(verden, NOON.date())))
    return sak_id


def klaget(app: Flask, verden: Verden, sak_id: UUID) -> UUID:
    """Against what the bruker has heard of and not opened."""
    with clock.frozen(UNREAD), verk.formnokkel(app):
        return klager.sendt(verden, sak_id, Mal.REDUKSJON)


def apnet(app: Flask, verden: Verden, sak_id: UUID) -> None:
    with clock.frozen(READ):
        Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina).get(f"/varsel/{sak_id}/avgjorelse")


def hjem(app: Flask, verden: Verden) -> list[Nyhet]:
    seal = verden.seal(verden.amina)
    with app.test_request_context(), count(app) as asked:
        found = nytt.for_bruker(verden.kommune_id, verden.amina, seal)
    assert len(asked) <= 2
    return found


def test_every_page_says_the_same_last_day(app: Flask, verden: Verden, redusert: UUID) -> None:
    klage_id = klaget(app, verden, redusert)
    apnet(app, verden, redusert)
    with clock.frozen(READ):
        bruker = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        veileder = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
        for path in (
            f"/varsel/{redusert}/avgjorelse",
            f"/klage/{klage_id}",  # it had not reached them when this came
            f"/klage/{klage_id}/trekk",
            f"/klage/ny/reduksjon/{redusert}",
        ):
            assert DAY in bruker.get(path).text, path
        for path in ("", f"varsel/{redusert}", f"klage/{klage_id}"):
            assert DAY in veileder.get(f"/veileder/bruker/{verden.amina}/{path}").text, path
        bruker.get(f"/klage/{klage_id}.pdf")
        seal = verden.seal(verden.amina)
        with app.test_request_context(), count(app) as asked:
            [one] = nestesteg.matters(verden.kommune_id, verden.amina, seal)
        assert (len(asked), one.klagefrist, one.lest) == (1, LAST, True)


def test_the_front_page_says_it_until_it_is_appealed(app: Flask, verden: Verden, redusert: UUID) -> None:
    path = f"/varsel/{redusert}/avgjorelse"
    with clock.frozen(READ):  # not opened: three weeks from now, and never a day that has been
        assert [(one.tekst, one.frist) for one in hjem(app, verden)] == [
            ("Noe er bestemt etter et varsel. Les hva det er.", LAST)
        ]
    apnet(app, verden, redusert)
    with clock.frozen(READ):
        assert [(one.tekst, one.sti, one.frist) for one in hjem(app, verden)] == [
            (f"Du kan klage til og med {DAY} 2027.", path, LAST)
        ]
    klage_id = klaget(app, verden, redusert)
    with clock.frozen(READ):
        assert hjem(app, verden) == []  # what becomes of the klage, that room tells
        with verk.formnokkel(app):
            tillegg.withdraw(verk.amina(verden), klage_id, "")
        assert [one.frist for one in hjem(app, verden)] == [LAST]


def test_what_was_told_by_phone_can_still_be_read(app: Flask, verden: Verden, redusert: UUID) -> None:
    with verk.formnokkel(app):
        apning.decision_reached(verk.kari(verden), verk.sak(verden), redusert, "telefon", "")
    with clock.frozen(READ):
        assert [(one.tekst, one.frist) for one in hjem(app, verden)] == [
            ("Noe er bestemt etter et varsel. Les hva det er.", None)
        ]


def test_what_is_not_read_stays_as_long_as_the_office_is_reminded_and_one_can_appeal(
    app: Flask, verden: Verden, redusert: UUID
) -> None:
    unread = ["Noe er bestemt etter et varsel. Les hva det er."]
    for days, reminded in ((31, True), (89, True), (91, False)):  # it has not reached them: nothing runs out
        with clock.frozen(NOON + timedelta(days=days)):
            assert [one.tekst for one in hjem(app, verden)] == unread
            with app.test_request_context():
                assert bool(nytt.for_liste(verden.kommune_id, [verden.amina])) == reminded
    told = NOON + timedelta(days=95)
    with clock.frozen(told), verk.formnokkel(app):
        apning.decision_reached(verk.kari(verden), verk.sak(verden), redusert, "telefon", "")
    for days, lines in ((21, unread), (40, [])):
        with clock.frozen(told + timedelta(days=days)):
            assert [one.tekst for one in hjem(app, verden)] == lines


def test_what_is_read_late_says_how_long_one_can_appeal(app: Flask, verden: Verden, redusert: UUID) -> None:
    apnet(app, verden, redusert)
    with clock.frozen(NOON + timedelta(days=31)):
        assert [one.tekst for one in hjem(app, verden)] == [f"Du kan klage til og med {DAY} 2027."]
    with clock.frozen(READ + timedelta(days=22)):
        assert hjem(app, verden) == []


def test_what_takes_nothing_is_read_and_done_with(app: Flask, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id = verk.veid(verden)
        verk.avgjor(verden, sak_id, Beslutning("ingen", "Du var syk."))
    assert [one.frist for one in hjem(app, verden)] == [None]
    for days, lines in ((89, 1), (91, 0)):
        with clock.frozen(NOON + timedelta(days=days)):
            assert len(hjem(app, verden)) == lines
    apnet(app, verden, sak_id)
    with clock.frozen(READ):
        assert hjem(app, verden) == []


def test_the_decision_leads_to_the_klage_that_is_sent(app: Flask, verden: Verden, redusert: UUID) -> None:
    bruker = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    path, write = f"/varsel/{redusert}/avgjorelse", f'href="/klage/ny/reduksjon/{redusert}"'
    assert write in bruker.get(path).text
    klage_id = klaget(app, verden, redusert)
    page = bruker.get(path).text
    assert f'<a class="ds-button" href="/klage/{klage_id}">' in page
    assert "Klagen er sendt." in page
    assert write not in page
    with verk.formnokkel(app):
        tillegg.withdraw(verk.amina(verden), klage_id, "")
    assert write in bruker.get(path).text


def test_a_klage_against_a_vilkar_keeps_its_day_when_the_vilkar_gets_another_text(app: Flask, verden: Verden) -> None:
    """The day of the new text is none of that klage's. A new one, when it is withdrawn, is against the new text."""
    with verk.formnokkel(app):
        vilkar_id = verk.vilkaret(verden, vist=NOON - timedelta(days=5))
        klage_id = klager.sendt(verden, vilkar_id, Mal.VILKAR)
    seal = verden.seal(verden.amina)

    def frist() -> date:
        one = klager.klagen(verden, klage_id)
        return mal.med_frist(verden.kommune_id, verden.amina, seal, one).klagefrist

    with verk.formnokkel(app):
        before = frist()
    with clock.frozen(READ), verk.formnokkel(app):
        verk.ny_versjon(verden, vilkar_id, verk.vedtak(verden, READ.date()), 2, vist=READ, laget=READ)
        assert frist() == before
        tillegg.withdraw(verk.amina(verden), klage_id, "")
        assert frist() == LAST
