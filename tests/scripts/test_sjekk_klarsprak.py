"""The checker of plain bokmål finds what it says it finds, and lets plain words be."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from babel.messages.catalog import Message
from sjekk_klarsprak import RULES, button_faults, easy_faults, lix, sentences, text_faults


@pytest.fixture
def rules() -> dict[str, Any]:
    """As in the file, so that a limit that is taken out is missed here."""
    return tomllib.loads(RULES.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Du må " + "veldig " * 24 + "snart svare.", "en setning på 28 ord"),
        (
            "Du må " + "veldig " * 17 + "snart svare. " + "Du må " + "veldig " * 17 + "snart svare.",
            "mer enn 20 ord i snitt",
        ),
        ("Dersom du er syk, si fra.", "kontorordet «dersom»"),
        ("Brev vedrørende saken", "kontorordet «vedrørende»"),
        ("Ta med papirer, f.eks. et brev.", "forkortelsen «f.eks»"),
        ("Søknaden registreres på kontoret.", "passiven «registreres»"),
        ("Se § i loven", "paragraftegn"),
        ("§ 20 a", "paragraftegn"),
    ],
)
def test_what_is_not_plain_is_found(rules: dict[str, Any], text: str, said: str) -> None:
    assert any(said in fault.sentence for fault in text_faults(text, "her", rules)), text


@pytest.mark.parametrize(
    "text",
    [
        "Svar innen tirsdag 24. november. Da vet vi hva du mener.",
        "Reglene står i %(lov)s § %(paragraf)s.",
        "Hvordan trives du der du bor?",
        "Det du skriver, lagres mens du skriver.",
    ],
)
def test_plain_words_are_left_alone(rules: dict[str, Any], text: str) -> None:
    assert [str(fault) for fault in text_faults(text, "her", rules)] == []


@pytest.mark.parametrize(
    ("text", "wrong"), [("Sletting", True), ("Innstillinger", True), ("Slett", False), ("Ja", False)]
)
def test_a_button_says_what_it_does(rules: dict[str, Any], text: str, wrong: bool) -> None:
    assert bool(list(button_faults(f'{{{{ knapp(_("{text}"), "secondary") }}}}', "her", rules))) is wrong


def test_what_the_program_fills_in_is_one_word() -> None:
    assert [len(one) for one in sentences("Møt %(navn)s klokka {tid}. Ta med %(ting)s.")] == [4, 3]


def test_lix_is_bjornssons() -> None:
    """Words in a sentence, plus how many in a hundred are longer than six letters."""
    assert lix(["Jeg bor her. Kommunen betaler leien."]) == (3 + 100 * 2 / 6, 6)
    assert lix([]) == (0.0, 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Du må " + "nok " * 10 + "svare.", "en setning på 13 ord"),
        ("Du må " + "nok " * 8 + "svare.", "mer enn 10 ord i snitt"),
        ("Kommunen vurderer situasjonen.", "LIX"),
        ("Hvor bor du nå? Er det bra for deg å bo der?", ""),
    ],
)
def test_the_easiest_words_are_held_to_more(rules: dict[str, Any], text: str, said: str) -> None:
    rules["enkelt"]["filer"] = ["vilkar/enkelt.py"]
    catalogue = [Message(text, locations=[("webapp/vilkar/enkelt.py", 1)])]
    found = [fault.sentence for fault in easy_faults(catalogue, rules)]
    assert len(found) == bool(said)
    assert said in "".join(found)


def test_a_file_of_easy_words_that_is_gone_is_told_of(rules: dict[str, Any]) -> None:
    """Else its limits would hold for nothing after it is moved."""
    assert len(list(easy_faults([], rules))) == len(rules["enkelt"]["filer"])
