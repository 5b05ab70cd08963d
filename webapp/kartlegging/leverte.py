"""What has been delivered: the receipt, reading it, comparing versions, and answering what the veileder asks."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import veilederen
from webapp.kartlegging import kvittering as kvitteringer
from webapp.kartlegging import merknader, ordlyd, sammenligning, versjoner
from webapp.kartlegging.forms import Merknadsvarskjema
from webapp.kartlegging.service import NotHere
from webapp.kartlegging.versjoner import Innhold
from webapp.platform import access, attempts, nedlasting, once, pdf
from webapp.platform.access import BRUKER, needs
from webapp.tolking import service as tolking

bp = Blueprint("kartlegging_leverte", __name__)


@bp.get("/kartlegging/kvittering/<nummer>")
@needs(BRUKER)
def kvittering(nummer: str) -> ResponseReturnValue:
    """The receipt: number, time, what happens next and by when (K8)."""
    who, content = access.bruker(), _mine(nummer)
    return render_template(
        "kartlegging/kvittering.html",
        levert=content,
        innhold=kvitteringer.amount(content),
        samme_frister=_same_deadlines(who, content),
    )


@bp.get("/kartlegging/kvittering/<nummer>.pdf")
@needs(BRUKER)
def kvittering_pdf(nummer: str) -> ResponseReturnValue:
    """The receipt with all answers, to keep."""
    who, content = access.bruker(), _mine(nummer)
    attempts.count_pdf(who.id)
    try:
        made = kvitteringer.as_pdf(
            content,
            has_veileder=veilederen.missing() is None,
            same_deadlines=_same_deadlines(who, content),
        )
    except pdf.PdfError:  # the page has the same, and can be printed
        flash(_("Vi fikk ikke laget PDF-en. Skriv ut siden i stedet."), "feil")
        return redirect(url_for(".kvittering", nummer=content.nummer), 303)
    return Response(made, mimetype="application/pdf", headers=nedlasting.headers("pdf", content.nummer))


@bp.get("/kartlegging/leverte/")
@needs(BRUKER)
def liste() -> ResponseReturnValue:
    """Every version that has been delivered, the latest first."""
    who = access.bruker()
    return render_template("kartlegging/leverte.html", versjoner=versjoner.versions(who.kommune_id, who.id))


@bp.get("/kartlegging/leverte/<nummer>")
@needs(BRUKER)
def les(nummer: str) -> ResponseReturnValue:
    """One version as it was delivered, with what the veileder has noted or asked beside the answers (K1)."""
    who = access.bruker()
    content = _mine(nummer)
    beside: dict[str, list[merknader.Merknadsvisning]] = {}
    here = [content.id]
    for remark in merknader.for_levering(who.kommune_id, who.id, who.seal, content.id):
        here += [said.id for said in remark.svar]
        beside.setdefault(remark.sporsmal, []).append(remark)
    return render_template(
        "kartlegging/levert.html",
        levert=content,
        temaer=ordlyd.themes(content, {*content.svar, *beside, *versjoner.left_open(content)}),
        merknader=beside,
        gjengitt=tolking.beside(who.kommune_id, who.id, who.seal, here),
        forrige=_before(who, content),
    )


@bp.get("/kartlegging/sammenlign/<fra>/<til>")
@needs(BRUKER)
def sammenlign(fra: str, til: str) -> ResponseReturnValue:
    """Two versions, theme by theme and word by word; the older one is always the one compared from."""
    who = access.bruker()
    old, new = (
        versjoner.read_standing(who.kommune_id, who.id, who.seal, one)
        for one in sorted((_mine(fra), _mine(til)), key=lambda one: one.versjon)
    )
    themes, questions = ordlyd.compared(old, new)
    return render_template(
        "kartlegging/sammenlign.html",
        gammel=old,
        ny=new,
        forskjeller=sammenligning.compare(old.svar, new.svar),
        temaer=themes,
        sporsmal=questions,
    )


@bp.route("/kartlegging/merknad/<uuid:merknad_id>/svar", methods=["GET", "POST"])
@needs(BRUKER)
def svar_pa_merknad(merknad_id: UUID) -> ResponseReturnValue:
    """The bruker answers a question or remark beside an answer (K11)."""
    who = access.bruker()
    try:
        remark = merknader.one(who.kommune_id, who.id, who.seal, merknad_id)
        content = versjoner.read(who.kommune_id, who.id, who.seal, remark.levering_id)
        sporsmal = ordlyd.question(content, remark.sporsmal)
    except LookupError:
        abort(404)
    form = Merknadsvarskjema()
    if form.validate_on_submit():
        merknader.answer(who, merknad_id, form.tekst.data or "", once.row_id())
        utkast.forget()
        flash(
            veilederen.said(_("Svaret er sendt til veilederen din."), _("Svaret er sendt til Nav-kontoret.")),
            "bra",
        )
        return redirect(url_for(".les", nummer=content.nummer), 303)
    return render_template(
        "kartlegging/merknad.html",
        skjema=form,
        merknad=remark,
        levert=content,
        sporsmal=sporsmal,
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
    )


def _mine(nummer: str) -> Innhold:
    """A version of the signed-in bruker's own; someone else's is not found (404)."""
    who = access.bruker()
    try:
        return versjoner.read_numbered(who.kommune_id, who.id, who.seal, nummer)
    except NotHere:
        abort(404)


def _same_deadlines(who: access.Bruker, content: Innhold) -> bool:
    return kvitteringer.same_deadlines(content, versjoner.before(content, who.kommune_id, who.id))


def _before(who: access.Bruker, content: Innhold) -> str | None:
    """The number of the version before this one."""
    before = versjoner.before(content, who.kommune_id, who.id)
    return before.nummer if before is not None else None
