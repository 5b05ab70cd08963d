"""Zero loss, for every form of klage and of råd og veiledning: whatever happens to the request, the words are there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.klage.klager import sendt, steg, sti
from tests.klient import Klient
from tests.varsel import verk
from tests.verden import Verden
from webapp.klage import muntlig, tillegg
from webapp.klage import service as klage
from webapp.klage.klagen import Ord
from webapp.klage.rules import Mal, Stand
from webapp.platform import clock, ids
from webapp.veiledning import service as veiledning

WORDS = "Midt i en lang setning om strømregningen"


@dataclass(frozen=True)
class Skjema:
    """One form: whose, where, what is typed beside the words, and the function that would take it in."""

    ansatt: bool
    sti: Callable[[Verden], str]
    felt: str
    resten: dict[str, str]
    rom: ModuleType
    tar_imot: str


def vedtak(verden: Verden) -> UUID:
    return verk.vedtak(verden, date(2026, 11, 20))


def office(verden: Verden, rest: str) -> str:
    return f"/veileder/bruker/{verden.amina}/{rest}"


def told(verden: Verden) -> UUID:
    fortalt = muntlig.Fortalt(Ord("Sagt", "", ""), date(2026, 11, 23), "telefon")
    return muntlig.write_down(verk.kari(verden), verk.sak(verden), ids.new_id(), Mal.VEDTAK, vedtak(verden), fortalt)


def matter(verden: Verden, *, granted: bool = False) -> UUID:
    made = veiledning.ask(verk.amina(verden), ids.new_id(), ["okonomi"], "Hjelp", "bruker")
    if granted:
        day = date(2026, 11, 20)
        said = veiledning.Avgjort(True, "R-1", day, day, "Samtaler", day + timedelta(days=21))
        veiledning.decide(verk.kari(verden), verk.sak(verden), made, ids.new_id(), said)
    return made


def taken_in_hand(verden: Verden) -> UUID:
    made = sendt(verden)
    steg(verden, made, Stand.MOTTATT)
    return made


DATED = {"dato": "2026-11-24"}
DECIDED = {"utfall": "innvilget", "nummer": "7", "start": "2026-12-01", "klagefrist": "2026-12-15", **DATED}
FORMS = {
    "klage": Skjema(False, lambda v: sti(vedtak(v)), "hva", {"handling": "send"}, klage, "send"),
    "tillegg": Skjema(False, lambda v: f"/klage/{sendt(v)}/tillegg", "tekst", {}, tillegg, "add"),
    "trekk": Skjema(False, lambda v: f"/klage/{sendt(v)}/trekk", "tekst", {}, tillegg, "withdraw"),
    "rett": Skjema(False, lambda v: f"/klage/{told(v)}/rett", "hva", {}, muntlig, "correct"),
    "soknad": Skjema(False, lambda _: "/veiledning/ny", "tekst", {}, veiledning, "ask"),
    "steg": Skjema(
        True,
        lambda v: office(v, f"klage/{taken_in_hand(v)}/steg"),
        "tekst",
        {"steg": "opprettholdt", **DATED},
        klage,
        "step",
    ),
    "muntlig": Skjema(
        True,
        lambda v: office(v, "klage/muntlig"),
        "hva",
        {"hvordan": "telefon", "sagt": "2026-11-24"},
        muntlig,
        "write_down",
    ),
    "vedtak": Skjema(
        True, lambda v: office(v, f"veiledning/{matter(v)}/vedtak"), "tekst", DECIDED, veiledning, "decide"
    ),
    "samtale": Skjema(
        True, lambda v: office(v, f"veiledning/{matter(v, granted=True)}/samtale"), "tekst", DATED, veiledning, "talked"
    ),
    "avslutt": Skjema(
        True, lambda v: office(v, f"veiledning/{matter(v, granted=True)}/avslutt"), "tekst", DATED, veiledning, "end"
    ),
}


@pytest.fixture(params=list(FORMS))
def form(request: pytest.FixtureRequest) -> Skjema:
    return FORMS[request.param]


@pytest.fixture
def path(app: Flask, verden: Verden, form: Skjema) -> str:
    with verk.formnokkel(app):
        return form.sti(verden)


@pytest.fixture
def typed(app: Flask, verden: Verden, form: Skjema, path: str) -> dict[str, str]:
    made = {form.felt: WORDS, **form.resten, "nokkel": ids.new_id().hex}
    if path.endswith("/muntlig"):
        made["mot"] = f"vedtak:{vedtak(verden)}"
    return made


def signed_in(app: Flask, verden: Verden, form: Skjema) -> Klient:
    if form.ansatt:
        return Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    return Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)


def broken(*_args: Any, **_kwargs: Any) -> None:
    raise RuntimeError


def test_a_stale_key_and_another_language_send_nothing_and_show_the_words(
    app: Flask, verden: Verden, form: Skjema, path: str, typed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form.rom, form.tar_imot, broken)  # had it been called, this would be a 500
    someone = signed_in(app, verden, form)
    for more, key in (({}, "gammel"), ({"bytt_sprak": "nb"}, "")):
        sent = {"csrf_token": key or someone._key(), **typed, **more}
        answer = someone.http.post(path, data=sent)
        assert answer.status_code in {200, 422}
        assert WORDS in answer.text


def test_an_error_in_the_program_keeps_the_words(
    app: Flask, verden: Verden, form: Skjema, path: str, typed: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    someone = signed_in(app, verden, form)
    with monkeypatch.context() as patched:
        patched.setattr(form.rom, form.tar_imot, broken)
        someone.post(path, typed, 500)
    assert WORDS in someone.get(path + "?utkast=1").text


def test_an_ended_session_keeps_the_words_for_their_owner(
    app: Flask, verden: Verden, form: Skjema, path: str, typed: dict[str, str]
) -> None:
    someone = signed_in(app, verden, form)
    someone.get(path)
    with clock.frozen(NOON + timedelta(hours=2)):
        assert "tatt_vare_pa" in str(someone.post(path, typed).location)
        again = signed_in(app, verden, form)
        assert "Vi har tatt vare på noe du skrev her" in again.get(path).text
        assert WORDS in again.get(path + "?utkast=1").text


def test_two_tabs_lose_neither(app: Flask, verden: Verden, form: Skjema, path: str, typed: dict[str, str]) -> None:
    """Each tab has its own key: both are taken in, or the second one is told and keeps its words."""
    someone = signed_in(app, verden, form)
    someone.get(path)
    first = someone.post(path, typed)
    twice = someone.http.post(path, data={"csrf_token": someone._key(), **typed})
    assert twice.location == first.location  # the same tab, pressed twice
    other = {**typed, form.felt: f"{WORDS}, og enda mer", "nokkel": ids.new_id().hex}
    answer = someone.http.post(path, data={"csrf_token": someone._key(), **other})
    if answer.status_code == 303:
        assert "og enda mer" in someone.get(str(answer.location).partition("#")[0]).text
    else:
        assert answer.status_code == 409
        assert "og enda mer" in answer.text
