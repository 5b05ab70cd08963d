"""What belongs to no room: the front page, language choice, files, and the two questions an operator's monitor asks."""

from __future__ import annotations

from flask import Blueprint, jsonify, make_response, redirect, request
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from webapp.identitet import okter
from webapp.platform import access, assets, database, languages, lesemodus
from webapp.platform.access import BRUKER, OPEN, OPEN_INGENS, STAFF, needs

bp = Blueprint("site", __name__)


@bp.record
def _files(state: BlueprintSetupState) -> None:
    """Serve built files under one endpoint name that the gate knows."""
    state.app.add_url_rule("/static/dist/<path:filename>", endpoint="static_dist", view_func=needs(OPEN)(assets.serve))


@bp.post("/sprak")
@needs(OPEN)
def sprak() -> ResponseReturnValue:
    """Switch language on a page without a form of its own. The gate has done it for those who are signed in."""
    chosen = languages.asked_for()
    if chosen and access.who() is None:
        okter.use_language(chosen)  # also when the form key is too old: only this browser's own cookie is written
    return redirect(languages.local_path(request.form.get("neste")), 303)


@bp.post("/veileder/sprak")
@needs(OPEN)
def sprak_ansatt() -> ResponseReturnValue:
    """The same at the staff's front door, where their own cookie counts."""
    chosen = languages.asked_for()
    if chosen and access.who() is None:
        okter.use_language(chosen)
    return redirect(languages.local_path(request.form.get("neste"), "/veileder/"), 303)


@bp.post("/lesemodus")
@needs(OPEN)
def velg_lesemodus() -> ResponseReturnValue:
    """Reading mode on or off, without script. Only this browser's own cookie is written, as with the language."""
    led_on = make_response(redirect(languages.local_path(request.form.get("neste")), 303))
    return lesemodus.remember(led_on, request.form.get("lesemodus") == "pa", secure=okter.settings().secure)


@bp.post("/okt")
@needs(BRUKER)
def okt() -> ResponseReturnValue:
    """«Jeg er her fortsatt» (WCAG 2.2.1): the gate has counted this request as use of the session."""
    return jsonify(ok=True)


@bp.post("/veileder/okt")
@needs(STAFF)
def okt_ansatt() -> ResponseReturnValue:
    """The same at the staff's front door."""
    return jsonify(ok=True)


@bp.get("/healthz")
@needs(OPEN_INGENS)
def healthz() -> ResponseReturnValue:
    """Is the process alive?"""
    return jsonify(ok=True)


@bp.get("/readyz")
@needs(OPEN_INGENS)
def readyz() -> ResponseReturnValue:
    """Can it serve? Asks the database."""
    try:
        database.ping()
    except Exception:  # noqa: BLE001 -- whatever it is, the answer is no
        return jsonify(ok=False), 503
    return jsonify(ok=True)
