"""Handing over as a page meets it: whom to choose among, and many at once when a veileder is blocked (K8, K9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from webapp.identitet import service, tildelinger
from webapp.identitet.models import Bruker, Datanokkel
from webapp.identitet.rules import NotHere
from webapp.identitet.segl import unwrapped
from webapp.identitet.tur import ONE_AT_A_TIME
from webapp.platform import access
from webapp.platform.database import writing


@dataclass(frozen=True, slots=True)
class Utfall:
    """How many have the new veileder now, and how many stay as they are: they have got one, or belong elsewhere."""

    overfort: int
    urort: int


def colleagues(kommune_id: int) -> list[tuple[str, str]]:
    """Whom a bruker can be handed over to: (id, name with kontor). Two queries."""
    offices = {office.id: office.navn for office in service.offices(kommune_id)}
    return [(str(one.id), f"{one.navn} ({offices[one.kontor_id]})") for one in tildelinger.colleagues(kommune_id)]


def hand_over_many(who: access.Ansatt, brukere: Iterable[UUID], to_ansatt_id: UUID, reason: str) -> Utfall:
    """Give those of ``brukere`` who have no veileder at the leder's own kontor a new one, with the same reason.

    Nobody opens them for it: the leder reads nothing, so nothing is written of an opening (S1). One bruker at a time,
    each in a transaction of its own, like ``tildelinger.leave_meetings_of``: a server that stops leaves the rest in
    the list. Pressed twice, it is done once. Raises NotHere when ``to_ansatt_id`` is no active veileder or leder.
    """
    if to_ansatt_id not in {one.id for one in tildelinger.colleagues(who.kommune_id)}:
        raise NotHere("no such veileder")
    outcomes = [_hand_over(who, bruker_id, to_ansatt_id, reason) for bruker_id in sorted(set(brukere))]
    return Utfall(outcomes.count(True), outcomes.count(False))


def _hand_over(who: access.Ansatt, bruker_id: UUID, to_ansatt_id: UUID, reason: str) -> bool:
    with writing() as db:
        bruker = db.get(Bruker, (who.kommune_id, bruker_id), with_for_update=ONE_AT_A_TIME)
        key = db.get(Datanokkel, (who.kommune_id, bruker_id))
        now = tildelinger.latest(db, who.kommune_id, bruker_id)
        if bruker is None or key is None or now is None:
            return False  # deleted, or never here
        seal = unwrapped(who.kommune_id, bruker_id, key.nokkel, key.hovednokkel)
        if now.ansatt_id == to_ansatt_id:
            return tildelinger.said_so(now, seal, reason, who.actor)
        if bruker.kontor_id != who.kontor_id or tildelinger.responsible(db, who.kommune_id, bruker_id) is not None:
            return False
        try:
            tildelinger.hand_over(who.kommune_id, bruker_id, seal, to_ansatt_id, reason, who.actor)
        except NotHere:  # blocked since we looked
            return False
    return True
