"""When two messages to the same person by the same channel become one: the words are the same (S6).

A message is left out only when another one has been handed over since what it tells of happened. While another one is
on its way it waits for what becomes of that one, so that nothing is lost with a message that is cancelled or given up.
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
    venter: dict[Vei, datetime] = field(default_factory=dict)  # when to look again at what is on its way
    tatt: set[Vei] = field(default_factory=set)  # taken in this batch

    def settled(self, row: Utboks, now: datetime) -> bool:
        """Whether ``row`` is not to be sent now. It is then marked as told, put off, or left for the next batch."""
        vei = (row.bruker_id, row.kanal, row.mal_id)
        taken = vei in self.tatt
        self.tatt.add(vei)
        if row.hendelse in rules.ALONE:
            return False
        if (sent := self.sendt.get(vei)) and sent > rules.news_since(row.laget, row.send_etter):
            row.tilstand, row.kode = Tilstand.AVLYST.value, TOLD
            return True
        if not taken and vei in self.venter:
            row.neste_forsok = max(self.venter[vei], now)
        return taken or vei in self.venter


def read(db: Session, kommune_id: int, rows: Sequence[Utboks], now: datetime) -> Andre:
    """What else was sent, or is on its way, to those whom these rows are for. One query, when any can be left out."""
    found = Andre()
    some = [row for row in rows if row.bruker_id and row.hendelse not in rules.ALONE]
    if not some:
        return found
    oldest = min(rules.news_since(row.laget, row.send_etter) for row in some)
    others = db.execute(
        select(
            Utboks.bruker_id, Utboks.kanal, Utboks.mal_id, Utboks.tilstand, Utboks.endret, Utboks.neste_forsok
        ).where(
            Utboks.kommune_id == kommune_id,
            Utboks.bruker_id.in_({row.bruker_id for row in some}),
            Utboks.kanal.in_({row.kanal for row in some}),
            Utboks.hendelse != Hendelse.PROVE.value,
            Utboks.id.not_in([row.id for row in rows]),
            or_(
                and_(Utboks.tilstand == Tilstand.SENDT.value, Utboks.endret > oldest),
                Utboks.tilstand.in_([Tilstand.TATT.value, Tilstand.SENDER.value]),
                # Refused for now; what waits for a day of its own is not on its way.
                and_(
                    Utboks.tilstand == Tilstand.VENTER.value,
                    Utboks.forsok > 0,
                    Utboks.neste_forsok.between(now, now + 2 * rules.LONGEST_WAIT),
                ),
            ),
        )
    )
    for bruker_id, kanal, mal_id, tilstand, endret, neste in others:
        vei = (bruker_id, kanal, mal_id)
        if tilstand == Tilstand.SENDT.value:
            found.sendt[vei] = max(endret, found.sendt.get(vei, endret))
        else:
            again = neste if tilstand == Tilstand.VENTER.value else now + rules.FIRST_WAIT
            found.venter[vei] = min(again, found.venter.get(vei, again))
    return found
