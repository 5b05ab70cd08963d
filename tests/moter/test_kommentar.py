"""A comment stands at the version of the note that the bruker had before them when they wrote it (S4)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.kartlegging.skjemaside import felter, med_navn
from tests.klient import Klient
from tests.moter.avtaler import holdt, kari, sak
from tests.verden import Verden
from webapp.moter import notat
from webapp.platform import clock

ORD = "Dette er ikke sant, og jeg vil ha det fjernet"
NYERE = "Du skrev dette til utgave 1 av notatet. Det er delt en nyere utgave."


def del_(verden: Verden, mote_id: UUID, versjon: int, tekst: str) -> None:
    """Share ``tekst`` as version ``versjon`` of the note."""
    notat.save(kari(verden), sak(verden), mote_id, versjon - 1, {"bosituasjon": tekst})
    assert notat.share(kari(verden), sak(verden), mote_id, versjon) == versjon


@pytest.fixture
def mote_id(app: Flask, verden: Verden) -> UUID:
    """A meeting with a note that is shared once."""
    made = holdt(verden)
    del_(verden, made, 1, "Amina drikker for mye")
    return made


def sagt(verden: Verden, mote_id: UUID) -> dict[int, list[str]]:
    """The comments by version."""
    shared = notat.shared(verden.kommune_id, verden.amina, verden.seal(verden.amina), mote_id)
    return {one.versjon: [said.tekst for said in one.kommentarer] for one in shared}


def test_it_is_about_the_version_that_was_read_and_says_so_to_both(
    bruker: Klient, veileder: Klient, verden: Verden, mote_id: UUID
) -> None:
    path = f"/moter/{mote_id}/notat"
    page = felter(bruker.get(path).text)
    del_(verden, mote_id, 2, "Amina trenger ny bolig")
    for _ in range(2):  # sent twice, it stands once
        sent = bruker.post(path, med_navn(page, {"tekst": ORD}), 303)
    assert sagt(verden, mote_id) == {1: [ORD], 2: []}
    html = bruker.follow(sent).text
    assert NYERE in html
    comments = html.split('id="kommentarer"')[1].split("<form")[0]
    assert ORD in comments
    assert "Utgave 1" in comments
    office = veileder.get(f"/veileder/bruker/{verden.amina}/mote/{mote_id}").text
    assert office.index("Delt utgave 2") < office.index("Delt utgave 1") < office.index(ORD)

    bruker.post(path, med_navn(felter(html), {"tekst": "Dette er riktig"}), 303)
    assert sagt(verden, mote_id) == {1: [ORD], 2: ["Dette er riktig"]}
    assert NYERE not in bruker.get(path).text


def test_a_page_that_says_no_version_is_about_the_latest(bruker: Klient, verden: Verden, mote_id: UUID) -> None:
    """It was opened, and perhaps kept on a phone, before pages said which version they show."""
    path, nokkel = f"/moter/{mote_id}/notat", "018f00000000700080000000000000aa"
    bruker.post(path, {"tekst": "Først", "nokkel": nokkel}, 303)
    del_(verden, mote_id, 2, "Amina trenger ny bolig")
    for words in ("Først", ORD):
        bruker.post(path, {"tekst": words, "nokkel": nokkel}, 303)
    assert sagt(verden, mote_id) == {1: ["Først"], 2: [ORD]}


@pytest.mark.parametrize("wrong", ["2", "0", "-1", "x", "1.0", "٢", "9" * 30])
def test_a_version_that_nobody_was_shown_takes_no_comment(
    bruker: Klient, verden: Verden, mote_id: UUID, wrong: str
) -> None:
    notat.save(kari(verden), sak(verden), mote_id, 1, {"bosituasjon": "Ikke delt"})
    bruker.post(f"/moter/{mote_id}/notat", {"tekst": ORD, "versjon": wrong}, 404)
    assert sagt(verden, mote_id) == {1: []}


def test_the_same_number_of_another_note_is_another_version(bruker: Klient, verden: Verden, mote_id: UUID) -> None:
    other = holdt(verden)
    del_(verden, other, 1, "Et annet møte")
    del_(verden, other, 2, "Et annet møte, igjen")
    bruker.post(f"/moter/{mote_id}/notat", {"tekst": ORD, "versjon": "2"}, 404)
    assert (sagt(verden, mote_id), sagt(verden, other)) == ({1: []}, {1: [], 2: []})


def test_a_page_that_comes_back_stays_at_the_version_of_its_words(
    bruker: Klient, verden: Verden, mote_id: UUID
) -> None:
    path = f"/moter/{mote_id}/notat"
    page = felter(bruker.get(path).text)
    del_(verden, mote_id, 2, "Amina trenger ny bolig")
    html = bruker.post(path, med_navn(page, {"tekst": ORD, "csrf_token": None}), 422, key="gammel").text
    assert NYERE in html
    assert NYERE in bruker.follow(bruker.post(path, felter(html), 303)).text
    assert sagt(verden, mote_id) == {1: [ORD], 2: []}
    html = bruker.post(path, med_navn(page, {"tekst": " "}), 422).text  # no words yet: they come under what it shows
    assert NYERE not in html
    assert felter(html)["versjon"] == ["2"]


def test_kept_words_are_fetched_with_the_version_they_are_about(
    app: Flask, bruker: Klient, verden: Verden, mote_id: UUID
) -> None:
    path = f"/moter/{mote_id}/notat"
    page = felter(bruker.get(path).text)
    with clock.frozen(NOON + timedelta(hours=1)):
        assert "tatt_vare_pa=1" in str(bruker.post(path, med_navn(page, {"tekst": ORD}), 303).location)
        del_(verden, mote_id, 2, "Amina trenger ny bolig")
        again = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        assert felter(again.get(path).text)["versjon"] == ["2"]
        html = again.get(f"{path}?utkast=1").text
        assert NYERE in html
        again.post(f"{path}?utkast=1", felter(html), 303)
        assert "Vi har tatt vare på" not in again.get(path).text
    assert sagt(verden, mote_id) == {1: [ORD], 2: []}


def test_words_kept_by_a_page_of_before_are_about_what_is_shown_now(
    bruker: Klient, verden: Verden, mote_id: UUID
) -> None:
    path = f"/moter/{mote_id}/notat"
    bruker.json("/utkast", {"sti": path, "felter": {"tekst": [ORD]}})
    assert felter(bruker.get(f"{path}?utkast=1").text)["versjon"] == ["1"]
