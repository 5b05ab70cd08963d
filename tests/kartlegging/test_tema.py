"""A theme page without script: every button saves first, and no accident loses a word."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from tests import sporringer
from tests.conftest import NOON
from tests.kartlegging.skjemaside import felter, med_navn, send_json, verdi
from tests.klient import Klient
from tests.strenger import STRENGER
from tests.verden import Verden
from webapp.kartlegging import rules, service, svarrader
from webapp.kartlegging.skjema import SKJEMA, Type, Visning
from webapp.kartlegging.skjema.validering import rens
from webapp.platform import clock

BOLIG = "/kartlegging/bolig"
SETNING = "Jeg liker utsikten og naboen min"


def side(bruker: Klient, path: str = BOLIG) -> dict[str, list[str]]:
    return felter(bruker.get(path).text)


def send(bruker: Klient, changes: dict[str, Any], status: int = 303, path: str = BOLIG, **kwargs: Any) -> Any:
    return bruker.post(path, med_navn(side(bruker, path), changes), status, **kwargs)


def svar(verden: Verden, ident: str) -> service.Utfylt:
    return service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina))[ident]


def texts(verden: Verden) -> dict[str, rules.Verdi]:
    answers = service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    return {ident: one.verdi for ident, one in answers.items()}


@pytest.mark.parametrize("tema", [tema.id for tema in SKJEMA.temaer])
def test_k2_every_theme_says_why_and_who_reads_and_that_it_is_voluntary(tema: str, bruker: Klient) -> None:
    page = bruker.get(f"/kartlegging/{tema}").text
    assert "Hvorfor vi spør, og hvem som leser" in page
    assert "Du svarer bare på det du vil" in page
    for sporsmal in SKJEMA.tema(tema).alle():
        assert f'name="vil_ikke.{sporsmal.id}"' in page


def test_k3_the_view_decides_what_is_asked_and_everything_can_be_shown(bruker: Klient, verden: Verden) -> None:
    bruker.post("/kartlegging/visning", {"visning": "screening"})
    short = {tema.id: len(tema.sporsmal) for tema in SKJEMA.visning(Visning.SCREENING)}
    tema = next(iter(short))
    page = bruker.get(f"/kartlegging/{tema}").text
    assert "Vis alle spørsmål i dette temaet" in page
    whole = bruker.get(f"/kartlegging/{tema}?visning=full").text
    assert whole.count("data-sporsmal=") > page.count("data-sporsmal=")


def test_all_questions_of_one_theme_do_not_lead_out_of_the_view(bruker: Klient) -> None:
    """It is this theme that is shown whole: its number, and where the buttons lead, are those of the view."""
    bruker.post("/kartlegging/visning", {"visning": "screening"})
    order = [tema.id for tema in SKJEMA.visning(Visning.SCREENING)]
    outside = next(tema.id for tema in SKJEMA.temaer if tema.id not in order)
    all_of_them = [tema.id for tema in SKJEMA.temaer]
    before = all_of_them[all_of_them.index(outside) - 1]
    path = f"/kartlegging/{before}?visning=full"
    page = bruker.get(path).text
    assert f"Tema {order.index(before) + 1} av {len(order)}<" in page
    assert "Vis alle spørsmål i dette temaet" not in page
    following = order[order.index(before) + 1]
    assert send(bruker, {"handling": "neste"}, path=path).location == f"/kartlegging/{following}"


def test_the_page_says_where_one_is_in_the_view_that_is_chosen(
    bruker: Klient, veileder: Klient, verden: Verden
) -> None:
    for visning in (Visning.SCREENING, Visning.FULL):
        bruker.post("/kartlegging/visning", {"visning": visning.value})
        order = [tema.id for tema in SKJEMA.visning(visning)]
        for tema in (order[0], order[1], order[-1]):
            page = bruker.get(f"/kartlegging/{tema}").text
            assert f"Tema {order.index(tema) + 1} av {len(order)}<" in page
    together = veileder.get(f"/veileder/bruker/{verden.amina}/fyll-ut/{order[1]}").text
    assert f"Tema 2 av {len(order)}<" in together


def test_a_theme_outside_the_view_has_no_number(bruker: Klient) -> None:
    bruker.post("/kartlegging/visning", {"visning": "screening"})
    outside = {tema.id for tema in SKJEMA.temaer} - {tema.id for tema in SKJEMA.visning(Visning.SCREENING)}
    assert outside
    assert "Tema " not in re.sub("Temaene", "", bruker.get(f"/kartlegging/{min(outside)}").text)


def test_k3_an_answer_from_one_view_is_there_in_the_others(bruker: Klient, verden: Verden) -> None:
    send(bruker, {"bolig.situasjon": "eier"})
    bruker.post("/kartlegging/visning", {"visning": "screening"})
    assert side(bruker)["bolig.situasjon"] == ["eier"]


@pytest.mark.parametrize(
    ("handling", "target"),
    [
        ("lagre", "/kartlegging/bolig"),
        ("neste", "/kartlegging/familie"),
        ("forrige", "/kartlegging/om-meg"),
        ("oversikt", "/kartlegging/#temaer"),
        ("noe annet", "/kartlegging/bolig"),
    ],
)
def test_every_button_saves(handling: str, target: str, bruker: Klient, verden: Verden) -> None:
    answer = send(bruker, {"bolig.fungerer": SETNING, "handling": handling})
    assert answer.location == target
    assert svar(verden, "bolig.fungerer").verdi == SETNING


def test_the_last_theme_leads_to_looking_over(bruker: Klient) -> None:
    assert send(bruker, {"handling": "neste"}, path="/kartlegging/hjelp").location == "/kartlegging/se-over"


def test_a_change_link_leads_back(bruker: Klient) -> None:
    path = "/kartlegging/bolig?tilbake=se-over&visning=full"
    answer = send(bruker, {"bolig.fungerer": SETNING, "handling": "se-over"}, path=path)
    assert answer.location == "/kartlegging/se-over#bolig"


def test_an_untouched_page_changes_nothing(bruker: Klient, verden: Verden) -> None:
    everything: dict[str, Any] = {
        "bolig.fungerer": "\n\nto linjer først\r\n  og mellomrom  ",
        "bolig.situasjon": "leier-privat",
        "bolig.hvem": ["barn", "andre"],
        "bolig.utgift": "ti tusen eller så",
        "bolig.flytte-dato": "2026-02-31",
        "vil_ikke.bolig.trivsel": "1",
    }
    send(bruker, everything)
    before = service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    for _ in range(2):
        send(bruker, {"handling": "lagre"})
    assert service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina)) == before
    assert before["bolig.utgift"].verdi == "ti tusen eller så"
    assert before["bolig.flytte-dato"].verdi == "2026-02-31", "what is no date is still what was typed"


@pytest.mark.parametrize("navn", STRENGER)
def test_whatever_is_typed_is_on_the_page_again(navn: str, bruker: Klient, verden: Verden) -> None:
    typed = STRENGER[navn].encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # as browsers send forms
    too_much = len(typed) > rules.HARD_CAP
    answer = send(bruker, {"bolig.fungerer": typed}, 422 if too_much else 303)
    page = answer.text if too_much else bruker.get(BOLIG).text
    assert verdi(felter(page), "bolig.fungerer") == (typed if too_much else rens(typed))
    if too_much:
        assert "90000 tegn for lang" in page


def test_taking_back_a_choice(bruker: Klient, verden: Verden) -> None:
    send(bruker, {"bolig.situasjon": "eier", "bolig.fungerer": SETNING})
    answer = send(bruker, {"fjern": "bolig.situasjon"})
    assert answer.location == "/kartlegging/bolig#s-bolig.situasjon"
    assert texts(verden) == {"bolig.situasjon": "", "bolig.fungerer": SETNING}


def test_k2_declining_a_whole_theme_and_coming_back(bruker: Klient, verden: Verden) -> None:
    send(bruker, {"bolig.fungerer": SETNING, "tema_vil_ikke": "1"})
    answers = service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    assert {ident for ident, one in answers.items() if not one.vil_ikke} == {"bolig.fungerer"}
    assert "Jeg vil svare likevel" in bruker.get(BOLIG).text
    send(bruker, {"tema_angre": "1"})
    answers = service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    assert not any(one.vil_ikke for one in answers.values())
    assert answers["bolig.fungerer"].verdi == SETNING


def test_switching_language_saves_and_shows_the_page_in_the_new_one(bruker: Klient, verden: Verden) -> None:
    answer = send(bruker, {"bolig.fungerer": SETNING, "bytt_sprak": "en"})
    assert svar(verden, "bolig.fungerer").verdi == SETNING
    assert svar(verden, "bolig.fungerer").sprak == "nb"  # typed before the page was in English
    bruker.sprak = "en"
    page = bruker.http.get(answer.location).text
    assert 'lang="en"' in page
    assert verdi(felter(page), "bolig.fungerer") == SETNING


def test_a_stale_form_key_keeps_everything_on_the_page(bruker: Klient, verden: Verden) -> None:
    fields = med_navn(side(bruker), {"bolig.fungerer": SETNING, "bolig.hvem": ["barn"], "handling": "neste"})
    answer = bruker.post(BOLIG, {**fields, "csrf_token": "for gammel"}, 400, key="for gammel")
    shown = felter(answer.text)
    assert verdi(shown, "bolig.fungerer") == SETNING
    assert shown["bolig.hvem"] == ["barn"]
    assert texts(verden) == {}
    bruker.post(BOLIG, {**shown, "handling": "neste"})
    assert svar(verden, "bolig.fungerer").verdi == SETNING


def test_a_session_that_ends_in_the_middle_of_a_word(app: Flask, bruker: Klient, verden: Verden) -> None:
    send(bruker, {"bolig.mer": "fra før"})
    fields = med_navn(side(bruker), {"bolig.fungerer": "Jeg liker utsik", "handling": "lagre"})
    with clock.frozen(NOON + timedelta(minutes=31)):
        answer = bruker.post(BOLIG, fields)
        assert answer.location.startswith("/inn?")
        assert texts(verden) == {"bolig.mer": "fra før"}
        again = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        assert "Du har tekst som ikke er lagret" in again.get("/").text
        page = again.follow(again.get(f"{BOLIG}?utkast=1", 303)).text
        assert verdi(felter(page), "bolig.fungerer") == "Jeg liker utsik"
        assert "Vi tok vare på det du skrev" in page
        assert "ikke er lagret" not in again.get("/").text
        assert again.get(f"{BOLIG}?utkast=1").status_code == 200, "nothing is kept any more"
    assert texts(verden) == {"bolig.mer": "fra før", "bolig.fungerer": "Jeg liker utsik"}


def test_a_session_that_ends_while_the_script_saves(app: Flask, bruker: Klient, verden: Verden) -> None:
    sent = {"verdi": "Jeg liker utsik", "vil_ikke": False, "versjon": 0, "merke": ""}
    with clock.frozen(NOON + timedelta(minutes=31)):
        answer = send_json(
            bruker, f"{BOLIG}/lagre", {"felt": {"bolig.fungerer": sent, "bolig.hvem": {**sent, "verdi": []}}}, 401
        )
        assert answer["tatt_vare_pa"] is True
        again = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        again.get(f"{BOLIG}?utkast=1", 303)
    assert texts(verden)["bolig.fungerer"] == "Jeg liker utsik"


def test_kept_text_meets_a_newer_one(app: Flask, bruker: Klient, verden: Verden) -> None:
    fields = med_navn(side(bruker), {"bolig.fungerer": "Skrevet på telefonen"})
    with clock.frozen(NOON + timedelta(minutes=31)):
        bruker.post(BOLIG, fields)
        again = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        again.post(BOLIG, med_navn(side(again), {"bolig.fungerer": "Skrevet på biblioteket"}))
        assert again.get(f"{BOLIG}?utkast=1", 303).location == f"{BOLIG}/to-tekster"
        page = again.get(f"{BOLIG}/to-tekster").text
    assert "Skrevet på telefonen" in page
    assert "Skrevet på biblioteket" in page


def test_kept_text_that_is_too_long_stays_kept(app: Flask, bruker: Klient, verden: Verden) -> None:
    fields = med_navn(side(bruker), {"bolig.fungerer": "x" * 70_000, "bolig.mer": "kort"})
    with clock.frozen(NOON + timedelta(minutes=31)):
        bruker.post(BOLIG, fields)
        again = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        page = again.get(f"{BOLIG}?utkast=1").text
        assert len(verdi(felter(page), "bolig.fungerer")) == 70_000
        assert "60000 tegn for lang" in page
        assert "ikke er lagret" in again.get("/").text
    assert texts(verden) == {"bolig.mer": "kort"}


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (RuntimeError("noe er galt"), 500),
        (OperationalError("INSERT", {}, Exception("database or disk is full")), 503),
    ],
)
def test_when_the_server_fails_the_text_is_kept(
    failure: Exception, status: int, bruker: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = med_navn(side(bruker), {"bolig.fungerer": SETNING, "handling": "neste"})

    def fail(*_args: object) -> None:
        raise failure

    with monkeypatch.context() as broken:
        broken.setattr(svarrader, "present", fail)
        bruker.post(BOLIG, fields, status)
    assert texts(verden) == {}
    bruker.get(f"{BOLIG}?utkast=1", 303)
    assert svar(verden, "bolig.fungerer").verdi == SETNING


def test_when_nothing_can_be_written_the_text_is_on_the_page(
    app: Flask, bruker: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = med_navn(side(bruker), {"bolig.fungerer": SETNING})
    full = OperationalError("INSERT", {}, Exception("database or disk is full"))

    def fail(*_args: object, **_kwargs: object) -> None:
        raise full

    with monkeypatch.context() as broken:
        broken.setattr(svarrader, "present", fail)
        broken.setattr("webapp.platform.drafts.keep", fail)
        page = bruker.post(BOLIG, fields, 503).text
    assert SETNING in page


def test_questions_that_are_no_longer_in_the_form(bruker: Klient, verden: Verden) -> None:
    gone = {"v.bolig.borte": "1:abc", "bolig.borte": "Dette skrev jeg før", "bolig.fungerer": SETNING}
    page = send(bruker, gone, 422).text
    assert "Dette skrev jeg før" in page
    assert svar(verden, "bolig.fungerer").verdi == SETNING


def test_a_choice_that_does_not_exist(bruker: Klient, verden: Verden) -> None:
    page = send(bruker, {"bolig.situasjon": "slott", "bolig.fungerer": SETNING}, 422).text
    assert "finnes ikke blant valgene" in page
    assert texts(verden) == {"bolig.fungerer": SETNING}


def test_broken_fields_never_break_the_page(bruker: Klient, verden: Verden) -> None:
    for broken in ("", "x", "1", ":", "-1:a", "9" * 30 + ":a", "1:" + "m" * 500, "\x00"):
        send(bruker, {"v.bolig.fungerer": broken, "bolig.fungerer": SETNING, "vil_ikke.bolig.fungerer": ["1", "2"]})
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    token = side(bruker)["csrf_token"][0]
    body = f"csrf_token={token}&v.bolig.mer=0:&bolig.mer=".encode()
    assert bruker.http.post(BOLIG, data=body + b"\xff\xfe", headers=headers).status_code == 400
    assert bruker.http.post(BOLIG, data=body + b"%ff%fe", headers=headers).status_code == 303
    assert svar(verden, "bolig.mer").verdi == "%FF%FE", "werkzeug leaves alone what is no UTF-8"


def test_unknown_themes(bruker: Klient) -> None:
    for tema in ("finnes-ikke", "mini", "BOLIG", "bolig%20", "..%2f"):
        bruker.get(f"/kartlegging/{tema}", 404)
        bruker.post(f"/kartlegging/{tema}", {}, 404)


def test_follow_ups_with_an_answer_are_never_hidden(bruker: Klient) -> None:
    send(bruker, {"bolig.trenger": ["ma-ut"], "bolig.flytte-dato": "2026-12-01"})
    send(bruker, {"bolig.trenger": ["bytte"]})
    page = bruker.get(BOLIG).text
    assert "data-har-svar" in page
    assert felter(page)["bolig.flytte-dato"] == ["2026-12-01"]


def test_dates_and_months_show_what_was_typed(bruker: Klient) -> None:
    dated = [s for s in SKJEMA.alle() if s.type in {Type.DATO, Type.MANED}]
    for sporsmal in dated:
        for typed in ("neste sommer", "٢٠٢٦-١١-٢٤", "2026-13-45", "2026-13", "99999-01-01"):
            path = f"/kartlegging/{sporsmal.tema_id}"
            send(bruker, {sporsmal.id: typed}, path=path)
            assert side(bruker, path)[sporsmal.id] == [typed]


@pytest.mark.parametrize("answered", [False, True])
def test_a_theme_page_needs_the_same_few_queries(answered: bool, app: Flask, bruker: Klient) -> None:
    send(bruker, {"bolig.fungerer": SETNING, "bolig.situasjon": "eier"} if answered else {"bolig.mer": "x"})
    with sporringer.count(app) as found:
        bruker.get(BOLIG)
    assert len(found) == 3, "who it is; where the mapping stands; the answers"


def test_words_are_in_the_language_of_the_page_whoever_asked_first(app: Flask, bruker: Klient) -> None:
    first = bruker.get(BOLIG).text
    bruker.http.post("/sprak", data={"bytt_sprak": "en", "csrf_token": bruker.token})
    other = bruker.http.get(BOLIG).text
    assert 'lang="en"' in other
    assert 'lang="nb"' in first


@pytest.mark.parametrize("tema", [tema.id for tema in SKJEMA.temaer])
def test_every_theme_is_explained_in_the_easiest_words(tema: str, bruker: Klient) -> None:
    page = bruker.get(f"/kartlegging/{tema}").text
    assert len(gzip.compress(page.encode())) <= 15_000  # and less as Brotli: what a prepaid card pays for
    shown = page.split('<details class="mer enkelt">')[1].split("</details>")[0]
    assert shown.count("<li>") == 3
    assert "Du velger selv hva du svarer." in shown
    assert shown.count("<svg") == 4  # one on the button, so that it is found by whoever reads nothing
