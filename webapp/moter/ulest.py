"""What the bruker has said about a meeting that the veileder has not seen: one word on the meeting's row.

It stands there from the bruker's comment on the note, or their «hvordan var dette møtet for deg?», until the
responsible veileder opens the meeting. Lists ask for it through an index that holds only the meetings where it stands.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import QueryableAttribute

from webapp.identitet import tildelinger
from webapp.moter.models import Mote
from webapp.platform import access
from webapp.platform.database import changed, reading, writing


class Ulest(StrEnum):
    """What there is to read. In this order: a comment says more than a rating, so it is the one that a list names."""

    KOMMENTAR = "kommentar"
    VURDERING = "vurdering"


def said(row: Mote, what: Ulest) -> None:
    """The bruker has said something: mark the meeting, in the transaction that holds the row locked."""
    row.ulest = min(what, Ulest(row.ulest or what)).value


def seen(who: access.Ansatt, bruker_id: UUID, mote_id: UUID) -> bool:
    """The responsible veileder opens the meeting: nothing waits there any more. Whether something did.

    To be called before the page reads what the bruker has said: what comes in between then waits for the next time.
    """
    here = (
        Mote.kommune_id == who.kommune_id, Mote.id == mote_id, Mote.bruker_id == bruker_id, Mote.ulest.is_not(None)
    )  # fmt: skip
    with reading() as db:
        waits = db.scalar(select(Mote.id).where(*here)) is not None
        responsible = tildelinger.responsible(db, who.kommune_id, bruker_id) if waits else None
    if responsible is None or responsible.id != who.id:
        return False
    with writing(unverified=True) as db:  # nothing that a page of somebody else's could make them do
        return changed(db, update(Mote).where(*here).values(ulest=None)) > 0


def of_bruker(kommune_id: QueryableAttribute[int], bruker_id: QueryableAttribute[UUID]) -> ColumnElement[str | None]:
    """What waits with the bruker of each row of a list, in SQL: one of ``Ulest``, or null. For the worklist's query."""
    return (
        select(func.min(Mote.ulest))
        .where(Mote.kommune_id == kommune_id, Mote.bruker_id == bruker_id, Mote.ulest.is_not(None))
        .scalar_subquery()
    )
