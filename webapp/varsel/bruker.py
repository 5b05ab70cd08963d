"""varsel: the views of the bruker side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import typed, utkast
from webapp.identitet import service as identitet
from webapp.klage import lesing as klage
from webapp.klage.rules import Mal
from webapp.platform import access, attempts, languages, nedlasting, once, pdf, prefetch
from webapp.platform.access import BRUKER, needs
from webapp.tolking import service as tolking
from webapp.varsel import apning, enkelt, grunn, horing, kopi, lesing, lister, rules, service, tekst
from webapp.varsel import ord as koder
from webapp.varsel.horingsskjema import Uttalelseskjema
from webapp.varsel.innhold import Onsket
from webapp.varsel.lesing import Saken, Uttalelsen
from webapp.vedlegg import service as vedlegg
from webapp.vedlegg import skjema as vedleggsskjema
from webapp.vedlegg.maling import Malt, malt
from webapp.vedlegg.service import Vedlagt
from webapp.vilkar import tekst as vilkartekst

bp = Blueprint("varsel_bruker", __name__)
bp.add_app_template_filter(tekst.grouped, "sammen")


@bp.get("/varsel/")
@needs(BRUKER)
def liste() -> ResponseReturnValue:
    """Every notice the bruker has had, what waits first."""
    who = access.bruker()
    return render_template("varsel/liste.html", saker=lister.for_bruker(who.kommune_id, who.id, who.seal))


@bp.get("/varsel/<uuid:sak_id>")
@needs(BRUKER)
def varsel(sak_id: UUID) -> ResponseReturnValue:
    """The notice. That it was opened, and what stood there, is written down (U3)."""
    who = access.bruker()
    if prefetch.ahead():  # shown later without a new request, it would have been read and not be counted
        return Response(status=503)
    try:
        matter, shown = service.open_notice(who, sak_id, languages.current(), read=prefetch.really_read())
    except lesing.NotHere:
        abort(404)
    around, files = _around(matter), _with_wishes(matter.onsker)
    easy = enkelt.varselet(matter, for_sent=bool(around["for_sent"]))
    return render_template("varsel/varsel.html", sak=matter, avsnitt=shown, onskefiler=files, forklart=easy, **around)


@bp.route("/varsel/<uuid:sak_id>/uttalelse", methods=["GET", "POST"])
@needs(BRUKER)
def uttalelse(sak_id: UUID) -> ResponseReturnValue:
    """Write → look over → send. What is typed is kept on the way, and stays when it cannot be taken in."""
    who, matter = access.bruker(), _mine(sak_id)
    elsewhere = vedleggsskjema.vil_legge_ved()
    if elsewhere is not None:
        return elsewhere
    doing = request.form.get("handling", "se_over")
    form, status, look_over = Uttalelseskjema(filer=bool(vedleggsskjema.valgte())), 200, False
    if form.validate_on_submit() and doing != "endre":
        if not matter.apen:
            status = 409
        elif doing == "send":
            try:
                wishes = horing.Onsker(list(form.onsker.data or []), form.onske_ord.data or "")
                files = horing.Filer(vedleggsskjema.valgte(), request.path)
                taken = horing.deliver(who, sak_id, once.row_id(), form.sagt(), wishes, files)
            except rules.NotPossible:
                matter, status = _mine(sak_id), 409
            except (vedlegg.NotHere, vedlegg.ForMange):
                form.form_errors.append(vedleggsskjema.borte())
            else:
                utkast.forget()
                if taken.uttalelse_id is not None:
                    return redirect(url_for(".kvittering", sak_id=sak_id, uttalelse_id=taken.uttalelse_id), 303)
                return redirect(url_for(".onsket", sak_id=sak_id, onske_id=taken.onske_id), 303)
        else:
            look_over = True
            typed.keep()  # without scripts, this is what keeps it until it is sent
    if matter.varsel is None:
        abort(404)
    page = render_template(
        "varsel/se_over.html" if look_over else "varsel/uttalelse.html",
        sak=matter,
        skjema=form,
        nokkel=once.key(),
        har_utkast=utkast.waiting() and request.method == "GET",
        ikke_mulig=status == 409 or not matter.apen,
        vedlegg=vedleggsskjema.felt(vedlegg.eier(who)),
        **_around(matter),
    )
    return page, status


@bp.get("/varsel/<uuid:sak_id>/uttalelse/<uuid:uttalelse_id>")
@needs(BRUKER)
def kvittering(sak_id: UUID, uttalelse_id: UUID) -> ResponseReturnValue:
    """U5: number and time, and what was sent, word for word."""
    who, matter = access.bruker(), _mine(sak_id)
    return render_template(
        "varsel/kvittering.html",
        sak=matter,
        uttalelse=_said(matter, uttalelse_id),
        filer=vedlegg.liste(who.kommune_id, who.id, who.seal, "uttalelse", uttalelse_id),
        gjengitt=tolking.beside(who.kommune_id, who.id, who.seal, [uttalelse_id]),
        nokkel=once.key(),
        **_around(matter),
    )


@bp.get("/varsel/<uuid:sak_id>/onske/<uuid:onske_id>")
@needs(BRUKER)
def onsket(sak_id: UUID, onske_id: UUID) -> ResponseReturnValue:
    """U5, U6: the receipt when there were only wishes, with all that was sent at once."""
    matter = _mine(sak_id)
    found = next((one for one in matter.onsker if one.id == onske_id), None)
    if found is None:
        abort(404)
    together = [one for one in matter.onsker if one.id == found.id or (one.nummer and one.nummer == found.nummer)]
    files = _with_wishes(together)
    return render_template("varsel/onsket.html", sak=matter, onsker=together, onskefiler=files, **_around(matter))


@bp.route("/varsel/<uuid:sak_id>/uttalelse/<uuid:uttalelse_id>/rett", methods=["GET", "POST"])
@needs(BRUKER)
def rett(sak_id: UUID, uttalelse_id: UUID) -> ResponseReturnValue:
    """The bruker puts right what a veileder wrote down for them."""
    who, matter = access.bruker(), _mine(sak_id)
    said = _said(matter, uttalelse_id)
    if not said.muntlig_av:
        abort(404)
    last = said.alle[-1]
    form = Uttalelseskjema(data={"grunner": last.grunner, "ord": last.ord, "vil": last.vil})
    del form.onsker, form.onske_ord
    status = 200
    if form.validate_on_submit():
        try:
            horing.correct(who, sak_id, uttalelse_id, once.row_id(), form.sagt())
        except rules.NotPossible:
            matter, status = _mine(sak_id), 409
        else:
            utkast.forget()
            flash(_("Sendt. Rettingen din er lagret og står sammen med det som ble skrevet ned."), "bra")
            return redirect(url_for(".kvittering", sak_id=sak_id, uttalelse_id=uttalelse_id), 303)
    page = render_template(
        "varsel/rett.html",
        sak=matter,
        uttalelse=said,
        skjema=form,
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
        ikke_mulig=status == 409,
        **_around(matter),
    )
    return page, status


@bp.get("/varsel/<uuid:sak_id>/avgjorelse")
@needs(BRUKER)
def avgjorelse(sak_id: UUID) -> ResponseReturnValue:
    """U9: what was decided, why, and until when one can appeal. That it was opened is written down."""
    who, matter = access.bruker(), _mine(sak_id)
    if prefetch.ahead():
        return Response(status=503)
    if matter.avgjorelse is None:
        abort(404)
    words = matter.avgjorelse.tekst
    lang = languages.current() if languages.current() in words else "nb"
    apning.open_decision(who, sak_id, apning.Vist(words[lang], lang), read=prefetch.really_read())
    last = _last_day(matter)
    return render_template(
        "varsel/avgjorelse.html",
        sak=matter,
        avsnitt=words[lang],
        avsnitt_sprak=lang,
        klagefrist=last,
        klage_id=klage.mot(who.kommune_id, who.id, Mal.REDUKSJON, [sak_id]).get(sak_id) if last else None,
        forklart=enkelt.avgjorelsen(matter.avgjorelse, last),
        **_around(matter),
    )


@bp.get("/varsel/<uuid:sak_id>/varsel.pdf")
@needs(BRUKER)
def varsel_pdf(sak_id: UUID) -> ResponseReturnValue:
    """The notice to keep."""
    matter = _mine(sak_id)
    return _pdf(lambda: kopi.notice(matter, languages.current()), "", sak_id)


@bp.get("/varsel/<uuid:sak_id>/uttalelse/<uuid:uttalelse_id>.pdf")
@needs(BRUKER)
def uttalelse_pdf(sak_id: UUID, uttalelse_id: UUID) -> ResponseReturnValue:
    """The receipt with every word, to keep (U5)."""
    matter = _mine(sak_id)
    said = _said(matter, uttalelse_id)
    return _pdf(lambda: kopi.receipt(said, _files([said])), said.nummer, sak_id)


@bp.get("/varsel/<uuid:sak_id>/avgjorelse.pdf")
@needs(BRUKER)
def avgjorelse_pdf(sak_id: UUID) -> ResponseReturnValue:
    """The avgjørelse to keep."""
    matter = _mine(sak_id)
    if matter.avgjorelse is None:
        abort(404)
    files = _files(matter.uttalelser)
    last = _last_day(matter)
    return _pdf(lambda: kopi.decision(matter, languages.current(), files, last), "", sak_id)


def _files(said: Sequence[Uttalelsen]) -> dict[UUID, list[Malt]]:
    """What was sent with each, with its pages or pixels."""
    who = access.bruker()
    return malt(who.kommune_id, who.id, who.seal, "uttalelse", [one.id for one in said])


def _with_wishes(wishes: Sequence[Onsket]) -> dict[UUID, list[Vedlagt]]:
    """What was sent with wishes alone."""
    who = access.bruker()
    return vedlegg.lister(who.kommune_id, who.id, who.seal, "varselonske", [one.id for one in wishes])


def _pdf(make: kopi.Make, nummer: str, sak_id: UUID) -> ResponseReturnValue:
    attempts.count_pdf(access.bruker().id)
    try:
        made = make()
    except pdf.PdfError:  # the page has the same, and can be printed
        flash(_("Vi fikk ikke laget PDF-en. Skriv ut siden i stedet."), "feil")
        return redirect(url_for(".varsel", sak_id=sak_id), 303)
    return Response(made, mimetype="application/pdf", headers=nedlasting.headers("pdf", nummer))


def _mine(sak_id: UUID) -> Saken:
    """A matter about which a notice was sent; the rest is not the bruker's to answer yet."""
    who = access.bruker()
    try:
        found = lesing.one(who.kommune_id, who.id, who.seal, sak_id)
    except lesing.NotHere:
        abort(404)
    if found.varsel is None:
        abort(404)
    return found


def _last_day(matter: Saken) -> date | None:
    """The last day to appeal, counted from when the avgjørelse reached them; None when there is nothing to appeal."""
    who, decided = access.bruker(), matter.avgjorelse
    if decided is None or decided.utfall not in koder.KLAGBART:
        return None
    first = next(iter(apning.arrivals(who.kommune_id, matter.id, who.seal)), None)
    return apning.klagefrist(decided.klagefrist, first.laget if first else None)


def _said(matter: Saken, uttalelse_id: UUID) -> Uttalelsen:
    found = next((one for one in matter.uttalelser if one.id == uttalelse_id), None)
    if found is None:
        abort(404)
    return found


def _around(matter: Saken) -> dict[str, object]:
    """What every page of a matter shows around it."""
    who = access.bruker()
    return {
        "kontor": identitet.kontor(who.kommune_id, who.kontor_id),
        "koder": koder,
        "linje": vilkartekst.html,
        "for_sent": matter.frist is not None and service.moment(matter) >= matter.frist,
        "vilkar_endret": grunn.changed_since(who.kommune_id, who.id, matter.vilkar_id, matter.vilkarversjon_id),
    }
