"""enhet: the page where the bruker says whose phone it is, and what the scripts ask for."""

from __future__ import annotations

from flask import Blueprint, abort, jsonify, render_template
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from webapp.enhet.ord import ORD
from webapp.identitet import passnokler
from webapp.identitet import service as identitet
from webapp.kartlegging import service as kartlegging
from webapp.kartlegging.skjema import SKJEMA, Visning
from webapp.platform import access, eier, languages
from webapp.platform.access import BRUKER, OPEN_INGENS, needs

bp = Blueprint("enhet_bruker", __name__)


@bp.get("/mer/telefon")
@needs(BRUKER)
def telefon() -> ResponseReturnValue:
    """«Dette er min egen telefon»: what that means, yes, and taking it back. The answer stays on the device."""
    return render_template("enhet/telefon.html", nokler=passnokler.ids_of(access.bruker()))


@bp.get("/enhet/sider")
@needs(BRUKER)
def sider() -> ResponseReturnValue:
    """What may be fetched and kept without being asked for: nothing here counts as opened by being fetched (U3, F3)."""
    who = access.bruker()
    state = kartlegging.state(who.kommune_id, who.id)
    view = Visning(state.visning if state else kartlegging.offered_view(who.kommune_id, who.id, who.seal))
    themes = [tema.id for tema in SKJEMA.visning(Visning.FULL if view is Visning.MINI else view)]
    kontor = identitet.kontor(who.kommune_id, who.kontor_id)
    changes = kartlegging.changes(who.kommune_id, who.id)
    return jsonify(
        eier=eier.mark(who),  # a page that another person left open keeps nothing of theirs
        versjoner={f"/kartlegging/{tema}": changes.get(tema, 0) for tema in themes},  # a page says its own (tema.html)
        sider=["/", "/kartlegging/", *[f"/kartlegging/{tema}" for tema in themes], "/plan/", "/vilkar/", "/varsel/"],
        kontor={"navn": kontor.navn, "telefon": kontor.telefon},
    )


@bp.get("/enhet/ord/<kode>")
@needs(OPEN_INGENS)
def ord_(kode: str) -> ResponseReturnValue:
    """The words of the scripts in one language."""
    found = languages.known(kode)
    if found is None:
        abort(404)
    with force_locale(found):
        return jsonify({name: str(text) for name, text in ORD.items()})
