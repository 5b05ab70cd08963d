"""The veileder offers a view of the mapping (K3), or a new round of it (K7). What is being written stays as it is."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.identitet import adgang
from webapp.identitet import service as identitet
from webapp.kartlegging import service
from webapp.kartlegging.veilederskjema import Tilbudsskjema
from webapp.platform import access
from webapp.platform.access import SAK, needs

bp = Blueprint("kartlegging_tilbud", __name__, url_prefix="/veileder/bruker/<uuid:bruker_id>")


@bp.route("/tilbud", methods=["GET", "POST"])
@needs(SAK)
def tilby(bruker_id: UUID) -> ResponseReturnValue:
    """Choose what to offer. Who has not begun is in that view at once; the others are asked on their own page."""
    sak = adgang.sak()
    state = service.state(sak.kommune_id, bruker_id)
    delivered = state is not None and state.siste_levering_id is not None
    form = Tilbudsskjema(ny_runde=delivered)
    if form.validate_on_submit():
        service.offer_view(sak.kommune_id, bruker_id, form.visning.data, access.ansatt().actor)
        flash(_("Endringen er lagret."), "bra")
        return redirect(f"/veileder/bruker/{bruker_id}/#kartlegging", 303)
    return render_template(
        "veileder/tilbud.html",
        person=identitet.person(sak.kommune_id, bruker_id, sak.seal),
        form=form,
    )
