"""klage: the views of the veileder side."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import adgang
from webapp.identitet import service as identitet
from webapp.klage import lesing, mal, rules, service
from webapp.klage.forms import HVORDAN, STEG, Stegskjema
from webapp.klage.klagen import Klagen
from webapp.klage.rules import Stand
from webapp.platform import access, once
from webapp.platform.access import SAK, needs
from webapp.tolking import service as tolking

bp = Blueprint("klage_veileder", __name__, url_prefix="/veileder/bruker/<uuid:bruker_id>/klage")


@bp.get("/")
@needs(SAK)
def liste(bruker_id: UUID) -> ResponseReturnValue:
    """Every klage from this bruker."""
    sak = adgang.sak()
    return render_template(
        "klage/veileder_liste.html",
        person=identitet.person(sak.kommune_id, bruker_id, sak.seal),
        klager=lesing.alle(sak.kommune_id, bruker_id, sak.seal),
        steg=STEG,
    )


@bp.get("/<uuid:klage_id>")
@needs(SAK)
def klage(bruker_id: UUID, klage_id: UUID) -> ResponseReturnValue:
    """One klage, with what has been done, and the one next right step."""
    sak, one = adgang.sak(), _theirs(klage_id)
    return render_template(
        "klage/veileder_klage.html",
        person=identitet.person(sak.kommune_id, bruker_id, sak.seal),
        klage=mal.med_frist(sak.kommune_id, bruker_id, sak.seal, one),
        filer=lesing.filer(sak.kommune_id, bruker_id, sak.seal, klage_id),
        tilleggsfiler=lesing.tilleggsfiler(sak.kommune_id, bruker_id, sak.seal, [each.id for each in one.tillegg]),
        gjengitt=tolking.beside(sak.kommune_id, bruker_id, sak.seal, [one.id, *(each.id for each in one.tillegg)]),
        mulig=rules.possible(one.stand, "ansatt"),
        hvordan=HVORDAN,
        steg=STEG,
    )


@bp.route("/<uuid:klage_id>/steg", methods=["GET", "POST"])
@needs(SAK)
def steg(bruker_id: UUID, klage_id: UUID) -> ResponseReturnValue:
    """Register the next step."""
    sak, one, status = adgang.sak(), _theirs(klage_id), 200
    lest = _read(one)
    form = Stegskjema(rules.possible(one.stand, "ansatt"))
    if form.validate_on_submit() and form.dato.dag is not None:
        try:
            service.step(
                access.ansatt(),
                sak,
                klage_id,
                once.row_id(),
                Stand(form.steg.data),
                form.dato.dag,
                form.tekst.data or "",
                lest=lest,
            )
        except rules.TidligereEnn as early:
            form.dato.errors = [
                _("Dette kan ikke ha skjedd før %(dato)s. Se over datoen.", dato=format_date(early.fra, "long"))
            ]
        except service.SagtMer:
            form.form_errors.append(
                _("Brukeren har skrevet mer siden du åpnet siden. Les det først. Det du skrev, står her fortsatt.")
            )
            one, status = _theirs(klage_id), 409
            lest = one.sagt_mer
        except rules.NotPossible:
            form.form_errors.append(
                _("Dette kan ikke registreres nå. Kanskje er det gjort et annet sted. Se over det som står her.")
            )
            status = 409
        else:
            utkast.forget()
            flash(_("Lagret. Brukeren ser det hos seg."), "bra")
            return redirect(url_for(".klage", bruker_id=bruker_id, klage_id=klage_id), 303)
    page = render_template(
        "klage/veileder_steg.html",
        person=identitet.person(sak.kommune_id, bruker_id, sak.seal),
        klage=one,
        skjema=form,
        lest=lest,
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
        steg=STEG,
    )
    return page, status


def _read(one: Klagen) -> int:
    """How much was said when the page was opened; what is no number is what there is now."""
    text = request.form.get("lest", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else one.sagt_mer


def _theirs(klage_id: UUID) -> Klagen:
    sak = adgang.sak()
    try:
        return lesing.en(sak.kommune_id, sak.bruker_id, sak.seal, klage_id)
    except lesing.NotHere:
        abort(404)
