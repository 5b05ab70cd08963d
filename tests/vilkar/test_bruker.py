"""The bruker reads what is asked, says whether it is understood, and says when it is done (F1–F3)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.klient import Klient
from tests.moter.avtaler import kari, sak
from tests.sporringer import count
from tests.verden import Verden
from tests.vilkar.saker import FRIST, innhold, satt, vedtatt
from webapp.innsyn import alt
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading
from webapp.platform.ids import new_id
from webapp.vilkar import eksport, lesing, nytt, service, sjekk, tekst
from webapp.vilkar.grunnlag import grunnlag
from webapp.vilkar.lesing import Helt
from webapp.vilkar.models import Forstaelse, Vilkarmelding, Vilkarvisning

PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile"}


def rader(table: Any) -> list[Any]:
    with reading() as db:
        return list(db.scalars(select(table)))


def helt(app: Flask, verden: Verden, vilkar_id: UUID) -> Helt:
    with app.test_request_context():
        return lesing.whole(verden.kommune_id, verden.amina, verden.seal(verden.amina), vilkar_id)


def versjon_id(app: Flask, verden: Verden, vilkar_id: UUID) -> str:
    return str(helt(app, verden, vilkar_id).na.id)


def test_everything_that_must_be_said_is_on_the_page(app: Flask, bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    assert "Jobbkurs «Veien»" in bruker.get("/vilkar/").text
    page = bruker.get(f"/vilkar/{vilkar_id}").text
    with app.test_request_context():
        for heading in tekst.OVERSKRIFTER.values():
            assert str(heading) in page
    for words in (
        "fredag 18. desember 2026",
        "Nødhjelp finnes alltid",
        "høyst 1\xa0500 kroner i måneden",
        "høyst 2 måneder",
        "endrer ikke pengene dine",
        "Fristen er fredag 11. desember 2026",
        "Storgata 1, Testvik",
        "mandag og onsdag",
        "Du sa at du vil jobbe i butikk.",
    ):
        assert words in page


def test_opening_is_evidence_once_and_the_hash_holds(app: Flask, bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    bruker.get("/vilkar/")
    assert rader(Vilkarvisning) == []  # the list is not the text
    for _n in range(3):
        bruker.get(f"/vilkar/{vilkar_id}", headers=PHONE)
    (row,) = rader(Vilkarvisning)
    assert (row.sprak, row.retning, row.enhet, row.hjelper) == ("nb", "ltr", "Android · Chrome", None)
    (shown,) = helt(app, verden, vilkar_id).visninger
    assert tekst.digest(shown.sprak, shown.retning, shown.tekst) == row.sha256
    assert b"Veien" not in row.tekst
    with app.test_request_context():
        assert shown.tekst == helt(app, verden, vilkar_id).na.tekst("nb").ren()
    with reading() as db:
        types = list(db.scalars(select(Hendelse.type)))
        assert grunnlag(db, verden.kommune_id, verden.amina, vilkar_id).mangler == ()
    assert types.count("vilkar_vist") == 1


def test_another_language_is_another_showing(app: Flask, bruker: Klient, verden: Verden) -> None:
    """The language buttons send the form, so that nothing typed is lost: what comes back has been shown too."""
    vilkar_id = satt(verden)
    bruker.get(f"/vilkar/{vilkar_id}")
    bruker.sprak = "ar"
    page = bruker.post(f"/vilkar/{vilkar_id}", {"bytt_sprak": "ar", "sporsmal": "Mine ord"}, status=200).text
    assert "Mine ord" in page
    assert {(one.sprak, one.retning) for one in rader(Vilkarvisning)} == {("nb", "ltr"), ("ar", "rtl")}
    assert len({one.sha256 for one in rader(Vilkarvisning)}) == 2


def test_the_office_reading_it_is_no_evidence(veileder: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    veileder.get(f"/veileder/bruker/{verden.amina}/vilkar/{vilkar_id}")
    assert rader(Vilkarvisning) == []


def test_understanding_then_the_questions(app: Flask, bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    address = f"/vilkar/{vilkar_id}"
    bruker.get(address)
    sent = {"svar": "forstar", "versjon_id": versjon_id(app, verden, vilkar_id), "nokkel": new_id().hex}
    assert bruker.post(address, sent).location.endswith("/sjekk")
    bruker.post(address, sent)
    assert len(rader(Forstaelse)) == 1
    page = bruker.get(f"{address}/sjekk").text
    assert "ikke en prøve" in page
    answers = {"frist": FRIST.isoformat(), "konsekvens": "varsel", "versjon_id": sent["versjon_id"]}
    bruker.post(f"{address}/sjekk", answers)
    found = helt(app, verden, vilkar_id)
    assert (found.vilkar.svar, found.vilkar.trenger_hjelp) == ("forstar", False)
    assert found.utsagn[0].sjekk["frist"]["forklart"] is False


@pytest.mark.parametrize("wrong", [{"frist": "vet_ikke"}, {"konsekvens": "straks"}, {}, {"frist": "x" * 5000}])
def test_a_wrong_answer_explains_again_and_shows_that_help_is_needed(
    app: Flask, bruker: Klient, veileder: Klient, verden: Verden, wrong: dict[str, str]
) -> None:
    vilkar_id = satt(verden)
    address = f"/vilkar/{vilkar_id}"
    bruker.get(address)
    version = versjon_id(app, verden, vilkar_id)
    bruker.post(address, {"svar": "forstar", "versjon_id": version})
    page = bruker.post(f"{address}/sjekk", {**wrong, "versjon_id": version}, status=200).text
    assert "Det er ikke din feil" in page
    assert helt(app, verden, vilkar_id).vilkar.trenger_hjelp
    case = f"/veileder/bruker/{verden.amina}/vilkar/{vilkar_id}"
    assert "Snakk med brukeren" in veileder.get(case).text
    veileder.post(f"{case}/snakket/1")
    assert "Snakk med brukeren" not in veileder.get(case).text
    assert len(rader(Forstaelse)) == 2  # what was said stays


def test_help_that_is_needed_is_not_unsaid_by_pressing_again(app: Flask, bruker: Klient, verden: Verden) -> None:
    """F2: a check that went well takes it away, or the veileder."""
    vilkar_id = satt(verden)
    address = f"/vilkar/{vilkar_id}"
    bruker.get(address)
    version = versjon_id(app, verden, vilkar_id)
    understood = {"svar": "forstar", "versjon_id": version}
    bruker.post(address, understood)
    bruker.post(f"{address}/sjekk", {"frist": "vet_ikke", "versjon_id": version}, status=200)
    bruker.post(address, {"svar": "sporsmal", "sporsmal": "Hvor?", "versjon_id": version})
    bruker.post(address, {**understood, "sporsmal": ""})  # takes the question back, and leaves the check
    assert helt(app, verden, vilkar_id).vilkar.trenger_hjelp
    answers = {"frist": FRIST.isoformat(), "konsekvens": "varsel", "versjon_id": version}
    bruker.post(f"{address}/sjekk", answers)
    assert not helt(app, verden, vilkar_id).vilkar.trenger_hjelp


def test_a_question_and_disagreeing_are_two_things(
    app: Flask, bruker: Klient, veileder: Klient, verden: Verden
) -> None:
    vilkar_id = satt(verden)
    address = f"/vilkar/{vilkar_id}"
    bruker.get(address)
    sent = {
        "svar": "sporsmal",
        "sporsmal": "أين المكان؟",
        "uenig_fordi": "Jeg har allerede tatt dette kurset",
        "versjon_id": versjon_id(app, verden, vilkar_id),
    }
    bruker.post(address, sent)
    (row,) = rader(Forstaelse)
    assert (row.svar, row.uenig, row.trenger_hjelp) == ("sporsmal", True, True)
    assert b"kurset" not in row.innhold
    page = veileder.get(f"/veileder/bruker/{verden.amina}/vilkar/{vilkar_id}").text
    assert "أين المكان؟" in page
    assert "Brukeren er uenig" in page
    assert helt(app, verden, vilkar_id).vilkar.tilstand == "gjelder"


def test_a_new_version_is_asked_about_again(app: Flask, bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    address = f"/vilkar/{vilkar_id}"
    bruker.get(address)
    old = versjon_id(app, verden, vilkar_id)
    bruker.post(address, {"svar": "forstar", "versjon_id": old})
    service.change(kari(verden), sak(verden), vilkar_id, 1, vedtatt(verden), innhold(belop=900), date(2027, 1, 8))
    found = helt(app, verden, vilkar_id)
    assert (found.vilkar.vist, found.vilkar.svar, found.siste) == (False, None, None)
    with reading() as db:
        assert "ikke_vist" in grunnlag(db, verden.kommune_id, verden.amina, vilkar_id).mangler
    # From a page that still shows the old text: the new one comes, with what was typed.
    page = bruker.post(address, {"svar": "sporsmal", "sporsmal": "Mine ord", "versjon_id": old}, status=409).text
    assert "Teksten er ny" in page
    assert "Mine ord" in page
    assert "høyst 900 kroner" in page
    assert len(rader(Forstaelse)) == 1
    bruker.post(address, {"svar": "forstar", "versjon_id": versjon_id(app, verden, vilkar_id)})
    assert [one.versjon for one in helt(app, verden, vilkar_id).utsagn] == [2, 1]


def test_nothing_can_be_said_of_what_was_not_shown(app: Flask, bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    for version in (versjon_id(app, verden, vilkar_id), "", "x", str(uuid4())):
        bruker.post(f"/vilkar/{vilkar_id}", {"svar": "forstar", "versjon_id": version}, status=409)
        if rader(Vilkarvisning):
            break
    assert rader(Forstaelse) == []


def test_done_with_a_word(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    address = f"/vilkar/{vilkar_id}/gjort"
    assert "Skriv noen ord" in bruker.post(address, {"tekst": " "}, status=422).text
    sent = {"tekst": "Jeg var der hver dag", "nokkel": uuid4().hex}
    bruker.post(address, sent)
    bruker.post(address, sent)
    (row,) = rader(Vilkarmelding)
    assert b"hver dag" not in row.tekst
    page = veileder.get(f"/veileder/bruker/{verden.amina}/vilkar/{vilkar_id}").text
    assert "Jeg var der hver dag" in page
    assert "Brukeren sier det er gjort" in page
    service.assess(kari(verden), sak(verden), vilkar_id, uuid4(), "oppfylt", "Bra!")
    assert "Mine ord" in bruker.post(address, {"tekst": "Mine ord"}, status=409).text


def test_others_and_unknown_ids_are_not_there(app: Flask, bruker: Klient, verden: Verden) -> None:
    theirs = satt(verden, bruker_id=verden.jonas)
    for missing in (theirs, uuid4()):
        for rest in ("", "/sjekk", "/gjort"):
            bruker.get(f"/vilkar/{missing}{rest}", status=404)
            bruker.post(f"/vilkar/{missing}{rest}", {"svar": "forstar"}, status=404)
    bruker.get("/vilkar/ikke-en-id", status=404)
    assert rader(Vilkarvisning) == []


def test_wrong_choices_are_explained_and_an_old_key_keeps_the_text(app: Flask, bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    bruker.get(f"/vilkar/{vilkar_id}")
    sent = {"sporsmal": "Mine ord", "versjon_id": versjon_id(app, verden, vilkar_id)}
    for more, key in (({}, None), ({"svar": "annet"}, None), ({"svar": "forstar"}, "gammel")):
        page = bruker.post(f"/vilkar/{vilkar_id}", {**sent, **more}, status=422, key=key).text
        assert "Mine ord" in page
    assert (
        "for lang" in bruker.post(f"/vilkar/{vilkar_id}", {**sent, "svar": "forstar", "sporsmal": "a" * 3001}, 422).text
    )
    assert rader(Forstaelse) == []


def test_the_questions_have_one_right_answer_each() -> None:
    for day in range(1, 32):
        for konsekvens in (True, False):
            frist, what = sjekk.questions(date(2026, 12, day), konsekvens=konsekvens, slag="aktivitet")
            assert len(set(frist.valg)) == 3
            assert frist.riktig in frist.valg
            assert list(frist.valg) == sorted(frist.valg)
            assert what.riktig == ("varsel" if konsekvens else "ingenting")
            right = {frist.id: frist.riktig, what.id: what.riktig}
            assert sjekk.not_understood([frist, what], right) == []
            assert sjekk.not_understood([frist, what], {}) == ["frist", "konsekvens"]
    assert sjekk.questions(None, konsekvens=False, slag="dokumentasjon") == []


def test_what_is_new(app: Flask, bruker: Klient, verden: Verden) -> None:
    near = satt(verden, frist=date(2026, 11, 27))
    later = satt(verden, frist=FRIST)

    def lines() -> dict[str, tuple[str, bool]]:
        with app.test_request_context():
            found = nytt.for_bruker(verden.kommune_id, verden.amina, verden.seal(verden.amina))
        return {one.sti: (one.tekst, one.haster) for one in found}

    def labels() -> set[str]:
        with app.test_request_context():
            found = nytt.for_liste(verden.kommune_id, [verden.amina, verden.jonas])
        assert verden.jonas not in found
        return {one.kode for one in found.get(verden.amina, [])}

    assert lines() == {
        f"/vilkar/{near}": ("Du har noe nytt å lese fra Nav.", True),
        f"/vilkar/{later}": ("Du har noe nytt å lese fra Nav.", True),  # its first day is in a week
    }
    assert labels() == {"vilkar_ikke_vist", "vilkar_frist_nar"}
    for one in (near, later):
        bruker.get(f"/vilkar/{one}")
    assert [words[:15] for words, _urgent in lines().values()] == ["Snart siste dag", "Si om du forstå"]
    assert labels() == {"vilkar_ubekreftet", "vilkar_frist_nar"}
    sent = {"svar": "forklar", "uenig": "y", "versjon_id": versjon_id(app, verden, later)}
    bruker.post(f"/vilkar/{later}", sent)
    bruker.post(f"/vilkar/{later}/gjort", {"tekst": "Ferdig"})
    assert labels() == {"vilkar_hjelp", "vilkar_uenig", "vilkar_gjort", "vilkar_ubekreftet", "vilkar_frist_nar"}
    with app.test_request_context(), count(app) as queries:
        nytt.for_liste(verden.kommune_id, [verden.amina, verden.jonas])
    assert len(queries) == 1
    seal = verden.seal(verden.amina)
    with app.test_request_context(), count(app) as queries:
        nytt.for_bruker(verden.kommune_id, verden.amina, seal)
    assert len(queries) == 1


def test_everything_is_in_the_copy(app: Flask, bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    bruker.get(f"/vilkar/{vilkar_id}")
    bruker.post(
        f"/vilkar/{vilkar_id}",
        {"svar": "forstar", "uenig_fordi": "Min grunn", "versjon_id": versjon_id(app, verden, vilkar_id)},
    )
    bruker.post(f"/vilkar/{vilkar_id}/gjort", {"tekst": "Mitt ord"})
    service.assess(kari(verden), sak(verden), vilkar_id, uuid4(), "oppfylt", "Så bra")
    with app.test_request_context():
        found = eksport.eksport(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    text = alt.as_json(found).decode()
    for words in ("2026/123", "Jobbkurs", "Min grunn", "Mitt ord", "Så bra", "Nødhjelp finnes alltid", "sha256"):
        assert words in text
    for ending in ("", ".json"):
        page = bruker.get(f"/innsyn/alt{ending}").text
        assert "Jobbkurs" in page
        assert "Min grunn" in page
    bruker.get("/innsyn/alt.pdf")
    assert "1 vilkår" in bruker.get("/innsyn/").text


def test_the_queries_do_not_grow(app: Flask, bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    paths = ("/vilkar/", f"/vilkar/{vilkar_id}")

    def counted() -> list[int]:
        found = []
        for path in paths:
            with count(app) as queries:
                bruker.get(path)
            found.append(len(queries))
        return found

    counted()
    few = counted()
    version = versjon_id(app, verden, vilkar_id)
    for n in range(5):
        satt(verden)
        bruker.post(f"/vilkar/{vilkar_id}", {"svar": "forklar", "sporsmal": str(n), "versjon_id": version})
        bruker.post(f"/vilkar/{vilkar_id}/gjort", {"tekst": str(n)})
    assert counted() == few
