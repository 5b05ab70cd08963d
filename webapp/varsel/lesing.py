"""A matter with everything in it, opened for whoever may see it. The rows come from rader.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from webapp.platform.database import reading
from webapp.platform.sealing import Seal
from webapp.varsel import rules
from webapp.varsel.models import Avgjorelse, Forhandsvarsel, Uttalelse, Uttalelseretting
from webapp.varsel.rader import NotHere, Rader, content, names, place, rows, staff, words
from webapp.varsel.rules import Fakta, Tilstand

__all__ = ["NotHere", "Rader", "Saken", "content", "names", "one", "opened", "place", "rows", "staff", "words"]


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
