"""Two people, one browser: what stands on the page of one is never shown or stored as the other's (K1, K10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.conftest import NOON
from tests.klient import Klient
from tests.varsel import verk
from tests.verden import Verden
from webapp.enhet.svar import QUEUED
from webapp.platform import clock, drafts, eier

WORDS = "Dette er det bare Amina som skal si."
KO = {QUEUED: "ko", "Accept": "application/json"}
BOLIG, RAD = "/kartlegging/bolig", "/veiledning/ny"
SVAR = {"bolig.fungerer": WORDS, "v.bolig.fungerer": "0:", "handling": "neste"}
FELT = {"bolig.fungerer": {"verdi": WORDS, "vil_ikke": False, "versjon": 0, "merke": ""}}
# Seen while the second person is signed in, and when they have been away too long: the browser has their cookie still.
SENERE = pytest.mark.parametrize("senere", [timedelta(), timedelta(hours=1)], ids=["signed in", "run out"])


@pytest.fixture
def jonas(bruker: Klient, verden: Verden) -> Klient:
    """The browser where Amina has a page open, and Jonas has signed in since."""
    return bruker.logg_inn_bruker(verden.kommune_id, verden.jonas)


@contextmanager
def etter(senere: timedelta) -> Iterator[None]:
    with clock.frozen(NOON + senere):
        yield


def merke(verden: Verden, bruker_id: UUID | None = None) -> str:
    return eier.mark(verk.amina(verden, bruker_id=bruker_id))


def kept(verden: Verden) -> list[str]:
    """Where anything lies for either of them."""
    return [path for who in (verden.amina, verden.jonas) for path in drafts.paths(verden.kommune_id, ("bruker", who))]


def answer_of(klient: Klient) -> bool:
    """Whether what Amina wrote has become this person's."""
    return WORDS in klient.get(BOLIG).text


@pytest.mark.parametrize("path", [BOLIG, RAD, "/mer"])
def test_every_form_says_whose_page_it_is(bruker: Klient, verden: Verden, path: str) -> None:
    page = bruker.get(path).text
    forms = re.findall(r'name="eier" value="([^"]*)"', page)
    assert set(forms) == {merke(verden)}
    assert f'data-eier="{merke(verden)}"' in page
    assert merke(verden) != merke(verden, verden.jonas)


def test_a_page_for_nobody_says_nothing(besoker: Klient) -> None:
    assert 'name="eier"' not in besoker.get("/inn").text


@SENERE
def test_scripts_of_one_person_never_save_as_another(jonas: Klient, verden: Verden, senere: timedelta) -> None:
    digest = {eier.HEADER: merke(verden)}
    jonas.get("/")
    with etter(senere):
        for answer in (
            jonas.json(f"{BOLIG}/lagre", {"felt": FELT}, 401, headers=digest),
            jonas.json("/utkast", {"sti": RAD, "felter": {"hva": [WORDS]}}, 401, headers=digest),
            jonas.post(RAD, {"hva": WORDS}, status=401, headers={**KO, **digest}),
            jonas.post("/vedlegg", {"skjema": RAD}, status=401, headers={"Accept": "application/json", **digest}),
        ):
            said = answer.get_json()
            assert said["feil"] == "annen-person"
            assert said["tatt_vare_pa"] is False  # so the page keeps it, sealed, on the device
            assert said["logg_inn"] == "/inn"
    assert kept(verden) == []


def test_ones_own_text_is_still_kept_when_the_session_has_run_out(bruker: Klient, verden: Verden) -> None:
    digest = {eier.HEADER: merke(verden)}
    bruker.get("/")
    with etter(timedelta(hours=1)):
        assert bruker.json(f"{BOLIG}/lagre", {"felt": FELT}, 401, headers=digest).get_json()["tatt_vare_pa"] is True
        bruker.post(RAD, {"hva": WORDS, eier.FIELD: merke(verden)})
    assert sorted(kept(verden)) == [BOLIG, RAD]
    owner = ("bruker", verden.amina)
    assert drafts.get(verden.kommune_id, owner, verden.seal(verden.amina), RAD) == {"hva": [WORDS]}


@SENERE
@pytest.mark.parametrize("key", [None, "gammel"], ids=["a key that counts", "an old key"])
@pytest.mark.parametrize(
    ("path", "form"),
    [
        (BOLIG, SVAR),
        (BOLIG, {**SVAR, "bytt_sprak": "en"}),
        (RAD, {"hva": WORDS}),
        (f"/varsel/{UUID(int=7)}/uttalelse", {"nokkel": UUID(int=8).hex, "ord": WORDS, "handling": "send"}),
        ("/finnes-ikke", {"hva": WORDS}),
        (f"{BOLIG}/lagre", {"hva": WORDS}),
    ],
)
def test_a_form_of_one_person_is_neither_shown_nor_kept_as_another_ones(
    jonas: Klient, verden: Verden, path: str, form: dict[str, Any], key: str | None, senere: timedelta
) -> None:
    jonas.get("/")
    with etter(senere):
        page = jonas.post(path, {**form, eier.FIELD: merke(verden)}, status=409, key=key).text
    assert WORDS not in page
    assert "én gang til" not in page
    assert "Ingenting er sendt eller lagret." in page
    assert kept(verden) == []
    assert "utkast=1" not in jonas.get("/").text
    assert not answer_of(jonas)


def test_ones_own_form_goes_through(bruker: Klient, verden: Verden) -> None:
    bruker.post(BOLIG, {**SVAR, eier.FIELD: merke(verden)})
    assert answer_of(bruker)


def test_a_page_that_was_made_before_pages_said_whose_they_are(bruker: Klient) -> None:
    bruker.post(BOLIG, SVAR)
    assert answer_of(bruker)


def test_both_places_count(bruker: Klient, verden: Verden) -> None:
    """The queue of a device says whose it is, and so does the form that was put there."""
    form = {"hva": WORDS, eier.FIELD: merke(verden, verden.jonas)}
    said = bruker.post(RAD, form, status=401, headers={**KO, eier.HEADER: merke(verden)}).get_json()
    assert said["feil"] == "annen-person"


@SENERE
def test_lukk_raskt_lets_go_and_keeps_nothing_of_another_ones(jonas: Klient, verden: Verden, senere: timedelta) -> None:
    jonas.get("/")
    with etter(senere):
        form = {"lukk_fra": RAD, "hva": WORDS, eier.FIELD: merke(verden)}
        assert jonas.post("/lukk", form).location == "/lukket"
    assert kept(verden) == []


@SENERE
def test_anybody_can_sign_in_and_out_from_any_page(jonas: Klient, verden: Verden, senere: timedelta) -> None:
    jonas.get("/")
    with etter(senere):
        jonas.post("/inn/kode", {"kode": "FEIL", eier.FIELD: merke(verden)}, status=422)
        jonas.json("/inn/passnokkel/valg", {}, headers={eier.HEADER: merke(verden)})
        jonas.post("/ut", {eier.FIELD: merke(verden)})


@SENERE
def test_one_ansatt_does_not_write_as_another(veileder: Klient, verden: Verden, senere: timedelta) -> None:
    """Kari's page stays open at the counter, and Leif signs in (S1: he would have to give a reason)."""
    path = f"/veileder/bruker/{verden.amina}/mote/nytt"
    found = re.search(r'name="eier" value="([^"]*)"', veileder.get(path).text)
    assert found is not None
    veileder.logg_inn_ansatt(verden.kommune_id, verden.leif).get("/veileder/")
    with etter(senere):
        page = veileder.post(path, {"tema": WORDS, eier.FIELD: found[1]}, status=409).text
        body = {"sti": path, "felter": {"tema": [WORDS]}}
        said = veileder.json("/veileder/utkast", body, 401, headers={eier.HEADER: found[1]}).get_json()
    assert WORDS not in page
    assert said["logg_inn"] == "/veileder/inn"
    assert [drafts.paths(verden.kommune_id, ("ansatt", who)) for who in (verden.kari, verden.leif)] == [[], []]
