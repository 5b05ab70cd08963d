"""K7: about a year later: earlier answers beside, «fortsatt slik», «endret» or «vil ikke svare»."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests import sporringer
from tests.conftest import NOON
from tests.kartlegging.skjemaside import felter, med_navn
from tests.kartlegging.test_levering import hvem, les, lever, skriv
from tests.klient import Klient
from webapp.kartlegging import service, versjoner
from webapp.kartlegging.skjema import SKJEMA, Type, Visning
from webapp.platform import clock

MINI = "/kartlegging/mini"
ASKED = [sporsmal for tema in SKJEMA.visning(Visning.MINI) for sporsmal in tema.sporsmal]
TEKST = next(sporsmal.id for sporsmal in ASKED if sporsmal.type is Type.TEKST)
FLERE = next(sporsmal for sporsmal in ASKED if sporsmal.type is Type.FLERE)


@pytest.fixture
def levert(bruker: Klient) -> Klient:
    """Somebody who delivered a year ago."""
    skriv(bruker, {TEKST: "Slik var det", FLERE.id: [FLERE.valg[0].id], "bolig.fungerer": "Ikke i mini"})
    lever(bruker)
    return bruker


def test_it_is_offered_when_a_year_has_gone(levert: Klient, app: Flask) -> None:
    for days, offered in ((364, False), (365, True)):
        with clock.frozen(NOON + timedelta(days=days)):
            again = Klient(app).logg_inn_bruker(hvem(levert).kommune_id, hvem(levert).id)
            assert ("Se hva som er endret</button>" in again.get("/kartlegging/").text) is offered
            assert ("Se hva som er endret</button>" in again.get("/").text) is offered


def test_earlier_answers_stand_beside(levert: Klient) -> None:
    assert levert.post("/kartlegging/visning", {"visning": "mini"}).location == MINI
    page = levert.get(MINI).text
    assert page.count("Sist svarte du:") == 2
    assert page.count("Fortsatt slik") == 2
    assert "Slik var det" in page
    assert "Ikke i mini" not in page
    for sporsmal in ASKED:
        assert f'data-sporsmal="{sporsmal.id}"' in page


def test_still_so_changed_and_not_answering_stand_by_themselves(levert: Klient) -> None:
    levert.post("/kartlegging/visning", {"visning": "mini"})
    fields = felter(levert.get(MINI).text)
    declined = next(sporsmal.id for sporsmal in ASKED if sporsmal.id not in {TEKST, FLERE.id})
    changes = {
        f"mini.{TEKST}": "fortsatt",
        FLERE.id: [FLERE.valg[1].id],
        f"vil_ikke.{declined}": "1",
        "handling": "neste",
    }
    assert levert.post(MINI, med_navn(fields, changes)).location == "/kartlegging/se-over"
    page = levert.get("/kartlegging/se-over").text
    assert "Fortsatt slik" in page
    assert "Ikke i mini" not in page
    with clock.frozen(NOON + timedelta(minutes=5)):
        answer = levert.post("/kartlegging/se-over", {"nokkel": "a" * 32})
    who = hvem(levert)
    latest = versjoner.versions(who.kommune_id, who.id)[0]
    content = les(levert, latest.id)
    assert (content.visning, content.versjon) == ("mini", 2)
    assert set(content.svar) == {TEKST, FLERE.id, declined}
    assert (content.svar[TEKST].verdi, content.svar[TEKST].fortsatt) == ("Slik var det", True)
    assert (content.svar[FLERE.id].verdi, content.svar[FLERE.id].fortsatt) == ([FLERE.valg[1].id], False)
    assert content.svar[declined].vil_ikke
    assert latest.nummer in answer.location
    state = service.state(who.kommune_id, who.id)
    assert state is not None
    assert state.visning == "full", "what is changed next is an ordinary change"
    assert "Fortsatt slik" in levert.get(f"/kartlegging/leverte/{latest.nummer}").text


def test_everything_as_before_is_an_answer_too(levert: Klient) -> None:
    levert.post("/kartlegging/visning", {"visning": "mini"})
    fields = felter(levert.get(MINI).text)
    levert.post(MINI, med_navn(fields, {f"mini.{TEKST}": "fortsatt", f"mini.{FLERE.id}": "fortsatt"}))
    assert lever(levert).ny
    levert.post("/kartlegging/visning", {"visning": "mini"})
    assert not lever(levert).ny


def test_a_new_text_is_not_still_so(levert: Klient) -> None:
    levert.post("/kartlegging/visning", {"visning": "mini"})
    levert.post(MINI, med_navn(felter(levert.get(MINI).text), {f"mini.{TEKST}": "fortsatt"}))
    assert f'name="mini.{TEKST}" value="fortsatt" checked' in levert.get(MINI).text
    levert.post(MINI, med_navn(felter(levert.get(MINI).text), {TEKST: "Nå er det annerledes"}))
    page = levert.get(MINI).text
    assert f'name="mini.{TEKST}" value="fortsatt" checked' not in page
    assert f'name="mini.{TEKST}" value="endret" checked' in page


def test_it_is_saved_while_typing_like_everything_else(levert: Klient) -> None:
    who = hvem(levert)
    now = service.all_answers(who.kommune_id, who.id, who.seal)[TEKST]
    sent = {"verdi": now.verdi, "vil_ikke": False, "mini": "fortsatt", "versjon": now.versjon, "merke": now.merke}
    levert.json(f"{MINI}/lagre", {"felt": {TEKST: sent}})
    assert service.all_answers(who.kommune_id, who.id, who.seal)[TEKST].fortsatt
    levert.json(f"{MINI}/lagre", {"felt": {TEKST: {**sent, "mini": "endret", "versjon": now.versjon + 1}}})
    assert not service.all_answers(who.kommune_id, who.id, who.seal)[TEKST].fortsatt


def test_declining_and_coming_back_touches_only_its_own_questions(levert: Klient) -> None:
    who = hvem(levert)
    skriv(levert, {"rus.mer": None, "bolig.mer": None})
    levert.post(MINI, med_navn(felter(levert.get(MINI).text), {"tema_vil_ikke": "1"}))
    levert.post(MINI, med_navn(felter(levert.get(MINI).text), {"tema_angre": "1"}))
    answers = service.all_answers(who.kommune_id, who.id, who.seal)
    asked = {one.id for sporsmal in ASKED for one in sporsmal.alle()}
    assert {ident for ident, one in answers.items() if one.vil_ikke} == {"rus.mer", "bolig.mer"} - asked


def test_it_needs_something_earlier(bruker: Klient) -> None:
    bruker.get(MINI, 404)


def test_it_needs_few_queries(levert: Klient, app: Flask) -> None:
    with sporringer.count(app) as found:
        levert.get(MINI)
    assert len(found) == 4


def test_still_so_survives_the_end_of_a_session(levert: Klient, app: Flask) -> None:
    who = hvem(levert)
    now = service.all_answers(who.kommune_id, who.id, who.seal)[TEKST]
    sent = {"verdi": now.verdi, "vil_ikke": False, "mini": "fortsatt", "versjon": now.versjon, "merke": now.merke}
    with clock.frozen(NOON + timedelta(minutes=31)):
        levert.json(f"{MINI}/lagre", {"felt": {TEKST: sent}}, 401)
        again = Klient(app).logg_inn_bruker(who.kommune_id, who.id)
        again.get(f"{MINI}?utkast=1", 303)
    assert service.all_answers(who.kommune_id, who.id, who.seal)[TEKST].fortsatt
