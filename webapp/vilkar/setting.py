"""vilkar: composing a vilkår from the bank, seeing it as the bruker will, and setting it (V1–V6)."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import adgang
from webapp.identitet import service as identitet
from webapp.plan import kobling
from webapp.plan.innhold import Steg
from webapp.platform import access, languages, once
from webapp.platform.access import SAK, needs
from webapp.vilkar import koblet, kvalitet, lesing, passer, rules, service, tekst, vedtak, vilkarskjema
from webapp.vilkar.grunnlag import NotHere
from webapp.vilkar.kvalitet import Rad
from webapp.vilkar.rules import Handling, Tilstand
from webapp.vilkar.tekst import Rammer, Tekst
from webapp.vilkar.tekstbank import SLAG, TYPER
from webapp.vilkar.vilkarskjema import SKJEMAER, Vilkarskjema

bp = Blueprint("setting", __name__)
REFUSED = (
    koblet.NotAgreed,
    rules.NotPossible,
    service.AlreadySet,
    service.Changed,
    service.SameVedtak,
    service.VedtakDoesNotFit,
)


@bp.get("/vilkar/nytt")
@needs(SAK)
def velg(bruker_id: UUID) -> ResponseReturnValue:
    """Choose a type from the bank."""
    sak = adgang.sak()
    return render_template(
        "vilkar/veileder_velg.html",
        person=identitet.person(sak.kommune_id, bruker_id, sak.seal),
        har_vedtak=bool(vedtak.all_of(sak.kommune_id, bruker_id, sak.seal)),
        slag=SLAG,
        typer=TYPER.values(),
    )


@bp.route("/vilkar/nytt/<kind>", methods=["GET", "POST"])
@needs(SAK)
def nytt(bruker_id: UUID, kind: str) -> ResponseReturnValue:
    """Compose: fill in, look at it with the advice, set it."""
    sak = adgang.sak()
    tied = _standing()
    if kind not in SKJEMAER or not tied:
        abort(404)
    form = SKJEMAER[kind](tied, _steps())
    if form.validate_on_submit():
        advice = kvalitet.rad(form.forslag())
        if _is_set(form, advice):
            overruled = [one.kode.value for one in advice if not one.blokkerer]
            try:
                made = service.put(
                    access.ansatt(),
                    sak,
                    once.row_id(),
                    UUID(form.vedtak_id.data),
                    form.innhold(sorted(set(overruled))),
                    form.frist_dato,
                )
            except REFUSED as problem:
                status = _say_why(form, problem)
                return _page(form, None, advice), status
            utkast.forget()
            flash(_("Vilkåret er satt. Brukeren ser det hos seg."), "bra")
            return redirect(f"/veileder/bruker/{bruker_id}/vilkar/{made}", 303)
        return _page(form, None, advice)
    return _page(form, None, None)


@bp.route("/vilkar/<uuid:vilkar_id>/endre", methods=["GET", "POST"])
@needs(SAK)
def endre(bruker_id: UUID, vilkar_id: UUID) -> ResponseReturnValue:
    """A new version of it, on a vedtak of its own."""
    sak = adgang.sak()
    try:
        whole = lesing.whole(sak.kommune_id, bruker_id, sak.seal, vilkar_id)
    except NotHere:
        abort(404)
    if Handling.ENDRE not in rules.possible(Tilstand(whole.vilkar.tilstand), "ansatt") and request.method == "GET":
        abort(404)
    now = whole.na
    form = SKJEMAER[now.innhold.type](_standing(), _steps(), data=vilkarskjema.typed(now.innhold, now.frist, ""))
    if not form.validate_on_submit():
        return _page(form, whole, None)
    advice = kvalitet.rad(form.forslag(ut=str(now.vedtak_id)))
    if not _is_set(form, advice):
        return _page(form, whole, advice)
    overruled = sorted({one.kode.value for one in advice if not one.blokkerer})
    try:
        service.change(
            access.ansatt(),
            sak,
            vilkar_id,
            request.form.get("versjon", 0, type=int),
            UUID(form.vedtak_id.data),
            form.innhold(overruled),
            form.frist_dato,
        )
    except REFUSED as problem:
        status = _say_why(form, problem)
        return _page(form, whole, advice), status
    utkast.forget()
    flash(_("Vilkåret er endret. Brukeren blir spurt på nytt om det er forstått."), "bra")
    return redirect(f"/veileder/bruker/{bruker_id}/vilkar/{vilkar_id}", 303)


def _say_why(form: Vilkarskjema, problem: Exception) -> int:
    """Say at the field, or above the form, why it was refused; returns the status of the page."""
    changed = _("Vilkåret er endret et annet sted. Det du skrev, står her fortsatt. Se på vilkåret før du går videre.")
    again = _("Vilkåret er satt før, med et annet innhold. Se i listen. Det du skrev, står her fortsatt.")
    match problem:
        case koblet.NotAgreed():
            form.step_gone()
        case service.VedtakDoesNotFit():
            form.vedtak_id.errors = [str(passer.TEKST[problem.hva])]
        case service.SameVedtak():
            form.vedtak_id.errors = [_("Et endret vilkår trenger et nytt vedtak. Registrer vedtaket først.")]
        case _:
            form.form_errors.append(again if isinstance(problem, service.AlreadySet) else changed)
            return 409
    return 422


def _is_set(form: Vilkarskjema, advice: list[Rad]) -> bool:
    """Whether the button was «set», text and advice are those that were seen, and overruling has a reason."""
    seen = (request.form.get("vist", ""), request.form.get("sett_rad", ""))
    if request.form.get("steg") != "sett" or seen != (_mark(form), kvalitet.key(advice)):
        return False
    if any(not one.blokkerer for one in advice) and not (form.grunn.data or "").strip():
        form.grunn.errors = [_("Skriv hvorfor du går videre, eller rett det rådene sier.")]
        return False
    return True


def _standing() -> list[vedtak.Vedtaket]:
    sak = adgang.sak()
    return [one for one in vedtak.all_of(sak.kommune_id, sak.bruker_id, sak.seal) if one.rettet_av is None]


def _steps() -> list[Steg]:
    sak = adgang.sak()
    return kobling.agreed(sak.kommune_id, sak.bruker_id, sak.seal)


def _page(form: Vilkarskjema, whole: lesing.Helt | None, advice: list[Rad] | None) -> str:
    """The form; with ``advice`` (the form is right): above it what the bruker will read, in two languages."""
    sak = adgang.sak()
    person = identitet.person(sak.kommune_id, sak.bruker_id, sak.seal)
    return render_template(
        "vilkar/veileder_skjema.html",
        person=person,
        skjema=form,
        kind=form.kind,
        helt=whole,
        rad=advice,
        radnokkel=kvalitet.key(advice) if advice is not None else "",
        overstyres=bool(advice and any(not one.blokkerer for one in advice)),
        tekster=_previews(form, person.sprak) if advice is not None else [],
        vist=_mark(form) if advice is not None else "",
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
    )


def _mark(form: Vilkarskjema) -> str:
    """Which text was seen, so that a word changed after the preview is previewed again."""
    return _previews(form, languages.SOURCE)[0].sha256().hex()[:16] + (form.aktivitet_id.data or "")


def _previews(form: Vilkarskjema, sprak: str) -> list[Tekst]:
    tied = form.vedtak[form.vedtak_id.data].fakta
    frames = Rammer(tied.ytelse, tied.klagefrist)
    wanted = dict.fromkeys((sprak if sprak in languages.SPRAK else languages.SOURCE, languages.SOURCE))
    return [tekst.rendered(form.innhold(), form.frist_dato, frames, one) for one in wanted]
