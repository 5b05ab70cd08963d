"""Every event is described for both sides (S1), and every page of the staff's door has a name for both."""

from __future__ import annotations

import pytest
from flask import Flask

from webapp.innsyn import ordlyd, setninger, verdier
from webapp.platform import access
from webapp.platform.audit import EVENTS

SAMPLE = {
    "side": "kartlegging_veileder.tema",
    "felt": "navn sprak",
    "som": "vikar",
    "rolle": "leder",
    "hvordan": "passnokkel",
    "slag": "retting",
    "format": "pdf",
    "visning": "kort",
    "tema": "bolig",
    "sporsmal": "bolig.mer",
    "nummer": "ABCD-EFGH",
    "antall": 3,
    "treff": 2,
    "ansatt_id": "a1",
    "fra_ansatt_id": "a2",
    "til_ansatt_id": "a3",
}
NAVN = {"a1": "Kari <b>", "a2": "Per", "a3": "Sara"}


@pytest.mark.parametrize("side", ["bruker", "veileder"])
@pytest.mark.parametrize("name", sorted(EVENTS))
def test_every_event_has_words_for_both_sides(app: Flask, name: str, side: ordlyd.Side) -> None:
    innhold = {key: SAMPLE.get(key, "x") for key in EVENTS[name]}
    with app.test_request_context():
        for actor in (None, "", "Mona Møller"):
            text = ordlyd.sentence(name, innhold, actor, side, navn=NAVN)
            assert text != "Noe ble endret."
            assert text[0].isupper() or text.startswith("<bdi>")
            assert "%(" not in text
            assert "None" not in text
            assert "<b>" not in text
            assert ordlyd.marked(ordlyd.plain(text)) == text


def test_no_sentence_is_left_over() -> None:
    assert set(setninger.SETNINGER) == set(EVENTS)


def test_the_two_sides_are_told_different_things(app: Flask) -> None:
    """Plain for one, precise for the other: not the same sentence twice."""
    for name, words in setninger.SETNINGER.items():
        with app.test_request_context():
            assert str(words.bruker) != str(words.veileder), name


def test_an_unknown_event_is_still_a_sentence(app: Flask) -> None:
    with app.test_request_context():
        assert ordlyd.sentence("noe_nytt", {}, None, "bruker") == "Noe ble endret."


def test_every_page_that_opens_a_bruker_has_a_name(app: Flask) -> None:
    """S1: «what was opened» is never a technical word."""
    sider = [rule.endpoint for rule in app.url_map.iter_rules() if access.need_of(app, rule.endpoint).sak]
    assert sider
    nameless = [one for one in sider if verdier.page(one, "bruker") is verdier.page("ukjent", "bruker")]
    assert not nameless, "give these a name in verdier.SIDER"
