"""Several things in one sentence read as the language writes them."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask_babel import force_locale
from markupsafe import Markup

from tests.kartlegging.veileder_levert import lever, som_bruker
from tests.moter.avtaler import bruk_sprak
from tests.verden import Verden
from webapp.innsyn import verdier
from webapp.kartlegging import service
from webapp.kartlegging.lagring import Endring
from webapp.kartlegging.rules import Skriver
from webapp.platform import lists


@pytest.mark.parametrize(
    ("sprak", "one", "two", "three"),
    [
        ("nb", "a", "a og b", "a, b og c"),
        ("en", "a", "a and b", "a, b and c"),
        ("ar", "a", "a وb", "a وb وc"),
    ],
)
def test_words_are_joined_as_the_language_does(app: Flask, sprak: str, one: str, two: str, three: str) -> None:
    with app.test_request_context(), force_locale(sprak):
        assert [str(lists.joined("abc"[:n])) for n in (0, 1, 2, 3)] == ["", one, two, three]


def test_what_is_joined_is_escaped_once(app: Flask) -> None:
    with app.test_request_context(), force_locale("nb"):
        assert lists.joined(["<b>", Markup("<bdi>{0}</bdi>")]) == "&lt;b&gt; og <bdi>{0}</bdi>"


def test_no_latin_comma_between_arabic_words(app: Flask, verden: Verden) -> None:
    with app.test_request_context(), force_locale("ar"):
        words = verdier.about("bruker_endret", {"felt": "navn telefon sprak"}, "bruker")
    assert "," not in words
    assert words.count(" و") == 2


def test_the_receipt_in_arabic(app: Flask, verden: Verden) -> None:
    who = som_bruker(verden)
    no_answer = Endring("rus.alkohol", "", vil_ikke=True, versjon=0, merke="")
    service.save(who.kommune_id, who.id, who.seal, Skriver("bruker", "nb", None), None, [no_answer], unverified=True)
    receipt = lever(verden, {"bolig.fungerer": "Et ord", "onsker.drom": "Et til"})
    page = bruk_sprak(verden, app, "ar").get(f"/kartlegging/kvittering/{receipt.nummer}").text
    content = re.findall(r"<div><dt>[^<]+</dt><dd>([^<]+)</dd></div>", page)[-1]
    assert " و" in content
    assert "," not in content
