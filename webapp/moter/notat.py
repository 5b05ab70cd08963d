"""The samtalenotat: the veileder's working copy, and what is shared of it (S4). Comments on it: kommentar.py."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select

from webapp.identitet.adgang import Sak
from webapp.identitet.models import Ansatt
from webapp.kartlegging.skjema.samtalenotat import PUNKTER
from webapp.moter import kommentar, paminn, service
from webapp.moter.kommentar import Kommentar
from webapp.moter.models import Notatversjon, Samtalenotat
from webapp.moter.rules import Handling
from webapp.platform import access, audit, clock, ids
from webapp.platform.database import reading, writing
from webapp.platform.datotekst import typed_day
from webapp.platform.sealing import Place, Seal

# Field names in order: «bolig», or «veien_videre-tiltak» for a point with parts.
FELT = tuple(name for punkt in PUNKTER for name in ([f"{punkt.id}-{felt.id}" for felt in punkt.felt] or [punkt.id]))
TILTAK = "veien_videre-tiltak"

Innhold = dict[str, str]


@dataclass(frozen=True, slots=True)
class Arbeidskopi:
    """What the veileder has written so far. Version 0: nothing yet."""

    innhold: Innhold
    versjon: int
    endret: datetime | None


@dataclass(frozen=True, slots=True)
class Delt:
    """A version of the note as the bruker sees it."""

    id: UUID
    mote_id: UUID
    versjon: int
    innhold: Innhold
    delt: datetime
    ansatt_navn: str
    kommentarer: list[Kommentar]


class Conflict(Exception):
    """The note was changed in another tab. ``other`` is what stands there now; what was typed here is not stored."""

    def __init__(self, other: Arbeidskopi) -> None:
        super().__init__("changed elsewhere")
        self.other = other


class Empty(Exception):
    """There is nothing written that could be shared."""


def working_copy(kommune_id: int, bruker_id: UUID, seal: Seal, mote_id: UUID) -> Arbeidskopi:
    """The veileder's working copy for a meeting; empty when nothing is written."""
    with reading() as db:
        row = db.scalar(
            select(Samtalenotat).where(
                Samtalenotat.kommune_id == kommune_id,
                Samtalenotat.mote_id == mote_id,
                Samtalenotat.bruker_id == bruker_id,
            )
        )
    return _opened(row, seal) if row else Arbeidskopi({}, 0, None)


def save(who: access.Ansatt, sak: Sak, mote_id: UUID, started_from: int, typed: Mapping[str, str]) -> Arbeidskopi:
    """Save the working copy exactly as typed, finished or not. ``started_from`` is the version the page showed.

    Raises Conflict when it has been changed in between, unless both say the same; lesing.NotHere, rules.NotPossible.
    """
    wanted = {name: typed.get(name, "") for name in FELT if typed.get(name, "").strip()}
    with writing() as db:
        service.lock(db, sak.kommune_id, sak.bruker_id, mote_id, Handling.SKRIV_NOTAT)
        row = db.scalar(
            select(Samtalenotat)
            .where(Samtalenotat.kommune_id == sak.kommune_id, Samtalenotat.mote_id == mote_id)
            .with_for_update()
        )
        if row is None:
            row = Samtalenotat(
                id=ids.new_id(),
                kommune_id=sak.kommune_id,
                mote_id=mote_id,
                bruker_id=sak.bruker_id,
                versjon=0,
            )
            db.add(row)
        else:
            now = _opened(row, sak.seal)
            if now.innhold == wanted:
                return now
            if row.versjon != started_from:
                raise Conflict(now)
        row.ansatt_id, row.versjon, row.endret = who.id, row.versjon + 1, clock.now()
        row.innhold = sak.seal.close_json(wanted, _place("samtalenotat", row.kommune_id, row.id))
        return Arbeidskopi(wanted, row.versjon, row.endret)


def share(who: access.Ansatt, sak: Sak, mote_id: UUID, versjon: int) -> int:
    """Share the working copy, as it was in ``versjon``, with the bruker; returns the number of the shared version.

    What is shared is frozen. Sharing the same text once more changes nothing. Raises Conflict when it has been changed
    since the preview, Empty, lesing.NotHere, rules.NotPossible (the meeting is not marked as held).
    """
    with writing() as db:
        service.lock(db, sak.kommune_id, sak.bruker_id, mote_id, Handling.DEL_NOTAT)
        row = db.scalar(
            select(Samtalenotat)
            .where(Samtalenotat.kommune_id == sak.kommune_id, Samtalenotat.mote_id == mote_id)
            .with_for_update()
        )
        if row is None:
            raise Empty("nothing written")
        copy = _opened(row, sak.seal)
        if copy.versjon != versjon:
            raise Conflict(copy)
        if not copy.innhold:
            raise Empty("nothing written")
        last = db.scalar(
            select(Notatversjon)
            .where(Notatversjon.kommune_id == sak.kommune_id, Notatversjon.notat_id == row.id)
            .order_by(Notatversjon.versjon.desc())
            .limit(1)
        )
        if last is not None and sak.seal.open_json(last.innhold, _version_place(last)) == copy.innhold:
            return last.versjon
        shared = Notatversjon(
            id=ids.new_id(),
            kommune_id=sak.kommune_id,
            notat_id=row.id,
            bruker_id=sak.bruker_id,
            ansatt_id=who.id,
            versjon=last.versjon + 1 if last else 1,
            delt=clock.now(),
        )
        shared.innhold = sak.seal.close_json(copy.innhold, _version_place(shared))
        # Over the sealed bytes: a hash of a short text in clear could be guessed at (it lies unsealed in the database).
        shared.sha256 = hashlib.sha256(shared.innhold).digest()
        db.add(shared)
        paminn.shared(db, shared)
        audit.record(db, sak.kommune_id, "notat_delt", who.actor, bruker_id=sak.bruker_id, notat_id=shared.id)
        # K8's second clock is the plan's alone. A note is what one of the two wrote, and a step is agreed when both
        # have said yes (P1): so its point 14 stops nothing. It becomes «neste steg» when it is proposed in the plan,
        # filled in from here (``next_step``), and the bruker says yes there.
        return shared.versjon


@dataclass(frozen=True, slots=True)
class Nestesteg:
    """What point 14 of a shared note says that they are to do, where to, and by when (as typed)."""

    tiltak: str
    mal: str
    frist: date | None


def next_step(kommune_id: int, bruker_id: UUID, seal: Seal, mote_id: UUID) -> Nestesteg | None:
    """The next step in the latest shared note of a meeting, for a proposal in the plan. None when there is none."""
    found = shared(kommune_id, bruker_id, seal, mote_id)
    said = found[0].innhold if found else {}
    if not said.get(TILTAK):
        return None
    return Nestesteg(said[TILTAK], said.get("veien_videre-mal", ""), typed_day(said.get("veien_videre-frist", "")))


def shared(kommune_id: int, bruker_id: UUID, seal: Seal, mote_id: UUID) -> list[Delt]:
    """Every shared version of the note of a meeting, the latest first, with the bruker's comments. Two queries."""
    with reading() as db:
        rows = db.execute(
            _versions(kommune_id, bruker_id)
            .where(Samtalenotat.mote_id == mote_id)
            .order_by(Notatversjon.versjon.desc())
            .limit(50)
        ).all()
        comments = kommentar.read(db, kommune_id, seal, [row.id for row, _navn, _mote in rows])
    return [
        Delt(
            id=row.id,
            mote_id=mote_id,
            versjon=row.versjon,
            innhold=seal.open_json(row.innhold, _version_place(row)),
            delt=row.delt,
            ansatt_navn=navn,
            kommentarer=comments.get(row.id, []),
        )
        for row, navn, _mote in rows
    ]


def last_step(kommune_id: int, bruker_id: UUID, seal: Seal, other_than: UUID) -> Delt | None:
    """The latest shared note of another meeting: what was agreed then stands beside what is agreed now (point 14)."""
    with reading() as db:
        found = db.execute(
            _versions(kommune_id, bruker_id)
            .where(Samtalenotat.mote_id != other_than)
            .order_by(Notatversjon.delt.desc(), Notatversjon.versjon.desc())
            .limit(1)
        ).one_or_none()
    if found is None:
        return None
    row, navn, mote_id = found
    return Delt(row.id, mote_id, row.versjon, seal.open_json(row.innhold, _version_place(row)), row.delt, navn, [])


def shared_meetings(kommune_id: int, mote_ids: list[UUID]) -> dict[UUID, datetime]:
    """Which of these meetings have a shared note, and when it was last shared. One query for a whole list."""
    with reading() as db:
        rows = db.execute(
            select(Samtalenotat.mote_id, Notatversjon.delt)
            .join(
                Notatversjon,
                (Notatversjon.kommune_id == Samtalenotat.kommune_id) & (Notatversjon.notat_id == Samtalenotat.id),
            )
            .where(Samtalenotat.kommune_id == kommune_id, Samtalenotat.mote_id.in_(mote_ids))
            .order_by(Notatversjon.delt, Notatversjon.id)
        )
        return {mote_id: delt for mote_id, delt in rows}  # noqa: C416 -- the latest is read last, and stays


def _versions(kommune_id: int, bruker_id: UUID) -> Select[Notatversjon, str, UUID]:
    """The shared versions of one bruker's notes, with who shared them and of which meeting."""
    return (
        select(Notatversjon, Ansatt.navn, Samtalenotat.mote_id)
        .join(
            Samtalenotat,
            (Samtalenotat.kommune_id == Notatversjon.kommune_id) & (Samtalenotat.id == Notatversjon.notat_id),
        )
        .join(Ansatt, (Ansatt.kommune_id == Notatversjon.kommune_id) & (Ansatt.id == Notatversjon.ansatt_id))
        .where(Notatversjon.kommune_id == kommune_id, Notatversjon.bruker_id == bruker_id)
    )


def _opened(row: Samtalenotat, seal: Seal) -> Arbeidskopi:
    return Arbeidskopi(
        seal.open_json(row.innhold, _place("samtalenotat", row.kommune_id, row.id)), row.versjon, row.endret
    )


def _place(table: str, kommune_id: int, row_id: UUID) -> Place:
    return Place(table, "innhold", kommune_id, row_id)


def _version_place(row: Notatversjon) -> Place:
    return _place("notatversjon", row.kommune_id, row.id)
