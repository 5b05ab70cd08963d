"""Text that was kept from two pages waits together: neither takes the other's place."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from tests.conftest import NOON
from tests.kartlegging.skjemaside import felter, med_navn
from tests.klient import Klient
from tests.verden import Verden
from webapp.kartlegging import rules, service
from webapp.kartlegging.kladd import is_page, merged
from webapp.platform import clock

BOLIG = "/kartlegging/bolig"


def test_pages_of_questions() -> None:
    assert is_page("/kartlegging/bolig")
    assert is_page("/kartlegging/mini")
    for other in ("/kartlegging/", "/kartlegging/merknad/1/svar", "/moter/1", "/", ""):
        assert not is_page(other)


def test_what_was_touched_in_only_one_of_them_stays() -> None:
    start = rules.merke("fra før", False)
    before = {"bolig.fungerer": ["Fra bussen"], "v.bolig.fungerer": ["0:"], "bolig.mer": ["fra før"]}
    before["v.bolig.mer"] = [f"1:{start}"]
    after = {"bolig.fungerer": [""], "v.bolig.fungerer": ["0:"], "bolig.mer": ["Fra biblioteket"]}
    after["v.bolig.mer"] = [f"1:{start}"]
    both = merged(before, after)
    assert both["bolig.fungerer"] == ["Fra bussen"]
    assert both["bolig.mer"] == ["Fra biblioteket"]


def test_own_words_touched_in_both_stand_after_each_other() -> None:
    before = {"bolig.fungerer": ["Fra bussen"], "v.bolig.fungerer": ["0:"]}
    longer = {"bolig.fungerer": ["Fra bussen og litt til"], "v.bolig.fungerer": ["0:"]}
    other = {"bolig.fungerer": ["Fra biblioteket"], "v.bolig.fungerer": ["0:"]}
    assert merged(before, longer)["bolig.fungerer"] == ["Fra bussen og litt til"]
    assert merged(before, other)["bolig.fungerer"] == ["Fra biblioteket\n\nFra bussen"]


def test_choices_are_the_last_ones_and_strange_fields_do_no_harm() -> None:
    before = {"v.bolig.hvem": ["0:"], "bolig.hvem": ["barn"], "v.bolig.borte": ["x"], "bolig.borte": ["y"]}
    after = {"v.bolig.hvem": ["0:"], "bolig.hvem": ["andre", "slott"], "nokkel": ["z"]}
    assert merged(before, after) == after


def test_two_phones_whose_sessions_have_ended(app: Flask, verden: Verden) -> None:
    phones = [Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina) for _ in range(2)]
    pages = [felter(phone.get(BOLIG).text) for phone in phones]
    with clock.frozen(NOON + timedelta(minutes=31)):
        phones[0].post(BOLIG, med_navn(pages[0], {"bolig.fungerer": "Fra den ene"}))
        phones[1].post(BOLIG, med_navn(pages[1], {"bolig.mer": "Fra den andre"}))
        again = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        again.get(f"{BOLIG}?utkast=1", 303)
    answers = service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    assert {ident: one.verdi for ident, one in answers.items()} == {
        "bolig.fungerer": "Fra den ene",
        "bolig.mer": "Fra den andre",
    }
