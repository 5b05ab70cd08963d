"""The staff's way in: passkeys, an administrator's invitation, the reason for opening a bruker, and out again."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.identitet import adgang, innlogging, invitasjoner, nokkelsvar
from webapp.identitet import palogginger as innlogget
from webapp.identitet.bruker import sign_out, signed_out
from webapp.identitet.forms import Begrunnelse, Start
from webapp.identitet.invitasjoner import Ugyldig
from webapp.identitet.rules import Tilstand
from webapp.platform import access, ids, languages
from webapp.platform.access import CASE_STAFF, OPEN, STAFF, UTEN_NOKKEL, button, needs

bp = Blueprint("identitet_veileder", __name__)


@bp.get("/veileder/inn")
@needs(OPEN)
def inn() -> ResponseReturnValue:
    """The sign-in page: a passkey, and whom to ask."""
    return render_template(
        "identitet/veileder_inn.html",
        neste=request.args.get("neste", ""),
        tatt_vare_pa=request.args.get("tatt_vare_pa"),
        bekreft=request.args.get("bekreft"),
    )


@bp.post("/veileder/inn/passnokkel/valg")
@needs(OPEN)
def passnokkel_valg() -> ResponseReturnValue:
    """A challenge for signing in."""
    return nokkelsvar.sign_in_options("ansatt")


@bp.post("/veileder/inn/passnokkel")
@needs(OPEN)
def passnokkel() -> ResponseReturnValue:
    """The passkey's answer."""
    return nokkelsvar.sign_in("ansatt")


@bp.route("/veileder/i/<token>", methods=["GET", "POST"])
@needs(OPEN)
def invitasjon(token: str) -> ResponseReturnValue:
    """An administrator's invitation. Looking never uses it."""
    invitert = invitasjoner.by_token(token)
    if invitert is None or invitert.person_type != "ansatt":
        return render_template("identitet/ugyldig.html", invitert=None, tilstand=None), 404
    form = Start()
    tilstand: Tilstand | None = invitert.tilstand
    if form.validate_on_submit():
        try:
            inne = invitasjoner.use(invitert, form.nokkel.data or "")
        except Ugyldig as error:
            tilstand = error.tilstand
        else:
            target = innlogging.home_of(inne.who) if invitert.slag == "lenke" else url_for(".forste_nokkel")
            return innlogging.let_in(inne, target)
    if tilstand is not Tilstand.GYLDIG:
        return render_template("identitet/ugyldig.html", invitert=invitert, tilstand=tilstand), 410
    form.nokkel.data = form.nokkel.data or ids.new_id().hex
    page = render_template("identitet/veileder_invitasjon.html", invitert=invitert, form=form)
    return page, 400 if form.form_errors else 200


@bp.get("/veileder/nokkel")
@needs(UTEN_NOKKEL)
def forste_nokkel() -> ResponseReturnValue:
    """The only page for staff who have an invitation and no passkey yet."""
    who = access.ansatt()
    if not who.uten_nokkel:
        return redirect(url_for(".palogginger"), 303)
    return render_template("identitet/forste_nokkel.html")


@bp.post("/veileder/passnokkel/registrer/valg")
@needs(UTEN_NOKKEL)
def registrer_valg() -> ResponseReturnValue:
    """A challenge for making a passkey."""
    return nokkelsvar.registration_options(access.ansatt().navn)


@bp.post("/veileder/passnokkel/registrer")
@needs(UTEN_NOKKEL)
def registrer() -> ResponseReturnValue:
    """The new passkey."""
    return nokkelsvar.register(page=url_for(".palogginger"), otherwise=innlogging.home_of(access.ansatt()))


@bp.post("/veileder/ut")
@needs(OPEN)
def ut() -> ResponseReturnValue:
    """Sign out."""
    return sign_out("ansatt")


@bp.get("/veileder/utlogget")
@needs(OPEN)
def utlogget() -> ResponseReturnValue:
    """Signed out."""
    return signed_out("ansatt")


@bp.route("/veileder/apne/<uuid:bruker_id>", methods=["GET", "POST"])
@needs(CASE_STAFF)
def begrunn(bruker_id: UUID) -> ResponseReturnValue:
    """S1: say why before opening somebody else's bruker. The same page whether there is such a bruker or not."""
    form, neste = Begrunnelse(), request.args.get("neste", "")
    if form.validate_on_submit():
        if not adgang.state_reason(access.ansatt(), bruker_id, form.grunn.data or ""):
            abort(404)
        return redirect(_staff_path(form.neste.data, bruker_id), 303)
    if not form.is_submitted():
        form.neste.data = neste
    return render_template("identitet/begrunn.html", form=form)


def _staff_path(wanted: str | None, bruker_id: UUID) -> str:
    home = f"/veileder/bruker/{bruker_id}/"
    path = languages.local_path(wanted, home)
    return path if path.startswith(f"{access.STAFF_PREFIX}/") else home


@bp.get("/veileder/palogginger")
@needs(STAFF)
def palogginger() -> ResponseReturnValue:
    """Mine pålogginger."""
    return innlogget.page(access.ansatt())


@bp.post("/veileder/palogginger/okt/<uuid:okt_id>")
@needs(STAFF)
@button("identitet_veileder.palogginger")
def avslutt(okt_id: UUID) -> ResponseReturnValue:
    """End a session."""
    return innlogget.end_session(access.ansatt(), okt_id)


@bp.post("/veileder/palogginger/nokkel/<uuid:passnokkel_id>")
@needs(STAFF)
@button("identitet_veileder.palogginger")
def fjern(passnokkel_id: UUID) -> ResponseReturnValue:
    """Remove a passkey."""
    return innlogget.remove_key(access.ansatt(), passnokkel_id)
