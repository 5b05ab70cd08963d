"""What waits, for the front page and the worklist; and that everything held is in what the bruker can fetch (S3)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.klient import Klient
from tests.sporringer import count
from tests.varsel import verk
from tests.verden import Verden
from webapp.platform import clock, ids
from webapp.varsel import horing, nytt, service
from webapp.varsel.lesing import Sagt


def linjer(app: Flask, verden: Verden) -> list[tuple[str, str]]:
    with app.test_request_context(), count(app) as asked:
        found = nytt.for_bruker(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    assert len(asked) <= 2
    return [(one.tekst, one.sti) for one in found]


def merker(app: Flask, verden: Verden) -> list[str]:
    with app.test_request_context(), count(app) as asked:
        found = nytt.for_liste(verden.kommune_id, [verden.amina, verden.jonas])
    assert len(asked) == 1
    assert verden.jonas not in found
    return [one.kode for one in found.get(verden.amina, [])]


@pytest.mark.parametrize(
    ("make", "label", "line"),
    [
        (verk.notert, "varsel_notert", None),
        (verk.varslet, "varsel_ikke_apnet", "Du har fått et varsel."),
        (verk.nadd, "varsel_frist", "Svar på varselet innen tirsdag 8. desember."),
        (verk.uttalt, "varsel_uttalelse", "Du har svart på varselet."),
        (verk.veid, "varsel_avgjorelse", "Du har svart på varselet."),
    ],
)
def test_every_state_has_its_one_label(
    app: Flask, verden: Verden, make: Callable[[Verden], UUID], label: str, line: str | None
) -> None:
    with verk.formnokkel(app):
        make(verden)
    assert merker(app, verden) == [label]
    found = linjer(app, verden)
    assert len(found) == (line is not None)
    assert line is None or found[0][0].startswith(line)


def test_the_deadline_comes_near_and_passes(app: Flask, verden: Verden) -> None:
    with verk.formnokkel(app):
        verk.nadd(verden)
    with clock.frozen(NOON + timedelta(days=12)):
        assert merker(app, verden) == ["varsel_frist_nar"]
    with clock.frozen(NOON + timedelta(days=15)):
        assert merker(app, verden) == ["varsel_avgjorelse"]
        assert "du kan fortsatt svare" in linjer(app, verden)[0][0]


def test_a_wish_a_decision_and_found_work(app: Flask, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id = verk.nadd(verden)
        verk.si(verden, sak_id, ord="", onsker=("tolk",))
        assert merker(app, verden) == ["varsel_onske"]
        verk.svar(verden, sak_id)
        verk.si(verden, sak_id)
        verk.vei(verden, sak_id)
        verk.avgjor(verden, sak_id)
        closed = verk.nadd(verden)
        verk.si(verden, closed, "fant_arbeid")
    assert merker(app, verden) == []
    assert linjer(app, verden) == [
        ("Saken er lukket. Du mister ingen penger.", f"/varsel/{closed}"),
        ("Noe er bestemt etter et varsel. Les hva det er.", f"/varsel/{sak_id}/avgjorelse"),
    ]
    with clock.frozen(NOON + timedelta(days=31)):  # what is not read stays
        assert [sti for _tekst, sti in linjer(app, verden)] == [f"/varsel/{sak_id}/avgjorelse"]


def test_what_the_office_has_done_stands_on_the_front_page(app: Flask, bruker: Klient, verden: Verden) -> None:
    """An answer, words that were written down, and that the matter is closed: each leads to where it is read."""
    with verk.formnokkel(app):
        sak_id = verk.nadd(verden)
        verk.si(verden, sak_id, ord="", onsker=("tolk",))
        before = linjer(app, verden)
        verk.svar(verden, sak_id)
        answered = ("Veilederen din har svart på det du ba om.", f"/varsel/{sak_id}#onsker")
        assert linjer(app, verden) == [answered, *before]
        assert 'id="onsker"' in bruker.get(f"/varsel/{sak_id}").text
        with clock.frozen(NOON + timedelta(hours=1)):
            oral = horing.write_down(
                verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), Sagt(["sykdom"], "Han var syk", ""), "nb"
            )
            confirm = ("Veilederen din har skrevet ned et svar for deg. Se om det stemmer.",)
            assert linjer(app, verden) == [answered, (*confirm, f"/varsel/{sak_id}/uttalelse/{oral}")]
        with clock.frozen(NOON + timedelta(hours=2)):
            horing.correct(verk.amina(verden), sak_id, oral, ids.new_id(), Sagt(["sykdom"], "Han var syk", ""))
            verk.si(verden, sak_id)
            assert linjer(app, verden) == [
                ("Du har svart på varselet. Du kan skrive mer til noe er bestemt.", f"/varsel/{sak_id}")
            ]
        with clock.frozen(NOON + timedelta(hours=3)):
            service.close(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), "ikke_grunnlag", "Du var syk.")
            noted = verk.notert(verden)
            service.close(verk.kari(verden), verk.sak(verden), noted, ids.new_id(), "ikke_grunnlag", "")
            assert linjer(app, verden) == [("Saken er lukket. Du mister ingen penger.", f"/varsel/{sak_id}")]
    assert "Du var syk." in bruker.get(f"/varsel/{sak_id}").text


def test_everything_held_is_in_what_the_bruker_can_fetch(app: Flask, bruker: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id = verk.nadd(verden)
        verk.si(verden, sak_id, "sykdom", ord="MINE-ORD", onsker=("tid",))
        verk.svar(verden, sak_id, ja=False)
        verk.vei(verden, sak_id)
        verk.avgjor(verden, sak_id, verk.reduksjon(verk.vedtak(verden, NOON.date())))
        other = verk.nadd(verden)
        verk.si(verden, other, "fant_arbeid")
    told = bruker.get("/innsyn/alt.json").get_json()["varselsaker"]
    assert [one["tilstand"] for one in told] == ["avgjort", "lukket"]
    for words in ("MINE-ORD", "Du var ikke på kurset mandag.", "Lagt vekt på.", "Husleie og mat er dekket."):
        assert words in json.dumps(told, ensure_ascii=False)
        assert words in bruker.get("/innsyn/alt").text
    with count(app) as few:
        bruker.get("/innsyn/alt.json")
    with verk.formnokkel(app):
        verk.nadd(verden)
    with count(app) as many:
        bruker.get("/innsyn/alt.json")
    assert len(few) == len(many)
    assert bruker.get("/innsyn/alt.pdf").data.startswith(b"%PDF")
