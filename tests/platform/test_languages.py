"""Choosing a language, reading two at once, and saying that nobody has checked a translation."""

from __future__ import annotations

import pytest
from flask import Flask
from katalog import LANGUAGES, ROOT

from tests.kartlegging.skjemaside import felter, med_navn
from tests.klient import Klient
from tests.moter.avtaler import bruk_sprak
from tests.varsel import verk
from tests.verden import Verden
from webapp.platform import languages

BOLIG = "/kartlegging/bolig"
UNREAD = "No native speaker has read this translation."
COUNTS = "If the two differ, the Norwegian text counts."


@pytest.mark.parametrize(
    ("name", "kode"),
    [
        ("nb", "nb"),
        ("no", "nb"),
        ("nb-NO", "nb"),
        ("en-GB", "en"),
        ("fa-AF", "fa_AF"),
        ("fa_AF", "fa_AF"),
        ("fa", "fa_AF"),
        ("prs-AF", "fa_AF"),
        ("AR-SY", "ar"),
        ("de", None),
        ("", None),
        (None, None),
        ("../nb", None),
    ],
)
def test_what_browsers_call_our_languages(name: str | None, kode: str | None) -> None:
    assert languages.known(name) == (kode if kode in languages.SPRAK else None)


@pytest.mark.parametrize(("accepted", "lang"), [("de, en;q=0.8", "en"), ("ar-SY", "ar"), ("de", "nb"), ("", "nb")])
def test_a_visitor_meets_the_first_of_their_languages_that_we_have(app: Flask, accepted: str, lang: str) -> None:
    visitor = Klient(app, sprak=lang)
    page = visitor.get("/om", headers={"Accept-Language": accepted}).text
    assert f'<html lang="{lang}"' in page


def test_every_language_has_a_tag_and_a_name_of_its_own() -> None:
    for sprak in languages.SPRAK.values():
        assert "_" not in sprak.tag
        assert languages.known(sprak.tag) == sprak.kode
    assert len({sprak.navn for sprak in languages.SPRAK.values()}) == len(languages.SPRAK)


@pytest.mark.parametrize("sprak", [one for one in languages.SPRAK.values() if one.kode != languages.SOURCE])
def test_the_program_and_the_catalogue_say_the_same_of_who_has_read_it(sprak: languages.Sprak) -> None:
    """The head of the catalogue is where a name stands; ``reviewed`` is what takes the warnings away."""
    head = (ROOT / "i18n" / sprak.kode / "LC_MESSAGES" / "messages.po").read_text("utf-8").split("msgid", 1)[0]
    (read_by,) = [line for line in head.splitlines() if "X-Reviewed-By:" in line]
    assert sprak.reviewed == ("nobody" not in read_by)


def test_every_language_of_the_program_has_a_catalogue_that_is_checked() -> None:
    assert {*LANGUAGES, languages.SOURCE} == set(languages.SPRAK)


def test_a_translation_that_nobody_has_checked_says_so(app: Flask, bruker: Klient, verden: Verden) -> None:
    assert "morsmål" not in bruker.get("/").text
    assert UNREAD in bruk_sprak(verden, app, "en").get("/").text


def test_both_languages_stand_at_a_question_and_what_is_typed_stays(app: Flask, verden: Verden) -> None:
    amina = bruk_sprak(verden, app, "en")
    alone = amina.get(BOLIG).text
    assert 'class="norsk"' not in alone
    typed = med_navn(felter(alone), {"bolig.fungerer": "Halfway through a sent", "bytt_sprak": "begge"})
    sent = amina.post(BOLIG, typed, status=303)
    page = amina.follow(sent).text
    assert "Halfway through a sent" in page
    assert '<span class="norsk" lang="nb" dir="ltr">Hva er bra' in page
    assert page.count('class="norsk"') > 20
    assert 'aria-pressed="true"' in page
    # Pages are kept for all who read in the same way: nobody else gets two languages.
    assert 'class="norsk"' not in bruk_sprak(verden, app, "en").get(BOLIG).text
    back = amina.follow(amina.post(BOLIG, {"bytt_sprak": "alene"}, status=303)).text
    assert 'class="norsk"' not in back


def test_two_languages_are_chosen_on_a_page_without_a_form_too(app: Flask, verden: Verden) -> None:
    """The button there posts to /sprak; sent twice, it says the same."""
    amina = bruk_sprak(verden, app, "en")
    for _ in range(2):
        amina.post("/sprak", {"bytt_sprak": "begge", "neste": BOLIG})
        assert 'class="norsk"' in amina.get(BOLIG).text
    assert 'value="alene"' in amina.get("/").text
    amina.post("/sprak", {"bytt_sprak": "alene", "neste": BOLIG})
    assert 'class="norsk"' not in amina.get(BOLIG).text


def test_in_norwegian_there_is_nothing_to_show_beside_it(bruker: Klient) -> None:
    assert 'value="begge"' not in bruker.get(BOLIG).text
    bruker.post("/sprak", {"bytt_sprak": "begge", "neste": BOLIG})
    assert 'class="norsk"' not in bruker.get(BOLIG).text


def test_a_helper_finds_norwegian_and_the_way_back_at_the_top(app: Flask, verden: Verden) -> None:
    amina = bruk_sprak(verden, app, "en")
    amina.sprak = "nb"
    amina.post("/sprak", {"bytt_sprak": "nb", "neste": "/"})
    page = amina.get("/").text
    buttons = [part.split('"')[0] for part in page.split('name="bytt_sprak" value="')[1:]]
    assert buttons[:2] == ["nb", "en"]
    assert sorted(buttons) == sorted(languages.SPRAK)


def test_text_with_legal_weight_stands_in_norwegian_too(app: Flask, verden: Verden) -> None:
    """The vilkår, the notice and what was decided; in bokmål there is nothing to add."""
    with verk.formnokkel(app):
        sak_id = verk.varslet(verden, "en")
        vilkar_id = verk.saken(verden, sak_id).vilkar_id
    amina, page = bruk_sprak(verden, app, "en"), ""
    for path in (f"/vilkar/{vilkar_id}", f"/varsel/{sak_id}"):
        page = amina.get(path).text
        assert COUNTS in page
        assert '<div class="stabel" lang="nb" dir="ltr">' in page
        assert "Read it in Norwegian" in page
    assert "Hva er dette?" in page
    with verk.formnokkel(app):
        verk.si(verden, sak_id)
        verk.vei(verden, sak_id)
        verk.avgjor(verden, sak_id)
    assert "in Norwegian" in amina.get(f"/varsel/{sak_id}/avgjorelse").text
    amina.sprak = "nb"
    amina.post("/sprak", {"bytt_sprak": "nb", "neste": "/"})
    assert 'class="mer original"' not in amina.get(f"/varsel/{sak_id}").text
