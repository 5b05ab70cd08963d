"""vedlegg: the views of the veileder side."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from webapp.identitet import adgang
from webapp.identitet import service as identitet
from webapp.platform import access
from webapp.platform.access import SAK, button, needs
from webapp.vedlegg import opplasting, service
from webapp.vedlegg.opplasting import Sted

bp = Blueprint("vedlegg_veileder", __name__, url_prefix="/veileder/bruker/<uuid:bruker_id>/vedlegg")


@bp.route("/ny", methods=["GET", "POST"])
@needs(SAK)
def ny(bruker_id: UUID) -> ResponseReturnValue:
    """Add a file to a form about this bruker (the letter of a vedtak, for example)."""
    sak, sted = adgang.sak(), _sted(bruker_id)
    owner = service.eier_for(access.ansatt(), sak)
    show = opplasting.add if request.method == "POST" else opplasting.page
    return show(owner, sted, person=identitet.person(sak.kommune_id, bruker_id, sak.seal))


@bp.get("/<uuid:vedlegg_id>")
@needs(SAK)
def last_ned(bruker_id: UUID, vedlegg_id: UUID) -> ResponseReturnValue:
    """A file that was sent with something. What the bruker only has lying ready is nobody else's (K1)."""
    sak = adgang.sak()
    if not service.only_sent(sak.kommune_id, bruker_id, vedlegg_id, access.ansatt().id):
        abort(404)
    return opplasting.download(service.apne(sak.kommune_id, bruker_id, sak.seal, vedlegg_id))


@bp.post("/<uuid:vedlegg_id>/fjern")
@needs(SAK)
@button("vedlegg_veileder.ny", query=("skjema",))
def fjern(bruker_id: UUID, vedlegg_id: UUID) -> ResponseReturnValue:
    """Take a file away before it is sent with anything."""
    return opplasting.take_away(service.eier_for(access.ansatt(), adgang.sak()), _sted(bruker_id), vedlegg_id)


def _sted(bruker_id: UUID) -> Sted:
    start = f"/veileder/bruker/{bruker_id}/vedlegg/"
    return Sted("vedlegg/veileder_ny.html", f"{start}ny", start)
