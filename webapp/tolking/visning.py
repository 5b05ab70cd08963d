"""Filters for templates/tolking/: what can be rendered, and which language it is in."""

from __future__ import annotations

from flask import Flask

from webapp.platform.languages import SPRAK, Sprak
from webapp.tolking import kilder
from webapp.tolking.rules import Kilden, may_be_foreign


def init_app(app: Flask) -> None:
    """Give Jinja the filters.

    ``uttalelse|kilde``, ``levert|kilde(sporsmal)``: what is rendered of it. ``kilde|fremmede``: its languages that
    are not Norwegian, None for one that we have no name for. ``kilde|kan_gjengis(sprak)``: rules.may_be_foreign.
    """
    app.jinja_env.filters["kilde"] = kilder.kilde
    app.jinja_env.filters["fremmede"] = _languages
    app.jinja_env.filters["kan_gjengis"] = may_be_foreign


def _languages(kilde: Kilden) -> list[Sprak | None]:
    return [SPRAK.get(kode) for kode in kilde.fremmede]
