"""K1: who typed what the bruker says of meetings, of remarks, and in a request; and the language of the words."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from alembic import command as alembic
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.kartlegging.skjemaside import felter, med_navn
from tests.kartlegging.veileder_levert import lever
from tests.klient import Klient
from tests.moter.avtaler import avtalt, holdt, kari, sak
from tests.verden import Verden
from webapp.innsyn import service as innsyn
from webapp.kartlegging import merknader
from webapp.moter import notat, stemme
from webapp.platform import clock, database, ids
from webapp.platform.commands import alembic_config
from webapp.platform.database import reading, writing

ARABISK = "هذا ليس صحيحا، أريد أن أقول شيئا آخر"
APPEND_ONLY = ("motevurdering", "notatkommentar", "merknadsvar")


class Steder:
    """The five places, each with its form at the bruker's door and where both sides read it."""

    def __init__(self, verden: Verden) -> None:
        levert = lever(verden)
        held, coming = holdt(verden), avtalt(verden, clock.now() + timedelta(days=1))
        notat.save(kari(verden), sak(verden), held, 0, {"bosituasjon": "Slik ble det"})
        notat.share(kari(verden), sak(verden), held, 1)
        asked = merknader.add(
            kari(verden), sak(verden), levert.id, "bolig.fungerer", "sporsmal", "Hva mener du?", ids.new_id()
        )
        self.verden, self.mote_id, self.kommende_id = verden, held, coming
        self.skjema = {
            f"/moter/{held}/vurdering": {"ansikt": "5"},
            f"/moter/{held}/notat": {},
            f"/moter/{coming}": {},
            f"/kartlegging/merknad/{asked}/svar": {},
            "/innsyn/henvendelse/ny": {"slag": "annet"},
        }
        office = f"/veileder/bruker/{verden.amina}"
        self.hos_kontoret = {f"{office}/mote/{held}": 2, f"{office}/mote/{coming}": 1}
        self.hos_kontoret[f"{office}/kartlegging/{levert.nummer}"] = 1
        self.hos_bruker = {f"/moter/{held}": 1, f"/moter/{held}/notat": 1, f"/moter/{coming}": 1}
        self.hos_bruker[f"/kartlegging/leverte/{levert.nummer}"] = 1

    def skriv(self, bruker: Klient, ord: str) -> None:  # noqa: A002 -- the bruker's words
        for path, more in self.skjema.items():
            bruker.post(path, med_navn(felter(bruker.get(path).text), {**more, "tekst": ord}), 303)

    def sagt(self) -> list[tuple[str | None, str]]:
        """Who typed, and in which language, in the order of ``skjema``."""
        k, amina = self.verden.kommune_id, self.verden.amina
        seal = self.verden.seal(amina)
        (shared,) = notat.shared(k, amina, seal, self.mote_id)
        found: list[Any] = [
            stemme.rating(k, amina, seal, self.mote_id),
            *shared.kommentarer,
            stemme.agenda(k, amina, seal, self.kommende_id),
            *(reply for one in merknader.for_bruker(k, amina, seal) for reply in one.svar),
            *innsyn.requests(k, amina, seal)[0],
        ]
        return [(one.skrevet_av, one.sprak) for one in found]

    def henvendelse_id(self) -> UUID:
        k, amina = self.verden.kommune_id, self.verden.amina
        return innsyn.requests(k, amina, self.verden.seal(amina))[0][0].id


@pytest.fixture
def steder(app: Flask, verden: Verden) -> Steder:
    return Steder(verden)


@pytest.mark.parametrize(
    ("skriver", "words"), [("ansatt", "Skrevet av en ansatt"), ("hjelper", "Skrevet av en hjelper")]
)
def test_k1_what_others_type_for_the_bruker_says_so_to_both(
    bruker: Klient, veileder: Klient, steder: Steder, skriver: str, words: str
) -> None:
    bruker.post("/kartlegging/skriver", {"skriver": skriver})
    steder.skriv(bruker, "Veldig godt møte")
    assert steder.sagt() == [(skriver, "nb")] * 5
    request = steder.henvendelse_id()
    office = {**steder.hos_kontoret, f"/veileder/bruker/{steder.verden.amina}/henvendelser/{request}": 1}
    for klient, pages in ((veileder, office), (bruker, {**steder.hos_bruker, f"/innsyn/henvendelse/{request}": 1})):
        assert {path: klient.get(path).text.count(words) for path in pages} == pages


def test_what_the_bruker_types_says_nothing(bruker: Klient, veileder: Klient, steder: Steder) -> None:
    steder.skriv(bruker, "Veldig godt møte")
    assert steder.sagt() == [("bruker", "nb")] * 5
    for path in steder.hos_kontoret:
        assert "Skrevet av" not in veileder.get(path).text


def test_k1_everything_held_says_who_typed(bruker: Klient, steder: Steder) -> None:
    bruker.post("/kartlegging/skriver", {"skriver": "ansatt"})
    steder.skriv(bruker, "Veldig godt møte")
    told = bruker.get("/innsyn/alt.json").get_json()
    (coming,) = (one for one in told["moter"] if one["vil_ta_opp"])
    (held,) = (one for one in told["moter"] if one["notater"])
    said = [
        *held["vurderinger"],
        *held["notater"][0]["kommentarer"],
        coming["vil_ta_opp"],
        *told["kartlegging"]["merknader"][0]["svar"],
        *told["henvendelser"],
    ]
    assert [one["skrevet_av"] for one in said] == ["ansatt"] * 5
    assert bruker.get("/innsyn/alt").text.count("Skrevet av en ansatt for deg") == 5


@pytest.mark.en_gang
def test_k1_the_copy_of_the_note_says_who_typed_the_comment(bruker: Klient, steder: Steder) -> None:
    bruker.post("/kartlegging/skriver", {"skriver": "hjelper"})
    steder.skriv(bruker, "Veldig godt møte")
    made = PdfReader(io.BytesIO(bruker.get(f"/moter/{steder.mote_id}/notat.pdf").data))
    assert "Skrevet av en hjelper" in "".join(page.extract_text() for page in made.pages)


def test_k1_words_that_are_not_changed_stay_whose_they_were(bruker: Klient, steder: Steder) -> None:
    path = f"/moter/{steder.kommende_id}"
    bruker.post("/kartlegging/skriver", {"skriver": "ansatt"})
    steder.skriv(bruker, "Jeg vil ha kurs")
    bruker.post("/kartlegging/skriver", {"skriver": "bruker"})
    for words, av in (("Jeg vil ha kurs", "ansatt"), ("Jeg vil ha jobb", "bruker")):
        bruker.post(path, med_navn(felter(bruker.get(path).text), {"tekst": words}), 303)
        assert steder.sagt()[2] == (av, "nb")


def test_own_words_in_other_letters_have_no_language_that_we_know(
    bruker: Klient, veileder: Klient, steder: Steder
) -> None:
    steder.skriv(bruker, ARABISK)
    assert steder.sagt() == [("bruker", "und")] * 5
    for path in steder.hos_kontoret:
        assert f'lang="und" dir="auto" data-bruker-tekst>{ARABISK}' in veileder.get(path).text


def test_down_and_up_with_words_that_were_typed_before_this_was_kept(
    app: Flask, bruker: Klient, veileder: Klient, steder: Steder
) -> None:
    steder.skriv(bruker, "Veldig godt møte")
    config = alembic_config(app.extensions["medvirk.settings"].database_url)
    database.engines().dispose()
    try:
        alembic.downgrade(config, "0022")
    finally:
        alembic.upgrade(config, "head")
    assert steder.sagt() == [(None, "nb")] * 5  # nobody knows, and nothing is guessed at
    for path in steder.hos_kontoret:
        assert "Skrevet av" not in veileder.get(path).text
    assert bruker.get("/innsyn/alt.json").get_json()["henvendelser"][0]["skrevet_av"] is None
    for table in APPEND_ONLY:
        with pytest.raises(DBAPIError), writing(unverified=True) as db:
            db.execute(text(f"UPDATE {table} SET skrevet_av = 'ansatt'"))  # noqa: S608 -- our own names
    for table in ("dagsorden", "henvendelse"):
        with pytest.raises(DBAPIError), writing(unverified=True) as db:
            db.execute(text(f"UPDATE {table} SET skrevet_av = 'konge'"))  # noqa: S608
    with reading() as db:
        assert db.scalar(text("SELECT count(*) FROM motevurdering")) == 1
