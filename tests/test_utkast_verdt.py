"""What is worth keeping of a form: what somebody has typed or chosen (decision 4)."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from tests.conftest import NOON
from tests.klient import Klient
from tests.moter.avtaler import avtalt
from tests.utkastene import DER, HER, kept, rows
from tests.verden import Verden
from webapp import utkast
from webapp.platform import clock, drafts

WEBAPP = Path(utkast.__file__).parent
# Hidden fields that are kept for their own sake, or that no page that could be kept has.
HIDDEN = {
    "grunn": "the reason for a search: copied from the field it was typed in",
    "grunner": "reasons that were chosen, copied to the page where they are confirmed",
    "vedlegg": "a file that somebody has attached",
    "steg": "of a matter, beside words that must be typed; elsewhere it is a choice of somebody's",
    "skriver": "a page of questions says it, and those count by their answers; elsewhere it is a choice",
    **dict.fromkeys(
        ("visning", "kilde", "skjema", "kanal", "hendelse", "kode", "svar"), "in the form of a button: access.Button"
    ),
}


def test_every_hidden_field_is_known_as_no_words_of_anybodys() -> None:
    found = set()
    for path in (WEBAPP / "templates").rglob("*.html"):
        found |= set(re.findall(r'type="hidden" name="([a-z_]+)"', path.read_text("utf-8")))
    assert found - drafts.NOT_THEIRS - drafts.CARRIED == set(HIDDEN)
    assert not set(HIDDEN) & drafts.CARRIED


def test_a_page_that_only_asks_is_not_kept_as_text(bruker: Klient, verden: Verden) -> None:
    """«Du har tekst som ikke er lagret» is said of text: not of «I know the plan», sent when the session was over."""
    mote = f"/moter/{avtalt(verden)}"
    for path, fields, lies in (
        ("/plan/kjenn", {"versjon": "3"}, None),
        (mote, {"merke": "x", "tekst": ""}, None),
        (mote, {"merke": "x", "tekst": "Bolig"}, {"tekst": ["Bolig"], "merke": ["x"]}),  # it goes along with words
    ):
        bruker.logg_inn_bruker(verden.kommune_id, verden.amina)
        bruker.get("/moter/")
        with clock.frozen(NOON + timedelta(hours=1)):
            led = bruker.post(path, fields, status=303).location
        assert ("tatt_vare_pa=1" in str(led)) is (lies is not None)
        assert kept(verden, path) == lies


def test_an_untouched_page_of_questions_is_not_kept(bruker: Klient, verden: Verden) -> None:
    path = "/kartlegging/bolig"
    bruker.get(path)
    for fields, lies in (({"bolig.mer": "", "v.bolig.mer": "0:"}, 0), ({"bolig.mer": "Ord", "v.bolig.mer": "0:"}, 1)):
        with clock.frozen(NOON + timedelta(hours=1)):
            bruker._key()
            bruker.post(path, {**fields, "handling": "neste", "sidesprak": "nb"}, status=303)
        assert len(rows()) == lies


def test_words_that_are_taken_away_are_not_offered_again(bruker: Klient, verden: Verden) -> None:
    path = f"/moter/{avtalt(verden)}"
    bruker.get(path)
    for side, words in ((HER, "Bolig"), (DER, "Noe annet her"), (HER, "")):
        bruker.json("/utkast", {"sti": path, "felter": {"tekst": [words], "merke": ["x"], "utkastside": [side]}})
    assert kept(verden, path) == {"tekst": ["Noe annet her"], "merke": ["x"]}
    bruker.json("/utkast", {"sti": path, "felter": {"tekst": [""], "merke": ["x"], "utkastside": [DER]}})
    assert rows() == []
