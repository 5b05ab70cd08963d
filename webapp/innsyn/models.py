"""What the bruker asks about what is held about them: correction, deletion, something else (S3)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform import clock
from webapp.platform.database import Base, KommuneRow, reference


class Henvendelse(KommuneRow, Base):
    """A request from the bruker, and the answer when it has come."""

    __tablename__ = "henvendelse"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        CheckConstraint("slag in ('retting','sletting','annet')", name="slag"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
        Index("ix_henvendelse_bruker", "kommune_id", "bruker_id", "laget"),
    )

    bruker_id: Mapped[UUID]
    slag: Mapped[str] = mapped_column(String(10))
    tekst: Mapped[bytes] = mapped_column(LargeBinary)
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str | None] = mapped_column(String(10))  # K1: who typed; None: from before this was kept (0023)
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    svar: Mapped[bytes | None] = mapped_column(LargeBinary)
    besvart: Mapped[datetime | None]
    besvart_av: Mapped[UUID | None]
