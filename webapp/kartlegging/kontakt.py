"""How the bruker has said that they want to be reached, for whoever must reach them (U3)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from webapp.kartlegging.models import Levering
from webapp.kartlegging.versjoner import LevertSvar, read
from webapp.platform.database import reading
from webapp.platform.sealing import Seal

SPORSMAL = ("om-meg.kontakt", "om-meg.hjelper")
LOOKED_IN = 3  # a mini-mapping does not ask it, so the latest one that did may be some way back (K7)


def onsket(kommune_id: int, bruker_id: UUID, seal: Seal) -> dict[str, LevertSvar]:
    """What the latest delivery that asked says of it; empty when nothing does. Never what is not delivered."""
    with reading() as db:
        latest = db.scalars(
            select(Levering.id)
            .where(Levering.kommune_id == kommune_id, Levering.bruker_id == bruker_id)
            .order_by(Levering.versjon.desc())
            .limit(LOOKED_IN)
        ).all()
        for levering_id in latest:
            answers = read(kommune_id, bruker_id, seal, levering_id).svar
            said = {one: answers[one] for one in SPORSMAL if one in answers and answers[one].verdi}
            if said:
                return said
    return {}
