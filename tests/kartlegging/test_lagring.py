"""Saving while typing: as typed, never lost, never overwriting what the page had not seen."""

from __future__ import annotations

import threading
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tests import sporringer
from tests.conftest import NOON
from tests.kartlegging.skjemaside import send_json
from tests.kartlegging.test_levering import lever
from tests.klient import Klient
from tests.strenger import STRENGER
from tests.verden import Verden
from webapp.kartlegging import rules, service, svarrader
from webapp.kartlegging.lagring import Endring, Lagret
from webapp.kartlegging.models import Kartlegging, Svar
from webapp.kartlegging.rules import Skriver
from webapp.kartlegging.skjema import EGNE_ORD, SKJEMA, Sporsmal, Type
from webapp.kartlegging.skjema.validering import rens
from webapp.platform import clock
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading, writing

LAGRE = "/kartlegging/bolig/lagre"
BRUKER = Skriver("bruker", "nb")


def felt(verdi: Any, *, versjon: int = 0, merke: str = "", vil_ikke: bool = False) -> dict[str, Any]:
    return {"verdi": verdi, "vil_ikke": vil_ikke, "versjon": versjon, "merke": merke}


def lagre(bruker: Klient, ident: str, verdi: Any, status: int = 200, **start: Any) -> Any:
    tema = ident.partition(".")[0]
    return send_json(bruker, f"/kartlegging/{tema}/lagre", {"felt": {ident: felt(verdi, **start)}}, status)


def svar(verden: Verden, ident: str) -> service.Utfylt:
    return service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina))[ident]


def test_the_contract_with_the_page(bruker: Klient, verden: Verden) -> None:
    answer = lagre(bruker, "bolig.fungerer", "Utsikten")
    assert answer["lagret"] == "12:00"
    assert answer["konflikt"] == []
    assert answer["konflikt_url"] is None
    assert answer["felt"]["bolig.fungerer"] == {"versjon": 1, "merke": rules.merke("Utsikten", False)}
    kept = svar(verden, "bolig.fungerer")
    assert (kept.verdi, kept.versjon, kept.sprak, kept.skrevet_av) == ("Utsikten", 1, "nb", "bruker")


def test_the_next_save_starts_from_the_last(bruker: Klient, verden: Verden) -> None:
    first = lagre(bruker, "bolig.fungerer", "Uts")["felt"]["bolig.fungerer"]
    lagre(bruker, "bolig.fungerer", "Utsikten", **first)
    assert svar(verden, "bolig.fungerer").verdi == "Utsikten"
    assert svar(verden, "bolig.fungerer").versjon == 2


def test_sent_twice_is_saved_once(bruker: Klient, verden: Verden) -> None:
    for _ in range(2):
        assert lagre(bruker, "bolig.fungerer", "Utsikten")["konflikt"] == []
    assert svar(verden, "bolig.fungerer").versjon == 1


def test_the_state_follows(bruker: Klient, verden: Verden) -> None:
    assert service.state(verden.kommune_id, verden.amina) is None
    lagre(bruker, "bolig.fungerer", "Utsikten")
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert (state.visning, state.sist_tema) == ("full", "bolig")
    assert state.begynt == state.endret


def _sends(sporsmal: Sporsmal) -> list[Any]:
    """What a page can send for a question."""
    if sporsmal.type is Type.FLERE:
        return [[valg.id for valg in sporsmal.valg], [sporsmal.valg[0].id], []]
    if sporsmal.valg:
        return [valg.id for valg in sporsmal.valg]
    return ["noe", "2026-11-24", "12 500"]


def test_every_question_takes_what_its_page_sends(app: Flask, verden: Verden) -> None:
    seal = verden.seal(verden.amina)
    for sporsmal in SKJEMA.alle():
        start = (0, "")
        for sent in _sends(sporsmal):
            change = Endring(sporsmal.id, sent, False, *start)
            tema = sporsmal.tema_id
            saved = service.save(verden.kommune_id, verden.amina, seal, BRUKER, tema, [change], unverified=True)
            assert not saved.feil
            assert not saved.konflikt
            start = saved.felt[sporsmal.id]
    answers = service.all_answers(verden.kommune_id, verden.amina, seal)
    assert {ident: one.verdi for ident, one in answers.items()} == {
        sporsmal.id: _sends(sporsmal)[-1] for sporsmal in SKJEMA.alle()
    }


@pytest.mark.parametrize("navn", STRENGER)
def test_every_text_question_takes_whatever_is_typed(navn: str, bruker: Klient, verden: Verden) -> None:
    typed = STRENGER[navn]
    for tema in SKJEMA.temaer:
        asked = [sporsmal.id for sporsmal in tema.alle() if not sporsmal.valg]
        body = {"felt": {ident: felt(typed) for ident in asked}}
        if len(typed) > rules.HARD_CAP:
            refused = send_json(bruker, f"/kartlegging/{tema.id}/lagre", body, 422)["felt"]
            assert set(refused) == set(asked)
            assert all("tegn for lang" in message for message in refused.values())
            continue
        assert send_json(bruker, f"/kartlegging/{tema.id}/lagre", body)["konflikt"] == []
    answers = service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    assert {str(answer.verdi) for answer in answers.values()} <= {rens(typed)}


@pytest.mark.parametrize("navn", STRENGER)
def test_choices_refuse_what_is_not_a_choice(navn: str, bruker: Klient) -> None:
    for ident in ("bolig.situasjon", "bolig.hvem", "bolig.trivsel"):
        refused = send_json(bruker, LAGRE, {"felt": {ident: felt(STRENGER[navn])}}, 422)
        assert set(refused["felt"]) == {ident}


def test_one_refused_answer_does_not_hold_back_the_others(bruker: Klient, verden: Verden) -> None:
    body = {"felt": {"bolig.fungerer": felt("lagret"), "bolig.situasjon": felt("slott")}}
    assert set(send_json(bruker, LAGRE, body, 422)["felt"]) == {"bolig.situasjon"}
    assert svar(verden, "bolig.fungerer").verdi == "lagret"
    again = {"felt": {"bolig.fungerer": felt("lagret")}}
    assert send_json(bruker, LAGRE, again)["felt"]["bolig.fungerer"]["versjon"] == 1


@pytest.mark.parametrize(
    "body",
    [
        [],
        "tekst",
        5,
        {},
        {"felt": None},
        {"felt": []},
        {"felt": {}},
        {"felt": {"bolig.fungerer": "tekst"}},
        {"felt": {"bolig.fungerer": {"vil_ikke": False}}},
        {"felt": {"bolig.fungerer": felt(None)}},
        {"felt": {"bolig.fungerer": felt({"a": []})}},
        {"felt": {"bolig.fungerer": felt([1, 2])}},
        {"felt": {"bolig.fungerer": felt("a", vil_ikke="ja")}},  # type: ignore[arg-type] # wrong on purpose
        {"felt": {"bolig.fungerer": felt("a", versjon="1")}},  # type: ignore[arg-type] # wrong on purpose
        {"felt": {"bolig.fungerer": felt("a", versjon=True)}},
        {"felt": {"bolig.fungerer": felt("a", merke=7)}},  # type: ignore[arg-type] # wrong on purpose
        {"felt": {"bolig.fungerer": {**felt("a"), "mini": ["fortsatt"]}}},
        {"felt": {"bolig.finnes-ikke": felt("a")}},
        {"felt": {"helse.hjelper": felt("a")}},  # a question of another theme
        {"felt": {f"bolig.{nr}": felt("a") for nr in range(301)}},
    ],
)
def test_what_no_page_of_ours_sends(bruker: Klient, body: Any) -> None:
    answer = send_json(bruker, LAGRE, body, 422)
    assert answer["melding"]
    assert isinstance(answer["felt"], dict)


def test_what_is_not_json(bruker: Klient) -> None:
    headers = {"X-CSRFToken": bruker._key()}
    for data in (b'{"felt": {"bolig.fungerer": {"verdi": "\xff\xfe"}}}', b"{", b"", b"[" * 100_000):
        sent = bruker.http.post(LAGRE, data=data, headers=headers, content_type="application/json")
        assert sent.status_code == 400, data[:20]
    for kind in ("text/plain", "application/xml", "multipart/form-data; boundary=x"):
        assert bruker.http.post(LAGRE, data=b"x", headers=headers, content_type=kind).status_code in {400, 415}


def test_huge_numbers_and_a_huge_body(bruker: Klient, app: Flask) -> None:
    for versjon in (10**4000, 2**63, 2**31, 2**31 - 1, 2**31 - 2, -1):
        bruker.json(LAGRE, {"felt": {"bolig.fungerer": felt(f"a{versjon % 97}", versjon=versjon, merke="x" * 10_000)}})
    most = app.config["MAX_CONTENT_LENGTH"]
    answer = send_json(bruker, LAGRE, {"felt": {"bolig.fungerer": felt("x" * most)}}, 413)
    assert answer["melding"]


def test_unknown_themes_and_strangers(bruker: Klient, besoker: Klient) -> None:
    bruker.json("/kartlegging/finnes-ikke/lagre", {"felt": {"bolig.fungerer": felt("a")}}, 404)
    assert send_json(besoker, LAGRE, {"felt": {"bolig.fungerer": felt("a")}}, 401)["feil"] == "logget-ut"


def test_a_stale_form_key_gets_a_fresh_one(bruker: Klient, verden: Verden) -> None:
    body = {"felt": {"bolig.fungerer": felt("Utsikten")}}
    answer = send_json(bruker, LAGRE, body, 400, key="for gammel")
    assert answer["feil"] == "skjemanokkel"
    bruker.json(LAGRE, body, key=answer["csrf"])
    assert svar(verden, "bolig.fungerer").verdi == "Utsikten"


def test_k1_who_typed_is_recorded_and_changes_back(bruker: Klient, verden: Verden) -> None:
    bruker.post("/kartlegging/skriver", {"skriver": "hjelper"})
    first = lagre(bruker, "bolig.fungerer", "Hjelperen skrev")["felt"]["bolig.fungerer"]
    assert svar(verden, "bolig.fungerer").skrevet_av == "hjelper"
    bruker.post("/kartlegging/skriver", {"skriver": "bruker"})
    lagre(bruker, "bolig.fungerer", "Jeg skrev", **first)
    assert svar(verden, "bolig.fungerer").skrevet_av == "bruker"
    with reading() as db:
        events = db.scalars(select(Hendelse).where(Hendelse.type == "assistert_utfylling")).all()
    assert [event.innhold for event in events] == [{"tema": "start"}], "the log says it once, not with every letter"


def test_k10_nobody_sees_or_overwrites_another(app: Flask, verden: Verden, bruker: Klient) -> None:
    lagre(bruker, "bolig.fungerer", "Aminas")
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    lagre(jonas, "bolig.fungerer", "Jonas'")
    assert svar(verden, "bolig.fungerer").verdi == "Aminas"
    assert "Aminas" not in jonas.get("/kartlegging/bolig").text


def test_nothing_readable_lies_in_the_database(bruker: Klient, app: Flask) -> None:
    lagre(bruker, "bolig.fungerer", "hemmelig-ord")
    with reading() as db:
        (row,) = db.scalars(select(Svar)).all()
    assert b"hemmelig" not in row.verdi


def test_a_save_needs_few_statements(bruker: Klient, app: Flask) -> None:
    first = lagre(bruker, "bolig.fungerer", "en")["felt"]["bolig.fungerer"]
    with sporringer.count(app) as found:
        lagre(bruker, "bolig.fungerer", "to", **first)
    assert len(found) == 3  # who it is; where the mapping stands; the answer, over the version that it went on from


def test_a_page_that_is_behind_looks_first(bruker: Klient, verden: Verden) -> None:
    """The short road is for the version that stands. Behind it, or twice, a save is what it always was."""
    first = lagre(bruker, "bolig.fungerer", "en")["felt"]["bolig.fungerer"]
    second = lagre(bruker, "bolig.fungerer", "to", **first)
    assert lagre(bruker, "bolig.fungerer", "to", **first)["felt"] == second["felt"], "sent twice, written once"
    behind = lagre(bruker, "bolig.fungerer", "tre", **first)
    assert behind["konflikt"] == ["bolig.fungerer"]
    assert svar(verden, "bolig.fungerer").verdi == "to"
    same = lagre(bruker, "bolig.fungerer", "to", **second["felt"]["bolig.fungerer"])
    assert same["felt"] == second["felt"], "nothing new is no new version"


def test_what_is_saved_after_a_delivery_is_newer_than_it(
    bruker: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A save that was under way when the mapping was delivered: the page must not take it for delivered (K7)."""
    first = lagre(bruker, "bolig.fungerer", "en")["felt"]["bolig.fungerer"]
    lever(bruker)
    delivered = _row().levert
    assert delivered is not None
    looked_at = iter([delivered - timedelta(milliseconds=1), delivered + timedelta(milliseconds=1)])
    with monkeypatch.context() as slow:
        slow.setattr("webapp.kartlegging.lagring.clock", SimpleNamespace(now=lambda: next(looked_at)))
        lagre(bruker, "bolig.fungerer", "to", **first)
    assert svar(verden, "bolig.fungerer").verdi == "to"
    assert rules.written_since(delivered, _row().endret)


def test_a_save_waits_for_whoever_has_the_mapping_and_then_looks(app: Flask, verden: Verden) -> None:
    """The short road beside one who looks first, at the same moment and from the same version: both texts are kept."""
    mine = (verden.kommune_id, verden.amina, verden.seal(verden.amina), BRUKER)
    start = service.save(*mine, "bolig", [Endring("bolig.mer", "en", False, 0, "")], unverified=True).felt["bolig.mer"]
    came: list[Lagret] = []

    def other_tab() -> None:
        with app.app_context():
            change = Endring("bolig.mer", "fra den andre fanen", False, *start)
            came.append(service.save(*mine, "bolig", [change], unverified=True))

    tab = threading.Thread(target=other_tab)
    with writing(unverified=True) as db:
        svarrader.queue_up(db, *mine[:3])
        tab.start()
        service.save(*mine, "bolig", [Endring("bolig.mer", "fra denne", False, *start)])
        tab.join(0.3)
        assert tab.is_alive(), "it waits for its turn"
    tab.join()
    assert [one.konflikt for one in came] == [["bolig.mer"]]
    assert svar(verden, "bolig.mer").verdi == "fra denne"
    (kept,) = service.two_texts(*mine[:3], "bolig")
    assert kept.annen == "fra den andre fanen"


@pytest.mark.parametrize("fails", [True, False], ids=["the database fails", "another version stands"])
def test_half_a_short_road_is_none(verden: Verden, monkeypatch: pytest.MonkeyPatch, *, fails: bool) -> None:
    """What was said on the mapping's row before the answer was written is taken back with it."""
    mine = (verden.kommune_id, verden.amina, verden.seal(verden.amina), BRUKER)
    start = service.save(*mine, "bolig", [Endring("bolig.mer", "en", False, 0, "")], unverified=True).felt["bolig.mer"]
    change = [Endring("bolig.mer", "to", False, *start)]
    before = _row().endret

    def half(*_args: object) -> bool:
        if fails:
            raise OperationalError("UPDATE", {}, Exception("the line is down"))
        return False

    with clock.frozen(NOON + timedelta(hours=1)), monkeypatch.context() as broken:
        broken.setattr(svarrader, "replace", half)
        broken.setattr(svarrader, "put", lambda *_args: pytest.fail("written") if fails else None)
        broken.setattr(svarrader, "note_change", lambda *_args: True)
        if fails:
            with pytest.raises(OperationalError):
                service.save(*mine, "bolig", change, unverified=True)
        else:
            service.save(*mine, "bolig", change, unverified=True)
    assert _row().endret == before
    assert svar(verden, "bolig.mer").verdi == "en"


def test_after_a_restore_a_version_is_not_given_out_again(app: Flask, bruker: Klient, verden: Verden) -> None:
    """The page was at version 2, the backup at 1, and somebody has typed on to another 2."""
    at_1 = lagre(bruker, "bolig.fungerer", "en")["felt"]["bolig.fungerer"]
    page: dict[str, Any] = {"versjon": 2, "merke": rules.merke("to, som kopien ikke har", False)}
    done = app.test_cli_runner().invoke(args=["gjenopprettet"])
    assert done.output == "1 svar er merket som gjenopprettet.\n"
    now = svar(verden, "bolig.fungerer")
    assert (now.verdi, now.versjon > 2) == ("en", True)
    lagre(bruker, "bolig.fungerer", "to, i en annen fane", versjon=now.versjon, merke=at_1["merke"])
    assert lagre(bruker, "bolig.fungerer", "tre", **page)["konflikt"] == ["bolig.fungerer"]
    assert svar(verden, "bolig.fungerer").verdi == "to, i en annen fane"


def _row() -> Kartlegging:
    with reading() as db:
        return db.scalars(select(Kartlegging)).one()


def test_many_at_once_lose_nothing(app: Flask, verden: Verden) -> None:
    """Two tabs and two devices at the same moment, on either database: every text is in the answer or beside it."""
    seal, errors = verden.seal(verden.amina), []

    def type_in_a_tab(nr: int) -> None:
        try:
            with app.app_context():
                start = (0, "")
                for letter in range(8):
                    change = Endring("bolig.fungerer", f"fane {nr} tegn {letter}", False, *start)
                    saved = service.save(
                        verden.kommune_id, verden.amina, seal, BRUKER, "bolig", [change], unverified=True
                    )
                    start = saved.felt["bolig.fungerer"]
        except Exception as error:  # noqa: BLE001 -- shown by the main thread
            errors.append(error)

    tabs = [threading.Thread(target=type_in_a_tab, args=(nr,)) for nr in range(5)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()
    assert errors == []
    texts = {str(svar(verden, "bolig.fungerer").verdi)}
    texts |= {str(one.annen) for one in service.two_texts(verden.kommune_id, verden.amina, seal, "bolig")}
    assert texts == {f"fane {nr} tegn 7" for nr in range(5)}, "the last word of every tab is there"
    with reading() as db:
        assert len(db.scalars(select(Kartlegging)).all()) == 1


def test_limits_say_how_much_is_too_much(bruker: Klient, verden: Verden) -> None:
    lagre(bruker, "bolig.fungerer", "x" * 10_012)
    assert "Teksten er 12 tegn for lang" in bruker.get("/kartlegging/bolig").text
    too_much = lagre(bruker, "bolig.mer", "x" * 60_100, 422)
    assert "50100 tegn for lang" in too_much["felt"]["bolig.mer"]


def test_text_types_are_the_ones_with_own_words() -> None:
    assert {s.type for s in SKJEMA.alle() if not s.valg} >= EGNE_ORD
