"""A small invented world for tests, made through the services that production uses."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.identitet import adgang, navnesok, segl, service
from webapp.identitet.models import Begrunnelse, Bruker, Datanokkel
from webapp.identitet.service import Profil
from webapp.platform.database import reading
from webapp.platform.sealing import Seal


@dataclass(frozen=True, slots=True)
class Verden:
    """Ids of the people in the test world. Kari follows up Amina, Per follows up Jonas; both at the kontor ``nord``."""

    kommune_id: int
    nord: UUID
    sor: UUID
    kari: UUID  # veileder at nord, Amina's
    per: UUID  # veileder at nord, Jonas'
    sara: UUID  # veileder at sor
    leif: UUID  # leder at nord
    anna: UUID  # administrator
    amina: UUID
    jonas: UUID
    annen_kommune_id: int
    annen_veileder: UUID
    annen_bruker: UUID

    @classmethod
    def lag(cls) -> Verden:
        """Make the world."""
        k = service.create_kommune("9901", "Testvik")
        nord = service.create_kontor(k, "Testvik nord", "00 00 00 01")
        sor = service.create_kontor(k, "Testvik sør", "00 00 00 02")
        kari = service.create_ansatt(k, nord, "Kari Test", "veileder", "kari")
        per = service.create_ansatt(k, nord, "Per Test", "veileder", "per")
        sara = service.create_ansatt(k, sor, "Sara Test", "veileder", "sara")
        leif = service.create_ansatt(k, nord, "Leif Test", "leder", "leif")
        anna = service.create_ansatt(k, nord, "Anna Test", "administrator", "anna")
        amina = service.register_bruker(k, nord, kari, Profil("Amina Prøve", 1999, "00 00 00 11"), kode="amina")
        jonas = service.register_bruker(k, nord, per, Profil("Jonas Prøve", 2003), kode="jonas")
        k2 = service.create_kommune("9902", "Annenvik")
        kontor2 = service.create_kontor(k2, "Annenvik", "00 00 00 03")
        v2 = service.create_ansatt(k2, kontor2, "Ola Annen", "veileder", "ola")
        b2 = service.register_bruker(k2, kontor2, v2, Profil("Amina Annen", 1990), kode="annen")
        return cls(k, nord, sor, kari, per, sara, leif, anna, amina, jonas, k2, v2, b2)

    def seal(self, bruker_id: UUID, kommune_id: int | None = None) -> Seal:
        """A bruker's seal, for looking inside."""
        kommune_id = kommune_id or self.kommune_id
        with reading() as db:
            key = db.get_one(Datanokkel, (kommune_id, bruker_id))
        return segl.unwrapped(kommune_id, bruker_id, key.nokkel, key.hovednokkel)


def finn(db: Session, kommune_id: int, navn: str) -> set[UUID]:
    """The brukere in the kommune who have this name, as the worklist's search finds them."""
    named = select(Bruker.id).where(
        Bruker.kommune_id == kommune_id, *navnesok.has_name(db, kommune_id, navn, Bruker.id)
    )
    return set(db.scalars(named))


def begrunnelser(verden: Verden, bruker_id: UUID) -> list[str]:
    """The reasons that somebody has stated to open this bruker, the first one first (S1)."""
    with reading() as db:
        rows = db.scalars(select(Begrunnelse).where(Begrunnelse.bruker_id == bruker_id).order_by(Begrunnelse.laget))
        return [verden.seal(bruker_id).open(row.tekst, adgang.reason_place(row)) for row in rows]
