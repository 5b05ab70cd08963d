"""WCAG 2.5.3 in every language: what a button is called to a screen reader begins from the words that stand on it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _

from webapp.config import ROOT
from webapp.platform.languages import SPRAK

# A button or a link of one text, with a longer one for those who do not see what stands around it.
PAIR = re.compile(
    r"<(?:button|a)\b[^>]*aria-label=\"\{\{ _\('([^']+)'[^}]*\}\}\"[^>]*>\{\{ _\(\"([^\"]+)\"\) \}\}</(?:button|a)>"
)
PAIRS = {
    pair for file in (ROOT / "webapp" / "templates").rglob("*.html") for pair in PAIR.findall(file.read_text("utf-8"))
}


@pytest.mark.parametrize("sprak", list(SPRAK))
def test_what_stands_on_it_is_part_of_its_name(app: Flask, sprak: str) -> None:
    assert len(PAIRS) >= 5
    with app.test_request_context(), force_locale(sprak):
        said = [(re.sub(r"%\(\w+\)s", "", _(name)), _(words)) for name, words in PAIRS]
    wrong = [f"«{words}» in «{name}»" for name, words in said if words.casefold() not in name.casefold()]
    assert not wrong, wrong
