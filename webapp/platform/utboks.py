"""The outbox: who is to be told that there is news, and when. Written in the same transaction as what happened.

No words and no address stand here: only who, what kind, which row, when. The words that are sent are always the same
(S6), and the address is opened when it is needed. Sending is the room paminnelse; every other room calls ``legg``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, CursorResult, Index, String, UniqueConstraint, delete, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.platform import clock, ids
from webapp.platform.database import Base, KommuneRow, changed, reference

NONE = UUID(int=0)  # where nothing in particular is meant; NULL would not be equal to itself in a unique constraint


class Hendelse(StrEnum):
    """What there is news about. Never told to anybody outside the program."""

    VARSEL = "varsel"  # forhåndsvarsel
    VILKAR = "vilkar"  # something to read and confirm
    MOTE = "mote"  # meeting tomorrow, or at another time, or not at all
    MERKNAD = "merknad"
    NOTAT = "notat"
    AVGJORELSE = "avgjorelse"
    KLAGE = "klage"  # something was decided about a klage
    RAD = "rad"  # råd og veiledning was decided
    MINI = "mini"  # the mini-mapping is due (K7)
    SAMMENDRAG = "sammendrag"  # the daily summary, to an ansatt
    PROVE = "prove"  # the bruker tries a channel


class Kanal(StrEnum):
    """By what. ``fordel``: not decided yet; at its time it becomes one row for each channel the bruker has chosen."""

    FORDEL = "fordel"
    EPOST = "epost"
    PUSH = "push"
    SMS = "sms"


class Tilstand(StrEnum):
    """Where a row stands. What each means after a crash: webapp/paminnelse/arbeider.py."""

    VENTER = "venter"
    TATT = "tatt"  # a worker has it, and has certainly not sent it
    SENDER = "sender"  # being handed over at this moment
    SENDT = "sendt"
    UVISS = "uviss"  # it was handed over, and the answer was lost
    AVLYST = "avlyst"  # no longer of interest
    DOD = "dod"  # given up: the administrator sees it


def _among(column: str, kinds: type[StrEnum]) -> CheckConstraint:
    return CheckConstraint(f"{column} in ({','.join(repr(kind.value) for kind in kinds)})", name=column)


# A try is asked for there and then, and tells of nothing. (A summary has no bruker, and is no second one of anything.)
_ON_ITS_WAY = text("tilstand in ('tatt','sender') and hendelse <> 'prove'")


class Utboks(KommuneRow, Base):
    """One thing to tell one person, once, by one channel."""

    __tablename__ = "utboks"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("ansatt_id", "ansatt"),
        CheckConstraint("(bruker_id is null) <> (ansatt_id is null)", name="en_mottaker"),
        _among("hendelse", Hendelse),
        _among("kanal", Kanal),
        _among("tilstand", Tilstand),
        # Nothing is put here twice, whoever tries and however often.
        UniqueConstraint("kommune_id", "hendelse", "ref", "trinn", "versjon", "kanal", "mal_id", name="uq_utboks_en"),
        # One person has one message on its way in a channel, on a device: the words are the same. Two workers cannot
        # both take one; the second looks again when the first is settled (webapp/paminnelse/samling.py).
        Index(
            "uq_utboks_underveis",
            *("kommune_id", "bruker_id", "kanal", "mal_id"),
            unique=True,
            sqlite_where=_ON_ITS_WAY,
            postgresql_where=_ON_ITS_WAY,
        ),
        Index("ix_utboks_ko", "kommune_id", "tilstand", "neste_forsok"),
        Index("ix_utboks_bruker", "kommune_id", "bruker_id", "kanal", "laget"),
    )

    bruker_id: Mapped[UUID | None]
    ansatt_id: Mapped[UUID | None]
    hendelse: Mapped[str] = mapped_column(String(12))
    ref: Mapped[UUID]  # the row it is about
    trinn: Mapped[str] = mapped_column(String(12))  # which of several reminders about it
    versjon: Mapped[int] = mapped_column(default=0)  # of what it is about: a moved meeting is another one
    kanal: Mapped[str] = mapped_column(String(10), default=Kanal.FORDEL.value)
    mal_id: Mapped[UUID] = mapped_column(default=NONE)  # push: which of the person's devices
    send_etter: Mapped[datetime]
    neste_forsok: Mapped[datetime]
    forsok: Mapped[int] = mapped_column(default=0)
    tilstand: Mapped[str] = mapped_column(String(10), default=Tilstand.VENTER.value)
    tatt_av: Mapped[UUID | None]  # which worker
    tatt_til: Mapped[datetime | None]  # and until when it is believed to be alive
    kode: Mapped[str] = mapped_column(String(20), default="")  # the latest answer, as a code
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    endret: Mapped[datetime] = mapped_column(default=clock.now)


def legg(
    db: Session,
    kommune_id: int,
    hendelse: Hendelse,
    ref: UUID,
    nar: Mapping[str, datetime],
    *,
    bruker_id: UUID | None = None,
    ansatt_id: UUID | None = None,
    versjon: int = 0,
    kanal: Kanal = Kanal.FORDEL,
    mal_id: UUID = NONE,
) -> int:
    """Put reminders in the outbox, in the caller's transaction: ``nar`` says which («trinn»), and when each.

    What is there already stays as it is. Returns how many were new.
    """
    now = clock.now()
    new = 0
    for trinn, moment in nar.items():
        row = {
            "id": ids.new_id(),
            "kommune_id": kommune_id,
            "bruker_id": bruker_id,
            "ansatt_id": ansatt_id,
            "hendelse": hendelse.value,
            "ref": ref,
            "trinn": trinn,
            "versjon": versjon,
            "kanal": kanal.value,
            "mal_id": mal_id,
            "send_etter": moment,
            "neste_forsok": moment,
            "laget": now,
            "endret": now,
        }
        result = db.execute(_insert(db).execution_options(preserve_rowcount=True), {**_NEW, **row})
        assert isinstance(result, CursorResult)
        new += result.rowcount
    return new


def insert(db: Session, rows: list[dict[str, Any]]) -> None:
    """Add rows that are not there already."""
    if rows:
        db.execute(_insert(db), [{**_NEW, **row} for row in rows])


_NEW = {"forsok": 0, "tilstand": Tilstand.VENTER.value, "kode": ""}


def _insert(db: Session) -> Any:
    """The values come beside the statement, and not in it: then it is put into words once, and not for every batch."""
    dialect = postgresql if db.get_bind().dialect.name == "postgresql" else sqlite
    return dialect.insert(Utboks.__table__).on_conflict_do_nothing()


def forget_bruker(db: Session, kommune_id: int, bruker_id: UUID) -> int:
    """The person is deleted: nobody is to be told anything. What was sent stays as evidence, without words."""
    return changed(db, delete(Utboks).where(Utboks.kommune_id == kommune_id, Utboks.bruker_id == bruker_id))
