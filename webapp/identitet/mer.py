"""The bruker's own corner: codes on paper, sign-ins, and what Medvirk is."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp.identitet import koder, okter, passnokler, veilederen
from webapp.identitet import palogginger as innlogget
from webapp.identitet.forms import Knapp
from webapp.platform import access, clock
from webapp.platform.access import BRUKER, OPEN, button, needs

bp = Blueprint("identitet_mer", __name__)

SIST_VURDERT = date(2026, 11, 29)  # when docs/universell-utforming.md was last gone through


@bp.get("/mer")
@needs(BRUKER)
def mer() -> ResponseReturnValue:
    """What else there is, and whom to turn to."""
    return render_template("identitet/mer.html", kontakt=veilederen.contact())


@bp.get("/om")
@needs(OPEN)
def om() -> ResponseReturnValue:
    """What this is and who reads, for anybody."""
    return render_template("identitet/om.html")


@bp.get("/tilgjengelighet")
@needs(OPEN)
def tilgjengelighet() -> ResponseReturnValue:
    """A draft of the tilgjengelighetserklæring. The kommune completes it and registers its own with the state."""
    return render_template("identitet/tilgjengelighet.html", vurdert=SIST_VURDERT)


@bp.route("/mer/koder", methods=["GET", "POST"])
@needs(BRUKER)
def kodeark() -> ResponseReturnValue:
    """Make a sheet of one-time codes; they are shown once, here."""
    who = access.bruker()
    form = Knapp()
    may = passnokler.may_add(who)
    codes = koder.new_sheet(who) if form.validate_on_submit() and may else []
    return render_template(
        "identitet/koder.html",
        form=form,
        koder=codes,
        ark=koder.sheet(who),
        laget=clock.now(),
        kan_lage=may,
        adresse=f"{okter.settings().origin.split('://')[1]}/inn",
    )


@bp.get("/mer/palogginger")
@needs(BRUKER)
def palogginger() -> ResponseReturnValue:
    """Mine pålogginger."""
    return innlogget.page(access.bruker())


@bp.post("/mer/palogginger/okt/<uuid:okt_id>")
@needs(BRUKER)
@button("identitet_mer.palogginger")
def avslutt(okt_id: UUID) -> ResponseReturnValue:
    """End a session."""
    return innlogget.end_session(access.bruker(), okt_id)


@bp.post("/mer/palogginger/nokkel/<uuid:passnokkel_id>")
@needs(BRUKER)
@button("identitet_mer.palogginger")
def fjern(passnokkel_id: UUID) -> ResponseReturnValue:
    """Remove a passkey."""
    return innlogget.remove_key(access.bruker(), passnokkel_id)
