"""K1: what a helper has typed and not sent is still the helper's when somebody else takes it up and sends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import NOON
from tests.kartlegging.skjemaside import felter
from tests.klient import Klient
from tests.verden import Verden
from webapp.platform import clock, drafts
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading
from webapp.veiledning.models import Radsoknad

NY = "/veiledning/ny"


def skrevet_av(verden: Verden) -> list[str]:
    with reading() as db:
        return list(db.scalars(select(Radsoknad.skrevet_av).order_by(Radsoknad.id)))


def helped(klient: Klient, skriver: str) -> None:
    klient.get("/kartlegging/")
    klient.post("/kartlegging/skriver", {"skriver": skriver, "neste": NY}, status=303)
    klient.get(NY)


def kept(klient: Klient, skriver: str, words: str, *, by_script: bool = True) -> None:
    """Typed with help, and not sent: kept while it is written, or when the session has run out."""
    helped(klient, skriver)
    if by_script:
        klient.json("/utkast", {"sti": NY, "felter": {"tekst": [words], "utkastside": [skriver[0] * 16]}})
    else:
        with clock.frozen(NOON + timedelta(minutes=31)):
            klient.post(NY, {"tekst": words}, status=303)


@pytest.mark.parametrize("by_script", [True, False])
def test_k1_kept_words_are_whose_they_were_when_they_are_sent(
    app: Flask, bruker: Klient, verden: Verden, *, by_script: bool
) -> None:
    kept(bruker, "hjelper", "Hjelperens ord", by_script=by_script)
    own = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)  # the bruker alone, on another phone
    page = felter(own.get(f"{NY}?utkast=1").text)
    assert page["tekst"] == ["Hjelperens ord"]
    assert page["skrives_av"] == ["hjelper"]
    again = felter(own.post(NY, {**page, "tekst": "a" * 20_000}, status=422).text)  # the form comes back
    own.post(f"{NY}?utkast=1", {**again, "tekst": "Hjelperens ord"}, status=303)
    assert skrevet_av(verden) == ["hjelper"]
    own.get(NY)
    own.post(NY, {"tekst": "Mine ord"}, status=303)
    assert skrevet_av(verden) == ["hjelper", "bruker"]  # nothing is said of what comes after


def test_k1_an_ansatts_help_with_one_of_two_kept_texts_is_said_of_both(
    app: Flask, bruker: Klient, verden: Verden
) -> None:
    for skriver in ("ansatt", "hjelper"):
        kept(bruker, skriver, f"Skrevet av {skriver}")
    own = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    own.post(f"{NY}?utkast=1", felter(own.get(f"{NY}?utkast=1").text), status=303)
    assert skrevet_av(verden) == ["ansatt"]


def test_k1_a_page_that_was_made_while_somebody_helped_keeps_its_word(
    app: Flask, bruker: Klient, verden: Verden
) -> None:
    """What is typed there may wait on the device, and be kept or sent in a session that began after."""
    helped(bruker, "hjelper")
    page = felter(bruker.get(NY).text)
    own = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    assert "skrives_av" not in felter(own.get(NY).text)
    sent = {"tekst": ["Hjelperens ord"], "skrives_av": page["skrives_av"]}
    own.json("/utkast", {"sti": NY, "felter": {**sent, "utkastside": ["a" * 16]}})
    assert felter(own.get(f"{NY}?utkast=1").text)["skrives_av"] == ["hjelper"]
    own.post(NY, {**sent, "utkastside": "a" * 16}, status=303)
    own.post(NY, {"tekst": "Mine ord"}, status=303)
    assert skrevet_av(verden) == ["hjelper", "bruker"]


def test_the_log_says_that_help_began_again_from_an_older_page(bruker: Klient) -> None:
    for said in ("hjelper", "bruker", "hjelper", "hjelper"):
        bruker.get("/kartlegging/")
        bruker.post("/kartlegging/skriver", {"skriver": said, "neste": NY, "skrives_av": "hjelper"}, status=303)
    with reading() as db:
        assert len(db.scalars(select(Hendelse).where(Hendelse.type == "assistert_utfylling")).all()) == 2


def test_what_a_helper_typed_and_sent_is_kept_no_longer(bruker: Klient, verden: Verden) -> None:
    """From a page without script, after a failure: it does not say that it is the page that was kept."""
    kept(bruker, "hjelper", "Ord som har kommet frem")
    bruker.post(NY, {"tekst": "Ord som har kommet frem"}, status=303)
    assert drafts.paths(verden.kommune_id, ("bruker", verden.amina)) == []


def test_k1_no_form_can_say_that_nobody_helped(bruker: Klient, verden: Verden) -> None:
    helped(bruker, "ansatt")
    for n, said in enumerate(("bruker", "", "hjelper", "x")):
        bruker.post(NY, {"tekst": f"Ord {n}", "skrives_av": said}, status=303)
    assert skrevet_av(verden) == ["ansatt"] * 4
