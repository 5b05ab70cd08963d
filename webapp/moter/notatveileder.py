"""moter: the samtalenotat on the veileder side. Write, look over, share."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import typed, utkast
from webapp.identitet import adgang
from webapp.identitet import service as identitet
from webapp.identitet.adgang import Sak
from webapp.kartlegging import kvittering, versjoner
from webapp.kartlegging import service as kartlegging
from webapp.kartlegging.skjema import SKJEMA
from webapp.kartlegging.skjema.samtalenotat import PUNKTER
from webapp.kartlegging.versjoner import Innhold
from webapp.moter import lesing, notat, rules, stemme
from webapp.moter.lesing import Motet
from webapp.moter.notatskjema import Notatskjema
from webapp.moter.rules import Handling
from webapp.platform import access
from webapp.platform.access import SAK, button, needs
from webapp.platform.datotekst import typed_day
from webapp.platform.forms import Skjema, kept_fields

bp = Blueprint("notat", __name__, url_prefix="/mote/<uuid:mote_id>/notat")


@bp.route("", methods=["GET", "POST"])
@needs(SAK)
def skriv(bruker_id: UUID, mote_id: UUID) -> ResponseReturnValue:
    """Write the note: fourteen points, each with the bruker's own answers beside it.

    ``rett``: it is opened again because of what stopped it from being shared, which is said at the field.
    """
    sak, motet = adgang.sak(), _meeting(mote_id)
    over = Handling.SKRIV_NOTAT not in motet.mulig("ansatt")
    if over and request.method == "GET" and kept_fields() is None:
        abort(404)
    copy = notat.working_copy(sak.kommune_id, bruker_id, sak.seal, mote_id)
    form = Notatskjema(data={**copy.innhold, "versjon": str(copy.versjon)})
    other = None
    if form.lagres():
        try:
            notat.save(access.ansatt(), sak, mote_id, form.startet_fra(), form.skrevet())
        except notat.Conflict as conflict:
            # Both texts are shown, the one typed here is kept, and it goes on from the other one's version.
            other = conflict.other
            typed.keep()
            form.versjon.data = str(other.versjon)
        except rules.NotPossible:
            over = True
        else:
            utkast.forget()
            if request.form.get("handling") == "se_over":
                return redirect(url_for(".se_over", bruker_id=bruker_id, mote_id=mote_id), 303)
            flash(_("Notatet er lagret. Brukeren ser det ikke før du deler det."), "bra")
            return redirect(url_for(".skriv", bruker_id=bruker_id, mote_id=mote_id), 303)
    elif form.is_submitted():
        form.validate_on_submit()  # says why: a form key that is too old
    elif request.args.get("rett"):
        form.klar_til_deling()
    if over:  # cancelled or not held, elsewhere, while they wrote: what they wrote is theirs to copy
        form.form_errors = [_("Møtet er endret et annet sted, så notatet kan ikke lagres. Kopier det du skrev.")]
    return (
        render_template(
            "moter/veileder_notat.html",
            person=_person(sak),
            mote=motet,
            skjema=form,
            arbeidskopi=copy,
            annen=other,
            punkter=PUNKTER,
            SKJEMA=SKJEMA,
            levering=_latest(sak),
            mengde=kvittering.counted,
            forrige=notat.last_step(sak.kommune_id, bruker_id, sak.seal, mote_id),
            dag=typed_day,
            agenda=stemme.agenda(sak.kommune_id, bruker_id, sak.seal, mote_id),
            har_utkast=utkast.waiting(),
            kan_lagres=not over,
        ),
        409 if other or (over and request.method == "POST") else 200,
    )


@bp.get("/se-over")
@needs(SAK)
def se_over(bruker_id: UUID, mote_id: UUID) -> ResponseReturnValue:
    """The note as the bruker will see it."""
    sak, motet = adgang.sak(), _writable(mote_id)
    copy = notat.working_copy(sak.kommune_id, bruker_id, sak.seal, mote_id)
    if not copy.innhold:
        return redirect(url_for(".skriv", bruker_id=bruker_id, mote_id=mote_id), 303)
    form = Notatskjema(data={**copy.innhold, "versjon": str(copy.versjon)})
    ready = form.klar_til_deling()
    return render_template(
        "moter/veileder_se_over.html",
        person=_person(sak),
        mote=motet,
        arbeidskopi=copy,
        skjema=form,
        klar=ready,
        feil=[one for one in form if one.errors],
        kan_dele=Handling.DEL_NOTAT in motet.mulig("ansatt"),
        kan_holdes=Handling.HOLDT in motet.mulig("ansatt"),
        punkter=PUNKTER,
        dag=typed_day,
        tiltak=copy.innhold.get(notat.TILTAK, ""),
    )


@bp.post("/del")
@needs(SAK)
@button("moter_veileder.notat.se_over")
def del_(bruker_id: UUID, mote_id: UUID) -> ResponseReturnValue:
    """Share the version that was looked over, and no other."""
    sak, form = adgang.sak(), Skjema()
    _writable(mote_id)
    back = redirect(url_for(".se_over", bruker_id=bruker_id, mote_id=mote_id), 303)
    if not form.validate_on_submit():
        for text in form.form_errors:
            flash(text, "feil")
        return back
    seen = Notatskjema(formdata=request.form).startet_fra()
    copy = notat.working_copy(sak.kommune_id, bruker_id, sak.seal, mote_id)
    if not Notatskjema(formdata=None, data=copy.innhold).klar_til_deling():
        return back
    try:
        notat.share(access.ansatt(), sak, mote_id, seen)
    except notat.Conflict:
        flash(_("Notatet er endret siden du så over det. Se over det på nytt før du deler."), "obs")
        return back
    except (notat.Empty, rules.NotPossible):
        flash(_("Notatet kan ikke deles ennå. Møtet må være merket som holdt, og notatet må ha innhold."), "feil")
        return back
    flash(_("Notatet er delt. Brukeren kan lese det og skrive en kommentar."), "bra")
    state = kartlegging.state(sak.kommune_id, bruker_id) if copy.innhold.get(notat.TILTAK) else None
    if state is not None and state.levert is not None and state.plan_fulgt is None and sak.tildelt:  # K8 still runs
        flash(_("Foreslå det dere ble enige om i planen også. Det er avtalt når brukeren har sagt ja."), "obs")
        return redirect(url_for("plan_veileder.nytt_steg", bruker_id=bruker_id, mote=mote_id), 303)
    return redirect(url_for("moter_veileder.mote", bruker_id=bruker_id, mote_id=mote_id), 303)


def _meeting(mote_id: UUID) -> Motet:
    sak = adgang.sak()
    try:
        return lesing.one(sak.kommune_id, sak.bruker_id, sak.seal, mote_id)
    except lesing.NotHere:
        abort(404)


def _writable(mote_id: UUID) -> Motet:
    motet = _meeting(mote_id)
    if Handling.SKRIV_NOTAT not in motet.mulig("ansatt"):
        abort(404)
    return motet


def _latest(sak: Sak) -> Innhold | None:
    state = kartlegging.state(sak.kommune_id, sak.bruker_id)
    if state is None or state.siste_levering_id is None:
        return None
    latest = versjoner.read(sak.kommune_id, sak.bruker_id, sak.seal, state.siste_levering_id)
    return versjoner.read_standing(sak.kommune_id, sak.bruker_id, sak.seal, latest)


def _person(sak: Sak) -> identitet.Person:
    return identitet.person(sak.kommune_id, sak.bruker_id, sak.seal)
