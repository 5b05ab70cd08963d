"""Mål and delmål: the bruker's own words, and only the bruker writes them (K1, P2)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from webapp.plan import service, versjoner
from webapp.plan.hendelser import happened, made_before
from webapp.plan.innhold import Part, goal_place, opened_goal
from webapp.plan.models import Mal, Planhendelse
from webapp.plan.service import MOST_GOALS, Full, NotHere
from webapp.platform import audit, clock, ids

TILSTANDER = ("gjelder", "nadd", "lagt_bort")


def add(part: Part, nokkel: UUID, text: str, over: UUID | None = None, kilde: str | None = None) -> UUID:
    """A new goal, or a delmål under ``over``; returns its id. Sent twice, or taken twice (``kilde``), it is there once.

    Raises NotHere (no such goal to be under), Full.
    """
    service.not_too_often(part)
    with service.at_work(part) as (db, plan):
        mine = select(Mal).where(Mal.kommune_id == part.kommune_id, Mal.bruker_id == part.bruker_id)
        goals = {goal.id: goal for goal in db.scalars(mine)}
        if nokkel in goals:
            before = made_before(db, part, goals[nokkel].laget, "mal_nytt", {"tekst": text})
            if before is not None and before.mal_id is not None:
                return before.mal_id
            nokkel = ids.new_id()  # other words from the same form: a goal of their own
        for goal in goals.values():
            if kilde is not None and goal.kilde == kilde:
                return goal.id
        if over is not None and (over not in goals or goals[over].overordnet_id is not None):
            raise NotHere("no such goal")  # delmål have no delmål of their own
        if len(goals) >= MOST_GOALS:
            raise Full(str(len(goals)))
        if db.get(Mal, (part.kommune_id, nokkel)) is not None:
            nokkel = ids.new_id()  # a form key that names somebody else's goal
        row = Mal(id=nokkel, kommune_id=part.kommune_id, bruker_id=part.bruker_id, overordnet_id=over, kilde=kilde)
        row.sprak, row.tilstand, row.laget, row.endret = part.language_of(text), "gjelder", clock.now(), clock.now()
        row.tekst = part.seal.close(text, goal_place(row))
        db.add(row)
        db.flush()
        service.note(db, part, "mal_nytt", row.tilstand, mal_id=row.id, etter={"tekst": text})
        audit.record(db, part.kommune_id, "plan_mal_skrevet", part.actor, bruker_id=part.bruker_id, mal_id=row.id)
        versjoner.freeze(db, part, plan)
    return nokkel


def change(part: Part, mal_id: UUID, *, text: str | None = None, tilstand: str | None = None, nokkel: UUID) -> None:
    """Other words, or: reached, put away, taken up again. The words before are kept (P3). Raises NotHere."""
    service.not_too_often(part)
    with service.at_work(part) as (db, plan):
        row = db.scalar(
            select(Mal)
            .where(Mal.kommune_id == part.kommune_id, Mal.id == mal_id, Mal.bruker_id == part.bruker_id)
            .with_for_update()
        )
        if row is None:
            raise NotHere("no such goal")
        before = opened_goal(row, part.seal)
        if (text is None or text == before.tekst) and (tilstand is None or tilstand == before.tilstand):
            return  # sent twice, or nothing new
        hva = "mal_endret" if tilstand is None else f"mal_{tilstand}"
        etter = {"tekst": text if text is not None else before.tekst}
        there = db.get(Planhendelse, (part.kommune_id, nokkel))
        if there is not None:
            if happened(db, part, there, hva, etter=etter, mal_id=mal_id):
                return  # sent twice
            nokkel = ids.new_id()  # other words from the same form
        if text is not None and text != before.tekst:
            row.tekst, row.sprak = part.seal.close(text, goal_place(row)), part.language_of(text)
        if tilstand is not None:
            row.tilstand = tilstand
        row.endret = clock.now()
        service.note(
            db,
            part,
            hva,
            row.tilstand,
            id_=nokkel,
            mal_id=row.id,
            for_={"tekst": before.tekst, "sprak": before.sprak},
            etter=etter,
        )
        audit.record(db, part.kommune_id, "plan_mal_skrevet", part.actor, bruker_id=part.bruker_id, mal_id=row.id)
        versjoner.freeze(db, part, plan)
