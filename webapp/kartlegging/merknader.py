"""What the veileder notes or asks beside an answer, and what the bruker answers (K1, K11).

Both stand beside, visibly whose they are; the answer itself is never touched. There is no score and no label: a
question is a question. Both are append-only. A question is answered in writing, or by a new version of the answer
(``besvart``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.identitet.adgang import Sak
from webapp.identitet.models import Ansatt
from webapp.kartlegging import paminn, service
from webapp.kartlegging.models import Kartlegging, Levering, Merknad, Merknadsvar, Merknadversjon
from webapp.kartlegging.skjema import SKJEMA, UkjentSporsmal
from webapp.platform import access, audit, clock, ids, languages
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place, Seal

SLAG = ("merknad", "sporsmal")


@dataclass(frozen=True, slots=True)
class Svarvisning:
    """What the bruker answered, in their own words and language."""

    id: UUID
    tekst: str
    sprak: str
    skrevet_av: str | None  # K1; None: from before this was kept
    laget: datetime


@dataclass(frozen=True, slots=True)
class Nyversjon:
    """The delivery in which the bruker changed the answer that was asked about."""

    nummer: str
    versjon: int
    levert: datetime


@dataclass(frozen=True, slots=True)
class Merknadsvisning:
    """A remark («merknad») or a question («sporsmal») beside an answer, with what the bruker said to it."""

    id: UUID
    levering_id: UUID
    sporsmal: str
    slag: str
    tekst: str
    laget: datetime
    ansatt_navn: str
    svar: list[Svarvisning]
    ny_versjon: Nyversjon | None

    @property
    def besvart(self) -> bool:
        """The bruker has answered, in writing or with a new version of the answer."""
        return bool(self.svar) or self.ny_versjon is not None

    @property
    def venter(self) -> bool:
        """A question that the bruker has not answered."""
        return self.slag == "sporsmal" and not self.besvart


def add(
    who: access.Ansatt, sak: Sak, levering_id: UUID, sporsmal: str, slag: str, tekst: str, merknad_id: UUID
) -> UUID:
    """Write a remark or a question beside the answer to ``sporsmal`` in a delivered version; returns its id.

    ``merknad_id`` comes with the form: sent twice, it stands once; other words sent with it stand as well. Raises
    service.NotHere for a version or a question that is not there, and ValueError for an unknown kind.
    """
    if slag not in SLAG:
        raise ValueError(f"no such kind: {slag}")
    try:
        SKJEMA.sporsmal(sporsmal)
    except UkjentSporsmal:
        raise service.NotHere("no such question") from None
    with writing() as db:
        _queue_up(db, sak.kommune_id, sak.bruker_id)
        if not _delivered(db, sak, levering_id):
            raise service.NotHere("no such delivery")
        there = db.get(Merknad, (sak.kommune_id, merknad_id))
        if there is not None and (same := _noted(db, who, sak, there, (levering_id, sporsmal, slag, tekst))):
            return same
        row = Merknad(
            id=merknad_id if there is None else ids.new_id(),
            kommune_id=sak.kommune_id,
            bruker_id=sak.bruker_id,
            levering_id=levering_id,
            ansatt_id=who.id,
            sporsmal=sporsmal,
            slag=slag,
            laget=clock.now(),
        )
        row.tekst = sak.seal.close(tekst, _place("merknad", row.kommune_id, row.id))
        db.add(row)
        paminn.written(db, row)
        if slag == "sporsmal":
            service.question_asked(db, sak.kommune_id, sak.bruker_id)
        audit.record(
            db,
            sak.kommune_id,
            "merknad_skrevet",
            who.actor,
            bruker_id=sak.bruker_id,
            merknad_id=row.id,
            sporsmal=sporsmal,
        )
        return row.id


def for_levering(kommune_id: int, bruker_id: UUID, seal: Seal, levering_id: UUID) -> list[Merknadsvisning]:
    """Everything beside the answers of one version, oldest first, with the bruker's answers. Two queries."""
    return _read(kommune_id, bruker_id, seal, Merknad.levering_id == levering_id)


def for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Merknadsvisning]:
    """Everything beside the answers of every version, oldest first. Two queries."""
    return _read(kommune_id, bruker_id, seal)


def waiting(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Merknadsvisning]:
    """The questions that the bruker has not answered yet, whatever version they stand beside. Two queries."""
    return [one for one in _read(kommune_id, bruker_id, seal, Merknad.slag == "sporsmal") if one.venter]


def one(kommune_id: int, bruker_id: UUID, seal: Seal, merknad_id: UUID) -> Merknadsvisning:
    """One remark or question of this bruker's. Raises service.NotHere."""
    found = _read(kommune_id, bruker_id, seal, Merknad.id == merknad_id)
    if not found:
        raise service.NotHere("no such remark")
    return found[0]


def answer(who: access.Bruker, merknad_id: UUID, tekst: str, svar_id: UUID | None = None) -> None:
    """The bruker's answer to a remark or question. With the form's ``svar_id``: sent twice, it stands once, and other
    words sent with it are an answer of their own.

    Raises service.NotHere: somebody else's remark is as unknown as one that does not exist.
    """
    with writing() as db:
        _queue_up(db, who.kommune_id, who.id)
        remark = db.scalar(
            select(Merknad).where(
                Merknad.kommune_id == who.kommune_id, Merknad.id == merknad_id, Merknad.bruker_id == who.id
            )
        )
        if remark is None:
            raise service.NotHere("no such remark")
        there = db.get(Merknadsvar, (who.kommune_id, svar_id)) if svar_id is not None else None
        if there is not None:
            if _answered(db, who, there, merknad_id, tekst):
                return
            svar_id = None
        changed = db.get(Merknadversjon, (who.kommune_id, merknad_id)) is not None
        first = not changed and not db.scalar(
            select(Merknadsvar.id)
            .where(Merknadsvar.kommune_id == who.kommune_id, Merknadsvar.merknad_id == merknad_id)
            .limit(1)
        )
        row = Merknadsvar(
            id=svar_id or ids.new_id(),
            kommune_id=who.kommune_id,
            bruker_id=who.id,
            merknad_id=merknad_id,
            sprak=languages.written_in(tekst, who.sprak),
            skrevet_av=who.skriver or "bruker",
            laget=clock.now(),
        )
        row.tekst = who.seal.close(tekst, _place("merknadsvar", row.kommune_id, row.id))
        db.add(row)
        if remark.slag == "sporsmal" and first:
            service.question_answered(db, who.kommune_id, who.id)
        else:
            service.answer_given(db, who.kommune_id, who.id)
        audit.record(db, who.kommune_id, "merknad_besvart", who.actor, bruker_id=who.id, merknad_id=merknad_id)


def _noted(db: Session, who: access.Ansatt, sak: Sak, there: Merknad, sent: tuple[UUID, str, str, str]) -> UUID | None:
    """What says just this (version, question, kind, words) of what the form that made ``there`` has said, then or
    after; None when nothing does."""
    levering_id, sporsmal, slag, tekst = sent
    rows = db.scalars(
        select(Merknad).where(
            Merknad.kommune_id == sak.kommune_id,
            Merknad.bruker_id == sak.bruker_id,
            Merknad.ansatt_id == who.id,
            Merknad.levering_id == levering_id,
            Merknad.sporsmal == sporsmal,
            Merknad.slag == slag,
            Merknad.laget >= there.laget,
        )
    )
    same = (row.id for row in rows if sak.seal.open(row.tekst, _place("merknad", row.kommune_id, row.id)) == tekst)
    return next(same, None)


def _answered(db: Session, who: access.Bruker, there: Merknadsvar, merknad_id: UUID, tekst: str) -> bool:
    """Whether the form that made ``there`` has answered this remark with just these words, then or after."""
    rows = db.scalars(
        select(Merknadsvar).where(
            Merknadsvar.kommune_id == who.kommune_id,
            Merknadsvar.bruker_id == who.id,
            Merknadsvar.merknad_id == merknad_id,
            Merknadsvar.laget >= there.laget,
        )
    )
    return any(who.seal.open(row.tekst, _place("merknadsvar", row.kommune_id, row.id)) == tekst for row in rows)


def _queue_up(db: Session, kommune_id: int, bruker_id: UUID) -> None:
    """One at a time for this bruker: what is sent twice at once is written once, and counted once."""
    db.execute(
        select(Kartlegging.bruker_id)
        .where(Kartlegging.kommune_id == kommune_id, Kartlegging.bruker_id == bruker_id)
        .with_for_update()
    )


def _delivered(db: Session, sak: Sak, levering_id: UUID) -> bool:
    return (
        db.scalar(
            select(Levering.id).where(
                Levering.kommune_id == sak.kommune_id, Levering.id == levering_id, Levering.bruker_id == sak.bruker_id
            )
        )
        is not None
    )


def _read(kommune_id: int, bruker_id: UUID, seal: Seal, *which: object) -> list[Merknadsvisning]:
    with reading() as db:
        rows = db.execute(
            select(Merknad, Ansatt.navn, Levering.nummer, Levering.versjon, Levering.levert)
            .join(Ansatt, (Ansatt.kommune_id == Merknad.kommune_id) & (Ansatt.id == Merknad.ansatt_id))
            .outerjoin(
                Merknadversjon,
                (Merknadversjon.kommune_id == Merknad.kommune_id) & (Merknadversjon.merknad_id == Merknad.id),
            )
            .outerjoin(
                Levering,
                (Levering.kommune_id == Merknadversjon.kommune_id) & (Levering.id == Merknadversjon.levering_id),
            )
            .where(Merknad.kommune_id == kommune_id, Merknad.bruker_id == bruker_id, *which)  # type: ignore[arg-type] # conditions
            .order_by(Merknad.laget, Merknad.id)
            .limit(500)
        ).all()
        replies = db.scalars(
            select(Merknadsvar)
            .where(
                Merknadsvar.kommune_id == kommune_id,
                Merknadsvar.merknad_id.in_([row.id for row, *_ in rows]),
            )
            .order_by(Merknadsvar.laget, Merknadsvar.id)
        ).all()
    said: dict[UUID, list[Svarvisning]] = {}
    for reply in replies:
        text = seal.open(reply.tekst, _place("merknadsvar", kommune_id, reply.id))
        shown = Svarvisning(reply.id, text, reply.sprak, reply.skrevet_av, reply.laget)
        said.setdefault(reply.merknad_id, []).append(shown)
    return [
        Merknadsvisning(
            id=row.id,
            levering_id=row.levering_id,
            sporsmal=row.sporsmal,
            slag=row.slag,
            tekst=seal.open(row.tekst, _place("merknad", kommune_id, row.id)),
            laget=row.laget,
            ansatt_navn=navn,
            svar=said.get(row.id, []),
            ny_versjon=_changed_in(nummer, versjon, levert),
        )
        for row, navn, nummer, versjon, levert in rows
    ]


def _changed_in(nummer: str | None, versjon: int, levert: datetime) -> Nyversjon | None:
    """The delivery, out of an outer join: None when there is none."""
    return None if nummer is None else Nyversjon(nummer, versjon, levert)


def _place(table: str, kommune_id: int, row_id: UUID) -> Place:
    return Place(table, "tekst", kommune_id, row_id)
