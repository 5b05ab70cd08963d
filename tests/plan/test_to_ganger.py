"""The same form sent twice: the same words stand once, other words are never dropped."""

from __future__ import annotations

import pytest

from tests.plan.planer import amina, avtalt, foreslatt, forslag, nav, plan, steg
from tests.verden import Verden
from webapp.plan import historie, mal, rules, service
from webapp.plan.rules import Handling, Tilstand
from webapp.platform import ids


def ordene(verden: Verden) -> list[str]:
    """Every word that goes with something that was done, the first one first."""
    found = historie.history(verden.kommune_id, verden.amina, verden.seal(verden.amina), limit=100).linjer
    return [one.ord for one in reversed(found) if one.ord]


def test_comments_from_one_form(verden: Verden) -> None:
    steg_id, nokkel = foreslatt(verden), ids.new_id()
    for words in ("Først", "Først", "Så dette", "Så dette", "Først"):
        service.act(amina(verden), steg_id, Handling.KOMMENTER, 1, nokkel=nokkel, ord=words)
    assert sorted(ordene(verden)) == ["Først", "Så dette"]


def test_words_with_something_that_is_done_already_are_refused_and_not_dropped(verden: Verden) -> None:
    steg_id, nokkel = avtalt(verden), ids.new_id()
    for _n in range(2):
        service.act(amina(verden), steg_id, Handling.GJORT, 1, nokkel=nokkel, ord="Det gikk bra")
    with pytest.raises(rules.NotPossible):
        service.act(amina(verden), steg_id, Handling.GJORT, 1, nokkel=nokkel, ord="Det gikk dårlig")
    assert ordene(verden) == ["Det gikk bra"]


def test_the_same_key_with_something_else_or_another_step(verden: Verden) -> None:
    first, second, nokkel = avtalt(verden), avtalt(verden), ids.new_id()
    service.act(amina(verden), first, Handling.PAUSE, 1, nokkel=nokkel, ord="Syk")
    service.act(amina(verden), second, Handling.PAUSE, 1, nokkel=nokkel, ord="Syk")
    service.act(amina(verden), first, Handling.GJENAPNE, 1, nokkel=nokkel)
    assert (steg(verden, first).tilstand, steg(verden, second).tilstand) == (Tilstand.AVTALT, Tilstand.PAUSE)


def test_another_proposal_in_its_place(verden: Verden) -> None:
    steg_id, nokkel = foreslatt(verden), ids.new_id()
    for _n in range(2):
        service.act(amina(verden), steg_id, Handling.ENDRE, 1, nokkel=nokkel, forslag=forslag("Heller dette"))
    with pytest.raises(rules.Changed):
        service.act(amina(verden), steg_id, Handling.ENDRE, 1, nokkel=nokkel, forslag=forslag("Eller dette"))
    assert steg(verden, steg_id).forslag.hva == "Heller dette"


def test_new_steps_and_goals_from_one_form(verden: Verden) -> None:
    nokkel = ids.new_id()
    made = [service.propose(nav(verden), nokkel, forslag(hva)) for hva in ("Ett", "Ett", "To", "To")]
    assert made[0] == made[1] != made[2] == made[3]
    assert sorted(one.forslag.hva for one in plan(verden).steg) == ["Ett", "To"]
    goals = [mal.add(amina(verden), nokkel, text) for text in ("Jobb", "Jobb", "Bolig", "Bolig")]
    assert goals[0] == goals[1] != goals[2] == goals[3]
    for text in ("Fast jobb", "Fast jobb", "Jobb i butikk"):
        mal.change(amina(verden), goals[0], text=text, nokkel=goals[3])
    assert sorted(one.tekst for one in plan(verden).mal) == ["Bolig", "Jobb i butikk"]
