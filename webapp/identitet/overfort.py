"""The button of a handover pressed twice: the first press took the case away, the second is not asked for a reason."""

from __future__ import annotations

from uuid import UUID

from webapp.identitet import adgang, tildelinger
from webapp.platform import access, drafts
from webapp.platform.database import reading
from webapp.platform.forms import clean


def already(who: access.Ansatt, bruker_id: UUID, path: str) -> bool:
    """Whether ``who`` has given the bruker to somebody by the form at ``path``, with the words that lie kept from it.

    Those words are let go of then: they are where they belong. It tells ``who`` nothing but what they have said (S1).
    """
    seal, owner = adgang.seal_for_typed(who, bruker_id), (who.actor.type, who.id)
    kept = drafts.parts(who.kommune_id, owner, seal, path) if seal is not None else []
    if seal is None or not kept:
        return False
    with reading() as db:
        row = tildelinger.latest(db, who.kommune_id, bruker_id)
    for fields in (part.fields for part in kept):
        reason = clean("".join(fields.get("grunn", [])))
        if (
            row is None
            or fields.get("til") != [str(row.ansatt_id)]
            or not tildelinger.said_so(row, seal, reason, who.actor)
        ):
            return False
    for part in kept:
        drafts.arrived(who.kommune_id, owner, seal, path, part.fields)
    return True
