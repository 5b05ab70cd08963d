"""The gate: what stands between a request and its view. Everything is refused here unless it is let through.

In order: who is it, is the form key right, is it their page, which language, may they. One file, to be read in one go.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask, Response, abort, current_app, flash, g, jsonify, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf, validate_csrf
from wtforms import ValidationError

from webapp import typed
from webapp.enhet import svar
from webapp.identitet import adgang, forlatt, okter, overfort, skriver, tilbake, utlopt, veilederen
from webapp.platform import access, errors, forms, languages, security
from webapp.vedlegg import mottak

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Put the gate in front of every view of ``app``."""
    app.before_request(identify)
    app.before_request(mottak.larger_for_files)  # before the form is read
    app.before_request(form_key)
    app.before_request(svar.somebody_else)
    app.before_request(skriver.heed)
    app.before_request(language)
    app.before_request(admit)
    app.before_request(let_in)
    app.after_request(forlatt.take_back)
    app.after_request(utlopt.take_back)
    app.after_request(forget_delivered_draft)
    app.after_request(log_page_after_form)
    app.jinja_env.globals["csrf_token"] = generate_csrf
    app.jinja_env.globals["utkastside"] = forms.draft_page
    app.jinja_env.globals["skrives_av"] = skriver.on_page
    app.jinja_env.globals["utmerke"] = okter.goodbye_name
    app.jinja_env.globals["uten_veileder_na"] = veilederen.missing
    app.jinja_env.globals["vei_tilbake"] = tilbake.sealed
    app.jinja_env.globals["session_over"] = utlopt.here


def identify() -> None:
    """Who is it? Files that are the same for everybody need nobody."""
    if request.endpoint == "static_dist" or request.blueprint == "telefon_filer":
        g.who = g.expired = g.okt = g.was = None
        return
    okter.load()
    forlatt.heed()
    utlopt.heed()


def form_key() -> None:
    """Is the form key (CSRF) right? A wrong one does not throw the page away: see Skjema and database.writing."""
    if request.method in SAFE:
        g.form_key_ok = False  # reading requests do not write on anybody's behalf
        return
    g.form_key_ok = False
    if not security.from_our_own_page():
        abort(400, "annet-sted")
    token = request.headers.get("X-CSRFToken") or request.form.get("csrf_token")
    try:
        validate_csrf(token)
    except ValidationError:
        return
    g.form_key_ok = True


def language() -> None:
    """Which language? A language button in any form switches before the view answers."""
    if request.method in SAFE:
        return
    chosen = languages.asked_for() if not request.is_json else None
    if chosen and g.form_key_ok:
        okter.use_language(chosen)
    elif chosen:
        g.sprak = chosen


def admit() -> ResponseReturnValue | None:
    """May they? The only place that lets anybody through."""
    if request.endpoint is None:
        return None  # no such address: the 404 page
    need = access.need_of(current_app, request.endpoint)
    if need.apen:
        return _fresh_form_key()
    who = access.who()
    if who is None:
        return _sign_in()
    if isinstance(who, access.Bruker):
        if need is not access.BRUKER:
            abort(404)
        return _fresh_form_key() or _pressed_too_late()
    if who.rolle not in need.roles:
        abort(404)
    if who.uten_nokkel and need is not access.UTEN_NOKKEL:
        return _first_passkey()
    return _fresh_form_key() or (_open_sak(who, need) if need.sak else None) or _pressed_too_late()


def let_in() -> None:
    """Runs only when nothing before it has answered: from here on, what is answered is the view's word."""
    g.let_in = True


def _fresh_form_key() -> ResponseReturnValue | None:
    """A script whose form key is too old gets a fresh one and sends again. Forms answer for themselves: see Skjema."""
    if not (request.is_json or svar.wanted()) or request.method in SAFE or g.form_key_ok:
        return None
    session.pop("csrf_token", None)
    g.pop("csrf_token", None)
    return jsonify(feil="skjemanokkel", csrf=generate_csrf()), 400


def _pressed_too_late() -> ResponseReturnValue | None:
    """A button with a form key that is too old: back to the page it stands on, which has a fresh one.

    A language button in its form leads there too: nothing is done then (see Skjema, which the views of buttons need not
    have).
    """
    button = access.button_of(current_app, request.endpoint)
    if request.method in SAFE or button is None or button.own_answer:
        return None
    if g.form_key_ok and not languages.asked_for():
        return None
    if not g.form_key_ok:
        flash(_("Siden hadde stått åpen lenge. Trykk på knappen én gang til."), "obs")
    return redirect(_back_path(with_draft=typed.keep()), 303)


def _first_passkey() -> ResponseReturnValue:
    """Staff always use a passkey: whoever has only an invitation makes one first."""
    target = url_for("identitet_veileder.forste_nokkel")
    if request.is_json:
        return jsonify(feil="logget-ut", tatt_vare_pa=False, logg_inn=target), 401
    return redirect(target, 303)


def _open_sak(who: access.Ansatt, need: access.Need) -> ResponseReturnValue | None:
    """S1: only the assigned veileder and substitute; others state a reason first. The log comes before the reading."""
    assert request.view_args is not None
    bruker_id = request.view_args["bruker_id"]
    logged = need.log and request.method in SAFE
    g.sak = adgang.open_sak(who, bruker_id, side=str(request.endpoint) if logged else None)
    if g.sak is not None:
        return None if _may_use(who, need) else _only_reading(who, bruker_id)
    return _not_theirs(who, need, bruker_id)


def _not_theirs(who: access.Ansatt, need: access.Need, bruker_id: UUID) -> ResponseReturnValue:
    """The way to state a reason, the same whether the bruker exists or not. What they typed they see again.

    It is kept only where a reason brings them back to its form; else it is given back, so that it can be copied.
    """
    at_kontor, kept = adgang.may_state_reason(who, bruker_id), False
    if request.method in SAFE:
        own = None if at_kontor else typed.lies_kept(who)
        if own:  # the bruker went to another kontor while they were signed out: they see their own words, and no more
            adgang.log_opening(who, bruker_id, str(request.endpoint))
            return errors.page(404, own=own)
    else:
        path, fields = typed.fields()
        if request.endpoint == overfort.FORM and overfort.already(who, bruker_id, fields):
            flash(_("Brukeren er overført."), "bra")
            return redirect("/veileder/", 303)
        kept = at_kontor and _reason_opens(who, need) and typed.keep()
        if not kept and typed.worth_keeping(path, fields):
            abort(404)
    target = url_for("identitet_veileder.begrunn", bruker_id=bruker_id, neste=_back_path(with_draft=kept))
    return redirect(target, 303)


def _reason_opens(who: access.Ansatt, need: access.Need) -> bool:
    """Whether a page with a form opens to one who has stated a reason, and shows what they have typed there."""
    return need.les or (need.leder and who.rolle is access.Rolle.LEDER)


def _may_use(who: access.Ansatt, need: access.Need) -> bool:
    """Whether this view is open to them: one that takes a form is only for those who are assigned (S1)."""
    assert request.url_rule is not None
    takes_form = not SAFE.issuperset(request.url_rule.methods or ())
    if g.sak.tildelt or not takes_form or (need.leder and who.rolle is access.Rolle.LEDER):
        return True
    return need.les and request.method in SAFE


def _only_reading(who: access.Ansatt, bruker_id: object) -> ResponseReturnValue:
    """They are in the case already, so they are told why. What they sent, or had kept here, they get to copy."""
    if request.method not in SAFE:
        abort(404)
    why = _("Du har åpnet saken med en grunn. Da kan du lese den. Bare de som følger opp brukeren, kan skrive.")
    own = typed.lies_kept(who)
    if own:
        return errors.page(409, own=own, setning=why)
    flash(why, "obs")
    return redirect(url_for("kartlegging_veileder.sak.vis", bruker_id=bruker_id), 303)


def log_page_after_form(response: Response) -> Response:
    """S1: a form that is not taken shows its page again, and that is an opening too. In the log before it is sent."""
    who = access.who()
    if request.method in SAFE or not isinstance(who, access.Ansatt) or g.get("sak") is None:
        return response
    led_on_or_failed = 300 <= response.status_code < 400 or response.status_code >= 500
    if not led_on_or_failed and access.need_of(current_app, str(request.endpoint)).log:
        adgang.log_opening(who, g.sak.bruker_id, str(request.endpoint))
    return response


def _sign_in() -> ResponseReturnValue:
    """Nobody is signed in here: keep what was typed, and show the way in."""
    kept = request.method not in SAFE and typed.keep()
    endpoint = "identitet_veileder.inn" if access.at_staff_door() else "identitet_bruker.inn"
    target = url_for(endpoint, neste=tilbake.sealed(_back_path(with_draft=kept)), tatt_vare_pa="1" if kept else None)
    if request.is_json or svar.wanted():
        return jsonify(svar="utlogget", feil="logget-ut", tatt_vare_pa=kept, logg_inn=target), 401
    if request.method not in SAFE and not kept and typed.worth_keeping(*typed.fields()):
        abort(401)  # we cannot know whose text it is, or where to: the error page shows it, so that it can be copied
    return redirect(target, 303)


def _back_path(*, with_draft: bool = False) -> str:
    """The page to go on with: this one, or the one that the form of this request was sent from."""
    if request.method in SAFE:
        return request.full_path.rstrip("?")
    path = typed.fields()[0]
    if with_draft:
        return f"{path}?utkast=1"
    button = access.button_of(current_app, request.endpoint)
    if button is not None:
        return typed.page_of(button)
    return (
        path if typed.opens(path) else url_for("kartlegging_veileder.liste" if access.at_staff_door() else "hjem.hjem")
    )


def forget_delivered_draft(response: Any) -> Any:
    """A form that was opened from a draft has been delivered: the draft is no longer needed.

    Only the view can say so. A request that the gate turned away has just had its text kept there.

    Views whose form is kept while it is written say it themselves (utkast.forget), since nobody has fetched anything
    then. This is for all the others, where text is kept only because a session ended on the way. Not for every form
    that was sent: what lies kept from another phone, and has not been fetched, must stay.
    """
    delivered = request.method == "POST" and request.args.get("utkast") and response.status_code in {302, 303}
    who = access.who()
    if g.get("kept_on_purpose") or g.get("delivered"):
        return response  # the view led on, and what was typed waits for their coming back; or it has said so itself
    if delivered and who is not None and g.get("form_key_ok") and g.get("let_in"):
        typed.arrived(who, request.path, typed.fields()[1])
    return response
