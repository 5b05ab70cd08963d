"""What the plan says is new or waits; see platform/nyheter.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import and_, case, func, select

from webapp.plan import rules
from webapp.plan.models import Aktivitet, Plan
from webapp.plan.rules import Tilstand
from webapp.platform import clock
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Merke, Nyhet
from webapp.platform.sealing import Seal


def for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Nyhet]:  # noqa: ARG001 -- nothing sealed is read
    """Proposals that wait for an answer, a version to look over (P4), what is due this week. Two queries."""
    today = oslo_date(clock.now())
    with reading() as db:
        plan = db.get(Plan, (kommune_id, bruker_id))
        if plan is None:
            return []
        rows = db.execute(
            select(Aktivitet.tilstand, Aktivitet.ansvar, Aktivitet.start, Aktivitet.frist, Aktivitet.hvor_ofte).where(
                Aktivitet.kommune_id == kommune_id,
                Aktivitet.bruker_id == bruker_id,
                Aktivitet.tilstand.in_([Tilstand.FORESLATT_NAV.value, Tilstand.AVTALT.value]),
            )
        ).all()
    found = []
    proposals = sum(row.tilstand == Tilstand.FORESLATT_NAV.value for row in rows)
    if proposals:
        text = ngettext(
            "%(num)s forslag i planen venter på svar fra deg",
            "%(num)s forslag i planen venter på svar fra deg",
            proposals,
        )
        found.append(Nyhet(text, "/plan/#svar"))
    if plan.versjon > plan.kjent:
        found.append(Nyhet(_("Planen din er endret. Se over det som er nytt."), "/plan/kjenn"))
    due: list[date] = [
        row.frist
        for row in rows
        if row.tilstand == Tilstand.AVTALT.value
        and row.ansvar == "bruker"
        and rules.this_week(row.start, row.frist, row.hvor_ofte, today)
    ]
    if due:
        text = ngettext("%(num)s ting i planen er for denne uka", "%(num)s ting i planen er for denne uka", len(due))
        found.append(Nyhet(text, "/plan/#uka", min(due)))
    return found


def for_liste(kommune_id: int, bruker_ids: Sequence[UUID]) -> dict[UUID, list[Merke]]:
    """Proposals that wait for Nav, «ikke nyttig for meg», and an evaluation that is overdue. One query."""

    def number(tilstand: Tilstand) -> Any:
        return func.sum(case((Aktivitet.tilstand == tilstand.value, 1), else_=0))

    with reading() as db:
        rows = db.execute(
            select(
                Plan.bruker_id,
                Plan.versjon,
                Plan.evaluering,
                number(Tilstand.FORESLATT_BRUKER),
                number(Tilstand.IKKE_NYTTIG),
            )
            .outerjoin(
                Aktivitet,
                and_(Aktivitet.kommune_id == Plan.kommune_id, Aktivitet.bruker_id == Plan.bruker_id),
            )
            .where(Plan.kommune_id == kommune_id, Plan.bruker_id.in_(list(bruker_ids)))
            .group_by(Plan.bruker_id, Plan.versjon, Plan.evaluering)
        ).all()
    today, found = oslo_date(clock.now()), {}
    for bruker_id, versjon, evaluering, proposals, not_useful in rows:
        labels = []
        if versjon and evaluering < today:
            labels.append(Merke("plan_evaluering", _("Planen skal ses på sammen"), evaluering, haster=True))
        if proposals:
            text = ngettext("%(num)s forslag til planen", "%(num)s forslag til planen", proposals)
            labels.append(Merke("plan_forslag", text))
        if not_useful:
            labels.append(Merke("plan_ikke_nyttig", _("Sier: ikke nyttig for meg")))
        if labels:
            found[bruker_id] = labels
    return found
