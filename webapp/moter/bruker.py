"""moter: the views of the bruker side."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import service as identitet
from webapp.identitet import veilederen
from webapp.kartlegging.skjema.samtalenotat import PUNKTER
from webapp.moter import kalender, kommentar, kopi, lesing, notat, rules, stemme
from webapp.moter.forms import FORMER, Dagsordenskjema, Kommentarskjema, Vurderingsskjema
from webapp.moter.lesing import Motet
from webapp.moter.rules import Handling
from webapp.platform import access, attempts, nedlasting, once, paging, pdf
from webapp.platform.access import BRUKER, needs
from webapp.platform.datotekst import typed_day
from webapp.platform.forms import kept_fields

bp = Blueprint("moter_bruker", __name__)


@bp.get("/moter/")
@needs(BRUKER)
def liste() -> ResponseReturnValue:
    """S4: every meeting about the bruker, coming ones first."""
    who = access.bruker()
    before = paging.moment_key(request.args.get("for"))
    coming = lesing.coming(who.kommune_id, who.id, who.seal) if before is None else []
    earlier = lesing.earlier(who.kommune_id, who.id, who.seal, before=before)
    shared = notat.shared_meetings(who.kommune_id, [mote.id for mote in earlier.moter])
    return render_template(
        "moter/liste.html",
        kommende=coming,
        tidligere=earlier.moter,
        neste=paging.key_of_moment(earlier.neste),
        delte=shared,
        former=dict(FORMER),
        forste=before is None,
    )


@bp.route("/moter/<uuid:mote_id>", methods=["GET", "POST"])
@needs(BRUKER)
def mote(mote_id: UUID) -> ResponseReturnValue:
    """One meeting, and «dette vil jeg ta opp» before it."""
    who, motet = access.bruker(), _mine(mote_id)
    agenda = stemme.agenda(who.kommune_id, who.id, who.seal, mote_id)
    merke, other = request.form.get("merke", agenda.merke), None
    form = Dagsordenskjema(data={"tekst": agenda.tekst})
    # Kept from a page that was older than what stands here (a phone without network): both texts are shown.
    if form.restored and (kept_fields() or {}).get("merke", [""]) != [agenda.merke] and agenda.tekst:
        other = agenda
    if form.validate_on_submit():
        try:
            stemme.set_agenda(who, mote_id, form.tekst.data or "", merke)
            utkast.forget()
            flash(
                veilederen.said(_("Lagret. Veilederen din kan lese det."), _("Lagret. Nav-kontoret kan lese det.")),
                "bra",
            )
            return redirect(url_for(".mote", mote_id=mote_id), 303)
        except stemme.Changed as changed:
            other, merke = changed.other, changed.other.merke
        except rules.NotPossible:
            form.form_errors = [
                _("Møtet er ferdig, så teksten kan ikke endres. Kopier det du skrev, om du vil ta vare på det.")
            ]
    return (
        render_template(
            "moter/mote.html",
            mote=motet,
            kan_ta_opp=Handling.TA_OPP in motet.mulig("bruker") or bool(form.form_errors),
            kan_vurdere=Handling.VURDER in motet.mulig("bruker"),
            agenda=agenda,
            skjema=form,
            merke=merke,
            annen=other,
            notat_delt=notat.shared_meetings(who.kommune_id, [mote_id]).get(mote_id),
            vurdering=stemme.rating(who.kommune_id, who.id, who.seal, mote_id),
            kontor=identitet.kontor(who.kommune_id, who.kontor_id),
            former=dict(FORMER),
            har_utkast=utkast.waiting(),
        ),
        # Opening what was kept is no conflict by itself: nothing was sent.
        409 if other and form.is_submitted() else 200,
    )


@bp.get("/moter/<uuid:mote_id>.ics")
@needs(BRUKER)
def ics(mote_id: UUID) -> ResponseReturnValue:
    """The meeting for the phone's calendar."""
    return kalender.ics(access.bruker().seal, _mine(mote_id))


@bp.route("/moter/<uuid:mote_id>/notat", methods=["GET", "POST"])
@needs(BRUKER)
def les_notat(mote_id: UUID) -> ResponseReturnValue:
    """The shared note, every version of it, and the bruker's comments."""
    who, motet = access.bruker(), _mine(mote_id)
    form = Kommentarskjema()
    if form.validate_on_submit():
        try:
            older = kommentar.comment(who, mote_id, once.row_id(), form.tekst.data or "", form.til())
        except (lesing.NotHere, rules.NotPossible):  # no note is shared of it: there is no such page
            abort(404)
        utkast.forget()
        flash(
            veilederen.said(
                _("Kommentaren din står sammen med notatet. Veilederen din kan lese den."),
                _("Kommentaren din står sammen med notatet. Nav-kontoret kan lese den."),
            ),
            "bra",
        )
        if older is not None:
            flash(_("Du skrev dette til utgave %(nr)s av notatet. Det er delt en nyere utgave.", nr=older), "obs")
        return redirect(url_for(".les_notat", mote_id=mote_id, _anchor="kommentarer"), 303)
    versions = notat.shared(who.kommune_id, who.id, who.seal, mote_id)
    if not versions:
        abort(404)
    return render_template(
        "moter/notat.html",
        mote=motet,
        versjoner=versions,
        punkter=PUNKTER,
        dag=typed_day,
        skjema=form,
        til=_about(form, versions),
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
        kan_vurdere=Handling.VURDER in motet.mulig("bruker"),
        vurdering=stemme.rating(who.kommune_id, who.id, who.seal, mote_id),
    )


@bp.get("/moter/<uuid:mote_id>/notat.pdf")
@needs(BRUKER)
def notat_pdf(mote_id: UUID) -> ResponseReturnValue:
    """The latest shared note as a copy to keep (S3)."""
    who, motet = access.bruker(), _mine(mote_id)
    versions = notat.shared(who.kommune_id, who.id, who.seal, mote_id)
    if not versions:
        abort(404)
    attempts.count_pdf(who.id)
    try:
        made = kopi.note_pdf(motet, versions[0])
    except pdf.PdfError:  # the page has the same, and can be printed
        flash(_("Vi fikk ikke laget PDF-en. Skriv ut siden i stedet."), "feil")
        return redirect(url_for(".les_notat", mote_id=mote_id), 303)
    return Response(made, mimetype="application/pdf", headers=nedlasting.headers("pdf"))


@bp.route("/moter/<uuid:mote_id>/vurdering", methods=["GET", "POST"])
@needs(BRUKER)
def vurdering(mote_id: UUID) -> ResponseReturnValue:
    """S4: how was this meeting for you? Can be said again; the latest counts."""
    who, motet = access.bruker(), _mine(mote_id)
    if Handling.VURDER not in motet.mulig("bruker"):
        abort(404)
    before = stemme.rating(who.kommune_id, who.id, who.seal, mote_id)
    form = Vurderingsskjema(data={"ansikt": str(before.ansikt), "tekst": before.tekst} if before else {})
    if form.validate_on_submit():
        stemme.rate(who, mote_id, once.row_id(), int(form.ansikt.data), form.tekst.data or "")
        utkast.forget()
        flash(
            veilederen.said(
                _("Takk. Veilederen din kan se det du svarte."), _("Takk. Nav-kontoret kan se det du svarte.")
            ),
            "bra",
        )
        return redirect(url_for(".mote", mote_id=mote_id), 303)
    return render_template(
        "moter/vurdering.html",
        mote=motet,
        skjema=form,
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
    )


def _about(form: Kommentarskjema, versions: list[notat.Delt]) -> notat.Delt:
    """The version that the form's words are about: they may have been written when an older one was the latest."""
    written = (form.tekst.data or "").strip()
    return next((one for one in versions if written and one.versjon == form.til()), versions[0])


def _mine(mote_id: UUID) -> Motet:
    who = access.bruker()
    try:
        return lesing.one(who.kommune_id, who.id, who.seal, mote_id)
    except lesing.NotHere:
        abort(404)
