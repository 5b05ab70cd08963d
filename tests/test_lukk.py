"""«Lukk raskt» and going without a network, as the server sees them (decision 16)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.klient import Klient
from tests.verden import Verden
from webapp.config import ConfigError, read
from webapp.identitet import okter
from webapp.platform import clock, drafts

WORDS = "Jeg rakk ikke å skrive ferdig"


def kept(verden: Verden, path: str) -> drafts.Fields | None:
    return drafts.get(verden.kommune_id, ("bruker", verden.amina), verden.seal(verden.amina), path)


@pytest.mark.parametrize(
    "path", ["/", "/mer", "/kartlegging/", "/kartlegging/bolig", "/om", "/veiledning/ny", "/plan/"]
)
def test_the_button_is_on_every_page_of_a_bruker(bruker: Klient, path: str) -> None:
    page = bruker.get(path).text
    assert page.count("data-lukk=") == 1
    assert 'data-lukk="https://www.yr.no/"' in page


def test_nobody_else_has_the_button(besoker: Klient, veileder: Klient) -> None:
    assert "data-lukk=" not in besoker.get("/om").text
    assert "data-lukk=" not in besoker.get("/inn").text
    assert "data-lukk=" not in veileder.get("/veileder/").text


def test_without_script_the_form_is_kept_and_the_browser_led_on(app: Flask, verden: Verden, bruker: Klient) -> None:
    answer = bruker.post("/lukk", {"lukk_fra": "/veiledning/ny", "hva": WORDS, "hvorfor": ""})
    assert answer.location == "/lukket"
    assert "Clear-Site-Data" not in answer.headers  # what waits on the phone, sealed, is not thrown away
    page = bruker.follow(answer).text
    assert 'content="0; url=https://www.yr.no/"' in page
    assert "Medvirk" not in page
    assert bruker.get("/", status=303).location.startswith("/inn")
    assert kept(verden, "/veiledning/ny") == {"hva": [WORDS]}


def test_a_page_of_questions_is_kept_only_when_something_was_written(verden: Verden, bruker: Klient) -> None:
    page = bruker.get("/kartlegging/bolig").text
    hidden = dict(re.findall(r'name="(v\.[^"]+)" value="([^"]*)"', page))
    bruker.post("/lukk", {"lukk_fra": "/kartlegging/bolig", **hidden})
    assert kept(verden, "/kartlegging/bolig") is None
    bruker.logg_inn_bruker(verden.kommune_id, verden.amina)
    bruker.post("/lukk", {"lukk_fra": "/kartlegging/bolig", **hidden, "bolig.fungerer": WORDS})
    found = kept(verden, "/kartlegging/bolig")
    assert found is not None
    assert found["bolig.fungerer"] == [WORDS]


def test_what_was_kept_earlier_and_not_fetched_is_not_lost(verden: Verden, bruker: Klient) -> None:
    for words, choice in ((WORDS, "a"), ("", "b"), ("Noe helt annet", "b")):
        bruker.post("/lukk", {"lukk_fra": "/veiledning/ny", "hva": words, "slag": choice})
        bruker.logg_inn_bruker(verden.kommune_id, verden.amina)
    assert kept(verden, "/veiledning/ny") == {"hva": [f"Noe helt annet\n\n{WORDS}"], "slag": ["b"]}


@pytest.mark.parametrize("path", ["", "/inn/kode", "/veileder/ny-bruker", "//example.com/", "/finnes-ikke", "/å"])
def test_nothing_is_kept_where_nobody_would_look(verden: Verden, bruker: Klient, path: str) -> None:
    bruker.post("/lukk", {"lukk_fra": path, "hva": WORDS})
    assert drafts.paths(verden.kommune_id, ("bruker", verden.amina)) == []
    bruker.get("/", status=303)


def test_an_old_form_key_keeps_nobody_on_the_page(verden: Verden, bruker: Klient) -> None:
    bruker.post("/lukk", {"lukk_fra": "/veiledning/ny", "hva": WORDS}, key="gammel")
    bruker.get("/", status=303)
    assert kept(verden, "/veiledning/ny") is not None


def test_another_site_cannot_press_it(bruker: Klient) -> None:
    bruker.http.post("/lukk", data={"skript": "1"}, headers={"Sec-Fetch-Site": "cross-site"})
    bruker.get("/")


def test_a_broken_server_keeps_nobody_on_the_page(bruker: Klient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_more: object) -> bool:
        raise RuntimeError

    monkeypatch.setattr("webapp.identitet.mine_okter.end", broken)
    answer = bruker.post("/lukk", {"lukk_fra": "/veiledning/ny", "hva": WORDS})
    assert answer.location == "/lukket"
    bruker.get("/", status=303)  # the browser has no cookie any more


def test_when_the_session_had_run_out_already(verden: Verden, bruker: Klient) -> None:
    bruker.get("/mer")
    with clock.frozen(NOON + timedelta(hours=1)):
        bruker.post("/lukk", {"lukk_fra": "/veiledning/ny", "hva": WORDS})
    assert kept(verden, "/veiledning/ny") is not None


def test_by_script_nothing_is_shown(bruker: Klient) -> None:
    answer = bruker.post("/lukk", {"skript": "1"}, status=204)
    assert not answer.data
    bruker.get("/", status=303)


def test_a_save_that_arrives_after_the_goodbye_is_kept(app: Flask, verden: Verden, bruker: Klient) -> None:
    """The script waits for nothing, so the two may overtake each other."""
    bruker.get("/veiledning/ny")
    name = okter.cookie_name("bruker")
    cookie = bruker.http.get_cookie(name)
    assert cookie is not None
    bruker.post("/lukk", {"skript": "1"}, status=204)
    bruker.http.set_cookie(name, cookie.value, domain="localhost")  # as the request that was on its way had it
    body = {"sti": "/veiledning/ny", "felter": {"hva": [WORDS]}}
    assert bruker.json("/utkast", body, status=401).get_json()["tatt_vare_pa"] is True
    assert kept(verden, "/veiledning/ny") == {"hva": [WORDS]}
    with clock.frozen(NOON + timedelta(minutes=3)):
        assert bruker.json("/utkast", body, status=401).get_json()["tatt_vare_pa"] is False


def test_an_answer_that_arrives_after_the_goodbye_is_offered_on_its_page(verden: Verden, bruker: Klient) -> None:
    """Also the first they ever wrote; on the page itself, since they may come there without seeing the front page."""
    bruker.get("/kartlegging/bolig")
    name = okter.cookie_name("bruker")
    cookie = bruker.http.get_cookie(name)
    assert cookie is not None
    bruker.post("/lukk", {"skript": "1"}, status=204)
    bruker.http.set_cookie(name, cookie.value, domain="localhost")
    answer = {"felt": {"bolig.fungerer": {"verdi": WORDS, "versjon": 0, "merke": ""}}}
    assert bruker.json("/kartlegging/bolig/lagre", answer, status=401).get_json()["tatt_vare_pa"] is True
    bruker.logg_inn_bruker(verden.kommune_id, verden.amina)
    assert WORDS not in bruker.get("/kartlegging/bolig").text
    assert "Du har tekst som ikke er lagret" not in bruker.get("/kartlegging/helse").text
    page = bruker.get("/kartlegging/bolig").text
    assert "Du har tekst som ikke er lagret" in page
    assert 'href="?utkast=1"' in page
    fetched = bruker.follow(bruker.get("/kartlegging/bolig?utkast=1", status=303)).text
    assert WORDS in fetched
    assert "Du har tekst som ikke er lagret" not in fetched


def test_a_browser_that_says_that_its_person_has_gone(app: Flask, verden: Verden, bruker: Klient) -> None:
    """Signed out without a network: the first page it asks for afterwards ends the session and shows nothing."""
    other = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    cookie = bruker.http.get_cookie(okter.cookie_name("bruker"))
    assert cookie is not None
    bruker.http.set_cookie(okter.goodbye_name("bruker"), "1", domain="localhost")
    answer = bruker.get("/", status=303)
    assert answer.location.startswith("/inn")
    assert "Clear-Site-Data" not in answer.headers
    assert bruker.http.get_cookie(okter.goodbye_name("bruker")) is None
    bruker.http.set_cookie(okter.cookie_name("bruker"), cookie.value, domain="localhost")
    bruker.get("/", status=303)  # ended on the server too
    other.get("/")  # the person's other phone is theirs still


def test_the_last_words_come_before_the_end(verden: Verden, bruker: Klient) -> None:
    bruker.get("/veiledning/ny")
    bruker.http.set_cookie(okter.goodbye_name("bruker"), "1", domain="localhost")
    bruker.json("/utkast", {"sti": "/veiledning/ny", "felter": {"hva": [WORDS]}})
    bruker.get("/", status=303)
    assert kept(verden, "/veiledning/ny") == {"hva": [WORDS]}


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/enhet/ord/nb"])
def test_what_shows_nothing_of_anybody_ends_nothing(bruker: Klient, address: str) -> None:
    """A page that is only locked asks by itself whether there is a network; opening it takes the mark back."""
    bruker.http.set_cookie(okter.goodbye_name("bruker"), "1", domain="localhost")
    assert bruker.http.get(address).status_code == 200
    assert bruker.http.get_cookie(okter.goodbye_name("bruker")) is not None  # and any page still ends it
    bruker.http.delete_cookie(okter.goodbye_name("bruker"), domain="localhost")
    bruker.get("/")


def test_it_ends_nobody_at_the_other_door(veileder: Klient) -> None:
    veileder.http.set_cookie(okter.goodbye_name("bruker"), "1", domain="localhost")
    veileder.get("/veileder/")


def test_signing_in_takes_the_mark_away(app: Flask, verden: Verden) -> None:
    with app.test_request_context("/"):
        from webapp.platform.database import writing

        with writing(unverified=True) as db:
            made = okter.start(db, verden.kommune_id, "bruker", verden.amina, "lenke")
        response = okter.open_door(app.response_class(), made)
    taken = [line for line in response.headers.getlist("Set-Cookie") if line.startswith("medvirk-ut=")]
    assert taken
    assert "Max-Age=0" in taken[0]


@pytest.mark.parametrize(
    "address",
    [
        "http://www.yr.no/",
        "www.yr.no",
        "javascript:alert(1)",
        "https://",
        "https://localhost/x",
        "https://a.no/'\"",
        "https://navn@a.no/",
        "https://a.no:port/",
        "https://[/",
        "https://medvirk.example/om",
    ],
)
def test_a_wrong_address_stops_the_start(address: str) -> None:
    env = {
        "MEDVIRK_DEMO": "1",
        "MEDVIRK_ORIGIN": "https://medvirk.example",
        "MEDVIRK_LUKK_ADRESSE": address,
    }
    with pytest.raises(ConfigError, match="MEDVIRK_LUKK_ADRESSE"):
        read(env)


def test_an_own_address() -> None:
    env = {"MEDVIRK_DEMO": "1", "MEDVIRK_LUKK_ADRESSE": "https://vaeret.example/oslo?uke=1"}
    assert read(env).lukk_adresse == "https://vaeret.example/oslo?uke=1"


def test_forgetting_the_device_forgets_the_language_too(bruker: Klient) -> None:
    assert "Glem denne enheten" in bruker.get("/mer/palogginger").text
    bruker.post("/sprak", {"bytt_sprak": "en", "neste": "/om"})
    bruker.sprak = "en"
    answer = bruker.post("/ut", {"glem": "1"})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    bruker.sprak = "nb"
    bruker.follow(answer)


def test_staff_have_no_such_button(veileder: Klient) -> None:
    assert "Glem denne enheten" not in veileder.get("/veileder/palogginger").text
