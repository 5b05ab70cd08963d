"""A matter as it is shown: everything in it, opened. Made by lesing.py from the rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from webapp.varsel import rules
from webapp.varsel.rules import Fakta, Tilstand


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
    skrevet_av: str  # who held the phone, in the bruker's own session; empty: by the office, or not kept then
    laget: datetime
    ansatt_navn: str


@dataclass(frozen=True, slots=True)
class Sagt:
    """What the bruker said: reasons as codes, own words, and what they want."""

    grunner: list[str]
    ord: str
    vil: str


@dataclass(frozen=True, slots=True)
class Rettet:
    """What the bruker said of what was written down for them."""

    sagt: Sagt
    laget: datetime
    sprak: str
    skrevet_av: str
    bekreftet: bool  # not a word is other than what stood there


@dataclass(frozen=True, slots=True)
class Uttalelsen:
    """An uttalelse, with the bruker's corrections when it was written down for them."""

    id: UUID
    nummer: str
    sagt: Sagt
    rettinger: list[Rettet]
    sprak: str
    skrevet_av: str
    muntlig_av: str  # the veileder's name; empty when the bruker wrote
    for_sent: bool
    laget: datetime
    sha256: str

    @property
    def alle(self) -> list[Sagt]:
        """All that is to be weighed."""
        return [self.sagt, *(one.sagt for one in self.rettinger)]

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
    nummer: str  # of the receipt; empty for those from before it had one
    skrevet_av: str
    laget: datetime
    svar: str
    innvilget: bool | None  # None: not answered
    ny_frist: datetime | None
    besvart: datetime | None
    ansatt_navn: str


@dataclass(frozen=True, slots=True)
class Tidligere:
    """What is left from earlier matters about the vilkår that were closed: words, and wishes without an answer."""

    uttalelser: list[Uttalelsen]
    onsker: list[Onsket]


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
