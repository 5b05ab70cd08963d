"""veiledning: the views of the veileder side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp import utkast
from webapp.identitet import adgang
from webapp.identitet import service as identitet
from webapp.identitet.adgang import Sak
from webapp.platform import access, clock, dates, lov, once
from webapp.platform.access import SAK, needs
from webapp.platform.forms import Skjema
from webapp.veiledning import lesing, rules, service
from webapp.veiledning.forms import OMRADER, Samtaleskjema, Vedtaksskjema
from webapp.veiledning.rules import Handling

bp = Blueprint("veiledning_veileder", __name__, url_prefix="/veileder/bruker/<uuid:bruker_id>/veiledning")


@bp.get("/")
@needs(SAK)
def liste(bruker_id: UUID) -> ResponseReturnValue:
    """What this bruker has asked for."""
    sak = adgang.sak()
    return render_template(
        "veiledning/veileder_liste.html",
        person=_person(sak),
        saker=lesing.matters(sak.kommune_id, bruker_id, sak.seal),
        omrader=OMRADER,
    )


@bp.get("/<uuid:soknad_id>")
@needs(SAK)
def sak(bruker_id: UUID, soknad_id: UUID) -> ResponseReturnValue:  # noqa: ARG001 -- the gate has used it
    """One matter, with the one next step."""
    return _show_matter(soknad_id)


@bp.route("/<uuid:soknad_id>/vedtak", methods=["GET", "POST"])
@needs(SAK)
def vedtak(bruker_id: UUID, soknad_id: UUID) -> ResponseReturnValue:
    """Register what the vedtak said."""
    sak, found = adgang.sak(), _theirs(soknad_id)
    today = dates.oslo_date(clock.now())
    proposed = lov.klagefrist(today)
    form = Vedtaksskjema(data={"dato": today.isoformat(), "klagefrist": proposed.isoformat()})
    status = 200
    if form.validate_on_submit():
        avgjort = service.Avgjort(
            form.utfall.data == "innvilget",
            form.nummer.data or "",
            form.dato.dag or today,
            form.start.dag,
            form.tekst.data or "",
            dates.add_working_days(form.klagefrist.dag or proposed, 0),
        )
        try:
            service.decide(access.ansatt(), sak, soknad_id, once.row_id(), avgjort)
        except rules.NotPossible:
            status = _changed(form)
        else:
            return _done(bruker_id, soknad_id, _("Vedtaket er registrert. Brukeren ser det hos seg."))
    return _form(form, found, _l("Registrer vedtaket"), status)


@bp.route("/<uuid:soknad_id>/samtale", methods=["GET", "POST"])
@needs(SAK)
def samtale(bruker_id: UUID, soknad_id: UUID) -> ResponseReturnValue:
    """Write down a conversation."""
    return _follow(bruker_id, soknad_id, service.talked, _l("Skriv om en samtale"), _l("Samtalen er lagret."))


@bp.route("/<uuid:soknad_id>/avslutt", methods=["GET", "POST"])
@needs(SAK)
def avslutt(bruker_id: UUID, soknad_id: UUID) -> ResponseReturnValue:
    """End it, with what came of it."""
    return _follow(bruker_id, soknad_id, service.end, _l("Avslutt råd og veiledning"), _l("Avsluttet."))


def _follow(
    bruker_id: UUID,
    soknad_id: UUID,
    write: Callable[[access.Ansatt, Sak, UUID, UUID, date, str], None],
    title: LazyString,
    said: LazyString,
) -> ResponseReturnValue:
    sak, found = adgang.sak(), _theirs(soknad_id)
    today = dates.oslo_date(clock.now())
    form, status = Samtaleskjema(data={"dato": today.isoformat()}), 200
    if form.validate_on_submit():
        try:
            write(access.ansatt(), sak, soknad_id, once.row_id(), form.dato.dag or today, form.tekst.data or "")
        except rules.ForVedtaket as early:
            form.dato.errors = [
                _("Dette kan ikke ha skjedd før %(dato)s. Se over datoen.", dato=format_date(early.fra, "long"))
            ]
        except rules.NotPossible:
            status = _changed(form)
        else:
            return _done(bruker_id, soknad_id, str(said))
    return _form(form, found, title, status)


def _show_matter(soknad_id: UUID) -> ResponseReturnValue:
    found = _theirs(soknad_id)
    return render_template(
        "veiledning/veileder_sak.html",
        person=_person(adgang.sak()),
        sak=found,
        omrader=OMRADER,
        kan_avgjore=Handling.INNVILG in found.mulig("ansatt"),
        kan_folge_opp=Handling.SAMTALE in found.mulig("ansatt"),
    )


def _form(form: Skjema, found: lesing.Saken, title: LazyString, status: int) -> ResponseReturnValue:
    page = render_template(
        "veiledning/veileder_skjema.html",
        person=_person(adgang.sak()),
        sak=found,
        skjema=form,
        tittel=title,
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
    )
    return page, status


def _done(bruker_id: UUID, soknad_id: UUID, said: str) -> ResponseReturnValue:
    utkast.forget()
    flash(said, "bra")
    return redirect(url_for(".sak", bruker_id=bruker_id, soknad_id=soknad_id), 303)


def _changed(form: Skjema) -> int:
    form.form_errors.append(
        _("Saken er endret et annet sted, så dette kan ikke gjøres nå. Det du skrev, står her. Ta vare på det du vil.")
    )
    return 409


def _theirs(soknad_id: UUID) -> lesing.Saken:
    sak = adgang.sak()
    try:
        return lesing.matter(sak.kommune_id, sak.bruker_id, sak.seal, soknad_id)
    except lesing.NotHere:
        abort(404)


def _person(sak: Sak) -> identitet.Person:
    return identitet.person(sak.kommune_id, sak.bruker_id, sak.seal)
