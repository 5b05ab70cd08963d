"""Pure rules of filling in."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.kartlegging import rules
from webapp.kartlegging.rules import Naa, Skriver, Temastatus, Utfall, Valgt
from webapp.kartlegging.skjema import SKJEMA, Type, Visning

TEKST = SKJEMA.sporsmal("bolig.fungerer")
FLERE = SKJEMA.sporsmal("bolig.hvem")
EN = SKJEMA.sporsmal("bolig.situasjon")
svar = st.text(max_size=20) | st.lists(st.text(max_size=5), max_size=3)


@pytest.mark.parametrize(
    ("verdi", "started_from", "now", "expected"),
    [
        ("a", (0, ""), Naa(), Utfall.SKRIV),  # the first time
        ("b", (1, rules.merke("a", False)), Naa("a", versjon=1), Utfall.SKRIV),  # nobody else was there
        ("a", (0, ""), Naa("a", versjon=1), Utfall.LIK),  # sent twice
        ("b", (1, rules.merke("a", False)), Naa("c", versjon=2), Utfall.KONFLIKT),  # two tabs
        ("a", (1, rules.merke("a", False)), Naa("c", versjon=2), Utfall.URORT),  # a stale page that nobody touched
        ("", (0, ""), Naa("c", versjon=1), Utfall.URORT),  # the same, when it was empty
        ("b", (0, ""), Naa("c", versjon=1), Utfall.KONFLIKT),  # both began on an empty page
        ("b", (1, rules.merke("a", False)), Naa("a", versjon=3), Utfall.SKRIV),  # changed elsewhere and changed back
        ("", (1, rules.merke("a", False)), Naa("a", versjon=1), Utfall.SKRIV),  # taken away
        ("", (1, rules.merke("a", False)), Naa("c", versjon=2), Utfall.KONFLIKT),  # taken away here, changed there
    ],
)
def test_what_a_save_means(verdi: str, started_from: tuple[int, str], now: Naa, expected: Utfall) -> None:
    assert rules.outcome(verdi, False, started_from, now) is expected


@given(verdi=svar, vil_ikke=st.booleans(), other=svar, versjon=st.integers(0, 5), started=st.integers(0, 5))
def test_a_text_that_the_page_had_not_seen_is_never_overwritten(
    verdi: rules.Verdi, vil_ikke: bool, other: rules.Verdi, versjon: int, started: int
) -> None:
    now = Naa(other, versjon=versjon)
    outcome = rules.outcome(verdi, vil_ikke, (started, "something else"), now)
    if versjon not in {0, started}:
        assert outcome in {Utfall.LIK, Utfall.KONFLIKT}


@given(first=svar, second=svar, vil_ikke=st.booleans())
def test_fingerprints_tell_answers_apart(first: rules.Verdi, second: rules.Verdi, vil_ikke: bool) -> None:
    same = (first or "") == (second or "") if not vil_ikke else first == second
    assert (rules.merke(first, vil_ikke) == rules.merke(second, vil_ikke)) == same
    assert ":" not in rules.merke(first, vil_ikke)


def test_an_answer_is_stored_as_typed() -> None:
    assert rules.read_answer(TEKST, "  linje\r\nto  ") == "  linje\nto  "
    assert rules.read_answer(TEKST, ["a", "b"]) == "a\nb"
    assert rules.read_answer(SKJEMA.sporsmal("bolig.utgift"), "ti tusen") == "ti tusen"


def test_choices_are_in_the_order_of_the_form_and_known() -> None:
    assert rules.read_answer(FLERE, ["barn", "partner", "barn"]) == ["partner", "barn"]
    assert rules.read_answer(FLERE, []) == []
    assert rules.read_answer(EN, ["eier"]) == "eier"
    assert rules.read_answer(EN, []) == ""
    for wrong in (["slott"], "slott", ["eier", "ingen"]):
        with pytest.raises(rules.Avvist):
            rules.read_answer(EN, wrong)


@pytest.mark.parametrize("wrong", [None, 5, 5.5, True, {"a": 1}, [1], [["a"]], ["a"] * 201])
def test_what_no_page_sends_is_refused(wrong: object) -> None:
    for sporsmal in (TEKST, FLERE, EN):
        with pytest.raises(rules.Avvist):
            rules.read_answer(sporsmal, wrong)


def test_a_text_over_the_limit_is_stored_up_to_the_hard_cap() -> None:
    assert len(rules.read_answer(TEKST, "x" * rules.HARD_CAP)) == rules.HARD_CAP
    with pytest.raises(rules.Avvist):
        rules.read_answer(TEKST, "x" * (rules.HARD_CAP + 1))


def test_only_own_words_have_a_limit_in_characters() -> None:
    for sporsmal in SKJEMA.alle():
        assert (rules.text_limit(sporsmal) is not None) == (sporsmal.type in {Type.TEKST, Type.KORT})


def test_both_texts_or_all_choices() -> None:
    assert rules.chosen_text(Valgt.BEGGE, Naa("a"), "b", other_vil_ikke=True) == ("a\n\nb", False)
    assert rules.chosen_text(Valgt.BEGGE, Naa(["a"]), ["b"], other_vil_ikke=False) == (["a", "b"], False)
    assert rules.chosen_text(Valgt.NAA, Naa("a", vil_ikke=True), "b", other_vil_ikke=False) == ("a", True)
    assert rules.chosen_text(Valgt.ANNEN, Naa("a"), "b", other_vil_ikke=True) == ("b", True)


def test_confirming_makes_a_version_only_when_it_changes_something() -> None:
    now = Naa("a", versjon=2)
    assert rules.confirmed(now, None) is now
    changed = rules.confirmed(now, fortsatt=False)
    assert changed == Naa("a", versjon=3, fortsatt=False), "«endret» is said of a text too, before it is another"
    assert rules.confirmed(changed, fortsatt=False) is changed
    assert rules.confirmed(now, fortsatt=True) == Naa("a", versjon=3, fortsatt=True)
    assert not rules.written("b", False, Naa("a", versjon=3, fortsatt=True), Skriver("bruker", "nb")).fortsatt


def test_theme_status_has_words_and_no_score() -> None:
    tema = SKJEMA.visning(Visning.KORT)[1]
    ids = [sporsmal.id for sporsmal in tema.sporsmal]
    assert rules.theme_status(tema, [], []) is Temastatus.IKKE_BEGYNT
    assert rules.theme_status(tema, ids[:1], []) is Temastatus.BEGYNT
    assert rules.theme_status(tema, ids, []) is Temastatus.BESVART
    assert rules.theme_status(tema, [], ids) is Temastatus.VIL_IKKE
    assert rules.theme_status(tema, ids[:1], ids[1:]) is Temastatus.BESVART


def test_a_follow_up_that_is_opened_is_asked_too() -> None:
    """Nothing is missing in the others: they are not on the page."""
    tema = SKJEMA.tema("bolig")
    ids = [sporsmal.id for sporsmal in tema.sporsmal]
    must_move = Naa(["finne", "ma-ut"])
    for answer, opened in (
        (must_move, ["bolig.flytte-dato"]),
        (Naa(["finne"]), []),
        (Naa(["ma-ut"], vil_ikke=True), []),
    ):
        found = [one.id for one in rules.opened(tema.sporsmal, {"bolig.trenger": answer})]
        assert found == opened
        status = Temastatus.BEGYNT if opened else Temastatus.BESVART
        assert rules.theme_status(tema, ids, [], found) is status
    assert rules.theme_status(tema, ids, ["bolig.flytte-dato"], ["bolig.flytte-dato"]) is Temastatus.BESVART


def test_k8_a_running_clock_is_not_set_back() -> None:
    earlier, later = date(2026, 12, 1), date(2026, 12, 8)
    assert rules.running_deadline(later, None, done=False) == later
    assert rules.running_deadline(later, earlier, done=False) == earlier
    assert rules.running_deadline(later, earlier, done=True) == later


def test_k7_the_mini_mapping_is_due_from_its_day() -> None:
    day = date(2026, 11, 24)
    assert not rules.mini_is_due(None, day)
    assert not rules.mini_is_due(date(2026, 11, 25), day)
    assert rules.mini_is_due(day, day)
