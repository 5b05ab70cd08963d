"""vedlegg: the views of the bruker side."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from webapp.platform import access
from webapp.platform.access import BRUKER, button, needs
from webapp.vedlegg import opplasting, service
from webapp.vedlegg.opplasting import Sted

bp = Blueprint("vedlegg_bruker", __name__)
STED = Sted("vedlegg/ny.html", "/vedlegg/ny", "/vedlegg/")


@bp.get("/vedlegg/ny")
@needs(BRUKER)
def ny() -> ResponseReturnValue:
    """Add a file without a script, and see what lies ready."""
    return opplasting.page(service.eier(access.bruker()), STED)


@bp.post("/vedlegg")
@needs(BRUKER)
@button("vedlegg_bruker.ny", query=("skjema",), own_answer=True)
def legg_til() -> ResponseReturnValue:
    """One file. A small request of its own, so that a slow phone can try it again without the text of the form."""
    return opplasting.add(service.eier(access.bruker()), STED)


@bp.get("/vedlegg/<uuid:vedlegg_id>")
@needs(BRUKER)
def last_ned(vedlegg_id: UUID) -> ResponseReturnValue:
    """A file of the bruker's, as it is kept."""
    who = access.bruker()
    if not service.may_fetch(who.kommune_id, who.id, vedlegg_id):
        abort(404)
    try:
        return opplasting.download(service.apne(who.kommune_id, who.id, who.seal, vedlegg_id), neutral=True)
    except service.NotHere:
        abort(404)


@bp.post("/vedlegg/<uuid:vedlegg_id>/fjern")
@needs(BRUKER)
@button("vedlegg_bruker.ny", query=("skjema",))
def fjern(vedlegg_id: UUID) -> ResponseReturnValue:
    """Take a file away before it is sent."""
    return opplasting.take_away(service.eier(access.bruker()), STED, vedlegg_id)
