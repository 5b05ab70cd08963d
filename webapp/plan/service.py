"""Steps: proposed, answered to, changed, paused, done. One function a use case, one transaction (P1–P4, K8)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from webapp.identitet.tur import queue_up
from webapp.kartlegging import service as kartlegging
from webapp.kartlegging import svarrader
from webapp.plan import rules, versjoner
from webapp.plan.hendelser import happened, happening_place, made_before, note
from webapp.plan.innhold import Forslag, Part, opened, write
from webapp.plan.lesing import NotHere, Planen, read, steps
from webapp.plan.models import Aktivitet, Mal, Plan, Planhendelse
from webapp.plan.rules import Handling, Rolle, Stand, Tilstand
from webapp.platform import attempts, audit, clock, ids
from webapp.platform.database import writing
from webapp.platform.dates import oslo_date
from webapp.vilkar import koblet

MOST_GOALS = 60
# What is written in the log for each thing that can be done.
EVENT = {
    Handling.JA: "plan_steg_avtalt",
    Handling.ENDRE: "plan_steg_foreslatt",
    Handling.IKKE_NYTTIG: "plan_steg_ikke_nyttig",
    Handling.AVSLA: "plan_steg_avslatt",
    Handling.TREKK: "plan_steg_trukket",
    Handling.PAUSE: "plan_steg_pauset",
    Handling.GJENAPNE: "plan_steg_gjenapnet",
    Handling.GJORT: "plan_steg_gjort",
    Handling.AVSLUTT: "plan_steg_avsluttet",
    Handling.KOMMENTER: "plan_steg_kommentert",
}


class Full(Exception):
    """There are more steps or goals than anybody can follow."""


def propose(part: Part, nokkel: UUID, forslag: Forslag, kilde: str | None = None) -> UUID:
    """Propose a step; returns its id. Sent twice, or taken from the same answer twice (``kilde``), it is there once.

    Raises NotHere (the goal), Full, attempts.TooMany.
    """
    not_too_often(part)
    with at_work(part) as (db, plan):
        there = db.get(Aktivitet, (part.kommune_id, nokkel))
        if there is not None and there.bruker_id == part.bruker_id:
            before = made_before(db, part, there.laget, "foresla", forslag.as_json())
            if before is not None and before.aktivitet_id is not None:
                return before.aktivitet_id
        if there is not None:
            nokkel = ids.new_id()  # other words from the same form, or a key that names somebody else's step
        taken = kilde and db.scalar(
            steps(part.kommune_id, part.bruker_id).with_only_columns(Aktivitet.id).where(Aktivitet.kilde == kilde)
        )
        if taken:
            return taken
        _room(db, part, Aktivitet, rules.MOST_STEPS)
        _known_goal(db, part, forslag.mal_id)
        row = Aktivitet(id=nokkel, kommune_id=part.kommune_id, bruker_id=part.bruker_id, kilde=kilde)
        row.laget = row.endret = clock.now()
        _stand(row, rules.proposed(part.rolle, rules.whose(forslag.ansvar)))
        write(row, part, forslag)
        db.add(row)
        db.flush()
        note(db, part, "foresla", row.tilstand, aktivitet_id=row.id, etter=forslag.as_json())
        audit.record(
            db, part.kommune_id, "plan_steg_foreslatt", part.actor, bruker_id=part.bruker_id, aktivitet_id=row.id
        )
        plan.endret = clock.now()
    return nokkel


def act(
    part: Part,
    steg_id: UUID,
    handling: Handling,
    lest: int,
    *,
    nokkel: UUID | None = None,
    ord: str = "",  # noqa: A002 -- the bruker's words
    forslag: Forslag | None = None,
) -> None:
    """Do something with a step whose text was read in version ``lest``. Sent twice (``nokkel``), it is done once.

    ``forslag`` goes with ENDRE, and only with it. A step both have agreed on after a delivery stops K8's second clock.
    Raises NotHere, rules.NotPossible, rules.Changed, rules.Missing, attempts.TooMany.
    """
    not_too_often(part)
    assert (handling is Handling.ENDRE) == (forslag is not None)
    with at_work(part, mapping=handling in {Handling.JA, Handling.GJENAPNE}) as (db, plan):
        row = db.scalar(steps(part.kommune_id, part.bruker_id).where(Aktivitet.id == steg_id).with_for_update())
        if row is None:
            raise NotHere("no such step")
        there = db.get(Planhendelse, (part.kommune_id, nokkel)) if nokkel is not None else None
        if there is not None:
            etter_json = None if forslag is None else forslag.as_json()
            if happened(db, part, there, handling.value, ord, etter_json, aktivitet_id=steg_id):
                return  # sent twice
            nokkel = None  # other words from the same form are not dropped: they are written, or it is said why not
        before = opened(row, part.seal)
        new = rules.after(before.stand, handling, part.rolle, lest=lest, frist=row.frist, evaluering=plan.evaluering)
        etter = None
        if forslag is not None:
            _known_goal(db, part, forslag.mal_id)
            write(row, part, forslag)
            etter = forslag.as_json()
        if handling is not Handling.KOMMENTER:
            _stand(row, new)
            row.endret = plan.endret = clock.now()
        hendelse_id = nokkel or ids.new_id()
        note(
            db,
            part,
            handling.value,
            row.tilstand,
            id_=hendelse_id,
            aktivitet_id=row.id,
            for_={**before.forslag.as_json(), "sprak": before.sprak} if etter else None,
            etter=etter,
            ord_=ord,
        )
        if handling is Handling.GJORT and part.rolle is Rolle.BRUKER:
            # Before anything is logged: the log is the last thing that a transaction waits for.
            db.flush()
            koblet.step_done(db, part, row.id, hendelse_id, ord)
        audit.record(db, part.kommune_id, EVENT[handling], part.actor, bruker_id=part.bruker_id, aktivitet_id=row.id)
        versjoner.freeze(db, part, plan)
        if new.tilstand is Tilstand.AVTALT and before.tilstand not in rules.GJELDER:
            _stop_clock(db, part)


def set_evaluation(part: Part, day: date, nokkel: UUID | None = None) -> None:
    """Another day when both look at the plan again (P2). Nav's to set, with the bruker."""
    not_too_often(part)
    with at_work(part) as (db, plan):
        if plan.evaluering == day:
            return
        before, plan.evaluering, plan.endret = plan.evaluering, day, clock.now()
        note(db, part, "evaluering", None, id_=nokkel, for_={"dag": before.isoformat()}, etter={"dag": day.isoformat()})
        audit.record(db, part.kommune_id, "plan_evaluering_satt", part.actor, bruker_id=part.bruker_id)
        versjoner.freeze(db, part, plan)


def confirm(part: Part, nummer: int) -> None:
    """P4: the bruker confirms knowing version ``nummer``. Raises rules.Changed when another one counts by now."""
    not_too_often(part)
    with at_work(part) as (db, plan):
        versjoner.confirm(part, plan, db, nummer)


@contextmanager
def at_work(part: Part, *, mapping: bool = False) -> Iterator[tuple[Session, Plan]]:
    """The bruker's plan, locked: one change at a time. It is made, with a day for evaluation, when there is none.

    ``mapping``: the row of the mapping is locked first, in the same order as a delivery and a meeting do it. Before
    both comes the bruker: who is deleted has no plan, and none is made (S3).
    """
    with writing() as db:
        queue_up(db, part.kommune_id, part.bruker_id)
        if mapping:
            svarrader.queue_up(db, part.kommune_id, part.bruker_id, part.seal)
        now = clock.now()
        insert: Any = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
        db.execute(
            insert(Plan)
            .values(
                kommune_id=part.kommune_id,
                bruker_id=part.bruker_id,
                versjon=0,
                kjent=0,
                evaluering=oslo_date(now) + rules.EVALUERES_ETTER,
                laget=now,
                endret=now,
            )
            .on_conflict_do_nothing()
        )
        plan = db.scalars(
            select(Plan).where(Plan.kommune_id == part.kommune_id, Plan.bruker_id == part.bruker_id).with_for_update()
        ).one()
        yield db, plan


def _stop_clock(db: Session, part: Part) -> None:
    state = kartlegging.state(part.kommune_id, part.bruker_id)
    if state is not None and state.levert is not None and state.plan_fulgt is None:
        kartlegging.plan_followed(db, part.kommune_id, part.bruker_id, clock.now())


def _stand(row: Aktivitet, stand: Stand) -> None:
    row.tilstand, row.versjon = stand.tilstand.value, stand.versjon
    row.ja_bruker_versjon, row.ja_nav_versjon = stand.ja_bruker, stand.ja_nav


def _known_goal(db: Session, part: Part, mal_id: UUID | None) -> None:
    if mal_id is None:
        return
    goal = db.get(Mal, (part.kommune_id, mal_id))
    if goal is None or goal.bruker_id != part.bruker_id:
        raise NotHere("no such goal")


def _room(db: Session, part: Part, table: Any, most: int) -> None:
    there = db.scalar(
        select(func.count())
        .select_from(table)
        .where(table.kommune_id == part.kommune_id, table.bruker_id == part.bruker_id)
    )
    if (there or 0) >= most:
        raise Full(f"{there} of {most}")


def not_too_often(part: Part) -> None:
    """An ansatt who plans with many in one day is not stopped; a phone gone wild is."""
    most = 200 if part.rolle is Rolle.BRUKER else 2000
    attempts.count("plan", str(part.actor.id), most=most, within=timedelta(days=1))


__all__ = [
    "Full",
    "NotHere",
    "Planen",
    "act",
    "at_work",
    "confirm",
    "happening_place",
    "not_too_often",
    "note",
    "propose",
    "read",
    "set_evaluation",
]
