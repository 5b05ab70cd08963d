"""plan: the bruker's own goals (K1)."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.plan import mal, service
from webapp.plan.forms import Malskjema
from webapp.plan.innhold import Maal
from webapp.plan.sider import Dor, bruker_door
from webapp.platform import once
from webapp.platform.access import BRUKER, needs

bp = Blueprint("mal", __name__, url_prefix="/mal")


@bp.route("/nytt", methods=["GET", "POST"])
@needs(BRUKER)
def nytt_mal() -> ResponseReturnValue:
    """A goal."""
    return _new_goal(bruker_door(), None)


@bp.route("/<uuid:over>/delmal", methods=["GET", "POST"])
@needs(BRUKER)
def delmal(over: UUID) -> ResponseReturnValue:
    """A part of a goal; it has no parts of its own."""
    door = bruker_door()
    above = _goal(door, over)
    return abort(404) if above.overordnet_id is not None else _new_goal(door, above)


def _new_goal(door: Dor, above: Maal | None) -> ResponseReturnValue:
    form = Malskjema()
    if form.validate_on_submit():
        try:
            mal.add(door.writer(), once.row_id(), form.tekst.data or "", above.id if above else None)
        except service.Full:
            form.form_errors = [_("Det er for mange mål i planen. Endre et av dem i stedet.")]
        else:
            utkast.forget()
            flash(_("Målet står i planen din."), "bra")
            return door.back()
    return door.page("plan/mal.html", skjema=form, mal=None, over=above, nokkel=once.key())


@bp.route("/<uuid:mal_id>", methods=["GET", "POST"])
@needs(BRUKER)
def endre_mal(mal_id: UUID) -> ResponseReturnValue:
    """Other words for a goal; reached, put away, taken up again."""
    door = bruker_door()
    goal = _goal(door, mal_id)
    form = Malskjema(data={"tekst": goal.tekst})
    if form.validate_on_submit():
        wanted = request.form.get("tilstand")
        text = form.tekst.data or ""
        mal.change(
            door.writer(),
            mal_id,
            text=text,
            tilstand=wanted if wanted in mal.TILSTANDER else None,
            nokkel=once.row_id(),
        )
        utkast.forget()
        flash(_("Lagret."), "bra")
        return door.back()
    return door.page("plan/mal.html", skjema=form, mal=goal, over=None, nokkel=once.key())


def tree(goals: list[Maal]) -> list[tuple[Maal, list[Maal]]]:
    """Goals with their parts, without what has been put away."""
    shown = [one for one in goals if one.tilstand != "lagt_bort"]
    there = {one.id for one in shown}
    top = [one for one in shown if one.overordnet_id not in there]
    return [(one, [under for under in shown if under.overordnet_id == one.id]) for one in top]


def _goal(door: Dor, mal_id: UUID) -> Maal:
    try:
        return door.plan().goal(mal_id)
    except service.NotHere:
        abort(404)
