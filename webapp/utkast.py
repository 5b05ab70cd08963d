"""What somebody is in the middle of writing in a longer form, kept while they write (static/js/utkast.js).

The form itself is sent when they press its button; this is only so that nothing typed is lost before that. It is kept
sealed, for them alone, under the address of the page (platform/drafts.py).
"""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, abort, g, jsonify, request
from flask.typing import ResponseReturnValue

from webapp import typed
from webapp.identitet import adgang
from webapp.platform import access, clock, dates, drafts
from webapp.platform.access import BRUKER, STAFF, needs
from webapp.platform.forms import clean, kept_fields

bp = Blueprint("utkast", __name__)

MOST_FIELDS, MOST_VALUES, LONGEST_NAME = 200, 50, 80
MOST_BYTES = 1024 * 1024


@bp.post("/utkast")
@needs(BRUKER)
def bruker() -> ResponseReturnValue:
    """Keep what the bruker is writing."""
    return _keep()


@bp.post("/veileder/utkast")
@needs(STAFF)
def ansatt() -> ResponseReturnValue:
    """Keep what an ansatt is writing."""
    return _keep()


def waiting() -> bool:
    """True when something lies kept under this address and the page does not show it already.

    A form that was sent and comes back has what was typed in its fields: nothing is to be fetched there.
    """
    return request.method == "GET" and not request.args.get("utkast") and kept_fields() is not None


def forget() -> None:
    """The form has arrived where it belongs: what its page kept on the way is not needed."""
    g.delivered = True  # told to a form that waited on a phone: see enhet/svar.py
    who = access.who()
    if who is not None:
        typed.arrived(who, request.path, typed.fields()[1])


def _keep() -> ResponseReturnValue:
    path, fields = _read()
    if not is_form_of_theirs(path):
        abort(404)
    who = access.who()
    assert who is not None
    if not typed.worth_keeping(path, fields):
        typed.arrived(who, path, fields)  # every word is taken away again
    elif not typed.store(who, path, fields):
        abort(413)  # they have text waiting on more pages than anybody has open: «lagret» would not be true
    return jsonify(lagret=dates.clock_time(clock.now()))


def _read() -> tuple[str, drafts.Fields]:
    """The path and the fields. Aborts with 400 or 413 for what no page of ours sends."""
    if (request.content_length or 0) > MOST_BYTES:
        abort(413)
    if request.content_length is None:
        abort(400)
    try:
        body: Any = json.loads(request.get_data())
    except (ValueError, RecursionError):
        abort(400)
    path, given = (body.get("sti"), body.get("felter")) if isinstance(body, dict) else (None, None)
    if not isinstance(path, str) or not isinstance(given, dict) or len(given) > MOST_FIELDS:
        abort(400)
    fields: drafts.Fields = {}
    for name, values in given.items():
        if len(name) > LONGEST_NAME or not isinstance(values, list) or len(values) > MOST_VALUES:
            abort(400)
        if not all(isinstance(value, str) for value in values):
            abort(400)
        fields[clean(name)] = [clean(value) for value in values]
    return path, fields


def is_form_of_theirs(path: str) -> bool:
    """Whether ``path`` is a form of ours that this person may send, so that nothing is kept where nobody would look."""
    who = access.who()
    form = typed.form_at(who, path) if who else None
    if form is None:
        return False
    need, arguments = form
    # S1: nothing is kept about a bruker whom they may not open.
    return not need.sak or (
        isinstance(who, access.Ansatt) and adgang.open_sak(who, arguments["bruker_id"], side=None) is not None
    )
