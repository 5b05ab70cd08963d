"""The button of a handover pressed twice: the first press took the case away, the second is not turned away for it."""

from __future__ import annotations

from uuid import UUID

from webapp.identitet import adgang, tildelinger
from webapp.platform import access, drafts
from webapp.platform.database import reading
from webapp.platform.forms import clean

FORM = "identitet_saker.overfor"  # the endpoint that the button belongs to


def already(who: access.Ansatt, bruker_id: UUID, fields: drafts.Fields) -> bool:
    """Whether ``who`` has given the bruker to somebody with the very words that are sent now.

    It tells ``who`` nothing but what they have said themselves (S1).
    """
    seal = adgang.seal_for_typed(who, bruker_id)
    if seal is None:
        return False
    with reading() as db:
        row = tildelinger.latest(db, who.kommune_id, bruker_id)
    reason = clean("".join(fields.get("grunn", [])))
    return (
        row is not None
        and fields.get("til") == [str(row.ansatt_id)]
        and tildelinger.said_so(row, seal, reason, who.actor)
    )
