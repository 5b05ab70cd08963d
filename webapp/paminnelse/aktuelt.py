"""Is it still of interest? Each room answers for what it put in the outbox, right before anything is sent.

A room's ``paminn.py`` has one function for each kind: it gets the reminders of that kind and says, for each, when it
should be sent as things stand now. Earlier or now: it is sent. Later: it waits until then (a deadline was moved).
None, or not mentioned: it is dropped (the matter is closed, the bruker has answered, the meeting is cancelled).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.platform.utboks import Hendelse, Utboks

Aktuelt = Callable[[Session, int, Sequence[Utboks]], Mapping[UUID, datetime | None]]


def _always(_db: Session, _kommune_id: int, rows: Sequence[Utboks]) -> Mapping[UUID, datetime | None]:
    """What is asked for by the person, there and then."""
    return {row.id: row.send_etter for row in rows}


def _rooms() -> dict[Hendelse, Aktuelt]:
    from webapp.kartlegging import paminn as kartlegging
    from webapp.klage import paminn as klage
    from webapp.moter import paminn as moter
    from webapp.varsel import paminn as varsel
    from webapp.veiledning import paminn as veiledning
    from webapp.vilkar import paminn as vilkar

    return {
        Hendelse.PROVE: _always,
        Hendelse.MOTE: moter.mote,
        Hendelse.NOTAT: moter.notat,
        Hendelse.MERKNAD: kartlegging.merknad,
        Hendelse.MINI: kartlegging.mini,
        Hendelse.VARSEL: varsel.varsel,
        Hendelse.AVGJORELSE: varsel.avgjorelse,
        Hendelse.VILKAR: vilkar.vilkar,
        Hendelse.KLAGE: klage.klage,
        Hendelse.RAD: veiledning.rad,
    }


def times(db: Session, kommune_id: int, rows: Iterable[Utboks]) -> dict[UUID, datetime | None]:
    """When each of these should be sent as things stand: one or two queries for each kind."""
    kinds: defaultdict[Hendelse, list[Utboks]] = defaultdict(list)
    for row in rows:
        kinds[Hendelse(row.hendelse)].append(row)
    found: dict[UUID, datetime | None] = {}
    rooms = _rooms()
    for kind, some in kinds.items():
        answers = rooms[kind](db, kommune_id, some) if kind in rooms else {}
        found |= {row.id: answers.get(row.id) for row in some}
    return found
