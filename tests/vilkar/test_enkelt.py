"""«Forklar enklere» on a vilkår: its own parameters in the easiest words, and no part of the text that counts (F3)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from tests.klient import Klient
from tests.moter.avtaler import kari, sak
from tests.verden import Verden
from tests.vilkar.saker import FRIST, innhold, satt
from webapp.platform import ids
from webapp.vilkar import enkelt, lesing, service
from webapp.vilkar.tekst import plain
from webapp.vilkar.tekstbank import TYPER

VALUES: dict[str, Any] = {
    "linje": "Kari Test",
    "ord": "Kom på kurset.",
    "dato": "2026-12-01",
    "klokke": "09:00",
    "tall": 3,
    "dager": [0, 2],
}


@pytest.mark.parametrize("kind", TYPER)
def test_every_type_says_what_by_when_what_can_happen_and_help(app: Flask, kind: str) -> None:
    given = {felt.id: VALUES[felt.slag] for felt in TYPER[kind].felt}
    with app.test_request_context():
        lines = enkelt.forklart(innhold(kind, given), FRIST)
    said = [plain(line.tekst.striptags()) for line in lines]
    assert len(said) == len(enkelt.TYPE[kind].tegn) + (3 if TYPER[kind].slag == "dokumentasjon" else 4)
    assert not any("%(" in one for one in said)
    assert any("fredag 18. desember 2026" in one for one in said)
    can_happen = "Gjør du det ikke, kan du få mindre penger." in said
    assert can_happen is (TYPER[kind].slag != "dokumentasjon")
    assert said[-1] == "Si fra hvis det er vanskelig, så hjelper vi deg."


def test_without_a_last_day_or_a_consequence_it_claims_neither(app: Flask) -> None:
    with app.test_request_context():
        said = [line.tekst.striptags() for line in enkelt.forklart(innhold(belop=None, maneder=None), None)]
    assert "Pengene dine blir ikke mindre på grunn av dette." in said
    assert len(said) == 3


def test_the_veileders_own_words_keep_their_language(bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    shown = bruker.get(f"/vilkar/{vilkar_id}").text.split('<details class="mer enkelt">')[1].split("</details>")[0]
    assert '<bdi lang="nb" dir="auto" data-bruker-tekst>Jobbkurs «Veien»</bdi>' in shown
    assert "Det er den lange teksten som gjelder." in shown


def test_what_is_kept_as_shown_does_not_have_it(app: Flask, bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    bruker.get(f"/vilkar/{vilkar_id}")
    with app.test_request_context():
        whole = lesing.whole(verden.kommune_id, verden.amina, verden.seal(verden.amina), vilkar_id)
        (kept,) = whole.visninger
        assert kept.tekst == whole.na.tekst("nb").ren()
    for words in ("Du skal gå på", "kan du få mindre penger", "Det er den lange teksten", "Et vilkår er noe"):
        assert words not in kept.tekst


def test_nothing_is_explained_as_due_when_it_is_not(bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden, frist=date(2026, 12, 18))
    service.assess(kari(verden), sak(verden), vilkar_id, ids.new_id(), "oppfylt", "Bra!")
    assert "Forklar enklere" not in bruker.get(f"/vilkar/{vilkar_id}").text
