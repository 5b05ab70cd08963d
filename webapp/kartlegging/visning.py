"""Filters for templates/kartlegging/: an answer, and what changed in it, reads the same at both front doors."""

from __future__ import annotations

from flask import Flask

from webapp.kartlegging.rules import Verdi
from webapp.kartlegging.sammenligning import Art, Sporsmalforskjell
from webapp.kartlegging.skjema import Sporsmal, Type
from webapp.kartlegging.skjema.validering import tolk, vis
from webapp.kartlegging.versjoner import LevertSvar


def init_app(app: Flask) -> None:
    """Give Jinja the filters.

    ``sporsmal|svar(verdi)``: the answer in words. ``sporsmal|som_skrevet(verdi)``: we could not read it, it is shown as
    typed. ``forskjell|i_ord(sporsmal)``: what changed in choices, amounts and dates, as (art, words).
    """
    app.jinja_env.filters["svar"] = vis
    app.jinja_env.filters["som_skrevet"] = _as_typed
    app.jinja_env.filters["i_ord"] = _in_words


def _as_typed(sporsmal: Sporsmal, verdi: Verdi) -> bool:
    return sporsmal.type in {Type.BELOP, Type.DATO, Type.MANED} and not tolk(sporsmal, verdi).gyldig


def _in_words(forskjell: Sporsmalforskjell, sporsmal: Sporsmal) -> list[tuple[str, str]]:
    if sporsmal.type is Type.FLERE:
        return [(bit.art.value, "".join(vis(sporsmal, [bit.tekst]))) for bit in forskjell.biter]
    if forskjell.gammel and forskjell.ny and forskjell.gammel.verdi == forskjell.ny.verdi != "":
        return [(Art.LIK.value, "".join(vis(sporsmal, forskjell.ny.verdi)))]
    sides: tuple[tuple[Art, LevertSvar | None], ...] = ((Art.TATT_BORT, forskjell.gammel), (Art.LAGT_TIL, forskjell.ny))
    return [(art.value, "".join(vis(sporsmal, side.verdi))) for art, side in sides if side is not None and side.verdi]
