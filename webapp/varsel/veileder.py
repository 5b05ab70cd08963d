"""varsel: the views of the veileder side, until the notice has arrived. The rest: veileder_horing.py."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from webapp import typed, utkast
from webapp.identitet import adgang
from webapp.kartlegging import kontakt
from webapp.kartlegging.skjema import SKJEMA
from webapp.paminnelse import spor
from webapp.platform import access, languages, once
from webapp.platform.access import SAK, needs
from webapp.platform.belop import kroner
from webapp.platform.database import reading
from webapp.varsel import apning, grunn, lesing, lister, rules, service, veileder_horing
from webapp.varsel import ord as koder
from webapp.varsel.felt import fault
from webapp.varsel.forms import Lukkskjema, Naddskjema, Noteskjema, Varselskjema
from webapp.varsel.innhold import Nadd
from webapp.varsel.sider import not_now, one_of, page
from webapp.varsel.steg import Moved
from webapp.vilkar import grunnlag as vilkar
from webapp.vilkar import tekst as vilkartekst
from webapp.vilkar.grunnlag import NotHere

bp = Blueprint("varsel_veileder", __name__, url_prefix="/veileder/bruker/<uuid:bruker_id>/varsel")
bp.register_blueprint(veileder_horing.bp)


@bp.get("/")
@needs(SAK)
def liste(bruker_id: UUID) -> ResponseReturnValue:
    """Every matter of this bruker."""
    sak = adgang.sak()
    return page("veileder_liste.html", saker=lister.for_veileder(sak.kommune_id, bruker_id, sak.seal))


@bp.route("/nytt", methods=["GET", "POST"])
@needs(SAK)
def nytt(bruker_id: UUID) -> ResponseReturnValue:
    """Note what happened. Nothing is sent yet."""
    sak = adgang.sak()
    choices = {
        str(one.id): vilkartekst.html(one.tittel)
        for one in vilkar.gjeldende(sak.kommune_id, bruker_id, sak.seal)
        if one.slag != "dokumentasjon"  # V3
    }
    form = Noteskjema(vilkar=choices, data={"vilkar": request.args.get("vilkar", "")})
    status = 200
    if form.validate_on_submit():
        try:
            sak_id = service.note(access.ansatt(), sak, once.row_id(), UUID(form.vilkar.data), form.notat())
        except NotHere:
            abort(404)
        except rules.NotPossible:
            status = not_now(form)
        else:
            utkast.forget()
            flash(_("Det er notert. Ingenting er sendt til brukeren."), "bra")
            return redirect(url_for(".sak", bruker_id=bruker_id, sak_id=sak_id), 303)
    return page(
        "veileder_nytt.html",
        status,
        skjema=form,
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
        har_vilkar=bool(choices),
    )


@bp.get("/<uuid:sak_id>")
@needs(SAK)
def sak(bruker_id: UUID, sak_id: UUID) -> ResponseReturnValue:
    """One matter: where it stands, and the one next right step."""
    matter, missing = one_of(sak_id)
    now = service.moment(matter)
    step = rules.next_step(matter.tilstand, matter.fakta, now)
    told = apning.arrivals(adgang.sak().kommune_id, sak_id, adgang.sak().seal) if matter.avgjorelse else []
    possible = {one.value for one in rules.possible(matter.tilstand, "ansatt", matter.fakta, now)}
    return page(
        "veileder_sak.html",
        sak=matter,
        mangler=missing,
        mulig=possible,
        neste=step,
        fatt=told,
        klagefrist=_last_day(matter, told),
        **(_contact() if step == "nadd" or (matter.avgjorelse and not told) else {}),
        for_sent=matter.frist is not None and now >= matter.frist,
        spor=spor.about(adgang.sak().kommune_id, bruker_id, [sak_id]),
        **_vilkar(matter),
    )


@bp.route("/<uuid:sak_id>/send", methods=["GET", "POST"])
@needs(SAK)
def send(bruker_id: UUID, sak_id: UUID) -> ResponseReturnValue:
    """Compose → preview in both languages → send, once."""
    case, (matter, missing) = adgang.sak(), one_of(sak_id)
    most = _limits(matter)
    form = Varselskjema(data={"belop": str(most[0] or ""), "maneder": str(most[1] or ""), "steg": str(matter.steg)})
    status, preview = 200, None
    if form.validate_on_submit() and request.form.get("handling") != "endre":
        draft = form.utkast()
        try:
            if request.form.get("handling") == "send":
                service.send(access.ansatt(), case, sak_id, once.row_id(), draft, _number(form.steg.data))
                utkast.forget()
                flash(_("Varselet er sendt. Brukeren ser det hos seg."), "bra")
                return redirect(url_for(".sak", bruker_id=bruker_id, sak_id=sak_id), 303)
            preview = service.preview(case, matter, missing, draft)
            typed.keep()
        except service.NoGround as error:
            missing, status = error.mangler, 409
        except service.MoreThanSaid as error:
            if draft.belop > error.belop:
                fault(form.belop, _("Vilkåret sier høyst %(belop)s kroner i måneden.", belop=kroner(error.belop)))
            if draft.maneder > error.maneder:
                n = error.maneder
                fault(
                    form.maneder, ngettext("Hvor lenge: høyst %(num)s måned.", "Hvor lenge: høyst %(num)s måneder.", n)
                )
        except rules.NotPossible as error:
            status = not_now(form, moved=isinstance(error, Moved))
            matter, missing = one_of(sak_id)
    return page(
        "veileder_se_over.html" if preview else "veileder_send.html",
        status,
        sak=matter,
        skjema=form,
        mangler=missing,
        utgaver=preview,
        nokkel=once.key(),
        har_utkast=utkast.waiting() and not preview,
        sprakene=languages.SPRAK,
        **_vilkar(matter),
    )


@bp.route("/<uuid:sak_id>/nadd", methods=["GET", "POST"])
@needs(SAK)
def nadd(bruker_id: UUID, sak_id: UUID) -> ResponseReturnValue:
    """U3, U9: it reached the bruker another way: the notice, or what was decided."""
    matter, _missing = one_of(sak_id)
    decided = matter.avgjorelse
    form, status = Naddskjema(), 200
    if form.validate_on_submit():
        reached = apning.decision_reached if decided else service.reached
        try:
            reached(access.ansatt(), adgang.sak(), sak_id, form.hvordan.data, form.ord.data or "")
        except rules.NotPossible:
            status = not_now(form)
            matter, _missing = one_of(sak_id)
        else:
            utkast.forget()
            flash(_("Det er lagret. Fristen regnes fra nå."), "bra")
            return redirect(url_for(".sak", bruker_id=bruker_id, sak_id=sak_id), 303)
    if matter.varsel is None and request.method == "GET":
        abort(404)
    if matter.varsel is None and status == 200:  # also when a field is wrong: what was typed stays on the page
        status = not_now(form)
    shown = decided or matter.varsel
    kode = shown.sprak if shown else "nb"
    return page(
        "veileder_nadd.html",
        status,
        sak=matter,
        skjema=form,
        avsnitt=shown.tekst[kode] if shown else [],
        avsnitt_sprak=kode,
        har_utkast=utkast.waiting(),
        **_contact(),
    )


@bp.route("/<uuid:sak_id>/lukk", methods=["GET", "POST"])
@needs(SAK)
def lukk(bruker_id: UUID, sak_id: UUID) -> ResponseReturnValue:
    """Close with nothing taken."""
    matter, _missing = one_of(sak_id)
    form, status = Lukkskjema(), 200
    if form.validate_on_submit():
        try:
            service.close(access.ansatt(), adgang.sak(), sak_id, once.row_id(), form.grunn.data, form.tekst.data or "")
        except service.NoReason:
            fault(form.tekst, _("Skriv et svar til brukeren."))
        except rules.NotPossible:
            status = not_now(form)
            matter, _missing = one_of(sak_id)
        else:
            utkast.forget()
            flash(_("Saken er lukket. Brukeren mister ingen penger."), "bra")
            return redirect(url_for(".sak", bruker_id=bruker_id, sak_id=sak_id), 303)
    return page("veileder_lukk.html", status, sak=matter, skjema=form, nokkel=once.key(), har_utkast=utkast.waiting())


def _vilkar(matter: lesing.Saken) -> dict[str, Any]:
    case = adgang.sak()
    key = (case.kommune_id, case.bruker_id)
    with reading() as db:
        found = grunn.find(db, *key, matter.vilkar_id)
    return {
        "vilkar": grunn.words_of(*key, case.seal, matter.vilkarversjon_id, [str(get_locale())])[str(get_locale())],
        "vilkar_endret": found.vilkarversjon_id != matter.vilkarversjon_id,
        "hensyn": [grunn.HENSYN[one] for one in found.hensyn] if matter.tilstand in rules.OPEN else [],
    }


def _last_day(matter: lesing.Saken, told: list[Nadd]) -> date | None:
    """The last day to appeal, counted from when it reached the bruker (U9); None when there is nothing to appeal."""
    if matter.avgjorelse is None or matter.avgjorelse.utfall not in koder.KLAGBART:
        return None
    return apning.klagefrist(matter.avgjorelse.klagefrist, told[0].laget if told else None)


def _contact() -> dict[str, Any]:
    """U3: how the bruker has said that they want to be reached."""
    case = adgang.sak()
    return {
        "om_meg": SKJEMA.tema("om-meg"),
        "kontakt": kontakt.onsket(case.kommune_id, case.bruker_id, case.seal),
    }


def _limits(matter: lesing.Saken) -> tuple[int, int]:
    case = adgang.sak()
    with reading() as db:
        return grunn.limits(db, case.kommune_id, case.bruker_id, case.seal, matter.vilkarversjon_id)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1
