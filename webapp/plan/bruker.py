"""plan: the views of the bruker side."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.plan import brukermal, forms, kartlegging, kopi, rules, service, sider, versjoner
from webapp.plan.innhold import Steg
from webapp.plan.rules import Tilstand
from webapp.platform import attempts, clock, nedlasting, pdf
from webapp.platform.access import BRUKER, needs
from webapp.platform.dates import oslo_date
from webapp.platform.forms import Skjema

bp = Blueprint("plan_bruker", __name__, url_prefix="/plan")
bp.register_blueprint(brukermal.bp)


@bp.get("/")
@needs(BRUKER)
def hjem() -> ResponseReturnValue:
    """What must I do this week first; then what waits for my answer, what Nav does, and my goals."""
    door, today = sider.bruker_door(), oslo_date(clock.now())
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
        mal=brukermal.tree(planen.mal),
        sondag=rules.end_of_week(today),
    )


@bp.route("/steg/nytt", methods=["GET", "POST"])
@needs(BRUKER)
def nytt_steg() -> ResponseReturnValue:
    """Propose something."""
    return sider.new_step(sider.bruker_door())


@bp.get("/steg/<uuid:steg_id>")
@needs(BRUKER)
def steg(steg_id: UUID) -> ResponseReturnValue:
    """One step."""
    return sider.step(sider.bruker_door(), steg_id)


@bp.route("/steg/<uuid:steg_id>/ja", methods=["GET", "POST"])
@needs(BRUKER)
def ja(steg_id: UUID) -> ResponseReturnValue:
    """Yes."""
    return sider.yes(sider.bruker_door(), steg_id)


@bp.route("/steg/<uuid:steg_id>/endre", methods=["GET", "POST"])
@needs(BRUKER)
def endre(steg_id: UUID) -> ResponseReturnValue:
    """Propose something else."""
    return sider.change_step(sider.bruker_door(), steg_id)


@bp.route("/steg/<uuid:steg_id>/<hva>", methods=["GET", "POST"])
@needs(BRUKER)
def gjor(steg_id: UUID, hva: str) -> ResponseReturnValue:
    """What is done with a word on it."""
    return sider.with_words(sider.bruker_door(), steg_id, hva)


@bp.route("/kjenn", methods=["GET", "POST"])
@needs(BRUKER)
def kjenn() -> ResponseReturnValue:
    """What changed since the version the bruker knows, and that they know the present one (P4)."""
    door, form, status = sider.bruker_door(), Skjema(), 200
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
    door, form = sider.bruker_door(), Skjema()
    if form.validate_on_submit():
        try:
            offer = kartlegging.take(door.writer(), request.form.get("kilde", ""))
        except kartlegging.NotThere:
            form.form_errors = [_("Dette står ikke i den siste kartleggingen din. Se over listen.")]
        except service.Full:
            form.form_errors = [_("Det er for mange steg i planen. Endre et av dem i stedet.")]
        else:
            said = _("Målet står i planen din.") if offer.slag == "mal" else _("Forslaget er sendt til Nav.")
            flash(said, "bra")
            return redirect(url_for(".fra_kartleggingen"), 303)
    return door.page("plan/kartlegging.html", skjema=form, tilbud=kartlegging.offers(door.writer()))


@bp.get("/historie")
@needs(BRUKER)
def historie() -> ResponseReturnValue:
    """Everything that happened (P3)."""
    return sider.history(sider.bruker_door())


@bp.get("/pa-dato")
@needs(BRUKER)
def pa_dato() -> ResponseReturnValue:
    """What was valid on a day (P4)."""
    return sider.on_day(sider.bruker_door())


@bp.get("/plan.ics")
@needs(BRUKER)
def ics() -> ResponseReturnValue:
    """Every day in the plan, for the phone's calendar (S6)."""
    door = sider.bruker_door()
    return Response(
        kopi.plan_ics(door.bruker_id, door.seal, door.plan()),
        mimetype="text/calendar",
        headers=nedlasting.headers("ics"),
    )


@bp.get("/plan.pdf")
@needs(BRUKER)
def som_pdf() -> ResponseReturnValue:
    """The plan as a copy to keep (S3)."""
    door = sider.bruker_door()
    attempts.count_pdf(door.bruker_id)
    try:
        made = kopi.plan_pdf(door.plan())
    except pdf.PdfError:  # the page has the same, and can be printed
        flash(_("Vi fikk ikke laget PDF-en. Skriv ut siden i stedet."), "feil")
        return door.back()
    return Response(made, mimetype="application/pdf", headers=nedlasting.headers("pdf"))


def _this_week(one: Steg) -> bool:
    said, today = one.forslag, oslo_date(clock.now())
    return said.frist is not None and rules.this_week(said.start, said.frist, said.hvor_ofte, today)
