"""Utkast: what somebody typed and could not get saved, kept sealed for them until they are back.

A session ended in the middle of a word, the form key was too old, something broke: the text is put here, under the
address it was meant for, and the page offers it when the person opens that address again. What another page wrote there
stays beside it (draft_parts.py).
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Exists, Index, LargeBinary, String, UniqueConstraint, exists, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.platform import clock, draft_parts, ids, languages
from webapp.platform.database import Base, KommuneRow, reading, writing
from webapp.platform.draft_parts import SIDE, TURN, Page, Part
from webapp.platform.sealing import Place, Seal, SealBroken

Fields = draft_parts.Fields

# More addresses than anybody has forms open: so that nobody fills the disk with what nobody would find again.
MOST_KEPT = 100
MOST_TOGETHER = 4 * 1024 * 1024  # bytes at one address, of several pages

# What a form carries besides the person's own words.
NOT_THEIRS = frozenset({"csrf_token", "eier", "bytt_sprak", "nokkel", SIDE, TURN})

# What a page itself puts in its form, and which button was pressed: kept along with words, never for its own sake.
# tests/test_utkast_verdt.py finds every hidden field of the templates here, or says why it is not.
CARRIED = frozenset(
    {
        "annen_merke",
        "fjern",
        "glem",
        "handling",
        "konflikt",
        "legg_ved",
        "lest",
        "lukk_fra",
        "merke",
        "neste",
        "send",
        "sett_rad",
        "sidesprak",
        "skrives_av",
        "skript",
        "tema_angre",
        "tema_vil_ikke",
        "versjon",
        "versjon_id",
        "vist",
    }
)

_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Utkast(KommuneRow, Base):
    """One person's unsaved form, by the path it belongs to."""

    __tablename__ = "utkast"
    __table_args__ = (
        UniqueConstraint("kommune_id", "eier_type", "eier_id", "sti"),
        Index("ix_utkast_endret", "endret"),
    )

    eier_type: Mapped[str] = mapped_column(String(10))
    eier_id: Mapped[UUID]
    sti: Mapped[str] = mapped_column(String(300))
    felter: Mapped[bytes] = mapped_column(LargeBinary)
    endret: Mapped[datetime]


def keep(
    kommune_id: int, owner: tuple[str, UUID], seal: Seal, path: str, fields: Fields, *, older: Seal | None = None
) -> bool:
    """Keep ``fields`` for ``owner`` under ``path``, in place of what the same page kept there before (the field SIDE).

    What another page kept there and this one has not fetched stays with it. False when it could not be kept: there is
    nothing in them, ``path`` cannot be one of our pages, or it would be more than MOST_KEPT addresses, MOST_TOGETHER.
    """
    page, turn = Page.read("".join(fields.get(SIDE, []))), "".join(fields.get(TURN, []))
    theirs, path = own_words(fields), plain(path)
    if not worth_keeping(theirs) or not may_be_ours(path):
        return False
    with writing(unverified=True) as db:
        row = db.scalar(_where(select(Utkast), kommune_id, owner, path).with_for_update())
        if row is None:
            mine = (Utkast.kommune_id == kommune_id, Utkast.eier_type == owner[0], Utkast.eier_id == owner[1])
            if (db.scalar(select(func.count()).select_from(Utkast).where(*mine)) or 0) >= MOST_KEPT:
                return False
            row, is_new = _made_or_found(db, seal, (kommune_id, owner, path), Part(page.id, theirs, turn))
            if is_new:
                return True
        parts = draft_parts.added(_parts(row, seal, older), page, theirs, turn)
        sealed = seal.close_json(draft_parts.stored(parts), _place(row))
        if len(parts) > 1 and len(sealed) > MOST_TOGETHER:
            return False
        row.felter = sealed
        row.endret = clock.now()
    return True


def get(kommune_id: int, owner: tuple[str, UUID], seal: Seal, path: str, *, older: Seal | None = None) -> Fields | None:
    """What is kept for ``owner`` under ``path``. ``older``: what it may have been sealed with by an earlier version."""
    found = parts(kommune_id, owner, seal, path, older=older)
    return draft_parts.as_one(found) if found else None


def parts(kommune_id: int, owner: tuple[str, UUID], seal: Seal, path: str, *, older: Seal | None = None) -> list[Part]:
    """The same, as each page wrote it, the oldest first."""
    if not may_be_ours(path):
        return []  # PostgreSQL refuses to look for some of what an address can hold
    with reading() as db:
        row = db.scalar(_where(select(Utkast), kommune_id, owner, path))
        return _parts(row, seal, older) if row else []


def lies_at(kommune_id: Any, eier_type: str, eier_id: Any, path: Any) -> Exists:
    """Whether something is kept there, as a part of another query; all but ``eier_type`` may be parameters of it."""
    return exists().where(
        Utkast.kommune_id == kommune_id, Utkast.eier_type == eier_type, Utkast.eier_id == eier_id, Utkast.sti == path
    )


def paths(kommune_id: int, owner: tuple[str, UUID]) -> list[str]:
    """The addresses where something is kept for ``owner``, the newest first (at most 20)."""
    with reading() as db:
        mine = select(Utkast.sti).where(
            Utkast.kommune_id == kommune_id, Utkast.eier_type == owner[0], Utkast.eier_id == owner[1]
        )
        return list(db.scalars(mine.order_by(Utkast.endret.desc(), Utkast.sti).limit(20)))


def everything(kommune_id: int, owner: tuple[str, UUID], seal: Seal) -> list[tuple[str, Fields, datetime]]:
    """All that is kept for ``owner``: address, fields and time, the newest first (S3)."""
    with reading() as db:
        mine = select(Utkast).where(
            Utkast.kommune_id == kommune_id, Utkast.eier_type == owner[0], Utkast.eier_id == owner[1]
        )
        rows = db.scalars(mine.order_by(Utkast.endret.desc(), Utkast.sti)).all()
    return [(row.sti, draft_parts.as_one(_parts(row, seal)), row.endret) for row in rows]


def arrived(
    kommune_id: int, owner: tuple[str, UUID], seal: Seal, path: str, fields: Fields, *, older: Seal | None = None
) -> None:
    """The form at ``path`` is where it belongs, with ``fields``: forget what its page wrote or fetched there (SIDE).

    Without any words in ``fields``, too: whoever wrote them has taken every one away.

    What another page or phone has kept there, and this one has not fetched, stays, unless it stands in ``fields``.
    """
    if not may_be_ours(path):
        return
    page = Page.read("".join(fields.get(SIDE, [])))
    page = page if page.id else Page.new()  # one that does not say which it is has written nothing
    with writing(unverified=True) as db:
        row = db.scalar(_where(select(Utkast), kommune_id, owner, path).with_for_update())
        if row is None:
            return
        parts = _parts(row, seal, older)
        left = draft_parts.others(parts, page, own_words(fields))
        if left == parts:
            return
        if left:
            row.felter = seal.close_json(draft_parts.stored(left), _place(row))
        else:
            db.delete(row)


def own_words(fields: Fields) -> Fields:
    """``fields`` without those that are empty, and without what a form carries besides the person's own."""
    return {name: values for name, values in fields.items() if name not in NOT_THEIRS and any(values)}


def worth_keeping(fields: Fields) -> bool:
    """Whether somebody has typed or chosen something in a form. A page that only asks «sure?» has nothing to lose."""
    return bool(own_words(fields).keys() - CARRIED)


def plain(path: str) -> str:
    """``path`` as our own links write it: the ids in lower case. Else it would not be found again by the id in it."""
    return _ID.sub(lambda found: found[0].lower(), path)


def may_be_ours(path: str) -> bool:
    """Our addresses are plain ASCII. The front page shows what is kept as a link, so nothing may lead elsewhere."""
    return len(path) <= 300 and path.isascii() and languages.local_path(path, "") == path


def _made_or_found(
    db: Session, seal: Seal, where: tuple[int, tuple[str, UUID], str], part: Part
) -> tuple[Utkast, bool]:
    """The row at ``where``, locked, and whether it is a new one with ``part``: else another request has just made it.

    In one statement. A page that saves by itself and a button can come at once while a third throws the draft away: who
    looked, found nothing, inserted and met a row could look again and find nothing, time after time, and give up.
    """
    kommune_id, owner, path = where
    new_id, made_with = ids.new_id(), postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    values = {
        "id": new_id,
        "kommune_id": kommune_id,
        "eier_type": owner[0],
        "eier_id": owner[1],
        "sti": path,
        "felter": seal.close_json(draft_parts.stored([part]), Place("utkast", "felter", kommune_id, new_id)),
        "endret": clock.now(),
    }
    statement = made_with.insert(Utkast).values(values)
    at = [Utkast.kommune_id, Utkast.eier_type, Utkast.eier_id, Utkast.sti]
    changing = statement.on_conflict_do_update(index_elements=at, set_={"endret": statement.excluded.endret})
    row = db.scalars(changing.returning(Utkast)).one()
    return row, row.id == new_id


def _where(statement: Any, kommune_id: int, owner: tuple[str, UUID], path: str) -> Any:
    return statement.where(
        Utkast.kommune_id == kommune_id,
        Utkast.eier_type == owner[0],
        Utkast.eier_id == owner[1],
        Utkast.sti == plain(path),
    )


def _parts(row: Utkast, seal: Seal, older: Seal | None = None) -> list[Part]:
    try:
        return draft_parts.read(seal.open_json(row.felter, _place(row)))
    except SealBroken:
        if older is None:
            raise
        return draft_parts.read(older.open_json(row.felter, _place(row)))


def _place(row: Utkast) -> Place:
    return Place("utkast", "felter", row.kommune_id, row.id)
