"""The administrator's pages: who works here, and their way in. Nothing here leads to a bruker."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.identitet import invitasjoner, okter, personal, registrert, rules, service
from webapp.identitet.ansvar import Etterlatt
from webapp.identitet.forms import ROLLER, AnsattInvitasjon, NyAnsatt, names_of
from webapp.platform import access, ids, once
from webapp.platform.access import ADMINISTRATOR, button, needs
from webapp.platform.qr import qr_svg

bp = Blueprint("identitet_ansatte", __name__, url_prefix="/veileder/ansatte")


@bp.get("/")
@needs(ADMINISTRATOR)
def liste() -> ResponseReturnValue:
    """Everyone, 25 a page."""
    after = request.args.get("etter")
    page = personal.staff(access.ansatt().kommune_id, ids.parse(after) if after else None)
    return render_template("identitet/ansatte.html", side=page, roller=dict(ROLLER))


@bp.route("/ny", methods=["GET", "POST"])
@needs(ADMINISTRATOR)
def ny() -> ResponseReturnValue:
    """Register a member of staff."""
    who = access.ansatt()
    form, page = NyAnsatt(), "identitet/ny_ansatt.html"
    form.kontor.choices = names_of((str(k.id), k.navn) for k in service.offices(who.kommune_id))
    if form.validate_on_submit():
        try:
            ansatt_id = service.create_ansatt(
                who.kommune_id,
                UUID(form.kontor.data),
                form.navn.data or "",
                form.rolle.data,
                by=who.actor,
                ansatt_id=once.row_id(),
            )
        except service.AlreadyRegistered:
            return registrert.ask(form, page)
        return redirect(url_for(".invitasjon", ansatt_id=ansatt_id), 303)
    form.nokkel.data = once.key()
    return render_template(page, form=form)


@bp.route("/<uuid:ansatt_id>/invitasjon", methods=["GET", "POST"])
@needs(ADMINISTRATOR)
def invitasjon(ansatt_id: UUID) -> ResponseReturnValue:
    """Invite somebody to make a passkey: the first one, or a new one when the old is lost."""
    who = access.ansatt()
    form, ny_lenke, qr = AnsattInvitasjon(), None, None
    try:
        if form.validate_on_submit():
            lost = bool(form.mistet.data) and ansatt_id != who.id
            ny = personal.invite(who.kommune_id, ansatt_id, who.actor, lost=lost)
            ny_lenke = okter.settings().origin + url_for("identitet_veileder.invitasjon", token=ny.token)
            qr = qr_svg(ny_lenke, _("QR-kode til Medvirk"))
        ansatt = personal.one(who.kommune_id, ansatt_id)
    except rules.NotHere:
        abort(404)
    return render_template(
        "identitet/ansatt_invitasjon.html",
        form=form,
        ansatt=ansatt,
        lenke_ny=ny_lenke,
        qr=qr,
        tidligere=invitasjoner.earlier(who.kommune_id, "ansatt", ansatt_id),
    )


@bp.post("/<uuid:ansatt_id>/invitasjon/<uuid:invitasjon_id>/trekk")
@needs(ADMINISTRATOR)
@button("identitet_ansatte.invitasjon")
def trekk(ansatt_id: UUID, invitasjon_id: UUID) -> ResponseReturnValue:
    """Revoke an invitation."""
    who = access.ansatt()
    if invitasjoner.revoke(who.kommune_id, "ansatt", ansatt_id, invitasjon_id, who.actor):
        flash(_("Invitasjonen er trukket tilbake."), "bra")
    else:
        flash(_("Invitasjonen kan ikke trekkes tilbake. Den er brukt, utløpt eller trukket fra før."), "info")
    return redirect(url_for(".invitasjon", ansatt_id=ansatt_id), 303)


@bp.route("/<uuid:ansatt_id>/sperr", methods=["GET", "POST"])
@needs(ADMINISTRATOR)
@button("identitet_ansatte.liste")
def sperr(ansatt_id: UUID) -> ResponseReturnValue:
    """Shut somebody out, or let them in again. Looked at first, it says who will have no veileder."""
    who = access.ansatt()
    if request.method == "GET":
        return _ask_first(ansatt_id)
    doing = request.form.get("hva", "")
    if doing not in {"sperr", "apne"}:
        abort(400)  # nobody is shut out by something that no page of ours sends
    if doing == "apne":
        if personal.unblock(who.kommune_id, ansatt_id, who.actor):
            flash(_("Den ansatte kan logge inn igjen."), "bra")
    elif left := personal.block(who.kommune_id, ansatt_id, who.actor):
        flash(_("Den ansatte er sperret og logget ut overalt."), "bra")
        for text in _without(left):
            flash(text, "obs")
    else:
        flash(_("Du kan ikke sperre deg selv eller en som er sperret fra før."), "info")
    return redirect(url_for(".liste"), 303)


def _ask_first(ansatt_id: UUID) -> ResponseReturnValue:
    who = access.ansatt()
    found = personal.before_block(who.kommune_id, ansatt_id, who.actor)
    if found is None:
        return redirect(url_for(".liste"), 303)
    ansatt, left = found
    return render_template("identitet/sperr.html", ansatt=ansatt, uten_veileder=_without(left))


def _without(left: Etterlatt) -> list[str]:
    """That brukere have nobody, said before and after; and what is missing for somebody to do something about it."""
    if not left.noen:
        return []
    if left.antall is None:
        said = _("Færre enn fem brukere står uten veileder til lederen velger en ny.")
    else:
        said = ngettext(
            "%(num)s bruker står uten veileder til lederen velger en ny.",
            "%(num)s brukere står uten veileder til lederen velger en ny.",
            left.antall,
        )
    return [said] if left.har_leder else [said, _("Kontoret har ingen leder i Medvirk. Registrer en leder der.")]
