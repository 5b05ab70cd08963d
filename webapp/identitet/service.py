"""People: kommuner, kontor, ansatte and brukere. Assignments are in tildelinger.py, keys and deletion in nokler.py."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.identitet import rules
from webapp.identitet.models import (
    Ansatt,
    Bruker,
    Datanokkel,
    Kontor,
    Navnedel,
)
from webapp.identitet.rules import NotHere
from webapp.identitet.segl import key_place, unwrapped
from webapp.identitet.tildelinger import assign, was_assigned
from webapp.identitet.tur import ONE_AT_A_TIME, queue_up
from webapp.platform import audit, ids, kommune
from webapp.platform.audit import SYSTEM, Actor
from webapp.platform.database import reading, writing
from webapp.platform.kommune import Kommune
from webapp.platform.sealing import Place, Seal


class AlreadyRegistered(Exception):
    """The form has registered a person before, and now says something else."""


@dataclass(frozen=True, slots=True)
class Profil:
    """What is known about a bruker as a person. Sealed: that somebody is a bruker at all is confidential.

    There is no field for the national identity number: it is not needed.
    """

    navn: str
    fodselsar: int | None = None
    telefon: str = ""
    epost: str = ""
    tolk: bool = False
    tolkesprak: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A bruker with the profile opened."""

    id: UUID
    kontor_id: UUID
    kode: str
    sprak: str
    visning: str
    laget: datetime
    profil: Profil


def create_kommune(nummer: str, navn: str) -> int:
    """Make a kommune with a key of its own; returns its id. Raises IntegrityError when the number is taken."""
    with writing(unverified=True) as db:
        row = Kommune(nummer=nummer, navn=navn, nokkel=b"", hovednokkel="")
        db.add(row)
        db.flush()
        _, row.nokkel, row.hovednokkel = kommune.keyring().new_key(kommune.key_place(row.id))
        db.flush()
        audit.record(db, row.id, "kommune_opprettet", SYSTEM)
        return row.id


def create_kontor(kommune_id: int, navn: str, telefon: str, adresse: str = "", by: Actor = SYSTEM) -> UUID:
    """Make a kontor; returns its id."""
    with writing(unverified=by is SYSTEM) as db:
        row = Kontor(id=ids.new_id(), kommune_id=kommune_id, navn=navn, telefon=telefon, adresse=adresse)
        db.add(row)
        audit.record(db, kommune_id, "kontor_opprettet", by, kontor_id=row.id)
        return row.id


def create_ansatt(
    kommune_id: int,
    kontor_id: UUID,
    navn: str,
    rolle: str,
    kode: str | None = None,
    by: Actor = SYSTEM,
    *,
    ansatt_id: UUID | None = None,
) -> UUID:
    """Register a member of staff; returns the id. ``kode`` names them for operators; made up when not given.

    ``ansatt_id`` comes from the form (platform/once.py): sent twice, they are registered once. Raises AlreadyRegistered
    when the form made another member of staff than this one.
    """
    with writing(unverified=by is SYSTEM) as db:
        if ansatt_id is not None and by.id is not None:
            queue_up(db, kommune_id, by.id, "ansatt")
            there = db.get(Ansatt, (kommune_id, ansatt_id))
            if there is not None and (there.navn, there.rolle, there.kontor_id) != (navn, rolle, kontor_id):
                raise AlreadyRegistered("another name, role or office")
            if there is not None:
                return ansatt_id
        row = Ansatt(
            id=ansatt_id or ids.new_id(),
            kommune_id=kommune_id,
            kontor_id=kontor_id,
            kode=kode or f"A{rules.new_code(7)}",
            navn=navn,
            rolle=rolle,
        )
        db.add(row)
        audit.record(db, kommune_id, "ansatt_opprettet", by, ansatt_id=row.id, rolle=rolle)
        return row.id


def register_bruker(
    kommune_id: int,
    kontor_id: UUID,
    ansatt_id: UUID,
    profil: Profil,
    *,
    sprak: str = "nb",
    visning: str = "full",
    kode: str | None = None,
    by: Actor = SYSTEM,
    bruker_id: UUID | None = None,
) -> UUID:
    """Register a bruker and assign ``ansatt_id`` as the responsible veileder; returns the bruker's id.

    ``bruker_id`` comes from the form (platform/once.py): sent twice, they are registered once. Raises AlreadyRegistered
    when the form made somebody else than this one (K10: nobody is to get another's code), or one changed since.
    """
    with writing(unverified=by is SYSTEM) as db:
        if bruker_id is not None:
            queue_up(db, kommune_id, ansatt_id, "ansatt")
            there = db.get(Bruker, (kommune_id, bruker_id))
            if there is not None and was_assigned(db, kommune_id, bruker_id, ansatt_id):
                if not _is_as(db, there, profil, sprak, visning):
                    raise AlreadyRegistered("another profile")
                return bruker_id
            if there is not None:
                bruker_id = None  # a form key that names somebody else's bruker: it tells nothing about them
        bruker_id = bruker_id or ids.new_id()
        seal, wrapped, master = kommune.keyring().new_key(key_place(kommune_id, bruker_id))
        row = Bruker(
            id=bruker_id,
            kommune_id=kommune_id,
            kontor_id=kontor_id,
            kode=kode or f"B{rules.new_code(7)}",
            sprak=sprak,
            visning=visning,
            profil=seal.close_json(asdict(profil), _profile_place(kommune_id, bruker_id)),
        )
        db.add(row)
        db.flush()
        db.add(Datanokkel(kommune_id=kommune_id, bruker_id=bruker_id, nokkel=wrapped, hovednokkel=master))
        index_name(db, kommune_id, bruker_id, profil.navn)
        audit.record(db, kommune_id, "bruker_registrert", by, bruker_id=bruker_id, kontor_id=kontor_id)
        assign(db, kommune_id, bruker_id, ansatt_id, "ansvarlig", by)
    return bruker_id


def person(kommune_id: int, bruker_id: UUID, seal: Seal) -> Person:
    """A bruker with the profile opened. Raises NotHere."""
    with reading() as db:
        row = db.get(Bruker, (kommune_id, bruker_id))
    if row is None or row.slettet:
        raise NotHere("no such bruker")
    return _opened(row, seal)


def change_profile(
    kommune_id: int,
    bruker_id: UUID,
    seal: Seal,
    profil: Profil,
    *,
    sprak: str,
    by: Actor,
    urort: Collection[str] = (),
) -> None:
    """Replace the profile. The log names the fields that changed, not their content. Raises NotHere.

    ``urort``: the fields that nobody touched on the page. They stay as they are now, which may be newer than the page:
    the bruker chooses their own language.
    """
    with writing() as db:
        row = db.get(Bruker, (kommune_id, bruker_id), with_for_update=ONE_AT_A_TIME)  # sent twice at once
        if row is None or row.slettet:
            raise NotHere("no such bruker")
        before, after = asdict(_opened(row, seal).profil), asdict(profil)
        after |= {name: before[name] for name in urort if name in before}
        sprak = row.sprak if "sprak" in urort else sprak
        changed = [name for name in after if before.get(name) != after[name]]
        changed += ["sprak"] if row.sprak != sprak else []
        if not changed:
            return
        row.profil = seal.close_json(after, _profile_place(kommune_id, bruker_id))
        row.sprak = sprak
        index_name(db, kommune_id, bruker_id, after["navn"])
        audit.record(db, kommune_id, "bruker_endret", by, bruker_id=bruker_id, felt=" ".join(sorted(changed)))


def open_profiles(rows: list[tuple[Bruker, Datanokkel]]) -> list[Person]:
    """Open the profiles of rows that a list has already fetched with their keys."""
    return [
        _opened(bruker, unwrapped(bruker.kommune_id, bruker.id, key.nokkel, key.hovednokkel)) for bruker, key in rows
    ]


def index_name(db: Session, kommune_id: int, bruker_id: UUID, name: str) -> bool:
    """Let ``name`` be what the bruker is found by; False, with nothing written, when it is that already."""
    mine = (Navnedel.kommune_id == kommune_id, Navnedel.bruker_id == bruker_id)
    seal = kommune.seal_of(db, kommune_id)
    hashes = {seal.fingerprint("navn", part) for part in rules.name_parts(name)}
    if hashes == set(db.scalars(select(Navnedel.hash).where(*mine))):
        return False
    db.execute(delete(Navnedel).where(*mine))
    db.add_all(Navnedel(kommune_id=kommune_id, hash=one, bruker_id=bruker_id) for one in hashes)
    return True


def offices(kommune_id: int) -> list[Kontor]:
    """The offices of a kommune, by name."""
    with reading() as db:
        return list(db.scalars(select(Kontor).where(Kontor.kommune_id == kommune_id).order_by(Kontor.navn).limit(200)))


def kontor(kommune_id: int, kontor_id: UUID) -> Kontor:
    """An office. Raises NotHere."""
    with reading() as db:
        row = db.get(Kontor, (kommune_id, kontor_id))
    if row is None:
        raise NotHere("no such kontor")
    return row


def _is_as(db: Session, row: Bruker, profil: Profil, sprak: str, visning: str) -> bool:
    key = db.get(Datanokkel, (row.kommune_id, row.id))
    if key is None:
        return False  # deleted since
    seal = unwrapped(row.kommune_id, row.id, key.nokkel, key.hovednokkel)
    return (_opened(row, seal).profil, row.sprak, row.visning) == (profil, sprak, visning)


def _opened(row: Bruker, seal: Seal) -> Person:
    profil = Profil(**seal.open_json(row.profil, _profile_place(row.kommune_id, row.id)))
    return Person(row.id, row.kontor_id, row.kode, row.sprak, row.visning, row.laget, profil)


def _profile_place(kommune_id: int, bruker_id: UUID) -> Place:
    return Place("bruker", "profil", kommune_id, bruker_id)
