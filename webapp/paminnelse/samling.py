"""When two messages to the same person by the same channel become one: the words are the same (S6).

A message is left out only when another one has been handed over since what it tells of happened. While another one is
being handed over it waits for what becomes of that one; one that was refused, and waits for its next try, is not waited
for. So nothing is lost with a message that is cancelled or given up, or that we have a fault with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from webapp.paminnelse import rules
from webapp.platform.utboks import Hendelse, Tilstand, Utboks

TOLD = "samlet"  # the code of what another message has told of
Vei = tuple[UUID | None, str, UUID]  # who, by which channel, on which device


@dataclass(frozen=True, slots=True)
class Andre:
    """What else there is for the people of a batch."""

    sendt: dict[Vei, datetime] = field(default_factory=dict)  # when the latest one was handed over
    underveis: set[Vei] = field(default_factory=set)  # another worker is at it
    tatt: set[Vei] = field(default_factory=set)  # taken in this batch

    def settled(self, row: Utboks, now: datetime) -> bool:
        """Whether ``row`` is not to be sent now. It is then marked as told, put off, or left for the next batch."""
        vei = (row.bruker_id, row.kanal, row.mal_id)
        if row.hendelse not in rules.ALONE:
            sent = self.sendt.get(vei)
            if sent is not None and sent > rules.news_since(row.laget, row.send_etter):
                row.tilstand, row.kode = Tilstand.AVLYST.value, TOLD
                return True
            if vei in self.underveis:
                row.neste_forsok = now + rules.FIRST_WAIT
                return True
            if vei in self.tatt:
                return True
        self.tatt.add(vei)
        return False


def read(db: Session, kommune_id: int, rows: Sequence[Utboks]) -> Andre:
    """What else was sent, or is on its way, to those whom these rows are for. One query, when any can be left out."""
    found = Andre()
    some = [row for row in rows if row.bruker_id and row.hendelse not in rules.ALONE]
    if not some:
        return found
    oldest = min(rules.news_since(row.laget, row.send_etter) for row in some)
    others = db.execute(
        select(Utboks.bruker_id, Utboks.kanal, Utboks.mal_id, Utboks.tilstand, Utboks.endret).where(
            Utboks.kommune_id == kommune_id,
            Utboks.bruker_id.in_({row.bruker_id for row in some}),
            Utboks.kanal.in_({row.kanal for row in some}),
            Utboks.hendelse != Hendelse.PROVE.value,
            Utboks.id.not_in([row.id for row in rows]),
            or_(
                and_(Utboks.tilstand == Tilstand.SENDT.value, Utboks.endret > oldest),
                Utboks.tilstand.in_([Tilstand.TATT.value, Tilstand.SENDER.value]),
            ),
        )
    )
    for bruker_id, kanal, mal_id, tilstand, endret in others:
        vei = (bruker_id, kanal, mal_id)
        if tilstand == Tilstand.SENDT.value:
            found.sendt[vei] = max(endret, found.sendt.get(vei, endret))
        else:
            found.underveis.add(vei)
    return found
