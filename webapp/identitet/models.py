"""Who there is: kontor, ansatte, brukere, who is assigned to whom, and the ways in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, LargeBinary, String, UniqueConstraint, and_, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform import clock, ids
from webapp.platform.database import Base, KommuneRow, reference


def _one_open(column: str) -> Index:
    """A person has one open invitation at most: a sheet that was lost ends when the next one is made."""
    still_open = f"{column} IS NOT NULL AND slag = 'invitasjon' AND brukt IS NULL AND tilbakekalt IS NULL"
    return Index(
        f"uq_invitasjon_apen_{column}",
        "kommune_id",
        column,
        unique=True,
        sqlite_where=text(still_open),
        postgresql_where=text(still_open),
    )


class Kontor(KommuneRow, Base):
    """A Nav-kontor: where a bruker belongs, and whom to call."""

    __tablename__ = "kontor"
    __table_args__ = (ForeignKeyConstraint(["kommune_id"], ["kommune.id"]),)

    navn: Mapped[str] = mapped_column(String(100))
    telefon: Mapped[str] = mapped_column(String(30))
    adresse: Mapped[str] = mapped_column(String(200), default="")


class Ansatt(KommuneRow, Base):
    """A member of staff. Their names are not secret: a bruker is to know who reads."""

    __tablename__ = "ansatt"
    __table_args__ = (
        reference("kontor_id", "kontor"),
        CheckConstraint("rolle in ('veileder','leder','administrator')", name="rolle"),
    )

    kontor_id: Mapped[UUID]
    kode: Mapped[str] = mapped_column(String(20), unique=True)
    navn: Mapped[str] = mapped_column(String(100))
    rolle: Mapped[str] = mapped_column(String(20))
    sprak: Mapped[str] = mapped_column(String(10), default="nb")
    aktiv: Mapped[bool] = mapped_column(default=True)
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Bruker(KommuneRow, Base):
    """A bruker: one record per person, never per household (K10). Everything about them is sealed in ``profil``."""

    __tablename__ = "bruker"
    __table_args__ = (
        reference("kontor_id", "kontor"),
        CheckConstraint("visning in ('screening','kort','full','mini')", name="visning"),
    )

    kontor_id: Mapped[UUID]
    kode: Mapped[str] = mapped_column(String(20), unique=True)  # says nothing about the person
    sprak: Mapped[str] = mapped_column(String(10), default="nb")
    visning: Mapped[str] = mapped_column(String(20), default="full")  # the view of the form the veileder offers (K3)
    profil: Mapped[bytes] = mapped_column(LargeBinary)  # see service.Profil
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    slettet: Mapped[datetime | None]


class Datanokkel(Base):
    """The data key of one bruker. Deleting this row deletes the person: nothing of theirs opens again."""

    __tablename__ = "datanokkel"
    __table_args__ = (reference("bruker_id", "bruker"),)

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bruker_id: Mapped[UUID] = mapped_column(primary_key=True)
    nokkel: Mapped[bytes] = mapped_column(LargeBinary)
    hovednokkel: Mapped[str] = mapped_column(String(20), index=True)


class Navnedel(Base):
    """A keyed hash of one part of a name, so that a name can be searched for and not read."""

    __tablename__ = "navnedel"
    __table_args__ = (reference("bruker_id", "bruker"),)

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    bruker_id: Mapped[UUID] = mapped_column(primary_key=True)


def _one_at_a_time(som: str) -> Index:
    now = text(f"til IS NULL AND som = '{som}'")
    name = f"uq_tildeling_{som}"
    return Index(name, "kommune_id", "bruker_id", unique=True, sqlite_where=now, postgresql_where=now)


class Tildeling(KommuneRow, Base):
    """Who follows up whom, from when to when. One is responsible, one may be substitute; the ended are history (K9)."""

    __tablename__ = "tildeling"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("ansatt_id", "ansatt"),
        CheckConstraint("som in ('ansvarlig','vikar')", name="som"),
        _one_at_a_time("ansvarlig"),
        _one_at_a_time("vikar"),
        Index("ix_tildeling_ansatt", "kommune_id", "ansatt_id", "til", "bruker_id"),
        Index("ix_tildeling_bruker", "kommune_id", "bruker_id", "til"),
    )

    bruker_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    som: Mapped[str] = mapped_column(String(10))
    fra: Mapped[datetime] = mapped_column(default=clock.now)
    til: Mapped[datetime | None]
    grunn: Mapped[bytes | None] = mapped_column(LargeBinary)  # why it was handed over, sealed
    laget_av: Mapped[UUID | None]


# The ansatt of an assignment, for a join: written once, so that no query forgets the kommune.
ASSIGNED = and_(Ansatt.kommune_id == Tildeling.kommune_id, Ansatt.id == Tildeling.ansatt_id)


class Begrunnelse(KommuneRow, Base):
    """Why somebody who is not assigned opened a bruker (S1). Opens the case for that one ansatt until ``utloper``."""

    __tablename__ = "begrunnelse"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("ansatt_id", "ansatt"),
        Index("ix_begrunnelse_ansatt", "kommune_id", "ansatt_id", "bruker_id", "utloper"),
    )

    bruker_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    utloper: Mapped[datetime]
    tekst: Mapped[bytes] = mapped_column(LargeBinary)


class Invitasjon(KommuneRow, Base):
    """A way in for one person: a QR code with a long secret, or an 8-character code. One use; only hashes are kept."""

    __tablename__ = "invitasjon"
    __table_args__ = (
        CheckConstraint("(bruker_id is null) <> (ansatt_id is null)", name="en_mottaker"),
        CheckConstraint("slag in ('invitasjon','lenke')", name="slag"),
        reference("bruker_id", "bruker"),
        reference("ansatt_id", "ansatt"),
        Index("ix_invitasjon_bruker", "kommune_id", "bruker_id", "laget"),
        Index("ix_invitasjon_ansatt", "kommune_id", "ansatt_id", "laget"),
        _one_open("bruker_id"),
        _one_open("ansatt_id"),
    )

    bruker_id: Mapped[UUID | None]
    ansatt_id: Mapped[UUID | None]
    slag: Mapped[str] = mapped_column(String(10), default="invitasjon")  # lenke: made by an operator
    lenke_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    kode_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    laget_av: Mapped[UUID | None]
    utloper: Mapped[datetime]
    brukt: Mapped[datetime | None]
    brukt_fra: Mapped[bytes | None] = mapped_column(LargeBinary(32))  # the page that used it: see rules.SAME_TAP
    tilbakekalt: Mapped[datetime | None]


class Engangskode(KommuneRow, Base):
    """One printed code out of a sheet; works once. A new sheet ends the one before."""

    __tablename__ = "engangskode"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        Index("ix_engangskode_bruker", "kommune_id", "bruker_id"),
    )

    bruker_id: Mapped[UUID]
    hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    brukt: Mapped[datetime | None]
    brukt_fra: Mapped[bytes | None] = mapped_column(LargeBinary(32))  # the page that used it: see rules.SAME_TAP


class Passnokkel(KommuneRow, Base):
    """A passkey: the public half. Belongs to a bruker or an ansatt."""

    __tablename__ = "passnokkel"
    __table_args__ = (
        CheckConstraint("person_type in ('bruker','ansatt')", name="person_type"),
        UniqueConstraint("kommune_id", "legitimasjon"),
        Index("ix_passnokkel_person", "kommune_id", "person_type", "person_id"),
    )

    person_type: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[UUID]
    legitimasjon: Mapped[bytes] = mapped_column(LargeBinary)  # the credential id
    offentlig_nokkel: Mapped[bytes] = mapped_column(LargeBinary)
    teller: Mapped[int] = mapped_column(default=0)
    navn: Mapped[str] = mapped_column(String(60), default="")
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    sist_brukt: Mapped[datetime | None]


class Utfordring(Base):
    """A WebAuthn challenge that was handed out: answered once, within minutes."""

    __tablename__ = "utfordring"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    verdi: Mapped[bytes] = mapped_column(LargeBinary(64))
    formal: Mapped[str] = mapped_column(String(20))
    utloper: Mapped[datetime] = mapped_column(index=True)


class Okt(KommuneRow, Base):
    """A session. The cookie holds a 256-bit secret; the database holds its hash."""

    __tablename__ = "okt"
    __table_args__ = (
        CheckConstraint("person_type in ('bruker','ansatt')", name="person_type"),
        UniqueConstraint("kommune_id", "hash"),
        Index("ix_okt_person", "kommune_id", "person_type", "person_id", "avsluttet"),
    )

    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    person_type: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[UUID]
    hvordan: Mapped[str] = mapped_column(String(20))  # passnokkel, invitasjon, engangskode, lenke
    enhet: Mapped[str] = mapped_column(String(60), default="")  # kind of device only, such as «Android · Chrome»
    laget: Mapped[datetime] = mapped_column(default=clock.now)
    sist_brukt: Mapped[datetime] = mapped_column(default=clock.now)
    utloper: Mapped[datetime]
    avsluttet: Mapped[datetime | None]
    bekreftet: Mapped[datetime | None]  # when they last proved who they are, for what asks for it again
    skriver: Mapped[str | None] = mapped_column(String(20))  # K1: ``hjelper`` when somebody else types
