"""Meetings that the bruker sees (S4): what both want to take up, the note, the comment, and how it was."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform import clock
from webapp.platform.database import Base, KommuneRow, reference

_UNREAD = text("ulest IS NOT NULL")


class Mote(KommuneRow, Base):
    """A meeting about a bruker. ``holdt`` after a delivery stops the conversation clock (K8)."""

    __tablename__ = "mote"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("ansatt_id", "ansatt"),
        reference("levering_id", "levering"),
        CheckConstraint("tilstand in ('avtalt','holdt','avlyst','ikke_holdt')", name="tilstand"),
        CheckConstraint("form in ('kontor','telefon','video','annet')", name="form"),
        CheckConstraint("ulest in ('kommentar','vurdering')", name="ulest"),
        CheckConstraint("melding_av is null or melding is not null", name="melding_av"),
        Index("ix_mote_bruker", "kommune_id", "bruker_id", "nar"),
        Index("ix_mote_ansatt", "kommune_id", "ansatt_id", "tilstand", "nar"),
        Index("ix_mote_ulest", "kommune_id", "bruker_id", sqlite_where=_UNREAD, postgresql_where=_UNREAD),
    )

    bruker_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]  # whom the bruker meets
    byttet: Mapped[datetime | None]  # when it last went to somebody else
    levering_id: Mapped[UUID | None]  # set when the meeting is the gjennomgang of a delivered mapping
    nar: Mapped[datetime]
    minutter: Mapped[int] = mapped_column(default=45)
    form: Mapped[str] = mapped_column(String(10))
    sted: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: address, number to call, who else takes part
    melding: Mapped[bytes | None] = mapped_column(
        LargeBinary
    )  # sealed: the office's words to the bruker, the latest ones
    melding_av: Mapped[UUID | None]  # whose words they are; empty in older rows, of which nobody knows
    tilstand: Mapped[str] = mapped_column(String(12), default="avtalt")
    sekvens: Mapped[int] = mapped_column(
        default=0
    )  # goes up when the time or the place changes, so that calendars and reminders follow (RFC 5545)
    ulest: Mapped[str | None] = mapped_column(String(10))  # what the bruker has said that the veileder has not seen
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    endret: Mapped[datetime] = mapped_column(default=clock.now)


class Dagsorden(Base):
    """«Dette vil jeg ta opp»: the bruker's own words before a meeting. Theirs to change until it has been held."""

    __tablename__ = "dagsorden"
    __table_args__ = (
        reference("mote_id", "mote"),
        reference("bruker_id", "bruker"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
    )

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mote_id: Mapped[UUID] = mapped_column(primary_key=True)
    bruker_id: Mapped[UUID]
    tekst: Mapped[bytes] = mapped_column(LargeBinary)
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str | None] = mapped_column(String(10))  # K1: who typed; None: from before this was kept (0023)
    endret: Mapped[datetime] = mapped_column(default=clock.now)


class Samtalenotat(KommuneRow, Base):
    """The veileder's working copy of the note. Nobody else sees it before it is shared."""

    __tablename__ = "samtalenotat"
    __table_args__ = (
        reference("mote_id", "mote"),
        reference("bruker_id", "bruker"),
        reference("ansatt_id", "ansatt"),
        UniqueConstraint("kommune_id", "mote_id"),
        Index("ix_samtalenotat_bruker", "kommune_id", "bruker_id"),
    )

    mote_id: Mapped[UUID]
    bruker_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    innhold: Mapped[bytes] = mapped_column(LargeBinary)  # sealed {point id: text}
    versjon: Mapped[int] = mapped_column(default=1)
    endret: Mapped[datetime] = mapped_column(default=clock.now)


class Notatversjon(KommuneRow, Base):
    """The note as it was shared with the bruker. Sharing again makes a new version. Append-only."""

    __tablename__ = "notatversjon"
    __table_args__ = (
        reference("notat_id", "samtalenotat"),
        reference("bruker_id", "bruker"),
        reference("ansatt_id", "ansatt"),
        UniqueConstraint("kommune_id", "notat_id", "versjon"),
        Index("ix_notatversjon_bruker", "kommune_id", "bruker_id", "delt"),
    )

    notat_id: Mapped[UUID]
    bruker_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    versjon: Mapped[int]
    innhold: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    delt: Mapped[datetime] = mapped_column(default=clock.now)


class Notatkommentar(KommuneRow, Base):
    """The bruker's comment on a shared note. Append-only."""

    __tablename__ = "notatkommentar"
    __table_args__ = (
        reference("notatversjon_id", "notatversjon"),
        reference("bruker_id", "bruker"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
        Index("ix_notatkommentar_versjon", "kommune_id", "notatversjon_id"),
    )

    notatversjon_id: Mapped[UUID]
    bruker_id: Mapped[UUID]
    tekst: Mapped[bytes] = mapped_column(LargeBinary)
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str | None] = mapped_column(String(10))  # K1: who typed; None: from before this was kept (0023)
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Motevurdering(KommuneRow, Base):
    """«Hvordan var dette møtet for deg?» The latest one counts; earlier ones stay. Append-only."""

    __tablename__ = "motevurdering"
    __table_args__ = (
        reference("mote_id", "mote"),
        reference("bruker_id", "bruker"),
        CheckConstraint("ansikt between 1 and 5", name="ansikt"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
        Index("ix_motevurdering_mote", "kommune_id", "mote_id"),
    )

    mote_id: Mapped[UUID]
    bruker_id: Mapped[UUID]
    ansikt: Mapped[int]  # 1 very bad … 5 very good; always shown with its words
    tekst: Mapped[bytes] = mapped_column(LargeBinary)
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str | None] = mapped_column(String(10))  # K1: who typed; None: from before this was kept (0023)
    laget: Mapped[datetime] = mapped_column(default=clock.now)
