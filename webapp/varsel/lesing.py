"""A matter with everything in it: read in a fixed number of queries, and opened for whoever may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.identitet.models import Ansatt
from webapp.platform.database import reading
from webapp.platform.sealing import Place, Seal
from webapp.varsel import rules
from webapp.varsel.models import (
    Avgjorelse,
    Brudd,
    Forhandsvarsel,
    Uttalelse,
    Uttalelseretting,
    Varsellukking,
    Varselnadd,
    Varselonske,
    Varselsak,
    Varselsvar,
    Veiing,
)
from webapp.varsel.rules import Fakta, Tilstand


class NotHere(LookupError):
    """There is no such matter for this bruker."""


@dataclass(slots=True)
class Rader:
    """The rows of one matter, as they are stored, each kind in the order it came."""

    sak: Varselsak
    brudd: Sequence[Brudd]
    varsel: Forhandsvarsel | None
    nadd: Sequence[Varselnadd]
    uttalelser: Sequence[Uttalelse]
    rettinger: Sequence[Uttalelseretting]
    onsker: Sequence[Varselonske]
    svar: Sequence[Varselsvar]
    veiinger: Sequence[Veiing]
    avgjorelse: Avgjorelse | None
    lukking: Varsellukking | None

    def frist(self) -> datetime | None:
        """The deadline that counts now."""
        first = min((row.frist for row in self.nadd), default=None)
        return rules.standing(first, [row.ny_frist for row in self.svar])

    def hort(self) -> datetime | None:
        """U1: when the bruker had been heard, or will have been if nothing is said."""
        moments = [row.laget for row in self.uttalelser[:1]]
        frist = self.frist()
        return min([*moments, *([frist] if frist else [])], default=None)

    def fakta(self, *, grunnlag: bool) -> Fakta:
        """What the rules need to know."""
        answered = {row.onske_id for row in self.svar}
        return Fakta(
            grunnlag=grunnlag,
            ord=len(self.uttalelser) + len(self.rettinger),
            muntlig=any(row.muntlig_av for row in self.uttalelser),
            veid=self.veiinger[-1].antall if self.veiinger else -1,
            frist=self.frist(),
            forlenget=any(row.ny_frist for row in self.svar),
            ubesvart=sum(row.id not in answered for row in self.onsker),
            fant_arbeid=any(r.fant_arbeid for r in self.uttalelser) or any(r.fant_arbeid for r in self.rettinger),
        )


def rows(db: Session, kommune_id: int, bruker_id: UUID, sak_id: UUID, *, lock: bool = False) -> Rader:
    """Everything in one matter: eleven queries. ``lock``: nobody else can take a step meanwhile. Raises NotHere."""
    query = select(Varselsak).where(
        Varselsak.kommune_id == kommune_id, Varselsak.id == sak_id, Varselsak.bruker_id == bruker_id
    )
    sak = db.scalar(query.with_for_update().execution_options(populate_existing=True) if lock else query)
    if sak is None:
        raise NotHere("no such matter")
    return Rader(
        sak,
        db.scalars(_of(Brudd, sak).order_by(Brudd.laget, Brudd.id)).all(),
        db.scalar(_of(Forhandsvarsel, sak)),
        db.scalars(_of(Varselnadd, sak).order_by(Varselnadd.laget, Varselnadd.id)).all(),
        db.scalars(_of(Uttalelse, sak).order_by(Uttalelse.laget, Uttalelse.id)).all(),
        db.scalars(_of(Uttalelseretting, sak).order_by(Uttalelseretting.laget, Uttalelseretting.id)).all(),
        db.scalars(_of(Varselonske, sak).order_by(Varselonske.laget, Varselonske.slag, Varselonske.id)).all(),
        db.scalars(_of(Varselsvar, sak).order_by(Varselsvar.laget, Varselsvar.id)).all(),
        db.scalars(_of(Veiing, sak).order_by(Veiing.laget, Veiing.id)).all(),
        db.scalar(_of(Avgjorelse, sak)),
        db.scalar(_of(Varsellukking, sak)),
    )


def _of(table: Any, sak: Varselsak) -> Select[Any]:
    return select(table).where(table.kommune_id == sak.kommune_id, table.sak_id == sak.id)


@dataclass(frozen=True, slots=True)
class Hendt:
    """What happened, as noted."""

    dato: date
    hva: str
    kilde: str
    ansatt_navn: str
    laget: datetime


@dataclass(frozen=True, slots=True)
class Varselet:
    """The notice, opened. ``tekst``: language -> [[heading, [paragraphs]]]."""

    parametre: dict[str, Any]
    tekst: dict[str, list[Any]]
    sprak: str
    sha256: str
    belop: int
    maneder: int
    virkedager: int
    tidligst: date
    sendt: datetime
    ansatt_navn: str


@dataclass(frozen=True, slots=True)
class Nadd:
    """That the notice reached the bruker."""

    hvordan: str
    ord: str
    sprak: str
    laget: datetime
    ansatt_navn: str


@dataclass(frozen=True, slots=True)
class Sagt:
    """What the bruker said: reasons as codes, own words, and what they want."""

    grunner: list[str]
    ord: str
    vil: str


@dataclass(frozen=True, slots=True)
class Uttalelsen:
    """An uttalelse, with the bruker's corrections when it was written down for them."""

    id: UUID
    nummer: str
    sagt: Sagt
    rettinger: list[tuple[Sagt, datetime, str]]
    sprak: str
    skrevet_av: str
    muntlig_av: str  # the veileder's name; empty when the bruker wrote
    for_sent: bool
    laget: datetime
    sha256: str

    @property
    def alle(self) -> list[Sagt]:
        """All that is to be weighed."""
        return [self.sagt, *(sagt for sagt, _laget, _sprak in self.rettinger)]

    @property
    def grunner(self) -> list[str]:
        """Every reason given, once."""
        return list(dict.fromkeys(code for sagt in self.alle for code in sagt.grunner))


@dataclass(frozen=True, slots=True)
class Onsket:
    """A wish, and its answer."""

    id: UUID
    slag: str
    tekst: str
    sprak: str
    laget: datetime
    svar: str
    innvilget: bool | None  # None: not answered
    ny_frist: datetime | None
    besvart: datetime | None
    ansatt_navn: str


@dataclass(frozen=True, slots=True)
class Veid:
    """A weighing: «<uttalelse id>.<reason or ord>» -> words; «samlet» for the whole."""

    innhold: dict[str, str]
    antall: int
    laget: datetime
    ansatt_navn: str


@dataclass(frozen=True, slots=True)
class Avgjort:
    """The avgjørelse, opened."""

    utfall: str
    grunner: str
    tekst: dict[str, list[Any]]
    vedtak_id: UUID | None
    belop: int | None
    fra: date | None
    til: date | None
    vurderinger: dict[str, str]
    klagefrist: date
    laget: datetime
    ansatt_navn: str
    sha256: str
    sprak: str


@dataclass(frozen=True, slots=True)
class Saken:
    """A matter, opened."""

    id: UUID
    bruker_id: UUID
    vilkar_id: UUID
    vilkarversjon_id: UUID
    tilstand: Tilstand
    steg: int
    laget: datetime
    siste: datetime
    frist: datetime | None
    fakta: Fakta
    brudd: list[Hendt]
    varsel: Varselet | None
    nadd: list[Nadd]
    uttalelser: list[Uttalelsen]
    onsker: list[Onsket]
    veiinger: list[Veid]
    avgjorelse: Avgjort | None
    lukket: tuple[str, str, datetime] | None  # reason, words, when

    @property
    def frist_dag(self) -> date | None:
        """The last day on which one is in time."""
        return rules.last_day(self.frist) if self.frist else None

    @property
    def ubesvarte(self) -> list[Onsket]:
        """Wishes that wait for an answer."""
        return [one for one in self.onsker if one.innvilget is None]

    @property
    def apen(self) -> bool:
        """Whether anything can still be said and weighed."""
        return self.tilstand in rules.TOLD


def one(kommune_id: int, bruker_id: UUID, seal: Seal, sak_id: UUID, *, grunnlag: bool = True) -> Saken:
    """A matter of this bruker's. Raises NotHere: another's is as unknown as one that does not exist."""
    with reading() as db:
        found = rows(db, kommune_id, bruker_id, sak_id)
        return opened(found, seal, names(db, found), grunnlag=grunnlag)


def staff(found: Rader) -> set[UUID]:
    """Which members of staff are in the matter."""
    kinds: list[Sequence[Any]] = [found.brudd, found.nadd, found.svar, found.veiinger]
    wanted = {row.ansatt_id for kind in kinds for row in kind}
    wanted |= {row.muntlig_av for row in found.uttalelser}
    wanted |= {row.ansatt_id for row in (found.varsel, found.avgjorelse, found.lukking) if row is not None}
    return {one for one in wanted if one is not None}


def names(db: Session, found: Rader) -> dict[UUID, str]:
    """Who the members of staff in the matter are."""
    rows_ = db.execute(
        select(Ansatt.id, Ansatt.navn).where(Ansatt.kommune_id == found.sak.kommune_id, Ansatt.id.in_(staff(found)))
    )
    return {row.id: row.navn for row in rows_}


def place(row: Any, column: str) -> Place:
    """Where a value of this room is sealed."""
    return Place(row.__tablename__, column, row.kommune_id, row.id)


def words(row: Any, column: str, seal: Seal) -> str:
    """A sealed text of this room; empty for none."""
    value = getattr(row, column)
    return seal.open(value, place(row, column)) if value is not None else ""


def content(row: Any, column: str, seal: Seal) -> Any:
    """A sealed JSON value of this room."""
    return seal.open_json(getattr(row, column), place(row, column))


def opened(found: Rader, seal: Seal, who: dict[UUID, str], *, grunnlag: bool = True) -> Saken:
    """The rows as what they say."""
    sak, varsel, avgjort, lukking = found.sak, found.varsel, found.avgjorelse, found.lukking
    return Saken(
        id=sak.id,
        bruker_id=sak.bruker_id,
        vilkar_id=sak.vilkar_id,
        vilkarversjon_id=sak.vilkarversjon_id,
        tilstand=Tilstand(sak.tilstand),
        steg=sak.steg,
        laget=sak.laget,
        siste=sak.siste,
        frist=found.frist(),
        fakta=found.fakta(grunnlag=grunnlag),
        brudd=[Hendt(r.dato, words(r, "hva", seal), r.kilde, who.get(r.ansatt_id, ""), r.laget) for r in found.brudd],
        varsel=_notice(varsel, seal, who) if varsel else None,
        nadd=[
            Nadd(r.hvordan, words(r, "ord", seal), r.sprak, r.laget, who.get(r.ansatt_id, "") if r.ansatt_id else "")
            for r in found.nadd
        ],
        uttalelser=[_said(r, found.rettinger, seal, who) for r in found.uttalelser],
        onsker=_wishes(found, seal, who),
        veiinger=[
            Veid(content(r, "innhold", seal), r.antall, r.laget, who.get(r.ansatt_id, "")) for r in found.veiinger
        ],
        avgjorelse=_decision(avgjort, seal, who) if avgjort else None,
        lukket=(lukking.grunn, words(lukking, "tekst", seal), lukking.laget) if lukking else None,
    )


def _notice(row: Forhandsvarsel, seal: Seal, who: dict[UUID, str]) -> Varselet:
    return Varselet(
        parametre=content(row, "innhold", seal),
        tekst=content(row, "tekst", seal),
        sprak=row.sprak,
        sha256=row.sha256.hex(),
        belop=row.belop,
        maneder=row.maneder,
        virkedager=row.virkedager,
        tidligst=row.tidligst,
        sendt=row.sendt,
        ansatt_navn=who.get(row.ansatt_id, ""),
    )


def _said(row: Uttalelse, corrections: Sequence[Uttalelseretting], seal: Seal, who: dict[UUID, str]) -> Uttalelsen:
    return Uttalelsen(
        id=row.id,
        nummer=row.nummer,
        sagt=Sagt(**content(row, "innhold", seal)),
        rettinger=[
            (Sagt(**content(one, "innhold", seal)), one.laget, one.sprak)
            for one in corrections
            if one.uttalelse_id == row.id
        ],
        sprak=row.sprak,
        skrevet_av=row.skrevet_av,
        muntlig_av=who.get(row.muntlig_av, "–") if row.muntlig_av else "",
        for_sent=row.for_sent,
        laget=row.laget,
        sha256=row.sha256.hex(),
    )


def _wishes(found: Rader, seal: Seal, who: dict[UUID, str]) -> list[Onsket]:
    answers = {row.onske_id: row for row in found.svar}
    made = []
    for row in found.onsker:
        answer = answers.get(row.id)
        made.append(
            Onsket(
                id=row.id,
                slag=row.slag,
                tekst=words(row, "tekst", seal),
                sprak=row.sprak,
                laget=row.laget,
                svar=words(answer, "tekst", seal) if answer else "",
                innvilget=answer.innvilget if answer else None,
                ny_frist=answer.ny_frist if answer else None,
                besvart=answer.laget if answer else None,
                ansatt_navn=who.get(answer.ansatt_id, "") if answer else "",
            )
        )
    return made


def _decision(row: Avgjorelse, seal: Seal, who: dict[UUID, str]) -> Avgjort:
    return Avgjort(
        utfall=row.utfall,
        grunner=words(row, "grunner", seal),
        tekst=content(row, "tekst", seal),
        vedtak_id=row.vedtak_id,
        belop=row.belop,
        fra=row.fra,
        til=row.til,
        vurderinger=content(row, "vurderinger", seal) if row.vurderinger else {},
        klagefrist=row.klagefrist,
        laget=row.laget,
        ansatt_navn=who.get(row.ansatt_id, ""),
        sha256=row.sha256.hex(),
        sprak=row.sprak,
    )
