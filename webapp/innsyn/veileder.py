"""innsyn: the views of the veileder side."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import service as identitet
from webapp.identitet.adgang import sak
from webapp.innsyn import service, verdier
from webapp.innsyn.forms import Svarskjema
from webapp.platform import access
from webapp.platform.access import SAK, SAK_LES, needs

bp = Blueprint("innsyn_veileder", __name__, url_prefix="/veileder/bruker/<uuid:bruker_id>/henvendelser")


@bp.get("")
@needs(SAK)
def henvendelser(bruker_id: UUID) -> ResponseReturnValue:
    """What this bruker has asked for."""
    this = sak()
    found, following = service.requests(this.kommune_id, bruker_id, this.seal, before=_before())
    return render_template(
        "innsyn/veileder_henvendelser.html",
        henvendelser=found,
        neste=following,
        slag=verdier.SLAG,
        person=_person(bruker_id),
    )


@bp.route("/<uuid:henvendelse_id>", methods=["GET", "POST"])
@needs(SAK_LES)
def henvendelse(bruker_id: UUID, henvendelse_id: UUID) -> ResponseReturnValue:
    """One request, and the answer to it."""
    this = sak()
    skjema, taken = Svarskjema(), False
    try:
        if skjema.validate_on_submit():
            try:
                service.answer(
                    this.kommune_id, bruker_id, this.seal, henvendelse_id, skjema.svar.data or "", access.ansatt().actor
                )
            except service.AlreadyAnswered:
                taken = True
            else:
                utkast.forget()
                flash(_("Svaret er lagret. Brukeren kan lese det nå."), "bra")
                return redirect(url_for(".henvendelser", bruker_id=bruker_id), 303)
        found = service.request(this.kommune_id, bruker_id, this.seal, henvendelse_id)
    except service.NotHere:
        abort(404)
    status = 409 if taken else 200
    return render_template(
        "innsyn/veileder_henvendelse.html",
        henvendelse=found,
        skjema=skjema,
        opptatt=taken,
        har_utkast=utkast.waiting(),
        slag=verdier.SLAG,
        person=_person(bruker_id),
    ), status


def _person(bruker_id: UUID) -> identitet.Person:
    this = sak()
    return identitet.person(this.kommune_id, bruker_id, this.seal)


def _before() -> UUID | None:
    try:
        return UUID(request.args.get("for", ""))
    except ValueError:
        return None
