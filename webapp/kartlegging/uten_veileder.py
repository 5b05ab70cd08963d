"""The leder's list of those at the kontor who have no veileder, the nearest deadline first (K8).

There are no names in it. A leder sees counts, and opens somebody else's bruker with a reason (S1): the list says what
it takes to choose a new veileder, and the name comes on the page that is opened with the reason. So showing the list
opens nobody, and there is nothing to write in anybody's log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Subquery, case, func, select

from webapp.identitet import ansvar
from webapp.identitet.models import ASSIGNED, Ansatt, Bruker, Tildeling
from webapp.kartlegging import arbeidsliste
from webapp.kartlegging.arbeidsliste import Gruppe, Stand, Sted
from webapp.kartlegging.models import Kartlegging
from webapp.platform import access, clock
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date


@dataclass(frozen=True, slots=True)
class Antall:
    """How many at the kontor have no veileder, and how many of them are over a deadline of K8."""

    alle: int
    over: int


@dataclass(frozen=True, slots=True)
class Rad:
    """One line of the list. ``veileder`` is the one who is blocked; ``vikar`` keeps the case open meanwhile, if any."""

    bruker_id: UUID
    kode: str
    sprak: str
    veileder: str
    vikar: str
    stand: Stand


@dataclass(frozen=True, slots=True)
class Liste:
    """One page of the list; ``neste`` is the key of the page after, if there is one."""

    rader: list[Rad]
    neste: Sted | None


def counts(who: access.Ansatt) -> Antall:
    """The leder's own kontor. One query.

    S5 is about numbers that tell of people; this one says how long a list is, to whoever may read the list.
    """
    today = oslo_date(clock.now())
    over = func.coalesce(func.sum(case((arbeidsliste.holds(Gruppe.OVER, today), 1), else_=0)), 0)
    with reading() as db:
        row = db.execute(_at_kontor(select(func.count(), over), ansvar.without(who.kommune_id), who)).one()
    return Antall(row[0], int(row[1]))


def page(who: access.Ansatt, after: Sted | None = None) -> Liste:
    """One page of those at the leder's own kontor. One query."""
    today = oslo_date(clock.now())
    without = ansvar.without(who.kommune_id)
    kind, day = arbeidsliste.sort_key()
    query = _at_kontor(select(Bruker, Kartlegging, without.c.veileder, _SUBSTITUTE, kind, day), without, who)
    if after is not None:
        query = query.where(arbeidsliste.beyond(after))
    with reading() as db:
        found = db.execute(query.order_by(kind, day, Bruker.id).limit(arbeidsliste.PAGE + 1)).all()
    rows = [
        Rad(bruker.id, bruker.kode, bruker.sprak, veileder, vikar or "", arbeidsliste.stand(mapping, today))
        for bruker, mapping, veileder, vikar, _kind, _day in found[: arbeidsliste.PAGE]
    ]
    last = found[arbeidsliste.PAGE - 1] if len(found) > arbeidsliste.PAGE else None
    return Liste(rows, (last[4], last[5], last[0].id) if last is not None else None)


_SUBSTITUTE = (
    select(Ansatt.navn)
    .join(Tildeling, ASSIGNED)
    .where(
        Tildeling.kommune_id == Bruker.kommune_id,
        Tildeling.bruker_id == Bruker.id,
        Tildeling.til.is_(None),
        Tildeling.som == "vikar",
        Ansatt.aktiv,
    )
    .correlate(Bruker)
    .scalar_subquery()
)


def _at_kontor(query: Any, without: Subquery, who: access.Ansatt) -> Any:
    return arbeidsliste.joined(query, without, who.kommune_id).where(Bruker.kontor_id == who.kontor_id)
