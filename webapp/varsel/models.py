"""What must be in order before a benefit is reduced (U1–U9): every step is a row of its own that cannot be changed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.platform import clock
from webapp.platform.database import Base, KommuneRow, reference

MOST_KRONER = 30_000  # a month: more than anybody is granted to live on, so more is a slip of the finger


class Varselsak(KommuneRow, Base):
    """A matter: something may not have been done as one version of one vilkår says."""

    __tablename__ = "varselsak"
    __table_args__ = (
        reference("bruker_id", "bruker"),
        reference("vilkar_id", "vilkar"),
        reference("vilkarversjon_id", "vilkarversjon"),
        CheckConstraint(
            "tilstand in ('notert','varslet','nadd','uttalt','veid','avgjort','lukket')",
            name="tilstand",
        ),
        Index("ix_varselsak_bruker", "kommune_id", "bruker_id", "tilstand"),
    )

    bruker_id: Mapped[UUID]
    vilkar_id: Mapped[UUID]
    vilkarversjon_id: Mapped[UUID]  # the notice stands on the version that counted when this was noted
    tilstand: Mapped[str] = mapped_column(String(10), default="notert")
    steg: Mapped[int] = mapped_column(default=1)  # goes up with every step, so that two veiledere see each other
    siste: Mapped[datetime]  # the time of the latest step: no later step can be before it
    frist: Mapped[datetime | None]  # the moment the deadline runs out; counted from when the notice arrived (U3)
    laget: Mapped[datetime] = mapped_column(default=clock.now)


class Brudd(KommuneRow, Base):
    """What happened, in plain words and without labels (U7). Append-only."""

    __tablename__ = "brudd"
    __table_args__ = (
        reference("sak_id", "varselsak"),
        reference("ansatt_id", "ansatt"),
        CheckConstraint("kilde in ('bruker','egen','arrangor','annen')", name="kilde"),
        Index("ix_brudd_sak", "kommune_id", "sak_id"),
    )

    sak_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    dato: Mapped[date]
    hva: Mapped[bytes] = mapped_column(LargeBinary)
    kilde: Mapped[str] = mapped_column(String(10))  # who said so
    laget: Mapped[datetime]


class Forhandsvarsel(KommuneRow, Base):
    """The notice as it was sent (U2): parameters, and the exact words in each language. One a matter. Append-only."""

    __tablename__ = "forhandsvarsel"
    __table_args__ = (
        reference("sak_id", "varselsak"),
        reference("ansatt_id", "ansatt"),
        UniqueConstraint("kommune_id", "sak_id"),
        CheckConstraint(f"belop between 1 and {MOST_KRONER}", name="belop"),
        CheckConstraint("maneder between 1 and 12", name="maneder"),
        CheckConstraint("virkedager between 10 and 60", name="virkedager"),
    )

    sak_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    innhold: Mapped[bytes] = mapped_column(LargeBinary)  # sealed JSON: the parameters
    tekst: Mapped[bytes] = mapped_column(LargeBinary)  # sealed JSON: language -> sections, word for word
    sprak: Mapped[str] = mapped_column(String(10))  # the bruker's language then; bokmål is always there too
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))  # of the sealed text
    belop: Mapped[int]  # the most that is considered, in kroner a month
    maneder: Mapped[int]  # the longest that is considered
    virkedager: Mapped[int]  # how long the bruker has from when the notice arrives
    tidligst: Mapped[date]  # the deadline cannot come before the end of this day
    sendt: Mapped[datetime]


class Varselnadd(KommuneRow, Base):
    """How and when the notice reached the bruker (U3), and the deadline that follows. Append-only."""

    __tablename__ = "varselnadd"
    __table_args__ = (
        reference("sak_id", "varselsak"),
        reference("ansatt_id", "ansatt"),
        CheckConstraint("hvordan in ('apnet','svarte','telefon','mote','overlevert','annet')", name="hvordan"),
        CheckConstraint("(hvordan in ('apnet','svarte')) = (ansatt_id is null)", name="hvem"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
        Index("ix_varselnadd_sak", "kommune_id", "sak_id"),
    )

    sak_id: Mapped[UUID]
    ansatt_id: Mapped[UUID | None]
    hvordan: Mapped[str] = mapped_column(String(10))
    ord: Mapped[bytes | None] = mapped_column(LargeBinary)  # sealed: the veileder's words on how
    vist: Mapped[bytes | None] = mapped_column(LargeBinary)  # sealed JSON: the sections as they stood on the page
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary(32))  # of ``vist`` as sealed
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str | None] = mapped_column(String(10))  # who held the phone; None: the office
    frist: Mapped[datetime]
    laget: Mapped[datetime]


class Uttalelse(KommuneRow, Base):
    """What the bruker says (U4), as written; or as the veileder wrote it down while listening. Append-only.

    A supplement is one more row. Attachments are tied to it (``vedleggskobling``).
    """

    __tablename__ = "uttalelse"
    __table_args__ = (
        reference("sak_id", "varselsak"),
        reference("muntlig_av", "ansatt"),
        reference("supplerer_id", "uttalelse"),
        UniqueConstraint("kommune_id", "nummer"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
        Index("ix_uttalelse_sak", "kommune_id", "sak_id", "laget"),
    )

    sak_id: Mapped[UUID]
    muntlig_av: Mapped[UUID | None]  # the veileder who wrote it down as told
    supplerer_id: Mapped[UUID | None]  # the first one of this matter
    innhold: Mapped[bytes] = mapped_column(LargeBinary)  # sealed JSON: reasons as codes, own words, wish
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))  # of the sealed content
    nummer: Mapped[str] = mapped_column(String(12))
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str] = mapped_column(String(10))
    fant_arbeid: Mapped[bool]  # U7: closes the matter, and no reduction can ever be registered
    for_sent: Mapped[bool]  # it came after the deadline. It is taken in and weighed all the same
    laget: Mapped[datetime]


class Uttalelseretting(KommuneRow, Base):
    """The bruker puts right what was written down for them. What stood before stays. Append-only."""

    __tablename__ = "uttalelseretting"
    __table_args__ = (
        reference("uttalelse_id", "uttalelse"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
        Index("ix_retting_uttalelse", "kommune_id", "sak_id"),
    )

    uttalelse_id: Mapped[UUID]
    sak_id: Mapped[UUID]
    innhold: Mapped[bytes] = mapped_column(LargeBinary)  # sealed JSON, as in ``uttalelse``
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str] = mapped_column(String(10))
    fant_arbeid: Mapped[bool]
    laget: Mapped[datetime]


class Varselonske(KommuneRow, Base):
    """U6: more time, a conversation first, an interpreter. Append-only; answered by ``varselsvar``."""

    __tablename__ = "varselonske"
    __table_args__ = (
        reference("sak_id", "varselsak"),
        CheckConstraint("slag in ('tid','samtale','tolk')", name="slag"),
        CheckConstraint("skrevet_av in ('bruker','hjelper','ansatt')", name="skrevet_av"),
        Index("ix_varselonske_sak", "kommune_id", "sak_id"),
    )

    sak_id: Mapped[UUID]
    slag: Mapped[str] = mapped_column(String(10))
    tekst: Mapped[bytes] = mapped_column(LargeBinary)
    sprak: Mapped[str] = mapped_column(String(10))
    nummer: Mapped[str | None] = mapped_column(String(12))  # of the receipt; all that was sent at once has the same
    skrevet_av: Mapped[str | None] = mapped_column(String(10))  # None: from before this was kept (0012)
    laget: Mapped[datetime]


class Varselsvar(KommuneRow, Base):
    """The veileder's answer to a wish. A new deadline is always later, never earlier. Append-only."""

    __tablename__ = "varselsvar"
    __table_args__ = (
        reference("onske_id", "varselonske"),
        reference("sak_id", "varselsak"),
        reference("ansatt_id", "ansatt"),
        UniqueConstraint("kommune_id", "onske_id"),
        CheckConstraint("ny_frist is null or (innvilget and ny_frist > laget)", name="ny_frist"),
        Index("ix_varselsvar_sak", "kommune_id", "sak_id"),
    )

    onske_id: Mapped[UUID]
    sak_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    innvilget: Mapped[bool]
    tekst: Mapped[bytes] = mapped_column(LargeBinary)
    ny_frist: Mapped[datetime | None]
    laget: Mapped[datetime]


class Veiing(KommuneRow, Base):
    """How everything the bruker said was weighed (U1). Append-only."""

    __tablename__ = "veiing"
    __table_args__ = (
        reference("sak_id", "varselsak"),
        reference("ansatt_id", "ansatt"),
        CheckConstraint("antall >= 0", name="antall"),
        Index("ix_veiing_sak", "kommune_id", "sak_id", "laget"),
    )

    sak_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    innhold: Mapped[bytes] = mapped_column(LargeBinary)  # sealed JSON: uttalelse id -> {reason or «ord»: how weighed}
    antall: Mapped[int]  # uttalelser and corrections that existed; one more makes it too old
    laget: Mapped[datetime]


class Avgjorelse(KommuneRow, Base):
    """What it came to (U8, U9). One a matter. Append-only."""

    __tablename__ = "avgjorelse"
    __table_args__ = (
        reference("sak_id", "varselsak"),
        reference("ansatt_id", "ansatt"),
        reference("veiing_id", "veiing"),
        reference("vedtak_id", "vedtak"),
        UniqueConstraint("kommune_id", "sak_id"),
        CheckConstraint("utfall in ('ingen','endret','hjelp','reduksjon')", name="utfall"),
        # U8: a reduction has all of it, anything else has none of it. Written so that NULL is a breach, not «unknown».
        CheckConstraint(
            "(utfall <> 'reduksjon' and vedtak_id is null and belop is null and fra is null and til is null "
            "and vurderinger is null) or (utfall = 'reduksjon' and vedtak_id is not null and belop is not null "
            f"and belop between 1 and {MOST_KRONER} and fra is not null and til is not null and til >= fra "
            "and vurderinger is not null and familie_vurdert and barn_vurdert and nodvendig_dekket)",
            name="u8",
        ),
    )

    sak_id: Mapped[UUID]
    ansatt_id: Mapped[UUID]
    veiing_id: Mapped[UUID]
    utfall: Mapped[str] = mapped_column(String(10))
    grunner: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: to the bruker, in plain words
    tekst: Mapped[bytes] = mapped_column(LargeBinary)  # sealed JSON: language -> sections, word for word
    sha256: Mapped[bytes] = mapped_column(LargeBinary(32))
    sprak: Mapped[str] = mapped_column(String(10))
    vedtak_id: Mapped[UUID | None]
    belop: Mapped[int | None]
    fra: Mapped[date | None]
    til: Mapped[date | None]
    familie_vurdert: Mapped[bool] = mapped_column(default=False)
    barn_vurdert: Mapped[bool] = mapped_column(default=False)
    nodvendig_dekket: Mapped[bool] = mapped_column(default=False)
    vurderinger: Mapped[bytes | None] = mapped_column(LargeBinary)  # sealed JSON: familie, barn, dekket
    klagefrist: Mapped[date]
    laget: Mapped[datetime]


class Avgjorelsenadd(KommuneRow, Base):
    """How and when the avgjørelse reached the bruker (U9): columns as in ``varselnadd``. Append-only."""

    __tablename__ = "avgjorelsenadd"
    __table_args__ = (
        reference("sak_id", "varselsak"),
        reference("ansatt_id", "ansatt"),
        CheckConstraint("hvordan in ('apnet','telefon','mote','overlevert','annet')", name="hvordan"),
        CheckConstraint("(hvordan = 'apnet') = (ansatt_id is null)", name="hvem"),
        CheckConstraint("skrevet_av in ('bruker','hjelper')", name="skrevet_av"),
        Index("ix_avgjorelsenadd_sak", "kommune_id", "sak_id"),
    )

    sak_id: Mapped[UUID]
    ansatt_id: Mapped[UUID | None]
    hvordan: Mapped[str] = mapped_column(String(10))
    ord: Mapped[bytes | None] = mapped_column(LargeBinary)
    vist: Mapped[bytes | None] = mapped_column(LargeBinary)
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    sprak: Mapped[str] = mapped_column(String(10))
    skrevet_av: Mapped[str | None] = mapped_column(String(10))
    laget: Mapped[datetime]


class Varsellukking(KommuneRow, Base):
    """A matter that ends with nothing taken and nothing decided. Append-only."""

    __tablename__ = "varsellukking"
    __table_args__ = (
        reference("sak_id", "varselsak"),
        reference("ansatt_id", "ansatt"),
        UniqueConstraint("kommune_id", "sak_id"),
        CheckConstraint("grunn in ('fant_arbeid','ikke_grunnlag','ordnet')", name="grunn"),
    )

    sak_id: Mapped[UUID]
    ansatt_id: Mapped[UUID | None]  # None: the bruker's own «found work» closed it (U7)
    grunn: Mapped[str] = mapped_column(String(15))
    tekst: Mapped[bytes | None] = mapped_column(LargeBinary)
    laget: Mapped[datetime]
