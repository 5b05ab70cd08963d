"""A vilkår with everything about it, opened; and lists of them. A fixed number of queries each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from webapp.identitet import service as identitet
from webapp.identitet.models import Ansatt, Bruker, Datanokkel, Tildeling
from webapp.platform import access, clock, lov
from webapp.platform.database import reading
from webapp.platform.dates import add_working_days, oslo_date
from webapp.platform.sealing import Place, Seal
from webapp.vedlegg import service as vedlegg
from webapp.vedlegg.service import Vedlagt
from webapp.vilkar import forstaelse, tekst
from webapp.vilkar.forstaelse import Utsagn
from webapp.vilkar.grunnlag import MOST, NotHere, Vilkaret, innhold_of, opened, present
from webapp.vilkar.models import (
    Betalingsdager,
    Vedtak,
    Vilkar,
    Vilkarmelding,
    Vilkarversjon,
    Vilkarvisning,
    Vilkarvurdering,
)
from webapp.vilkar.tekst import Innhold, Rammer


@dataclass(frozen=True, slots=True)
class Versjon:
    """A version, opened."""

    id: UUID
    versjon: int
    vedtak_id: UUID
    innhold: Innhold
    frist: date | None
    rammer: Rammer
    ansatt_navn: str
    laget: datetime

    def tekst(self, sprak: str) -> tekst.Tekst:
        """What it says, in a language."""
        return tekst.rendered(self.innhold, self.frist, self.rammer, sprak)


@dataclass(frozen=True, slots=True)
class Visning:
    """That a text was shown; ``tekst`` is what stood there."""

    versjon: int
    tekst: str
    sha256: str
    sprak: str
    retning: str
    enhet: str
    hjelper: str | None
    vist: datetime


@dataclass(frozen=True, slots=True)
class Ytring:
    """«Gjort» from the bruker (``utfall`` empty), or what the veileder registered."""

    utfall: str
    tekst: str
    sprak: str
    navn: str
    laget: datetime
    filer: tuple[Vedlagt, ...] = ()


@dataclass(frozen=True, slots=True)
class Helt:
    """One vilkår with everything about it, each kind the latest first."""

    vilkar: Vilkaret
    versjoner: list[Versjon]
    visninger: list[Visning]
    utsagn: list[Utsagn]
    ytringer: list[Ytring]

    @property
    def na(self) -> Versjon:
        """The version that counts."""
        return self.versjoner[0]

    @property
    def siste(self) -> Utsagn | None:
        """What the bruker last said of the version that counts."""
        return next((one for one in self.utsagn if one.versjon == self.vilkar.versjon), None)


def whole(kommune_id: int, bruker_id: UUID, seal: Seal, vilkar_id: UUID) -> Helt:
    """Everything about one vilkår: seven queries. Raises NotHere."""
    with reading() as db:
        row = db.execute(present(kommune_id, bruker_id).where(Vilkar.id == vilkar_id)).one_or_none()
        if row is None:
            raise NotHere("no such vilkår")
        versions = db.execute(
            select(Vilkarversjon, Vedtak, Ansatt.navn)
            .join(Vedtak, (Vedtak.kommune_id == Vilkarversjon.kommune_id) & (Vedtak.id == Vilkarversjon.vedtak_id))
            .join(Ansatt, (Ansatt.kommune_id == Vilkarversjon.kommune_id) & (Ansatt.id == Vilkarversjon.ansatt_id))
            .where(Vilkarversjon.kommune_id == kommune_id, Vilkarversjon.vilkar_id == vilkar_id)
            .order_by(Vilkarversjon.versjon.desc())
            .limit(MOST)
        ).all()
        showings = db.execute(
            select(Vilkarvisning, Vilkarversjon.versjon)
            .join(
                Vilkarversjon,
                (Vilkarversjon.kommune_id == Vilkarvisning.kommune_id)
                & (Vilkarversjon.id == Vilkarvisning.vilkarversjon_id),
            )
            .where(Vilkarvisning.kommune_id == kommune_id, Vilkarversjon.vilkar_id == vilkar_id)
            .order_by(Vilkarvisning.vist.desc(), Vilkarvisning.id.desc())
            .limit(MOST)
        ).all()
        said = forstaelse.all_said(kommune_id, bruker_id, seal, vilkar_id)
        reported = db.scalars(
            select(Vilkarmelding)
            .where(Vilkarmelding.kommune_id == kommune_id, Vilkarmelding.vilkar_id == vilkar_id)
            .order_by(Vilkarmelding.laget.desc(), Vilkarmelding.id.desc())
            .limit(MOST)
        ).all()
        assessed = db.execute(
            select(Vilkarvurdering, Ansatt.navn)
            .join(Ansatt, (Ansatt.kommune_id == Vilkarvurdering.kommune_id) & (Ansatt.id == Vilkarvurdering.ansatt_id))
            .where(Vilkarvurdering.kommune_id == kommune_id, Vilkarvurdering.vilkar_id == vilkar_id)
            .order_by(Vilkarvurdering.laget.desc(), Vilkarvurdering.id.desc())
            .limit(MOST)
        ).all()
    files = vedlegg.lister(kommune_id, bruker_id, seal, "vilkarmelding", [one.id for one in reported])
    words = [
        Ytring(
            "",
            seal.open(one.tekst, Place("vilkarmelding", "tekst", kommune_id, one.id)),
            one.sprak,
            "",
            one.laget,
            tuple(files.get(one.id, ())),
        )
        for one in reported
    ]
    words += [
        Ytring(
            one.utfall,
            seal.open(one.tekst, Place("vilkarvurdering", "tekst", kommune_id, one.id)),
            "nb",
            name,
            one.laget,
        )
        for one, name in assessed
    ]
    return Helt(
        vilkar=opened(row, seal),
        versjoner=[version_of(version, vedtak, name, seal) for version, vedtak, name in versions],
        visninger=[_showing(one, versjon, seal) for one, versjon in showings],
        utsagn=said,
        ytringer=sorted(words, key=lambda one: one.laget, reverse=True),
    )


def all_of(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Vilkaret]:
    """Every vilkår: those that count first, then the latest. One query."""
    with reading() as db:
        rows = db.execute(
            present(kommune_id, bruker_id)
            .order_by(Vilkar.tilstand.in_(("gjelder", "ikke_oppfylt")).desc(), Vilkar.laget.desc(), Vilkar.id)
            .limit(MOST)
        ).all()
    return [opened(row, seal) for row in rows]


def version_of(row: Vilkarversjon, vedtak: Vedtak, navn: str, seal: Seal) -> Versjon:
    """A version, opened."""
    return Versjon(
        row.id,
        row.versjon,
        row.vedtak_id,
        innhold_of(row, seal),
        row.frist,
        Rammer(vedtak.ytelse, vedtak.klagefrist),
        navn,
        row.laget,
    )


def payment_days(kommune_id: int, kontor_id: UUID) -> tuple[int, int] | None:
    """The two days of the month on which a kontor pays, if somebody has said which."""
    with reading() as db:
        row = db.get(Betalingsdager, (kommune_id, kontor_id))
    return (row.forste, row.andre) if row else None


@dataclass(frozen=True, slots=True)
class Frist:
    """A vilkår to look at before a payment, of one of one's own brukere."""

    person: identitet.Person
    vilkar_id: UUID
    frist: date
    meldt: bool
    vist: bool


def due(who: access.Ansatt, until: date) -> list[Frist]:
    """The vilkår of one's own brukere with a deadline up to ``until``, the first one first: one query, at most 200."""
    with reading() as db:
        rows = db.execute(
            select(Vilkar, Bruker, Datanokkel)
            .join(Bruker, (Bruker.kommune_id == Vilkar.kommune_id) & (Bruker.id == Vilkar.bruker_id))
            .join(Datanokkel, (Datanokkel.kommune_id == Bruker.kommune_id) & (Datanokkel.bruker_id == Bruker.id))
            .where(
                Vilkar.kommune_id == who.kommune_id,
                Vilkar.tilstand.in_(("gjelder", "ikke_oppfylt")),
                Vilkar.frist <= until,
                Bruker.slettet.is_(None),
                Vilkar.bruker_id.in_(
                    select(Tildeling.bruker_id).where(
                        Tildeling.kommune_id == who.kommune_id,
                        Tildeling.ansatt_id == who.id,
                        Tildeling.til.is_(None),
                    )
                ),
            )
            .order_by(Vilkar.frist, Vilkar.id)
            .limit(200)
        ).all()
        people = identitet.open_profiles([(bruker, key) for _vilkar, bruker, key in rows])
    return [
        Frist(person, row.id, row.frist, row.meldt, row.vist)
        for person, (row, _bruker, _key) in zip(people, rows, strict=True)
        if row.frist is not None
    ]


def shown_first(kommune_id: int, bruker_id: UUID) -> dict[UUID, datetime]:
    """When the text of each vilkår that counts now was first shown to the bruker; one that never was is not in it.

    Not when an ansatt held the phone (K1). One query.
    """
    query = (
        select(Vilkar.id, func.min(Vilkarvisning.vist))
        .join(
            Vilkarversjon,
            (Vilkarversjon.kommune_id == Vilkar.kommune_id)
            & (Vilkarversjon.vilkar_id == Vilkar.id)
            & (Vilkarversjon.versjon == Vilkar.versjon),
        )
        .join(
            Vilkarvisning,
            (Vilkarvisning.kommune_id == Vilkar.kommune_id) & (Vilkarvisning.vilkarversjon_id == Vilkarversjon.id),
        )
        .where(
            Vilkar.kommune_id == kommune_id,
            Vilkar.bruker_id == bruker_id,
            func.coalesce(Vilkarvisning.hjelper, "") != "ansatt",
        )
        .group_by(Vilkar.id)
    )
    with reading() as db:
        return {row[0]: row[1] for row in db.execute(query)}


def last_day_to_appeal(stated: date, shown: datetime | None) -> date:
    """Three weeks from when the text that counts was first shown, when that is later than what the vedtak says.

    None has not been shown as far as anybody knows: then it is three weeks from today.
    """
    return max(add_working_days(stated, 0), lov.klagefrist(oslo_date(shown or clock.now())))


def by_payment(found: Sequence[Frist], days: Sequence[date]) -> Mapping[date, list[Frist]]:
    """Each vilkår under the first payment that comes on or after its deadline."""
    grouped: dict[date, list[Frist]] = {day: [] for day in days}
    for one in found:
        day = next((day for day in days if one.frist <= day), None)
        if day is not None:
            grouped[day].append(one)
    return grouped


def _showing(row: Vilkarvisning, versjon: int, seal: Seal) -> Visning:
    return Visning(
        versjon,
        seal.open(row.tekst, forstaelse.showing_place(row)),
        row.sha256.hex(),
        row.sprak,
        row.retning,
        row.enhet,
        row.hjelper,
        row.vist,
    )
