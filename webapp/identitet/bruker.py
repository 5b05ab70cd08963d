"""The bruker's way in: sign-in page, codes, invitations, passkeys, and out again."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh

from webapp.identitet import innlogging, invitasjoner, koder, mine_okter, nokkelsvar, okter, passnokler, service
from webapp.identitet.forms import Knapp, Kode, Start
from webapp.identitet.invitasjoner import Invitert, Ugyldig
from webapp.identitet.rules import Tilstand
from webapp.platform import access, ids, lesemodus
from webapp.platform.access import BRUKER, OPEN, needs

bp = Blueprint("identitet_bruker", __name__)

SHOWN_INVITATION = "invitasjon"  # in the browser's cookie: (kommune, id) of the invitation whose code was right


@bp.get("/inn")
@needs(OPEN)
def inn() -> ResponseReturnValue:
    """The sign-in page: passkey, code, help."""
    form = Kode(
        formdata=None,
        neste=request.args.get("neste", ""),
        tatt_vare_pa=request.args.get("tatt_vare_pa", ""),
        bekreft=request.args.get("bekreft", ""),
        nokkel=ids.new_id().hex,
    )
    return render_template("identitet/inn.html", form=form)


@bp.get("/inn/kode")
@needs(OPEN)
def kode_tilbake() -> ResponseReturnValue:
    """Somebody reloaded the page after a wrong code."""
    return redirect(url_for(".inn"), 303)


@bp.post("/inn/kode")
@needs(OPEN)
def kode() -> ResponseReturnValue:
    """A code: an invitation's (8 characters) leads to its page, one from the person's own sheet (12) signs in."""
    form = Kode()
    if not form.validate_on_submit():
        return render_template("identitet/inn.html", form=form)
    innlogging.count_try("kode")
    typed = form.kode.data or ""
    if form.is_invitation:
        invitert = invitasjoner.by_code(typed)
        if invitert is not None and invitert.person_type == "bruker":
            session[SHOWN_INVITATION] = [invitert.kommune_id, str(invitert.id)]
            return redirect(url_for(".invitasjon_fra_kode"), 303)
    else:
        try:
            inne = koder.use(typed, form.nokkel.data or "")
        except koder.Ukjent:
            pass
        else:
            innlogging.succeeded("kode")
            return innlogging.let_in(inne, innlogging.after(inne.who, form.neste.data))
    form.kode.errors = [_("Vi kjenner ikke denne koden, eller den er brukt. Se nøye på hvert tegn, og prøv igjen.")]
    return render_template("identitet/inn.html", form=form), 422


@bp.route("/i", methods=["GET", "POST"])
@needs(OPEN)
def invitasjon_fra_kode() -> ResponseReturnValue:
    """The invitation whose code was just typed in this browser."""
    shown = session.get(SHOWN_INVITATION)
    if not isinstance(shown, list) or len(shown) != 2:
        return redirect(url_for(".inn"), 303)
    return _invitation(invitasjoner.by_id(int(shown[0]), ids.parse(str(shown[1]))))


@bp.route("/i/<token>", methods=["GET", "POST"])
@needs(OPEN)
def invitasjon(token: str) -> ResponseReturnValue:
    """The invitation behind a link or QR code. Looking never uses it: phones fetch links to show a preview."""
    return _invitation(invitasjoner.by_token(token))


def _invitation(invitert: Invitert | None) -> ResponseReturnValue:
    if invitert is None or invitert.person_type != "bruker":
        return render_template("identitet/ugyldig.html", invitert=None, tilstand=None), 404
    _speak(invitert.sprak)
    form = Start()
    if form.validate_on_submit():
        try:
            inne = invitasjoner.use(invitert, form.nokkel.data or "")
        except Ugyldig as error:
            return _unusable(invitert, error.tilstand)
        if session.pop(SHOWN_INVITATION, None):
            innlogging.succeeded("kode")  # not when it was typed: it could be typed again for more guesses
        return innlogging.let_in(inne, "/" if invitert.slag == "lenke" else url_for(".velkommen"))
    if invitert.tilstand is not Tilstand.GYLDIG:
        return _unusable(invitert, invitert.tilstand)
    form.nokkel.data = form.nokkel.data or ids.new_id().hex
    return render_template("identitet/invitasjon.html", invitert=invitert, form=form), 400 if form.form_errors else 200


def _unusable(invitert: Invitert, tilstand: Tilstand | None) -> ResponseReturnValue:
    who = access.who()
    if who is not None and who.id == invitert.person_id:
        return redirect(innlogging.home_of(who), 303)  # it was they who used it
    return render_template("identitet/ugyldig.html", invitert=invitert, tilstand=tilstand), 410


def _speak(sprak: str) -> None:
    """Greet them in the language the veileder wrote down, until they choose one themselves."""
    if access.who() is None and not session.get("sprak") and "bytt_sprak" not in request.form:
        g.sprak = sprak
        refresh()


@bp.get("/velkommen")
@needs(BRUKER)
def velkommen() -> ResponseReturnValue:
    """The first page after an invitation: add a passkey, or go on without."""
    return render_template("identitet/velkommen.html", nokler=passnokler.mine(access.bruker()))


@bp.post("/inn/passnokkel/valg")
@needs(OPEN)
def passnokkel_valg() -> ResponseReturnValue:
    """A challenge for signing in."""
    return nokkelsvar.sign_in_options("bruker")


@bp.post("/inn/passnokkel")
@needs(OPEN)
def passnokkel() -> ResponseReturnValue:
    """The passkey's answer."""
    return nokkelsvar.sign_in("bruker")


@bp.post("/passnokkel/registrer/valg")
@needs(BRUKER)
def registrer_valg() -> ResponseReturnValue:
    """A challenge for making a passkey. The phone shows the person's first name beside it (K10: phones are shared)."""
    who = access.bruker()
    name = service.person(who.kommune_id, who.id, who.seal).profil.navn.split(" ")[0]
    return nokkelsvar.registration_options(name or "Medvirk")


@bp.post("/passnokkel/registrer")
@needs(BRUKER)
def registrer() -> ResponseReturnValue:
    """The new passkey."""
    return nokkelsvar.register(page=url_for("identitet_mer.palogginger"), otherwise="/")


@bp.post("/ut")
@needs(OPEN)
def ut() -> ResponseReturnValue:
    """Sign out, also when the session has already run out."""
    return sign_out("bruker")


@bp.get("/utlogget")
@needs(OPEN)
def utlogget() -> ResponseReturnValue:
    """Signed out: the page clears what the device kept."""
    return signed_out("bruker")


def signed_out(person_type: str) -> ResponseReturnValue:
    """The page after sign-out. It clears the device once, right after, and never for somebody who is signed in.

    Anybody can be led here by a link, and an old tab may be loaded again: that is no sign-out.
    """
    erase = session.pop(okter.SIGNED_OUT, None)
    who = access.who()
    if who is not None:
        return redirect(innlogging.home_of(who), 303)
    return render_template("identitet/utlogget.html", kontordor=person_type == "ansatt", slett=erase)


def sign_out(person_type: str) -> ResponseReturnValue:
    """End the session at this door and take the cookie back."""
    who = access.who()
    if who is not None:
        if not Knapp().validate_on_submit():
            flash(_("Siden hadde stått åpen lenge. Trykk «Logg ut» en gang til."), "obs")
            return redirect(innlogging.home_of(who), 303)
        mine_okter.end(who, who.okt_id)
    forget_all = bool(request.form.get("glem"))
    # Somebody else's unsent text lies here, sealed: the page has erased the rest by itself (static/js/utlogging.js).
    others = bool(request.form.get("behold")) and not forget_all
    erase = okter.ALL_BUT_STORAGE if others else okter.EVERYTHING
    response = okter.close_door(redirect(url_for(".utlogget"), 303), person_type, erase=erase)
    if forget_all:  # «Glem denne enheten»: not even the language or the reading mode that was chosen here
        session.clear()
        lesemodus.remember(response, False, secure=okter.settings().secure)
    session[okter.SIGNED_OUT] = "mitt" if others else "alt"
    return response
