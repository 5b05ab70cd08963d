"""A form that is sent twice: the same words are there once; other words are kept or refused aloud, never dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.klient import Klient
from tests.varsel import verk
from tests.vedlegg.hjelp import amina, lagt_ved
from tests.verden import Verden
from webapp.platform import ids
from webapp.varsel import avgjore, horing, service
from webapp.varsel.avgjore import Beslutning, Svar
from webapp.varsel.horing import Filer, Mottatt, Onsker
from webapp.varsel.lesing import Sagt
from webapp.varsel.rules import NotPossible
from webapp.vedlegg import service as vedlegg

FIRST, OTHER = Sagt(["sykdom"], "Jeg var syk", ""), Sagt(["sykdom"], "Jeg var syk, og barnet også", "")


@pytest.fixture(autouse=True)
def _form(app: Flask) -> Iterator[None]:
    with verk.formnokkel(app):
        yield


def deliver(verden: Verden, sak_id: UUID, key: UUID, said: Sagt, wishes: Onsker, filer: Filer | None = None) -> Mottatt:
    return horing.deliver(verk.amina(verden), sak_id, key, said, wishes, filer)


def test_an_uttalelse(verden: Verden) -> None:
    sak_id, key = verk.nadd(verden), ids.new_id()
    first = deliver(verden, sak_id, key, FIRST, Onsker())
    other = deliver(verden, sak_id, key, OTHER, Onsker())
    for _ in range(2):
        assert deliver(verden, sak_id, key, FIRST, Onsker()) == first
        assert deliver(verden, sak_id, key, OTHER, Onsker()) == other
    assert [one.sagt for one in verk.saken(verden, sak_id).uttalelser] == [FIRST, OTHER]


def test_an_uttalelse_with_files(verden: Verden) -> None:
    sak_id, key = verk.nadd(verden), ids.new_id()
    here = f"/varsel/{sak_id}/uttalelse"
    one = lagt_ved(amina(verden), skjema=here)
    made = [deliver(verden, sak_id, key, FIRST, Onsker(), Filer([one], here)).uttalelse_id]
    later = lagt_ved(amina(verden), skjema=here)
    # One more file is one more uttalelse, with that file; and other words are one too.
    for said, files in ((FIRST, [one, later]), (FIRST, [one, later]), (FIRST, [one]), (OTHER, [one])):
        made += [deliver(verden, sak_id, key, said, Onsker(), Filer(files, here)).uttalelse_id]
    assert made[1] == made[2]
    assert made[0] == made[3]
    assert len(set(made)) == 3
    seal = verden.seal(verden.amina)
    sent = [vedlegg.liste(verden.kommune_id, verden.amina, seal, "uttalelse", each) for each in made if each]
    assert [[file.id for file in files] for files in sent] == [[one], [later], [later], [one], []]


def test_wishes(verden: Verden) -> None:
    sak_id, key = verk.nadd(verden), ids.new_id()
    nothing = Sagt([], "", "")
    first = deliver(verden, sak_id, key, nothing, Onsker(["tid"], "En uke"))
    assert first == deliver(verden, sak_id, key, nothing, Onsker(["tid"], "En uke"))
    deliver(verden, sak_id, key, FIRST, Onsker(["tid", "tolk"], "To uker"))
    deliver(verden, sak_id, key, FIRST, Onsker(["tid", "tolk"], "To uker"))
    deliver(verden, sak_id, ids.new_id(), nothing, Onsker(["tid"], ""))  # asked again without a word: it waits already
    found = [(one.slag, one.tekst) for one in verk.saken(verden, sak_id).onsker]
    assert sorted(found) == [("tid", "En uke"), ("tid", "To uker"), ("tolk", "To uker")]


def test_a_wish_to_a_closed_matter_is_refused_aloud(verden: Verden) -> None:
    sak_id = verk.nadd(verden)
    verk.si(verden, sak_id, "fant_arbeid")
    with pytest.raises(NotPossible):
        deliver(verden, sak_id, ids.new_id(), Sagt([], "", ""), Onsker(["tid"], "En uke"))


def test_what_is_written_down_and_corrected(verden: Verden) -> None:
    sak_id, key = verk.nadd(verden), ids.new_id()
    for said in (FIRST, FIRST, OTHER, OTHER, FIRST):
        horing.write_down(verk.kari(verden), verk.sak(verden), sak_id, key, said, "nb")
    matter = verk.saken(verden, sak_id)
    assert [one.sagt for one in matter.uttalelser] == [FIRST, OTHER]
    key = ids.new_id()
    for said in (FIRST, FIRST, OTHER, OTHER, FIRST):
        horing.correct(verk.amina(verden), sak_id, matter.uttalelser[0].id, key, said)
    found = verk.saken(verden, sak_id).uttalelser[0].rettinger
    assert [(one.sagt, one.bekreftet) for one in found] == [(FIRST, True), (OTHER, False)]


def test_a_note(verden: Verden) -> None:
    vilkar_id, key = verk.vilkaret(verden), ids.new_id()
    first = service.Notat(verk.HAPPENED.date(), "Kom ikke", "egen")
    notes = (first, first, replace(first, hva="Kom ikke, og ringte ikke"), first, replace(first, kilde="arrangor"))
    made = {service.note(verk.kari(verden), verk.sak(verden), key, vilkar_id, one) for one in notes}
    (sak_id,) = made
    assert len(verk.saken(verden, sak_id).brudd) == 3


def test_a_notice(verden: Verden) -> None:
    sak_id, key = verk.notert(verden), ids.new_id()
    steg = verk.saken(verden, sak_id).steg

    def send(draft: service.Utkastvarsel) -> None:
        service.send(verk.kari(verden), verk.sak(verden), sak_id, key, draft, steg)

    send(verk.UTKAST)
    send(verk.UTKAST)
    for other in ({"hvorfor": "Noe annet"}, {"belop": 1}, {"maneder": 1}, {"virkedager": 20}):
        with pytest.raises(NotPossible):
            send(replace(verk.UTKAST, **other))


def test_a_weighing(verden: Verden) -> None:
    sak_id, key = verk.uttalt(verden), ids.new_id()
    matter = verk.saken(verden, sak_id)
    words = dict.fromkeys(avgjore.points(matter.uttalelser), "Lagt vekt på.")

    def weigh(said: dict[str, str]) -> None:
        avgjore.weigh(verk.kari(verden), verk.sak(verden), sak_id, key, said, matter.steg)

    weigh(words)
    weigh(words)
    with pytest.raises(NotPossible):
        weigh({**words, "samlet": "Likevel ikke."})
    assert len(verk.saken(verden, sak_id).veiinger) == 1


def test_a_decision(verden: Verden) -> None:
    for one, other in (
        (Beslutning("ingen", "Du var syk."), Beslutning("ingen", "Du var på kurs.")),
        (None, None),
    ):
        sak_id, key = verk.veid(verden), ids.new_id()
        first = one or verk.reduksjon(verk.vedtak(verden, NOON.date()))
        second = other or replace(first, barn="To barn.")
        steg = verk.saken(verden, sak_id).steg
        for _ in range(2):
            avgjore.decide(verk.kari(verden), verk.sak(verden), sak_id, key, first, steg)
        with pytest.raises(NotPossible):
            avgjore.decide(verk.kari(verden), verk.sak(verden), sak_id, key, second, steg)


def test_an_answer_and_a_closing(verden: Verden) -> None:
    sak_id = verk.nadd(verden)
    verk.si(verden, sak_id, ord="", onsker=("tid",))
    wish = verk.saken(verden, sak_id).onsker[0].id
    first = Svar(True, "Det er greit.", date(2026, 12, 20))
    for _ in range(2):
        avgjore.answer(verk.kari(verden), verk.sak(verden), sak_id, wish, first)
    for other in (
        replace(first, tekst="Nei."),
        replace(first, ny_dag=date(2026, 12, 22)),
        Svar(False, "Det er greit."),
    ):
        with pytest.raises(NotPossible):
            avgjore.answer(verk.kari(verden), verk.sak(verden), sak_id, wish, other)
    key = ids.new_id()
    for _ in range(2):
        service.close(verk.kari(verden), verk.sak(verden), sak_id, key, "ordnet", "Hei")
    with pytest.raises(NotPossible):
        service.close(verk.kari(verden), verk.sak(verden), sak_id, key, "ordnet", "Hei igjen")


def test_on_the_pages_the_other_words_stay_in_the_form(veileder: Klient, verden: Verden) -> None:
    sak_id, key = verk.uttalt(verden), ids.new_id().hex
    path = f"/veileder/bruker/{verden.amina}/varsel/{sak_id}"
    matter = verk.saken(verden, sak_id)
    words = {**dict.fromkeys(avgjore.points(matter.uttalelser), "Ja."), "steg": str(matter.steg), "nokkel": key}
    for _ in range(2):
        veileder.post(f"{path}/vei", words)
    assert "Likevel ikke." in veileder.post(f"{path}/vei", {**words, "samlet": "Likevel ikke."}, status=409).text
    decision = {
        "utfall": "ingen",
        "grunner": "Du var syk.",
        "steg": str(verk.saken(verden, sak_id).steg),
        "nokkel": key,
    }
    for _ in range(2):
        veileder.post(f"{path}/avgjor", decision)
    page = veileder.post(f"{path}/avgjor", {**decision, "grunner": "Andre ord."}, status=409).text
    assert "Andre ord." in page
