"""Attachments: taken in, tied to what they were sent with, listed and opened.

How another room uses it: its form shows what lies ready (``ventende``, templates/vedlegg/_felt.html); when the form is
sent it calls ``knytt`` in its own transaction, with the ids that stood ticked; it shows them with ``liste``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.identitet.adgang import Sak
from webapp.identitet.tur import queue_up
from webapp.platform import access, attempts, audit, clock, database
from webapp.platform.database import reading, writing
from webapp.vedlegg import mottak, rules
from webapp.vedlegg.lesing import (
    COLUMNS,
    TIED,
    Eier,
    NotHere,
    Vedlagt,
    alle,
    apne,
    liste,
    lister,
    may_fetch,
    only_sent,
    opened,
    place,
    sent_with,
    ventende,
    waits,
)
from webapp.vedlegg.models import Vedlegg, Vedleggskobling
from webapp.vedlegg.rules import Avvist, Grunn


class ForMange(Exception):
    """More attachments than one thing can have."""


def eier(who: access.Bruker) -> Eier:
    """A bruker who adds something of their own."""
    return Eier(who.kommune_id, who.id, who.seal, who.skriver or "bruker", who.actor)


def eier_for(who: access.Ansatt, sak: Sak) -> Eier:
    """The office, adding something to a bruker's case."""
    return Eier(sak.kommune_id, sak.bruker_id, sak.seal, "ansatt", who.actor)


def ta_imot(owner: Eier, vedlegg_id: UUID, skjema: str, navn: str, data: bytes, fallback: str = "vedlegg") -> Vedlagt:
    """Wash, seal and keep a file that lies ready for the form at ``skjema``. Sent twice, it is there once.

    Raises Avvist, NotHere (the id is somebody else's), attempts.TooMany beyond 100 a day.
    """
    there = _again(owner, vedlegg_id)
    if there is not None:
        return there
    rules.check_size(len(data))
    attempts.count("vedlegg", str(owner.actor.id), most=100, within=timedelta(days=1))
    with reading() as db:
        _check_room(db, owner, skjema, 1)
    washed = mottak.wash(data)
    row = Vedlegg(
        id=vedlegg_id,
        kommune_id=owner.kommune_id,
        bruker_id=owner.bruker_id,
        ansatt_id=owner.ansatt_id,
        lagt_til_av=owner.av,
        skjema=skjema,
        mime=washed.mime,
        storrelse=len(washed.data),
        sha256=hashlib.sha256(washed.data).digest(),
        laget=clock.now(),
    )
    row.navn = owner.seal.close(rules.file_name(navn, washed.mime, fallback), place(row.kommune_id, row.id, "navn"))
    row.innhold = owner.seal.close_bytes(washed.data, place(row.kommune_id, row.id, "innhold"))
    with writing() as db:
        queue_up(db, owner.kommune_id, owner.bruker_id)  # the limits hold when two are sent at once
        there = _again(owner, vedlegg_id)
        if there is not None:
            return there
        _check_room(db, owner, skjema, row.storrelse)
        db.add(row)
        audit.record(
            db, owner.kommune_id, "vedlegg_lagt_til", owner.actor, bruker_id=owner.bruker_id, vedlegg_id=vedlegg_id
        )
    return opened(owner.seal, owner.kommune_id, row)


def fjern(owner: Eier, vedlegg_id: UUID) -> None:
    """Take away a file that has not been sent with anything. Raises NotHere."""
    with writing() as db:
        queue_up(db, owner.kommune_id, owner.bruker_id)
        gone = database.changed(db, delete(Vedlegg).where(Vedlegg.id == vedlegg_id, *waits(owner)))
        if not gone:
            raise NotHere("no such attachment waiting")
        audit.record(
            db, owner.kommune_id, "vedlegg_fjernet", owner.actor, bruker_id=owner.bruker_id, vedlegg_id=vedlegg_id
        )


def knytt(
    db: Session, owner: Eier, opphav_type: str, opphav_id: UUID, vedlegg_ids: Sequence[UUID], skjema: str
) -> None:
    """Tie files that lie ready for ``skjema`` to what is being sent, in the caller's transaction. Again: no change.

    Raises NotHere for an id that is not theirs, or has gone with something else, and ForMange.
    """
    wanted = list(dict.fromkeys(vedlegg_ids))
    if not wanted:
        return
    if len(wanted) > rules.MOST:
        raise ForMange
    queue_up(db, owner.kommune_id, owner.bruker_id)
    there = sent_with(db, owner.kommune_id, owner.bruker_id, opphav_type, [opphav_id])
    fresh = [one for one in wanted if one not in there]
    if len(there) + len(fresh) > rules.MOST:
        raise ForMange
    found = set(
        db.scalars(select(Vedlegg.id).where(Vedlegg.id.in_(fresh), *waits(owner, skjema)).with_for_update())
        if fresh
        else ()
    )
    if found != set(fresh):
        raise NotHere("not all are waiting here")
    db.add_all(
        Vedleggskobling(
            kommune_id=owner.kommune_id,
            vedlegg_id=one,
            bruker_id=owner.bruker_id,
            opphav_type=opphav_type,
            opphav_id=opphav_id,
            laget=clock.now(),
        )
        for one in fresh
    )


def rydd() -> int:
    """Remove files that were never sent with anything and have lain too long; returns how many."""
    with writing(unverified=True) as db:
        return database.changed(db, delete(Vedlegg).where(Vedlegg.laget < clock.now() - rules.KEPT_WAITING, ~TIED))


def _check_room(db: Session, owner: Eier, skjema: str, size: int) -> None:
    lying = dict(db.execute(select(Vedlegg.skjema, func.count()).where(*waits(owner)).group_by(Vedlegg.skjema)).all())
    if lying.get(skjema, 0) >= rules.MOST or sum(lying.values()) >= rules.MOST_WAITING:
        raise Avvist(Grunn.FOR_MANGE)
    if owner.ansatt_id is None:  # the office must always be able to add the letter of a vedtak
        held = db.scalar(
            select(func.coalesce(func.sum(Vedlegg.storrelse), 0)).where(
                Vedlegg.kommune_id == owner.kommune_id,
                Vedlegg.bruker_id == owner.bruker_id,
                Vedlegg.ansatt_id.is_(None),
            )
        )
        if int(held or 0) + size > rules.MOST_TOTAL:
            raise Avvist(Grunn.FULLT)


def _again(owner: Eier, vedlegg_id: UUID) -> Vedlagt | None:
    with reading() as db:
        there = db.execute(
            select(*COLUMNS, Vedlegg.bruker_id).where(Vedlegg.kommune_id == owner.kommune_id, Vedlegg.id == vedlegg_id)
        ).one_or_none()
    if there is None:
        return None
    if there.bruker_id != owner.bruker_id:
        raise NotHere("the id is taken")
    return opened(owner.seal, owner.kommune_id, there)


__all__ = [
    "Eier",
    "ForMange",
    "NotHere",
    "Vedlagt",
    "alle",
    "apne",
    "eier",
    "eier_for",
    "fjern",
    "knytt",
    "liste",
    "lister",
    "may_fetch",
    "only_sent",
    "rydd",
    "sent_with",
    "ta_imot",
    "ventende",
]
