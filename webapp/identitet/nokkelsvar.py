"""The JSON that static/js/passnokkel.js and the two front doors exchange about passkeys."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.identitet import innlogging, okter, passnokler
from webapp.platform import access


def sign_in_options(person_type: str) -> ResponseReturnValue:
    """Options with a challenge, for ``navigator.credentials.get``."""
    innlogging.count_try("passnokkel")
    _body()
    return jsonify(publicKey=passnokler.sign_in_options(person_type))


def sign_in(person_type: str) -> ResponseReturnValue:
    """Sign in with what the passkey answered: {ok, neste}, or 400 {feil}."""
    innlogging.count_try("passnokkel")
    answer = _body()
    try:
        inne = passnokler.sign_in(person_type, answer)
    except passnokler.Avvist:
        return jsonify(feil="avvist"), 400
    innlogging.succeeded("passnokkel")
    wanted = answer.get("neste")
    target = innlogging.after(inne.who, wanted if isinstance(wanted, str) else None)
    return okter.open_door(jsonify(ok=True, neste=target), inne)


def registration_options(name: str) -> ResponseReturnValue:
    """Options with a challenge, for ``navigator.credentials.create``; 403 when they must show who they are first."""
    _body()
    who = _who()
    if not passnokler.may_add(who):
        return _confirm_first()
    return jsonify(publicKey=passnokler.registration_options(who, name))


def register(*, page: str, otherwise: str) -> ResponseReturnValue:
    """Add the passkey: {ok, neste}. Goes back to ``page`` when it was made there, else to ``otherwise``."""
    answer = _body()
    who = _who()
    if not passnokler.may_add(who):
        return _confirm_first()
    try:
        inne = passnokler.register(who, answer)
    except passnokler.Avvist:
        return jsonify(feil="avvist"), 400
    response = jsonify(ok=True, neste=page if _from(page) else otherwise)
    return okter.open_door(response, inne) if inne is not None else response


def _from(page: str) -> bool:
    return urlsplit(request.referrer or "").path == page


def _who() -> access.Who:
    who = access.who()
    if who is None:
        abort(401)
    return who


def _body() -> dict[str, Any]:
    if not request.is_json:
        abort(415)
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        abort(400)
    return body


def _confirm_first() -> ResponseReturnValue:
    return jsonify(feil="bekreft", melding=_("Logg inn på nytt først, så vet vi at det er deg.")), 403
