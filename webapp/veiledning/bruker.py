"""veiledning: the views of the bruker side."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import service as identitet
from webapp.kartlegging import service as kartlegging
from webapp.platform import access, once
from webapp.platform.access import BRUKER, needs
from webapp.veiledning import lesing, service
from webapp.veiledning.forms import OMRADER, Soknadsskjema

bp = Blueprint("veiledning_bruker", __name__)


@bp.get("/veiledning/")
@needs(BRUKER)
def liste() -> ResponseReturnValue:
    """What it is, and what I have asked for."""
    who = access.bruker()
    return render_template(
        "veiledning/liste.html", saker=lesing.matters(who.kommune_id, who.id, who.seal), omrader=OMRADER
    )


@bp.route("/veiledning/ny", methods=["GET", "POST"])
@needs(BRUKER)
def ny() -> ResponseReturnValue:
    """Ask for råd og veiledning. What was ticked off in the mapping is suggested, not sent (K4)."""
    who = access.bruker()
    answered = kartlegging.theme_answers(who.kommune_id, who.id, who.seal, "hjelp").get("hjelp.omrader")
    suggested = [ident for ident in answered.verdi if ident in OMRADER] if answered else []
    form = Soknadsskjema(data={"omrader": suggested})
    if form.validate_on_submit():
        try:
            sent = service.ask(
                who, once.row_id(), form.omrader.data or [], (form.tekst.data or "").strip(), who.skriver or "bruker"
            )
        except lesing.NotHere:
            abort(404)
        utkast.forget()
        flash(_("Søknaden er sendt og lagret."), "bra")
        return redirect(url_for(".sak", soknad_id=sent), 303)
    return render_template(
        "veiledning/ny.html",
        skjema=form,
        nokkel=once.key(),
        foreslatt=bool(suggested),
        har_utkast=utkast.waiting(),
    )


@bp.get("/veiledning/<uuid:soknad_id>")
@needs(BRUKER)
def sak(soknad_id: UUID) -> ResponseReturnValue:
    """The receipt, and everything that has come of it."""
    who = access.bruker()
    try:
        found = lesing.matter(who.kommune_id, who.id, who.seal, soknad_id)
    except lesing.NotHere:
        abort(404)
    return render_template(
        "veiledning/sak.html", sak=found, omrader=OMRADER, kontor=identitet.kontor(who.kommune_id, who.kontor_id)
    )
