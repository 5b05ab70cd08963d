"""Two tabs, two devices: both texts are kept and shown, and the bruker chooses."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from tests.kartlegging.skjemaside import send_json
from tests.klient import Klient
from tests.verden import Verden
from webapp.kartlegging import konflikter, rules, service
from webapp.kartlegging.skjema import SKJEMA, Sporsmal, Type

BOLIG = "/kartlegging/bolig"
TO = f"{BOLIG}/to-tekster"


def felt(verdi: Any, *, versjon: int = 0, merke: str = "", vil_ikke: bool = False) -> dict[str, Any]:
    return {"verdi": verdi, "vil_ikke": vil_ikke, "versjon": versjon, "merke": merke}


def lagre(bruker: Klient, verdi: Any, ident: str = "bolig.fungerer", **start: Any) -> Any:
    return send_json(bruker, f"{BOLIG}/lagre", {"felt": {ident: felt(verdi, **start)}})


def skjema(page: str, nr: int = 0) -> dict[str, str]:
    """The hidden fields of one of the forms."""
    names = ("konflikt", "merke", "annen_merke")
    return {name: re.findall(f'type="hidden" name="{name}" value="([^"]*)"', page)[nr] for name in names}


def naa(verden: Verden, ident: str = "bolig.fungerer") -> service.Utfylt:
    return service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina))[ident]


@pytest.fixture
def to_faner(bruker: Klient) -> Klient:
    """Both tabs began on an empty page."""
    assert lagre(bruker, "Skrevet hjemme")["konflikt"] == []
    answer = lagre(bruker, "Skrevet på bussen")
    assert answer["konflikt"] == ["bolig.fungerer"]
    assert answer["konflikt_url"] == TO
    return bruker


def test_both_texts_are_shown_and_neither_is_lost(to_faner: Klient, verden: Verden) -> None:
    page = to_faner.get(TO).text
    assert "Skrevet hjemme" in page
    assert "Skrevet på bussen" in page
    assert naa(verden).verdi == "Skrevet hjemme"
    assert "Du har to tekster" in to_faner.get(BOLIG).text
    assert "Du har to tekster" in to_faner.get("/kartlegging/se-over").text


@pytest.mark.parametrize(
    ("valg", "expected"),
    [
        ("naa", "Skrevet hjemme"),
        ("annen", "Skrevet på bussen"),
        ("begge", "Skrevet hjemme\n\nSkrevet på bussen"),
    ],
)
def test_the_bruker_chooses(valg: str, expected: str, to_faner: Klient, verden: Verden) -> None:
    answer = to_faner.post(TO, {**skjema(to_faner.get(TO).text), "valg": valg})
    assert answer.location == BOLIG
    assert naa(verden).verdi == expected
    assert "Du har to tekster" not in to_faner.get(BOLIG).text
    assert "ingenting å velge mellom" in to_faner.get(TO).text


def test_the_second_tab_goes_on_writing_on_its_own_text(bruker: Klient, verden: Verden) -> None:
    lagre(bruker, "Skrevet hjemme")
    mine = lagre(bruker, "Skrevet")["felt"]["bolig.fungerer"]
    for text in ("Skrevet på", "Skrevet på bussen"):
        answer = lagre(bruker, text, **mine)
        mine = answer["felt"]["bolig.fungerer"]
        assert answer["konflikt"] == ["bolig.fungerer"]
    waiting = service.two_texts(verden.kommune_id, verden.amina, verden.seal(verden.amina), "bolig")
    assert [one.annen for one in waiting] == ["Skrevet på bussen"], "one text, not one for each letter"


def test_writing_on_after_the_choice_is_made_asks_again(to_faner: Klient, verden: Verden) -> None:
    mine = lagre(to_faner, "Skrevet på bussen")["felt"]["bolig.fungerer"]
    to_faner.post(TO, {**skjema(to_faner.get(TO).text), "valg": "annen"})
    assert lagre(to_faner, "Skrevet på bussen", **mine)["konflikt"] == [], "this is what was chosen"
    assert lagre(to_faner, "Skrevet på bussen i går", **mine)["konflikt"] == ["bolig.fungerer"]
    assert naa(verden).verdi == "Skrevet på bussen"


def test_the_same_text_sent_twice_waits_once(to_faner: Klient, verden: Verden) -> None:
    lagre(to_faner, "Skrevet på bussen")
    assert len(service.two_texts(verden.kommune_id, verden.amina, verden.seal(verden.amina), "bolig")) == 1


def test_three_tabs(to_faner: Klient, verden: Verden) -> None:
    lagre(to_faner, "Skrevet på biblioteket")
    page = to_faner.get(TO).text
    to_faner.post(TO, {**skjema(page, 0), "valg": "begge"})
    page = to_faner.get(TO).text
    to_faner.post(TO, {**skjema(page, 0), "valg": "begge"})
    assert naa(verden).verdi == "Skrevet hjemme\n\nSkrevet på bussen\n\nSkrevet på biblioteket"


def test_the_whole_form_filled_in_on_two_devices(bruker: Klient, verden: Verden) -> None:
    """Every theme shows its own, however much waits in the themes before it."""
    for nr in (0, 1):
        for tema in SKJEMA.temaer:
            answers = {one.id: felt(_something(one, nr)) for one in tema.alle()}
            send_json(bruker, f"/kartlegging/{tema.id}/lagre", {"felt": answers})
    place = (verden.kommune_id, verden.amina, verden.seal(verden.amina))
    stand, _ = service.theme_page(*place, None)
    assert len(stand.konflikter) > konflikter.MOST
    for tema in SKJEMA.temaer:
        asked = {one.sporsmal for one in service.two_texts(*place, tema.id)}
        assert asked == {ident for ident in stand.konflikter if ident.startswith(f"{tema.id}.")}
        assert "ingenting å velge mellom" not in bruker.get(f"/kartlegging/{tema.id}/to-tekster").text


def _something(sporsmal: Sporsmal, nr: int) -> Any:
    if not sporsmal.valg:
        return f"{nr + 1}"
    chosen = sporsmal.valg[nr % len(sporsmal.valg)].id
    return [chosen] if sporsmal.type is Type.FLERE else chosen


def test_a_choice_between_texts_that_have_changed_is_asked_again(to_faner: Klient, verden: Verden) -> None:
    seen = skjema(to_faner.get(TO).text)
    now = naa(verden)
    lagre(to_faner, "Skrevet hjemme, og litt til", versjon=now.versjon, merke=now.merke)
    answer = to_faner.post(TO, {**seen, "valg": "annen"})
    assert "endret igjen" in to_faner.follow(answer).text
    assert naa(verden).verdi == "Skrevet hjemme, og litt til"
    to_faner.post(TO, {**skjema(to_faner.get(TO).text), "valg": "annen"})
    assert naa(verden).verdi == "Skrevet på bussen"


@pytest.mark.parametrize("valg", ["naa", "annen", "begge"])
def test_k1_the_other_text_may_have_grown_since_it_was_shown(valg: str, to_faner: Klient, verden: Verden) -> None:
    """Its page is open on the phone, writes on, and is told that it is saved: it cannot be settled unseen."""
    on_the_bus = lagre(to_faner, "Skrevet på bussen")["felt"]["bolig.fungerer"]
    seen = skjema(to_faner.get(TO).text)
    lagre(to_faner, "Skrevet på bussen, en lang fortelling", **on_the_bus)
    page = to_faner.follow(to_faner.post(TO, {**seen, "valg": valg})).text
    assert "endret igjen" in page
    assert "Skrevet på bussen, en lang fortelling" in page
    assert naa(verden).verdi == "Skrevet hjemme"
    to_faner.post(TO, {**skjema(page), "valg": "annen"})
    assert naa(verden).verdi == "Skrevet på bussen, en lang fortelling"


def test_a_page_that_did_not_tell_of_the_other_text_asks_again(to_faner: Klient, verden: Verden) -> None:
    """One made by an earlier version, opened before an update: nothing is chosen that may not have been shown."""
    seen = skjema(to_faner.get(TO).text)
    seen.pop("annen_merke")
    page = to_faner.follow(to_faner.post(TO, {**seen, "valg": "naa"})).text
    assert "endret igjen" in page
    assert skjema(page)["annen_merke"]


def test_chosen_twice_is_chosen_once(to_faner: Klient, verden: Verden) -> None:
    seen = {**skjema(to_faner.get(TO).text), "valg": "begge"}
    to_faner.post(TO, seen)
    assert "allerede valgt" in to_faner.follow(to_faner.post(TO, seen)).text
    assert naa(verden).verdi == "Skrevet hjemme\n\nSkrevet på bussen"


def test_both_may_be_too_long(bruker: Klient, verden: Verden) -> None:
    lagre(bruker, "a" * rules.HARD_CAP)
    lagre(bruker, "b" * rules.HARD_CAP)
    answer = bruker.post(TO, {**skjema(bruker.get(TO).text), "valg": "begge"})
    assert "for lange" in bruker.follow(answer).text
    assert len(service.two_texts(verden.kommune_id, verden.amina, verden.seal(verden.amina), "bolig")) == 1


def test_choices_can_be_joined(bruker: Klient, verden: Verden) -> None:
    lagre(bruker, ["barn"], ident="bolig.hvem")
    lagre(bruker, ["andre", "partner"], ident="bolig.hvem")
    bruker.post(TO, {**skjema(bruker.get(TO).text), "valg": "begge"})
    assert naa(verden, "bolig.hvem").verdi == ["partner", "barn", "andre"]


def test_a_cleared_answer_against_a_changed_one(bruker: Klient, verden: Verden) -> None:
    start = lagre(bruker, "Skrevet hjemme")["felt"]["bolig.fungerer"]
    lagre(bruker, "Skrevet hjemme i går", **start)
    assert lagre(bruker, "", **start)["konflikt"] == ["bolig.fungerer"]
    assert "Ikke svart" in bruker.get(TO).text


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"konflikt": "x", "valg": "naa"},
        {"konflikt": str(uuid4()), "valg": "alt"},
        {"konflikt": "1" * 500, "valg": "naa"},
    ],
)
def test_what_no_page_of_ours_sends(broken: dict[str, str], to_faner: Klient) -> None:
    to_faner.post(TO, broken, 400)
    to_faner.get("/kartlegging/finnes-ikke/to-tekster", 404)
    to_faner.post("/kartlegging/finnes-ikke/to-tekster", {**broken}, 404)


def test_k10_another_person_has_nothing_here(to_faner: Klient, app: Flask, verden: Verden) -> None:
    seen = {**skjema(to_faner.get(TO).text), "valg": "annen"}
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    assert "Skrevet" not in jonas.get(TO).text
    jonas.post(TO, seen)
    assert naa(verden).verdi == "Skrevet hjemme"
    wrong_mark = rules.KONFLIKTMERKE + seen["konflikt"].replace("-", "")
    body = {"felt": {"bolig.fungerer": felt("Jonas'", merke=wrong_mark)}}
    assert send_json(jonas, f"{BOLIG}/lagre", body)["konflikt"] == []
    assert "Skrevet på bussen" in to_faner.get(TO).text


def test_an_old_form_key_asks_again_and_keeps_no_choice(to_faner: Klient, verden: Verden) -> None:
    """K1: nothing is chosen until they press again. The choice is nothing that they wrote, so none waits at home."""
    sent = {**skjema(to_faner.get(TO).text), "valg": "annen"}
    answer = to_faner.post(TO, sent, key="gammel")
    assert answer.location == TO
    page = to_faner.follow(answer).text
    assert "Siden hadde stått åpen lenge. Trykk på knappen én gang til." in page
    assert "Skrevet på bussen" in page
    assert naa(verden).verdi == "Skrevet hjemme"
    assert "Du har tekst som ikke er lagret" not in to_faner.get("/").text
