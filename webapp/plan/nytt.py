"""What the plan says is new or waits; see platform/nyheter.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import and_, case, func, select

from webapp.plan import rules
from webapp.plan.models import Aktivitet, Plan
from webapp.plan.rules import Handling, Stand, Tilstand
from webapp.platform import clock, dates
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Merke, Nyhet, Steg, i_saken
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
    """Proposals that wait for either side, «ikke nyttig for meg», an evaluation that is overdue. One query."""

    def number(tilstand: Tilstand) -> Any:
        return func.sum(case((Aktivitet.tilstand == tilstand.value, 1), else_=0))

    with reading() as db:
        rows = db.execute(
            select(
                Plan.bruker_id,
                Plan.versjon,
                Plan.evaluering,
                number(Tilstand.FORESLATT_BRUKER),
                number(Tilstand.FORESLATT_NAV),
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
    for bruker_id, versjon, evaluering, proposals, unanswered, not_useful in rows:
        labels = []
        if versjon and evaluering < today:
            labels.append(Merke("plan_evaluering", _("Planen skal ses på sammen"), evaluering, haster=True))
        if proposals:
            text = ngettext("%(num)s forslag til planen", "%(num)s forslag til planen", proposals)
            labels.append(Merke("plan_forslag", text))
        if unanswered:
            text = ngettext("%(num)s forslag venter på brukeren", "%(num)s forslag venter på brukeren", unanswered)
            labels.append(Merke("plan_venter", text))
        if not_useful:
            labels.append(Merke("plan_ikke_nyttig", _("Sier: ikke nyttig for meg")))
        if labels:
            found[bruker_id] = labels
    return found


def for_sak(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Steg]:  # noqa: ARG001 -- nothing sealed is read
    """Where the plan stands, and the one next right step with it. One query."""
    with reading() as db:
        rows = db.execute(
            select(Plan.versjon, Plan.kjent, Plan.evaluering, Aktivitet)
            .outerjoin(Aktivitet, and_(Aktivitet.kommune_id == Plan.kommune_id, Aktivitet.bruker_id == Plan.bruker_id))
            .where(Plan.kommune_id == kommune_id, Plan.bruker_id == bruker_id)
            .order_by(Aktivitet.endret, Aktivitet.id)
        ).all()
    if not rows:
        return []
    today, found = oslo_date(clock.now()), dict[Handling, list[Aktivitet]]()
    versjon, kjent, evaluering, _first = rows[0]
    steps: list[Aktivitet] = list(filter(None, (row[3] for row in rows)))
    for one in steps:
        stand = Stand(Tilstand(one.tilstand), one.versjon, one.ja_bruker_versjon, one.ja_nav_versjon, one.ansvar)
        step = rules.next_step(stand, one.frist, today)
        if step is not None:
            found.setdefault(step, []).append(one)
    line = _waits(bruker_id, found, evaluering if versjon and evaluering < today else None)
    return [line or _quiet(bruker_id, [one.tilstand for one in steps], evaluering, known=kjent >= versjon)]


def _waits(bruker_id: UUID, found: dict[Handling, list[Aktivitet]], over: date | None) -> Steg | None:
    home, name = i_saken(bruker_id, "plan/"), _("Planen")
    if asked := found.get(Handling.JA):
        words = ngettext(
            "%(num)s forslag fra brukeren venter på svar.",
            "%(num)s forslag fra brukeren venter på svar.",
            len(asked),
        )
        return Steg("plan_svar", name, words, home, _("Svar på forslaget"), f"{home}steg/{asked[0].id}")
    if refused := found.get(Handling.ENDRE):
        words = _("Brukeren sier at noe ikke er nyttig.")
        return Steg("plan_annet", name, words, home, _("Foreslå noe annet"), f"{home}steg/{refused[0].id}/endre")
    if over is not None:
        do = _("Se på planen sammen med brukeren")
        words = _("Dere skulle sett på planen sammen.")
        return Steg("plan_evaluering", name, words, home, do, f"{home}evaluering", frist=over, haster=True)
    if late := found.get(Handling.GJORT):
        late = sorted(late, key=lambda one: one.frist or date.max)
        words = _("Noe som Nav skulle gjøre, er ikke gjort.")
        return Steg(
            "plan_nav", name, words, home, _("Gjør det Nav har lovet"), f"{home}steg/{late[0].id}", frist=late[0].frist
        )
    return None


def _quiet(bruker_id: UUID, states: list[str], evaluering: date, *, known: bool) -> Steg:
    code, parts = "plan_rolig", list[str]()
    if asked := states.count(Tilstand.FORESLATT_NAV):
        code = "plan_foreslatt"
        parts.append(
            ngettext(
                "%(num)s forslag venter på svar fra brukeren.", "%(num)s forslag venter på svar fra brukeren.", asked
            )
        )
    if agreed := states.count(Tilstand.AVTALT):
        parts.append(ngettext("%(num)s ting er avtalt.", "%(num)s ting er avtalt.", agreed))
        if not known:
            parts.append(_("Brukeren har ikke sett over det som er nytt."))
        day = dates.long_date(evaluering, str(get_locale()), oslo_date(clock.now()))
        parts.append(_("Dere ser på planen igjen %(dato)s.", dato=day))
    return Steg(code, _("Planen"), " ".join(parts) or _("Ingenting er avtalt nå."), i_saken(bruker_id, "plan/"))
