"""innsyn: the views of the bruker side."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from webapp import utkast
from webapp.innsyn import alt as egne
from webapp.innsyn import dokument, ordlyd, service, verdier
from webapp.innsyn.forms import Henvendelsesskjema
from webapp.innsyn.rules import Slag
from webapp.platform import access, attempts, nedlasting, once, pdf
from webapp.platform.access import BRUKER, needs

bp = Blueprint("innsyn_bruker", __name__, url_prefix="/innsyn")
bp.add_app_template_filter(ordlyd.marked, "med_navn")


@bp.get("/")
@needs(BRUKER)
def hjem() -> ResponseReturnValue:
    """Who has opened what (S1), what is held in short, and what one can ask for (S3)."""
    who = access.bruker()
    before = _number("for")
    return render_template(
        "innsyn/hjem.html",
        apninger=service.openings(who.kommune_id, who.id, who.seal, before=before),
        senere_side=before is not None,
        omfang=egne.extent(who.kommune_id, who.id) if before is None else None,
        henvendelser=service.requests(who.kommune_id, who.id, who.seal, size=3)[0] if before is None else (),
        slag=verdier.SLAG,
    )


@bp.get("/hendelser")
@needs(BRUKER)
def hendelser() -> ResponseReturnValue:
    """Everything that has happened, in plain words."""
    who = access.bruker()
    lines, following = service.timeline(who.kommune_id, who.id, "bruker", before=_number("for"))
    return render_template("innsyn/hendelser.html", linjer=lines, neste=following)


@bp.get("/alt")
@needs(BRUKER)
def alt() -> ResponseReturnValue:
    """Everything held about me, on one page."""
    data = egne.gather(access.bruker(), "side")
    return render_template("innsyn/alt.html", blokker=dokument.for_page(dokument.blocks(data)))


@bp.get("/alt.json")
@needs(BRUKER)
def alt_json() -> ResponseReturnValue:
    """The same for machines (GDPR art. 20)."""
    return _download(egne.as_json(egne.gather(access.bruker(), "json")), "application/json", "json")


@bp.get("/alt.pdf")
@needs(BRUKER)
def alt_pdf() -> ResponseReturnValue:
    """The same to keep or to show somebody."""
    attempts.count_pdf(access.bruker().id)
    data = egne.gather(access.bruker(), "pdf")
    try:
        made = pdf.make_pdf(dokument.document(data, lang=str(get_locale()).replace("_", "-")))
    except pdf.PdfError:  # years of long texts take too long to set; the page has the same, and can be printed
        flash(_("Vi fikk ikke laget PDF-en. Skriv ut siden i stedet."), "feil")
        return redirect(url_for(".alt"), 303)
    return _download(made, "application/pdf", "pdf")


@bp.get("/henvendelse/")
@needs(BRUKER)
def henvendelser() -> ResponseReturnValue:
    """What I have asked for, and the answers."""
    who = access.bruker()
    found, following = service.requests(who.kommune_id, who.id, who.seal, before=_uuid("for"))
    return render_template("innsyn/henvendelser.html", henvendelser=found, neste=following, slag=verdier.SLAG)


@bp.route("/henvendelse/ny", methods=["GET", "POST"])
@needs(BRUKER)
def ny_henvendelse() -> ResponseReturnValue:
    """Ask for a correction, for deletion, or something else."""
    who = access.bruker()
    if request.method == "GET" and utkast.waiting():
        return redirect(url_for(".ny_henvendelse", utkast="1"), 303)
    skjema = Henvendelsesskjema(slag=request.args.get("slag"))
    if skjema.validate_on_submit():
        try:
            sent = service.send(who, once.row_id(), Slag(skjema.slag.data), skjema.tekst.data or "", str(get_locale()))
        except service.NotHere:
            abort(404)
        utkast.forget()
        flash(_("Henvendelsen er sendt og lagret."), "bra")
        return redirect(url_for(".henvendelse", henvendelse_id=sent), 303)
    return render_template("innsyn/ny_henvendelse.html", skjema=skjema, nokkel=once.key())


@bp.get("/henvendelse/<uuid:henvendelse_id>")
@needs(BRUKER)
def henvendelse(henvendelse_id: UUID) -> ResponseReturnValue:
    """The receipt for a request, and the answer when it has come."""
    who = access.bruker()
    try:
        found = service.request(who.kommune_id, who.id, who.seal, henvendelse_id)
    except service.NotHere:
        abort(404)
    return render_template("innsyn/henvendelse.html", henvendelse=found, slag=verdier.SLAG)


def _download(body: bytes, mimetype: str, ending: str) -> Response:
    return Response(body, mimetype=mimetype, headers=nedlasting.headers(ending))


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _uuid(name: str) -> UUID | None:
    try:
        return UUID(request.values.get(name, ""))
    except ValueError:
        return None
