"""Vedtak made in the fagsystem, the vilkår tied to them, and what the bruker says of them (V1–V6, F1–F3)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform import clock
from webapp.platform.database import Base, KommuneRow, reference


class Vedtak(KommuneRow, Base):
    """The key facts of a vedtak, as registered here. A correction is a new row that names the one it replaces.

    Append-only.
    """

    __tablename__ = "vedtak"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("ansatt_id", "ansatt"),
        reference("erstatter_id", "vedtak"),
        CheckConstraint("til is null or fra is null or til >= fra", name="periode"),
        CheckConstraint("ytelse in ('livsopphold','bolig','serlige','tjeneste')", name="ytelse"),
        CheckConstraint("klagefrist >= dato", name="klagefrist"),
        UniqueConstraint("kommune_id", "erstatter_id"),  # one correction of each: a chain, never a tree
        Index("ix_vedtak_bruker", "kommune_id", "bruker_id", "dato"),
    )

    bruker_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    erstatter_id: Mapped[UUID | None]
    nummer: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: the number in the fagsystem
    dato: Mapped[date]
    fra: Mapped[date | None]
    til: Mapped[date | None]
    hjemmel: Mapped[str] = mapped_column(String(20))  # platform/lov.py
    ytelse: Mapped[str] = mapped_column(String(15))
    reduksjon_oppgitt: Mapped[bool]  # the vedtak itself says that the benefit may be reduced (V2, U1)
    klagefrist: Mapped[date]
    grunner: Mapped[bytes | None] = mapped_column(LargeBinary)  # sealed: weighty reasons for none (V5)
    rad_vurdert: Mapped[bool] = mapped_column(default=False)  # V5: the need for råd og veiledning was considered
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Vilkar(KommuneRow, Base):
    """A vilkår. Its words are in ``vilkarversjon``; here is only where it stands."""

    __tablename__ = "vilkar"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("vedtak_id", "vedtak"),
        CheckConstraint("slag in ('aktivitet','okonomi','dokumentasjon')", name="slag"),
        CheckConstraint("tilstand in ('gjelder','oppfylt','ikke_oppfylt','opphort')", name="tilstand"),
        CheckConstraint("versjon >= 1", name="versjon"),
        CheckConstraint("svar in ('forstar','sporsmal','forklar')", name="svar"),
        Index("ix_vilkar_bruker", "kommune_id", "bruker_id", "tilstand"),
        Index("ix_vilkar_frist", "kommune_id", "tilstand", "frist"),
    )

    bruker_id: Mapped[UUID]
    vedtak_id: Mapped[UUID]
    slag: Mapped[str] = mapped_column(String(15))  # V3: three kinds, never mixed
    tilstand: Mapped[str] = mapped_column(String(15), default="gjelder")
    versjon: Mapped[int] = mapped_column(default=1)  # the one that counts now
    frist: Mapped[date | None]  # of that version, for lists
    aktivitet_id: Mapped[UUID | None]  # the activity in the plan that fulfils it
    # What the bruker has seen and said of that version, for lists. The evidence itself is in the tables below.
    vist: Mapped[bool] = mapped_column(default=False)
    svar: Mapped[str | None] = mapped_column(String(10))
    trenger_hjelp: Mapped[bool] = mapped_column(default=False)  # until the veileder says that they have talked
    uenig: Mapped[bool] = mapped_column(default=False)
    meldt: Mapped[bool] = mapped_column(default=False)  # «gjort» is said, and the veileder has not answered
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    endret: Mapped[datetime] = mapped_column(default=clock.now)


class Vilkarversjon(KommuneRow, Base):
    """What a vilkår says, from a date on. A change is a new version. Append-only."""

    __tablename__ = "vilkarversjon"
    __table_args__ = (
        reference("vilkar_id", "vilkar"),
        reference("bruker_id", "bruker"),
        reference("vedtak_id", "vedtak"),
        reference("ansatt_id", "ansatt"),
        UniqueConstraint("kommune_id", "vilkar_id", "versjon"),
        Index("ix_vilkarversjon_bruker", "kommune_id", "bruker_id", "laget"),
    )

    vilkar_id: Mapped[UUID]
    bruker_id: Mapped[UUID]
    vedtak_id: Mapped[UUID]  # a changed vilkår needs a vedtak of its own
    ansatt_id: Mapped[UUID]
    versjon: Mapped[int]
    type: Mapped[str] = mapped_column(String(30))  # id in the text bank, or «fritekst» (V6)
    innhold: Mapped[bytes] = mapped_column(LargeBinary)  # sealed JSON: parameters and the veileder's own words
    frist: Mapped[date | None]
    konsekvens_oppgitt: Mapped[bool]  # U1: without it no forhåndsvarsel can ever build on this version
    belop: Mapped[int | None]  # V2: the most that can follow, in kroner a month, as ``innhold`` says
    maneder: Mapped[int | None]  # and for how many months; empty in rows from before migration 0015
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Vilkarvisning(KommuneRow, Base):
    """That a version was shown to the bruker, and exactly what stood there (F3). Append-only."""

    __tablename__ = "vilkarvisning"
    __table_args__ = (
        reference("vilkarversjon_id", "vilkarversjon"),
        reference("bruker_id", "bruker"),
        UniqueConstraint("kommune_id", "vilkarversjon_id", "sha256"),  # the same text is evidence once
    )

    vilkarversjon_id: Mapped[UUID]
    bruker_id: Mapped[UUID]
    tekst: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: the words as shown
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))  # of language, direction and words (and «ansatt»)
    sprak: Mapped[str] = mapped_column(String(10))
    retning: Mapped[str] = mapped_column(String(3))
    enhet: Mapped[str] = mapped_column(String(40))
    hjelper: Mapped[str | None] = mapped_column(String(10))  # K1: who typed and read along, if not the bruker alone
    vist: Mapped[datetime] = mapped_column(default=clock.now)


class Forstaelse(KommuneRow, Base):
    """What the bruker said of a version: understanding, and separately agreeing (F1–F3). Append-only."""

    __tablename__ = "forstaelse"
    __table_args__ = (
        reference("vilkarvisning_id", "vilkarvisning"),
        reference("vilkarversjon_id", "vilkarversjon"),
        reference("bruker_id", "bruker"),
        CheckConstraint("svar in ('forstar','sporsmal','forklar')", name="svar"),
        Index("ix_forstaelse_versjon", "kommune_id", "vilkarversjon_id", "laget"),
        Index("ix_forstaelse_bruker", "kommune_id", "bruker_id", "laget"),
    )

    vilkarvisning_id: Mapped[UUID]
    vilkarversjon_id: Mapped[UUID]
    bruker_id: Mapped[UUID]
    svar: Mapped[str] = mapped_column(String(10))
    trenger_hjelp: Mapped[bool]  # F2: the text did not do its job; never a score
    uenig: Mapped[bool]  # F1: disagreeing is something else than not understanding
    innhold: Mapped[bytes] = mapped_column(LargeBinary)  # sealed JSON: question, «uenig fordi», answers to the check
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str] = mapped_column(String(10))
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Vilkarmelding(KommuneRow, Base):
    """«Gjort», in the bruker's words. Append-only."""

    __tablename__ = "vilkarmelding"
    __table_args__ = (
        reference("vilkar_id", "vilkar"),
        reference("bruker_id", "bruker"),
        Index("ix_vilkarmelding_vilkar", "kommune_id", "vilkar_id", "laget"),
    )

    vilkar_id: Mapped[UUID]
    bruker_id: Mapped[UUID]
    tekst: Mapped[bytes] = mapped_column(LargeBinary)
    sprak: Mapped[str] = mapped_column(String(10))
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Vilkarvurdering(KommuneRow, Base):
    """What the veileder registered: met, not met, no longer asked. The latest one counts. Append-only."""

    __tablename__ = "vilkarvurdering"
    __table_args__ = (
        reference("vilkar_id", "vilkar"),
        reference("bruker_id", "bruker"),
        reference("ansatt_id", "ansatt"),
        CheckConstraint("utfall in ('oppfylt','ikke_oppfylt','opphort')", name="utfall"),
        Index("ix_vilkarvurdering_vilkar", "kommune_id", "vilkar_id", "laget"),
    )

    vilkar_id: Mapped[UUID]
    bruker_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    utfall: Mapped[str] = mapped_column(String(15))
    tekst: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: to the bruker, in plain words
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Betalingsdager(Base):
    """The two fixed days of the month on which a kontor pays (29–31: the last day of shorter months)."""

    __tablename__ = "betalingsdager"
    __table_args__ = (
        reference("kontor_id", "kontor"),
        CheckConstraint("forste between 1 and 31 and andre between 1 and 31 and forste < andre", name="dager"),
    )

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kontor_id: Mapped[UUID] = mapped_column(primary_key=True)
    forste: Mapped[int]
    andre: Mapped[int]
