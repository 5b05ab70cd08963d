"""F1: a question that is written down reaches the office, whatever was answered beside it."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from tests.klient import Klient
from tests.sporringer import count
from tests.verden import Verden
from tests.vilkar.saker import FRIST, satt
from tests.vilkar.test_bruker import helt, rader, versjon_id
from webapp.platform.database import reading
from webapp.vilkar import nytt
from webapp.vilkar.grunnlag import grunnlag
from webapp.vilkar.models import Forstaelse

NAR = "متى تبدأ الدورة؟"


def merker(app: Flask, verden: Verden) -> list[str]:
    with app.test_request_context(), count(app) as asked:
        found = nytt.for_liste(verden.kommune_id, [verden.amina])
    assert len(asked) == 1
    return [one.kode for one in found.get(verden.amina, [])]


def steget(app: Flask, verden: Verden) -> tuple[str, str]:
    with app.test_request_context():
        [line] = nytt.for_sak(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    return line.stand, line.gjor


def hensyn(verden: Verden, vilkar_id: UUID) -> tuple[str, ...]:
    with reading() as db:
        return grunnlag(db, verden.kommune_id, verden.amina, vilkar_id).hensyn


@pytest.fixture
def spurt(app: Flask, bruker: Klient, verden: Verden) -> tuple[UUID, str]:
    """«Jeg forstår», with a question beside it."""
    vilkar_id = satt(verden)
    bruker.get(f"/vilkar/{vilkar_id}")
    version = versjon_id(app, verden, vilkar_id)
    sent = {"svar": "forstar", "sporsmal": NAR, "versjon_id": version}
    assert bruker.post(f"/vilkar/{vilkar_id}", sent).location.endswith("/sjekk")
    return vilkar_id, version


def test_a_question_beside_i_understand_waits_for_the_office(
    app: Flask, bruker: Klient, veileder: Klient, verden: Verden, spurt: tuple[UUID, str]
) -> None:
    vilkar_id, version = spurt
    assert "ser at du trenger hjelp, og tar kontakt" in bruker.get(f"/vilkar/{vilkar_id}/sjekk").text
    assert merker(app, verden) == ["vilkar_sporsmal"]
    assert steget(app, verden) == ("Brukeren har et spørsmål.", "Svar brukeren")
    assert hensyn(verden, vilkar_id) == ("sporsmal",)
    # A check that goes well answers no question.
    right = {"frist": FRIST.isoformat(), "konsekvens": "varsel", "versjon_id": version}
    bruker.post(f"/vilkar/{vilkar_id}/sjekk", right)
    assert merker(app, verden) == ["vilkar_sporsmal"]
    # What they answered stays as they said it (K1).
    assert {one.svar for one in rader(Forstaelse)} == {"forstar"}
    assert "Du svarte sist: <strong>Jeg forstår</strong>" in bruker.get(f"/vilkar/{vilkar_id}").text
    case = f"/veileder/bruker/{verden.amina}/vilkar/{vilkar_id}"
    page = veileder.get(case).text
    assert NAR in page
    assert "Vi har snakket om det" in page


def test_when_they_have_talked_it_waits_no_more_and_a_new_question_does(
    app: Flask, bruker: Klient, veileder: Klient, verden: Verden, spurt: tuple[UUID, str]
) -> None:
    vilkar_id, version = spurt
    address, case = f"/vilkar/{vilkar_id}", f"/veileder/bruker/{verden.amina}/vilkar/{vilkar_id}"
    veileder.post(f"{case}/snakket/1")
    assert merker(app, verden) == []
    assert (helt(app, verden, vilkar_id).vilkar.svar, hensyn(verden, vilkar_id)) == ("forstar", ())
    assert "Brukeren forstår" in veileder.get(case).text
    # The form comes back with the old words in it, and so does the check.
    for _n in range(2):
        bruker.post(address, {"svar": "forstar", "sporsmal": NAR, "versjon_id": version})
        right = {"frist": FRIST.isoformat(), "konsekvens": "varsel", "versjon_id": version}
        bruker.post(f"{address}/sjekk", right)
    assert merker(app, verden) == []
    bruker.post(address, {"svar": "forstar", "sporsmal": "Hvor er det?", "versjon_id": version})
    assert merker(app, verden) == ["vilkar_sporsmal"]
