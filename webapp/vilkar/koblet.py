"""A vilkår and the step in the plan that fulfils it: doing the step counts as saying «gjort» of the vilkår.

The link is the veileder's choice when the vilkår is set, and goes one way: nothing in a plan makes a vilkår (P1, K4).
It is kept in each version (``Innhold.aktivitet_id``); the column ``vilkar.aktivitet_id`` is that of the present one.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.plan import kobling
from webapp.plan.innhold import Part
from webapp.platform import audit, clock, ids
from webapp.platform.database import reading
from webapp.platform.sealing import Place, Seal
from webapp.vilkar import rules
from webapp.vilkar.grunnlag import MOST, Vilkaret, opened, present
from webapp.vilkar.models import Vilkar, Vilkarmelding
from webapp.vilkar.rules import Handling, Tilstand
from webapp.vilkar.tekst import Innhold
from webapp.vilkar.tekstbank import TYPER


class NotAgreed(Exception):
    """The step is not one that both have agreed on (any more), or no step of this bruker."""


def chosen(db: Session, kommune_id: int, bruker_id: UUID, innhold: Innhold) -> UUID | None:
    """The step that a new version names, if it does. Before the vilkår is locked: steps are locked first everywhere.

    Raises NotAgreed; also for documentation, which is no vilkår (V3) and so nothing that a step could fulfil.
    """
    if not innhold.aktivitet_id:
        return None
    steg_id = ids.parse(innhold.aktivitet_id)
    if TYPER[innhold.type].slag == "dokumentasjon" or not kobling.is_agreed(db, kommune_id, bruker_id, steg_id):
        raise NotAgreed
    return steg_id


def of_step(kommune_id: int, bruker_id: UUID, seal: Seal, steg_id: UUID) -> list[Vilkaret]:
    """The vilkår that go with a step, those that count first. One query."""
    with reading() as db:
        rows = db.execute(
            present(kommune_id, bruker_id)
            .where(Vilkar.aktivitet_id == steg_id)
            .order_by(Vilkar.tilstand.in_(("gjelder", "ikke_oppfylt")).desc(), Vilkar.laget, Vilkar.id)
            .limit(MOST)
        ).all()
    return [opened(row, seal) for row in rows]


def counts(kommune_id: int, bruker_id: UUID, seal: Seal, steg_id: UUID) -> bool:
    """Whether doing the step is a report of a vilkår. One query."""
    tied = of_step(kommune_id, bruker_id, seal, steg_id)
    return any(Handling.MELD in rules.possible(Tilstand(one.tilstand), "bruker") for one in tied)


def step_done(db: Session, part: Part, steg_id: UUID, hendelse_id: UUID, words: str) -> None:
    """The bruker has done a step, in ``words``: the same report stands with each vilkår that goes with it.

    In the transaction in which the step is done. The veileder still registers met or not met. Once for each
    ``hendelse_id``. A vilkår that is met, or no longer asked, is left alone: nobody is asked anything there.
    """
    rows = db.scalars(
        select(Vilkar)
        .where(
            Vilkar.kommune_id == part.kommune_id,
            Vilkar.bruker_id == part.bruker_id,
            Vilkar.aktivitet_id == steg_id,
        )
        .order_by(Vilkar.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for row in rows:
        melding_id = uuid5(hendelse_id, str(row.id))
        if Handling.MELD not in rules.possible(Tilstand(row.tilstand), "bruker"):
            continue
        if db.get(Vilkarmelding, (part.kommune_id, melding_id)) is not None:
            continue
        made = Vilkarmelding(
            id=melding_id,
            kommune_id=part.kommune_id,
            vilkar_id=row.id,
            bruker_id=part.bruker_id,
            sprak=part.language_of(words),
            laget=clock.now(),
        )
        # K1: the bruker's own words and nothing else. Done without a word, it is empty, and the page says what it is.
        made.tekst = part.seal.close(words, Place("vilkarmelding", "tekst", part.kommune_id, melding_id))
        db.add(made)
        row.meldt = True
        audit.record(db, part.kommune_id, "vilkar_gjort", part.actor, bruker_id=part.bruker_id, vilkar_id=row.id)
