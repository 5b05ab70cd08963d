"""Ways around U1–U8 and V2 that once were open: each is refused by the service, and by the database itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import NOON
from tests.klient import Klient
from tests.varsel import verk
from tests.varsel.test_vern import avgjorelse, key, notice, refused, u8
from tests.verden import Verden
from webapp.platform import clock, ids
from webapp.platform.database import reading
from webapp.varsel import avgjore, grunn, horing, models, service
from webapp.varsel.lesing import Sagt
from webapp.varsel.rules import Feil, NotPossible, Tilstand
from webapp.vilkar import vedtak as vedtakene
from webapp.vilkar.models import Vilkarvisning

SAGT = Sagt(["sykdom"], "Jeg var syk", "")


@pytest.fixture(autouse=True)
def _form(app: Flask) -> Iterator[None]:
    with verk.formnokkel(app):
        yield


def muntlig(verden: Verden) -> tuple[UUID, UUID]:
    """Reached by telephone and written down by the same ansatt: nothing of it is the bruker's own."""
    sak_id = verk.varslet(verden)
    service.reached(verk.kari(verden), verk.sak(verden), sak_id, "telefon", "Ringte")
    return sak_id, horing.write_down(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), SAGT, "nb")


def stands_on(verden: Verden, sak_id: UUID) -> UUID:
    versjon = verk.saken(verden, sak_id).vilkarversjon_id
    with reading() as db:
        return grunn.vedtak_of(db, verden.kommune_id, verden.amina, versjon).id


def rett(verden: Verden, vedtak_id: UUID, **changed: object) -> UUID:
    fakta = vedtakene.one(verden.kommune_id, verden.amina, verden.seal(verden.amina), vedtak_id).fakta
    fakta = replace(fakta, klagefrist=date(2026, 12, 24), **changed)  # type: ignore[arg-type]
    return vedtakene.correct(verk.kari(verden), verk.sak(verden), vedtak_id, ids.new_id(), fakta)


def faults(verden: Verden, sak_id: UUID, one: avgjore.Beslutning) -> list[Feil]:
    with pytest.raises(avgjore.Faults) as found:
        verk.avgjor(verden, sak_id, one)
    return found.value.feil


def test_what_an_ansatt_wrote_down_waits_for_the_deadline(verden: Verden) -> None:
    sak_id, _oral = muntlig(verden)
    with pytest.raises(NotPossible):
        verk.vei(verden, sak_id)
    refused(models.Veiing(**key(verden, sak_id), innhold=b"x", antall=1, laget=NOON))
    frist = verk.saken(verden, sak_id).frist
    assert frist is not None
    with clock.frozen(frist - timedelta(seconds=1)), pytest.raises(NotPossible):
        verk.vei(verden, sak_id)
    with clock.frozen(frist):
        verk.vei(verden, sak_id)
        verk.avgjor(verden, sak_id, verk.reduksjon(verk.vedtak(verden, date(2026, 12, 9)), fra=date(2026, 12, 9)))


def test_the_bruker_confirms_on_the_page_and_an_ansatt_in_the_session_does_not(
    app: Flask, bruker: Klient, verden: Verden
) -> None:
    sak_id, oral = muntlig(verden)
    page = bruker.get(f"/varsel/{sak_id}/uttalelse/{oral}").text
    assert "Stemmer dette?" in page
    typed_by_staff = replace(verk.amina(verden), skriver="ansatt")
    horing.correct(typed_by_staff, sak_id, oral, ids.new_id(), SAGT)
    horing.deliver(typed_by_staff, sak_id, ids.new_id(), SAGT, horing.Onsker())
    with pytest.raises(NotPossible):
        verk.vei(verden, sak_id)
    refused(models.Veiing(**key(verden, sak_id), innhold=b"x", antall=3, laget=NOON))
    bruker.post(f"/varsel/{sak_id}/uttalelse/{oral}/rett", {"grunner": ["sykdom"], "ord": "Jeg var syk"})
    assert "Bekreftet" in bruker.get(f"/varsel/{sak_id}/uttalelse/{oral}").text
    verk.vei(verden, sak_id)


def test_a_correction_is_not_a_new_vedtak(verden: Verden) -> None:
    unrelated = verk.vedtak(verden, NOON.date(), laget=NOON - timedelta(days=2))
    sak_id = verk.veid(verden)
    for old in (stands_on(verden, sak_id), unrelated):
        corrected = rett(verden, old, dato=NOON.date())
        again = rett(verden, corrected, dato=NOON.date())
        for one in (corrected, again):
            assert Feil.VEDTAK_MANGLER in faults(verden, sak_id, verk.reduksjon(one))
            refused(avgjorelse(verden, sak_id, **u8(one)))
    new = rett(verden, verk.vedtak(verden, NOON.date()), dato=NOON.date())
    verk.avgjor(verden, sak_id, verk.reduksjon(new))


def test_the_vedtak_is_registered_and_dated_after_the_latest_word(verden: Verden) -> None:
    sak_id = verk.nadd(verden)
    early = verk.vedtak(verden, NOON.date())
    later = NOON + timedelta(days=2)
    with clock.frozen(NOON + timedelta(hours=2)):
        verk.si(verden, sak_id, "sykdom")
        verk.vei(verden, sak_id)
        assert Feil.VEDTAK_MANGLER in faults(verden, sak_id, verk.reduksjon(early))
        refused(avgjorelse(verden, sak_id, clock.now(), **u8(early)))
    with clock.frozen(later):
        verk.si(verden, sak_id, "barn")
        verk.vei(verden, sak_id)
        backdated = verk.vedtak(verden, NOON.date())
        assert Feil.VEDTAK_GAMMELT in faults(verden, sak_id, verk.reduksjon(backdated))
        refused(avgjorelse(verden, sak_id, later, **u8(backdated, fra=later.date())))
        verk.avgjor(verden, sak_id, verk.reduksjon(verk.vedtak(verden, later.date())))


def test_nothing_is_taken_for_days_before_the_decision(verden: Verden) -> None:
    sak_id = verk.veid(verden)
    new = verk.vedtak(verden, NOON.date())
    with clock.frozen(NOON + timedelta(days=10)):
        assert Feil.PERIODE_FOR_TIDLIG in faults(verden, sak_id, verk.reduksjon(new, fra=NOON.date()))
        refused(avgjorelse(verden, sak_id, clock.now(), **u8(new)))


def test_a_ground_that_is_taken_away_takes_the_reduction_with_it(verden: Verden) -> None:
    sak_id = verk.veid(verden)
    rett(verden, stands_on(verden, sak_id), reduksjon_oppgitt=False)
    new = verk.vedtak(verden, NOON.date())
    assert Feil.GRUNNLAG_BORTE in faults(verden, sak_id, verk.reduksjon(new))
    refused(avgjorelse(verden, sak_id, **u8(new)))
    verk.avgjor(verden, sak_id)  # what takes nothing needs no ground


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose"])
def test_a_page_that_is_fetched_ahead_is_neither_opened_nor_shown(bruker: Klient, verden: Verden, header: str) -> None:
    sak_id = verk.varslet(verden)
    vilkar_id = verk.saken(verden, sak_id).vilkar_id

    def shown() -> int | None:
        with reading() as db:
            return db.scalar(select(func.count()).select_from(Vilkarvisning))

    before = shown()
    for path in (f"/varsel/{sak_id}", f"/vilkar/{vilkar_id}"):
        bruker.http.get(path, headers={header: "prefetch;prerender"})
        bruker.http.head(path)
    assert verk.saken(verden, sak_id).tilstand is Tilstand.VARSLET
    assert shown() == before
    bruker.get(f"/varsel/{sak_id}")
    bruker.get(f"/vilkar/{vilkar_id}")
    assert verk.saken(verden, sak_id).tilstand is Tilstand.NADD
    assert shown() == (before or 0) + 1


def test_an_ansatt_who_types_does_not_open_the_notice(verden: Verden) -> None:
    sak_id = verk.varslet(verden)
    service.open_notice(replace(verk.amina(verden), skriver="ansatt"), sak_id, "nb")
    assert verk.saken(verden, sak_id).tilstand is Tilstand.VARSLET


def test_two_notices_about_one_vilkar_do_not_add_up(verden: Verden) -> None:
    vilkar_id = verk.vilkaret(verden)
    first, second = verk.varslet(verden, vilkar_id=vilkar_id), verk.notert(verden, vilkar_id)

    def send_second() -> None:
        steg = verk.saken(verden, second).steg
        service.send(verk.kari(verden), verk.sak(verden), second, ids.new_id(), verk.UTKAST, steg)

    for step in ("told", "reduced"):
        if step == "reduced":
            verk.si(verden, first, "sykdom")
            verk.vei(verden, first)
            verk.avgjor(verden, first, verk.reduksjon(verk.vedtak(verden, NOON.date())))
        with pytest.raises(service.NoGround) as found:
            send_second()
        assert found.value.mangler == ("annet_varsel",)
        refused(notice(verden, second))
    with clock.frozen(NOON + timedelta(days=32)):  # the reduction has run out
        with pytest.raises(service.NoGround) as found:
            send_second()  # what happened is what the first notice was about
        assert found.value.mangler == ("varslet_for",)
        refused(notice(verden, second, sendt=clock.now(), tidligst=date(2027, 1, 12)))
        service.close(verk.kari(verden), verk.sak(verden), second, ids.new_id(), "ikke_grunnlag", "")
        later = verk.notert(verden, vilkar_id, dato=date(2026, 12, 20))
        steg = verk.saken(verden, later).steg
        # Of the three months that the vilkår speaks of, the reduction took one, and a day of a second.
        with pytest.raises(service.MoreThanSaid) as more:
            service.send(verk.kari(verden), verk.sak(verden), later, ids.new_id(), verk.UTKAST, steg)
        assert more.value.maneder == 1
        refused(notice(verden, later, sendt=clock.now(), tidligst=date(2027, 1, 12), maneder=3))
        most = replace(verk.UTKAST, maneder=1)
        service.send(verk.kari(verden), verk.sak(verden), later, ids.new_id(), most, steg)


def test_a_weighing_that_is_too_long_is_shown_whole(veileder: Klient, verden: Verden) -> None:
    sak_id = verk.uttalt(verden)
    path = f"/veileder/bruker/{verden.amina}/varsel/{sak_id}"
    steg = str(verk.saken(verden, sak_id).steg)
    page = veileder.post(f"{path}/vei", {"steg": steg, "samlet": "a" * 25_000 + "SLUTT"}, status=422).text
    assert "SLUTT" in page


def test_reached_without_a_notice_keeps_the_words(veileder: Klient, verden: Verden) -> None:
    path = f"/veileder/bruker/{verden.amina}/varsel/{verk.notert(verden)}/nadd"
    for hvordan in ("telefon", ""):
        page = veileder.post(path, {"hvordan": hvordan, "ord": "Ringte i dag"}, status=409).text
        assert "Ringte i dag" in page
    veileder.get(path, status=404)
