"""Several pages that write in the same form: what they keep is «merged, not replaced» (decision 4)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.klient import Klient
from tests.utkastene import DER, HER, kept
from tests.verden import Verden
from webapp.platform import clock, drafts

NY, I_GAR = "/veiledning/ny", "Skrevet på biblioteket, en halv side."


def save(who: Klient, side: str, words: str, status: int = 200) -> None:
    who.json("/utkast", {"sti": NY, "felter": {"tekst": [words], "utkastside": [side]}}, status)


def page_id(page: str) -> str:
    found = re.search(r'name="utkastside" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_who_begins_anew_beside_a_kept_text_keeps_both(bruker: Klient, verden: Verden) -> None:
    bruker.get(NY)
    save(bruker, HER, I_GAR)
    assert "utkast=1" in bruker.get(NY).text
    for words in ("S", "Jeg", "Jeg trenger", "Jeg trenger hjelp"):
        save(bruker, DER, words)
    assert kept(verden, NY) == {"tekst": [f"Jeg trenger hjelp\n\n{I_GAR}"]}
    page = bruker.get(f"{NY}?utkast=1").text
    assert "Jeg trenger hjelp" in page
    assert I_GAR in page


def test_what_arrives_after_a_newer_text_of_its_page_changes_nothing(bruker: Klient, verden: Verden) -> None:
    """What lay on the device is sent by any tab (decision 15), while the page sends what was typed since."""
    bruker.get(NY)
    for nr, words in ((1, "Jeg trenger"), (3, "Jeg trenger hjelp til å"), (2, "Jeg trenger hjelp")):
        felter = {"tekst": [words], "utkastside": [HER], "utkastnr": [f"{'c' * 16}.{nr}"]}
        bruker.json("/utkast", {"sti": NY, "felter": felter})
    assert kept(verden, NY) == {"tekst": ["Jeg trenger hjelp til å"]}
    assert "utkastnr" not in bruker.get("/innsyn/alt.json").text


def test_what_is_fetched_is_written_on_and_may_be_taken_away(bruker: Klient, verden: Verden) -> None:
    bruker.get(NY)
    save(bruker, HER, I_GAR)
    assert "utkastside" not in bruker.get(NY).text  # its script gives it one of its own
    fetched = page_id(bruker.get(f"{NY}?utkast=1").text)
    save(bruker, fetched, "En linje.")
    assert kept(verden, NY) == {"tekst": ["En linje."]}
    save(bruker, HER, f"{I_GAR} Og mer.")  # the library PC is still open
    save(bruker, fetched, "En linje til.")
    assert kept(verden, NY) == {"tekst": [f"En linje til.\n\n{I_GAR} Og mer."]}


def test_a_form_that_comes_back_is_still_the_same_page(bruker: Klient, verden: Verden) -> None:
    bruker.get(NY)
    save(bruker, HER, I_GAR)
    page = bruker.post(NY, {"tekst": "", "utkastside": HER}, status=422).text
    assert page_id(page) == HER
    page = bruker.post(NY, {"tekst": "", "utkastside": '"><script>'}, status=422).text
    assert "utkastside" not in page


def test_without_script_and_signed_out_both_are_kept(app: Flask, verden: Verden) -> None:
    """A form that is sent when the session is over takes the place of nothing that another page has kept (K10)."""
    phone, pc = (Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina) for _ in range(2))
    for one in (phone, pc):
        one.get(NY)
    save(pc, HER, I_GAR)
    with clock.frozen(NOON + timedelta(hours=1)):
        for _again in range(2):
            phone.post(NY, {"tekst": "Skrevet på bussen i dag."})
    assert kept(verden, NY) == {"tekst": [f"Skrevet på bussen i dag.\n\n{I_GAR}"]}


def test_the_office_keeps_both_too(veileder: Klient, verden: Verden) -> None:
    path = f"/veileder/bruker/{verden.amina}/mote/nytt"
    veileder.get(path)
    for side, sted in ((HER, "Rom 2, andre etasje"), (DER, "Hos Nav")):
        veileder.json("/veileder/utkast", {"sti": path, "felter": {"sted": [sted], "utkastside": [side]}})
    page = veileder.get(f"{path}?utkast=1").text
    assert "Rom 2, andre etasje" in page
    assert "Hos Nav" in page


def test_so_much_that_it_cannot_be_kept_together_is_refused(
    bruker: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "MOST_TOGETHER", 500)
    bruker.get(NY)
    save(bruker, HER, "a b" * 200)
    save(bruker, DER, "c d" * 200, 413)  # it stays on the page, and the page says so
    save(bruker, HER, "a b" * 300)
    assert kept(verden, NY) == {"tekst": ["a b" * 300]}


def test_a_form_that_arrives_takes_away_what_its_own_page_held(bruker: Klient, verden: Verden) -> None:
    """What another phone kept there, and nobody has fetched, has not arrived."""
    bruker.get(NY)
    save(bruker, HER, I_GAR)
    save(bruker, DER, "Jeg trenger")
    bruker.post(NY, {"tekst": "Jeg trenger hjelp med husleien.", "utkastside": DER})
    assert kept(verden, NY) == {"tekst": [I_GAR]}
    fetched = page_id(bruker.get(f"{NY}?utkast=1").text)
    save(bruker, HER, f"{I_GAR} Og mer.")  # the library PC is still open
    bruker.post(f"{NY}?utkast=1", {"tekst": f"{I_GAR} Takk.", "utkastside": fetched})
    assert kept(verden, NY) == {"tekst": [f"{I_GAR} Og mer."]}


def test_what_stands_in_the_form_that_arrives_is_kept_no_longer(bruker: Klient, verden: Verden) -> None:
    """A page without script does not say which it is; and browsers send other ends of lines than scripts do."""
    bruker.get(NY)
    save(bruker, HER, "Skrevet her.\nOg her.")
    save(bruker, DER, I_GAR)
    bruker.post(NY, {"tekst": "Skrevet her.\r\nOg her. Og litt til."})
    assert kept(verden, NY) == {"tekst": [I_GAR]}


def test_a_form_of_the_office_that_arrives_too(veileder: Klient, verden: Verden) -> None:
    """What is written about a bruker is sealed with the bruker's own key."""
    path = f"/veileder/bruker/{verden.amina}/mote/nytt"
    veileder.get(path)
    for side, sted in ((HER, "Rom 2, andre etasje"), (DER, "Hos Nav")):
        veileder.json("/veileder/utkast", {"sti": path, "felter": {"sted": [sted], "utkastside": [side]}})
    with veileder.app.app_context():
        who = ("ansatt", verden.kari)
        drafts.arrived(verden.kommune_id, who, verden.seal(verden.amina), path, {"utkastside": [DER], "sted": ["Hos"]})
        assert drafts.get(verden.kommune_id, who, verden.seal(verden.amina), path) == {"sted": ["Rom 2, andre etasje"]}
