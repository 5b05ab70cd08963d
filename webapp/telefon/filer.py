"""telefon: files that are the same for everybody. The gate asks nobody here who they are (gate.py)."""

from __future__ import annotations

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from webapp.platform import assets, languages
from webapp.platform.access import OPEN, needs
from webapp.telefon import frakoblet, manifest, worker

bp = Blueprint("telefon_filer", __name__)


@bp.get("/sw.js")
@needs(OPEN)
def sw() -> ResponseReturnValue:
    """The worker. Asked for anew each time: a kept copy would keep an old app alive."""
    return _same_for_all(worker.script(), "text/javascript", **{"Service-Worker-Allowed": "/"})


@bp.get("/frakoblet/<kode>")
@needs(OPEN)
def side(kode: str) -> ResponseReturnValue:
    """What stands instead of a page when there is no network."""
    return _same_for_all(frakoblet.page(_known(kode)), "text/html")


@bp.get("/manifest/<kode>.webmanifest")
@needs(OPEN)
def app_manifest(kode: str) -> ResponseReturnValue:
    """What the phone puts on the home screen. Kept for a year under the address that pages give."""
    found = _known(kode)
    this_one = request.args.get("v") == manifest.revision(found)
    how = {"Cache-Control": assets.FOR_A_YEAR if this_one else "no-cache"}
    return _same_for_all(manifest.text(found), "application/manifest+json", **how)


def _known(kode: str) -> str:
    found = languages.known(kode)
    if found is None or kode != languages.tag(found):
        abort(404)
    return found


def _same_for_all(text: str, mimetype: str, **headers: str) -> ResponseReturnValue:
    response = Response(text, mimetype=mimetype)
    response.headers["Cache-Control"] = "no-cache"
    response.headers.update(headers)
    response.add_etag()
    return response.make_conditional(request)
