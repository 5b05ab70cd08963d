"""People: registering them, finding them, assigning them, handing them over, deleting them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from webapp.identitet import okter, rules
from webapp.identitet.models import (
    Ansatt,
    Begrunnelse,
    Bruker,
    Datanokkel,
    Engangskode,
    Invitasjon,
    Kontor,
    Navnedel,
    Passnokkel,
    Tildeling,
)
from webapp.identitet.okter import key_place
from webapp.platform import audit, clock, ids, kommune
from webapp.platform.audit import SYSTEM, Actor
from webapp.platform.database import reading, writing
from webapp.platform.drafts import Utkast
from webapp.platform.kommune import Kommune
from webapp.platform.sealing import Place, Seal


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


class NotHere(LookupError):
    """There is no such person, office or assignment here."""


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

    ``ansatt_id`` comes from the form (platform/once.py): sent twice, they are registered once.
    """
    with writing(unverified=by is SYSTEM) as db:
        if ansatt_id is not None and db.get(Ansatt, (kommune_id, ansatt_id)) is not None:
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

    ``bruker_id`` comes from the form (platform/once.py): sent twice, they are registered once.
    """
    from_form = bruker_id is not None
    bruker_id = bruker_id or ids.new_id()
    seal, wrapped, master = kommune.keyring().new_key(key_place(kommune_id, bruker_id))
    with writing(unverified=by is SYSTEM) as db:
        if from_form and db.get(Bruker, (kommune_id, bruker_id)) is not None:
            return bruker_id
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
        _index_name(db, kommune_id, bruker_id, profil.navn)
        audit.record(db, kommune_id, "bruker_registrert", by, bruker_id=bruker_id, kontor_id=kontor_id)
        _assign(db, kommune_id, bruker_id, ansatt_id, "ansvarlig", by)
    return bruker_id


def person(kommune_id: int, bruker_id: UUID, seal: Seal) -> Person:
    """A bruker with the profile opened. Raises NotHere."""
    with reading() as db:
        row = db.get(Bruker, (kommune_id, bruker_id))
    if row is None or row.slettet:
        raise NotHere("no such bruker")
    return _opened(row, seal)


def change_profile(
    kommune_id: int, bruker_id: UUID, seal: Seal, profil: Profil, *, sprak: str, visning: str, by: Actor
) -> None:
    """Replace the profile. The log names the fields that changed, not their content. Raises NotHere."""
    with writing() as db:
        row = db.get(Bruker, (kommune_id, bruker_id))
        if row is None or row.slettet:
            raise NotHere("no such bruker")
        before, after = asdict(_opened(row, seal).profil), asdict(profil)
        changed = [name for name in after if before.get(name) != after[name]]
        changed += [name for name, new in (("sprak", sprak), ("visning", visning)) if getattr(row, name) != new]
        if not changed:
            return
        row.profil = seal.close_json(after, _profile_place(kommune_id, bruker_id))
        row.sprak, row.visning = sprak, visning
        db.execute(delete(Navnedel).where(Navnedel.kommune_id == kommune_id, Navnedel.bruker_id == bruker_id))
        _index_name(db, kommune_id, bruker_id, profil.navn)
        audit.record(db, kommune_id, "bruker_endret", by, bruker_id=bruker_id, felt=" ".join(sorted(changed)))


def open_profiles(rows: list[tuple[Bruker, Datanokkel]]) -> list[Person]:
    """Open the profiles of rows that a list has already fetched with their keys."""
    ring = kommune.keyring()
    return [
        _opened(bruker, ring.unwrap(key.nokkel, key.hovednokkel, key_place(bruker.kommune_id, bruker.id)))
        for bruker, key in rows
    ]


def find_by_name(db: Session, kommune_id: int, name: str) -> set[UUID]:
    """The brukere in the kommune whose name has all the parts of ``name`` (whole parts; case and accents don't count).

    Only ids: whoever calls must keep to those the ansatt may open. At most 200.
    """
    seal = kommune.seal_of(db, kommune_id)
    found: set[UUID] | None = None
    for part in sorted(rules.name_parts(name), key=len, reverse=True)[:6]:
        hits = set(
            db.scalars(
                select(Navnedel.bruker_id)
                .where(Navnedel.kommune_id == kommune_id, Navnedel.hash == seal.fingerprint("navn", part))
                .limit(5000)
            )
        )
        found = hits if found is None else found & hits
        if not found:
            return set()
    return set(sorted(found or ())[:200])


def responsible(db: Session, kommune_id: int, bruker_id: UUID) -> Ansatt | None:
    """The veileder who is responsible for a bruker now."""
    return db.scalar(
        select(Ansatt)
        .join(Tildeling, (Tildeling.kommune_id == Ansatt.kommune_id) & (Tildeling.ansatt_id == Ansatt.id))
        .where(
            Tildeling.kommune_id == kommune_id,
            Tildeling.bruker_id == bruker_id,
            Tildeling.til.is_(None),
            Tildeling.som == "ansvarlig",
        )
    )


def assignments(kommune_id: int, bruker_id: UUID) -> list[tuple[Tildeling, Ansatt]]:
    """Everyone who follows or has followed up a bruker, the latest first. Reasons are sealed: see ``reason``."""
    with reading() as db:
        rows = db.execute(
            select(Tildeling, Ansatt)
            .join(Ansatt, (Ansatt.kommune_id == Tildeling.kommune_id) & (Ansatt.id == Tildeling.ansatt_id))
            .where(Tildeling.kommune_id == kommune_id, Tildeling.bruker_id == bruker_id)
            .order_by(Tildeling.fra.desc(), Tildeling.til.is_not(None), Tildeling.id.desc())
            .limit(100)
        ).all()
    return [(row[0], row[1]) for row in rows]


def hand_over(kommune_id: int, bruker_id: UUID, seal: Seal, to_ansatt_id: UUID, reason: str, by: Actor) -> None:
    """Make another ansatt responsible, in one step and with a reason (K9: nothing has to be told again).

    Raises NotHere when ``to_ansatt_id`` is not an active veileder or leder in the kommune, or already responsible.
    """
    with writing() as db:
        db.get(Bruker, (kommune_id, bruker_id), with_for_update=True)  # one handover at a time
        to = db.get(Ansatt, (kommune_id, to_ansatt_id))
        if to is None or not to.aktiv or to.rolle == "administrator":
            raise NotHere("no such veileder")
        now_responsible = db.scalar(
            select(Tildeling)
            .where(
                Tildeling.kommune_id == kommune_id,
                Tildeling.bruker_id == bruker_id,
                Tildeling.til.is_(None),
                Tildeling.som == "ansvarlig",
            )
            .with_for_update()
        )
        if now_responsible is not None and now_responsible.ansatt_id == to_ansatt_id:
            raise NotHere("already responsible")
        # Whoever was substitute ends too: a new veileder names their own.
        db.execute(
            update(Tildeling)
            .where(Tildeling.kommune_id == kommune_id, Tildeling.bruker_id == bruker_id, Tildeling.til.is_(None))
            .values(til=clock.now())
        )
        db.execute(
            update(Bruker).where(Bruker.kommune_id == kommune_id, Bruker.id == bruker_id).values(kontor_id=to.kontor_id)
        )
        new = _assign(db, kommune_id, bruker_id, to_ansatt_id, "ansvarlig", by)
        new.grunn = seal.close(reason, reason_place(new))
        before = now_responsible.ansatt_id if now_responsible else None
        audit.record(
            db,
            kommune_id,
            "bruker_overfort",
            by,
            bruker_id=bruker_id,
            fra_ansatt_id=before,
            til_ansatt_id=to_ansatt_id,
        )


def set_substitute(kommune_id: int, bruker_id: UUID, ansatt_id: UUID | None, by: Actor) -> None:
    """Name the substitute (at most one), or none. Raises NotHere for somebody who cannot be one."""
    with writing() as db:
        db.get(Bruker, (kommune_id, bruker_id), with_for_update=True)
        db.execute(
            update(Tildeling)
            .where(
                Tildeling.kommune_id == kommune_id,
                Tildeling.bruker_id == bruker_id,
                Tildeling.til.is_(None),
                Tildeling.som == "vikar",
            )
            .values(til=clock.now())
        )
        if ansatt_id is None:
            return
        substitute = db.get(Ansatt, (kommune_id, ansatt_id))
        if substitute is None or not substitute.aktiv or substitute.rolle == "administrator":
            raise NotHere("no such veileder")
        now_responsible = responsible(db, kommune_id, bruker_id)
        if now_responsible is not None and now_responsible.id == ansatt_id:
            raise NotHere("responsible already")
        _assign(db, kommune_id, bruker_id, ansatt_id, "vikar", by)


def reason_place(row: Tildeling) -> Place:
    """Where the reason for an assignment is sealed."""
    return Place("tildeling", "grunn", row.kommune_id, row.id)


def colleagues(kommune_id: int, kontor_id: UUID | None = None) -> list[Ansatt]:
    """Active veiledere and ledere of the kommune (or one kontor), by name."""
    with reading() as db:
        query = select(Ansatt).where(
            Ansatt.kommune_id == kommune_id, Ansatt.aktiv, Ansatt.rolle.in_(("veileder", "leder"))
        )
        if kontor_id is not None:
            query = query.where(Ansatt.kontor_id == kontor_id)
        return list(db.scalars(query.order_by(Ansatt.navn).limit(500)))


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


def delete_bruker(kommune_id: int, bruker_id: UUID, by: Actor = SYSTEM) -> None:
    """Delete a person by deleting their key: what is sealed stays as noise that nothing opens. Raises NotHere."""
    with writing(unverified=by is SYSTEM) as db:
        row = db.get(Bruker, (kommune_id, bruker_id))
        if row is None or row.slettet:
            raise NotHere("no such bruker")
        row.slettet, row.profil = clock.now(), b""
        for table in (Datanokkel, Navnedel, Engangskode, Invitasjon):
            db.execute(delete(table).where(table.kommune_id == kommune_id, table.bruker_id == bruker_id))
        db.execute(
            delete(Passnokkel).where(
                Passnokkel.kommune_id == kommune_id,
                Passnokkel.person_type == "bruker",
                Passnokkel.person_id == bruker_id,
            )
        )
        # What staff were typing about them is sealed with the kommune's key, so it must go too.
        db.execute(
            delete(Utkast).where(
                Utkast.kommune_id == kommune_id,
                (Utkast.eier_id == bruker_id) | Utkast.sti.contains(str(bruker_id), autoescape=True),
            )
        )
        okter.end_all(db, kommune_id, "bruker", bruker_id)
        db.execute(
            update(Tildeling)
            .where(Tildeling.kommune_id == kommune_id, Tildeling.bruker_id == bruker_id, Tildeling.til.is_(None))
            .values(til=clock.now())
        )
        audit.record(db, kommune_id, "bruker_slettet", by, bruker_id=bruker_id)


def rotate_keys(batch: int = 500) -> int:
    """Wrap every data key and kommune key with the active master key; returns how many were changed.

    Works in short transactions while the program runs; can be stopped and started again.
    """
    ring, changed = kommune.keyring(), 0
    with writing(unverified=True) as db:
        for place in db.scalars(select(Kommune).where(Kommune.hovednokkel != ring.active)):
            owner = kommune.key_place(place.id)
            place.nokkel, place.hovednokkel = ring.rewrap(place.nokkel, place.hovednokkel, owner)
            changed += 1
    while True:
        with writing(unverified=True) as db:
            rows = db.scalars(
                select(Datanokkel).where(Datanokkel.hovednokkel != ring.active).limit(batch).with_for_update()
            ).all()
            for row in rows:
                owner = key_place(row.kommune_id, row.bruker_id)
                row.nokkel, row.hovednokkel = ring.rewrap(row.nokkel, row.hovednokkel, owner)
            changed += len(rows)
            if not rows:
                return changed


def reasons_for_opening(kommune_id: int, bruker_id: UUID) -> list[Begrunnelse]:
    """Who has stated a reason to open a bruker, the latest first (at most 100)."""
    with reading() as db:
        return list(
            db.scalars(
                select(Begrunnelse)
                .where(Begrunnelse.kommune_id == kommune_id, Begrunnelse.bruker_id == bruker_id)
                .order_by(Begrunnelse.laget.desc())
                .limit(100)
            )
        )


def _assign(db: Session, kommune_id: int, bruker_id: UUID, ansatt_id: UUID, som: str, by: Actor) -> Tildeling:
    row = Tildeling(
        id=ids.new_id(),
        kommune_id=kommune_id,
        bruker_id=bruker_id,
        ansatt_id=ansatt_id,
        som=som,
        fra=clock.now(),
        laget_av=by.id,
    )
    db.add(row)
    db.flush()
    audit.record(db, kommune_id, "bruker_tildelt", by, bruker_id=bruker_id, ansatt_id=ansatt_id, som=som)
    return row


def _opened(row: Bruker, seal: Seal) -> Person:
    profil = Profil(**seal.open_json(row.profil, _profile_place(row.kommune_id, row.id)))
    return Person(row.id, row.kontor_id, row.kode, row.sprak, row.visning, row.laget, profil)


def _profile_place(kommune_id: int, bruker_id: UUID) -> Place:
    return Place("bruker", "profil", kommune_id, bruker_id)


def _index_name(db: Session, kommune_id: int, bruker_id: UUID, name: str) -> None:
    seal = kommune.seal_of(db, kommune_id)
    for part in rules.name_parts(name):
        db.add(Navnedel(kommune_id=kommune_id, hash=seal.fingerprint("navn", part), bruker_id=bruker_id))
