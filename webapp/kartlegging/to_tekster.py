"""Two texts for the same answer: the bruker looks at both and chooses (K1: we never choose)."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.kartlegging import rules, service, temaside
from webapp.kartlegging.assistanse import writer
from webapp.kartlegging.service import NotHere
from webapp.kartlegging.skjema import Tema, UkjentTema, Visning
from webapp.platform import access
from webapp.platform.access import BRUKER, button, needs

bp = Blueprint("kartlegging_to_tekster", __name__)


@bp.get("/kartlegging/<tema_id>/to-tekster")
@needs(BRUKER)
def to_tekster(tema_id: str) -> ResponseReturnValue:
    """Both texts of every question of the theme that has two."""
    who = access.bruker()
    tema = _theme(tema_id)
    return render_template(
        "kartlegging/to_tekster.html",
        tema=tema,
        sporsmal={sporsmal.id: sporsmal for sporsmal in tema.alle()},
        venter=service.two_texts(who.kommune_id, who.id, who.seal, tema_id),
    )


@bp.post("/kartlegging/<tema_id>/to-tekster")
@needs(BRUKER)
@button("kartlegging_to_tekster.to_tekster")
def velg_tekst(tema_id: str) -> ResponseReturnValue:
    """The bruker has chosen."""
    who = access.bruker()
    _theme(tema_id)
    here = redirect(url_for(".to_tekster", tema_id=tema_id), 303)
    try:
        konflikt_id, chosen = UUID(request.form.get("konflikt", "")), rules.Valgt(request.form.get("valg", ""))
    except ValueError:
        abort(400)
    # A page made before it told of both texts has shown nobody which the other one was: they look once more.
    seen = request.form.get("merke", ""), request.form.get("annen_merke", "")
    try:
        service.choose_text(who.kommune_id, who.id, who.seal, writer(who), konflikt_id, chosen, seen)
    except NotHere:
        flash(_("Det er allerede valgt. Teksten som står der nå, er lagret."), "info")
        return here
    except service.Changed:
        flash(_("Teksten er endret igjen i mellomtiden. Se på begge en gang til, og velg."), "obs")
        return here
    except rules.Avvist:
        flash(_("Begge tekstene til sammen er for lange. Velg den ene."), "feil")
        return here
    if service.two_texts(who.kommune_id, who.id, who.seal, tema_id):
        return here
    flash(_("Lagret. Nå er det én tekst igjen."), "bra")
    return redirect(url_for("kartlegging_bruker.tema", tema_id=tema_id), 303)


def _theme(tema_id: str) -> Tema:
    try:
        return temaside.page_theme(Visning.FULL, tema_id).tema
    except UkjentTema:
        abort(404)
