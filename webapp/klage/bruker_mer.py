"""klage: what the bruker does with a klage that is there: adds to it, puts right what was told, withdraws it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import service as identitet
from webapp.klage import lesing, mal, muntlig, rules, service, tillegg
from webapp.klage.forms import Klageskjema, Tilleggsskjema, Trekkskjema
from webapp.klage.klagen import Klagen
from webapp.platform import access, ids, once
from webapp.platform.access import BRUKER, needs
from webapp.platform.forms import Skjema
from webapp.vedlegg import service as vedlegg
from webapp.vedlegg import skjema as vedleggsskjema

bp = Blueprint("klage_mer", __name__)


@bp.route("/klage/<uuid:klage_id>/tillegg", methods=["GET", "POST"])
@needs(BRUKER)
def legg_til(klage_id: UUID) -> ResponseReturnValue:
    """Add words and files. Taken in wherever the klage is, until it has its answer."""
    who = access.bruker()
    _mine(klage_id)
    elsewhere = vedleggsskjema.vil_legge_ved()
    if elsewhere is not None:
        return elsewhere
    form, status, nokkel = Tilleggsskjema(), 200, once.key()
    if form.validate_on_submit():
        try:
            made = tillegg.add(
                who, klage_id, once.row_id(), form.tekst.data or "", vedleggsskjema.valgte(), request.path
            )
        except lesing.NotHere:
            abort(404)
        except tillegg.NothingSaid:
            form.tekst.errors = [_("Skriv noe, eller legg ved en fil, før du sender.")]
        except service.AlreadySent:
            status, nokkel = _sent_before(form)
        except rules.NotPossible:
            status = 409
        except (vedlegg.NotHere, vedlegg.ForMange):
            form.form_errors.append(vedleggsskjema.borte())
            status = 409
        else:
            utkast.forget()
            flash(_("Tillegget er sendt. Vi har lagret det sammen med klagen."), "bra")
            return redirect(url_for("klage_bruker.klage", klage_id=klage_id, _anchor=f"tillegg-{made}"), 303)
    return _page("klage/tillegg.html", klage_id, form, status, nokkel, vedlegg=vedleggsskjema.felt(vedlegg.eier(who)))


@bp.route("/klage/<uuid:klage_id>/rett", methods=["GET", "POST"])
@needs(BRUKER)
def rett(klage_id: UUID) -> ResponseReturnValue:
    """Put right what was written down; the same words say that it is right."""
    one = _mine(klage_id)
    if one.nedtegnet is None:
        abort(404)
    now = one.siste_ord
    form, status, nokkel = Klageskjema(data={"hva": now.hva, "onske": now.onske, "sent": now.sent}), 200, once.key()
    if form.validate_on_submit():
        try:
            muntlig.correct(access.bruker(), klage_id, once.row_id(), form.ord())
        except lesing.NotHere:
            abort(404)
        except service.AlreadySent:
            status, nokkel = _sent_before(form)
        except rules.NotTheirOwn:
            form.form_errors.append(
                _("Du har sagt at en ansatt skriver for deg nå. Bare du selv kan bekrefte det som ble skrevet ned.")
            )
            status = 409
        except rules.NotPossible:
            status = 409
        else:
            utkast.forget()
            flash(_("Lagret. Kontoret ser det sammen med det som ble skrevet ned."), "bra")
            return redirect(url_for("klage_bruker.klage", klage_id=klage_id, _anchor="skrev"), 303)
    return _page("klage/rett.html", klage_id, form, status, nokkel)


@bp.route("/klage/<uuid:klage_id>/trekk", methods=["GET", "POST"])
@needs(BRUKER)
def trekk(klage_id: UUID) -> ResponseReturnValue:
    """Withdraw, from a page that says what happens then."""
    _mine(klage_id)
    form, status = Trekkskjema(), 200
    if form.validate_on_submit():
        try:
            tillegg.withdraw(access.bruker(), klage_id, (form.tekst.data or "").strip())
        except rules.NotPossible:
            status = 409
        else:
            utkast.forget()
            flash(_("Klagen er trukket. Kontoret ser det."), "bra")
            return redirect(url_for("klage_bruker.klage", klage_id=klage_id), 303)
    return _page("klage/trekk.html", klage_id, form, status, "")


def _page(template: str, klage_id: UUID, form: Skjema, status: int, nokkel: str, **more: object) -> ResponseReturnValue:
    who = access.bruker()
    page = render_template(
        template,
        # As it is now: somebody may have done something since.
        klage=mal.med_frist(who.kommune_id, who.id, who.seal, _mine(klage_id)),
        skjema=form,
        nokkel=nokkel,
        har_utkast=utkast.waiting() and request.method == "GET",
        kontor=identitet.kontor(who.kommune_id, who.kontor_id),
        **more,
    )
    return page, status


def _sent_before(form: Skjema) -> tuple[int, str]:
    """What is said when this form has sent other words before; the next press sends these too."""
    form.form_errors.append(
        _(
            "Du har sendt noe annet herfra før. Det som står her nå, er ikke sendt. "
            "Vil du sende det også, går du videre."
        )
    )
    return 409, ids.new_id().hex


def _mine(klage_id: UUID) -> Klagen:
    who = access.bruker()
    try:
        return lesing.en(who.kommune_id, who.id, who.seal, klage_id)
    except lesing.NotHere:
        abort(404)
