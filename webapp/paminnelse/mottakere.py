"""Whom a reminder is for, with the address opened: one query for a whole batch, whatever its size."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from webapp.identitet.models import Bruker, Datanokkel
from webapp.identitet.segl import unwrapped
from webapp.kanaloppsett import Kanaler
from webapp.paminnelse import rules
from webapp.paminnelse.models import Paminnelsevalg, Pushabonnement
from webapp.platform.sealing import Place, Seal, SealBroken
from webapp.platform.utboks import Kanal


@dataclass(frozen=True, slots=True)
class Mottaker:
    """One bruker, as far as reminders go. ``push``: subscription id -> the subscription as JSON."""

    sprak: str
    seal: Seal = field(repr=False)
    epost: str = field(default="", repr=False)
    telefon: str = field(default="", repr=False)
    push: dict[UUID, str] = field(default_factory=dict, repr=False)
    stille_fra: int = rules.QUIET_FROM
    stille_til: int = rules.QUIET_TO
    valgt: datetime | None = None  # when they chose this

    def ways(self, on: Kanaler) -> list[tuple[Kanal, UUID | None]]:
        """The channels this bruker agreed to, of those that are set up; for push the device."""
        found: list[tuple[Kanal, UUID | None]] = []
        if self.epost and on.smtp:
            found.append((Kanal.EPOST, None))
        if self.telefon and on.sms:
            found.append((Kanal.SMS, None))
        return found + [(Kanal.PUSH, device) for device in self.push if on.push]

    def address(self, kanal: Kanal, mal_id: UUID) -> str:
        """Where to; empty when the bruker has turned it off since."""
        match kanal:
            case Kanal.EPOST:
                return self.epost
            case Kanal.SMS:
                return self.telefon
            case _:
                return self.push.get(mal_id, "")


def adresse_place(kommune_id: int, bruker_id: UUID) -> Place:
    """Where the bruker's own address and number are sealed."""
    return Place("paminnelsevalg", "adresse", kommune_id, bruker_id)


def abonnement_place(kommune_id: int, row_id: UUID) -> Place:
    """Where a push subscription is sealed."""
    return Place("pushabonnement", "abonnement", kommune_id, row_id)


def read(db: Session, kommune_id: int, bruker_ids: Iterable[UUID]) -> dict[UUID, Mottaker]:
    """Those of these brukere who are still there, by id. Two queries. Raises SealBroken when a key is broken."""
    wanted = set(bruker_ids)
    rows = db.execute(
        select(Bruker.id, Bruker.sprak, Datanokkel.nokkel, Datanokkel.hovednokkel, Paminnelsevalg)
        .join(Datanokkel, and_(Datanokkel.kommune_id == Bruker.kommune_id, Datanokkel.bruker_id == Bruker.id))
        .outerjoin(
            Paminnelsevalg, and_(Paminnelsevalg.kommune_id == Bruker.kommune_id, Paminnelsevalg.bruker_id == Bruker.id)
        )
        .where(Bruker.kommune_id == kommune_id, Bruker.id.in_(wanted), Bruker.slettet.is_(None))
    ).all()
    devices = db.scalars(
        select(Pushabonnement).where(Pushabonnement.kommune_id == kommune_id, Pushabonnement.bruker_id.in_(wanted))
    ).all()
    found = {}
    for bruker_id, sprak, nokkel, hovednokkel, valg in rows:
        seal = unwrapped(kommune_id, bruker_id, nokkel, hovednokkel)
        mine = ((row.id, subscription(kommune_id, seal, row)) for row in devices if row.bruker_id == bruker_id)
        push = {device: words for device, words in mine if words}
        found[bruker_id] = _one(kommune_id, bruker_id, sprak, seal, valg, push)
    return found


def _one(
    kommune_id: int, bruker_id: UUID, sprak: str, seal: Seal, valg: Paminnelsevalg | None, push: dict[UUID, str]
) -> Mottaker:
    if valg is None:
        return Mottaker(sprak, seal, push=push)
    adresse = addresses(kommune_id, bruker_id, seal, valg)
    return Mottaker(
        sprak,
        seal,
        epost=adresse.get("epost", "") if valg.epost else "",
        telefon=adresse.get("telefon", "") if valg.sms else "",
        push=push,
        stille_fra=valg.stille_fra,
        stille_til=valg.stille_til,
        valgt=valg.endret,
    )


def addresses(kommune_id: int, bruker_id: UUID, seal: Seal, valg: Paminnelsevalg | None) -> dict[str, str]:
    """What the bruker typed: ``epost`` and ``telefon``."""
    if valg is None or valg.adresse is None:
        return {}
    try:
        return dict(seal.open_json(valg.adresse, adresse_place(kommune_id, bruker_id)))
    except (SealBroken, json.JSONDecodeError):
        return {}


def subscription(kommune_id: int, seal: Seal, row: Pushabonnement) -> str:
    """A push subscription as JSON; empty when it does not open, which is as if it were not there."""
    try:
        return seal.open(row.abonnement, abonnement_place(kommune_id, row.id))
    except SealBroken:
        return ""
