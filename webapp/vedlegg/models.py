"""Attachments, sealed, and what each was sent with."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform import clock
from webapp.platform.database import Base, KommuneRow, reference


class Vedlegg(KommuneRow, Base):
    """A washed file. The database refuses to change it; it can be removed only while it has not been sent with
    anything (then ``vedleggskobling`` points at it)."""

    __tablename__ = "vedlegg"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("ansatt_id", "ansatt"),
        CheckConstraint("mime in ('image/jpeg','application/pdf')", name="mime"),
        CheckConstraint("lagt_til_av in ('bruker','hjelper','ansatt')", name="lagt_til_av"),
        Index("ix_vedlegg_bruker", "kommune_id", "bruker_id", "laget"),
        Index("ix_vedlegg_laget", "kommune_id", "laget"),
    )

    bruker_id: Mapped[UUID]
    ansatt_id: Mapped[UUID | None]  # the ansatt who added it from the office's side
    lagt_til_av: Mapped[str] = mapped_column(String(10))  # K1: bruker, or who typed for the bruker, or the office
    skjema: Mapped[str] = mapped_column(String(300))  # the address of the form it was added in
    navn: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: the file's name
    mime: Mapped[str] = mapped_column(String(20))
    storrelse: Mapped[int]
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    # Last in the row, so that reading the others never reads through it.
    innhold: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, sort_order=100)  # sealed: the file


class Vedleggskobling(Base):
    """What an attachment was sent with: one thing, once. Append-only."""

    __tablename__ = "vedleggskobling"
    __table_args__ = (
        reference("vedlegg_id", "vedlegg"),
        reference("bruker_id", "bruker"),
        Index("ix_vedleggskobling_opphav", "kommune_id", "bruker_id", "opphav_type", "opphav_id"),
    )

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    vedlegg_id: Mapped[UUID] = mapped_column(primary_key=True)
    bruker_id: Mapped[UUID]
    opphav_type: Mapped[str] = mapped_column(String(20))  # klage, uttalelse, vilkarmelding, vedtak …
    opphav_id: Mapped[UUID]
    laget: Mapped[datetime] = mapped_column(default=clock.now)
