"""A klage as it was sent or told, what the bruker added, and each step that was taken with it. All append-only."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform import clock
from webapp.platform.database import Base, KommuneRow, reference


class Klage(KommuneRow, Base):
    """The bruker complains, in their own words. Taken in also when it is late; then it says so."""

    __tablename__ = "klage"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        UniqueConstraint("kommune_id", "nummer"),
        CheckConstraint("mal_type in ('vedtak','vilkar','reduksjon','rad')", name="mal_type"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
        Index("ix_klage_bruker", "kommune_id", "bruker_id", "laget"),
    )

    bruker_id: Mapped[UUID]
    # What it is against. The rooms that hold these are several, so the database cannot point: the service asks them.
    mal_type: Mapped[str] = mapped_column(String(10))
    mal_id: Mapped[UUID]
    nummer: Mapped[str] = mapped_column(String(12))  # what the receipt says
    innhold: Mapped[bytes] = mapped_column(LargeBinary)  # sealed JSON: what it is against in words, and their own words
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))  # of the sealed content
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str] = mapped_column(String(10))  # K1
    klagefrist: Mapped[date]  # as it was when the klage came
    for_sent: Mapped[bool]
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Klagesteg(KommuneRow, Base):
    """One step: taken in hand, considered, sent on, answered. Each once, in that order (rules.py)."""

    __tablename__ = "klagesteg"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("klage_id", "klage"),
        reference("ansatt_id", "ansatt"),
        UniqueConstraint("kommune_id", "klage_id", "nr"),
        CheckConstraint(
            "(nr = 1 and steg = 'mottatt') or (nr = 2 and steg in ('omgjort','opprettholdt')) "
            "or (nr = 3 and steg = 'sendt') or (nr = 4 and steg in ('medhold','delvis','ikke_medhold','opphevet'))",
            name="steg",
        ),
        Index("ix_klagesteg_bruker", "kommune_id", "bruker_id", "laget"),
    )

    bruker_id: Mapped[UUID]
    klage_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    nr: Mapped[int]
    steg: Mapped[str] = mapped_column(String(15))
    dato: Mapped[date]  # when it was done; the row itself says when it was written here
    tekst: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: to the bruker
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Klagetillegg(KommuneRow, Base):
    """The bruker adds to a klage that was sent. Taken in wherever the klage is, until it has its answer."""

    __tablename__ = "klagetillegg"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("klage_id", "klage"),
        UniqueConstraint("kommune_id", "nummer"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
        Index("ix_klagetillegg_bruker", "kommune_id", "bruker_id", "klage_id"),
    )

    bruker_id: Mapped[UUID]
    klage_id: Mapped[UUID]
    nummer: Mapped[str] = mapped_column(String(12))  # what the receipt says
    tekst: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: their own words
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))  # of the sealed words
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str] = mapped_column(String(10))
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Klagetilleggsteg(KommuneRow, Base):
    """What was added has been considered with the klage, or sent on. Once: without it, it waits for the office."""

    __tablename__ = "klagetilleggsteg"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("tillegg_id", "klagetillegg"),
        reference("ansatt_id", "ansatt"),
        UniqueConstraint("kommune_id", "tillegg_id"),
        CheckConstraint("steg in ('vurdert','sendt')", name="steg"),
        Index("ix_klagetilleggsteg_bruker", "kommune_id", "bruker_id"),
    )

    bruker_id: Mapped[UUID]
    tillegg_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    steg: Mapped[str] = mapped_column(String(10))
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Klagetrekk(KommuneRow, Base):
    """The bruker has withdrawn the klage. It stays, with its words; a new one can be sent."""

    __tablename__ = "klagetrekk"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("klage_id", "klage"),
        UniqueConstraint("kommune_id", "klage_id"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
        Index("ix_klagetrekk_bruker", "kommune_id", "bruker_id"),
    )

    bruker_id: Mapped[UUID]
    klage_id: Mapped[UUID]
    tekst: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: why, when they said why
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str] = mapped_column(String(10))
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Klagenedtegning(KommuneRow, Base):
    """This klage was told and not typed: who wrote it down, and the day it was told, which is the day it came."""

    __tablename__ = "klagenedtegning"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("klage_id", "klage"),
        reference("ansatt_id", "ansatt"),
        UniqueConstraint("kommune_id", "klage_id"),
        CheckConstraint("hvordan in ('telefon','kontor')", name="hvordan"),
        Index("ix_klagenedtegning_bruker", "kommune_id", "bruker_id"),
    )

    bruker_id: Mapped[UUID]
    klage_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    hvordan: Mapped[str] = mapped_column(String(10))
    sagt: Mapped[date]
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Klageretting(KommuneRow, Base):
    """The bruker puts right (or confirms, with the same words) what was written down for them. Both stay."""

    __tablename__ = "klageretting"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("klage_id", "klage"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
        Index("ix_klageretting_bruker", "kommune_id", "bruker_id", "klage_id"),
    )

    bruker_id: Mapped[UUID]
    klage_id: Mapped[UUID]
    innhold: Mapped[bytes] = mapped_column(LargeBinary)  # sealed JSON, as in ``klage``
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str] = mapped_column(String(10))
    laget: Mapped[datetime] = mapped_column(default=clock.now)
