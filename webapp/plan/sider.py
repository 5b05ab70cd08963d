"""Pages that both sides see, each from its own door: one step, words with what is done, history, a day gone by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import utkast
from webapp.identitet import veilederen
from webapp.identitet.service import Person
from webapp.plan import forms, historie, katalog, rules, service, versjoner
from webapp.plan.forms import Dagskjema, NavStegskjema, Ordskjema, Stegskjema
from webapp.plan.innhold import Part, Steg
from webapp.plan.ordtekster import ORD
from webapp.plan.rules import Handling, Rolle
from webapp.plan.service import Planen
from webapp.platform import access, clock, once, paging
from webapp.platform.dates import oslo_date
from webapp.platform.forms import Skjema
from webapp.platform.sealing import Seal
from webapp.vilkar import koblet


@dataclass(frozen=True, slots=True)
class Dor:
    """From where the plan is looked at. ``part`` None: somebody who may only read (S1)."""

    side: str  # bruker, veileder
    adresse: str
    kommune_id: int
    bruker_id: UUID
    seal: Seal
    part: Part | None
    person: Person | None = None

    @property
    def rolle(self) -> Rolle:
        """Which of the two who agree."""
        return Rolle.BRUKER if self.side == "bruker" else Rolle.NAV

    def plan(self) -> Planen:
        """The whole plan."""
        return service.read(self.kommune_id, self.bruker_id, self.seal)

    def writer(self) -> Part:
        """Who writes. Aborts with 404 for somebody who may only read."""
        return self.part or abort(404)

    def page(self, template: str, **context: Any) -> str:
        """A page, with what all of them need."""
        return render_template(
            template,
            ramme=f"felles/{self.side}.html",
            her="plan" if self.side == "bruker" else "liste",
            side=self.side,
            rolle=self.rolle.value,
            adresse=self.adresse,
            person=self.person,
            kan_skrive=self.part is not None,
            lager_utkast="/utkast" if self.side == "bruker" else "/veileder/utkast",
            i_dag=oslo_date(clock.now()),
            katalog=katalog,
            ansvar=katalog.ANSVAR if self.side == "bruker" else katalog.ANSVAR_NAV,
            har_utkast=utkast.waiting(),
            **context,
        )

    def back(self, rest: str = "/") -> ResponseReturnValue:
        """On to another page of the plan."""
        return redirect(self.adresse + rest, 303)


def bruker_door() -> Dor:
    """The plan of the bruker who is signed in."""
    who = access.bruker()
    return Dor("bruker", "/plan", who.kommune_id, who.id, who.seal, Part.bruker(who))


def step(door: Dor, steg_id: UUID) -> ResponseReturnValue:
    """One step: what it says, what can be done with it, and what happened."""
    planen = door.plan()
    found = _step(planen, steg_id)
    return door.page(
        "plan/steg.html",
        steg=found,
        mal=next((one for one in planen.mal if one.id == found.forslag.mal_id), None),
        mulig={one.value for one in found.mulig(door.rolle)} if door.part else set(),
        hendt=historie.history(door.kommune_id, door.bruker_id, door.seal, aktivitet_id=steg_id, limit=100).linjer,
        vilkar=koblet.of_step(door.kommune_id, door.bruker_id, door.seal, steg_id),
        ordtekst={handling.value: text for handling, text in ORD.items()},
    )


def yes(door: Dor, steg_id: UUID) -> ResponseReturnValue:
    """Say yes to the text that the page showed, and to no other."""
    form = Skjema()
    if request.method == "GET":  # came back here by signing in again: what was read may be another text by now
        return door.back(f"/steg/{steg_id}")
    if not form.validate_on_submit():
        for text in form.form_errors:
            flash(text, "feil")
        return door.back(f"/steg/{steg_id}")
    try:
        service.act(door.writer(), steg_id, Handling.JA, forms.version(request.form.get("versjon")))
    except service.NotHere:
        abort(404)
    except rules.Missing:
        flash(_("Forslaget mangler en dag. Skriv den inn, så blir det et nytt forslag."), "obs")
        return door.back(f"/steg/{steg_id}/endre")
    except (rules.Changed, rules.NotPossible) as problem:
        flash(_said(problem), "obs")
        return door.back(f"/steg/{steg_id}")
    flash(_("Avtalt. Nå har begge sagt ja."), "bra")
    return door.back(f"/steg/{steg_id}")


def new_step(door: Dor, begun: Mapping[str, str] | None = None) -> ResponseReturnValue:
    """Propose a step. ``begun``: what the form has in it before anything is typed."""
    part, planen = door.writer(), door.plan()
    form = _form(door, data=begun).with_goals(planen.mal)
    if form.validate_on_submit():
        try:
            steg_id = service.propose(part, once.row_id(), form.forslag(_kind(form)))
        except service.Full:
            form.form_errors = [_("Det er for mange steg i planen. Endre et av dem i stedet.")]
        else:
            utkast.forget()
            flash(_("Forslaget er sendt. Det er avtalt når begge har sagt ja."), "bra")
            return door.back(f"/steg/{steg_id}")
    return door.page("plan/skjema.html", skjema=form, steg=None, nokkel=once.key())


def change_step(door: Dor, steg_id: UUID) -> ResponseReturnValue:
    """Propose something else in its place, or change what is agreed: a proposal again."""
    part, planen, status = door.writer(), door.plan(), 200
    found = _step(planen, steg_id)
    form = _form(door, data=forms.as_data(found.forslag)).with_goals(planen.mal)
    if form.validate_on_submit():
        try:
            service.act(
                part,
                steg_id,
                Handling.ENDRE,
                forms.version(request.form.get("versjon")),
                nokkel=once.row_id(),
                ord=form.ord.data or "",
                forslag=form.forslag(_kind(form) if door.rolle is Rolle.NAV else found.forslag.katalog),
            )
        except (rules.Changed, rules.NotPossible) as problem:
            form.form_errors, status = [_said(problem)], 409
        else:
            utkast.forget()
            flash(_("Forslaget er sendt. Det er avtalt når begge har sagt ja."), "bra")
            return door.back(f"/steg/{steg_id}")
    elif request.method == "GET" and Handling.ENDRE not in found.mulig(door.rolle):
        return door.back(f"/steg/{steg_id}")
    return door.page("plan/skjema.html", skjema=form, steg=found, nokkel=once.key()), status


def with_words(door: Dor, steg_id: UUID, hva: str) -> ResponseReturnValue:
    """Everything that is done with a word on it: not useful, pause, done, a comment …"""
    part, status = door.writer(), 200
    try:
        handling = Handling(hva)
    except ValueError:
        abort(404)
    if handling not in ORD:
        abort(404)
    found, form = _step(door.plan(), steg_id), Ordskjema().for_(handling)
    mine = handling is Handling.GJORT and door.rolle is Rolle.BRUKER
    counts = mine and koblet.counts(door.kommune_id, door.bruker_id, door.seal, steg_id)
    if form.validate_on_submit():
        try:
            service.act(
                part,
                steg_id,
                handling,
                forms.version(request.form.get("versjon")),
                nokkel=once.row_id(),
                ord=form.ord.data or "",
            )
        except rules.Missing:
            form.form_errors, status = [_("Steget mangler en dag, så det kan ikke avtales ennå.")], 409
        except (rules.Changed, rules.NotPossible) as problem:
            form.form_errors, status = [_said(problem)], 409
        else:
            utkast.forget()
            flash(str(ORD[handling].takk), "bra")
            if counts:
                flash(
                    veilederen.said(
                        _("Veilederen din ser det på vilkåret også."), _("Nav-kontoret ser det på vilkåret også.")
                    ),
                    "bra",
                )
            return door.back(f"/steg/{steg_id}")
    elif request.method == "GET" and handling not in found.mulig(door.rolle):
        return door.back(f"/steg/{steg_id}")
    page = door.page("plan/ord.html", steg=found, skjema=form, tekst=ORD[handling], teller=counts, nokkel=once.key())
    return page, status


def history(door: Dor) -> ResponseReturnValue:
    """Everything that happened in the plan (P3)."""
    before = paging.moment_key(request.args.get("for"))
    found = historie.history(door.kommune_id, door.bruker_id, door.seal, before=before)
    planen = door.plan()
    return door.page(
        "plan/historie.html",
        linjer=found.linjer,
        neste=paging.key_of_moment(found.neste),
        forste=before is None,
        navn={one.id: one for one in planen.steg},
        mal={one.id: one for one in planen.mal},
        kjent=versjoner.known_since(door.kommune_id, door.bruker_id),
    )


def on_day(door: Dor) -> ResponseReturnValue:
    """«Gjaldt på DATO»: what was valid on a day (P4)."""
    today = oslo_date(clock.now())
    form = Dagskjema(formdata=request.args if "dag" in request.args else None, data={"dag": today.isoformat()})
    fine = form.looking_back()
    found = None
    if fine:
        assert isinstance(form.valgt, date)
        found = versjoner.on_day(door.kommune_id, door.bruker_id, door.seal, form.valgt)
    return door.page(
        "plan/pa_dato.html",
        skjema=form,
        dag=form.valgt if fine else None,
        versjon=found,
        kjent=versjoner.known_since(door.kommune_id, door.bruker_id).get(found.nummer) if found else None,
    )


def _step(planen: Planen, steg_id: UUID) -> Steg:
    try:
        return planen.one(steg_id)
    except service.NotHere:
        abort(404)


def _form(door: Dor, **kwargs: Any) -> Stegskjema:
    return Stegskjema(**kwargs) if door.rolle is Rolle.BRUKER else NavStegskjema(**kwargs)


def _kind(form: Stegskjema) -> str:
    return str(form.slag.data) if isinstance(form, NavStegskjema) else katalog.FRI


def _said(problem: Exception) -> str:
    if isinstance(problem, rules.Changed):
        return str(_("Teksten er endret siden du leste den. Les den én gang til før du svarer."))
    return str(_("Dette kan ikke gjøres nå. Kanskje er det endret et annet sted. Se over det som står her."))
