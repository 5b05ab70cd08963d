"""When two messages to the same person by the same channel become one: the words are the same (S6).

A message is left out only when another one has been handed over since what it tells of happened. While another one is
being handed over it waits for what becomes of that one; one that was refused, and waits for its next try, is not waited
for. So nothing is lost with a message that is cancelled or given up, or that we have a fault with.

One person has at most one message on its way in a channel, on a device (``uq_utboks_underveis`` holds that), also of
those that are told by themselves. What is looked at here is looked at with the person held, so two workers that take
at the same instant look one after the other, and the second sees what the first has taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from webapp.identitet.models import Bruker
from webapp.paminnelse import rules
from webapp.platform import clock
from webapp.platform.utboks import Hendelse, Tilstand, Utboks

TOLD = "samlet"  # the code of what another message has told of
Vei = tuple[UUID | None, str, UUID]  # who, by which channel, on which device


@dataclass(frozen=True, slots=True)
class Andre:
    """What else there is for the people of a batch."""

    var: set[UUID] = field(default_factory=set)  # whom no other worker takes for at this moment
    sendt: dict[Vei, datetime] = field(default_factory=dict)  # when the latest one was handed over
    underveis: set[Vei] = field(default_factory=set)  # another worker is at it
    tatt: set[Vei] = field(default_factory=set)  # taken in this batch

    def settled(self, row: Utboks, now: datetime) -> bool:
        """Whether ``row`` is not to be sent now. It is then marked as told, put off, or left for the next batch."""
        if row.hendelse == Hendelse.PROVE.value:
            return False
        vei = (row.bruker_id, row.kanal, row.mal_id)
        if row.hendelse not in rules.ALONE:
            sent = self.sendt.get(vei)
            if sent is not None and sent > rules.news_since(row.laget, row.send_etter):
                row.tilstand, row.kode = Tilstand.AVLYST.value, TOLD
                return True
        if vei in self.underveis:
            row.neste_forsok = now + rules.FIRST_WAIT
            return True
        if row.bruker_id not in self.var or vei in self.tatt:
            return True
        self.tatt.add(vei)
        return False


def read(db: Session, kommune_id: int, rows: Sequence[Utboks]) -> Andre:
    """What else was sent, or is on its way, to those whom these rows are for. Two queries, when there are any.

    The people are held to the end of the transaction. One whom another transaction holds is left for the next batch:
    to wait for one who is being deleted would be to wait for each other.
    """
    some = [row for row in rows if row.bruker_id and row.hendelse != Hendelse.PROVE.value]
    if not some:
        return Andre()
    people = {row.bruker_id for row in some}
    hold = select(Bruker.id).where(Bruker.kommune_id == kommune_id, Bruker.id.in_(people))
    found = Andre(set(db.scalars(hold.with_for_update(key_share=True, skip_locked=True))))
    # Later than now: by a clock that has been put back since. It has not told of what happens now.
    latest = clock.now() + rules.AHEAD
    oldest = min(rules.news_since(row.laget, row.send_etter) for row in some)
    others = db.execute(
        select(Utboks.bruker_id, Utboks.kanal, Utboks.mal_id, Utboks.tilstand, Utboks.endret).where(
            Utboks.kommune_id == kommune_id,
            Utboks.bruker_id.in_(people),
            Utboks.kanal.in_({row.kanal for row in some}),
            Utboks.hendelse != Hendelse.PROVE.value,
            Utboks.id.not_in([row.id for row in rows]),
            or_(
                and_(Utboks.tilstand == Tilstand.SENDT.value, Utboks.endret > oldest, Utboks.endret <= latest),
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
