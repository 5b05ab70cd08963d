"""How a stored notice is shown: the vilkår apart from our own words, and folded away when it no longer holds."""

from __future__ import annotations

import re

from flask import Flask

from tests.moter.avtaler import bruk_sprak
from tests.varsel import verk
from tests.verden import Verden
from webapp.varsel import tekst

FOLDED = '<details class="mer"><summary>Les varselet slik det ble sendt'
APART = re.compile(r'<div class="vilkaret">\s*(.*?)\s*</div>', re.DOTALL)


def test_u2_the_vilkar_that_it_is_about_stands_apart(app: Flask, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id = verk.varslet(verden)
    amina = bruk_sprak(verden, app, "nb")
    page = amina.get(f"/varsel/{sak_id}").text
    (apart,) = APART.findall(page)
    said = [re.sub(r"<[^>]+>", "", one) for one in re.findall(r"<p\b.*?</p>", apart, re.DOTALL)]
    notice = verk.saken(verden, sak_id).varsel
    assert notice is not None
    stored = [part[0] for _, parts in notice.tekst["nb"] for part in parts if part[2:] == [tekst.VILKAR]]
    assert len(said) == len(stored) > 1
    assert "Ingenting er bestemt" not in apart
    assert FOLDED not in page


def test_what_was_stored_before_lines_were_marked_is_shown_all_the_same() -> None:
    old = [["Det gjelder dette vilkåret:", ""], ["Møt til en avtalt time", ""], ["Lageret ringte.", "nb"]]
    assert tekst.grouped(old) == [(False, [(text, language) for text, language in old])]
    marked = [["A", ""], ["B", "nb", tekst.VILKAR], ["C", ""]]
    assert [is_vilkar for is_vilkar, _ in tekst.grouped(marked)] == [False, True, False]


def test_after_the_decision_the_notice_does_not_say_that_nothing_is_decided(app: Flask, verden: Verden) -> None:
    """«Ingenting er bestemt» under «Dette er bestemt»: it was true when it was sent, and stands as it was sent."""
    with verk.formnokkel(app):
        sak_id = verk.veid(verden)
        verk.avgjor(verden, sak_id)
    page = bruk_sprak(verden, app, "nb").get(f"/varsel/{sak_id}").text
    before, _, folded = page.partition(FOLDED)
    assert "Dette er bestemt" in before
    assert "Ingenting er bestemt" not in before
    assert "Ingenting er bestemt" in folded.partition("</details>")[0]
