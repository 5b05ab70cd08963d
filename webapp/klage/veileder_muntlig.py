"""klage: the veileder writes down what was told, and sends on what came late."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import adgang
from webapp.identitet import service as identitet
from webapp.klage import lesing, mal, muntlig, rules, service, tillegg
from webapp.klage.forms import Muntligskjema
from webapp.platform import access, clock, ids, once
from webapp.platform.access import SAK, button, needs
from webapp.platform.dates import oslo_date
from webapp.platform.forms import Skjema

bp = Blueprint("klage_muntlig", __name__, url_prefix="/veileder/bruker/<uuid:bruker_id>/klage")


@bp.route("/muntlig", methods=["GET", "POST"])
@needs(SAK)
def skriv_ned(bruker_id: UUID) -> ResponseReturnValue:
    """Write down a klage as it was told. It is the bruker who says whether it is right."""
    sak, status, nokkel = adgang.sak(), 200, once.key()
    known = mal.alle(sak.kommune_id, bruker_id, sak.seal)
    titles = {f"{one.type.value}:{one.id}": one.tittel for one in known if not one.erstattet}
    form = Muntligskjema(titles, data={"sagt": oslo_date(clock.now()).isoformat()})
    if form.validate_on_submit() and form.sagt.dag is not None:
        try:
            made = muntlig.write_down(access.ansatt(), sak, once.row_id(), *form.mal(), form.fortalt(form.sagt.dag))
        except (lesing.NotHere, mal.NotHere):
            abort(404)
        except rules.TidligereEnn as early:
            form.sagt.errors = [
                _("Dette kan ikke ha skjedd før %(dato)s. Se over datoen.", dato=format_date(early.fra, "long"))
            ]
        except service.AlreadySent:
            form.form_errors.append(
                _(
                    "Noe annet er lagret herfra før. Det som står her nå, er ikke lagret. "
                    "Er det en klage til, lagrer du en gang til."
                )
            )
            status, nokkel = 409, ids.new_id().hex
        else:
            utkast.forget()
            flash(_("Det er lagret. Brukeren ser teksten og kan rette den."), "bra")
            return redirect(url_for("klage_veileder.klage", bruker_id=bruker_id, klage_id=made), 303)
    page = render_template(
        "klage/veileder_muntlig.html",
        person=identitet.person(sak.kommune_id, bruker_id, sak.seal),
        skjema=form,
        noe=bool(titles),
        nokkel=nokkel,
        har_utkast=utkast.waiting(),
    )
    return page, status


@bp.post("/<uuid:klage_id>/tillegg/<uuid:tillegg_id>/sendt")
@needs(SAK)
@button("klage_veileder.klage")
def sendt(bruker_id: UUID, klage_id: UUID, tillegg_id: UUID) -> ResponseReturnValue:
    """What was added has been sent after the klage."""
    if Skjema().validate_on_submit():
        try:
            tillegg.send_on(access.ansatt(), adgang.sak(), klage_id, tillegg_id)
        except lesing.NotHere:
            abort(404)
        except rules.NotPossible:
            flash(
                _("Dette kan ikke registreres nå. Kanskje er det gjort et annet sted. Se over det som står her."),
                "feil",
            )
        else:
            flash(_("Lagret. Brukeren ser det hos seg."), "bra")
    else:
        flash(_("Det ble ikke lagret. Prøv igjen."), "feil")
    return redirect(url_for("klage_veileder.klage", bruker_id=bruker_id, klage_id=klage_id, _anchor="tillegg"), 303)
