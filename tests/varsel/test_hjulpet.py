"""Somebody helps (K1): what is typed for the bruker is taken in, marked, and never says that the notice arrived."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.klient import Klient
from tests.varsel import verk
from tests.verden import Verden
from webapp.identitet.models import Okt
from webapp.platform import access, clock, ids
from webapp.platform.database import writing
from webapp.varsel import eksport, horing, service
from webapp.varsel.horing import Onsker
from webapp.varsel.lesing import Sagt
from webapp.varsel.rules import NotPossible, Tilstand

SAGT = Sagt(["sykdom"], "Jeg var syk", "")


@pytest.fixture(autouse=True)
def _form(app: Flask) -> Iterator[None]:
    with verk.formnokkel(app):
        yield


def typed_by(verden: Verden, who: str) -> access.Bruker:
    return replace(verk.amina(verden), skriver=who)


def test_an_ansatt_who_answers_for_the_bruker_starts_no_deadline(
    bruker: Klient, veileder: Klient, verden: Verden
) -> None:
    """U3: that the notice has reached the bruker is registered with a name, or the bruker opens it."""
    sak_id = verk.varslet(verden)
    horing.deliver(typed_by(verden, "ansatt"), sak_id, ids.new_id(), SAGT, Onsker(["tolk"], "Somali"))
    matter = verk.saken(verden, sak_id)
    assert matter.tilstand is Tilstand.VARSLET
    assert matter.frist is None
    assert [(one.hvordan, one.skrevet_av) for one in matter.nadd] == [("svarte", "ansatt")]
    assert matter.uttalelser[0].skrevet_av == matter.onsker[0].skrevet_av == "ansatt"
    with clock.frozen(clock.now() + timedelta(days=60)), pytest.raises(NotPossible):
        verk.vei(verden, sak_id)  # no time runs out either
    page = veileder.get(f"/veileder/bruker/{verden.amina}/varsel/{sak_id}").text
    for words in (
        "Registrer at brukeren har fått varselet",
        "En ansatt har skrevet for brukeren i Medvirk.",
        "Svarte i Medvirk",
        "Fristen løper ikke av dette.",
        "Jeg var syk",
    ):
        assert words in page, words
    assert page.count("· Skrevet av en ansatt") == 3
    with clock.frozen(clock.now() + timedelta(days=3)):
        service.open_notice(verk.amina(verden), sak_id, "nb")
        matter = verk.saken(verden, sak_id)
    assert matter.tilstand is Tilstand.NADD
    assert matter.frist_dag is not None
    assert matter.frist_dag.isoformat() == "2026-12-11"  # counted from when it was opened
    assert "Skrevet av en ansatt" in bruker.get(f"/varsel/{sak_id}/uttalelse/{matter.uttalelser[0].id}").text


def test_registered_with_a_name_it_counts_from_then(verden: Verden) -> None:
    sak_id = verk.varslet(verden)
    horing.deliver(typed_by(verden, "ansatt"), sak_id, ids.new_id(), SAGT, Onsker())
    service.reached(verk.kari(verden), verk.sak(verden), sak_id, "mote", "Leste det sammen")
    matter = verk.saken(verden, sak_id)
    assert matter.tilstand is Tilstand.NADD
    assert matter.frist_dag is not None
    with pytest.raises(NotPossible):
        verk.vei(verden, sak_id)  # heard only through an ansatt: the deadline is waited for
    assert matter.frist is not None
    with clock.frozen(matter.frist):
        verk.vei(verden, sak_id)
        verk.avgjor(verden, sak_id)


def test_their_own_answer_after_it_starts_the_deadline(verden: Verden) -> None:
    sak_id = verk.varslet(verden)
    horing.deliver(typed_by(verden, "ansatt"), sak_id, ids.new_id(), SAGT, Onsker())
    horing.deliver(verk.amina(verden), sak_id, ids.new_id(), Sagt([], "Og barnet", ""), Onsker())
    matter = verk.saken(verden, sak_id)
    assert [one.skrevet_av for one in matter.nadd] == ["ansatt", "bruker"]
    assert matter.tilstand is Tilstand.UTTALT
    assert matter.frist is not None


def test_a_helper_is_the_brukers_own_choice_and_stands_in_the_evidence(veileder: Klient, verden: Verden) -> None:
    sak_id = verk.varslet(verden)
    service.open_notice(typed_by(verden, "hjelper"), sak_id, "nb")
    matter = verk.saken(verden, sak_id)
    assert matter.tilstand is Tilstand.NADD
    assert [(one.hvordan, one.skrevet_av) for one in matter.nadd] == [("apnet", "hjelper")]
    page = veileder.get(f"/veileder/bruker/{verden.amina}/varsel/{sak_id}").text
    assert "Skrevet av en hjelper" in page


def test_the_pages_when_an_ansatt_holds_the_phone(app: Flask, bruker: Klient, verden: Verden) -> None:
    """Every page of a notice that nobody has opened: there is no date to show yet."""
    sak_id = verk.varslet(verden)
    with writing(unverified=True) as db:
        db.execute(update(Okt).where(Okt.person_id == verden.amina).values(skriver="ansatt"))
    page = bruker.get(f"/varsel/{sak_id}").text
    assert "Fristen regnes fra dagen du får varselet." in page
    path = f"/varsel/{sak_id}/uttalelse"
    bruker.get(path)
    assert "Sendt." in bruker.follow(bruker.post(path, {"onsker": ["tid"], "handling": "send"})).text
    assert "Skrevet av en ansatt" in bruker.follow(bruker.post(path, {"ord": "Syk", "handling": "send"})).text
    assert verk.saken(verden, sak_id).frist is None
    for rest in ("", "/varsel.pdf", "/uttalelse"):
        bruker.get(f"/varsel/{sak_id}{rest}")


def test_confirmed_is_not_corrected(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    sak_id = verk.nadd(verden)
    oral = horing.write_down(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), SAGT, "nb")
    path = f"/veileder/bruker/{verden.amina}/varsel/{sak_id}"
    horing.correct(verk.amina(verden), sak_id, oral, ids.new_id(), SAGT)
    for rest in ("", "/vei"):
        page = veileder.get(f"{path}{rest}").text
        assert "Bekreftet av brukeren" in page
        assert "Rettet av brukeren" not in page
    other = replace(SAGT, ord="Sønnen min var syk")
    horing.correct(typed_by(verden, "hjelper"), sak_id, oral, ids.new_id(), other)
    for rest in ("", "/vei"):
        page = veileder.get(f"{path}{rest}").text
        assert page.count("Bekreftet av brukeren") == page.count("Rettet av brukeren") == 1
        assert "Skrevet av en hjelper" in page
    (one,) = eksport.eksport(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    (said,) = one["uttalelser"]
    assert [(row["skrevet_av"], row["bekreftet"]) for row in said["rettinger"]] == [
        ("bruker", True),
        ("hjelper", False),
    ]
    assert json.dumps(one)  # nothing in it that JSON cannot hold
    page = bruker.get(f"/varsel/{sak_id}/uttalelse/{oral}").text
    assert "Bekreftet" in page
    assert "Rettet" in page
