"""The bruker's front page: what is new, and what waits for them now. One calm page, a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webapp import nytt as rom
from webapp import utkast
from webapp.identitet import service as identitet
from webapp.identitet import veilederen
from webapp.kartlegging import merknader, rules, temaside
from webapp.kartlegging import service as kartlegging
from webapp.kartlegging.models import Kartlegging
from webapp.kartlegging.skjema import Visning
from webapp.moter import lesing as moter
from webapp.moter import nytt
from webapp.platform import access, clock, dates, drafts
from webapp.platform.access import BRUKER, needs
from webapp.telefon import service as telefon

bp = Blueprint("hjem", __name__)
TELEFON_SVART = "medvirk-telefon"  # a cookie: whose phone this is, has been answered here (static/js/felles.js)


@dataclass(frozen=True, slots=True)
class Utkastlinje:
    """Text that was typed and not saved: where it belongs."""

    sti: str
    tittel: str | None


@bp.get("/")
@needs(BRUKER)
def hjem() -> ResponseReturnValue:
    """What waits for me now."""
    who = access.bruker()
    state = kartlegging.state(who.kommune_id, who.id)
    today = dates.oslo_date(clock.now())
    coming = moter.coming(who.kommune_id, who.id, who.seal, limit=5)
    told = rom.for_bruker(who.kommune_id, who.id, who.seal)
    return render_template(
        "hjem/hjem.html",
        navn=identitet.person(who.kommune_id, who.id, who.seal).profil.navn,
        kontakt=veilederen.contact(),
        state=state,
        fase=phase(state, today),
        sist=temaside.last_place(state),
        mini=state is not None and rules.mini_is_offered(state.mini_frist, state.tilbudt, today),
        i_mini=state is not None and state.visning == Visning.MINI,
        venter=merknader.waiting(who.kommune_id, who.id, who.seal) if state and state.venter_svar else [],
        i_rommene=[line for line in told if line.venter],
        nytt_i_rommene=[line for line in told if not line.venter],
        neste_mote=coming[0] if coming else None,
        nytt=nytt.news_for_bruker(who.kommune_id, who.id, who.seal, coming),
        utkast=_kept(who),
        idag=today,
        telefon_svart=request.cookies.get(TELEFON_SVART) == "1",
        hjemskjerm=telefon.asks(who, delivered=state is not None and state.levert is not None),
    )


def phase(state: Kartlegging | None, today: date) -> str:
    """Where the mapping stands, in one word for the page (K8): nothing, writing, or what follows a delivery.

    ``begynn`` · ``fortsett`` · ``samtale`` (one is due) · ``samtale_sen`` · ``plan`` · ``plan_sen`` · ``ferdig``
    """
    if state is None or (state.begynt is None and state.levert is None):
        return "begynn"
    if state.levert is None:
        return "fortsett"
    for name, deadline, done in (
        ("samtale", state.samtale_frist, state.samtale_holdt),
        ("plan", state.plan_frist, state.plan_fulgt),
    ):
        if done is None and deadline is not None:
            return f"{name}_sen" if deadline < today else name
    return "ferdig"


def _kept(who: access.Bruker) -> list[Utkastlinje]:
    lines = []
    for path in drafts.paths(who.kommune_id, ("bruker", who.id)):
        if not utkast.is_form_of_theirs(path):
            continue  # kept by an earlier version, where no page shows it
        first, _, rest = path.strip("/").partition("/")
        found = temaside.title(rest) if first == "kartlegging" else None
        lines.append(Utkastlinje(path, found[1] if found else None))
    return lines
