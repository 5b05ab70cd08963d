"""kartlegging: the veileder's worklist, search, and the leder's counts. The pages of one bruker are in sakssider.py."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import nytt
from webapp.identitet import adgang, navnesok, overforing
from webapp.identitet import service as identitet
from webapp.identitet.forms import VELG_EN, OverforFlere, names_of
from webapp.identitet.rules import NotHere
from webapp.kartlegging import arbeidsliste, kontortall, sakssider, tilbud, uten_veileder, utfylling
from webapp.kartlegging.arbeidsliste import Gruppe, Rad, Sted
from webapp.kartlegging.veilederskjema import Andresok, Apne, Egnesok
from webapp.moter import oppslag as moter
from webapp.platform import access, clock, paging
from webapp.platform.access import CASE_STAFF, LEDER, STAFF, Rolle, button, needs
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Merke

bp = Blueprint("kartlegging_veileder", __name__)
bp.register_blueprint(sakssider.bp)
bp.register_blueprint(utfylling.bp)
bp.register_blueprint(tilbud.bp)

SAKER = "saker"  # the group that is not about the mapping


@bp.route("/veileder/", methods=["GET", "POST"])
@needs(STAFF)
def liste() -> ResponseReturnValue:
    """What is new, what waits, what is over its deadline. Sent with a name: those of one's own who have it."""
    who = access.ansatt()
    if who.rolle is Rolle.ADMINISTRATOR:
        return redirect("/veileder/ansatte/", 303)
    form = Egnesok()
    if form.validate_on_submit():
        # Sent, not in the address: a name in an address stays behind in the browser.
        found = arbeidsliste.find(who, form.navn.data or "")
        if found.flere:
            form.navn.errors = [_("Mange har dette navnet, og noen av dem vises ikke. Skriv mer av navnet.")]
        return _show(form, Gruppe.ALLE.value, found.rader, None, searched=True)
    if request.args.get("vis") == SAKER:
        return _show_matters(form)
    labels = _labels(who)
    page = arbeidsliste.page(who, _group(), _after(request.args.get("etter")), _over(labels))
    return _show(form, _group().value, page.rader, _day_key(page.neste), searched=False, labels=labels)


@bp.route("/veileder/sok", methods=["GET", "POST"])
@needs(CASE_STAFF)
def sok() -> ResponseReturnValue:
    """S1: find somebody else's bruker at the kontor. Reason first; the search is logged for each who is found."""
    who, form = access.ansatt(), Andresok()
    found: list[identitet.Person] | None = None
    if form.validate_on_submit():
        try:
            found = navnesok.search_kontor(who, form.navn.data or "", form.grunn.data or "")
        except navnesok.TooManyHits:
            form.navn.errors = [_("Mange har dette navnet. Skriv både fornavn og etternavn.")]
    own = navnesok.assigned(who, [person.id for person in found]) if found else set()
    return render_template("veileder/sok.html", skjema=form, funnet=found, egne=own)


@bp.post("/veileder/sok/<uuid:bruker_id>")
@needs(CASE_STAFF)
@button("kartlegging_veileder.sok", words=("grunn",), own_answer=True)
def apne(bruker_id: UUID) -> ResponseReturnValue:
    """Open somebody who was found, with the reason given. What is wrong is said on the page of the search."""
    form = Apne()
    if not form.validate_on_submit():
        page = Andresok()  # with the reason in its field: nothing of a search is kept anywhere else
        page.grunn.errors, page.form_errors = form.grunn.errors, form.form_errors
        return render_template("veileder/sok.html", skjema=page, funnet=None, egne=set())
    if not adgang.state_reason(access.ansatt(), bruker_id, form.grunn.data or ""):
        abort(404)
    return redirect(url_for(".sak.vis", bruker_id=bruker_id), 303)


@bp.get("/veileder/kontor/")
@needs(LEDER)
def kontor() -> ResponseReturnValue:
    """S5: the kontor in numbers, without names and without small groups."""
    who = access.ansatt()
    return render_template(
        "veileder/kontor.html",
        tall_data=kontortall.counts(who),
        uten=uten_veileder.counts(who),
        kontor=identitet.kontor(who.kommune_id, who.kontor_id),
    )


@bp.route("/veileder/kontor/uten-veileder", methods=["GET", "POST"])
@needs(LEDER)
def uten() -> ResponseReturnValue:
    """K8: those at the kontor whose veileder is blocked, until each has a new one. Without names (S1).

    The leder opens one with a reason, or gives those who are ticked a new veileder without opening any (K9).
    """
    who, form = access.ansatt(), OverforFlere()
    form.til.choices = names_of(overforing.colleagues(who.kommune_id), none=_("Velg …"))
    tick_all = request.form.get("handling") == "merk"
    if not tick_all and form.validate_on_submit():
        try:
            outcome = overforing.hand_over_many(who, form.brukere(), UUID(form.til.data), form.grunn.data or "")
        except NotHere:
            form.til.errors = [VELG_EN]  # blocked since the list was made
        else:
            _say(outcome)
            return redirect(url_for(".uten"), 303)
    page = uten_veileder.page(who, _after(request.args.get("etter")))
    if tick_all:
        form.valgte.data = [row.bruker_id.hex for row in page.rader]
    labels = nytt.for_liste(who.kommune_id, [row.bruker_id for row in page.rader])
    return render_template(
        "veileder/uten_veileder.html",
        skjema=form,
        rader=page.rader,
        # Only that something is urgent in another room; what it is, is in the case.
        haster={ident for ident, some in labels.items() if any(one.haster for one in some)},
        neste=_day_key(page.neste),
        etter=request.args.get("etter"),
        i_dag=oslo_date(clock.now()),
    )


def _say(outcome: overforing.Utfall) -> None:
    if outcome.overfort:
        done = ngettext(
            "%(num)s bruker har fått ny veileder.", "%(num)s brukere har fått ny veileder.", outcome.overfort
        )
        flash(done, "bra")
    if outcome.urort:
        left = ngettext(
            "%(num)s bruker er ikke overført. Noen andre har gjort det, eller brukeren er ikke på kontoret lenger.",
            "%(num)s brukere er ikke overført. Noen andre har gjort det, eller brukerne er ikke på kontoret lenger.",
            outcome.urort,
        )
        flash(left, "info")


def _show_matters(form: Egnesok) -> str:
    """Those with something waiting in another room than the mapping: what is lost by waiting first."""
    who = access.ansatt()
    labels = _labels(who)
    places: list[Sted] = sorted(
        (int(not first.haster), first.frist or arbeidsliste.FAR, ident) for ident, (first, *_more) in labels.items()
    )
    after = _after(request.args.get("etter"))
    rest = [place for place in places if after is None or place > after]
    page, more = rest[: arbeidsliste.PAGE], rest[arbeidsliste.PAGE :]
    rows = arbeidsliste.named(who, [ident for _kind, _day, ident in page])
    return _show(form, SAKER, rows, _day_key(page[-1]) if more else None, searched=False, labels=labels)


def _labels(who: access.Ansatt) -> dict[UUID, list[Merke]]:
    return nytt.for_liste(who.kommune_id, arbeidsliste.own_ids(who))


def _over(labels: dict[UUID, list[Merke]]) -> set[UUID]:
    today = oslo_date(clock.now())
    return {ident for ident, some in labels.items() if any(one.over(today) for one in some)}


def _show(
    form: Egnesok,
    gruppe: str,
    rows: list[Rad],
    following: str | None,
    *,
    searched: bool,
    labels: dict[UUID, list[Merke]] | None = None,
) -> str:
    who = access.ansatt()
    ids = [row.person.id for row in rows]
    labels = _labels(who) if labels is None else labels
    return render_template(
        "veileder/liste.html",
        skjema=form,
        gruppe=gruppe,
        rader=rows,
        antall=arbeidsliste.counts(who, _over(labels)),
        moter=moter.next_for_brukere(who.kommune_id, ids) if ids else {},
        merker=labels,
        antall_saker=len(labels),
        neste=following,
        sokt=searched,
        forste=not request.args.get("etter"),
        er_leder=who.rolle is Rolle.LEDER,
        uten=uten_veileder.counts(who) if who.rolle is Rolle.LEDER else None,
        i_dag=oslo_date(clock.now()),
    )


def _day_key(key: Sted | None) -> str | None:
    return paging.encode(f"{key[0]}|{key[1].isoformat()}|{key[2].hex}") if key else None


def _group() -> Gruppe:
    try:
        return Gruppe(request.args.get("vis", Gruppe.ALLE.value))
    except ValueError:
        abort(404)


def _after(text: str | None) -> Sted | None:
    if not text:
        return None
    try:
        kind, day, bruker_id = paging.decode(text).split("|")
        return ("0", "1", "2").index(kind), date.fromisoformat(day), UUID(hex=bruker_id)
    except ValueError:
        abort(400)
