"""Who has no veileder: those whose responsible ansatt is blocked (K8: somebody must follow, and be seen to be missing).

The assignment stays open when an ansatt is blocked, so that whoever is let in again has their own. It is therefore
never stored that somebody has nobody: it follows from the assignment and from whether the ansatt is active. Nobody is
without an assignment: registering a bruker makes one, and handing over puts another in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, Subquery, exists, func, select
from sqlalchemy.orm import Session

from webapp.identitet.models import ASSIGNED, Ansatt, Bruker, Kontor, Tildeling
from webapp.identitet.rules import SMALLEST
from webapp.platform.database import reading


@dataclass(frozen=True, slots=True)
class Kontakt:
    """Whom a bruker can turn to: their kontor, who follows them up, and who stands in (both empty: nobody)."""

    kontor: Kontor
    veileder: str
    vikar: str


@dataclass(frozen=True, slots=True)
class Etterlatt:
    """How many have nobody when an ansatt is blocked, and whether the kontor has a leder who can do something about it.

    S5: the administrator reads it beside the name of one veileder, so from one to four is no number (``antall`` is
    None). They need not know more: the leder has the list.
    """

    antall: int | None
    har_leder: bool

    @property
    def noen(self) -> bool:
        """Whether there is anybody at all."""
        return self.antall != 0


def contact_of(kommune_id: int, bruker_id: UUID) -> Kontakt:
    """Whom a bruker can turn to. Whoever is blocked is nobody to turn to. One query."""
    with reading() as db:
        rows = db.execute(
            select(Kontor, Tildeling.som, Ansatt.navn)
            .select_from(Bruker)
            .join(Kontor, (Kontor.kommune_id == Bruker.kommune_id) & (Kontor.id == Bruker.kontor_id))
            .outerjoin(
                Tildeling,
                (Tildeling.kommune_id == Bruker.kommune_id)
                & (Tildeling.bruker_id == Bruker.id)
                & Tildeling.til.is_(None),
            )
            .outerjoin(
                Ansatt,
                ASSIGNED & Ansatt.aktiv,
            )
            .where(Bruker.kommune_id == kommune_id, Bruker.id == bruker_id)
        ).all()
    now = {row[1]: row[2] for row in rows if row[2]}  # an outer join: who is blocked, is not there
    return Kontakt(rows[0][0], now.get("ansvarlig", ""), now.get("vikar", ""))


def left_by(db: Session, row: Ansatt) -> Etterlatt:
    """Who has nobody when this ansatt is blocked. Two queries."""
    count = db.scalar(
        select(func.count())
        .select_from(Tildeling)
        .join(Bruker, (Bruker.kommune_id == Tildeling.kommune_id) & (Bruker.id == Tildeling.bruker_id))
        .where(
            Tildeling.kommune_id == row.kommune_id,
            Tildeling.ansatt_id == row.id,
            Tildeling.til.is_(None),
            Tildeling.som == "ansvarlig",
            Bruker.slettet.is_(None),
        )
    )
    leder = exists().where(
        Ansatt.kommune_id == row.kommune_id,
        Ansatt.kontor_id == row.kontor_id,
        Ansatt.rolle == "leder",
        Ansatt.aktiv,
        Ansatt.id != row.id,
    )
    count = count or 0
    return Etterlatt(count if count == 0 or count >= SMALLEST else None, bool(db.scalar(select(leder))))


def without(kommune_id: int) -> Subquery:
    """Everybody in the kommune who has no veileder: ``bruker_id``, and the ``veileder`` who is blocked. For a list.

    From those who are blocked, who are few, through the index of their open assignments: never through every bruker.
    """
    return (
        select(Tildeling.bruker_id, Ansatt.navn.label("veileder"))
        .join(Ansatt, ASSIGNED)
        .where(
            Tildeling.kommune_id == kommune_id,
            Tildeling.ansatt_id.in_(_blocked(kommune_id)),
            Tildeling.til.is_(None),
            Tildeling.som == "ansvarlig",
        )
        .subquery("uten_veileder")
    )


def _blocked(kommune_id: int) -> Select[UUID]:
    return select(Ansatt.id).where(Ansatt.kommune_id == kommune_id, Ansatt.aktiv.is_(False))
