"""Versions of the plan: frozen when what both agreed on changes, shown for any date, confirmed by the bruker (P4)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.plan import rules
from webapp.plan.innhold import Forslag, Part, opened, opened_goal
from webapp.plan.models import Aktivitet, Mal, Plan, Plankjennskap, Planversjon
from webapp.platform import audit, clock, dates, ids
from webapp.platform.database import reading
from webapp.platform.sealing import Place, Seal


@dataclass(frozen=True, slots=True)
class Frosset:
    """A step as it stood in a version."""

    id: str
    forslag: Forslag
    sprak: str
    tilstand: str


@dataclass(frozen=True, slots=True)
class Versjon:
    """Everything that was agreed from ``gjelder_fra`` on."""

    id: UUID
    nummer: int
    gjelder_fra: datetime
    evaluering: date
    steg: dict[str, Frosset]
    mal: dict[str, tuple[str, str]]  # id -> (words, language)


@dataclass(frozen=True, slots=True)
class Endring:
    """What one version says of one thing that another does not. ``felt``: which parts of a step are not the same."""

    slag: str  # nytt, borte, endret, mal_nytt, mal_borte, mal_endret, evaluering
    for_: Any
    na: Any
    felt: tuple[str, ...] = ()


def freeze(db: Session, part: Part, plan: Plan) -> None:
    """Make a new version when what is agreed is no longer what the last one says. In the caller's transaction.

    Nothing is frozen before the first step is agreed on: then there is no plan that anybody could have to follow.
    """
    db.flush()
    steps = db.scalars(
        select(Aktivitet).where(
            Aktivitet.kommune_id == part.kommune_id,
            Aktivitet.bruker_id == part.bruker_id,
            Aktivitet.tilstand.in_([one.value for one in rules.GJELDER]),
        )
    ).all()
    if not steps and plan.versjon == 0:
        return
    goals = db.scalars(
        select(Mal).where(
            Mal.kommune_id == part.kommune_id, Mal.bruker_id == part.bruker_id, Mal.tilstand != "lagt_bort"
        )
    ).all()
    content = {"evaluering": plan.evaluering.isoformat(), "steg": {}, "mal": {}}
    for row in sorted(steps, key=lambda one: (one.frist or date.max, one.id)):
        step = opened(row, part.seal)
        said = {**step.forslag.as_json(), "sprak": step.sprak, "tilstand": step.tilstand.value}
        content["steg"][str(step.id)] = said  # type: ignore[index]
    for goal in sorted((opened_goal(row, part.seal) for row in goals), key=lambda one: one.id):
        content["mal"][str(goal.id)] = [goal.tekst, goal.sprak]  # type: ignore[index]
    last = db.scalar(_latest(part.kommune_id, part.bruker_id).limit(1))
    if last is not None and part.seal.open_json(last.innhold, version_place(last)) == content:
        return
    row_ = Planversjon(
        id=ids.new_id(),
        kommune_id=part.kommune_id,
        bruker_id=part.bruker_id,
        nummer=plan.versjon + 1,
        gjelder_fra=audit.moment(db, part.kommune_id),
    )
    row_.innhold = part.seal.close_json(content, version_place(row_))
    # Over the sealed bytes: a hash of a short text in clear could be guessed at.
    row_.sha256 = hashlib.sha256(row_.innhold).digest()
    db.add(row_)
    plan.versjon = row_.nummer


def numbered(kommune_id: int, bruker_id: UUID, seal: Seal, numbers: set[int]) -> dict[int, Versjon]:
    """These versions, by number. One query."""
    with reading() as db:
        rows = db.scalars(_latest(kommune_id, bruker_id).where(Planversjon.nummer.in_(numbers))).all()
    return {row.nummer: _opened(row, seal) for row in rows}


def on_day(kommune_id: int, bruker_id: UUID, seal: Seal, day: date) -> Versjon | None:
    """What was valid on ``day`` (at the end of it, or now for today); None when nothing was agreed then."""
    end = datetime.combine(day + timedelta(days=1), time(0), dates.OSLO)
    with reading() as db:
        row = db.scalar(_latest(kommune_id, bruker_id).where(Planversjon.gjelder_fra < end).limit(1))
    return _opened(row, seal) if row else None


def differences(old: Versjon | None, new: Versjon) -> list[Endring]:
    """What is new since ``old`` (None: everything)."""
    steps, goals = (old.steg, old.mal) if old else ({}, {})
    found = []
    for key, step in new.steg.items():
        before = steps.get(key)
        if before is None:
            found.append(Endring("nytt", None, step))
        elif parts := _parts(before, step):
            found.append(Endring("endret", before, step, parts))
    found += [Endring("borte", step, None) for key, step in steps.items() if key not in new.steg]
    for key, goal in new.mal.items():
        if key not in goals:
            found.append(Endring("mal_nytt", None, goal))
        elif goals[key] != goal:
            found.append(Endring("mal_endret", goals[key], goal))
    found += [Endring("mal_borte", goal, None) for key, goal in goals.items() if key not in new.mal]
    if old is not None and old.evaluering != new.evaluering:
        found.append(Endring("evaluering", old.evaluering, new.evaluering))
    return found


def confirm(part: Part, plan: Plan, db: Session, nummer: int) -> None:
    """The bruker confirms knowing version ``nummer``. Said twice, it stands once.

    Raises rules.Changed when it is not the present one any more.
    """
    if nummer != plan.versjon or nummer < 1:
        raise rules.Changed(f"{nummer} was read, {plan.versjon} counts")
    version = db.scalars(_latest(part.kommune_id, part.bruker_id).where(Planversjon.nummer == nummer)).one()
    there = db.scalar(
        select(Plankjennskap.id).where(
            Plankjennskap.kommune_id == part.kommune_id, Plankjennskap.planversjon_id == version.id
        )
    )
    if there is not None:
        return
    db.add(
        Plankjennskap(
            id=ids.new_id(),
            kommune_id=part.kommune_id,
            planversjon_id=version.id,
            bruker_id=part.bruker_id,
            hjelper=part.hjelper,
            sprak=part.sprak,
            laget=clock.now(),
        )
    )
    plan.kjent = nummer
    audit.record(db, part.kommune_id, "plan_kjent", part.actor, bruker_id=part.bruker_id, nummer=nummer)


def known_since(kommune_id: int, bruker_id: UUID) -> dict[int, datetime]:
    """When the bruker confirmed knowing which version. One query."""
    with reading() as db:
        rows = db.execute(
            select(Planversjon.nummer, Plankjennskap.laget)
            .join(
                Planversjon,
                (Planversjon.kommune_id == Plankjennskap.kommune_id) & (Planversjon.id == Plankjennskap.planversjon_id),
            )
            .where(Plankjennskap.kommune_id == kommune_id, Plankjennskap.bruker_id == bruker_id)
        )
        return {nummer: laget for nummer, laget in rows}  # noqa: C416 -- a Row is not a pair to mypy


def _parts(old: Frosset, new: Frosset) -> tuple[str, ...]:
    before, now = old.forslag.as_json(), new.forslag.as_json()
    shown = ("hva", "hvorfor", "katalog", "ansvar", "hvem", "start", "frist", "hvor_ofte")
    found = [key for key in shown if before[key] != now[key]]
    return tuple(found + (["tilstand"] if old.tilstand != new.tilstand else []))


def _latest(kommune_id: int, bruker_id: UUID) -> Select[Planversjon]:
    return (
        select(Planversjon)
        .where(Planversjon.kommune_id == kommune_id, Planversjon.bruker_id == bruker_id)
        .order_by(Planversjon.nummer.desc())
    )


def _opened(row: Planversjon, seal: Seal) -> Versjon:
    content: Mapping[str, Any] = seal.open_json(row.innhold, version_place(row))
    return Versjon(
        row.id,
        row.nummer,
        row.gjelder_fra,
        date.fromisoformat(content["evaluering"]),
        {
            key: Frosset(key, Forslag.of_json(one), one["sprak"], one["tilstand"])
            for key, one in content["steg"].items()
        },
        {key: (words, sprak) for key, (words, sprak) in content["mal"].items()},
    )


def version_place(row: Planversjon) -> Place:
    """Where a version is sealed."""
    return Place("planversjon", "innhold", row.kommune_id, row.id)
