"""The way into the mapping: purpose first, no pressure, and back to where one was."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests import sporringer
from tests.conftest import NOON
from tests.kartlegging.test_levering import hvem, lever, skriv
from tests.kartlegging.veileder_levert import lever as levert
from tests.klient import Klient
from tests.verden import Verden
from webapp.kartlegging import service
from webapp.kartlegging.skjema import SKJEMA, Visning
from webapp.platform import clock
from webapp.platform.audit import Actor, Hendelse
from webapp.platform.database import reading, writing

START = "/kartlegging/"


def test_k2_purpose_readers_and_that_it_is_voluntary_come_before_the_first_question(bruker: Klient) -> None:
    page = bruker.get(START).text
    before = page.split("Begynn</a>")[0]
    for sentence in (
        "Det er frivillig",
        "ingen følger",
        "Veilederen din og den som er vikar",
        "mange dager",
        "fem minutter",
    ):
        assert sentence in before
    assert "progress" not in page
    assert "%" not in page.split("<main")[1]


def test_every_theme_of_the_view_with_how_far_it_is(bruker: Klient) -> None:
    assert bruker.get(START).text.count("Ikke begynt") == len(SKJEMA.temaer)
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    skriv(bruker, {sporsmal.id: None for sporsmal in SKJEMA.tema("rus").sporsmal})
    page = bruker.get(START).text
    assert page.count("Begynt</span>") == 1
    assert page.count("Vil ikke svare</span>") == 1
    assert page.count("Ikke begynt") == len(SKJEMA.temaer) - 2


def test_back_to_where_one_was(bruker: Klient) -> None:
    skriv(bruker, {"helse.hjelper": "Å gå tur"})
    page = bruker.get(START).text
    assert "Fortsett der du var" in page
    assert 'href="/kartlegging/helse"' in page.split("Temaene")[0]


def test_nobody_is_led_to_where_there_is_nothing_to_go_on_with(bruker: Klient) -> None:
    """Once it is delivered there is nothing begun, until something is written again."""
    skriv(bruker, {"helse.hjelper": "Å gå tur"})
    lever(bruker)
    assert all("Fortsett der du var" not in bruker.get(path).text for path in (START, "/"))
    with clock.frozen(NOON + timedelta(hours=1)):
        skriv(bruker, {"bolig.fungerer": "Roen"})
    page = bruker.get(START).text
    assert 'href="/kartlegging/bolig" data-variant="secondary">Fortsett der du var</a>' in page


def test_nobody_is_led_to_a_theme_that_their_view_leaves_out(bruker: Klient) -> None:
    """K3: a shorter selection has other pages, and what was answered stands in those it has not."""
    (left_out,) = {tema.id for tema in SKJEMA.temaer} - {tema.id for tema in SKJEMA.visning(Visning.SCREENING)}
    skriv(bruker, {SKJEMA.tema(left_out).sporsmal[0].id: "Noe"})
    for visning, offered in (("full", True), ("screening", False), ("kort", True)):
        bruker.post("/kartlegging/visning", {"visning": visning})
        for path in (START, "/"):
            page = bruker.get(path).text
            assert ("Fortsett der du var" in page) is offered
            assert (f'href="/kartlegging/{left_out}"' in page.split("Temaene")[0]) is offered
            assert "Før du begynner" not in page


@pytest.mark.parametrize("visning", ["screening", "kort", "full"])
def test_k3_choosing_a_view_keeps_every_answer(visning: str, bruker: Klient, verden: Verden) -> None:
    skriv(bruker, {sporsmal.id: "noe" for sporsmal in SKJEMA.alle() if not sporsmal.valg})
    bruker.post("/kartlegging/visning", {"visning": visning})
    who = hvem(bruker)
    assert len(service.all_answers(who.kommune_id, who.id, who.seal)) > 20
    assert f'value="{visning}" checked' in bruker.get(START).text
    assert bruker.get(START).text.count('class="tema-lenke"') == len(SKJEMA.visning(Visning(visning)))


def test_k3_the_view_that_the_veileder_offers_is_where_one_begins(bruker: Klient, verden: Verden) -> None:
    assert service.offer_view(verden.kommune_id, verden.amina, "kort", Actor("ansatt", verden.kari))
    assert 'value="kort" checked' in bruker.get(START).text


@pytest.mark.parametrize("delivered", [False, True])
def test_what_is_offered_already_is_not_offered_again(veileder: Klient, verden: Verden, delivered: bool) -> None:
    """The button pressed twice: one thing happened, and it stands once in the log."""
    if delivered:
        levert(verden)
    for visning, times in (("kort", 2), ("screening", 1), ("kort", 1)):
        for _ in range(times):
            veileder.post(f"/veileder/bruker/{verden.amina}/tilbud", {"visning": visning})
    with reading() as db:
        events = db.scalars(select(Hendelse).where(Hendelse.type == "visning_tilbudt").order_by(Hendelse.lopenr)).all()
    assert [event.innhold["visning"] for event in events] == ["kort", "screening", "kort"]


def test_the_first_offer_stands_in_the_log_also_when_it_is_the_whole_form(veileder: Klient, verden: Verden) -> None:
    for _ in range(2):
        veileder.post(f"/veileder/bruker/{verden.amina}/tilbud", {"visning": "full"})
    with reading() as db:
        assert len(db.scalars(select(Hendelse).where(Hendelse.type == "visning_tilbudt")).all()) == 1


@pytest.mark.parametrize("broken", [{}, {"visning": ""}, {"visning": "alt"}, {"visning": "kort\x00"}])
def test_unknown_views(broken: dict[str, str], bruker: Klient) -> None:
    bruker.post("/kartlegging/visning", broken, 400)


def test_a_wrong_form_key_changes_nothing(bruker: Klient, verden: Verden) -> None:
    assert bruker.post("/kartlegging/visning", {"visning": "kort"}, key="feil").location == START
    sent = {"skriver": "hjelper", "neste": "/kartlegging/bolig"}
    answer = bruker.post("/kartlegging/skriver", sent, key="feil")
    assert answer.location == "/kartlegging/bolig"  # where the button stood
    assert "hjelper skriver for deg" not in bruker.follow(answer).text
    assert service.state(verden.kommune_id, verden.amina) is None


@pytest.mark.parametrize(
    ("skriver", "said"), [("hjelper", "En hjelper skriver for deg nå"), ("ansatt", "Veilederen skriver for deg nå")]
)
def test_k1_who_types_is_said_on_every_page(skriver: str, said: str, bruker: Klient) -> None:
    bruker.post("/kartlegging/skriver", {"skriver": skriver})
    for path in (START, "/kartlegging/bolig"):
        assert said in bruker.get(path).text
    bruker.post("/kartlegging/skriver", {"skriver": "bruker"})
    assert said not in bruker.get("/kartlegging/bolig").text


@pytest.mark.parametrize("broken", [{}, {"skriver": "naboen"}, {"skriver": "hjelper", "neste": "https://ond.example"}])
def test_k1_strange_writers(broken: dict[str, str], bruker: Klient) -> None:
    if broken.get("skriver") == "hjelper":
        assert bruker.post("/kartlegging/skriver", broken).location == "/kartlegging/"
    else:
        bruker.post("/kartlegging/skriver", broken, 400)


def test_after_delivery_what_is_delivered_comes_first(bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    receipt = lever(bruker)
    page = bruker.get(START).text
    before = page.split("Temaene</h2>")[0]
    for words in (
        "Du leverte sist tirsdag 24. november",
        "Veilederen din leser det du har levert",
        "en samtale senest tirsdag 8. desember",
        "er klart senest torsdag 24. desember",
        f'href="/kartlegging/kvittering/{receipt.nummer}"',
    ):
        assert words in before
    assert "ikke levert ennå" not in page
    assert before.index("Du leverte sist") < before.index("Vil du endre eller legge til noe?")
    assert "Begynn</a>" not in page


def test_what_is_written_after_a_delivery_is_said_to_be_not_delivered(bruker: Klient) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    lever(bruker)
    with clock.frozen(NOON + timedelta(hours=1)):
        skriv(bruker, {"bolig.fungerer": "Roen"})
    before = bruker.get(START).text.split("Temaene</h2>")[0]
    assert "Det er skrevet noe siden du leverte. Det er ikke levert ennå." in before  # by whom is not said: K1
    assert 'href="/kartlegging/se-over"' in before


def test_k8_what_is_late_or_done_is_said_as_it_is(bruker: Klient, app: Flask, verden: Verden) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    lever(bruker)
    with clock.frozen(NOON + timedelta(days=40)):
        page = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina).get(START).text
        assert "Dere skulle hatt en samtale innen tirsdag 8. desember" in page
        assert "Neste steg skulle vært klart torsdag 24. desember" in page
    with writing(unverified=True) as db:
        service.conversation_held(db, verden.kommune_id, verden.amina, NOON)
        service.plan_followed(db, verden.kommune_id, verden.amina, NOON)
    page = bruker.get(START).text
    assert "Dere har snakket sammen om det." in page
    assert "Neste steg er avtalt." in page


def test_the_short_view_is_chosen_beside_the_button_that_begins(bruker: Klient, verden: Verden) -> None:
    page = bruker.get(START).text
    assert page.index("Begynn</a>") < page.index("Begynn med de viktigste") < page.index("Temaene</h2>")
    assert page.index("Hvor mange spørsmål vil du se?") < page.index("Temaene</h2>")
    begun = bruker.post("/kartlegging/visning", {"visning": "screening", "begynn": "1"})
    assert begun.location == f"/kartlegging/{SKJEMA.visning(Visning.SCREENING)[0].id}"
    assert "Begynn med de viktigste" not in bruker.get(START).text  # it is the view one is in


def test_the_page_needs_few_queries(bruker: Klient, app: Flask) -> None:
    skriv(bruker, {"bolig.fungerer": "Utsikten"})
    with sporringer.count(app) as found:
        bruker.get(START)
    assert len(found) == 4  # … and whether there is a veileder to talk with (K8)
    lever(bruker)
    with sporringer.count(app) as found:
        bruker.get(START)
    assert len(found) == 5  # … the number of the receipt


def test_strangers_are_shown_the_way_in(besoker: Klient) -> None:
    for path in (START, "/kartlegging/bolig", "/kartlegging/se-over", "/kartlegging/leverte/", "/"):
        assert besoker.get(path, 303).location.startswith("/inn")
