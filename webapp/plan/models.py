"""The plan: mål, steps both have said yes to, everything that happened to them, and each version of the whole."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform import clock
from webapp.platform.database import Base, KommuneRow, reference


class Plan(Base):
    """One plan for each bruker. ``versjon``: the number of the one that counts now; 0 before anything is agreed."""

    __tablename__ = "plan"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        CheckConstraint("versjon >= 0", name="versjon"),
        Index("ix_plan_evaluering", "kommune_id", "evaluering"),
    )

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bruker_id: Mapped[UUID] = mapped_column(primary_key=True)
    versjon: Mapped[int] = mapped_column(default=0)
    kjent: Mapped[int] = mapped_column(default=0)  # the latest version the bruker has confirmed knowing, for lists (P4)
    evaluering: Mapped[date]  # P2: always set
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    endret: Mapped[datetime] = mapped_column(default=clock.now)


class Mal(KommuneRow, Base):
    """A mål, or a delmål under one, in the bruker's own words. Nobody else writes it (K1)."""

    __tablename__ = "mal"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("overordnet_id", "mal"),
        CheckConstraint("tilstand in ('gjelder','nadd','lagt_bort')", name="tilstand"),
        UniqueConstraint("kommune_id", "bruker_id", "kilde"),  # taken from the mapping once
        Index("ix_mal_bruker", "kommune_id", "bruker_id", "laget"),
    )

    bruker_id: Mapped[UUID]
    overordnet_id: Mapped[UUID | None]
    tekst: Mapped[bytes] = mapped_column(LargeBinary)
    sprak: Mapped[str] = mapped_column(String(10))
    tilstand: Mapped[str] = mapped_column(String(10), default="gjelder")
    kilde: Mapped[str | None] = mapped_column(String(64))  # keyed fingerprint of the answer it was taken from (K4)
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    endret: Mapped[datetime] = mapped_column(default=clock.now)


class Aktivitet(KommuneRow, Base):
    """A step as it stands now. Agreed only when both have said yes to the same text, with a date (P1, P2)."""

    __tablename__ = "aktivitet"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("mal_id", "mal"),
        CheckConstraint(
            "tilstand in ('foreslatt_bruker','foreslatt_nav','ikke_nyttig','avslatt','trukket','avtalt','pause',"
            "'gjort','avsluttet')",
            name="tilstand",
        ),
        # P1 and P2 in the data: whatever the program does, this cannot be «avtalt» alone, nor without a day.
        CheckConstraint(
            "tilstand not in ('avtalt','pause','gjort') or (ja_bruker_versjon is not null and ja_nav_versjon is not"
            " null and ja_bruker_versjon = versjon and ja_nav_versjon = versjon and frist is not null)",
            name="avtalt",
        ),
        CheckConstraint(
            "tilstand <> 'foreslatt_bruker' or (ja_bruker_versjon is not null and ja_bruker_versjon = versjon)",
            name="bruker_foreslo",
        ),
        CheckConstraint(
            "tilstand <> 'foreslatt_nav' or (ja_nav_versjon is not null and ja_nav_versjon = versjon)",
            name="nav_foreslo",
        ),
        CheckConstraint("versjon >= 1", name="versjon"),
        CheckConstraint("start is null or frist is null or frist >= start", name="datoer"),
        CheckConstraint("ansvar in ('bruker','nav','andre')", name="ansvar"),
        CheckConstraint(
            "hvor_ofte in ('en_gang','daglig','ukentlig','annenhver_uke','manedlig','etter_avtale')", name="hvor_ofte"
        ),
        UniqueConstraint("kommune_id", "bruker_id", "kilde"),
        Index("ix_aktivitet_bruker", "kommune_id", "bruker_id", "tilstand"),
    )

    bruker_id: Mapped[UUID]
    mal_id: Mapped[UUID | None]
    # Sealed JSON: what, why, kind and who. That somebody is to see a doctor must not be readable from a code either.
    innhold: Mapped[bytes] = mapped_column(LargeBinary)
    ansvar: Mapped[str] = mapped_column(String(10))  # only whether it is the bruker's, Nav's or somebody else's to do
    start: Mapped[date | None]
    frist: Mapped[date | None]
    hvor_ofte: Mapped[str] = mapped_column(String(15), default="en_gang")
    tilstand: Mapped[str] = mapped_column(String(20))
    versjon: Mapped[int] = mapped_column(default=1)
    ja_bruker_versjon: Mapped[int | None]
    ja_nav_versjon: Mapped[int | None]
    kilde: Mapped[str | None] = mapped_column(String(64))
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    endret: Mapped[datetime] = mapped_column(default=clock.now)


class Planhendelse(KommuneRow, Base):
    """One thing that happened in the plan, with the words as they were before and after (P3). Append-only."""

    __tablename__ = "planhendelse"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("ansatt_id", "ansatt"),
        reference("aktivitet_id", "aktivitet"),
        reference("mal_id", "mal"),
        CheckConstraint("rolle in ('bruker','nav')", name="rolle"),
        CheckConstraint("(rolle = 'nav') = (ansatt_id is not null)", name="hvem"),
        Index("ix_planhendelse_bruker", "kommune_id", "bruker_id", "laget"),
        Index("ix_planhendelse_aktivitet", "kommune_id", "aktivitet_id", "laget"),
    )

    bruker_id: Mapped[UUID]
    aktivitet_id: Mapped[UUID | None]
    mal_id: Mapped[UUID | None]
    hva: Mapped[str] = mapped_column(String(20))  # a Handling, «foresla», or what happened to a mål or the plan
    rolle: Mapped[str] = mapped_column(String(10))
    ansatt_id: Mapped[UUID | None]
    hjelper: Mapped[str | None] = mapped_column(String(10))  # K1: who typed, if not the bruker
    tilstand: Mapped[str | None] = mapped_column(String(20))  # what it became
    innhold: Mapped[bytes] = mapped_column(LargeBinary)  # sealed JSON {for, etter, ord}
    sprak: Mapped[str] = mapped_column(String(10))
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Planversjon(KommuneRow, Base):
    """Everything that was agreed from a moment on (P4). Append-only."""

    __tablename__ = "planversjon"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        UniqueConstraint("kommune_id", "bruker_id", "nummer"),
        CheckConstraint("nummer >= 1", name="nummer"),
        Index("ix_planversjon_gjelder", "kommune_id", "bruker_id", "gjelder_fra"),
    )

    bruker_id: Mapped[UUID]
    nummer: Mapped[int]
    innhold: Mapped[bytes] = mapped_column(LargeBinary)  # sealed JSON
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))  # of the sealed bytes
    gjelder_fra: Mapped[datetime] = mapped_column(default=clock.now)


class Plankjennskap(KommuneRow, Base):
    """The bruker confirms knowing a version (P4). Knowing is not agreeing. Append-only."""

    __tablename__ = "plankjennskap"
    __table_args__ = (
        reference("planversjon_id", "planversjon"),
        reference("bruker_id", "bruker"),
        UniqueConstraint("kommune_id", "planversjon_id"),
        Index("ix_plankjennskap_bruker", "kommune_id", "bruker_id", "laget"),
    )

    planversjon_id: Mapped[UUID]
    bruker_id: Mapped[UUID]
    hjelper: Mapped[str | None] = mapped_column(String(10))
    sprak: Mapped[str] = mapped_column(String(10))
    laget: Mapped[datetime] = mapped_column(default=clock.now)
