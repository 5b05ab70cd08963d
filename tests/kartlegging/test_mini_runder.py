"""K3, K7, K9: rounds after each other. What a mini round did not ask still stands, and what is written is delivered."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import NOON
from tests.kartlegging.skjemaside import felter, med_navn
from tests.kartlegging.test_levering import hvem, les, lever, skriv
from tests.kartlegging.test_mini import MINI, TEKST
from tests.klient import Klient
from tests.verden import Verden
from webapp.identitet import service as identitet
from webapp.identitet.service import Profil
from webapp.kartlegging import kvittering, service, versjoner
from webapp.platform import clock
from webapp.platform.audit import Actor, Hendelse
from webapp.platform.database import reading, writing

YEAR = timedelta(days=366)
SE_OVER, START = "/kartlegging/se-over", "/kartlegging/"


@pytest.fixture
def levert(bruker: Klient) -> Klient:
    """Somebody who delivered a year ago."""
    skriv(bruker, {TEKST: "Slik var det", "bolig.fungerer": "Utsikten er fin"})
    lever(bruker)
    return bruker


def _later(levert: Klient, app: Flask) -> Klient:
    return Klient(app).logg_inn_bruker(hvem(levert).kommune_id, hvem(levert).id)


def _round(who: Klient, app: Flask, **changes: str) -> None:
    who.post("/kartlegging/visning", {"visning": "mini"})
    who.post(MINI, med_navn(felter(who.get(MINI).text), {f"mini.{TEKST}": "fortsatt", **changes}))


def test_what_else_is_written_in_a_round_is_delivered_with_it(levert: Klient, app: Flask) -> None:
    """Nothing stays behind unsaid: the whole mapping is delivered then, and «fortsatt slik» stands in it."""
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _round(again, app)
        assert "Utsikten" not in again.get(SE_OVER).text
        skriv(again, {"bolig.fungerer": "Jeg må flytte"})
        page = again.get(SE_OVER).text
        assert "Jeg må flytte" in page
        assert "Derfor leverer du hele kartleggingen" in page
    with clock.frozen(NOON + YEAR + timedelta(minutes=5)):
        content = les(again, lever(again).id)
    assert content.visning == "full"
    assert content.svar["bolig.fungerer"].verdi == "Jeg må flytte"
    assert content.svar[TEKST].fortsatt
    assert "Det er ikke levert ennå" not in again.get(START).text


def test_leaving_a_round_is_said_before_and_loses_nothing(levert: Klient, app: Flask) -> None:
    """K3: in a round no selection stands there as chosen, since another one ends the round."""
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _round(again, app, **{TEKST: "Det er bedre nå", f"mini.{TEKST}": "endret"})
        page = again.get(START).text
        assert 'type="radio" name="visning"' not in page
        assert "Viser du flere spørsmål, slutter runden." in page
        assert again.post("/kartlegging/visning", {"visning": "full"}).status_code == 303
        page = again.get(START).text
        assert 'name="visning" value="full" checked' in page
        assert "slutter runden" not in page
        assert "Det er bedre nå" in again.get(SE_OVER).text


def test_what_the_veileder_offers_in_a_round_is_shown(levert: Klient, app: Flask, verden: Verden) -> None:
    """K3: all questions are offered; in a round they are not what the bruker sees already."""
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _round(again, app)
        service.offer_view(hvem(again).kommune_id, hvem(again).id, "full", Actor("ansatt", verden.kari))
        page = again.get(START).text
        assert "Veilederen din foreslår et annet utvalg" in page
        assert page.count("Viser du flere spørsmål, slutter runden.") == 2


def test_in_a_round_there_is_one_way_on(levert: Klient, app: Flask) -> None:
    """The round goes on where it was. A theme that an answer lies in is not where the person has been."""
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _round(again, app)
        page = again.get(START).text
        assert page.count("Kartleggingen din</h") == 1
        assert "Fortsett der du var" not in page
        assert re.findall(r'<a class="ds-button" href="([^"]+)">', page) == [MINI]
        again.post("/kartlegging/visning", {"visning": "full"})
        assert "Fortsett der du var" in again.get(START).text


def _and_then(who: Klient, **changes: str) -> None:
    who.post(MINI, med_navn(felter(who.get(MINI).text), changes))


STILL = f'name="mini.{TEKST}" value="fortsatt" checked'


@pytest.mark.parametrize(
    ("before", "said", "after"),
    [
        ({TEKST: "Helt annerledes"}, {}, {}),
        ({}, {TEKST: "Helt annerledes", f"mini.{TEKST}": "endret"}, {f"mini.{TEKST}": "fortsatt"}),
        ({}, {f"vil_ikke.{TEKST}": "1", f"mini.{TEKST}": "endret"}, {f"mini.{TEKST}": "fortsatt"}),
    ],
)
def test_another_answer_than_the_one_beside_it_is_never_still_so(
    levert: Klient, app: Flask, before: dict[str, str], said: dict[str, str], after: dict[str, str]
) -> None:
    """K1, K7: the office must not read «fortsatt slik» under words that are new, in whatever order it was said."""
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        if before:
            skriv(again, before)
        _round(again, app, **said)
        if after:
            _and_then(again, **after)
        assert STILL not in again.get(MINI).text
        assert "Fortsatt slik" not in again.get(SE_OVER).text
        content = les(again, lever(again).id)
        assert content.svar[TEKST].verdi == ("" if f"vil_ikke.{TEKST}" in said else "Helt annerledes")
        assert not content.svar[TEKST].fortsatt


def test_still_so_to_an_answer_that_was_declined_then_and_now(levert: Klient, app: Flask) -> None:
    """The words under «vil ikke svare» were never handed over: they are no change."""
    with clock.frozen(NOON + timedelta(days=1)):
        again = _later(levert, app)
        _and_then(again, **{f"vil_ikke.{TEKST}": "1"})
        assert les(again, lever(again).id).svar[TEKST].verdi == ""
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _round(again, app)
        assert STILL in again.get(MINI).text
        assert les(again, lever(again).id).svar[TEKST].fortsatt


def test_still_so_is_delivered_from_all_the_questions_too(levert: Klient, app: Flask) -> None:
    """K3: what is said in one view is there in the others. Opening more questions takes back nothing that was said."""
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _round(again, app)
        again.post("/kartlegging/visning", {"visning": "full"})
        assert "Fortsatt slik" in again.get(SE_OVER).text
        receipt = lever(again)
        assert receipt.ny
        content = les(again, receipt.id)
        assert content.visning == "full"
        assert content.svar[TEKST].fortsatt
        assert "bolig.fungerer" in content.svar
        assert "Se hva som er endret</button>" not in again.get(START).text, "the round is done for a year"


def test_the_receipt_of_a_round_says_when_the_clock_starts_again(levert: Klient, app: Flask) -> None:
    """K8: the clock of last year was met, so the deadlines are new. A clock that runs is said to stand."""
    me = hvem(levert)
    with writing(unverified=True) as db:
        service.conversation_held(db, me.kommune_id, me.id, clock.now())
        service.plan_followed(db, me.kommune_id, me.id, clock.now())
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _round(again, app)
        first = lever(again)
        skriv(again, {"bolig.fungerer": "Utsikten er borte"})
    with clock.frozen(NOON + YEAR + timedelta(minutes=5)):
        second = lever(again)
        for receipt, stands in ((first, False), (second, True)):
            page = again.get(f"/kartlegging/kvittering/{receipt.nummer}").text
            assert ("Fristene flyttes ikke" in page) is stands
            assert ("Dere har en samtale senest" in page) is not stands
            content, before = les(again, receipt.id), les(again, first.id if stands else receipt.forrige_id or me.id)
            same = kvittering.same_deadlines(content, before)
            with app.test_request_context():
                paper = str(kvittering.document(content, same_deadlines=same).blocks)
            assert ("Fristene flyttes ikke" in paper) is stands


def test_still_so_by_a_helper_says_both_on_paper_as_well(levert: Klient, app: Flask) -> None:
    with clock.frozen(NOON + timedelta(days=1)):
        skriv(levert, {TEKST: "Søster skrev"}, "hjelper")
        lever(levert)
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _round(again, app)
        content = les(again, lever(again).id)
        page = again.get(f"/kartlegging/leverte/{content.nummer}").text
        with app.test_request_context():
            paper = str(kvittering.document(content).blocks)
        for said in ("Fortsatt slik", "Skrevet av en hjelper"):
            assert said in page
            assert said in paper


def test_who_has_delivered_nothing_has_nothing_to_update(app: Flask, verden: Verden) -> None:
    new = identitet.register_bruker(verden.kommune_id, verden.nord, verden.kari, Profil("Ny Prøve"), visning="mini")
    k = Klient(app).logg_inn_bruker(verden.kommune_id, new)
    k.post("/kartlegging/visning", {"visning": "mini"}, 400)
    service.choose_view(verden.kommune_id, new, verden.seal(new), "mini")
    skriv(k, {"bolig.fungerer": "Utsikten er alt for meg"})
    assert "Utsikten er alt for meg" in k.get(SE_OVER).text
    assert "bolig.fungerer" in les(k, lever(k).id).svar


def test_the_office_sees_what_the_round_did_not_ask(
    levert: Klient, app: Flask, verden: Verden, veileder: Klient
) -> None:
    first = versjoner.versions(verden.kommune_id, verden.amina)[0].nummer
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _round(again, app, **{TEKST: "Slik er det nå", f"mini.{TEKST}": "endret"})
        second = lever(again).nummer
        office = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
        case = f"/veileder/bruker/{verden.amina}"
        page = office.get(f"{case}/").text
        assert "Utsikten er fin" in page
        assert "Slik er det nå" in page
        assert "Slik var det" not in page
        for who, start in ((office, case), (again, "/kartlegging")):
            compared = who.get(f"{start}/sammenlign/{first}/{second}").text
            assert "Svaret er tatt bort" not in compared
            assert "Slik" in compared
        # An ordinary change afterwards is one change, and nothing has come back that never was away.
        skriv(again, {"bolig.fungerer": "Utsikten er borte"})
    with clock.frozen(NOON + YEAR + timedelta(hours=1)):
        third = lever(_later(levert, app)).nummer
        office = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
        compared = office.get(f"{case}/sammenlign/{second}/{third}").text
        assert "Nytt svar" not in compared
        assert "borte" in compared


def test_nothing_changed_after_a_round_is_no_new_version(levert: Klient, app: Flask) -> None:
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _round(again, app)
        assert lever(again).ny
        assert not lever(again).ny
        assert len(versjoner.versions(hvem(again).kommune_id, hvem(again).id)) == 2


def test_the_round_in_the_second_year_is_asked_anew(levert: Klient, app: Flask) -> None:
    """«Fortsatt slik» was said last year. It is not said for anybody this year."""
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _round(again, app)
        written = service.all_answers(hvem(again).kommune_id, hvem(again).id, hvem(again).seal)[TEKST]
        assert lever(again).ny
        after = service.all_answers(hvem(again).kommune_id, hvem(again).id, hvem(again).seal)[TEKST]
        assert written.fortsatt
        assert not after.fortsatt
        assert (after.versjon, after.endret, after.skrevet_av) == (written.versjon, written.endret, written.skrevet_av)
    with clock.frozen(NOON + 2 * YEAR):
        again = _later(levert, app)
        again.post("/kartlegging/visning", {"visning": "mini"})
        page = again.get(MINI).text
        assert f'name="mini.{TEKST}" value="fortsatt" checked' not in page
        assert not lever(again).ny, "nothing has been said yet"
        _round(again, app)
        receipt = lever(again)
        assert receipt.ny
        assert les(again, receipt.id).svar[TEKST].fortsatt
        state = service.state(hvem(again).kommune_id, hvem(again).id)
        assert state is not None
        assert state.mini_frist is not None
        assert state.mini_frist > (NOON + 2 * YEAR).date()


def test_the_office_offers_a_round_and_the_bruker_takes_it(
    levert: Klient, app: Flask, verden: Verden, veileder: Klient
) -> None:
    case = f"/veileder/bruker/{verden.amina}"
    assert re.search(r'<input[^>]*checked[^>]*value="mini"', veileder.get(f"{case}/tilbud").text)
    assert veileder.post(f"{case}/tilbud", {"visning": "mini"}).location == f"{case}/#kartlegging"
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert (state.visning, state.tilbudt) == ("full", "mini")
    assert "Se hva som er endret</button>" in levert.get("/").text
    levert.post("/kartlegging/visning", {"visning": "mini"})
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert (state.visning, state.tilbudt) == ("mini", None)
    assert 'href="/kartlegging/mini"' in levert.get("/").text
    assert 'href="/kartlegging/mini"' in levert.get(START).text
    with reading() as db:
        events = db.scalars(select(Hendelse).where(Hendelse.type == "visning_tilbudt")).all()
    assert [one.aktor_id for one in events] == [verden.kari]


def test_the_step_is_over_once_a_round_is_offered(levert: Klient, app: Flask, verden: Verden) -> None:
    case = f"/veileder/bruker/{verden.amina}"
    with clock.frozen(NOON + YEAR):
        office = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
        office.get(f"{case}/")
        for table in ("conversation_held", "plan_followed"):
            _done(table, verden)
        assert f'href="{case}/tilbud">Tilby en ny runde' in office.get(f"{case}/").text
        office.post(f"{case}/tilbud", {"visning": "mini"})
        page = office.get(f"{case}/").text
        assert "Tilby en ny runde" not in page
        assert "En ny runde er tilbudt" in page


def _done(what: str, verden: Verden) -> None:
    with writing(unverified=True) as db:
        getattr(service, what)(db, verden.kommune_id, verden.amina, clock.now())


def test_an_offer_changes_nothing_under_somebody_who_has_begun(bruker: Klient, verden: Verden) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    kari = Actor("ansatt", verden.kari)
    assert service.offer_view(verden.kommune_id, verden.amina, "screening", kari)
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert state.visning != "screening"
    assert "Veilederen din foreslår et annet utvalg" in bruker.get(START).text
    bruker.post("/kartlegging/visning", {"visning": "screening"})
    assert "Veilederen din foreslår et annet utvalg" not in bruker.get(START).text
    assert not service.offer_view(verden.kommune_id, verden.amina, "mini", kari), "nothing is delivered"


@pytest.mark.parametrize("sent", [{}, {"visning": ""}, {"visning": "mini"}, {"visning": "alt\x00"}])
def test_only_what_can_be_offered(sent: dict[str, str], verden: Verden, veileder: Klient, bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    veileder.post(f"/veileder/bruker/{verden.amina}/tilbud", sent, 422)
