"""A klage: sent, taken in hand, considered, sent on, answered."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.identitet import eksport as identitet
from webapp.identitet import rules as codes
from webapp.identitet.adgang import Sak
from webapp.identitet.models import Bruker
from webapp.klage import mal, rules
from webapp.klage.models import Klage, Klagesteg
from webapp.klage.rules import Mal, Stand
from webapp.platform import access, attempts, audit, clock, ids
from webapp.platform.database import reading, writing
from webapp.platform.dates import oslo_date
from webapp.platform.sealing import Place, Seal
from webapp.vedlegg import service as vedlegg
from webapp.vedlegg.service import Vedlagt

NUMBER_LENGTH = 8
A_DAY = 20  # more than anybody means


class NotHere(LookupError):
    """There is no such klage for this bruker."""


class AlreadySent(Exception):
    """A klage with other words (or other files) was sent from this form. What came now is not sent."""


@dataclass(frozen=True, slots=True)
class Ord:
    """The bruker's words: what is wrong and why, what they want, and why it comes late (when it does)."""

    hva: str
    onske: str
    sent: str


@dataclass(frozen=True, slots=True)
class Steget:
    """One step, opened."""

    stand: Stand
    dato: date
    tekst: str
    ansatt_navn: str
    laget: datetime


@dataclass(frozen=True, slots=True)
class Klagen:
    """A klage with its steps, opened. ``mot``: what it is against, in words, in the language ``sprak``."""

    id: UUID
    mal_type: Mal
    mal_id: UUID
    mot: str
    nummer: str
    ord: Ord
    sprak: str
    skrevet_av: str
    klagefrist: date
    for_sent: bool
    laget: datetime
    sha256: str
    steg: tuple[Steget, ...]

    @property
    def stand(self) -> Stand:
        """Where it stands."""
        return rules.stand([one.stand for one in self.steg])

    @property
    def svarfrist(self) -> date | None:
        """The day by which the office has considered it; None when it has."""
        return rules.answer_by(oslo_date(self.laget)) if len(self.steg) < 2 else None

    @property
    def over_svarfrist(self) -> bool:
        """Whether that day has been."""
        return self.svarfrist is not None and self.svarfrist < oslo_date(clock.now())

    @property
    def forrige_dag(self) -> date:
        """The day of the latest step: nothing that follows can be before it."""
        return self.steg[-1].dato if self.steg else oslo_date(self.laget)


def send(
    who: access.Bruker,
    klage_id: UUID,
    mal_type: Mal,
    mal_id: UUID,
    sagt: Ord,
    vedlegg_ids: Sequence[UUID],
    skjema: str,
) -> UUID:
    """Send a klage with its attachments; returns its id. Sent twice with the same ``klage_id``, it is there once.

    A late one is taken in and marked. Raises mal.NotHere, NotHere (the id is somebody else's), AlreadySent,
    vedlegg.NotHere, vedlegg.ForMange, attempts.TooMany beyond 20 a day.
    """
    sent = (mal_type.value, mal_id, sagt, frozenset(vedlegg_ids))
    with reading() as db:
        if _there(db, who, klage_id, sent):
            return klage_id
    against = mal.en(who.kommune_id, who.id, who.seal, mal_type, mal_id)
    attempts.count("klage", str(who.id), most=A_DAY, within=timedelta(days=1))
    with writing() as db:
        _queue_up(db, who)
        if _there(db, who, klage_id, sent):
            return klage_id
        row = Klage(
            id=klage_id,
            kommune_id=who.kommune_id,
            bruker_id=who.id,
            mal_type=mal_type.value,
            mal_id=mal_id,
            nummer=codes.shown_code(codes.new_code(NUMBER_LENGTH)),
            sprak=who.sprak,
            skrevet_av=who.skriver or "bruker",
            klagefrist=against.klagefrist,
            laget=clock.now(),
        )
        row.for_sent = rules.late(oslo_date(row.laget), against.klagefrist)
        content = {
            "mot": against.tittel,
            "hva": sagt.hva,
            "onske": sagt.onske,
            "sent": sagt.sent,  # also when it turns out not to be late: they wrote it
        }
        row.innhold = who.seal.close_json(content, _place(row, "innhold"))
        row.sha256 = hashlib.sha256(row.innhold).digest()
        db.add(row)
        db.flush()
        vedlegg.knytt(db, vedlegg.eier(who), "klage", klage_id, vedlegg_ids, skjema)
        audit.record(
            db, who.kommune_id, "klage_sendt", who.actor, bruker_id=who.id, klage_id=klage_id, mal=mal_type.value
        )
    return klage_id


def step(who: access.Ansatt, sak: Sak, klage_id: UUID, steg_id: UUID, to: Stand, dato: date, tekst: str) -> None:
    """Register a step. Sent twice, it is there once. Raises NotHere, rules.NotPossible, rules.TidligereEnn."""
    with writing() as db:
        row = db.scalar(_mine(Klage, sak.kommune_id, sak.bruker_id).where(Klage.id == klage_id).with_for_update())
        if row is None:
            raise NotHere("no such klage")
        there = db.get(Klagesteg, (sak.kommune_id, steg_id))
        if there is not None:
            if (there.klage_id, there.steg, there.dato) == (klage_id, to, dato) and (
                sak.seal.open(there.tekst, _place(there, "tekst")) == tekst
            ):
                return
            steg_id = ids.new_id()  # the same form, other words: a step of its own, if it is possible
        steps = db.scalars(
            _mine(Klagesteg, sak.kommune_id, sak.bruker_id).where(Klagesteg.klage_id == klage_id).order_by(Klagesteg.nr)
        ).all()
        rules.after(rules.stand([one.steg for one in steps]), to, "ansatt")
        before = steps[-1].dato if steps else oslo_date(row.laget)
        rules.check_day(dato, before=before, today=oslo_date(clock.now()))
        made = Klagesteg(
            id=steg_id,
            kommune_id=sak.kommune_id,
            bruker_id=sak.bruker_id,
            klage_id=klage_id,
            ansatt_id=who.id,
            nr=rules.NUMMER[to],
            steg=to.value,
            dato=dato,
            laget=clock.now(),
        )
        made.tekst = sak.seal.close(tekst, _place(made, "tekst"))
        db.add(made)
        audit.record(
            db, sak.kommune_id, "klage_steg", who.actor, bruker_id=sak.bruker_id, klage_id=klage_id, steg=to.value
        )


def alle(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Klagen]:
    """Every klage of the bruker, the latest first. Three queries."""
    with reading() as db:
        rows = db.scalars(_mine(Klage, kommune_id, bruker_id).order_by(Klage.laget.desc(), Klage.id.desc())).all()
        return _opened(db, kommune_id, bruker_id, seal, rows)


def en(kommune_id: int, bruker_id: UUID, seal: Seal, klage_id: UUID) -> Klagen:
    """One klage of this bruker's. Raises NotHere."""
    with reading() as db:
        rows = db.scalars(_mine(Klage, kommune_id, bruker_id).where(Klage.id == klage_id)).all()
        if not rows:
            raise NotHere("no such klage")
        return _opened(db, kommune_id, bruker_id, seal, rows)[0]


def filer(kommune_id: int, bruker_id: UUID, seal: Seal, klage_id: UUID) -> list[Vedlagt]:
    """What was sent with it."""
    return vedlegg.liste(kommune_id, bruker_id, seal, "klage", klage_id)


def _queue_up(db: Session, who: access.Bruker) -> None:
    """One at a time for this bruker, so that the same form sent twice at once finds what the first one made."""
    db.execute(
        select(Bruker.id)
        .where(Bruker.kommune_id == who.kommune_id, Bruker.id == who.id)
        .with_for_update(key_share=True)
    )


def _there(db: Session, who: access.Bruker, klage_id: UUID, sent: tuple[str, UUID, Ord, frozenset[UUID]]) -> bool:
    """Whether just this was sent before. Raises NotHere, AlreadySent."""
    there = db.get(Klage, (who.kommune_id, klage_id))
    if there is None:
        return False
    if there.bruker_id != who.id:
        raise NotHere("the id is taken")
    content = who.seal.open_json(there.innhold, _place(there, "innhold"))
    files = frozenset(one.id for one in filer(who.kommune_id, who.id, who.seal, klage_id))
    said = Ord(content["hva"], content["onske"], content["sent"])
    if (there.mal_type, there.mal_id, said, files) != sent:
        raise AlreadySent
    return True


def _opened(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal, rows: Sequence[Klage]) -> list[Klagen]:
    steps: defaultdict[UUID, list[Klagesteg]] = defaultdict(list)
    if rows:
        of_these = _mine(Klagesteg, kommune_id, bruker_id).where(Klagesteg.klage_id.in_([row.id for row in rows]))
        for one in db.scalars(of_these.order_by(Klagesteg.nr)):
            steps[one.klage_id].append(one)
    names = identitet.staff(db, kommune_id, {one.ansatt_id for each in steps.values() for one in each})
    return [_one(row, steps[row.id], seal, {key: name.navn for key, name in names.items()}) for row in rows]


def _one(row: Klage, steps: Sequence[Klagesteg], seal: Seal, names: dict[UUID, str]) -> Klagen:
    content = seal.open_json(row.innhold, _place(row, "innhold"))
    return Klagen(
        id=row.id,
        mal_type=Mal(row.mal_type),
        mal_id=row.mal_id,
        mot=content["mot"],
        nummer=row.nummer,
        ord=Ord(content["hva"], content["onske"], content["sent"]),
        sprak=row.sprak,
        skrevet_av=row.skrevet_av,
        klagefrist=row.klagefrist,
        for_sent=row.for_sent,
        laget=row.laget,
        sha256=row.sha256.hex(),
        steg=tuple(
            Steget(
                Stand(one.steg),
                one.dato,
                seal.open(one.tekst, _place(one, "tekst")),
                names.get(one.ansatt_id, ""),
                one.laget,
            )
            for one in steps
        ),
    )


def _mine(table: Any, kommune_id: int, bruker_id: UUID) -> Select[Any]:
    return select(table).where(table.kommune_id == kommune_id, table.bruker_id == bruker_id)


def _place(row: Any, column: str) -> Place:
    return Place(row.__tablename__, column, row.kommune_id, row.id)
