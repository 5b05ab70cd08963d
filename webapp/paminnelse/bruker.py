"""The bruker's page about reminders: channels, quiet hours, a try, devices, and what has been sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import utkast
from webapp.paminnelse import abonnement, avmelding, service
from webapp.paminnelse.forms import Valgskjema
from webapp.paminnelse.kanaler.push import public_key
from webapp.paminnelse.ord import HENDELSER, KANALER, RESULTATER
from webapp.platform import access, once
from webapp.platform.access import BRUKER, OPEN, button, needs

bp = Blueprint("paminnelse_bruker", __name__)


@bp.route("/mer/paminnelser", methods=["GET", "POST"])
@needs(BRUKER)
def valg() -> ResponseReturnValue:
    """Choose, and see what has been sent."""
    who, on = access.bruker(), service.settings().kanaler
    now = service.choices(who)
    form = Valgskjema(
        epost_pa=now.epost_pa,
        epost=now.epost,
        sms_pa=now.sms_pa,
        telefon=now.telefon,
        stille_fra=str(now.stille_fra),
        stille_til=str(now.stille_til),
    )
    if not on.smtp:
        del form.epost_pa, form.epost
    if not on.sms:
        del form.sms_pa, form.telefon
    if form.validate_on_submit():
        service.choose(who, form.valg(now))
        utkast.forget()
        flash(_("Valget ditt er lagret."), "bra")
        return redirect(url_for(".valg"), 303)
    return render_template(
        "paminnelse/valg.html",
        skjema=form,
        kanaler=on,
        pushnokkel=public_key(on.push) if on.push else "",
        enheter=service.devices(who),
        noe_pa=now.epost_pa or now.sms_pa,
        sendt=service.sent(who.kommune_id, who.id),
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
        hendelser=HENDELSER,
        kanalnavn=KANALER,
        resultater=RESULTATER,
    )


@bp.post("/mer/paminnelser/prov")
@needs(BRUKER)
@button("paminnelse_bruker.valg")
def prov() -> ResponseReturnValue:
    """Send a try to everything that is chosen."""
    count = service.try_it(access.bruker(), once.row_id())
    if count:
        words = ngettext(
            "Vi sender én prøvemelding nå. Den kommer om litt.",
            "Vi sender %(num)s prøvemeldinger nå. De kommer om litt.",
            count,
        )
        flash(words, "bra")
    else:
        flash(_("Du har ikke valgt e-post, SMS eller meldinger på telefonen. Da er det ingenting å prøve."), "obs")
    return redirect(url_for(".valg"), 303)


@bp.post("/mer/paminnelser/enhet/<uuid:abonnement_id>")
@needs(BRUKER)
@button("paminnelse_bruker.valg")
def fjern(abonnement_id: UUID) -> ResponseReturnValue:
    """No messages on that device any more."""
    if not abonnement.remove(access.bruker(), abonnement_id):
        abort(404)
    flash(_("Meldinger er slått av på den enheten."), "bra")
    return redirect(url_for(".valg"), 303)


@bp.post("/mer/paminnelser/push")
@needs(BRUKER)
def push_pa() -> ResponseReturnValue:
    """This browser shows messages from now on (static/js/push.js)."""
    if not service.settings().kanaler.push:
        abort(404)
    try:
        abonnement.add(access.bruker(), _body())
    except abonnement.NotASubscription:
        return jsonify(feil="abonnement"), 422
    return jsonify(ok=True)


@bp.post("/mer/paminnelser/push/av")
@needs(BRUKER)
def push_av() -> ResponseReturnValue:
    """This browser does not. Said twice, it is off."""
    return jsonify(ok=abonnement.remove_here(access.bruker(), _body().get("endpoint")))


@bp.route("/paminnelser/av/<token>", methods=["GET", "POST"])
@needs(OPEN)
def av(token: str) -> ResponseReturnValue:
    """Turn e-mail off from the e-mail itself. Looking never does it: mail programs fetch addresses to check them."""
    whose = avmelding.whose(token) if len(token) <= 100 else None
    if whose is None:
        abort(404)
    done = request.method == "POST" and not request.form.get("bytt_sprak")
    if done:
        avmelding.turn_off(*whose)
    return render_template("paminnelse/av.html", ferdig=done)


def _body() -> dict[str, Any]:
    if (request.content_length or 0) > 10_000:
        abort(413)
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        abort(400)
    if not isinstance(body, dict):
        abort(400)
    return body
