"""telefon, for the bruker: how Medvirk comes onto the home screen, and the answer to whether it should."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from webapp.platform import access
from webapp.platform.access import BRUKER, button, needs
from webapp.telefon import service
from webapp.telefon.forms import Svar

bp = Blueprint("telefon_bruker", __name__)


@bp.get("/telefon/")
@needs(BRUKER)
def vis() -> ResponseReturnValue:
    """Step by step, the kind of phone they hold first."""
    agent = request.user_agent.string
    apple = any(name in agent for name in ("iPhone", "iPad", "Macintosh"))  # an iPad calls itself a Macintosh
    return render_template("telefon/hjemskjerm.html", iphone=apple)


@bp.post("/telefon/svar")
@needs(BRUKER)
@button("hjem.hjem")
def svar() -> ResponseReturnValue:
    """Remember, so that nobody asks again. What is no answer of ours changes nothing."""
    form = Svar()
    if form.validate_on_submit():
        service.answer(access.bruker(), str(form.svar.data))
    return redirect("/", 303)
