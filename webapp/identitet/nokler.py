"""Keys as an operator meets them: deleting a person by deleting their key, and wrapping all keys anew."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, func, select, update

from webapp.identitet import mine_okter
from webapp.identitet.models import Bruker, Datanokkel, Engangskode, Invitasjon, Navnedel, Passnokkel, Tildeling
from webapp.identitet.rules import NotHere
from webapp.identitet.segl import key_place
from webapp.identitet.tur import ONE_AT_A_TIME
from webapp.platform import audit, clock, kommune
from webapp.platform.audit import SYSTEM, Actor
from webapp.platform.database import writing
from webapp.platform.drafts import Utkast
from webapp.platform.kommune import Kommune


def delete_bruker(kommune_id: int, bruker_id: UUID, by: Actor = SYSTEM) -> None:
    """Delete a person by deleting their key: what is sealed stays as noise that nothing opens. Raises NotHere."""
    from webapp.paminnelse import abonnement as paminnelse  # the room stands on this one

    with writing(unverified=by is SYSTEM) as db:
        row = db.get(Bruker, (kommune_id, bruker_id), with_for_update=ONE_AT_A_TIME)
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
        # What staff were typing about them must go too: some of it is sealed with the kommune's key. In lower case,
        # since that is not the same to every database.
        db.execute(
            delete(Utkast).where(
                Utkast.kommune_id == kommune_id,
                (Utkast.eier_id == bruker_id) | func.lower(Utkast.sti).contains(str(bruker_id), autoescape=True),
            )
        )
        mine_okter.end_all(db, kommune_id, "bruker", bruker_id)  # before the devices, as for whoever signs out
        paminnelse.forget_bruker(kommune_id, bruker_id)
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
