"""The kommune: the wall that nothing is read across, and the key for what is compared without being read."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from flask import current_app
from sqlalchemy import LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.platform import clock
from webapp.platform.database import Base
from webapp.platform.sealing import Keyring, Place, Seal


class Kommune(Base):
    """A municipality."""

    __tablename__ = "kommune"

    id: Mapped[int] = mapped_column(primary_key=True)
    nummer: Mapped[str] = mapped_column(String(4), unique=True)
    navn: Mapped[str] = mapped_column(String(100))
    nokkel: Mapped[bytes] = mapped_column(LargeBinary)
    hovednokkel: Mapped[str] = mapped_column(String(20))
    laget: Mapped[datetime] = mapped_column(default=clock.now)


def keyring() -> Keyring:
    """The master keys of the current app."""
    ring: Keyring = current_app.extensions["medvirk.keyring"]
    return ring


def key_place(kommune_id: int) -> Place:
    """Where the kommune's own key lives."""
    return Place("kommune", "nokkel", kommune_id, "kommune")


def seal_of(db: Session, kommune_id: int) -> Seal:
    """The kommune's own seal. Raises LookupError for an unknown kommune."""
    row = db.execute(select(Kommune.nokkel, Kommune.hovednokkel).where(Kommune.id == kommune_id)).one_or_none()
    if row is None:
        raise LookupError(f"no kommune {kommune_id}")
    return _unwrapped(keyring(), kommune_id, row.nokkel, row.hovednokkel)


@lru_cache(maxsize=512)
def _unwrapped(ring: Keyring, kommune_id: int, wrapped: bytes, master: str) -> Seal:
    return ring.unwrap(wrapped, master, key_place(kommune_id))
