"""vilkar: the bruker's views. What must I do, by when, why; do I understand it; I have done it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import service as identitet
from webapp.identitet import veilederen
from webapp.plan import kobling
from webapp.platform import access, clock, ids, languages, once, prefetch
from webapp.platform.access import BRUKER, needs
from webapp.platform.dates import oslo_date
from webapp.vedlegg import service as vedlegg
from webapp.vedlegg import skjema as vedleggsskjema
from webapp.vilkar import brukerskjema, enkelt, forstaelse, lesing, rules, sjekk, tekst
from webapp.vilkar.brukerskjema import Gjortskjema, Sjekkskjema, Svarskjema
from webapp.vilkar.forms import UTFALL
from webapp.vilkar.grunnlag import NotHere
from webapp.vilkar.rules import Handling, Tilstand

bp = Blueprint("vilkar_bruker", __name__)
bp.add_app_template_filter(tekst.html, "vilkarord")
bp.add_app_template_filter(tekst.plain, "vilkarrent")


@bp.get("/vilkar/")
@needs(BRUKER)
def liste() -> ResponseReturnValue:
    """What is asked of me now, and what was."""
    who = access.bruker()
    return render_template(
        "vilkar/liste.html",
        vilkar=lesing.all_of(who.kommune_id, who.id, who.seal),
        utfall=dict(UTFALL),
        i_dag=oslo_date(clock.now()),
    )


@bp.route("/vilkar/<uuid:vilkar_id>", methods=["GET", "POST"])
@needs(BRUKER)
def vilkar(vilkar_id: UUID) -> ResponseReturnValue:
    """One vilkår. Opening it is the evidence that it was shown (F3); below it the bruker says what they make of it."""
    who, whole = access.bruker(), _mine(vilkar_id)
    if prefetch.ahead():  # shown later without a new request, it would have been read and not be counted
        return Response(status=503)
    shown = whole.na.tekst(languages.current())
    last = whole.siste
    form, status = Svarskjema(data=brukerskjema.about(last)), 200
    if form.validate_on_submit():
        asked = (form.sporsmal.data or "").strip()
        try:
            forstaelse.say(
                who,
                vilkar_id,
                ids.parse(request.form.get("versjon_id", "")),
                once.row_id(),
                svar=form.svar.data,
                sporsmal=asked,
                uenig=form.disagrees(),
                uenig_fordi=(form.uenig_fordi.data or "").strip(),
            )
        except forstaelse.Changed:
            # The new text is on this page now; what is sent from it is about that one.
            form.form_errors.append(_("Teksten er ny. Les den, og svar én gang til. Det du skrev, står her fortsatt."))
            status = 409
        except rules.NotPossible:
            form.form_errors.append(_("Dette gjelder ikke lenger, så du trenger ikke å svare."))
            status = 409
        else:
            utkast.forget()
            understood = form.svar.data == "forstar"
            if not understood or (asked and (last is None or last.sporsmal != asked)):
                flash(
                    veilederen.said(
                        _("Takk. Veilederen din ser at du trenger hjelp, og tar kontakt."),
                        _("Takk. Nav-kontoret ser at du trenger hjelp, og tar kontakt."),
                    ),
                    "bra",
                )
            return redirect(f"/vilkar/{vilkar_id}/sjekk" if understood else f"/vilkar/{vilkar_id}", 303)
    if request.method != "HEAD":  # also after a POST: in another language, or because the text is new
        forstaelse.shown(who, vilkar_id, whole.na.id, shown, request.user_agent.string)
    reached = lesing.shown_first(who.kommune_id, who.id).get(vilkar_id)
    page = render_template(
        "vilkar/vilkar.html",
        helt=whole,
        tekst=shown,
        norsk=whole.na.tekst(languages.SOURCE),
        forklart=enkelt.forklart(whole.na.innhold, whole.na.frist),
        siste=last,
        klagefrist=lesing.last_day_to_appeal(whole.na.rammer.klagefrist, reached),
        i_dag=oslo_date(clock.now()),
        steg=kobling.one(who.kommune_id, who.id, who.seal, tied) if (tied := whole.vilkar.aktivitet_id) else None,
        mulig={handling.value for handling in rules.possible(Tilstand(whole.vilkar.tilstand), "bruker")},
        skjema=form,
        nokkel=once.key(),
        kontor=identitet.kontor(who.kommune_id, who.kontor_id),
        utfall=dict(UTFALL),
        svar=dict(brukerskjema.SVAR),
        har_utkast=utkast.waiting(),
    )
    return page, status


@bp.route("/vilkar/<uuid:vilkar_id>/sjekk", methods=["GET", "POST"])
@needs(BRUKER)
def kontroll(vilkar_id: UUID) -> ResponseReturnValue:
    """F2: one or two questions. What the text did not get across is explained again; nothing is right or wrong."""
    who, whole = access.bruker(), _mine(vilkar_id)
    last, now = whole.siste, whole.na
    if last is None or Handling.SVAR not in rules.possible(Tilstand(whole.vilkar.tilstand), "bruker"):
        return redirect(f"/vilkar/{vilkar_id}", 303)
    asked = sjekk.questions(now.frist, konsekvens=now.innhold.konsekvens_oppgitt, slag=whole.vilkar.slag)
    form = Sjekkskjema()
    if form.validate_on_submit():
        answers = form.answers()
        missed = sjekk.not_understood(asked, answers)
        try:
            forstaelse.say(
                who,
                vilkar_id,
                ids.parse(request.form.get("versjon_id", "")),
                once.row_id(),
                svar=last.svar,
                sporsmal=last.sporsmal,
                uenig=last.uenig,
                uenig_fordi=last.uenig_fordi,
                sjekk={one.id: {"svar": answers.get(one.id, ""), "forklart": one.id in missed} for one in asked},
                trenger_hjelp=bool(missed),
            )
        except (forstaelse.Changed, rules.NotPossible):
            flash(_("Teksten er ny. Les den først."), "obs")
            return redirect(f"/vilkar/{vilkar_id}", 303)
        if not missed:
            flash(_("Takk. Da har vi forklart det godt nok."), "bra")
            return redirect(f"/vilkar/{vilkar_id}", 303)
        return render_template("vilkar/forklart.html", helt=whole, tekst=now.tekst(languages.current()), igjen=missed)
    return render_template(
        "vilkar/sjekk.html",
        helt=whole,
        skjema=form,
        sporsmal=asked,
        konsekvens=sjekk.KONSEKVENS,
        dag=date.fromisoformat,
        nokkel=once.key(),
    )


@bp.route("/vilkar/<uuid:vilkar_id>/gjort", methods=["GET", "POST"])
@needs(BRUKER)
def gjort(vilkar_id: UUID) -> ResponseReturnValue:
    """«Gjort», with a word. The veileder answers."""
    elsewhere = vedleggsskjema.vil_legge_ved()
    if elsewhere is not None:
        return elsewhere
    who, whole, form, status = access.bruker(), _mine(vilkar_id), Gjortskjema(), 200
    if form.validate_on_submit():
        words = (form.tekst.data or "").strip()
        try:
            forstaelse.report(who, vilkar_id, once.row_id(), words, vedleggsskjema.valgte(), request.path)
        except (vedlegg.NotHere, vedlegg.ForMange):
            form.form_errors.append(vedleggsskjema.borte())
        except rules.NotPossible:
            form.form_errors.append(_("Dette gjelder ikke lenger, så du trenger ikke å svare."))
            status = 409
        else:
            utkast.forget()
            flash(
                veilederen.said(
                    _("Lagret. Veilederen din ser at du har sagt fra."),
                    _("Lagret. Nav-kontoret ser at du har sagt fra."),
                ),
                "bra",
            )
            return redirect(f"/vilkar/{vilkar_id}", 303)
    page = render_template(
        "vilkar/gjort.html",
        helt=whole,
        skjema=form,
        nokkel=once.key(),
        vedlegg=vedleggsskjema.felt(vedlegg.eier(who)),
        har_utkast=utkast.waiting(),
    )
    return page, status


def _mine(vilkar_id: UUID) -> lesing.Helt:
    who = access.bruker()
    try:
        return lesing.whole(who.kommune_id, who.id, who.seal, vilkar_id)
    except NotHere:
        abort(404)
