"""Rate limits in the database, so that two or twenty servers count together."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import LargeBinary, delete, select
from sqlalchemy.exc import IntegrityError
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
    """Count one attempt at ``what`` by ``who`` (an address, an id). Raises TooMany beyond ``most`` in ``within``."""
    key = keyring().pepper("forsok", f"{what}\x1f{who}")
    try:
        _count(key, most, within)
    except IntegrityError:  # two first attempts at the same moment, on PostgreSQL: the row is there now
        _count(key, most, within)


def count_pdf(person_id: UUID) -> None:
    """Count one PDF: each is a program of its own for seconds. Raises TooMany beyond 20 an hour for one person."""
    count("egen-pdf", str(person_id), most=20, within=timedelta(hours=1))


def _count(key: bytes, most: int, within: timedelta) -> None:
    now = clock.now()
    with writing(unverified=True) as db:
        row = db.execute(select(Forsok).where(Forsok.nokkel == key).with_for_update()).scalar_one_or_none()
        if row is None:
            db.add(Forsok(nokkel=key, fra=now, antall=1))
            return
        if row.fra + within <= now:
            row.fra, row.antall = now, 1
            return
        if row.antall < most:
            row.antall += 1
            return
        left = int((row.fra + within - now).total_seconds()) + 1
    raise TooMany(left)


def forget(what: str, who: str) -> None:
    """Start again at nothing, after a success."""
    key = keyring().pepper("forsok", f"{what}\x1f{who}")
    with writing(unverified=True) as db:
        db.execute(delete(Forsok).where(Forsok.nokkel == key))


def sweep(older_than: timedelta) -> int:
    """Remove counters begun longer ago than ``older_than``; returns how many."""
    with writing(unverified=True) as db:
        return database.changed(db, delete(Forsok).where(Forsok.fra < clock.now() - older_than))
