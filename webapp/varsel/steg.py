"""One step in a matter: locked, in order, and never before the step it builds on.

The time of a step is the clock's, but never before the latest step of the matter, nor the latest event of the kommune:
a clock that is moved back on the server changes nothing, and only makes a deadline take longer.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.platform import access, audit, ids
from webapp.platform.sealing import Seal
from webapp.varsel import lesing, paminn, rules
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
        before, sak.frist = sak.frist, self.rader.frist()
        if sak.frist != before:
            paminn.deadline(db, sak, self.rader.varsel, self.na)
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
    skriver: str | None = None,
) -> Steg:
    """Lock the matter and check that ``who`` can do ``handling`` now.

    ``steg``: the step that the page showed; another one raises Moved. ``skriver``: who types for the bruker.
    Raises lesing.NotHere, rules.NotPossible.
    """
    found = lesing.rows(db, kommune_id, bruker_id, sak_id, lock=True)
    now = max(audit.moment(db, kommune_id), found.sak.siste)
    if steg is not None and steg != found.sak.steg:
        raise Moved(f"step {found.sak.steg}, the page showed {steg}")
    tilstand = Tilstand(found.sak.tilstand)
    becomes = rules.after(tilstand, handling, who, found.fakta(grunnlag=grunnlag), now)
    return Steg(found, now, rules.unless_typed_by_staff(tilstand, becomes, skriver))


def reached(
    db: Session,
    step: Steg,
    seal: Seal,
    hvordan: str,
    *,
    sprak: str,
    ansatt_id: UUID | None = None,
    skrevet_av: str | None = None,
    words: str = "",
    shown: object = None,
) -> Varselnadd:
    """Write down that the notice reached the bruker. The deadline counts from the first time (U3).

    ``skrevet_av``: who held the phone, when it was in the bruker's own session. What an ansatt answers there is written
    down too, as theirs, and does not count: see ``Rader.arrived``.
    """
    varsel = step.rader.varsel
    assert varsel is not None
    before = min((row.frist for row in step.rader.arrived()), default=None)
    row = Varselnadd(
        id=ids.new_id(),
        kommune_id=varsel.kommune_id,
        sak_id=varsel.sak_id,
        ansatt_id=ansatt_id,
        hvordan=hvordan,
        skrevet_av=skrevet_av,
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


def reached_by_answering(db: Session, step: Steg, who: access.Bruker) -> None:
    """Whoever answers has the notice; when an ansatt typed, that is what is written down."""
    if not step.rader.nadd or (typist(who) != "ansatt" and not step.rader.arrived()):
        reached(db, step, who.seal, "svarte", sprak=who.sprak, skrevet_av=typist(who))


def typist(who: access.Bruker) -> str:
    """K1: who types in the bruker's session."""
    return who.skriver or "bruker"


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
    if ansatt_id is not None and step.rader.varsel is not None:  # U7: who has closed it themselves knows
        paminn.closed(db, sak.bruker_id, row)
    step.rader.lukking = row
    step.blir = Tilstand.LUKKET
