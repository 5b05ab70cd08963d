"""vilkar: the two fixed days on which a kontor pays, and which vilkår to look at before each."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.identitet import service as identitet
from webapp.identitet.tur import queue_up
from webapp.platform import access, audit, clock
from webapp.platform.access import CASE_STAFF, needs
from webapp.platform.database import writing
from webapp.platform.dates import oslo_date
from webapp.vilkar import lesing, rules
from webapp.vilkar.forms import Betalingsskjema
from webapp.vilkar.models import Betalingsdager

bp = Blueprint("vilkar_utbetaling", __name__)


@bp.route("/veileder/utbetaling", methods=["GET", "POST"])
@needs(CASE_STAFF)
def utbetaling() -> ResponseReturnValue:
    """One's own brukere's vilkår by payment, and the form for the days."""
    who = access.ansatt()
    days = lesing.payment_days(who.kommune_id, who.kontor_id)
    form = Betalingsskjema(data={"forste": str(days[0]), "andre": str(days[1])} if days else {})
    if form.validate_on_submit():
        set_days(who, *form.days())
        flash(_("Utbetalingsdagene er lagret."), "bra")
        return redirect("/veileder/utbetaling", 303)
    dates = rules.payment_dates(*days, oslo_date(clock.now())) if days else []
    return render_template(
        "vilkar/veileder_utbetaling.html",
        kontor=identitet.kontor(who.kommune_id, who.kontor_id),
        skjema=form,
        dager=days,
        grupper=lesing.by_payment(lesing.due(who, dates[-1]), dates) if dates else {},
        i_dag=oslo_date(clock.now()),
    )


def set_days(who: access.Ansatt, forste: int, andre: int) -> None:
    """Choose the days for one's own kontor."""
    with writing() as db:
        queue_up(db, who.kommune_id, who.kontor_id, "kontor")  # there may be no row yet, and two who choose
        row = db.get(Betalingsdager, (who.kommune_id, who.kontor_id))
        if row is None:
            row = Betalingsdager(kommune_id=who.kommune_id, kontor_id=who.kontor_id)
            db.add(row)
        row.forste, row.andre = forste, andre
        audit.record(
            db,
            who.kommune_id,
            "betalingsdager_satt",
            who.actor,
            kontor_id=who.kontor_id,
            forste=forste,
            andre=andre,
        )
