"""One's turn: whoever writes about a person, or lets one in, waits until nobody else does."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.identitet.models import Ansatt, Bruker, Kontor
from webapp.identitet.rules import NotHere

# One at a time. Not in the way of rows that only refer to the person: whoever writes about a meeting holds the meeting,
# which a handover waits for.
ONE_AT_A_TIME = {"key_share": True}
_TABLES: dict[str, Any] = {"bruker": Bruker, "ansatt": Ansatt, "kontor": Kontor}


def queue_up(db: Session, kommune_id: int, whose: UUID, hvem: str = "bruker", *, deleted_too: bool = False) -> None:
    """One at a time for ``whose``, so that the same form sent twice at once finds what the first one made.

    ``hvem`` names the table: «bruker», «ansatt» or «kontor». Always the person first, then what is theirs, and the log
    last: none waits for another. Raises NotHere when it was a deletion that one has waited for: nothing is written
    about them after it (S3). ``deleted_too``: not for a caller who finds out and answers in another way.
    """
    table = _TABLES[hvem]
    theirs = [table.kommune_id == kommune_id, table.id == whose]
    if hvem == "bruker" and not deleted_too:
        theirs.append(Bruker.slettet.is_(None))
    if db.scalar(select(table.id).where(*theirs).with_for_update(key_share=True)) is None and not deleted_too:
        raise NotHere(f"no such {hvem}")
