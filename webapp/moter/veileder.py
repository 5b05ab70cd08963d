"""moter: the views of the veileder side. The note has its own module, notatveileder.py."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import adgang, tildelinger
from webapp.identitet import service as identitet
from webapp.identitet.adgang import Sak
from webapp.kartlegging.skjema.samtalenotat import PUNKTER
from webapp.moter import kalender, lesing, notat, notatveileder, rules, service, stemme, ulest
from webapp.moter.forms import FORMER, Avlysskjema, Endringsskjema, Moteskjema
from webapp.moter.hvem import NotTheirs
from webapp.moter.lesing import Motet
from webapp.platform import access, ids, once, paging, prefetch
from webapp.platform.access import SAK, button, needs
from webapp.platform.datotekst import typed_day
from webapp.platform.forms import Skjema

bp = Blueprint("moter_veileder", __name__, url_prefix="/veileder/bruker/<uuid:bruker_id>")
bp.register_blueprint(notatveileder.bp)


@bp.get("/moter")
@needs(SAK)
def liste(bruker_id: UUID) -> ResponseReturnValue:
    """Every meeting with this bruker."""
    sak = adgang.sak()
    before = paging.moment_key(request.args.get("for"))
    coming = lesing.coming(sak.kommune_id, bruker_id, sak.seal) if before is None else []
    earlier = lesing.earlier(sak.kommune_id, bruker_id, sak.seal, before=before)
    return render_template(
        "moter/veileder_liste.html",
        person=_person(sak),
        kommende=coming,
        tidligere=earlier.moter,
        delte=notat.shared_meetings(sak.kommune_id, [mote.id for mote in earlier.moter]),
        neste=paging.key_of_moment(earlier.neste),
        forste=before is None,
        former=dict(FORMER),
    )


@bp.route("/mote/nytt", methods=["GET", "POST"])
@needs(SAK)
def nytt(bruker_id: UUID) -> ResponseReturnValue:
    """Agree on a meeting."""
    sak, nokkel, status = adgang.sak(), once.key(), 200
    form = Moteskjema(tildelinger.following(sak.kommune_id, bruker_id), access.ansatt().id)
    if form.validate_on_submit():
        try:
            mote_id = service.agree(access.ansatt(), sak, once.row_id(), form.avtale(), form.med())
        except NotTheirs:
            form.nobody()
            status = 409
        except service.AlreadyAgreed:
            form.form_errors.append(
                _(
                    "Du har avtalt et møte herfra før, og det står i listen over møter. Det som står her nå, er ikke "
                    "lagret. Trykk én gang til hvis dere skal ha et møte til."
                )
            )
            nokkel, status = ids.new_id().hex, 409
        else:
            utkast.forget()
            flash(_("Møtet er avtalt. Brukeren ser det hos seg."), "bra")
            return redirect(url_for(".mote", bruker_id=bruker_id, mote_id=mote_id), 303)
    page = render_template(
        "moter/veileder_skjema.html",
        person=_person(sak),
        skjema=form,
        nokkel=nokkel,
        mote=None,
        har_utkast=utkast.waiting(),
    )
    return page, status


@bp.get("/mote/<uuid:mote_id>")
@needs(SAK)
def mote(bruker_id: UUID, mote_id: UUID) -> ResponseReturnValue:
    """One meeting: what was agreed, what the bruker wants to take up, the note, and how it was for the bruker."""
    sak, motet = adgang.sak(), _theirs(mote_id)
    if prefetch.really_read():
        ulest.seen(access.ansatt(), bruker_id, mote_id)
    key = (sak.kommune_id, bruker_id, sak.seal, mote_id)
    return render_template(
        "moter/veileder_mote.html",
        person=_person(sak),
        mote=motet,
        mulig={handling.value for handling in motet.mulig("ansatt")},
        agenda=stemme.agenda(*key),
        arbeidskopi=notat.working_copy(*key),
        versjoner=notat.shared(*key),
        vurdering=stemme.rating(*key),
        former=dict(FORMER),
        punkter=PUNKTER,
        dag=typed_day,
    )


@bp.get("/mote/<uuid:mote_id>.ics")
@needs(SAK)
def ics(bruker_id: UUID, mote_id: UUID) -> ResponseReturnValue:  # noqa: ARG001 -- the gate has used it
    """The meeting for the veileder's own calendar, which others may read: no name, no place."""
    return kalender.ics(adgang.sak().seal, _theirs(mote_id))


@bp.route("/mote/<uuid:mote_id>/endre", methods=["GET", "POST"])
@needs(SAK)
def endre(bruker_id: UUID, mote_id: UUID) -> ResponseReturnValue:
    """Another time, place or length."""
    sak, motet, status, changed = adgang.sak(), _theirs(mote_id), 200, False
    folger = tildelinger.following(sak.kommune_id, bruker_id)
    # Somebody who follows the bruker no longer meets nobody: then it is whoever changes the meeting.
    med = motet.ansatt_id if any(one.id == motet.ansatt_id for one in folger) else access.ansatt().id
    form = Endringsskjema(folger, med, motet.avtale, motet.ansatt_id)
    if form.validate_on_submit():
        try:
            service.change(access.ansatt(), sak, mote_id, form.avtale(), form.med(), form.forst())
        except service.Changed:
            motet, status, changed = _theirs(mote_id), 409, True
            form.beside(motet.avtale, motet.ansatt_id)
            form.form_errors.append(
                _(
                    "Møtet er endret et annet sted i mellomtiden. Det du skrev, står her fortsatt, men er ikke lagret. "
                    "Trykk én gang til hvis det er det som skal gjelde."
                )
            )
        except rules.NotPossible:
            status = _not_now(form)
        except NotTheirs:
            form.nobody()
            status = 409
        else:
            utkast.forget()
            flash(_("Møtet er endret. Brukeren ser endringen hos seg."), "bra")
            return redirect(url_for(".mote", bruker_id=bruker_id, mote_id=mote_id), 303)
    page = render_template(
        "moter/veileder_skjema.html",
        person=_person(sak),
        skjema=form,
        nokkel=once.key(),
        mote=motet,
        endret=changed,
        former=dict(FORMER),
        har_utkast=utkast.waiting(),
    )
    return page, status


@bp.route("/mote/<uuid:mote_id>/avlys", methods=["GET", "POST"])
@needs(SAK)
def avlys(bruker_id: UUID, mote_id: UUID) -> ResponseReturnValue:
    """Cancel, with a message."""
    sak, motet, form, status = adgang.sak(), _theirs(mote_id), Avlysskjema(), 200
    if form.validate_on_submit():
        try:
            service.cancel(access.ansatt(), sak, mote_id, form.melding.data or "")
        except rules.NotPossible:
            status = _not_now(form)
        else:
            utkast.forget()
            flash(_("Møtet er avlyst. Brukeren ser meldingen din."), "bra")
            return redirect(url_for(".mote", bruker_id=bruker_id, mote_id=mote_id), 303)
    page = render_template(
        "moter/veileder_avlys.html", person=_person(sak), skjema=form, mote=motet, har_utkast=utkast.waiting()
    )
    return page, status


@bp.post("/mote/<uuid:mote_id>/holdt")
@needs(SAK)
@button("moter_veileder.mote")
def holdt(bruker_id: UUID, mote_id: UUID) -> ResponseReturnValue:
    """The meeting was held: K8's first clock stops when it was after a delivery."""
    said = _("Møtet er merket som holdt. Nå kan du skrive og dele notatet.")
    return _end(bruker_id, mote_id, service.held, said)


@bp.post("/mote/<uuid:mote_id>/ikke-holdt")
@needs(SAK)
@button("moter_veileder.mote")
def ikke_holdt(bruker_id: UUID, mote_id: UUID) -> ResponseReturnValue:
    """The meeting did not happen (U7: nothing more is said about it)."""
    said = _("Det er notert at møtet ikke ble holdt. Ta kontakt og avtal et nytt.")
    return _end(bruker_id, mote_id, service.not_held, said)


def _end(
    bruker_id: UUID, mote_id: UUID, how: Callable[[access.Ansatt, adgang.Sak, UUID], None], said: str
) -> ResponseReturnValue:
    form = Skjema()
    if form.validate_on_submit():
        try:
            how(access.ansatt(), adgang.sak(), mote_id)
        except lesing.NotHere:
            abort(404)
        except rules.NotPossible:
            _not_now(form)
        else:
            flash(said, "bra")
    _say(form)
    return redirect(url_for(".mote", bruker_id=bruker_id, mote_id=mote_id), 303)


def _say(form: Skjema) -> None:
    for text in form.form_errors:
        flash(text, "feil")


def _not_now(form: Skjema) -> int:
    """Say that the meeting has changed elsewhere, with what was typed still in the form; returns the page's status."""
    form.form_errors.append(
        _("Dette kan ikke gjøres med møtet nå. Kanskje er det endret et annet sted. Se over det som står her.")
    )
    return 409


def _theirs(mote_id: UUID) -> Motet:
    sak = adgang.sak()
    try:
        return lesing.one(sak.kommune_id, sak.bruker_id, sak.seal, mote_id)
    except lesing.NotHere:
        abort(404)


def _person(sak: Sak) -> identitet.Person:
    return identitet.person(sak.kommune_id, sak.bruker_id, sak.seal)
