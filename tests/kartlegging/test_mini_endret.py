"""K7: «endret» without new words, and answers that nobody looked at in a round: neither is delivered as today's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.kartlegging.skjemaside import felter, med_navn
from tests.kartlegging.test_levering import hvem, les, lever, skriv
from tests.kartlegging.test_mini import ASKED, FLERE, MINI, TEKST
from tests.klient import Klient
from tests.verden import Verden
from webapp.kartlegging import eksport, kvittering, service
from webapp.platform import clock

YEAR = timedelta(days=366)
SE_OVER = "/kartlegging/se-over"
CHANGED = f'name="mini.{TEKST}" value="endret" checked'
TO_BRUKER = "Du har sagt at dette er endret."
REMINDER = "Du kan skrive hvordan det er nå, hvis du vil."
TO_OFFICE = "Brukeren sier at dette er endret, og har ikke skrevet hvordan."
FROM_BEFORE = "Fra forrige gang"


@pytest.fixture
def levert(bruker: Klient) -> Klient:
    """Somebody who delivered a year ago."""
    skriv(bruker, {TEKST: "Slik var det", FLERE.id: [FLERE.valg[0].id], "bolig.fungerer": "Utsikten er fin"})
    lever(bruker)
    return bruker


def _say(who: Klient, **changes: str) -> None:
    who.post("/kartlegging/visning", {"visning": "mini"})
    who.post(MINI, med_navn(felter(who.get(MINI).text), changes))


def _later(levert: Klient, app: Flask) -> Klient:
    return Klient(app).logg_inn_bruker(hvem(levert).kommune_id, hvem(levert).id)


def _office(app: Flask, verden: Verden) -> Klient:
    return Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)


def test_changed_without_new_words_is_kept_and_can_be_taken_back(levert: Klient) -> None:
    _say(levert, **{f"mini.{TEKST}": "endret"})
    page = levert.get(MINI).text
    assert CHANGED in page
    page = levert.get(SE_OVER).text
    assert TO_BRUKER in page
    assert REMINDER in page
    _say(levert, **{f"mini.{TEKST}": "fortsatt"})
    assert CHANGED not in levert.get(MINI).text
    page = levert.get(SE_OVER).text
    assert TO_BRUKER not in page
    assert "Fortsatt slik" in page


def test_new_words_say_it_themselves(levert: Klient) -> None:
    _say(levert, **{f"mini.{TEKST}": "endret"})
    _say(levert, **{TEKST: "Nå sover jeg om dagen"})
    page = levert.get(SE_OVER).text
    assert "Nå sover jeg om dagen" in page
    assert TO_BRUKER not in page
    _say(levert, **{TEKST: "Slik var det"})  # written back, and it is still said to be changed
    assert TO_BRUKER in levert.get(SE_OVER).text


def test_who_will_not_answer_is_not_asked_to_write(levert: Klient) -> None:
    skriv(levert, {TEKST: None})
    lever(levert)
    _say(levert, **{f"mini.{TEKST}": "endret"})
    assert REMINDER not in levert.get(SE_OVER).text


def test_both_sides_read_that_it_is_changed(levert: Klient, app: Flask, verden: Verden) -> None:
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _say(again, **{f"mini.{TEKST}": "endret"})
        receipt = lever(again)
        assert receipt.ny, "«endret» is an answer too"
        content = les(again, receipt.id)
        assert (content.svar[TEKST].verdi, content.svar[TEKST].endret) == ("Slik var det", True)
        assert TO_BRUKER in again.get(f"/kartlegging/leverte/{receipt.nummer}").text
        with app.test_request_context():
            assert TO_BRUKER in str(kvittering.document(content).blocks)
        office, case = _office(app, verden), f"/veileder/bruker/{verden.amina}"
        for path in (f"{case}/", f"{case}/kartlegging/{receipt.nummer}", f"{case}/fyll-ut/{TEKST.partition('.')[0]}"):
            page = office.get(path).text
            assert (TO_OFFICE in page) is ("fyll-ut" not in path)
            assert TO_BRUKER not in page
        assert not lever(again).ny, "said once, delivered once"


def test_a_comparison_says_that_it_is_changed(levert: Klient, app: Flask, verden: Verden) -> None:
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        first = again.get("/kartlegging/leverte/").text.partition('href="/kartlegging/leverte/')[2].partition('"')[0]
        _say(again, **{f"mini.{TEKST}": "endret"})
        second = lever(again).nummer
        compared = again.get(f"/kartlegging/sammenlign/{first}/{second}").text
        assert TO_BRUKER in compared
        assert compared.count("1 svar er endret") == 1
        compared = _office(app, verden).get(f"/veileder/bruker/{verden.amina}/sammenlign/{first}/{second}").text
        assert TO_OFFICE in compared


def test_it_stands_until_something_is_written(levert: Klient, app: Flask, verden: Verden) -> None:
    """An ordinary change later must not hand the old words over as today's. In the next round it is asked anew."""
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _say(again, **{f"mini.{TEKST}": "endret"})
        lever(again)
        skriv(again, {"bolig.fungerer": "Utsikten er borte"})
        assert TO_BRUKER in again.get(SE_OVER).text
        content = les(again, lever(again).id)
        assert content.visning == "full"
        assert content.svar[TEKST].endret
        assert TO_OFFICE in _office(app, verden).get(f"/veileder/bruker/{verden.amina}/").text
    with clock.frozen(NOON + 2 * YEAR):
        again = _later(levert, app)
        again.post("/kartlegging/visning", {"visning": "mini"})
        page = again.get(MINI).text
        assert CHANGED not in page
        assert TO_BRUKER in page, "beside the answer of last year"
        _say(again, **{TEKST: "Nå sover jeg godt"})
        assert not les(again, lever(again).id).svar[TEKST].endret


def test_what_nobody_looked_at_is_from_last_time(levert: Klient, app: Flask, verden: Verden) -> None:
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _say(again, **{f"mini.{TEKST}": "fortsatt"})
        assert again.get(SE_OVER).text.count(FROM_BEFORE) == 1
        receipt = lever(again)
        content = les(again, receipt.id)
        assert (content.svar[TEKST].fra_for, content.svar[FLERE.id].fra_for) == (False, True)
        assert again.get(f"/kartlegging/leverte/{receipt.nummer}").text.count(FROM_BEFORE) == 1
        office = _office(app, verden).get(f"/veileder/bruker/{verden.amina}/").text
        with app.test_request_context():
            paper = str(kvittering.document(content).blocks)
        assert office.count(FROM_BEFORE) == paper.count(FROM_BEFORE) == 2, "beside the answer, and where it is counted"
        # Outside a round nobody is asked, so nothing is said of what stands.
        skriv(again, {"bolig.fungerer": "Utsikten er borte"})
        assert FROM_BEFORE not in again.get(SE_OVER).text
        assert not any(one.fra_for for one in les(again, lever(again).id).svar.values())


def test_a_receipt_counts_what_was_looked_at_in_the_round_and_the_rest_apart(
    levert: Klient, app: Flask, verden: Verden
) -> None:
    declined = next(one.id for one in ASKED if one.id not in {TEKST, FLERE.id})
    with clock.frozen(NOON + timedelta(days=1)):
        skriv(levert, {declined: None})
        whole = lever(levert)
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _say(again, **{f"mini.{TEKST}": "fortsatt"})
        receipt = lever(again)
        case = f"/veileder/bruker/{verden.amina}"
        office = _office(app, verden)
        for one, rows in (
            (whole, [("Innhold", "3 svar og 1 «vil ikke svare»")]),
            (receipt, [("Innhold", "1 svar"), (FROM_BEFORE, "1 svar og 1 «vil ikke svare»")]),
        ):
            with app.test_request_context():
                assert kvittering.amount(les(again, one.id)) == rows
                paper = str(kvittering.document(les(again, one.id)).blocks)
            assert str(rows)[1:-1] in paper
            shown = [f"<dt>{name}</dt><dd>{words}</dd>" for name, words in rows]
            mine = again.get(f"/kartlegging/kvittering/{one.nummer}").text
            assert all(row in mine for row in shown)
            assert "".join(shown) in office.get(f"{case}/kartlegging/{one.nummer}").text
        assert "".join(shown) in office.get(f"{case}/").text


def test_a_round_that_became_the_whole_mapping_says_it_too(levert: Klient, app: Flask) -> None:
    with clock.frozen(NOON + YEAR):
        again = _later(levert, app)
        _say(again, **{f"mini.{TEKST}": "fortsatt"})
        skriv(again, {"bolig.fungerer": "Jeg må flytte"})
        content = les(again, lever(again).id)
        assert {ident for ident, one in content.svar.items() if one.fra_for} == {FLERE.id}


def test_changed_is_saved_while_typing_and_exported(levert: Klient, app: Flask) -> None:
    who = hvem(levert)
    now = service.all_answers(who.kommune_id, who.id, who.seal)[TEKST]
    sent = {"verdi": now.verdi, "vil_ikke": False, "mini": "endret", "versjon": now.versjon, "merke": now.merke}
    levert.json(f"{MINI}/lagre", {"felt": {TEKST: sent}})
    assert service.all_answers(who.kommune_id, who.id, who.seal)[TEKST].fortsatt is False
    with app.test_request_context():
        held = {one["sporsmal"]: one for one in eksport.eksport(who.kommune_id, who.id, who.seal)["svar"]}
    assert held[TEKST]["fortsatt_slik"] is False
    assert held[FLERE.id]["fortsatt_slik"] is None
