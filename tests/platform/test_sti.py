"""The way back: what a link says is one piece, also when it holds a name of its own direction."""

from __future__ import annotations

import pytest
from flask import Flask
from markupsafe import Markup


@pytest.mark.parametrize("text", ["Vilkår", Markup("Møt til en avtalt time med <bdi>karriereveilederen</bdi>")])
def test_the_words_stand_together_beside_the_arrow(app: Flask, text: str) -> None:
    """The link lays its parts side by side: words and a ``<bdi>`` in it would become two columns."""
    with app.test_request_context():
        shown = app.jinja_env.get_template("felles/makro.html").make_module().sti([(text, "/vilkar/")])  # type: ignore[attr-defined]
    assert f'<a href="/vilkar/"><span>{text}</span></a>' in shown
