"""plan: the views of the bruker side."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.plan import forms, kartlegging, kopi, mal, rules, service, sider, versjoner
from webapp.plan.forms import Malskjema
from webapp.plan.innhold import Maal, Part, Steg
from webapp.plan.rules import Tilstand
from webapp.plan.sider import Dor
from webapp.platform import access, attempts, clock, once, pdf
from webapp.platform.access import BRUKER, needs
from webapp.platform.dates import oslo_date
from webapp.platform.forms import Skjema

bp = Blueprint("plan_bruker", __name__, url_prefix="/plan")


@bp.get("/")
@needs(BRUKER)
def hjem() -> ResponseReturnValue:
    """What must I do this week first; then what waits for my answer, what Nav does, and my goals."""
    door, today = _door(), oslo_date(clock.now())
    planen = door.plan()
    agreed = [one for one in planen.steg if one.tilstand is Tilstand.AVTALT]
    mine = [one for one in agreed if one.stand.ansvar == "bruker"]
    week = [one for one in mine if _this_week(one)]
    return door.page(
        "plan/hjem.html",
        plan=planen,
        denne_uka=week,
        senere=[one for one in mine if one not in week],
        navs=[one for one in agreed if one.stand.ansvar == "nav"],
        andres=[one for one in agreed if one.stand.ansvar == "andre"],
        til_meg=[one for one in planen.steg if one.tilstand is Tilstand.FORESLATT_NAV],
        venter=[
            one
            for one in planen.steg
            if one.tilstand in {Tilstand.FORESLATT_BRUKER, Tilstand.IKKE_NYTTIG, Tilstand.AVSLATT}
        ],
        pause=[one for one in planen.steg if one.tilstand is Tilstand.PAUSE],
        ferdig=[one for one in planen.steg if one.tilstand in {Tilstand.GJORT, Tilstand.AVSLUTTET}],
        mal=_tree(planen.mal),
        sondag=rules.end_of_week(today),
    )


@bp.route("/steg/nytt", methods=["GET", "POST"])
@needs(BRUKER)
def nytt_steg() -> ResponseReturnValue:
    """Propose something."""
    return sider.new_step(_door())


@bp.get("/steg/<uuid:steg_id>")
@needs(BRUKER)
def steg(steg_id: UUID) -> ResponseReturnValue:
    """One step."""
    return sider.step(_door(), steg_id)


@bp.route("/steg/<uuid:steg_id>/ja", methods=["GET", "POST"])
@needs(BRUKER)
def ja(steg_id: UUID) -> ResponseReturnValue:
    """Yes."""
    return sider.yes(_door(), steg_id)


@bp.route("/steg/<uuid:steg_id>/endre", methods=["GET", "POST"])
@needs(BRUKER)
def endre(steg_id: UUID) -> ResponseReturnValue:
    """Propose something else."""
    return sider.change_step(_door(), steg_id)


@bp.route("/steg/<uuid:steg_id>/<hva>", methods=["GET", "POST"])
@needs(BRUKER)
def gjor(steg_id: UUID, hva: str) -> ResponseReturnValue:
    """What is done with a word on it."""
    return sider.with_words(_door(), steg_id, hva)


@bp.route("/mal/nytt", methods=["GET", "POST"], defaults={"over": None})
@bp.route("/mal/<uuid:over>/delmal", methods=["GET", "POST"])
@needs(BRUKER)
def nytt_mal(over: UUID | None) -> ResponseReturnValue:
    """A goal, or a part of one."""
    door, form = _door(), Malskjema()
    above = _goal(door, over) if over else None
    if above is not None and above.overordnet_id is not None:
        abort(404)
    if form.validate_on_submit():
        try:
            mal.add(door.writer(), once.row_id(), form.tekst.data or "", over)
        except service.Full:
            form.form_errors = [_("Det er for mange mål i planen. Endre et av dem i stedet.")]
        else:
            utkast.forget()
            flash(_("Målet står i planen din."), "bra")
            return door.back()
    return door.page("plan/mal.html", skjema=form, mal=None, over=above, nokkel=once.key())


@bp.route("/mal/<uuid:mal_id>", methods=["GET", "POST"])
@needs(BRUKER)
def endre_mal(mal_id: UUID) -> ResponseReturnValue:
    """Other words for a goal; reached, put away, taken up again."""
    door = _door()
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


@bp.route("/kjenn", methods=["GET", "POST"])
@needs(BRUKER)
def kjenn() -> ResponseReturnValue:
    """What changed since the version the bruker knows, and that they know the present one (P4)."""
    door, form, status = _door(), Skjema(), 200
    if form.validate_on_submit():
        try:
            service.confirm(door.writer(), forms.version(request.form.get("versjon")))
        except rules.Changed:
            form.form_errors, status = [_("Planen er endret siden du åpnet siden. Se over det som er nytt.")], 409
        else:
            flash(_("Takk. Det er notert at du kjenner planen."), "bra")
            return door.back()
    planen = door.plan()
    if not planen.versjon:
        return door.back()
    found = versjoner.numbered(door.kommune_id, door.bruker_id, door.seal, {planen.kjent, planen.versjon})
    page = door.page(
        "plan/kjenn.html",
        skjema=form,
        plan=planen,
        versjon=found[planen.versjon],
        endringer=versjoner.differences(found.get(planen.kjent), found[planen.versjon]),
    )
    return page, status


@bp.route("/fra-kartleggingen", methods=["GET", "POST"])
@needs(BRUKER)
def fra_kartleggingen() -> ResponseReturnValue:
    """Take a wish, or help you need, into the plan with one tap. Never by itself (K4)."""
    door, form = _door(), Skjema()
    if form.validate_on_submit():
        try:
            offer = kartlegging.take(door.writer(), request.form.get("kilde", ""))
        except kartlegging.NotThere:
            form.form_errors = [_("Dette står ikke i den siste kartleggingen din. Se over listen.")]
        except service.Full:
            form.form_errors = [_("Det er for mange steg i planen. Avslutt noe først.")]
        else:
            said = _("Målet står i planen din.") if offer.slag == "mal" else _("Forslaget er sendt til Nav.")
            flash(said, "bra")
            return redirect(url_for(".fra_kartleggingen"), 303)
    return door.page("plan/kartlegging.html", skjema=form, tilbud=kartlegging.offers(door.writer()))


@bp.get("/historie")
@needs(BRUKER)
def historie() -> ResponseReturnValue:
    """Everything that happened (P3)."""
    return sider.history(_door())


@bp.get("/pa-dato")
@needs(BRUKER)
def pa_dato() -> ResponseReturnValue:
    """What was valid on a day (P4)."""
    return sider.on_day(_door())


@bp.get("/plan.ics")
@needs(BRUKER)
def ics() -> ResponseReturnValue:
    """Every day in the plan, for the phone's calendar (S6)."""
    return Response(
        kopi.plan_ics(_door().plan()),
        mimetype="text/calendar",
        headers={"Content-Disposition": 'attachment; filename="avtaler.ics"'},
    )


@bp.get("/plan.pdf")
@needs(BRUKER)
def som_pdf() -> ResponseReturnValue:
    """The plan as a copy to keep (S3)."""
    door = _door()
    attempts.count_pdf(door.bruker_id)
    try:
        made = kopi.plan_pdf(door.plan())
    except pdf.PdfError:  # the page has the same, and can be printed
        flash(_("Vi fikk ikke laget PDF-en. Skriv ut siden i stedet."), "feil")
        return door.back()
    return Response(
        made, mimetype="application/pdf", headers={"Content-Disposition": 'attachment; filename="plan.pdf"'}
    )


def _door() -> Dor:
    who = access.bruker()
    return Dor("bruker", "/plan", who.kommune_id, who.id, who.seal, Part.bruker(who))


def _goal(door: Dor, mal_id: UUID) -> Maal:
    try:
        return door.plan().goal(mal_id)
    except service.NotHere:
        abort(404)


def _this_week(one: Steg) -> bool:
    said, today = one.forslag, oslo_date(clock.now())
    return said.frist is not None and rules.this_week(said.start, said.frist, said.hvor_ofte, today)


def _tree(goals: list[Maal]) -> list[tuple[Maal, list[Maal]]]:
    shown = [one for one in goals if one.tilstand != "lagt_bort"]
    there = {one.id for one in shown}
    top = [one for one in shown if one.overordnet_id not in there]
    return [(one, [under for under in shown if under.overordnet_id == one.id]) for one in top]
