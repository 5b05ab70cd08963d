"""The office's pages about reminders: one's own daily summary, and the administrator's view of the outbox."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import utkast
from webapp.paminnelse import sammendrag, service
from webapp.paminnelse.forms import Sammendragsskjema
from webapp.paminnelse.ord import HENDELSER, KANALER
from webapp.platform import access
from webapp.platform.access import ADMINISTRATOR, CASE_STAFF, button, needs

bp = Blueprint("paminnelse_veileder", __name__, url_prefix="/veileder")


@bp.route("/sammendrag", methods=["GET", "POST"])
@needs(CASE_STAFF)
def mitt_sammendrag() -> ResponseReturnValue:
    """The daily summary: on or off, and where to."""
    who = access.ansatt()
    on, address = sammendrag.choice(who)
    form = Sammendragsskjema(pa=on, epost=address)
    if form.validate_on_submit():
        sammendrag.choose(who, pa=bool(form.pa.data), adresse=form.epost.data or "")
        utkast.forget()
        flash(_("Valget ditt er lagret."), "bra")
        return redirect(url_for(".mitt_sammendrag"), 303)
    return render_template(
        "paminnelse/veileder_sammendrag.html",
        skjema=form,
        sender_epost=service.settings().kanaler.smtp is not None,
        har_utkast=utkast.waiting(),
    )


@bp.get("/utboks")
@needs(ADMINISTRATOR)
def utboks() -> ResponseReturnValue:
    """What waits and what was given up, in figures."""
    return render_template(
        "paminnelse/veileder_utboks.html",
        oversikt=service.overview(access.ansatt().kommune_id),
        hendelser=HENDELSER,
        kanalnavn=KANALER,
    )


@bp.post("/utboks/igjen")
@needs(ADMINISTRATOR)
@button("paminnelse_veileder.utboks")
def igjen() -> ResponseReturnValue:
    """Put what was given up, of one kind and for one reason, back in the queue."""
    fields = (request.form.get(name, "")[:20] for name in ("kanal", "hendelse", "kode"))
    count = service.again(access.ansatt(), *(text.replace("\x00", "") for text in fields))
    flash(ngettext("%(num)s påminnelse er lagt i kø igjen.", "%(num)s påminnelser er lagt i kø igjen.", count), "bra")
    return redirect(url_for(".utboks"), 303)
