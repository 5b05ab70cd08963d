"""The road from a note to an avgjørelse, step by step (U1–U9)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.varsel import verk
from tests.verden import Verden
from webapp.platform import clock, ids
from webapp.varsel import avgjore, horing, lesing, rules, service
from webapp.varsel.lesing import Sagt
from webapp.varsel.rules import Feil, NotPossible, Tilstand
from webapp.varsel.steg import Moved


@pytest.fixture(autouse=True)
def _form(app: Flask) -> object:
    with verk.formnokkel(app):
        yield


def test_the_whole_road_to_a_reduction(verden: Verden) -> None:
    sak_id = verk.varslet(verden)
    matter = verk.saken(verden, sak_id)
    assert matter.tilstand is Tilstand.VARSLET
    assert matter.frist is None  # U3: not opened is not a notice
    assert matter.varsel is not None
    assert matter.varsel.tidligst == date(2026, 12, 8)
    service.open_notice(verk.amina(verden), sak_id, "nb")
    assert verk.saken(verden, sak_id).frist_dag == date(2026, 12, 8)
    verk.si(verden, sak_id, "sykdom", "barn")
    verk.vei(verden, sak_id)
    with clock.frozen(NOON + timedelta(days=1)):
        new = verk.vedtak(verden, date(2026, 11, 25))
        verk.avgjor(verden, sak_id, verk.reduksjon(new))
        matter = verk.saken(verden, sak_id)
    assert matter.tilstand is Tilstand.AVGJORT
    assert matter.avgjorelse is not None
    assert matter.avgjorelse.klagefrist == date(2026, 12, 16)
    words = str(matter.avgjorelse.tekst["nb"])
    assert "Du får 1\\xa00" in words
    assert "Har ikke barn." in words


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"konsekvens": False}, "ingen_konsekvens"),
        ({"reduksjon": False}, "reduksjon_ikke_oppgitt"),
        ({"vist": None}, "ikke_vist"),
        ({"frist": None}, "ingen_frist"),
        ({"slag": "dokumentasjon"}, "dokumentasjon"),
        ({"vist": NOON - timedelta(hours=1)}, "vist_etter"),  # seen after the day it happened
        ({"vist": verk.HAPPENED - timedelta(hours=3)}, "vist_etter"),  # and the same day is too late
    ],
)
def test_no_notice_without_the_ground(verden: Verden, wrong: dict[str, object], code: str) -> None:
    sak_id = verk.notert(verden, verk.vilkaret(verden, **wrong))  # type: ignore[arg-type]
    with pytest.raises(service.NoGround) as found:
        service.send(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), verk.UTKAST, 2)
    assert code in found.value.mangler
    assert verk.saken(verden, sak_id).tilstand is Tilstand.NOTERT


def test_a_notice_never_considers_more_than_the_vilkar_said(verden: Verden) -> None:
    sak_id = verk.notert(verden)
    for belop, maneder in ((2001, 1), (100, 4)):
        draft = service.Utkastvarsel("Derfor", belop, maneder, 10)
        with pytest.raises(service.MoreThanSaid):
            service.send(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), draft, 2)


def test_a_notice_is_sent_once_and_the_second_veileder_is_told(verden: Verden) -> None:
    sak_id, key = verk.notert(verden), ids.new_id()
    for _ in range(2):  # the same form, sent twice
        service.send(verk.kari(verden), verk.sak(verden), sak_id, key, verk.UTKAST, 2)
    with pytest.raises(Moved):
        service.send(verk.kari(verden, verden.per), verk.sak(verden), sak_id, ids.new_id(), verk.UTKAST, 2)


def test_what_is_noted_twice_before_a_notice_is_one_matter(verden: Verden) -> None:
    vilkar_id = verk.vilkaret(verden)
    assert verk.notert(verden, vilkar_id) == verk.notert(verden, vilkar_id)
    sak_id = verk.varslet(verden, vilkar_id=vilkar_id)
    assert verk.notert(verden, vilkar_id) != sak_id


def test_u3_reached_another_way_counts_from_then(verden: Verden) -> None:
    sak_id = verk.varslet(verden)
    with clock.frozen(NOON + timedelta(days=30)):
        with pytest.raises(NotPossible):
            verk.vei(verden, sak_id)  # the day in the notice has passed, but it never arrived
        service.reached(verk.kari(verden), verk.sak(verden), sak_id, "telefon", "Gikk gjennom det med tolk")
        matter = verk.saken(verden, sak_id)
        assert matter.frist_dag == date(2027, 1, 11)  # Christmas and New Year between
        with pytest.raises(NotPossible):
            verk.vei(verden, sak_id)
        with pytest.raises(NotPossible):
            service.reached(verk.kari(verden), verk.sak(verden), sak_id, "mote", "En gang til")
    assert matter.frist is not None
    with clock.frozen(matter.frist - timedelta(microseconds=1)), pytest.raises(NotPossible):
        verk.vei(verden, sak_id)
    with clock.frozen(matter.frist):
        verk.vei(verden, sak_id)
        verk.avgjor(verden, sak_id)


@pytest.mark.parametrize(
    ("reached", "day"),
    [
        (date(2026, 12, 18), date(2027, 1, 5)),  # 25 December and 1 January are holidays
        (date(2027, 3, 22), date(2027, 4, 8)),  # Maundy Thursday, Good Friday, Easter Monday
        (date(2027, 5, 3), date(2027, 5, 19)),  # Ascension; 17 May is Whit Monday too
    ],
)
def test_the_deadline_over_holidays(verden: Verden, reached: date, day: date) -> None:
    sak_id = verk.varslet(verden)
    with clock.frozen(NOON.replace(year=reached.year, month=reached.month, day=reached.day)):
        service.open_notice(verk.amina(verden), sak_id, "nb")
    assert verk.saken(verden, sak_id).frist_dag == day


def test_one_second_late_is_taken_in_marked_and_must_be_weighed(verden: Verden) -> None:
    sak_id = verk.nadd(verden)
    frist = verk.saken(verden, sak_id).frist
    assert frist is not None
    with clock.frozen(frist - timedelta(seconds=1)):
        verk.si(verden, sak_id, "barn")
    with clock.frozen(frist):
        verk.vei(verden, sak_id)
    with clock.frozen(frist + timedelta(seconds=1)):
        verk.si(verden, sak_id, "transport")
        assert [one.for_sent for one in verk.saken(verden, sak_id).uttalelser] == [False, True]
        with pytest.raises(NotPossible):
            verk.avgjor(verden, sak_id)  # what came late is not weighed yet
        verk.vei(verden, sak_id)
        verk.avgjor(verden, sak_id)


def test_every_reason_must_be_weighed(verden: Verden) -> None:
    sak_id = verk.uttalt(verden, "sykdom", "barn")
    matter = verk.saken(verden, sak_id)
    points = avgjore.points(matter.uttalelser)
    assert len(points) == 4  # two reasons, the words, the whole
    for gone in points:
        words = {point: "Ja" for point in points if point != gone}
        with pytest.raises(avgjore.NotWeighed) as found:
            avgjore.weigh(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), words, matter.steg)
        assert found.value.mangler == [gone]


def test_u6_a_wish_holds_the_decision_until_it_is_answered_and_more_time_is_waited_for(verden: Verden) -> None:
    sak_id = verk.nadd(verden)
    assert verk.si(verden, sak_id, ord="", onsker=("tid", "tolk")) is None  # a wish is not an uttalelse
    assert verk.saken(verden, sak_id).uttalelser == []
    verk.si(verden, sak_id, "sykdom", onsker=("tid",))  # asked twice, it waits once
    assert [one.slag for one in verk.saken(verden, sak_id).onsker] == ["tid", "tolk"]
    with pytest.raises(NotPossible):
        verk.vei(verden, sak_id)
    for day in (date(2026, 12, 8), date(2026, 12, 1), date(2028, 1, 1)):
        with pytest.raises(avgjore.NotLater):
            verk.svar(verden, sak_id, dag=day)
    verk.svar(verden, sak_id, dag=date(2026, 12, 20))
    verk.svar(verden, sak_id, ja=False)
    assert verk.saken(verden, sak_id).frist_dag == date(2026, 12, 21)  # a Sunday moves on
    verk.vei(verden, sak_id)
    with clock.frozen(NOON + timedelta(days=2)):
        new = verk.vedtak(verden, date(2026, 11, 26))
        with pytest.raises(avgjore.Faults) as found:
            verk.avgjor(verden, sak_id, verk.reduksjon(new))
        assert found.value.feil == [Feil.VEDTAK_MANGLER, Feil.IKKE_NA]
        verk.avgjor(verden, sak_id)  # what is good for the bruker need not wait


def test_u7_found_work_closes_without_a_reduction(verden: Verden) -> None:
    for oral in (False, True):
        sak_id = verk.nadd(verden)
        if oral:
            said = Sagt(["fant_arbeid"], "Begynte i butikk", "")
            horing.write_down(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), said, "nb")
        else:
            verk.si(verden, sak_id, "fant_arbeid", "sykdom", onsker=("samtale",))
        matter = verk.saken(verden, sak_id)
        assert matter.tilstand is Tilstand.LUKKET
        assert matter.lukket is not None
        assert matter.lukket[0] == "fant_arbeid"
        with pytest.raises(NotPossible):
            verk.vei(verden, sak_id)


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"belop": -5}, Feil.BELOP),
        ({"belop": 0}, Feil.BELOP),
        ({"belop": None}, Feil.BELOP),
        ({"belop": 1501}, Feil.BELOP_OVER_VARSLET),
        ({"belop": 10**9}, Feil.BELOP_OVER_VARSLET),
        ({"til": date(2026, 11, 1)}, Feil.PERIODE),
        ({"fra": None}, Feil.PERIODE),
        ({"fra": date(2026, 11, 1)}, Feil.PERIODE_FOR_TIDLIG),
        ({"til": date(2027, 6, 1)}, Feil.PERIODE_OVER_VARSLET),
        ({"familie": " "}, Feil.FAMILIE),
        ({"barn": ""}, Feil.BARN),
        ({"dekket": "\n"}, Feil.NODVENDIG),
        ({"er_dekket": False}, Feil.NODVENDIG),
        ({"vedtak_id": None}, Feil.VEDTAK_MANGLER),
    ],
)
def test_u8_nothing_may_be_missing(verden: Verden, wrong: dict[str, object], fault: Feil) -> None:
    sak_id = verk.veid(verden)
    with clock.frozen(NOON + timedelta(days=1)):
        new = verk.vedtak(verden, date(2026, 11, 25))
        with pytest.raises(avgjore.Faults) as found:
            verk.avgjor(verden, sak_id, verk.reduksjon(**{"vedtak_id": new, **wrong}))  # type: ignore[arg-type]
        assert fault in found.value.feil
    assert verk.saken(verden, sak_id).avgjorelse is None


def test_u8_the_vedtak_is_a_new_one_made_after_the_bruker_was_heard(verden: Verden) -> None:
    sak_id = verk.varslet(verden)
    early = verk.vedtak(verden, date(2026, 11, 25))
    stands_on = verk.vilkaret(verden)
    with clock.frozen(NOON + timedelta(days=3)):
        verk.si(verden, sak_id, "sykdom")
        verk.vei(verden, sak_id)
        for other in (early, stands_on, ids.new_id()):
            with pytest.raises(avgjore.Faults):
                verk.avgjor(verden, sak_id, verk.reduksjon(other))


def test_a_vilkar_that_is_met_in_the_meantime_leads_to_no_reduction(verden: Verden) -> None:
    from webapp.platform.database import writing
    from webapp.vilkar.models import Vilkar

    sak_id = verk.veid(verden)
    new = verk.vedtak(verden, NOON.date())
    with writing() as db:
        db.get_one(Vilkar, (verden.kommune_id, verk.saken(verden, sak_id).vilkar_id)).tilstand = "oppfylt"
    with pytest.raises(avgjore.Faults) as found:
        verk.avgjor(verden, sak_id, verk.reduksjon(new))
    assert Feil.GJELDER_IKKE in found.value.feil


def test_a_changed_vilkar_stops_a_notice_but_not_one_that_is_sent(verden: Verden) -> None:
    noted_on, sent_on = verk.vilkaret(verden), verk.vilkaret(verden)
    noted = verk.notert(verden, noted_on)
    sent = verk.varslet(verden, vilkar_id=sent_on)
    stands = verk.saken(verden, sent).vilkarversjon_id
    for one in (noted_on, sent_on):
        verk.ny_versjon(verden, one, verk.vedtak(verden, NOON.date()), 2)
    with pytest.raises(service.NoGround) as found:
        service.send(verk.kari(verden), verk.sak(verden), noted, ids.new_id(), verk.UTKAST, 2)
    assert found.value.mangler == ("endret",)
    verk.si(verden, sent, "sykdom")
    verk.vei(verden, sent)
    verk.avgjor(verden, sent)
    assert verk.saken(verden, sent).vilkarversjon_id == stands


def test_the_bruker_corrects_what_was_written_down_and_it_is_weighed_anew(verden: Verden) -> None:
    sak_id = verk.varslet(verden)
    said = Sagt(["sykdom"], "Var syk", "")
    with pytest.raises(NotPossible):  # nobody has gone through the notice with her yet
        horing.write_down(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), said, "nb")
    service.reached(verk.kari(verden), verk.sak(verden), sak_id, "telefon", "Ringte")
    oral = horing.write_down(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), said, "nb")
    with pytest.raises(NotPossible):  # what an ansatt wrote down does not stand in for the bruker (U1)
        verk.vei(verden, sak_id)
    horing.correct(verk.amina(verden), sak_id, oral, ids.new_id(), said)  # «det stemmer»
    verk.vei(verden, sak_id)
    horing.correct(verk.amina(verden), sak_id, oral, ids.new_id(), Sagt(["barn"], "Barnet var sykt", ""))
    with pytest.raises(NotPossible):
        verk.avgjor(verden, sak_id)
    matter = verk.saken(verden, sak_id)
    assert matter.uttalelser[0].sagt.ord == "Var syk"  # what stood before stays
    assert matter.uttalelser[0].grunner == ["sykdom", "barn"]
    own = verk.si(verden, sak_id)
    assert own is not None
    with pytest.raises(lesing.NotHere):  # one's own words are supplemented, not corrected
        horing.correct(verk.amina(verden), sak_id, own, ids.new_id(), said)


def test_after_the_decision_nothing_more_is_taken_in(verden: Verden) -> None:
    sak_id = verk.veid(verden)
    verk.avgjor(verden, sak_id)
    with pytest.raises(NotPossible):
        verk.si(verden, sak_id, "barn")
    with pytest.raises(NotPossible):
        service.close(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), "ordnet", "")


def test_two_veiledere_decide_and_the_second_is_told(verden: Verden) -> None:
    sak_id = verk.veid(verden)
    steg = verk.saken(verden, sak_id).steg
    key, one = ids.new_id(), avgjore.Beslutning("ingen", "Du var syk.")
    avgjore.decide(verk.kari(verden), verk.sak(verden), sak_id, key, one, steg)
    avgjore.decide(verk.kari(verden), verk.sak(verden), sak_id, key, one, steg)  # the same form again
    with pytest.raises(NotPossible):
        avgjore.decide(verk.kari(verden, verden.per), verk.sak(verden), sak_id, ids.new_id(), one, steg)


def test_a_clock_that_is_moved_back_changes_nothing(verden: Verden) -> None:
    sak_id = verk.nadd(verden)
    with clock.frozen(NOON - timedelta(days=400)):
        verk.si(verden, sak_id, "sykdom")
        verk.vei(verden, sak_id)
    matter = verk.saken(verden, sak_id)
    assert matter.uttalelser[0].laget == matter.veiinger[0].laget == NOON
    assert matter.siste == NOON


def test_the_matter_of_somebody_else_is_not_there(verden: Verden) -> None:
    sak_id = verk.nadd(verden)
    jonas = verk.amina(verden, bruker_id=verden.jonas)
    with pytest.raises(lesing.NotHere):
        service.open_notice(jonas, sak_id, "nb")
    with pytest.raises(lesing.NotHere):
        horing.deliver(jonas, sak_id, ids.new_id(), Sagt(["barn"], "", ""), horing.Onsker())
    with pytest.raises(lesing.NotHere):
        service.close(verk.kari(verden), verk.sak(verden, bruker_id=verden.jonas), sak_id, ids.new_id(), "ordnet", "")


def test_opened_keeps_exactly_what_stood_there_in_each_language(verden: Verden) -> None:
    from sqlalchemy import select

    from webapp.platform.database import reading
    from webapp.varsel.models import Varselnadd

    sak_id = verk.varslet(verden)
    for sprak in ("nb", "nb", "en"):
        _matter, shown = service.open_notice(verk.amina(verden, sprak), sak_id, sprak)
    with reading() as db:
        rows = db.scalars(select(Varselnadd).order_by(Varselnadd.laget, Varselnadd.id)).all()
    assert [row.sprak for row in rows] == ["nb", "en"]
    assert lesing.content(rows[1], "vist", verden.seal(verden.amina)) == shown
    assert rows[0].frist == rows[1].frist
    assert rules.heard(verk.saken(verden, sak_id).fakta, NOON) is False


def test_opened_for_the_first_time_after_the_deadline_that_a_phone_call_started(verden: Verden) -> None:
    sak_id = verk.varslet(verden)
    service.reached(verk.kari(verden), verk.sak(verden), sak_id, "telefon", "Ringte")
    frist = verk.saken(verden, sak_id).frist
    with clock.frozen(NOON + timedelta(days=30)):
        service.open_notice(verk.amina(verden), sak_id, "nb")
        assert [one.hvordan for one in verk.saken(verden, sak_id).nadd] == ["telefon", "apnet"]
    assert verk.saken(verden, sak_id).frist == frist


def test_a_decision_and_an_uttalelse_at_the_same_moment(app: Flask, verden: Verden) -> None:
    """Whoever comes first: either the words are weighed before the decision, or they are refused and stay with her."""
    from concurrent.futures import ThreadPoolExecutor

    for _ in range(3):
        sak_id = verk.veid(verden)

        def decide(sak_id: UUID = sak_id) -> str:
            with verk.formnokkel(app):
                try:
                    verk.avgjor(verden, sak_id)
                except NotPossible:
                    return "held back"
                return "decided"

        def say(sak_id: UUID = sak_id) -> str:
            with verk.formnokkel(app):
                try:
                    verk.si(verden, sak_id, "barn")
                except NotPossible:
                    return "refused"
                return "taken in"

        with ThreadPoolExecutor(2) as both:
            answers = [both.submit(decide), both.submit(say)]
            found = {one.result(timeout=30) for one in answers}
        assert found in ({"decided", "refused"}, {"held back", "taken in"})
        matter = verk.saken(verden, sak_id)
        assert (matter.avgjorelse is None) == (len(matter.uttalelser) == 2)


def test_the_same_uttalelse_sent_twice_at_once_is_one(app: Flask, verden: Verden) -> None:
    from concurrent.futures import ThreadPoolExecutor

    sak_id, key = verk.varslet(verden), ids.new_id()

    def say(_: int) -> horing.Mottatt:
        with verk.formnokkel(app):
            return horing.deliver(verk.amina(verden), sak_id, key, Sagt(["barn"], "Ja", ""), horing.Onsker(["tid"]))

    with ThreadPoolExecutor(4) as several:
        assert {taken.uttalelse_id for taken in several.map(say, range(4))} == {key}
    matter = verk.saken(verden, sak_id)
    assert len(matter.uttalelser) == len(matter.onsker) == len(matter.nadd) == 1


def test_a_kommune_can_give_more_time_and_never_less(app: Flask, verden: Verden) -> None:
    from dataclasses import replace

    app.extensions["medvirk.settings"] = replace(app.extensions["medvirk.settings"], uttalelse_virkedager=15)
    matter = verk.saken(verden, verk.varslet(verden))
    assert matter.varsel is not None
    assert matter.varsel.virkedager == 15
    assert matter.varsel.tidligst == date(2026, 12, 15)
