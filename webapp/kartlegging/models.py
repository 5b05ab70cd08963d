"""The mapping: answers as typed, frozen versions, remarks beside them, and the state that lists are made of."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform import clock
from webapp.platform.database import Base, KommuneRow, reference


class Kartlegging(Base):
    """Where one bruker's mapping stands: what the worklist and the clock (K8) read without opening anything sealed."""

    __tablename__ = "kartlegging"
    __table_args__ = (reference("bruker_id", "bruker"),)

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bruker_id: Mapped[UUID] = mapped_column(primary_key=True)
    visning: Mapped[str] = mapped_column(String(20))  # the view the bruker is in now (K3); theirs to change
    tilbudt: Mapped[str | None] = mapped_column(String(20))  # a view that the veileder offers, until one is chosen (K3)
    begynt: Mapped[datetime | None]
    endret: Mapped[datetime | None]
    sist_tema: Mapped[str | None] = mapped_column(String(40))
    siste_levering_id: Mapped[UUID | None]
    levert: Mapped[datetime | None]
    lest: Mapped[datetime | None]  # when the responsible veileder first opened the latest delivery
    samtale_frist: Mapped[date | None]  # K8: a conversation before the end of this day (Oslo)
    samtale_holdt: Mapped[datetime | None]
    plan_frist: Mapped[date | None]  # K8: a plan step before the end of this day
    plan_fulgt: Mapped[datetime | None]
    mini_frist: Mapped[date | None]  # K7: when the mini-mapping is offered
    venter_svar: Mapped[int] = mapped_column(default=0)  # questions from the veileder that the bruker has not answered
    nye_svar: Mapped[int] = mapped_column(default=0)  # answers from the bruker that the veileder has not seen


class Svar(Base):
    """The present answer to one question, exactly as typed, valid or not. The bruker's words are the bruker's (K1)."""

    __tablename__ = "svar"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
    )

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bruker_id: Mapped[UUID] = mapped_column(primary_key=True)
    sporsmal: Mapped[str] = mapped_column(String(60), primary_key=True)
    tema: Mapped[str] = mapped_column(String(40))
    # Sealed {"verdi": str | [str], "vil_ikke": bool}, with "fortsatt" and "bekreftet" where the bruker has said it.
    verdi: Mapped[bytes] = mapped_column(LargeBinary)
    versjon: Mapped[int]  # goes up by one for each change; a save says which one it started from
    endret: Mapped[datetime]
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str] = mapped_column(String(10))  # K1: who typed
    ansatt_id: Mapped[UUID | None]


class Svarkonflikt(KommuneRow, Base):
    """Text typed in one place while the same answer was changed in another. Kept until the bruker has chosen."""

    __tablename__ = "svarkonflikt"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
        Index("ix_svarkonflikt_bruker", "kommune_id", "bruker_id", "lost"),
    )

    bruker_id: Mapped[UUID]
    sporsmal: Mapped[str] = mapped_column(String(60))
    verdi: Mapped[bytes] = mapped_column(LargeBinary)
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    lost: Mapped[datetime | None]
    # As in Svar. Empty in those kept before it was written down (0018): nobody knows, and nothing is guessed at.
    sprak: Mapped[str | None] = mapped_column(String(10))
    skrevet_av: Mapped[str | None] = mapped_column(String(10))  # K1: who typed
    ansatt_id: Mapped[UUID | None]


class Levering(KommuneRow, Base):
    """A delivered, frozen version (K7). Append-only."""

    __tablename__ = "levering"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("forrige_id", "levering"),
        UniqueConstraint("kommune_id", "nummer"),
        UniqueConstraint("kommune_id", "bruker_id", "versjon"),
        UniqueConstraint("kommune_id", "bruker_id", "nokkel"),  # sent twice, delivered once
    )

    bruker_id: Mapped[UUID]
    nummer: Mapped[str] = mapped_column(String(20))
    versjon: Mapped[int]
    forrige_id: Mapped[UUID | None]
    nokkel: Mapped[str] = mapped_column(String(64))
    visning: Mapped[str] = mapped_column(String(20))
    skjema_versjon: Mapped[str] = mapped_column(String(20))
    sprak: Mapped[str] = mapped_column(String(10))
    levert: Mapped[datetime]
    innhold: Mapped[bytes] = mapped_column(LargeBinary)  # sealed canonical JSON, see kartlegging/versjoner.py
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))  # of the canonical JSON, which holds a random salt
    samtale_frist: Mapped[date]
    plan_frist: Mapped[date]


class Merknad(KommuneRow, Base):
    """What the veileder notes or asks beside an answer, visibly someone else's (K1, K11). Append-only."""

    __tablename__ = "merknad"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("levering_id", "levering"),
        reference("ansatt_id", "ansatt"),
        CheckConstraint("slag in ('merknad','sporsmal')", name="slag"),
        Index("ix_merknad_bruker", "kommune_id", "bruker_id", "levering_id"),
    )

    bruker_id: Mapped[UUID]
    levering_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    sporsmal: Mapped[str] = mapped_column(String(60))
    slag: Mapped[str] = mapped_column(String(10))
    tekst: Mapped[bytes] = mapped_column(LargeBinary)
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Merknadsvar(KommuneRow, Base):
    """The bruker's answer to a remark or question. Append-only."""

    __tablename__ = "merknadsvar"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("merknad_id", "merknad"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
        Index("ix_merknadsvar_merknad", "kommune_id", "merknad_id"),
    )

    bruker_id: Mapped[UUID]
    merknad_id: Mapped[UUID]
    tekst: Mapped[bytes] = mapped_column(LargeBinary)
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str | None] = mapped_column(String(10))  # K1: who typed; None: from before this was kept (0023)
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Merknadversjon(Base):
    """The version in which the bruker changed the answer that a question stands beside: the question is answered (K11).

    One for each question, whatever is delivered later. Append-only.
    """

    __tablename__ = "merknadversjon"
    __table_args__ = (
        reference("merknad_id", "merknad"),
        reference("levering_id", "levering"),
        reference("bruker_id", "bruker"),
    )

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    merknad_id: Mapped[UUID] = mapped_column(primary_key=True)
    levering_id: Mapped[UUID]
    bruker_id: Mapped[UUID]
