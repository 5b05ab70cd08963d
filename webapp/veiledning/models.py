"""Råd og veiledning (§ 17): what was asked for, what was decided, the conversations, the end. All append-only."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform import clock
from webapp.platform.database import Base, KommuneRow, reference


class Radsoknad(KommuneRow, Base):
    """The bruker asks for råd og veiledning, in their own words."""

    __tablename__ = "radsoknad"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        UniqueConstraint("kommune_id", "nummer"),
        Index("ix_radsoknad_bruker", "kommune_id", "bruker_id", "laget"),
    )

    bruker_id: Mapped[UUID]
    nummer: Mapped[str] = mapped_column(String(12))  # what the receipt says
    innhold: Mapped[bytes] = mapped_column(LargeBinary)  # sealed JSON: areas and words
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str] = mapped_column(String(10))  # K1: bruker, hjelper, ansatt
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Radvedtak(KommuneRow, Base):
    """The outcome of the vedtak that was made in the fagsystem. One for each application: nothing is decided twice."""

    __tablename__ = "radvedtak"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("soknad_id", "radsoknad"),
        reference("ansatt_id", "ansatt"),
        UniqueConstraint("kommune_id", "soknad_id"),
        CheckConstraint("utfall in ('innvilget','avslatt')", name="utfall"),
        CheckConstraint("utfall <> 'innvilget' or start is not null", name="start"),
        CheckConstraint("klagefrist > dato", name="klagefrist"),
        Index("ix_radvedtak_bruker", "kommune_id", "bruker_id", "laget"),
    )

    bruker_id: Mapped[UUID]
    soknad_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    utfall: Mapped[str] = mapped_column(String(10))
    nummer: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: the number in the fagsystem
    dato: Mapped[date]
    start: Mapped[date | None]
    tekst: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: what it consists of, or why not
    klagefrist: Mapped[date]
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Radsamtale(KommuneRow, Base):
    """A conversation of the service, in words that the bruker reads too."""

    __tablename__ = "radsamtale"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("vedtak_id", "radvedtak"),
        reference("ansatt_id", "ansatt"),
        Index("ix_radsamtale_bruker", "kommune_id", "bruker_id", "dato"),
    )

    bruker_id: Mapped[UUID]
    vedtak_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    dato: Mapped[date]
    tekst: Mapped[bytes] = mapped_column(LargeBinary)
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Radslutt(KommuneRow, Base):
    """The end of the service, with what came of it."""

    __tablename__ = "radslutt"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("vedtak_id", "radvedtak"),
        reference("ansatt_id", "ansatt"),
        UniqueConstraint("kommune_id", "vedtak_id"),
        Index("ix_radslutt_bruker", "kommune_id", "bruker_id"),
    )

    bruker_id: Mapped[UUID]
    vedtak_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    dato: Mapped[date]
    tekst: Mapped[bytes] = mapped_column(LargeBinary)
    laget: Mapped[datetime] = mapped_column(default=clock.now)
