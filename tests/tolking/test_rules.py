"""Which words may need an interpreter."""

from __future__ import annotations

import pytest

from tests.conftest import NOON
from webapp.kartlegging.merknader import Svarvisning
from webapp.platform import ids
from webapp.platform.languages import SPRAK
from webapp.tolking.kilder import kilde
from webapp.tolking.rules import Del, Kilde, foreign, spoken
from webapp.varsel.innhold import Rettet, Sagt, Uttalelsen


@pytest.mark.parametrize("kode", [*SPRAK, "und"])
def test_all_but_norwegian_may_need_one(kode: str) -> None:
    assert foreign([kode]) == (() if kode in ("nb", "nn") else (kode,))


def test_each_language_is_named_once_in_the_order_it_came() -> None:
    assert foreign(["so", "nb", "ar", "so", "und", "nn"]) == ("so", "ar", "und")


def test_what_was_left_empty_is_no_words() -> None:
    assert spoken([("", "ar"), ("  \n", "so"), ("Ja", "pl")]) == (Del("Ja", "pl"),)


def uttalelse(sprak: str, ord: str, *rettinger: Rettet) -> Uttalelsen:  # noqa: A002 -- the field's own name
    return Uttalelsen(
        id=ids.new_id(),
        nummer="ABCD-EFGH",
        sagt=Sagt(["sykdom"], ord, ""),
        rettinger=list(rettinger),
        sprak=sprak,
        skrevet_av="bruker",
        muntlig_av="",
        for_sent=False,
        laget=NOON,
        sha256="",
    )


def test_reasons_alone_are_ours_and_in_every_language() -> None:
    assert kilde(uttalelse("ar", "")).fremmede == ()
    assert kilde(uttalelse("ar", "كنت مريضا")).fremmede == ("ar",)


def test_what_was_told_in_norwegian_and_put_right_in_another_language_needs_one() -> None:
    right = Rettet(Sagt([], "Maya, waan imid", ""), NOON, "so", "bruker", bekreftet=False)
    found = kilde(uttalelse("nb", "Hun kom ikke", right))
    assert found.fremmede == ("so",)
    assert [one.tekst for one in found.deler] == ["Hun kom ikke", "Maya, waan imid"]
    confirmed = Rettet(Sagt([], "Hun kom ikke", ""), NOON, "so", "bruker", bekreftet=True)
    assert kilde(uttalelse("nb", "Hun kom ikke", confirmed)).fremmede == ()


def test_a_reply_has_no_question_of_its_own() -> None:
    said = Svarvisning(ids.new_id(), "Waa halkan", "so", "bruker", NOON)
    assert kilde(said).nokkel == (Kilde.MERKNADSVAR.value, said.id, "")


def test_what_is_nobodys_words_is_refused() -> None:
    with pytest.raises(TypeError, match="not own words: int"):
        kilde(1)
