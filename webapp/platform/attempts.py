"""Rate limits in the database, so that two or twenty servers count together."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, case, delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform import clock, database
from webapp.platform.database import Base, writing
from webapp.platform.kommune import keyring


class Forsok(Base):
    """How many times something was tried since ``fra``. The key is a hash: no address is kept."""

    __tablename__ = "forsok"

    nokkel: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    fra: Mapped[datetime] = mapped_column(index=True)
    antall: Mapped[int]


class TooMany(Exception):
    """The limit is reached. ``retry_after`` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"try again in {retry_after} s")
        self.retry_after = retry_after


def count(what: str, who: str, *, most: int, within: timedelta) -> None:
    """Count one attempt at ``what`` by ``who`` (an address, an id). Raises TooMany beyond ``most`` in ``within``.

    In one statement. At the same address one can come in, and have the count begin anew, while others try: who looked,
    found nothing, inserted and met a row could look again and find nothing.
    """
    key, now = keyring().pepper("forsok", f"{what}\x1f{who}"), clock.now()
    with writing(unverified=True) as db:
        insert: Any = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
        new = insert(Forsok).values(nokkel=key, fra=now, antall=1)
        begins_anew = Forsok.fra <= now - within
        one_more = case((Forsok.antall <= most, Forsok.antall + 1), else_=Forsok.antall)  # most + 1: beyond it
        counting = new.on_conflict_do_update(
            index_elements=[Forsok.nokkel],
            set_={
                "fra": case((begins_anew, new.excluded.fra), else_=Forsok.fra),
                "antall": case((begins_anew, 1), else_=one_more),
            },
        ).returning(Forsok.fra, Forsok.antall)
        since, tries = db.execute(counting).one()
    if tries > most:
        raise TooMany(int((since + within - now).total_seconds()) + 1)


def count_pdf(person_id: UUID) -> None:
    """Count one PDF: each is a program of its own for seconds. Raises TooMany beyond 20 an hour for one person."""
    count("egen-pdf", str(person_id), most=20, within=timedelta(hours=1))


def forget(what: str, who: str) -> None:
    """Start again at nothing, after a success."""
    key = keyring().pepper("forsok", f"{what}\x1f{who}")
    with writing(unverified=True) as db:
        db.execute(delete(Forsok).where(Forsok.nokkel == key))


def sweep(older_than: timedelta) -> int:
    """Remove counters begun longer ago than ``older_than``; returns how many."""
    with writing(unverified=True) as db:
        return database.changed(db, delete(Forsok).where(Forsok.fra < clock.now() - older_than))
