"""A short honest answer to a form that waited on a phone for the network (static/js/utko.js).

The views know nothing of this: they show pages and lead on, as for everybody. Here, in one place, what they did is
told as JSON: delivered (``utkast.forget`` has said so), stopped and why, signed out, or «later». A form is sent with
its once key, so that one whose answer got lost on the way can be sent again and is still taken in once.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, current_app, g, get_flashed_messages, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import typed
from webapp.platform import access, eier
from webapp.platform.forms import Skjema

QUEUED = "X-Medvirk-Ko"
_LED_ON = frozenset({302, 303})


def init_app(app: Flask) -> None:
    """Answer queued forms of ``app``. Before the gate: what it does after a request comes first."""
    app.after_request(tell)


def wanted() -> bool:
    """Whether this request is a form that comes from the queue of a device, and is answered for a script."""
    return request.method == "POST" and not request.is_json and QUEUED in request.headers


def somebody_else() -> ResponseReturnValue | None:
    """A page that one person left open must not send their text as the one who signed in here after them (K1, K10).

    Nothing of it is shown or kept. A script keeps it, sealed, on the device of whoever wrote it; without one they are
    told. Views that are open to anybody speak for nobody: signing in, and being let go, work from every page.
    """
    if request.method != "POST" or _speaks_for_nobody() or not eier.somebody_else():
        return None
    if request.is_json or wanted() or eier.HEADER in request.headers:
        door = "/veileder/inn" if access.at_staff_door() else "/inn"
        return jsonify(svar="utlogget", feil="annen-person", tatt_vare_pa=False, logg_inn=door), 401
    words = _(
        "Noen andre har logget inn her etter at siden ble åpnet. Ingenting er sendt eller lagret. Er det du som skrev? "
        "Gå tilbake i nettleseren, og kopier teksten hvis den står der. Logg så inn som deg selv."
    )
    return render_template("felles/feil.html", kode=409, setning=words, tatt_vare_pa=False, skrevet=[]), 409


def _speaks_for_nobody() -> bool:
    endpoint = request.endpoint
    return endpoint is not None and access.need_of(current_app, endpoint) is access.OPEN


def tell(response: Response) -> Response:
    """Turn the page that answers a queued form into what the script asks: has it arrived?"""
    if not wanted() or response.is_json:
        return response
    code, answer = _answer(response)
    told: Response = jsonify(**answer)
    told.status_code = code
    for name in ("Set-Cookie", "Retry-After"):
        for value in response.headers.getlist(name):
            told.headers.add(name, value)
    return told


def _answer(response: Response) -> tuple[int, dict[str, Any]]:
    code, said = response.status_code, []
    if request.headers[QUEUED] != "side":  # a page that waits for the answer goes on to the next one, which says it
        said = [str(text) for text in get_flashed_messages()]
    if code == 429 or code >= 500:
        return code, {"svar": "senere"}
    if g.get("delivered") and code in _LED_ON:
        return 200, {"svar": "levert", "neste": response.location, "meldinger": said}
    kept = code != 404 and typed.keep()  # where the form is gone, nobody would find it again
    form: Skjema | None = g.get("skjema")
    answer: dict[str, Any] = {
        "svar": "stoppet",
        "tatt_vare_pa": kept,
        "apne": f"{request.path}?utkast=1" if kept else request.path,
        "meldinger": said + ([str(text) for text in form.form_errors] if form else []),
        "felt": {field.name: [str(text) for text in field.errors] for field in form if field.errors} if form else {},
    }
    return (code if code >= 400 else 409 if code in _LED_ON else 422), answer
