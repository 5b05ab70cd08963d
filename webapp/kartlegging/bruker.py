"""Filling in: the start page, the pages of questions, saving while typing, and choosing between two texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _

from webapp.kartlegging import forms, kladd, rules, service, temaside, versjoner
from webapp.kartlegging.assistanse import type_for, writer
from webapp.kartlegging.forms import Sendt
from webapp.kartlegging.lagring import Endring, Lagret
from webapp.kartlegging.service import Temastand, Utfylt
from webapp.kartlegging.skjema import SKJEMA, Visning
from webapp.kartlegging.temaside import Rute, Sidetema
from webapp.platform import access, clock, dates, drafts, languages
from webapp.platform.access import BRUKER, button, needs
from webapp.platform.draft_parts import SIDE
from webapp.platform.forms import draft_page, kept_fields

bp = Blueprint("kartlegging_bruker", __name__)

TEMA_IDER = frozenset(tema.id for tema in SKJEMA.temaer) | {temaside.MINI}
ALLE_VISNINGER = frozenset(visning.value for visning in Visning)
VISNINGER = (Visning.SCREENING, Visning.KORT, Visning.FULL)


@bp.get("/kartlegging/")
@needs(BRUKER)
def start() -> ResponseReturnValue:
    """K2: purpose, who reads, and that it is voluntary, before the first question; then the themes."""
    who = access.bruker()
    state = service.state(who.kommune_id, who.id)
    answers = service.all_answers(who.kommune_id, who.id, who.seal)
    visning = Visning(state.visning if state else service.offered_view(who.kommune_id, who.id, who.seal))
    if visning is Visning.MINI:
        visning = Visning.FULL
    today = dates.oslo_date(clock.now())
    delivered = state.siste_levering_id if state else None
    return render_template(
        "kartlegging/start.html",
        state=state,
        nummer=versjoner.number(who.kommune_id, who.id, delivered) if delivered else None,
        skrevet_siden=state is not None and rules.written_since(state.levert, state.endret),
        i_dag=today,
        visning=visning,
        visninger=VISNINGER,
        antall={view: sum(len(tema.sporsmal) for tema in SKJEMA.visning(view)) for view in VISNINGER},
        temaer=temaside.theme_list(visning, answers),
        sist=temaside.last_place(state),
        mini=state is not None and rules.mini_is_offered(state.mini_frist, state.tilbudt, today),
        i_mini=state is not None and state.visning == Visning.MINI,
    )


@bp.post("/kartlegging/visning")
@needs(BRUKER)
@button("kartlegging_bruker.start")
def visning() -> ResponseReturnValue:
    """K3: another selection of the same questions. Nothing that is answered goes away."""
    who = access.bruker()
    chosen = request.form.get("visning", "")
    if chosen not in ALLE_VISNINGER or not service.choose_view(who.kommune_id, who.id, who.seal, chosen):
        abort(400)
    if request.form.get("begynn") and chosen != Visning.MINI:
        return redirect(url_for(".tema", tema_id=SKJEMA.visning(Visning(chosen))[0].id), 303)
    mini = url_for(".tema", tema_id=temaside.MINI)
    return redirect(mini if chosen == Visning.MINI else url_for(".start", _anchor="temaer"), 303)


@bp.post("/kartlegging/skriver")
@needs(BRUKER)
@button("kartlegging_bruker.start", back="neste")
def skriver() -> ResponseReturnValue:
    """K1: says who types from now on."""
    who = access.bruker()
    chosen = request.form.get("skriver", "")
    if chosen not in {"bruker", "hjelper", "ansatt"}:
        abort(400)
    type_for(who, None if chosen == "bruker" else chosen)
    flash(_("Takk. Vi skriver ned hvem som har skrevet."), "bra")
    return redirect(languages.local_path(request.form.get("neste"), url_for(".start")), 303)


@bp.route("/kartlegging/<tema_id>", methods=["GET", "POST"])
@needs(BRUKER)
def tema(tema_id: str) -> ResponseReturnValue:
    """One theme, or all of the mini-mapping. Whatever button is pressed, everything on the page is saved first."""
    who = access.bruker()
    stand, answers, page = _read(who, tema_id)
    panes = temaside.panes(answers, check=request.args.get("tilbake") == "se-over")
    if request.method == "GET":
        kept = kept_fields() if request.args.get("utkast") else None
        return _show(page, stand, panes) if kept is None else _apply_kept(who, page, stand, panes, kept)
    sent = forms.read_form(list(request.form), request.form.getlist, page.ider)
    sent = kladd.said_by_page(sent, request.form.get)
    if not g.form_key_ok:
        return _show(page, stand, temaside.sent_panes(panes, sent.endringer), sent=sent, stale=True), 400
    changes = _as_asked(sent, answers, page)
    saved = service.save(who.kommune_id, who.id, who.seal, writer(who, request.form), _within(tema_id), changes)
    if saved.feil or sent.ukjent:
        return _show(page, stand, temaside.sent_panes(panes, sent.endringer, saved), sent=sent), 422
    return redirect(_onwards(page, saved), 303)


@bp.post("/kartlegging/<tema_id>/lagre")
@needs(BRUKER)
def lagre(tema_id: str) -> ResponseReturnValue:
    """Saving while typing: the contract is in static/js/lagring.js."""
    who = access.bruker()
    if tema_id not in TEMA_IDER:
        abort(404)
    if not request.is_json:
        abort(415)
    try:
        changes = forms.read_json(request.get_json())
    except RecursionError:
        abort(400)
    except forms.Unreadable as refused:
        return _refused(refused.felt)
    saved = service.save(who.kommune_id, who.id, who.seal, writer(who), _within(tema_id), changes)
    if saved.feil:
        return _refused(saved.feil)
    return jsonify(
        lagret=dates.clock_time(saved.tid),
        felt={ident: {"versjon": versjon, "merke": merke} for ident, (versjon, merke) in saved.felt.items()},
        konflikt=saved.konflikt,
        konflikt_url=_choose_url(saved.konflikt[0]) if saved.konflikt else None,
    )


def _read(who: access.Bruker, tema_id: str) -> tuple[Temastand, dict[str, Utfylt], Sidetema]:
    if tema_id not in TEMA_IDER:
        abort(404)
    stand, answers = service.theme_page(who.kommune_id, who.id, who.seal, _within(tema_id), request.path)
    if tema_id == temaside.MINI:
        if stand.siste_levering_id is None:
            abort(404)  # there is nothing earlier to say «fortsatt slik» to
        return stand, answers, temaside.mini_page()
    view = Visning(stand.visning or service.offered_view(who.kommune_id, who.id, who.seal))
    # K3: «vis alle spørsmål i dette temaet» is about this theme, and leads on to what the bruker has chosen.
    whole = request.args.get("visning") == Visning.FULL
    return stand, answers, temaside.page_theme(Visning.FULL if view is Visning.MINI else view, tema_id, hele=whole)


def _within(tema_id: str) -> str | None:
    """The theme that a page saves in; None for the mini-mapping, which has questions from many."""
    return None if tema_id == temaside.MINI else tema_id


def _show(
    page: Sidetema, stand: Temastand, panes: dict[str, Rute], *, sent: Sendt | None = None, stale: bool = False
) -> str:
    template, earlier = "kartlegging/tema.html", None
    if page.er_mini and stand.siste_levering_id is not None:
        who = access.bruker()
        template = "kartlegging/mini.html"
        earlier = versjoner.read(who.kommune_id, who.id, who.seal, stand.siste_levering_id)
    return render_template(
        template,
        forrige=earlier,
        side=page,
        tema=page.tema,
        ruter=panes,
        blank=temaside.blank,
        statuslinje=temaside.status_line(page.tema.id),
        urort=temaside.untouched,
        feil=[(ident, panes[ident].feil[0]) for ident in page.rekkefolge if ident in panes and panes[ident].feil],
        konflikter=[ident for ident in page.rekkefolge if ident in stand.konflikter],
        ukjent=sent.ukjent if sent else [],
        har_utkast=stand.utkast and request.method == "GET" and not request.args.get("utkast"),
        stale=stale,
        har_sagt_nei=any(pane.vil_ikke and not pane.verdi for pane in panes.values()),
        til_se_over=request.args.get("tilbake") == "se-over",
    )


def _as_asked(sent: Sendt, answers: Mapping[str, Utfylt], page: Sidetema) -> list[Endring]:
    """The changes of a sent form, with what the pressed button does to them."""
    changes = sent.endringer
    removed = request.form.get("fjern")
    if removed:
        return [replace(one, verdi=[], vil_ikke=False) if one.sporsmal == removed else one for one in changes]
    if request.form.get("tema_vil_ikke"):
        return temaside.decline(changes, answers, page.tema if page.er_mini else SKJEMA.tema(page.tema.id))
    if request.form.get("tema_angre"):
        return temaside.reopen(changes, {ident: one for ident, one in answers.items() if ident in page.ider})
    return changes


def _onwards(page: Sidetema, saved: Lagret) -> str:
    """Where the pressed button leads, once everything is saved."""
    here = url_for(".tema", tema_id=page.tema.id, **_kept_arguments())
    if languages.asked_for():
        return here
    if saved.konflikt:
        return _choose_url(saved.konflikt[0])
    if request.form.get("fjern", "") in page.ider:
        return f"{here}#s-{request.form['fjern']}"
    start = url_for(".start", _anchor="temaer")
    onwards = {
        "neste": url_for(".tema", tema_id=page.neste) if page.neste else url_for("kartlegging_levering.se_over"),
        "forrige": url_for(".tema", tema_id=page.forrige) if page.forrige else start,
        "oversikt": start,
        "se-over": url_for("kartlegging_levering.se_over", _anchor=page.tema.id),
    }
    asked = request.form.get("handling", "")
    if asked not in onwards:
        flash(_("Lagret %(tid)s", tid=dates.clock_time(saved.tid)), "bra")
    return onwards.get(asked, here)


def _kept_arguments() -> dict[str, Any]:
    return {name: request.args[name] for name in ("visning", "tilbake") if name in request.args}


def _choose_url(sporsmal_id: str) -> str:
    return url_for("kartlegging_to_tekster.to_tekster", tema_id=sporsmal_id.partition(".")[0])


def _apply_kept(
    who: access.Bruker, page: Sidetema, stand: Temastand, panes: dict[str, Rute], kept: drafts.Fields
) -> ResponseReturnValue:
    """What was being typed when a session ended goes through the same saving as everything else."""
    sent = kladd.changes(kept, page.ider)
    saved = service.save(
        who.kommune_id, who.id, who.seal, writer(who), _within(page.tema.id), sent.endringer, unverified=True
    )
    if saved.feil or sent.ukjent:
        return _show(page, stand, temaside.sent_panes(panes, sent.endringer, saved), sent=sent)  # it stays kept
    drafts.arrived(who.kommune_id, ("bruker", who.id), who.seal, request.path, {SIDE: [str(draft_page())]})
    if saved.konflikt:
        return redirect(_choose_url(saved.konflikt[0]), 303)
    flash(_("Vi tok vare på det du skrev. Nå er det lagret."), "bra")
    return redirect(url_for(".tema", tema_id=page.tema.id), 303)


def _refused(felt: Mapping[str, LazyString]) -> ResponseReturnValue:
    return jsonify(
        feil="ikke-lagret",
        melding=_("Noe kunne ikke lagres. Se meldingen ved feltet."),
        felt={ident: str(message) for ident, message in felt.items()},
    ), 422
