"""What the bruker asks for before anything is decided: more time, a conversation first, an interpreter (U6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from webapp.identitet import rules as codes
from webapp.platform import access, audit, ids, languages
from webapp.varsel import lesing
from webapp.varsel.lesing import Rader, place
from webapp.varsel.models import Varselonske
from webapp.varsel.rules import Handling, NotPossible
from webapp.varsel.steg import begin, reached_by_answering, typist

NUMBER_LENGTH = 8
MOST_IN_A_MATTER = 50


@dataclass(frozen=True, slots=True)
class Onsker:
    """What the bruker asks for, and a word about it."""

    slag: list[str] = field(default_factory=list)
    ord: str = ""


def wish(
    db: Session, who: access.Bruker, sak_id: UUID, form_id: UUID, wishes: Onsker, nummer: str | None
) -> UUID | None:
    """Take in each wish that is not there yet; returns one of them, which the receipt can be found by.

    ``nummer``: of the uttalelse that they came with; None gives them one of their own. Raises rules.NotPossible.
    """
    there: UUID | None = None
    made: UUID | None = None
    nummer = nummer or codes.shown_code(codes.new_code(NUMBER_LENGTH))
    for slag in wishes.slag:
        found = lesing.rows(db, who.kommune_id, who.id, sak_id)
        wish_id = uuid5(form_id, slag)
        same = _same(found, who, slag, wishes.ord, wish_id)
        if same is not None:
            there = there or same
            continue
        step = begin(db, who.kommune_id, who.id, sak_id, Handling.ONSK, "bruker", skriver=who.skriver)
        if len(found.onsker) >= MOST_IN_A_MATTER:
            raise NotPossible("enough is wished for")
        reached_by_answering(db, step, who)
        if db.get(Varselonske, (who.kommune_id, wish_id)) is not None:
            wish_id = ids.new_id()  # other words from the same form, or somebody else's key
        row = Varselonske(
            id=wish_id,
            kommune_id=who.kommune_id,
            sak_id=sak_id,
            slag=slag,
            sprak=languages.written_in(wishes.ord, who.sprak),
            nummer=nummer,
            skrevet_av=typist(who),
            laget=step.na,
        )
        row.tekst = who.seal.close(wishes.ord, place(row, "tekst"))
        db.add(row)
        step.done(db)
        audit.record(db, who.kommune_id, "varselonske_sendt", who.actor, bruker_id=who.id, sak_id=sak_id, onske=slag)
        made = made or wish_id
    return made or there


def _same(found: Rader, who: access.Bruker, slag: str, words: str, wish_id: UUID) -> UUID | None:
    """The wish that says just this already: from the same form, or one that still waits for its answer.

    One that waits is not asked for twice without a word more; with other words it is: nothing that was sent is dropped.
    """
    answered = {row.onske_id for row in found.svar}
    for row in found.onsker:
        if row.slag != slag or (row.id in answered and row.id != wish_id):
            continue
        said = lesing.words(row, "tekst", who.seal)
        if said == words or (not words.strip() and row.id not in answered):
            return row.id
    return None
