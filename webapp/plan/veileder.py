"""plan: the views of the veileder side. Whoever has only stated a reason may read; Nav's yes is the veileder's (S1)."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import adgang
from webapp.identitet import service as identitet
from webapp.moter import notat
from webapp.plan import rules, service, sider
from webapp.plan.forms import Dagskjema
from webapp.plan.innhold import Part
from webapp.plan.rules import Tilstand
from webapp.plan.sider import Dor
from webapp.platform import access, clock, ids, once
from webapp.platform.access import SAK, needs
from webapp.platform.dates import oslo_date
from webapp.platform.forms import SHORT

bp = Blueprint("plan_veileder", __name__, url_prefix="/veileder/bruker/<uuid:bruker_id>/plan")


@bp.get("/")
@needs(SAK)
def hjem(bruker_id: UUID) -> ResponseReturnValue:
    """The same plan from Nav's side: what waits for Nav first, then Nav's own tasks, then all of it."""
    door = _door(bruker_id)
    planen = door.plan()
    agreed = [one for one in planen.steg if one.tilstand is Tilstand.AVTALT]
    shown = {
        "til_nav": {Tilstand.FORESLATT_BRUKER, Tilstand.IKKE_NYTTIG},
        "til_bruker": {Tilstand.FORESLATT_NAV},
        "pause": {Tilstand.PAUSE},
        "ferdig": {Tilstand.GJORT, Tilstand.AVSLUTTET, Tilstand.AVSLATT},
    }
    return door.page(
        "plan/veileder.html",
        plan=planen,
        navn={one.id: one for one in planen.mal},
        navs=[one for one in agreed if one.stand.ansvar == "nav"],
        avtalt=[one for one in agreed if one.stand.ansvar != "nav"],
        **{name: [one for one in planen.steg if one.tilstand in states] for name, states in shown.items()},
    )


@bp.route("/steg/nytt", methods=["GET", "POST"])
@needs(SAK)
def nytt_steg(bruker_id: UUID) -> ResponseReturnValue:
    """Propose something; filled in with the next step of a shared note when the address names its meeting (K8)."""
    door = _door(bruker_id)
    return sider.new_step(door, _from_note(door, ids.parse(request.args.get("mote", ""))))


@bp.get("/steg/<uuid:steg_id>")
@needs(SAK)
def steg(bruker_id: UUID, steg_id: UUID) -> ResponseReturnValue:
    """One step."""
    return sider.step(_door(bruker_id), steg_id)


@bp.route("/steg/<uuid:steg_id>/ja", methods=["GET", "POST"])
@needs(SAK)
def ja(bruker_id: UUID, steg_id: UUID) -> ResponseReturnValue:
    """Nav's yes."""
    return sider.yes(_door(bruker_id), steg_id)


@bp.route("/steg/<uuid:steg_id>/endre", methods=["GET", "POST"])
@needs(SAK)
def endre(bruker_id: UUID, steg_id: UUID) -> ResponseReturnValue:
    """Propose something else."""
    return sider.change_step(_door(bruker_id), steg_id)


@bp.route("/steg/<uuid:steg_id>/<hva>", methods=["GET", "POST"])
@needs(SAK)
def gjor(bruker_id: UUID, steg_id: UUID, hva: str) -> ResponseReturnValue:
    """What is done with a word on it."""
    return sider.with_words(_door(bruker_id), steg_id, hva)


@bp.route("/evaluering", methods=["GET", "POST"])
@needs(SAK)
def evaluering(bruker_id: UUID) -> ResponseReturnValue:
    """The day when both look at the plan again (P2)."""
    door = _door(bruker_id)
    part, planen = door.writer(), door.plan()
    form = Dagskjema(data={"dag": planen.evaluering.isoformat() if planen.evaluering else ""})
    if form.validate_on_submit():
        assert form.valgt is not None
        service.set_evaluation(part, form.valgt)
        utkast.forget()
        flash(_("Dagen er satt. Brukeren ser den i planen."), "bra")
        return door.back()
    return door.page("plan/evaluering.html", skjema=form, nokkel=once.key())


@bp.get("/historie")
@needs(SAK)
def historie(bruker_id: UUID) -> ResponseReturnValue:
    """Everything that happened (P3)."""
    return sider.history(_door(bruker_id))


@bp.get("/pa-dato")
@needs(SAK)
def pa_dato(bruker_id: UUID) -> ResponseReturnValue:
    """What was valid on a day: a vedtak may say «as agreed in the aktivitetsplan» (P4)."""
    return sider.on_day(_door(bruker_id))


def _from_note(door: Dor, mote_id: UUID) -> dict[str, str]:
    found = notat.next_step(door.kommune_id, door.bruker_id, door.seal, mote_id) if mote_id.int else None
    if found is None:
        return {}
    # A step is one line; a whole paragraph goes where the reasons are, so that nothing of it is lost.
    short = found.tiltak if len(found.tiltak) <= SHORT and "\n" not in found.tiltak else ""
    why = "\n".join(part for part in ("" if short else found.tiltak, found.mal) if part)
    ahead = found.frist is not None and rules.fault(found.frist, oslo_date(clock.now())) is None
    return {"hva": short, "hvorfor": why, "frist": found.frist.isoformat() if found.frist and ahead else ""}


def _door(bruker_id: UUID) -> Dor:
    sak = adgang.sak()
    part = Part.nav(access.ansatt(), sak) if sak.tildelt else None
    person = identitet.person(sak.kommune_id, sak.bruker_id, sak.seal)
    where = f"/veileder/bruker/{bruker_id}/plan"
    return Dor("veileder", where, sak.kommune_id, sak.bruker_id, sak.seal, part, person)
