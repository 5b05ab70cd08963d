"""telefon: one table, one row a bruker at most."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform import clock
from webapp.platform.database import Base, reference


class Hjemskjerm(Base):
    """What the bruker answered when they were asked about the home screen. With an answer nobody asks again."""

    __tablename__ = "hjemskjerm"
    __table_args__ = (reference("bruker_id", "bruker"), CheckConstraint("svar in ('ja','nei')", name="svar"))

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bruker_id: Mapped[UUID] = mapped_column(primary_key=True)
    svar: Mapped[str] = mapped_column(String(3))
    nar: Mapped[datetime] = mapped_column(default=clock.now)
