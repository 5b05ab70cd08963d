"""Reading what has been delivered: the versions, what is in each, and what stands after them (K7).

Nothing is written here: levering.py freezes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from webapp.identitet import rules as codes
from webapp.kartlegging import rules
from webapp.kartlegging.models import Levering
from webapp.kartlegging.ordlyd import Ord
from webapp.kartlegging.rules import Verdi
from webapp.kartlegging.service import NotHere
from webapp.kartlegging.skjema import SKJEMA, Tema, Visning
from webapp.platform.database import reading
from webapp.platform.sealing import Place, Seal


@dataclass(frozen=True, slots=True)
class Versjon:
    """One delivered version, without what is in it."""

    id: UUID
    nummer: str
    versjon: int
    levert: datetime
    sprak: str
    visning: str
    skjema_versjon: str
    samtale_frist: date
    plan_frist: date
    forrige_id: UUID | None
    sha256: bytes


@dataclass(frozen=True, slots=True)
class LevertSvar:
    """A frozen answer. ``fortsatt``: the bruker said «fortsatt slik» in this mini-mapping (K7).

    ``endret``, ``fra_for``: the words are older than the version, see runde.Sagt.
    """

    verdi: Verdi
    vil_ikke: bool
    sprak: str
    skrevet_av: str
    fortsatt: bool = False
    endret: bool = False
    fra_for: bool = False


@dataclass(frozen=True, slots=True)
class Innhold(Versjon):
    """A delivered version with its answers, by question id. Questions left open are not in it."""

    svar: dict[str, LevertSvar]
    ord: Ord  # the questions as they were worded; empty in what was delivered before they were kept

    def i_tema(self, tema: Tema) -> list[LevertSvar]:
        """What was answered of a theme, in its order."""
        return [self.svar[one.id] for one in tema.alle() if one.id in self.svar]


def versions(kommune_id: int, bruker_id: UUID) -> list[Versjon]:
    """All delivered versions, the latest first (at most 200)."""
    wanted = [getattr(Levering, field.name) for field in fields(Versjon)]
    with reading() as db:
        rows = db.execute(
            select(*wanted)
            .where(Levering.kommune_id == kommune_id, Levering.bruker_id == bruker_id)
            .order_by(Levering.versjon.desc())
            .limit(200)
        )
        return [Versjon(*row) for row in rows]


def before(content: Versjon, kommune_id: int, bruker_id: UUID) -> Versjon | None:
    """The version that ``content`` came after, if any."""
    if content.forrige_id is None:
        return None
    with reading() as db:
        row = db.scalar(mine(kommune_id, bruker_id).where(Levering.id == content.forrige_id))
        return Versjon(**columns(row)) if row is not None else None


def number(kommune_id: int, bruker_id: UUID, levering_id: UUID) -> str | None:
    """The receipt's number of a delivery."""
    with reading() as db:
        return db.scalar(
            select(Levering.nummer).where(
                Levering.kommune_id == kommune_id, Levering.bruker_id == bruker_id, Levering.id == levering_id
            )
        )


def read(kommune_id: int, bruker_id: UUID, seal: Seal, levering_id: UUID) -> Innhold:
    """A delivered version with its answers. Raises NotHere (a LookupError)."""
    with reading() as db:
        row = db.scalar(mine(kommune_id, bruker_id).where(Levering.id == levering_id))
    if row is None:
        raise NotHere("no such delivery")
    return opened(row, seal)


def standing(content: Innhold, earlier: Sequence[Innhold]) -> Innhold:
    """``content`` with what it did not ask, from the versions before it (``earlier``, the oldest first, a whole one).

    A mini round asks only some of the questions: what was said to the others still stands (K7, K9).
    """
    if not earlier:
        return content
    svar: dict[str, LevertSvar] = {}
    words = {ident: one for version in (*earlier, content) for ident, one in version.ord.items()}
    for version in (*earlier, content):
        asked = in_mini() if version.visning == Visning.MINI else svar.keys()
        svar = {ident: one for ident, one in svar.items() if ident not in asked} | version.svar
    return replace(content, svar=_in_order(svar), ord=words)


def left_open(content: Innhold) -> set[str]:
    """The follow-ups that the answers have opened and that have none: who reads the answers sees that they are missing.

    Nothing is said of a version of another form, which may not have asked them.
    """
    if content.skjema_versjon != SKJEMA.versjon:
        return set()
    asked = (sporsmal for tema in SKJEMA.temaer for sporsmal in tema.sporsmal)
    return {one.id for one in rules.opened(asked, content.svar)} - content.svar.keys()


def read_earlier(kommune_id: int, bruker_id: UUID, seal: Seal, content: Versjon) -> list[Innhold]:
    """Of a mini round: the versions that it goes on from, the latest whole one first. Empty for a whole version."""
    if content.visning != Visning.MINI:
        return []
    before = (Levering.kommune_id == kommune_id, Levering.bruker_id == bruker_id, Levering.versjon < content.versjon)
    whole = select(func.max(Levering.versjon)).where(*before, Levering.visning != Visning.MINI).scalar_subquery()
    with reading() as db:
        rows = db.scalars(select(Levering).where(*before, Levering.versjon >= whole).order_by(Levering.versjon))
        return [opened(row, seal) for row in rows]


def read_standing(kommune_id: int, bruker_id: UUID, seal: Seal, content: Innhold) -> Innhold:
    """``content`` with what it did not ask, from the versions before it."""
    return standing(content, read_earlier(kommune_id, bruker_id, seal, content))


def read_numbered(kommune_id: int, bruker_id: UUID, seal: Seal, nummer: str) -> Innhold:
    """The delivered version with this receipt number, however it was typed. Raises NotHere."""
    shown = codes.shown_code(codes.normal_code(nummer[:40]))
    with reading() as db:
        row = db.scalar(mine(kommune_id, bruker_id).where(Levering.nummer == shown))
    if row is None:
        raise NotHere("no such delivery")
    return opened(row, seal)


def mine(kommune_id: int, bruker_id: UUID) -> Select[Levering]:
    """The rows of one bruker's versions."""
    return select(Levering).where(Levering.kommune_id == kommune_id, Levering.bruker_id == bruker_id)


def opened(row: Levering, seal: Seal) -> Innhold:
    """A row with what is sealed in it."""
    content: dict[str, Any] = seal.open_json(row.innhold, place(row))
    svar = _in_order({ident: LevertSvar(**one) for ident, one in content["svar"].items()})
    return Innhold(**columns(row), svar=svar, ord=content.get("ord", {}))


def _in_order(svar: Mapping[str, LevertSvar]) -> dict[str, LevertSvar]:
    order = {sporsmal.id: nr for nr, sporsmal in enumerate(SKJEMA.alle())}
    return {ident: svar[ident] for ident in sorted(svar, key=lambda ident: (order.get(ident, len(order)), ident))}


@cache
def in_mini() -> frozenset[str]:
    """The questions that a mini round asks."""
    return frozenset(sporsmal.id for tema in SKJEMA.visning(Visning.MINI) for sporsmal in tema.alle())


def columns(row: Levering) -> dict[str, Any]:
    """What a row says of itself, as a Versjon holds it."""
    return {field.name: getattr(row, field.name) for field in fields(Versjon)}


def place(row: Levering) -> Place:
    """Where the answers of a version are sealed."""
    return Place("levering", "innhold", row.kommune_id, row.id)
