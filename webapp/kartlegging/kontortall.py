"""What a leder sees of the kontor: counts without names, and how many are over a deadline with each veileder.

S5: a group smaller than five is not shown, and cannot be worked out from the others and the total.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from sqlalchemy import case, func, select

from webapp.identitet.models import Ansatt, Tildeling
from webapp.identitet.rules import SMALLEST
from webapp.kartlegging import arbeidsliste
from webapp.kartlegging.arbeidsliste import Gruppe
from webapp.kartlegging.models import Kartlegging
from webapp.platform import access, clock
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date

Navn = TypeVar("Navn")


class Tilstand(StrEnum):
    """Where a mapping stands, each bruker in one of them: the first that holds, from the top."""

    OVER = "over"
    VENTER = "venter"
    MINI = "mini"
    GJENNOMGATT = "gjennomgatt"
    BEGYNT = "begynt"
    IKKE_BEGYNT = "ikke-begynt"


@dataclass(frozen=True, slots=True)
class Kontortall:
    """The counts; None is a group too small to be shown. ``alle`` is how many there are, when that can be shown."""

    alle: int | None
    tilstander: dict[Tilstand, int | None]
    over_frist: list[tuple[str, int | None]]  # by the veileder's name; those who are responsible for somebody


def protect(counts: Mapping[Navn, int], *, smallest: int = SMALLEST) -> dict[Navn, int | None]:
    """``counts`` with small groups hidden (S5), and as many more as it takes that they cannot be worked out.

    Whoever knows the total and the groups that are shown knows the sum of the hidden ones. So either nothing is hidden,
    or at least two groups are, and together they are ``smallest`` or more; if that cannot be, nothing is shown.
    """
    hidden = {name for name, count in counts.items() if count < smallest}
    by_size = sorted((name for name in counts if name not in hidden), key=lambda name: counts[name])
    while hidden and by_size and (len(hidden) < 2 or sum(counts[name] for name in hidden) < smallest):
        hidden.add(by_size.pop(0))
    return {name: None if name in hidden else count for name, count in counts.items()}


def counts(who: access.Ansatt) -> Kontortall:
    """The counts of the leder's own kontor: those whom its active veiledere are responsible for. Two queries.

    S5: those without a veileder are counted in a list of their own (uten_veileder.py), one by one. In these numbers
    too, they would tell what is hidden in the rest.
    """
    today = oslo_date(clock.now())
    order = (
        (arbeidsliste.holds(Gruppe.OVER, today), Tilstand.OVER.value),
        (arbeidsliste.holds(Gruppe.VENTER, today), Tilstand.VENTER.value),
        (arbeidsliste.holds(Gruppe.MINI, today), Tilstand.MINI.value),
        (Kartlegging.levert.is_not(None), Tilstand.GJENNOMGATT.value),
        (Kartlegging.begynt.is_not(None), Tilstand.BEGYNT.value),
    )
    state = case(*order, else_=Tilstand.IKKE_BEGYNT.value).label("tilstand")
    with reading() as db:
        # First who works here: from them on, each step is a look-up in an index, also in a kommune with many kontor.
        staff = db.execute(
            select(Ansatt.id, Ansatt.navn).where(
                Ansatt.kommune_id == who.kommune_id, Ansatt.kontor_id == who.kontor_id, Ansatt.aktiv
            )
        ).all()
        names = {row[0]: row[1] for row in staff}
        rows = db.execute(
            select(Tildeling.ansatt_id, state, func.count())
            .select_from(Tildeling)
            .outerjoin(
                Kartlegging,
                (Kartlegging.kommune_id == Tildeling.kommune_id) & (Kartlegging.bruker_id == Tildeling.bruker_id),
            )
            .where(
                Tildeling.kommune_id == who.kommune_id,
                Tildeling.ansatt_id.in_(list(names)),
                Tildeling.til.is_(None),
                Tildeling.som == "ansvarlig",
            )
            .group_by(Tildeling.ansatt_id, state)
        ).all()
    return _protected([(row[0], names[row[0]], Tilstand(row[1]), row[2]) for row in rows])


def _protected(rows: list[tuple[UUID, str, Tilstand, int]]) -> Kontortall:
    states = dict.fromkeys(Tilstand, 0)
    over: dict[UUID, int] = {}
    names: dict[UUID, str] = {}
    for ansatt_id, navn, state, count in rows:
        states[state] += count
        names[ansatt_id] = navn
        over[ansatt_id] = over.get(ansatt_id, 0) + (count if state is Tilstand.OVER else 0)
    shown = protect(states)
    per = protect(over)
    if shown[Tilstand.OVER] is None:
        # The sum of this table is one of the other's groups: hidden there, it must not be found here.
        per = dict.fromkeys(over)
    total = sum(states.values())
    by_name = sorted((names[one], one) for one in names)
    return Kontortall(
        alle=total if total >= SMALLEST else None,
        tilstander=shown,
        over_frist=[(navn, per[one]) for navn, one in by_name],
    )
