"""vilkar: the veileder's views of one bruker's vedtak and vilkår. Writing a vilkår is in setting.py."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import adgang
from webapp.identitet import service as identitet
from webapp.plan import kobling
from webapp.platform import access, clock, once
from webapp.platform.access import SAK, button, needs
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.forms import Skjema
from webapp.vedlegg import service as vedlegg
from webapp.vedlegg import skjema as vedleggsskjema
from webapp.vilkar import kvalitet, lesing, rules, service, setting, vedtak
from webapp.vilkar.forms import UTFALL, Vedtaksskjema, Vurderingsskjema, hjemler
from webapp.vilkar.grunnlag import NotHere, grunnlag
from webapp.vilkar.rules import Tilstand
from webapp.vilkar.tekst import YTELSER
from webapp.vilkar.tekstbank import SLAG, TYPER

bp = Blueprint("vilkar_veileder", __name__, url_prefix="/veileder/bruker/<uuid:bruker_id>")
bp.register_blueprint(setting.bp)


@bp.get("/vilkar")
@needs(SAK)
def liste(bruker_id: UUID) -> ResponseReturnValue:
    """Every vedtak and every vilkår."""
    sak = adgang.sak()
    person = identitet.person(sak.kommune_id, bruker_id, sak.seal)
    registered = vedtak.all_of(sak.kommune_id, bruker_id, sak.seal)
    under_30 = rules.may_be_under_30(person.profil.fodselsar, oslo_date(clock.now()))
    return render_template(
        "vilkar/veileder_liste.html",
        person=person,
        vedtak=[one for one in registered if one.rettet_av is None],
        tidligere=[one for one in registered if one.rettet_av is not None],
        brev=vedtak.letters(sak.kommune_id, bruker_id, sak.seal, registered),
        vilkar=lesing.all_of(sak.kommune_id, bruker_id, sak.seal),
        rad={
            one.id: kvalitet.none_set(
                under_30=under_30,
                activities=one.aktivitet,
                grunner=bool(one.fakta.grunner),
                rad_vurdert=one.fakta.rad_vurdert,
            )
            for one in registered
            if one.rettet_av is None and one.fakta.hjemmel != "rad"
        },
        hjemler=dict(hjemler()),
        ytelser=YTELSER,
        slag=SLAG,
        i_dag=oslo_date(clock.now()),
    )


@bp.route("/vedtak/nytt", methods=["GET", "POST"])
@needs(SAK)
def nytt_vedtak(bruker_id: UUID) -> ResponseReturnValue:
    """Register the key facts of a vedtak, with the letter as a file when one is chosen."""
    elsewhere = vedleggsskjema.vil_legge_ved()
    if elsewhere is not None:
        return elsewhere
    sak, form = adgang.sak(), Vedtaksskjema()
    if form.validate_on_submit():
        try:
            files = vedleggsskjema.valgte()
            vedtak.register(access.ansatt(), sak, once.row_id(), form.fakta(), files, request.path)
        except NotHere:
            abort(404)
        except (vedlegg.NotHere, vedlegg.ForMange):
            form.form_errors.append(vedleggsskjema.borte())
        except vedtak.AlreadySent:
            form.form_errors.append(_sent())
            return _vedtak_page(form, None), 409
        else:
            utkast.forget()
            flash(_("Vedtaket er registrert."), "bra")
            return redirect(f"/veileder/bruker/{bruker_id}/vilkar", 303)
    return _vedtak_page(form, None)


@bp.route("/vedtak/<uuid:vedtak_id>/rett", methods=["GET", "POST"])
@needs(SAK)
def rett_vedtak(bruker_id: UUID, vedtak_id: UUID) -> ResponseReturnValue:
    """Correct what was registered: a new row, and the old one stays."""
    sak = adgang.sak()
    try:
        before = vedtak.one(sak.kommune_id, bruker_id, sak.seal, vedtak_id)
    except NotHere:
        abort(404)
    form, status = Vedtaksskjema(data=Vedtaksskjema.typed(before.fakta)), 200
    if form.validate_on_submit():
        try:
            vedtak.correct(access.ansatt(), sak, vedtak_id, once.row_id(), form.fakta())
        except vedtak.Corrected:
            form.form_errors.append(
                _("Vedtaket er allerede rettet. Gå tilbake til listen og rett det som står der nå.")
            )
            status = 409
        except vedtak.AlreadySent:
            form.form_errors.append(_sent())
            status = 409
        except NotHere:
            abort(404)
        else:
            utkast.forget()
            flash(_("Vedtaket er rettet."), "bra")
            return redirect(f"/veileder/bruker/{bruker_id}/vilkar", 303)
    return _vedtak_page(form, before), status


@bp.get("/vilkar/<uuid:vilkar_id>")
@needs(SAK)
def vilkar(bruker_id: UUID, vilkar_id: UUID) -> ResponseReturnValue:
    """One vilkår: where it stands, what it says, every version, every showing, and what the bruker has said."""
    sak, whole = adgang.sak(), _whole(vilkar_id)
    with reading() as db:
        ground = grunnlag(db, sak.kommune_id, bruker_id, vilkar_id)
    return render_template(
        "vilkar/veileder_vilkar.html",
        person=identitet.person(sak.kommune_id, bruker_id, sak.seal),
        helt=whole,
        grunnlag=ground,
        steg=kobling.one(sak.kommune_id, bruker_id, sak.seal, tied) if (tied := whole.vilkar.aktivitet_id) else None,
        mulig={handling.value for handling in rules.possible(Tilstand(whole.vilkar.tilstand), "ansatt")},
        utfall=dict(UTFALL),
        typer=TYPER,
        rad_tekst=kvalitet.TEKST,
        koder={kode.value: kode for kode in kvalitet.Kode},
        i_dag=oslo_date(clock.now()),
    )


@bp.route("/vilkar/<uuid:vilkar_id>/vurder", methods=["GET", "POST"])
@needs(SAK)
def vurder(bruker_id: UUID, vilkar_id: UUID) -> ResponseReturnValue:
    """Register met, not met, or no longer asked, in plain words."""
    sak, whole, form, status = adgang.sak(), _whole(vilkar_id), Vurderingsskjema(), 200
    if form.validate_on_submit():
        try:
            service.assess(
                access.ansatt(), sak, vilkar_id, once.row_id(), form.utfall.data, (form.tekst.data or "").strip()
            )
        except rules.NotPossible:
            form.form_errors.append(_("Dette kan ikke registreres nå. Kanskje er vilkåret endret et annet sted."))
            status = 409
        else:
            utkast.forget()
            flash(_("Det er registrert, og brukeren kan lese det."), "bra")
            return redirect(f"/veileder/bruker/{bruker_id}/vilkar/{vilkar_id}", 303)
    page = render_template(
        "vilkar/veileder_vurder.html",
        person=identitet.person(sak.kommune_id, bruker_id, sak.seal),
        vilkar=whole.vilkar,
        skjema=form,
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
    )
    return page, status


@bp.post("/vilkar/<uuid:vilkar_id>/snakket/<int:versjon>")
@needs(SAK)
@button("vilkar_veileder.vilkar")
def snakket(bruker_id: UUID, vilkar_id: UUID, versjon: int) -> ResponseReturnValue:
    """We have talked about it (F2): the help that was needed has been given."""
    form = Skjema()
    if form.validate_on_submit():
        try:
            service.explained(access.ansatt(), adgang.sak(), vilkar_id, versjon)
        except NotHere:
            abort(404)
        flash(_("Det er notert at dere har snakket om vilkåret."), "bra")
    for text in form.form_errors:
        flash(text, "feil")
    return redirect(f"/veileder/bruker/{bruker_id}/vilkar/{vilkar_id}", 303)


def _sent() -> str:
    return str(_("Skjemaet er sendt før, med et annet innhold. Se i listen, og rett vedtaket der hvis noe er galt."))


def _whole(vilkar_id: UUID) -> lesing.Helt:
    sak = adgang.sak()
    try:
        return lesing.whole(sak.kommune_id, sak.bruker_id, sak.seal, vilkar_id)
    except NotHere:
        abort(404)


def _vedtak_page(form: Vedtaksskjema, before: vedtak.Vedtaket | None) -> str:
    sak = adgang.sak()
    return render_template(
        "vilkar/veileder_vedtak.html",
        person=identitet.person(sak.kommune_id, sak.bruker_id, sak.seal),
        skjema=form,
        for_=before,
        vedlegg=None if before else vedleggsskjema.felt(vedlegg.eier_for(access.ansatt(), sak)),
        nokkel=once.key(),
        har_utkast=utkast.waiting(),
    )
