"""Ways round U1–U8 by closing and noting again, by the clock, by another hand, by another vedtak: all refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.klient import Klient
from tests.moter import avtaler
from tests.varsel import verk
from tests.varsel.test_hull import faults, rett
from tests.varsel.test_vern import avgjorelse, key, notice, put, refused, u8
from tests.verden import Verden
from webapp.platform import audit, clock, ids
from webapp.platform.database import reading, writing
from webapp.varsel import avgjore, horing, models, rules, service
from webapp.varsel.lesing import Sagt
from webapp.varsel.rules import Feil, NotPossible
from webapp.varsel.vern import ETTER_DAGEN, PA_DAGEN
from webapp.vilkar import forstaelse
from webapp.vilkar import grunnlag as vilkar
from webapp.vilkar import lesing as vilkarlesing
from webapp.vilkar.models import Vilkarversjon, Vilkarvisning
from webapp.vilkar.tekstbank import TYPER

LATER = date(2026, 11, 30)  # something else happened, a week after


@pytest.fixture(autouse=True)
def _form(app: Flask) -> Iterator[None]:
    with verk.formnokkel(app):
        yield


def send(verden: Verden, sak_id: UUID) -> None:
    steg = verk.saken(verden, sak_id).steg
    service.send(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), verk.UTKAST, steg)


def close(verden: Verden, sak_id: UUID, words: str = "", why: str = "ikke_grunnlag") -> None:
    service.close(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), why, words)


def lacks(verden: Verden, sak_id: UUID) -> tuple[str, ...]:
    with pytest.raises(service.NoGround) as found:
        send(verden, sak_id)
    return found.value.mangler


def shown(verden: Verden, vilkar_id: UUID, skriver: str | None = None) -> None:
    who = replace(verk.amina(verden), skriver=skriver)
    now = vilkarlesing.whole(verden.kommune_id, verden.amina, who.seal, vilkar_id).na
    forstaelse.shown(who, vilkar_id, now.id, now.tekst("nb"), "Firefox")


# --- Close, and note again


def test_what_the_bruker_was_heard_about_is_no_ground_again(verden: Verden) -> None:
    vilkar_id = verk.vilkaret(verden)
    first = verk.varslet(verden, vilkar_id=vilkar_id)
    verk.si(verden, first, "fant_arbeid")
    again = verk.notert(verden, vilkar_id)
    assert lacks(verden, again) == ("varslet_for",)
    refused(notice(verden, again))
    verk.notert(verden, vilkar_id, dato=NOON.date())  # something new in the same matter does not take the old along
    assert lacks(verden, again) == ("varslet_for",)
    close(verden, again)
    send(verden, verk.notert(verden, vilkar_id, dato=NOON.date()))


def test_what_was_noted_and_never_told_can_be_noted_again(verden: Verden) -> None:
    vilkar_id = verk.vilkaret(verden)
    close(verden, verk.notert(verden, vilkar_id))
    send(verden, verk.notert(verden, vilkar_id))


def test_words_and_wishes_are_not_closed_without_an_answer(veileder: Klient, verden: Verden) -> None:
    said, wished = verk.uttalt(verden), verk.nadd(verden)
    verk.si(verden, wished, ord="", onsker=("tid",))
    for sak_id in (said, wished):
        for why in ("ikke_grunnlag", "ordnet"):
            with pytest.raises(service.NoReason):
                close(verden, sak_id, " ", why)
            refused(models.Varsellukking(**key(verden, sak_id), grunn=why, tekst=None, laget=NOON))
        path = f"/veileder/bruker/{verden.amina}/varsel/{sak_id}/lukk"
        assert "Skriv et svar til brukeren." in veileder.post(path, {"grunn": "ordnet"}, status=422).text
        close(verden, sak_id, "Vi har snakket sammen.")
    close(verden, verk.veid(verden))  # the weighing is the answer


def test_earlier_words_are_weighed_in_the_next_matter(veileder: Klient, verden: Verden) -> None:
    vilkar_id = verk.vilkaret(verden)
    first = verk.varslet(verden, vilkar_id=vilkar_id)
    verk.si(verden, first, "sykdom", ord="Jeg lå på sykehus.", onsker=("tid", "tolk"))
    verk.svar(verden, first, dag=date(2027, 1, 20))
    before = verk.saken(verden, first)
    close(verden, first, "Vi snakkes.")
    with clock.frozen(NOON + timedelta(days=7)):
        second = verk.notert(verden, vilkar_id, LATER)
        send(verden, second)
        matter = verk.saken(verden, second)
        assert matter.varsel is not None
        assert matter.varsel.tidligst == date(2027, 1, 20)  # time that was given is not taken back
        verk.si(verden, second, "barn")
        own = avgjore.points(verk.saken(verden, second).uttalelser)
        with pytest.raises(avgjore.NotWeighed) as found:
            verk.vei(verden, second)
        left = [f"{one.id}.tolk" for one in before.onsker if one.slag == "tolk"]
        assert found.value.mangler == [*left, *avgjore.points(before.uttalelser)[:-1]]
    path = f"/veileder/bruker/{verden.amina}/varsel/{second}/vei"
    assert "Jeg lå på sykehus." in veileder.get(path).text
    words = dict.fromkeys([*own, *found.value.mangler], "Tatt med.")
    veileder.post(path, {**words, "steg": str(verk.saken(verden, second).steg)})
    assert set(verk.saken(verden, second).veiinger[-1].innhold) == set(words)


# --- The clock


def test_a_step_is_never_before_what_the_kommune_has_done(verden: Verden) -> None:
    sak_id = verk.varslet(verden)
    true = NOON + timedelta(days=22)
    with clock.frozen(true), writing() as db:
        audit.record(db, verden.kommune_id, "bruker_slettet", audit.SYSTEM, bruker_id=verden.jonas)
    with clock.frozen(NOON + timedelta(days=1)):
        service.reached(verk.kari(verden), verk.sak(verden), sak_id, "telefon", "Ringte")
        assert verk.saken(verden, sak_id).nadd[0].laget == true
    with clock.frozen(true), pytest.raises(NotPossible):
        verk.vei(verden, sak_id)


def test_a_showing_and_a_notice_are_not_back_dated(verden: Verden) -> None:
    vilkar_id = verk.vilkaret(verden, vist=None)
    sak_id = verk.notert(verden, vilkar_id)
    with clock.frozen(NOON - timedelta(days=5)):
        shown(verden, vilkar_id)
        with reading() as db:
            found = vilkar.grunnlag(db, verden.kommune_id, verden.amina, vilkar_id)
        assert found.vist is not None
        assert found.vist >= NOON
        assert lacks(verden, sak_id) == ("vist_etter",)
    refused(notice(verden, sak_id))
    fresh = verk.notert(verden)
    with clock.frozen(NOON - timedelta(days=20)):
        send(verden, fresh)
    sent = verk.saken(verden, fresh).varsel
    assert sent is not None
    assert sent.sendt >= NOON
    assert sent.tidligst == date(2026, 12, 8)


# --- What is held against the bruker


def test_one_thing_from_before_it_was_shown_stops_the_notice(verden: Verden) -> None:
    vilkar_id = verk.vilkaret(verden)
    for day in (verk.HAPPENED.date(), verk.ASKED.date() - timedelta(days=170)):
        sak_id = verk.notert(verden, vilkar_id, day)
    assert lacks(verden, sak_id) == ("vist_etter",)
    refused(notice(verden, sak_id))


@pytest.mark.parametrize(
    ("kind", "day", "lacking"),
    [
        ("kurs", date(2026, 11, 10), ()),
        ("bostotte", date(2026, 11, 20), ("ikke_forfalt",)),
        ("bostotte", date(2026, 11, 21), ()),
        ("fritekst", date(2026, 11, 20), ("ikke_forfalt",)),
        ("mote", date(2026, 11, 19), ("ikke_forfalt",)),
        ("mote", date(2026, 11, 20), ()),
    ],
)
def test_nothing_counts_before_the_last_day(verden: Verden, kind: str, day: date, lacking: tuple[str, ...]) -> None:
    sak_id = verk.notert(verden, verk.vilkaret(verden, frist=date(2026, 11, 20), kind=kind), day)
    if lacking:
        assert lacks(verden, sak_id) == lacking
        refused(notice(verden, sak_id))
    else:
        put(notice(verden, sak_id))


def test_a_last_day_that_is_moved_stops_the_reduction(verden: Verden) -> None:
    vilkar_id = verk.vilkaret(verden, frist=date(2026, 11, 20), kind="bostotte")
    sak_id = verk.varslet(verden, vilkar_id=vilkar_id)
    verk.si(verden, sak_id, "sykdom")
    verk.vei(verden, sak_id)
    verk.ny_versjon(verden, vilkar_id, verk.vedtak(verden, NOON.date()), 2, frist=date(2027, 1, 31), kind="bostotte")
    assert Feil.IKKE_FORFALT in faults(verden, sak_id, verk.reduksjon(verk.vedtak(verden, NOON.date())))
    verk.avgjor(verden, sak_id)


def test_the_database_knows_the_same_types_as_the_bank() -> None:
    for named, forfall in ((PA_DAGEN, "dagen"), (ETTER_DAGEN, "etter")):
        assert set(named) == {one.id for one in TYPER.values() if one.forfall == forfall}


def test_an_ansatt_who_holds_the_phone_shows_the_bruker_nothing(verden: Verden) -> None:
    vilkar_id = verk.vilkaret(verden, vist=None)
    shown(verden, vilkar_id, "ansatt")
    later = NOON + timedelta(days=1)
    with clock.frozen(later):
        sak_id = verk.notert(verden, vilkar_id, later.date())
        assert lacks(verden, sak_id) == ("ikke_vist",)
        refused(notice(verden, sak_id, sendt=later, tidligst=date(2026, 12, 9)))
        whole = vilkarlesing.whole(verden.kommune_id, verden.amina, verden.seal(verden.amina), vilkar_id)
        assert not whole.vilkar.vist
        for skriver in (None, None, "ansatt"):  # the same text, alone
            shown(verden, vilkar_id, skriver)
    whole = vilkarlesing.whole(verden.kommune_id, verden.amina, verden.seal(verden.amina), vilkar_id)
    assert whole.vilkar.vist
    assert sorted(one.hjelper or "" for one in whole.visninger) == ["", "ansatt"]
    with clock.frozen(NOON + timedelta(days=3)):
        close(verden, sak_id)
        send(verden, verk.notert(verden, vilkar_id, later.date() + timedelta(days=1)))


# --- Time, a conversation, an interpreter


def test_the_vedtak_waits_for_time_that_was_given(verden: Verden) -> None:
    sak_id = verk.uttalt(verden)
    verk.si(verden, sak_id, ord="", onsker=("tid",))
    verk.svar(verden, sak_id, dag=date(2026, 12, 28))
    with clock.frozen(NOON + timedelta(days=1)):
        early = verk.vedtak(verden, date(2026, 11, 25))
    out = NOON + timedelta(days=35)
    with clock.frozen(out):
        verk.vei(verden, sak_id)
        assert Feil.VEDTAK_MANGLER in faults(verden, sak_id, verk.reduksjon(early))
        refused(avgjorelse(verden, sak_id, out, **u8(early, fra=out.date(), til=out.date())))
        verk.avgjor(verden, sak_id, verk.reduksjon(verk.vedtak(verden, out.date())))


@pytest.mark.parametrize("slag", ["samtale", "tolk"])
@pytest.mark.parametrize("how", ["meeting", "written_down"])
def test_a_conversation_that_was_promised_is_held_first(verden: Verden, slag: str, how: str) -> None:
    sak_id = verk.uttalt(verden)
    verk.si(verden, sak_id, ord="", onsker=(slag,))
    verk.svar(verden, sak_id)
    verk.vei(verden, sak_id)
    new = verk.vedtak(verden, NOON.date())
    assert faults(verden, sak_id, verk.reduksjon(new)) == [Feil.SAMTALE_MANGLER]
    refused(avgjorelse(verden, sak_id, **u8(new)))
    later = NOON + timedelta(days=2)
    with clock.frozen(later):
        if how == "meeting":
            avtaler.holdt(verden)
        else:
            said = Sagt(["sykdom"], "Fortalt på telefon", "")
            horing.write_down(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), said, "nb")
        verk.vei(verden, sak_id)
        verk.avgjor(verden, sak_id, verk.reduksjon(verk.vedtak(verden, later.date())))


def test_what_takes_nothing_waits_for_no_conversation(verden: Verden) -> None:
    sak_id = verk.uttalt(verden)
    verk.si(verden, sak_id, ord="", onsker=("samtale",))
    verk.svar(verden, sak_id)
    verk.vei(verden, sak_id)
    verk.avgjor(verden, sak_id)


# --- The vedtak of a reduction


def test_one_vedtak_carries_one_reduction(verden: Verden) -> None:
    first, second = verk.veid(verden), verk.veid(verden)
    new = verk.vedtak(verden, NOON.date())
    verk.avgjor(verden, first, verk.reduksjon(new))
    for one in (new, rett(verden, new, dato=NOON.date())):
        assert Feil.VEDTAK_MANGLER in faults(verden, second, verk.reduksjon(one))
        refused(avgjorelse(verden, second, **u8(one)))


def test_a_reduction_begins_soon_and_ends_as_the_notice_said(verden: Verden) -> None:
    sak_id = verk.veid(verden)
    new = verk.vedtak(verden, NOON.date())
    far = NOON.date() + timedelta(days=100)
    assert faults(verden, sak_id, verk.reduksjon(new, fra=far, til=far)) == [Feil.PERIODE_FOR_SEN]
    refused(avgjorelse(verden, sak_id, **u8(new, fra=far, til=far)))
    refused(avgjorelse(verden, sak_id, **u8(new, til=date(2027, 1, 25))))  # two months are until 23 January
    put(avgjorelse(verden, sak_id, **u8(new, til=rules.last_of_period(NOON.date(), 2))))


# --- Written past the service


def test_a_row_that_is_written_past_the_service_moves_the_matter_on(verden: Verden) -> None:
    sak_id = verk.varslet(verden)
    at = NOON + timedelta(days=40)
    frist = at + timedelta(days=15)
    put(models.Varselnadd(**key(verden, sak_id), hvordan="telefon", sprak="nb", frist=frist, laget=at))
    assert verk.saken(verden, sak_id).siste == at
    refused(models.Veiing(**key(verden, sak_id), innhold=b"x", antall=0, laget=at - timedelta(days=20)))


@pytest.mark.parametrize(
    "wrong", [{"tilstand": "veid"}, {"frist": NOON}, {"steg": 4}, {"siste": NOON - timedelta(days=9)}]
)
def test_a_matter_begins_at_the_beginning(verden: Verden, wrong: dict[str, Any]) -> None:
    there = verk.saken(verden, verk.notert(verden))
    fields = {
        "bruker_id": verden.amina,
        "vilkar_id": there.vilkar_id,
        "vilkarversjon_id": there.vilkarversjon_id,
        "siste": NOON,
        "laget": NOON,
    }
    refused(models.Varselsak(id=ids.new_id(), kommune_id=verden.kommune_id, **{**fields, **wrong}))


@pytest.mark.parametrize("wrong", ["early", "other"])
def test_a_showing_is_not_before_its_text(verden: Verden, wrong: str) -> None:
    there = verk.saken(verden, verk.notert(verden))
    with writing() as db:
        versjon = db.get_one(Vilkarversjon, (verden.kommune_id, there.vilkarversjon_id))
    at: datetime = versjon.laget - timedelta(seconds=1) if wrong == "early" else NOON
    refused(
        Vilkarvisning(
            id=ids.new_id(),
            kommune_id=verden.kommune_id,
            vilkarversjon_id=versjon.id,
            bruker_id=verden.amina if wrong == "early" else verden.jonas,
            tekst=b"x",
            sha256=b"y" * 32,
            sprak="nb",
            retning="ltr",
            enhet="x",
            vist=at,
        )
    )
