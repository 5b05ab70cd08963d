"""What the bruker chose, which devices get push messages, and what was sent. No address stands here in clear."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform import clock
from webapp.platform.database import Base, KommuneRow, reference


class Paminnelsevalg(Base):
    """What one bruker agreed to. Without a row: nothing but the front page of Medvirk itself."""

    __tablename__ = "paminnelsevalg"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        CheckConstraint("stille_fra between 0 and 23 and stille_til between 0 and 23", name="stille"),
    )

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bruker_id: Mapped[UUID] = mapped_column(primary_key=True)
    epost: Mapped[bool] = mapped_column(default=False)
    sms: Mapped[bool] = mapped_column(default=False)
    adresse: Mapped[bytes | None] = mapped_column(LargeBinary)  # sealed JSON: epost, telefon, as the bruker agreed to
    stille_fra: Mapped[int] = mapped_column(default=21)  # hours in Oslo; the same twice: no quiet hours
    stille_til: Mapped[int] = mapped_column(default=8)
    endret: Mapped[datetime] = mapped_column(default=clock.now)
    # Messages on a phone ended with its session, or another has taken it over; empty once they have chosen.
    push_stanset: Mapped[datetime | None]


class Pushabonnement(KommuneRow, Base):
    """One device that shows push messages for one bruker. The address and the keys are sealed."""

    __tablename__ = "pushabonnement"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        UniqueConstraint("kommune_id", "hash"),  # K10: one device belongs to one person at a time
        Index("ix_pushabonnement_bruker", "kommune_id", "bruker_id"),
    )

    bruker_id: Mapped[UUID]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # keyed, of the address: to find it again
    abonnement: Mapped[bytes] = mapped_column(LargeBinary)
    enhet: Mapped[str] = mapped_column(String(60), default="")
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Sammendragsvalg(Base):
    """Where an ansatt gets the daily summary. The address is sealed with the kommune's key."""

    __tablename__ = "sammendragsvalg"
    __table_args__ = (reference("ansatt_id", "ansatt"),)

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    ansatt_id: Mapped[UUID] = mapped_column(primary_key=True)
    pa: Mapped[bool] = mapped_column(default=True)
    adresse: Mapped[bytes] = mapped_column(LargeBinary)
    endret: Mapped[datetime] = mapped_column(default=clock.now)


class PaminnelseSendt(KommuneRow, Base):
    """What was sent to a bruker, by which channel, when, and what was answered. Append-only: evidence beside U3.

    It says that a message was handed over. It never says that it was read, and starts no deadline.
    """

    __tablename__ = "paminnelse_sendt"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        CheckConstraint("kanal in ('medvirk','epost','push','sms')", name="kanal"),
        CheckConstraint("resultat in ('synlig','sendt','uviss','avvist')", name="resultat"),
        UniqueConstraint("kommune_id", "utboks_id", "resultat"),
        Index("ix_paminnelse_sendt_bruker", "kommune_id", "bruker_id", "nar"),
    )

    bruker_id: Mapped[UUID]
    utboks_id: Mapped[UUID]  # no reference: the outbox is tidied, the evidence stays
    hendelse: Mapped[str] = mapped_column(String(12))
    ref: Mapped[UUID]
    trinn: Mapped[str] = mapped_column(String(12))
    kanal: Mapped[str] = mapped_column(String(10))
    resultat: Mapped[str] = mapped_column(String(10))
    kode: Mapped[str] = mapped_column(String(20))  # what the mail server, push service or gateway answered
    nar: Mapped[datetime]
