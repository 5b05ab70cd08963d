"""Who may do what: every address × every role × own and foreign people. Closed by default."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from flask import Blueprint, Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from tests.conftest import NOON
from tests.klient import Klient
from tests.verden import Verden
from webapp import create_app
from webapp.config import Settings
from webapp.identitet import tilbake
from webapp.platform import access, clock, drafts
from webapp.platform.access import OPEN, Need, Rolle, Undeclared, needs
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading


def rules(app: Flask, method: str) -> Iterator[tuple[Rule, Need]]:
    """Every address that answers ``method``, with what it needs."""
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            yield rule, access.need_of(app, rule.endpoint)


def address(app: Flask, rule: Rule, bruker_id: UUID) -> str:
    """An address of ``rule`` about ``bruker_id``; everything else in it is made up."""
    made_up = {
        "tema_id": "bolig",
        "tema": "bolig",
        "nummer": "AAAA-CCCC",
        "a": "AAAA-CCCC",
        "b": "AAAA-DDDD",
        "filename": "x-0123456789.js",
    }
    values: dict[str, object] = {}
    for name in rule.arguments:
        converter = type(rule._converters[name]).__name__
        if name == "bruker_id":
            values[name] = bruker_id
        elif converter == "UUIDConverter":
            values[name] = uuid4()
        elif converter == "IntegerConverter":
            values[name] = 1
        else:
            values[name] = made_up.get(name, "AAAACCCC")
    with app.test_request_context():
        built = app.url_map.bind("localhost").build(rule.endpoint, values)
    return str(built)


def events() -> int:
    with reading() as db:
        return db.scalar(select(func.count()).select_from(Hendelse)) or 0


def test_a_visitor_gets_nowhere_but_where_it_is_open(app: Flask, verden: Verden, besoker: Klient) -> None:
    for rule, need in rules(app, "GET"):
        if need.apen:
            continue
        answer = besoker.http.get(address(app, rule, verden.amina))
        assert answer.status_code == 303, rule.rule
        door = "/veileder/inn" if rule.rule.startswith("/veileder") else "/inn"
        assert answer.location == door, rule.rule


def test_a_visitor_changes_nothing(app: Flask, verden: Verden, besoker: Klient) -> None:
    before = events()
    for rule, need in rules(app, "POST"):
        if need.apen:
            continue
        answer = besoker.http.post(address(app, rule, verden.amina), data={"csrf_token": besoker._key(), "a": "b"})
        assert answer.status_code in {303, 401}, rule.rule
    assert events() == before


def test_a_cookie_of_one_front_door_is_nothing_at_the_other(app: Flask, verden: Verden) -> None:
    bruker = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    ansatt = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    for rule, need in rules(app, "GET"):
        if need.apen:
            continue
        wrong = bruker if rule.rule.startswith("/veileder") else ansatt
        assert wrong.http.get(address(app, rule, verden.amina)).status_code == 303, rule.rule


def test_even_the_right_value_in_the_other_cookie_is_nothing(app: Flask, verden: Verden) -> None:
    """A bruker's secret put into the staff's cookie does not open the staff's door."""
    bruker = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    value = bruker.http.get_cookie("medvirk")
    assert value is not None
    stranger = app.test_client()
    stranger.set_cookie("medvirk-ansatt", value.value, domain="localhost")
    assert stranger.get("/veileder/").status_code == 303


@pytest.mark.parametrize("role", ["kari", "leif", "anna"])
def test_each_role_gets_what_its_views_need_and_404_for_the_rest(app: Flask, verden: Verden, role: str) -> None:
    """Forbidden looks like unknown (S1). kari is a veileder, leif a leder, anna an administrator."""
    klient = Klient(app).logg_inn_ansatt(verden.kommune_id, getattr(verden, role))
    rolle = {"kari": Rolle.VEILEDER, "leif": Rolle.LEDER, "anna": Rolle.ADMINISTRATOR}[role]
    for rule, need in rules(app, "GET"):
        if not need.roles:
            continue
        answer = klient.http.get(address(app, rule, verden.amina))
        if rolle not in need.roles:
            assert answer.status_code == 404, rule.rule
        else:
            assert answer.status_code in {200, 303, 302, 404}, f"{rule.rule}: {answer.status_code}"
        if role == "anna" and need.sak:
            assert answer.status_code == 404, f"an administrator never reads a mapping: {rule.rule}"


def test_somebody_elses_bruker_looks_like_nobody(app: Flask, verden: Verden) -> None:
    """S1: not assigned, of another kommune, and not there at all give the same answer, and read nothing."""
    klient = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    klient._key()
    before = events()
    for method in ("GET", "POST"):
        for rule, need in rules(app, method):
            if not need.sak:
                continue
            answers = []
            for bruker_id in (verden.jonas, verden.annen_bruker, uuid4()):
                path = address(app, rule, bruker_id)
                sent = {"csrf_token": klient.token} if method == "POST" else None
                answer = klient.http.open(path, method=method, data=sent)
                answers.append((answer.status_code, answer.location.split("?")[0].replace(str(bruker_id), "ID")))
            assert answers == [(303, "/veileder/apne/ID")] * 3, rule.rule
    assert events() == before


def test_every_opening_by_staff_is_in_the_log(app: Flask, verden: Verden) -> None:
    """S1: one event for each page opened, written before it is read."""
    klient = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    for rule, need in rules(app, "GET"):
        if not need.sak or not need.log:
            continue
        before = events()
        klient.http.get(address(app, rule, verden.amina))
        assert events() > before, rule.rule


def test_a_view_that_says_nothing_stops_the_start(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from webapp.innsyn import bruker

    bp = Blueprint("glemt", __name__)
    bp.add_url_rule("/glemt", "side", lambda: "")
    monkeypatch.setattr(bruker, "bp", bp)
    with pytest.raises(Undeclared, match=r"glemt\.side"):
        create_app(settings)


@pytest.mark.parametrize(
    ("address", "need"),
    [("/lonn", access.VEILEDER), ("/veileder/mitt", access.BRUKER), ("/veileder/sak", access.SAK)],
)
def test_a_view_behind_the_wrong_door_stops_the_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, address: str, need: Need
) -> None:
    from webapp.innsyn import bruker

    bp = Blueprint("feil", __name__)
    bp.add_url_rule(address, "side", needs(need)(lambda: ""))
    monkeypatch.setattr(bruker, "bp", bp)
    with pytest.raises(Undeclared):
        create_app(settings)


def test_pieces_that_are_not_logged_are_few_and_known(app: Flask) -> None:
    """A SAK view that is not logged must be a part of a page whose opening is in the log already."""
    quiet = {rule.rule for rule, need in rules(app, "GET") if need.sak and not need.log}
    assert quiet <= {"/veileder/bruker/<uuid:bruker_id>/invitasjon.svg"}


def pressed(app: Flask) -> Iterator[tuple[Rule, Need]]:
    """Every address behind a door that takes a form and shows no page of its own."""
    routes = app.url_map.bind("localhost")
    for rule, need in rules(app, "POST"):
        if need is OPEN:
            continue
        opens = routes.test(address(app, rule, UUID(int=1)), method="GET")
        if not opens or access.button_of(app, rule.endpoint):
            yield rule, need


# What buttons carry: their own choices, in hidden fields. None of it is anybody's text.
CARRIED = {
    "visning": "kort",
    "begynn": "1",
    "skriver": "hjelper",
    "neste": "/kartlegging/bolig",
    "skjema": "/veiledning/ny",
    "valg": "annen",
    "konflikt": str(UUID(int=2)),
    "merke": "abc",
    "versjon": "1",
    "hva": "apne",
    "svar": "nei",
    "kanal": "sms",
}


def signed_in(app: Flask, verden: Verden, need: Need) -> tuple[Klient, tuple[str, UUID]]:
    """Somebody who may, and as whom their text is kept."""
    if need is access.BRUKER:
        return Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina), ("bruker", verden.amina)
    ansatt = verden.kari if Rolle.VEILEDER in need.roles else verden.anna
    return Klient(app).logg_inn_ansatt(verden.kommune_id, ansatt), ("ansatt", ansatt)


def way_back(klient: Klient, address: str) -> str:
    """Where the one whose session ran out goes on from the way in at ``address``."""
    assert klient.who is not None
    return tilbake.opened(klient.who, parse_qs(urlsplit(address).query)["neste"][0]) or ""


def test_a_button_pressed_after_the_session_leads_to_a_page(app: Flask, verden: Verden) -> None:
    """Whoever signs in again comes to a page that there is, and no choice of a button waits as text to be fetched."""
    routes, buttons = app.url_map.bind("localhost"), 0
    for rule, need in pressed(app):
        path = address(app, rule, verden.amina)
        klient, owner = signed_in(app, verden, need)
        klient._key()
        with clock.frozen(NOON + timedelta(hours=2)):
            answer = klient.http.post(path, data={"csrf_token": klient.token, **CARRIED})
            if access.button_of(app, rule.endpoint):
                buttons += 1
                assert answer.status_code == 303, rule.rule
                onwards = way_back(klient, answer.location)
                assert routes.test(urlsplit(onwards).path, method="GET"), f"{rule.rule}: {onwards}"
                if rule.arguments <= {"bruker_id", "tema_id"}:  # else it is about something that is made up
                    back, _owner = signed_in(app, verden, need)
                    assert back.http.get(onwards).status_code == 200, f"{rule.rule}: {onwards}"
            else:
                assert answer.status_code == 401, rule.rule  # sent by scripts: as a form, what it holds is shown
            asked = klient.json(path, {}, 401).get_json()
            onwards = way_back(klient, asked["logg_inn"])
            assert routes.test(urlsplit(onwards).path, method="GET"), f"{rule.rule}: {onwards}"
        assert drafts.paths(verden.kommune_id, owner) == [], rule.rule
    assert buttons > 20


def test_a_button_with_an_old_form_key_leads_back_to_its_page(app: Flask, verden: Verden) -> None:
    """It says that the page had stood open for long, changes nothing, and keeps nothing."""
    routes = app.url_map.bind("localhost")
    for rule, need in pressed(app):
        button = access.button_of(app, rule.endpoint)
        klient, owner = signed_in(app, verden, need)
        before = events()
        answer = klient.http.post(address(app, rule, verden.amina), data={"csrf_token": "gammel", **CARRIED})
        if button and not button.own_answer:
            assert answer.status_code == 303, rule.rule
            assert routes.test(urlsplit(answer.location).path, method="GET"), f"{rule.rule}: {answer.location}"
            with klient.http.session_transaction() as kept:
                assert "Siden hadde stått åpen lenge" in str(kept["_flashes"]), rule.rule
        assert events() == before, rule.rule
        assert drafts.paths(verden.kommune_id, owner) == [], rule.rule


def test_a_button_that_is_refused_keeps_nothing(app: Flask, verden: Verden, bruker: Klient) -> None:
    page = bruker.post("/kartlegging/visning", {"visning": "finnes-ikke-i-det-hele-tatt"}, 400).text
    assert 'class="beskjed" data-type="bra"' not in page  # «Det du skrev, er tatt vare på.»
    assert "finnes-ikke" not in page
    assert drafts.paths(verden.kommune_id, ("bruker", verden.amina)) == []


def test_a_button_on_a_page_that_is_not_there_stops_the_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from webapp.innsyn import bruker

    bp = Blueprint("knapp", __name__)
    bp.add_url_rule("/knapp", "trykk", needs(access.BRUKER)(access.button("knapp.side")(lambda: "")), methods=["POST"])
    monkeypatch.setattr(bruker, "bp", bp)
    with pytest.raises(Undeclared, match=r"knapp\.side"):
        create_app(settings)
