"""The bruker's front page: what waits for me now."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from tests import sporringer
from tests.conftest import NOON
from tests.kartlegging.test_levering import hvem, lever, skriv
from tests.klient import Klient
from tests.verden import Verden
from webapp import nytt
from webapp.hjem import TELEFON_SVART, phase
from webapp.identitet import adgang, personal
from webapp.identitet import service as identitet
from webapp.kartlegging import merknader, service
from webapp.kartlegging.models import Kartlegging
from webapp.platform import access, clock, drafts, ids
from webapp.platform.audit import Actor
from webapp.platform.database import writing
from webapp.platform.nyheter import Nyhet

DAY = date(2026, 11, 24)
THEN = datetime(2026, 11, 1, tzinfo=UTC)


def _sak(verden: Verden) -> tuple[access.Ansatt, adgang.Sak]:
    kari = access.Ansatt(
        verden.kommune_id, verden.kari, verden.nord, ids.new_id(), "nb", access.Rolle.VEILEDER, "Kari Test"
    )
    sak = adgang.open_sak(kari, verden.amina, side=None)
    assert sak is not None
    return kari, sak


def test_what_is_only_good_to_know_does_not_wait_for_anybody(bruker: Klient, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [Nyhet("Les dette", "/plan/kjenn"), Nyhet("Godt å vite", "/klage/", venter=False)]
    monkeypatch.setattr(nytt, "for_bruker", lambda *_whose: told)
    waits, news = re.findall(
        r'<section[^>]*aria-labelledby="(?:venter|nytt)">.*?</section>', bruker.get("/").text, re.DOTALL
    )
    assert "Les dette" in waits
    assert "Godt å vite" not in waits
    assert "Godt å vite" in news
    told.pop(0)
    assert "Dette venter på deg" not in bruker.get("/").text


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (None, "begynn"),
        ({}, "begynn"),
        ({"begynt": THEN}, "fortsett"),
        ({"begynt": THEN, "levert": THEN, "samtale_frist": DAY, "plan_frist": DAY}, "samtale"),
        ({"begynt": THEN, "levert": THEN, "samtale_frist": DAY - timedelta(1), "plan_frist": DAY}, "samtale_sen"),
        ({"levert": THEN, "samtale_frist": DAY, "samtale_holdt": THEN, "plan_frist": DAY}, "plan"),
        ({"levert": THEN, "samtale_frist": DAY, "samtale_holdt": THEN, "plan_frist": DAY - timedelta(1)}, "plan_sen"),
        (
            {"levert": THEN, "samtale_frist": DAY, "samtale_holdt": THEN, "plan_frist": DAY, "plan_fulgt": THEN},
            "ferdig",
        ),
    ],
)
def test_k8_where_it_stands(state: dict[str, object] | None, expected: str) -> None:
    row = None if state is None else Kartlegging(kommune_id=1, bruker_id=ids.new_id(), visning="full", **state)
    assert phase(row, DAY) == expected


def test_the_first_time(bruker: Klient) -> None:
    page = bruker.get("/").text
    assert "Amina" in page
    assert "Les mer og begynn" in page
    assert "frivillig" in page


def test_back_to_where_one_was(bruker: Klient) -> None:
    skriv(bruker, {"helse.hjelper": "Tur"})
    assert "Fortsett der du var" in bruker.get("/").text


def test_whose_phone_it_is_is_asked_until_it_is_answered_here(bruker: Klient) -> None:
    """The page comes as it is to stay: a script that shows the question later would move what is below it."""
    assert "data-min-telefon" not in bruker.get("/").text, "nothing is written yet"
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    assert '<section class="kort" data-min-telefon aria' in bruker.get("/").text
    bruker.http.set_cookie(TELEFON_SVART, "1", domain="localhost")
    assert "data-min-telefon" not in bruker.get("/").text


def test_k8_both_sides_see_the_dates(bruker: Klient, app: Flask, verden: Verden) -> None:
    skriv(bruker, {"helse.hjelper": "Tur"})
    lever(bruker)
    assert "senest tirsdag 8. desember" in bruker.get("/").text
    with clock.frozen(NOON + timedelta(days=15)):
        late = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        assert "skulle hatt en samtale innen tirsdag 8. desember" in late.get("/").text
    with writing(unverified=True) as db:
        service.conversation_held(db, verden.kommune_id, verden.amina, NOON)
        state = service.state(verden.kommune_id, verden.amina)
        assert state is not None
        assert state.siste_levering_id is not None
        service.delivery_read(db, verden.kommune_id, verden.amina, state.siste_levering_id)
    page = bruker.get("/").text
    assert "Dere har snakket sammen" in page
    assert "har åpnet det" in page


@pytest.mark.parametrize("path", ["/", "/mer"])
def test_whom_to_turn_to_stands_on_the_first_page(bruker: Klient, verden: Verden, path: str) -> None:
    """By name and number, and in writing; whoever is blocked is nobody to turn to."""
    page = bruker.get(path).text
    assert "Veilederen din: <bdi>Kari Test</bdi>" in page
    assert 'href="tel:00000001"' in page
    bruker.get(re.findall(r'href="(/innsyn/henvendelse/ny[^"]*)"', page)[0])
    personal.block(verden.kommune_id, verden.kari, Actor("ansatt", verden.anna))
    page = bruker.get(path).text
    assert "Kari Test" not in page
    assert 'href="tel:00000001"' in page


def test_text_that_was_not_saved_waits_here(bruker: Klient) -> None:
    who = hvem(bruker)
    drafts.keep(who.kommune_id, ("bruker", who.id), who.seal, "/kartlegging/bolig", {"bolig.fungerer": ["Jeg liker"]})
    drafts.keep(who.kommune_id, ("bruker", who.id), who.seal, "/veiledning/ny", {"hva": ["Jeg vil"]})
    drafts.keep(who.kommune_id, ("bruker", who.id), who.seal, "/kartlegging/visning", {"visning": ["kort"]})
    page = bruker.get("/").text
    assert 'href="/kartlegging/bolig?utkast=1"' in page
    assert "Hent teksten din i «Bolig»" in page
    assert 'href="/veiledning/ny?utkast=1"' in page
    assert "/kartlegging/visning?utkast" not in page  # kept there by an earlier version: no page shows it


def test_k11_questions_wait_here_and_are_answered(bruker: Klient, verden: Verden, app: Flask) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    receipt = lever(bruker)
    kari, sak = _sak(verden)
    with app.test_request_context():
        asked = ids.new_id()
        from flask import g

        g.form_key_ok = True
        merknader.add(kari, sak, receipt.id, "bolig.fungerer", "sporsmal", "Hvor lenge kan du bo der?", asked)
    assert "Veilederen din har spurt om noe" in bruker.get("/").text
    path = f"/kartlegging/merknad/{asked}/svar"
    page = bruker.get(path).text
    assert "Hvor lenge kan du bo der?" in page
    assert "Utsikten" in page
    assert "Skriv et svar" in bruker.post(path, {"tekst": "  "}, 422).text
    for _ in range(2):
        bruker.post(path, {"tekst": "Til sommeren", "nokkel": "a" * 32})
    frozen = bruker.get(f"/kartlegging/leverte/{receipt.nummer}").text
    assert frozen.count("Til sommeren") == 1
    assert "spurt om noe" not in bruker.get("/").text
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert (state.venter_svar, state.nye_svar) == (0, 1)
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    jonas.get(path, 404)
    jonas.post(path, {"tekst": "Jeg er ikke Amina"}, 404)


def test_the_page_needs_few_queries_and_never_more(bruker: Klient, app: Flask) -> None:
    counts = set()
    for nr in range(3):
        with sporringer.count(app) as found:
            bruker.get("/")
        counts.add(len(found))
        skriv(bruker, {"bolig.fungerer": f"Utsikten {nr}"})
        lever(bruker)
    assert len(counts) == 1
    assert counts.pop() <= 7 + 2 * len(nytt.ROM)  # two for each room that may have something waiting


def test_the_name_is_theirs_in_any_script(app: Flask, verden: Verden) -> None:
    profil = identitet.Profil("محمد <b>أحمد</b>", 1990)
    other = identitet.register_bruker(verden.kommune_id, verden.nord, verden.kari, profil)
    page = Klient(app).logg_inn_bruker(verden.kommune_id, other).get("/").text
    assert "محمد &lt;b&gt;أحمد&lt;/b&gt;" in page
