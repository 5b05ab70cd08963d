"""«Lukk raskt»: away from the page at once, to a page that anybody may have been looking at (decision 16).

With script the page saves what was typed by itself, tells us that it has gone, and goes (static/js/lukk.js). Without,
the page's form is sent here with everything in it: it is kept as utkast, and the browser is led on.
"""

from __future__ import annotations

from flask import Blueprint, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from webapp import typed, utkast
from webapp.identitet import mine_okter, okter
from webapp.platform import access, drafts, eier
from webapp.platform.access import OPEN, needs
from webapp.platform.forms import clean
from webapp.platform.logs import log

bp = Blueprint("lukk", __name__)


@bp.post("/lukk")
@needs(OPEN)
def lukk() -> ResponseReturnValue:
    """Keep what was typed, end the session, and lead on. Nothing that fails here keeps anybody on the page.

    The form key may be as old as it likes: our own page asks (the gate has seen to that), and only to be let go.
    """
    who = access.who()
    by_script = request.form.get("skript") is not None
    for step in (_keep, _end) if not by_script else (_end,):
        try:
            step(who)
        except Exception as error:  # noqa: BLE001 -- whoever presses this must come away, also from a broken server
            log.error("lukk", step=step.__name__, error=type(error).__name__)
    response = make_response("", 204) if by_script else make_response(redirect("/lukket", 303))
    return okter.close_door(response, "bruker")


@bp.get("/lukket")
@needs(OPEN)
def lukket() -> ResponseReturnValue:
    """One moment on the way, for browsers without script: form-action 'self' stops a form from leading elsewhere."""
    return render_template("felles/lukket.html")


def _end(who: access.Who | None) -> None:
    if who is not None:
        mine_okter.end(who, who.okt_id, unverified=True)


def _keep(who: access.Who | None) -> None:
    """Keep the page's form as utkast, also when the session has run out meanwhile."""
    person = who or g.get("expired")
    path = clean(request.form.get("lukk_fra", ""))
    if not isinstance(person, access.Bruker) or eier.somebody_else() or not drafts.may_be_ours(path):
        return
    if who is not None and not utkast.is_form_of_theirs(path):
        return
    sent = {clean(name): [clean(v) for v in request.form.getlist(name)[:50]] for name in list(request.form)[:500]}
    sent.pop("lukk_fra", None)
    typed.store(person, path, typed.beside(person, path, sent))
