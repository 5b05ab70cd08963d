"""klage: the views of the bruker side."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import typed, utkast
from webapp.identitet import service as identitet
from webapp.klage import kopi, lesing, mal, service
from webapp.klage.forms import HVORDAN, STEG, Klageskjema
from webapp.klage.klagen import Klagen
from webapp.klage.rules import Mal
from webapp.platform import access, attempts, ids, nedlasting, once, pdf
from webapp.platform.access import BRUKER, needs
from webapp.tolking import service as tolking
from webapp.vedlegg import service as vedlegg
from webapp.vedlegg import skjema as vedleggsskjema

bp = Blueprint("klage_bruker", __name__)


@bp.get("/klage/")
@needs(BRUKER)
def liste() -> ResponseReturnValue:
    """What I can complain about, and what I have sent."""
    who = access.bruker()
    return render_template(
        "klage/liste.html",
        klager=lesing.alle(who.kommune_id, who.id, who.seal),
        mal=[one for one in mal.alle(who.kommune_id, who.id, who.seal) if not one.erstattet],
        steg=STEG,
    )


@bp.route("/klage/ny/<slag>/<uuid:mal_id>", methods=["GET", "POST"])
@needs(BRUKER)
def ny(slag: str, mal_id: UUID) -> ResponseReturnValue:
    """Write → look over → send. What is typed is kept on the way, and stays when it cannot be taken in."""
    who, status = access.bruker(), 200
    try:
        against = mal.en(who.kommune_id, who.id, who.seal, Mal(slag), mal_id)
    except (mal.NotHere, ValueError):
        abort(404)
    elsewhere = vedleggsskjema.vil_legge_ved()
    if elsewhere is not None:
        return elsewhere
    form, doing, look_over = Klageskjema(), request.form.get("handling", "se_over"), False
    nokkel = once.key()
    if form.validate_on_submit() and doing != "endre":
        if doing == "send":
            try:
                klage_id = service.send(
                    who, once.row_id(), against.type, mal_id, form.ord(), vedleggsskjema.valgte(), request.path
                )
            except lesing.NotHere:
                abort(404)
            except service.AlreadySent:
                form.form_errors.append(
                    _(
                        "Du har sendt en klage herfra før. Det som står her nå, er ikke sendt. "
                        "Vil du sende det også, går du videre."
                    )
                )
                status, nokkel = 409, ids.new_id().hex
            except (vedlegg.NotHere, vedlegg.ForMange):
                form.form_errors.append(vedleggsskjema.borte())
                status = 409
            else:
                utkast.forget()
                flash(_("Klagen er sendt. Vi har lagret den."), "bra")
                return redirect(url_for(".klage", klage_id=klage_id), 303)
        else:
            look_over = True
            typed.keep()  # without scripts, this is what keeps it until it is sent
    page = render_template(
        "klage/se_over.html" if look_over else "klage/ny.html",
        mal=against,
        skjema=form,
        vedlegg=vedleggsskjema.felt(vedlegg.eier(who)),
        nokkel=nokkel,
        har_utkast=utkast.waiting() and request.method == "GET",
    )
    return page, status


@bp.get("/klage/<uuid:klage_id>")
@needs(BRUKER)
def klage(klage_id: UUID) -> ResponseReturnValue:
    """The receipt (U5), and what has been done with it since."""
    who, one = access.bruker(), _mine(klage_id)
    return render_template(
        "klage/klage.html",
        klage=one,
        filer=lesing.filer(who.kommune_id, who.id, who.seal, klage_id),
        tilleggsfiler=lesing.tilleggsfiler(who.kommune_id, who.id, who.seal, [each.id for each in one.tillegg]),
        gjengitt=tolking.beside(who.kommune_id, who.id, who.seal, [one.id, *(each.id for each in one.tillegg)]),
        nokkel=once.key(),
        hvordan=HVORDAN,
        kontor=identitet.kontor(who.kommune_id, who.kontor_id),
        steg=STEG,
    )


@bp.get("/klage/<uuid:klage_id>.pdf")
@needs(BRUKER)
def kvittering(klage_id: UUID) -> ResponseReturnValue:
    """A copy to keep (U5)."""
    who, one = access.bruker(), _mine(klage_id)
    attempts.count_pdf(who.id)
    try:
        made = kopi.receipt(
            one,
            lesing.filer(who.kommune_id, who.id, who.seal, klage_id),
            lesing.tilleggsfiler(who.kommune_id, who.id, who.seal, [each.id for each in one.tillegg]),
        )
    except pdf.PdfError:  # the page has the same, and can be printed
        flash(_("Vi fikk ikke laget PDF-en. Skriv ut siden i stedet."), "feil")
        return redirect(url_for(".klage", klage_id=klage_id), 303)
    return Response(made, mimetype="application/pdf", headers=nedlasting.headers("pdf", one.nummer))


def _mine(klage_id: UUID) -> Klagen:
    who = access.bruker()
    try:
        found = lesing.en(who.kommune_id, who.id, who.seal, klage_id)
    except lesing.NotHere:
        abort(404)
    return mal.med_frist(who.kommune_id, who.id, who.seal, found)
