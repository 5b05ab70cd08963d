"""«Forklar enklere»: a pictogram for every sentence, in every language, of every theme, vilkår and outcome."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask_babel import LazyString, force_locale, get_locale
from markupsafe import Markup, escape

from webapp.kartlegging.skjema import SKJEMA
from webapp.kartlegging.skjema.enkelt import VALGFRITT
from webapp.platform import languages
from webapp.platform.enkelt import Enkelt, linjer, setninger
from webapp.platform.languages import SPRAK
from webapp.varsel import enkelt as varsel
from webapp.varsel import ord as koder
from webapp.vilkar import enkelt as vilkar
from webapp.vilkar.tekstbank import TYPER

TEMAER = [tema.enkelt for tema in SKJEMA.temaer if tema.enkelt]
ALLE = [
    *TEMAER,
    VALGFRITT,
    *vilkar.TYPE.values(),
    *(vilkar.SISTE_DAG, vilkar.MOTET, vilkar.KAN_SKJE, vilkar.KAN_IKKE_SKJE, vilkar.SI_FRA),
    *(varsel.VARSEL, varsel.TOLK, *varsel.UTFALL.values(), *varsel.KLAGE),
]


def test_nothing_is_without_one() -> None:
    assert [tema.id for tema in SKJEMA.temaer if tema.enkelt is None] == []
    assert vilkar.TYPE.keys() == TYPER.keys()
    assert varsel.UTFALL.keys() == koder.UTFALL.keys()


def test_every_theme_begins_with_a_pictogram_of_its_own() -> None:
    assert [one.tegn[0] for one in TEMAER] == [tema.id for tema in SKJEMA.temaer]


@pytest.mark.parametrize("sprak", SPRAK)
def test_a_pictogram_for_every_sentence(app: Flask, sprak: str) -> None:
    """A translation that makes two sentences of one, or one of two, would set them beside the wrong pictogram."""
    with app.test_request_context(), force_locale(sprak):
        wrong = [str(one.tekst) for one in ALLE if len(setninger(str(one.tekst), 99)) != len(one.tegn)]
    assert wrong == []


def test_every_pictogram_is_drawn(app: Flask) -> None:
    with app.test_request_context():
        macros: Any = app.jinja_env.get_template("felles/piktogram.html").make_module()
        drawn = {name: macros.piktogram(name) for one in ALLE for name in one.tegn}
    assert len(set(drawn.values())) == len(drawn)
    for svg in drawn.values():
        assert svg.startswith("<svg")
        assert 'aria-hidden="true"' in svg  # the words stand beside it
        assert not re.search(r"#[0-9a-f]{3}|fill=|stroke=|style=", svg)  # colours are the style sheet's


@pytest.mark.parametrize(
    ("tekst", "antall", "said"),
    [
        ("Ett. To? Tre!", 3, ["Ett.", "To?", "Tre!"]),
        ("Gjør det på nav.no nå. Ferdig.", 2, ["Gjør det på nav.no nå.", "Ferdig."]),
        ("Ett. To. Tre.", 2, ["Ett.", "To. Tre."]),
        ("Ett. To.", 1, ["Ett. To."]),
        ("أين تسكن؟ هل هو جيد؟", 2, ["أين تسكن؟", "هل هو جيد؟"]),
        ("ኣበይ ትነብር፧ ጽቡቕ ድዩ።", 2, ["ኣበይ ትነብር፧", "ጽቡቕ ድዩ።"]),
    ],
)
def test_sentences_end_as_each_script_ends_them(tekst: str, antall: int, said: list[str]) -> None:
    assert setninger(tekst, antall) == said


def test_bokmal_beside_it_when_the_page_shows_both(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    one = Enkelt(("hva", "hjelp"), LazyString(lambda: "Hva? SMS." if str(get_locale()) == "nb" else "What? SMS."))
    with app.test_request_context(), force_locale("en"):
        assert [(line.tekst, line.norsk) for line in linjer([one])] == [("What?", None), ("SMS.", None)]
        monkeypatch.setattr(languages, "both", lambda: True)
        assert [(line.tekst, line.norsk) for line in linjer([one])] == [("What?", "Hva?"), ("SMS.", None)]


def test_what_has_no_value_is_left_out_and_everything_is_escaped(app: Flask) -> None:
    one = Enkelt(("hva", "hjelp"), LazyString(lambda: "%(borte)s? 1 < 2."))

    def fyll(sentence: str) -> Markup:
        return Markup() if "%(" in sentence else escape(sentence)

    with app.test_request_context():
        assert [(line.tegn, line.tekst) for line in linjer([one], fyll)] == [("hjelp", "1 &lt; 2.")]
        assert linjer([Enkelt(("hva",), LazyString(lambda: "<b>"))])[0].tekst == "&lt;b&gt;"
