"""What an interpreter says that the bruker's own words mean: beside them, never instead of them (K1)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform.database import Base, KommuneRow, reference


class Gjengivelse(KommuneRow, Base):
    """One rendering in Norwegian, as a member of staff wrote it down. Another one is a new row. Append-only."""

    __tablename__ = "gjengivelse"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("ansatt_id", "ansatt"),
        CheckConstraint(
            "kilde_type in ('levering','merknadsvar','uttalelse','klage','klagetillegg','motekommentar')",
            name="kilde_type",
        ),
        CheckConstraint("(felt = '') = (kilde_type <> 'levering')", name="felt"),
        Index("ix_gjengivelse_kilde", "kommune_id", "bruker_id", "kilde_id"),
    )

    bruker_id: Mapped[UUID]
    # Where the words stand. The rooms that hold them are several, so the database cannot point: the service asks them.
    kilde_type: Mapped[str] = mapped_column(String(15))
    kilde_id: Mapped[UUID]
    felt: Mapped[str] = mapped_column(String(60))  # the question, in a levering; else empty
    ansatt_id: Mapped[UUID]  # who wrote it down
    tekst: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: the rendering, in Norwegian
    tolk: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: who interpreted; may be empty
    laget: Mapped[datetime]
