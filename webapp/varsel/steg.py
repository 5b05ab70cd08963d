"""One step in a matter: locked, in order, and never before the step it builds on.

The time of a step is the clock's, but never before the latest step of the matter: a clock that is moved back on the
server changes nothing, and only makes a deadline take longer.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.platform import clock, ids
from webapp.platform.sealing import Seal
from webapp.varsel import lesing, rules
from webapp.varsel.lesing import Rader, place
from webapp.varsel.models import Varsellukking, Varselnadd
from webapp.varsel.rules import Handling, NotPossible, Tilstand


class Moved(NotPossible):
    """Somebody else has taken a step in the matter since the page was shown."""


@dataclass(slots=True)
class Steg:
    """A step that is being taken: the rows before it, the moment it has, and what the matter becomes."""

    rader: Rader
    na: datetime
    blir: Tilstand

    def done(self, db: Session, *, quiet: bool = False) -> None:
        """The rows of the step are there: say where the matter stands now.

        ``quiet``: nothing that somebody who is writing about the matter needs to see first.
        """
        db.flush()
        sak = self.rader.sak
        sak.tilstand, sak.siste = self.blir.value, self.na
        sak.steg += 0 if quiet else 1
        sak.frist = self.rader.frist()
        db.flush()


def begin(
    db: Session,
    kommune_id: int,
    bruker_id: UUID,
    sak_id: UUID,
    handling: Handling,
    who: str,
    *,
    steg: int | None = None,
    grunnlag: bool = False,
) -> Steg:
    """Lock the matter and check that ``who`` can do ``handling`` now.

    ``steg``: the step that the page showed; another one raises Moved. Raises lesing.NotHere, rules.NotPossible.
    """
    found = lesing.rows(db, kommune_id, bruker_id, sak_id, lock=True)
    now = max(clock.now(), found.sak.siste)
    if steg is not None and steg != found.sak.steg:
        raise Moved(f"step {found.sak.steg}, the page showed {steg}")
    tilstand = Tilstand(found.sak.tilstand)
    return Steg(found, now, rules.after(tilstand, handling, who, found.fakta(grunnlag=grunnlag), now))


def reached(
    db: Session,
    step: Steg,
    seal: Seal,
    hvordan: str,
    *,
    sprak: str,
    ansatt_id: UUID | None = None,
    words: str = "",
    shown: object = None,
) -> Varselnadd:
    """Write down that the notice reached the bruker. The deadline counts from the first time (U3)."""
    varsel = step.rader.varsel
    assert varsel is not None
    before = min((row.frist for row in step.rader.nadd), default=None)
    row = Varselnadd(
        id=ids.new_id(),
        kommune_id=varsel.kommune_id,
        sak_id=varsel.sak_id,
        ansatt_id=ansatt_id,
        hvordan=hvordan,
        sprak=sprak,
        frist=before or rules.deadline(step.na, varsel.virkedager, varsel.tidligst),
        laget=step.na,
    )
    row.ord = seal.close(words, place(row, "ord")) if words else None
    if shown is not None:
        row.vist = seal.close_json(shown, place(row, "vist"))
        row.sha256 = hashlib.sha256(row.vist).digest()
    db.add(row)
    db.flush()
    step.rader.nadd = [*step.rader.nadd, row]
    return row


def close(
    db: Session, step: Steg, seal: Seal, lukking_id: UUID, grunn: str, words: str, ansatt_id: UUID | None
) -> None:
    """The matter ends with nothing taken."""
    sak = step.rader.sak
    row = Varsellukking(
        id=lukking_id, kommune_id=sak.kommune_id, sak_id=sak.id, ansatt_id=ansatt_id, grunn=grunn, laget=step.na
    )
    row.tekst = seal.close(words, place(row, "tekst")) if words else None
    db.add(row)
    db.flush()
    step.rader.lukking = row
    step.blir = Tilstand.LUKKET
