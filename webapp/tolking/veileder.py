"""tolking: the views of the veileder side."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import adgang
from webapp.identitet import service as identitet
from webapp.platform import access, once
from webapp.platform.access import SAK, needs
from webapp.tolking import kilder, service
from webapp.tolking.forms import Gjengivelseskjema

bp = Blueprint("tolking_veileder", __name__, url_prefix="/veileder/bruker/<uuid:bruker_id>/tolking")


# The question is part of the path: what is typed is kept under it, and each answer has its own (utkast.py).
@bp.route("/<kilde_type>/<uuid:kilde_id>", methods=["GET", "POST"])
@bp.route("/<kilde_type>/<uuid:kilde_id>/<felt>", methods=["GET", "POST"])
@needs(SAK)
def skriv(bruker_id: UUID, kilde_type: str, kilde_id: UUID, felt: str = "") -> ResponseReturnValue:
    """Write down what an interpreter says that the bruker's own words mean (K1: beside them)."""
    sak, form = adgang.sak(), Gjengivelseskjema()
    try:
        found = kilder.find(sak.kommune_id, bruker_id, sak.seal, kilde_type, kilde_id, felt)
    except kilder.NotHere:
        abort(404)
    back = f"/veileder/bruker/{bruker_id}/{found.side}"
    if form.validate_on_submit():
        service.write(access.ansatt(), sak, once.row_id(), found.kilde.nokkel, form.ord())
        utkast.forget()
        flash(_("Lagret. Brukeren ser det hos seg."), "bra")
        return redirect(back, 303)
    return render_template(
        "tolking/veileder_skriv.html",
        person=identitet.person(sak.kommune_id, bruker_id, sak.seal),
        kilde=found.kilde,
        sporsmal=found.sporsmal,
        nummer=found.nummer,
        tilbake=back,
        gjengitt=service.beside(sak.kommune_id, bruker_id, sak.seal, [kilde_id]),
        skjema=form,
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
    )
