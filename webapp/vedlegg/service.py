"""Attachments: taken in, tied to what they were sent with, listed and opened.

How another room uses it: its form shows what lies ready (``ventende``, templates/vedlegg/_felt.html); when the form is
sent it calls ``knytt`` in its own transaction, with the ids that stood ticked; it shows them with ``liste``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, select
from sqlalchemy.orm import Session

from webapp.identitet.adgang import Sak
from webapp.identitet.models import Bruker
from webapp.platform import access, attempts, audit, clock, database
from webapp.platform.audit import Actor
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place, Seal
from webapp.vedlegg import mottak, rules
from webapp.vedlegg.models import Vedlegg, Vedleggskobling
from webapp.vedlegg.rules import Avvist, Grunn


class NotHere(LookupError):
    """There is no such attachment for this bruker (or it has been sent with something else)."""


class ForMange(Exception):
    """More attachments than one thing can have."""


@dataclass(frozen=True, slots=True)
class Eier:
    """Whose attachment it is, and who adds it. ``av``: the bruker, who types for them (K1), or the office."""

    kommune_id: int
    bruker_id: UUID
    seal: Seal
    av: str
    actor: Actor

    @property
    def ansatt_id(self) -> UUID | None:
        """The ansatt, when the office adds it."""
        return self.actor.id if self.actor.type == "ansatt" else None


@dataclass(frozen=True, slots=True)
class Vedlagt:
    """An attachment without its content."""

    id: UUID
    navn: str
    mime: str
    storrelse: int
    sha256: str
    laget: datetime
    lagt_til_av: str


def eier(who: access.Bruker) -> Eier:
    """A bruker who adds something of their own."""
    return Eier(who.kommune_id, who.id, who.seal, "hjelper" if who.skriver else "bruker", who.actor)


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
        _check_room(db, owner, skjema)
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
    row.navn = owner.seal.close(rules.file_name(navn, washed.mime, fallback), _place(row.kommune_id, row.id, "navn"))
    row.innhold = owner.seal.close_bytes(washed.data, _place(row.kommune_id, row.id, "innhold"))
    with writing() as db:
        _queue_up(db, owner)
        there = _again(owner, vedlegg_id)
        if there is not None:
            return there
        _check_room(db, owner, skjema)
        db.add(row)
        audit.record(
            db, owner.kommune_id, "vedlegg_lagt_til", owner.actor, bruker_id=owner.bruker_id, vedlegg_id=vedlegg_id
        )
    return _opened(owner.seal, owner.kommune_id, row)


def ventende(owner: Eier, skjema: str) -> list[Vedlagt]:
    """What this person has lying ready for the form at ``skjema``, the first one first."""
    with reading() as db:
        rows = db.execute(_rows(owner.kommune_id, owner.bruker_id).where(*_waits(owner, skjema))).all()
    return [_opened(owner.seal, owner.kommune_id, row) for row in rows]


def fjern(owner: Eier, vedlegg_id: UUID) -> None:
    """Take away a file that has not been sent with anything. Raises NotHere."""
    with writing() as db:
        _queue_up(db, owner)
        gone = database.changed(db, delete(Vedlegg).where(Vedlegg.id == vedlegg_id, *_waits(owner)))
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
    _queue_up(db, owner)
    tied = select(Vedleggskobling.vedlegg_id).where(
        Vedleggskobling.kommune_id == owner.kommune_id,
        Vedleggskobling.bruker_id == owner.bruker_id,
        Vedleggskobling.opphav_type == opphav_type,
        Vedleggskobling.opphav_id == opphav_id,
    )
    there = set(db.scalars(tied))
    fresh = [one for one in wanted if one not in there]
    if len(there) + len(fresh) > rules.MOST:
        raise ForMange
    found = set(
        db.scalars(select(Vedlegg.id).where(Vedlegg.id.in_(fresh), *_waits(owner, skjema)).with_for_update())
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


def liste(kommune_id: int, bruker_id: UUID, seal: Seal, opphav_type: str, opphav_id: UUID) -> list[Vedlagt]:
    """What was sent with one thing, the first one first. One query."""
    return lister(kommune_id, bruker_id, seal, opphav_type, [opphav_id]).get(opphav_id, [])


def lister(
    kommune_id: int, bruker_id: UUID, seal: Seal, opphav_type: str, opphav_ids: Iterable[UUID]
) -> dict[UUID, list[Vedlagt]]:
    """What was sent with each of these, in one query."""
    query = (
        _rows(kommune_id, bruker_id)
        .add_columns(Vedleggskobling.opphav_id)
        .join(
            Vedleggskobling,
            and_(Vedleggskobling.kommune_id == Vedlegg.kommune_id, Vedleggskobling.vedlegg_id == Vedlegg.id),
        )
        .where(Vedleggskobling.opphav_type == opphav_type, Vedleggskobling.opphav_id.in_(list(opphav_ids)))
    )
    found: dict[UUID, list[Vedlagt]] = {}
    with reading() as db:
        for row in db.execute(query):
            found.setdefault(row.opphav_id, []).append(_opened(seal, kommune_id, row))
    return found


def alle(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[tuple[Vedlagt, str | None]]:
    """Every file about a bruker that they may see, with the kind of thing it was sent with (None: not sent yet).

    What the office has lying ready and not sent is its working paper, as an unshared note is. One query.
    """
    query = (
        _rows(kommune_id, bruker_id)
        .add_columns(Vedleggskobling.opphav_type)
        .join(
            Vedleggskobling,
            and_(Vedleggskobling.kommune_id == Vedlegg.kommune_id, Vedleggskobling.vedlegg_id == Vedlegg.id),
            isouter=True,
        )
        .where(Vedlegg.ansatt_id.is_(None) | Vedleggskobling.vedlegg_id.is_not(None))
    )
    with reading() as db:
        return [(_opened(seal, kommune_id, row), row.opphav_type) for row in db.execute(query)]


def may_fetch(kommune_id: int, bruker_id: UUID, vedlegg_id: UUID) -> bool:
    """Whether the bruker may see it: their own, or what the office has sent with something."""
    with reading() as db:
        return bool(
            db.scalar(
                select(Vedlegg.id).where(
                    Vedlegg.kommune_id == kommune_id,
                    Vedlegg.bruker_id == bruker_id,
                    Vedlegg.id == vedlegg_id,
                    _TIED | Vedlegg.ansatt_id.is_(None),
                )
            )
        )


def apne(kommune_id: int, bruker_id: UUID, seal: Seal, vedlegg_id: UUID) -> tuple[Vedlagt, bytes]:
    """An attachment with its content. Raises NotHere."""
    with reading() as db:
        row = db.execute(
            _rows(kommune_id, bruker_id).add_columns(Vedlegg.innhold).where(Vedlegg.id == vedlegg_id)
        ).one_or_none()
    if row is None:
        raise NotHere("no such attachment")
    return _opened(seal, kommune_id, row), seal.open_bytes(row.innhold, _place(kommune_id, vedlegg_id, "innhold"))


def only_sent(kommune_id: int, bruker_id: UUID, vedlegg_id: UUID, ansatt_id: UUID) -> bool:
    """Whether an ansatt may see it: it has been sent with something, or they added it themselves (K1)."""
    with reading() as db:
        return bool(
            db.scalar(
                select(Vedlegg.id).where(
                    Vedlegg.kommune_id == kommune_id,
                    Vedlegg.bruker_id == bruker_id,
                    Vedlegg.id == vedlegg_id,
                    _TIED | (Vedlegg.ansatt_id == ansatt_id),
                )
            )
        )


def rydd() -> int:
    """Remove files that were never sent with anything and have lain too long; returns how many."""
    with writing(unverified=True) as db:
        return database.changed(db, delete(Vedlegg).where(Vedlegg.laget < clock.now() - rules.KEPT_WAITING, ~_TIED))


_TIED = exists().where(Vedleggskobling.kommune_id == Vedlegg.kommune_id, Vedleggskobling.vedlegg_id == Vedlegg.id)


def _waits(owner: Eier, skjema: str | None = None) -> list[ColumnElement[bool]]:
    """What the person has lying ready. The office's and the bruker's own are apart."""
    where: list[ColumnElement[bool]] = [
        Vedlegg.kommune_id == owner.kommune_id,
        Vedlegg.bruker_id == owner.bruker_id,
        Vedlegg.ansatt_id == owner.ansatt_id if owner.ansatt_id else Vedlegg.ansatt_id.is_(None),
        ~_TIED,
    ]
    return [*where, Vedlegg.skjema == skjema] if skjema is not None else where


def _check_room(db: Session, owner: Eier, skjema: str) -> None:
    lying = dict(db.execute(select(Vedlegg.skjema, func.count()).where(*_waits(owner)).group_by(Vedlegg.skjema)).all())
    if lying.get(skjema, 0) >= rules.MOST or sum(lying.values()) >= rules.MOST_WAITING:
        raise Avvist(Grunn.FOR_MANGE)


def _again(owner: Eier, vedlegg_id: UUID) -> Vedlagt | None:
    with reading() as db:
        there = db.execute(
            select(*_COLUMNS, Vedlegg.bruker_id).where(Vedlegg.kommune_id == owner.kommune_id, Vedlegg.id == vedlegg_id)
        ).one_or_none()
    if there is None:
        return None
    if there.bruker_id != owner.bruker_id:
        raise NotHere("the id is taken")
    return _opened(owner.seal, owner.kommune_id, there)


def _queue_up(db: Session, owner: Eier) -> None:
    """One at a time for this bruker, so that the limits hold when two are sent at once."""
    db.execute(
        select(Bruker.id)
        .where(Bruker.kommune_id == owner.kommune_id, Bruker.id == owner.bruker_id)
        .with_for_update(key_share=True)
    )


_COLUMNS = (
    Vedlegg.id,
    Vedlegg.navn,
    Vedlegg.mime,
    Vedlegg.storrelse,
    Vedlegg.sha256,
    Vedlegg.laget,
    Vedlegg.lagt_til_av,
)


def _rows(kommune_id: int, bruker_id: UUID) -> Select[*tuple[object, ...]]:
    return (
        select(*_COLUMNS)
        .where(Vedlegg.kommune_id == kommune_id, Vedlegg.bruker_id == bruker_id)
        .order_by(Vedlegg.laget, Vedlegg.id)
    )


def _place(kommune_id: int, vedlegg_id: UUID, column: str) -> Place:
    return Place("vedlegg", column, kommune_id, vedlegg_id)


def _opened(seal: Seal, kommune_id: int, row: Vedlegg | object) -> Vedlagt:
    found: Vedlegg = row  # type: ignore[assignment]  # a row with the same names
    return Vedlagt(
        id=found.id,
        navn=seal.open(found.navn, _place(kommune_id, found.id, "navn")),
        mime=found.mime,
        storrelse=found.storrelse,
        sha256=found.sha256.hex(),
        laget=found.laget,
        lagt_til_av=found.lagt_til_av,
    )
