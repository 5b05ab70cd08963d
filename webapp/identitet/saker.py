"""The veileder's side of a bruker as a person: registering, inviting, changing the profile, handing over."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from webapp.identitet import invitasjoner, okter, overforing, registrert, rules, service, tildelinger
from webapp.identitet.adgang import Sak, sak
from webapp.identitet.forms import Knapp, NyBruker, Overforing, Profilskjema, Vikar, names_of
from webapp.platform import access, languages, once
from webapp.platform.access import SAK, SAK_LEDER, SAK_LES, VEILEDER, button, needs
from webapp.platform.qr import qr_svg

bp = Blueprint("identitet_saker", __name__, url_prefix="/veileder")


@bp.route("/ny-bruker", methods=["GET", "POST"])
@needs(VEILEDER)
def ny_bruker() -> ResponseReturnValue:
    """Register a bruker; whoever registers follows them up. The invitation comes next."""
    form, page = NyBruker(), "identitet/ny_bruker.html"
    if form.validate_on_submit():
        who = access.ansatt()
        try:
            bruker_id = service.register_bruker(
                who.kommune_id,
                who.kontor_id,
                who.id,
                form.profil(),
                sprak=form.sprak.data,
                visning=form.visning.data,
                by=who.actor,
                bruker_id=once.row_id(),
            )
        except service.AlreadyRegistered:
            return registrert.ask(form, page)
        return redirect(url_for(".invitasjon", bruker_id=bruker_id), 303)
    form.nokkel.data = once.key()
    return render_template(page, form=form)


@bp.route("/bruker/<uuid:bruker_id>/profil", methods=["GET", "POST"])
@needs(SAK_LES)
def profil(bruker_id: UUID) -> ResponseReturnValue:
    """Change what is registered about a bruker."""
    person = service.person(sak().kommune_id, bruker_id, sak().seal)
    form = Profilskjema.of(person.profil, person.sprak)
    if form.validate_on_submit():
        service.change_profile(
            sak().kommune_id,
            bruker_id,
            sak().seal,
            form.profil(),
            sprak=form.sprak.data,
            by=access.ansatt().actor,
            urort=form.urort(),
        )
        flash(_("Endringen er lagret."), "bra")
        return redirect(_case(bruker_id), 303)
    return render_template("identitet/profil.html", form=form, person=person)


@bp.route("/bruker/<uuid:bruker_id>/invitasjon", methods=["GET", "POST"])
@needs(SAK)
def invitasjon(bruker_id: UUID) -> ResponseReturnValue:
    """Invite: QR, code, and a sheet in the bruker's language, shown once; earlier ones can be revoked."""
    form, ny, ark = Knapp(), None, None
    if form.validate_on_submit():
        ny = invitasjoner.for_bruker(sak().kommune_id, bruker_id, access.ansatt().actor)
        ark = _sheet(sak(), ny)
    return render_template(
        "identitet/invitasjon_ny.html",
        form=form,
        person=service.person(sak().kommune_id, bruker_id, sak().seal),
        ny=ny,
        ark=ark,
        ark_sprak=languages.SPRAK.get(sak().sprak, languages.SPRAK[languages.SOURCE]),
        tidligere=invitasjoner.earlier(sak().kommune_id, "bruker", bruker_id),
    )


def _sheet(case: Sak, ny: invitasjoner.Ny) -> Markup:
    """The invitation on paper, in the bruker's own language."""
    origin = okter.settings().origin
    with force_locale(case.sprak):
        html = render_template(
            "identitet/ark.html",
            qr=qr_svg(f"{origin}{url_for('identitet_bruker.invitasjon', token=ny.token)}", _("QR-kode til Medvirk")),
            adresse=f"{origin.split('://')[1]}/inn",
            kode=ny.vist_kode,
            utloper=ny.utloper,
            veileder=access.ansatt().navn,
            kontor=service.kontor(case.kommune_id, case.kontor_id),
        )
    return Markup(html)  # noqa: S704 -- our own template, escaped when it was rendered


@bp.post("/bruker/<uuid:bruker_id>/invitasjon/<uuid:invitasjon_id>/trekk")
@needs(SAK)
@button("identitet_saker.invitasjon")
def trekk(bruker_id: UUID, invitasjon_id: UUID) -> ResponseReturnValue:
    """Revoke an invitation."""
    if invitasjoner.revoke(sak().kommune_id, "bruker", bruker_id, invitasjon_id, access.ansatt().actor):
        flash(_("Invitasjonen er trukket tilbake."), "bra")
    else:
        flash(_("Invitasjonen kan ikke trekkes tilbake. Den er brukt, utløpt eller trukket fra før."), "info")
    return redirect(url_for(".invitasjon", bruker_id=bruker_id), 303)


@bp.route("/bruker/<uuid:bruker_id>/overfor", methods=["GET", "POST"])
@needs(SAK_LEDER)
def overfor(bruker_id: UUID) -> ResponseReturnValue:
    """Hand the bruker over to another veileder, in one step and with a reason (K9)."""
    form = Overforing()
    form.til.choices = names_of(overforing.colleagues(sak().kommune_id), none=_("Velg …"))
    if form.validate_on_submit():
        try:
            tildelinger.hand_over(
                sak().kommune_id,
                bruker_id,
                sak().seal,
                UUID(form.til.data),
                form.grunn.data or "",
                access.ansatt().actor,
            )
        except rules.NotHere:
            form.til.errors = [_("Velg en annen veileder enn den som har ansvaret nå.")]
        else:
            flash(_("Brukeren er overført."), "bra")
            return redirect("/veileder/", 303)
    return _overfor(form, bruker_id)


@bp.post("/bruker/<uuid:bruker_id>/vikar")
@needs(SAK_LEDER)
@button("identitet_saker.overfor")
def vikar(bruker_id: UUID) -> ResponseReturnValue:
    """Name the substitute, or none."""
    form = Vikar()
    form.vikar.choices = names_of(overforing.colleagues(sak().kommune_id), none=_("Ingen vikar"))
    if form.validate_on_submit():
        chosen = UUID(form.vikar.data) if form.vikar.data else None
        try:
            tildelinger.set_substitute(sak().kommune_id, bruker_id, chosen, access.ansatt().actor)
        except rules.NotHere:
            flash(_("Den du valgte, kan ikke være vikar."), "feil")
        else:
            flash(_("Vikaren er lagret.") if chosen else _("Brukeren har ingen vikar nå."), "bra")
    else:
        flash(_("Vikaren ble ikke lagret. Velg en fra listen, og prøv igjen."), "feil")
    return redirect(url_for(".overfor", bruker_id=bruker_id), 303)


def _overfor(form: Overforing, bruker_id: UUID) -> str:
    history = tildelinger.assignments(sak().kommune_id, bruker_id)
    now = {row.som: row.ansatt_id for row, _ansatt in history if row.til is None}
    substitute = Vikar(formdata=None, vikar=str(now.get("vikar", "")))
    others = [choice for choice in overforing.colleagues(sak().kommune_id) if choice[0] != str(now.get("ansvarlig"))]
    substitute.vikar.choices = names_of(others, none=_("Ingen vikar"))
    return render_template(
        "identitet/overfor.html",
        form=form,
        vikarskjema=substitute,
        person=service.person(sak().kommune_id, bruker_id, sak().seal),
        historie=history,
    )


def _case(bruker_id: UUID) -> str:
    return f"/veileder/bruker/{bruker_id}/"
