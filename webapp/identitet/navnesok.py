"""Finding a bruker by name: whole parts of the name, compared as keyed hashes (nothing here can be read).

Among one's own it is a filter. Among the others of the kontor it is an act of its own: the reason comes first, and each
bruker whose name came up can see who searched, when and why (S1).
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, false, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.identitet import oppslag, rules
from webapp.identitet.adgang import reason_place
from webapp.identitet.models import Begrunnelse, Bruker, Datanokkel, Navnedel, Tildeling
from webapp.identitet.segl import unwrapped
from webapp.identitet.service import Person, index_name, open_profiles
from webapp.identitet.tur import ONE_AT_A_TIME
from webapp.platform import access, attempts, audit, clock, ids, kommune
from webapp.platform.database import reading, writing

MOST_PARTS = 6
MOST_HITS = 10  # more than this is not a search for somebody one knows by name


class TooManyHits(Exception):
    """So many have this name that nobody is shown: more of the name is needed."""


def has_name(
    db: Session, kommune_id: int, name: str, bruker_id: InstrumentedAttribute[UUID]
) -> list[ColumnElement[bool]]:
    """Conditions that hold for a bruker whose name has all the parts of ``name``; never for a name without letters.

    Each is one look-up in the key of ``navnedel`` for each row that the query has left, whatever the kommune's size.
    """
    seal = kommune.seal_of(db, kommune_id)
    parts = sorted(rules.name_parts(name), key=len, reverse=True)[:MOST_PARTS]
    return [
        exists().where(
            Navnedel.kommune_id == kommune_id,
            Navnedel.hash == seal.fingerprint("navn", part),
            Navnedel.bruker_id == bruker_id,
        )
        for part in parts
    ] or [false()]


def search_kontor(who: access.Ansatt, name: str, reason: str) -> list[Person]:
    """The brukere of the ansatt's own kontor with this name. The log has the search and its reason for each of them.

    Raises TooManyHits (nobody is shown, nothing but the number is logged), attempts.TooMany.
    """
    attempts.count("navnesok", str(who.id), most=30, within=timedelta(hours=1))
    with writing() as db:
        rows = db.execute(
            select(Bruker, Datanokkel)
            .join(Datanokkel, (Datanokkel.kommune_id == Bruker.kommune_id) & (Datanokkel.bruker_id == Bruker.id))
            .where(
                Bruker.kommune_id == who.kommune_id,
                Bruker.kontor_id == who.kontor_id,
                Bruker.slettet.is_(None),
                Bruker.id.in_(_with_first_part(db, who.kommune_id, name)),
                *has_name(db, who.kommune_id, name, Bruker.id),
            )
            .order_by(Bruker.id)
            .limit(MOST_HITS + 1)
        ).all()
        if not rows or len(rows) > MOST_HITS:
            audit.record(db, who.kommune_id, "navnesok", who.actor, treff=len(rows), begrunnelse_id=None)
        else:
            for bruker, key in rows:
                _note(db, who, bruker, key, reason, len(rows))
        found = open_profiles([(row[0], row[1]) for row in rows])
    if len(found) > MOST_HITS:
        raise TooManyHits
    return found


def index_anew(batch: int = 100) -> int:
    """Index every name as names are compared today (rules.name_parts); returns for how many brukere that was news.

    Names are sealed, so no migration can do it. Works in short transactions while the program runs, and can run again.
    """
    return sum(_index_kommune(kommune_id, batch) for kommune_id in oppslag.kommuner())


def _index_kommune(kommune_id: int, batch: int) -> int:
    every = (
        select(Bruker, Datanokkel)
        .join(Datanokkel, (Datanokkel.kommune_id == Bruker.kommune_id) & (Datanokkel.bruker_id == Bruker.id))
        .where(Bruker.kommune_id == kommune_id)
        .order_by(Bruker.id)
        .limit(batch)
        .with_for_update(of=Bruker, **ONE_AT_A_TIME)  # a name that is changed meanwhile is not indexed as it was
    )
    query, count = every, 0
    while True:
        with writing(unverified=True) as db:
            found = open_profiles([(row[0], row[1]) for row in db.execute(query)])
            count += sum(index_name(db, kommune_id, one.id, one.profil.navn) for one in found)
        if not found:
            return count
        query = every.where(Bruker.id > found[-1].id)


def _with_first_part(db: Session, kommune_id: int, name: str) -> Select[UUID]:
    """The look-up that the query starts from: the longest part, which fewest have."""
    longest = max(rules.name_parts(name), key=len, default="")
    hashed = kommune.seal_of(db, kommune_id).fingerprint("navn", longest)
    return select(Navnedel.bruker_id).where(Navnedel.kommune_id == kommune_id, Navnedel.hash == hashed)


def _note(db: Session, who: access.Ansatt, bruker: Bruker, key: Datanokkel, reason: str, hits: int) -> None:
    """Write the reason for the bruker to read. It opens nothing: it has run out as it is written."""
    seal = unwrapped(who.kommune_id, bruker.id, key.nokkel, key.hovednokkel)
    now = clock.now()
    given = Begrunnelse(
        id=ids.new_id(),
        kommune_id=who.kommune_id,
        bruker_id=bruker.id,
        ansatt_id=who.id,
        laget=now,
        utloper=now,
    )
    given.tekst = seal.close(reason, reason_place(given))
    db.add(given)
    audit.record(db, who.kommune_id, "navnesok", who.actor, bruker_id=bruker.id, treff=hits, begrunnelse_id=given.id)


def assigned(who: access.Ansatt, bruker_ids: list[UUID]) -> set[UUID]:
    """Which of these brukere ``who`` follows up, and may open without a reason."""
    with reading() as db:
        return set(
            db.scalars(
                select(Tildeling.bruker_id).where(
                    Tildeling.kommune_id == who.kommune_id,
                    Tildeling.ansatt_id == who.id,
                    Tildeling.til.is_(None),
                    Tildeling.bruker_id.in_(bruker_ids),
                )
            )
        )
