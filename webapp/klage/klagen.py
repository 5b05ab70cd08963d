"""What a klage is when it is opened: the words, the steps, and all that was added, put right and withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from webapp.klage import rules
from webapp.klage.rules import Handling, Mal, Stand
from webapp.platform import clock, languages
from webapp.platform.dates import oslo_date


@dataclass(frozen=True, slots=True)
class Ord:
    """The bruker's words: what is wrong and why, what they want, and why it comes late (when it does)."""

    hva: str
    onske: str
    sent: str

    def language(self, page: str) -> str:
        """Their language, written on a page in ``page``: people write in the one they want."""
        return languages.written_in(f"{self.hva} {self.onske} {self.sent}", page)


@dataclass(frozen=True, slots=True)
class Steget:
    """One step, opened."""

    stand: Stand
    dato: date
    tekst: str
    ansatt_navn: str
    laget: datetime


@dataclass(frozen=True, slots=True)
class Tillegget:
    """What was added, opened. ``steg``: «vurdert» or «sendt», and empty as long as it waits for the office."""

    id: UUID
    nummer: str
    tekst: str
    sprak: str
    skrevet_av: str
    sha256: str
    laget: datetime
    steg: str
    steg_laget: datetime | None


@dataclass(frozen=True, slots=True)
class Rettelsen:
    """What the bruker put right; the same words as before say that it is right."""

    ord: Ord
    sprak: str
    skrevet_av: str
    laget: datetime
    bekrefter: bool


@dataclass(frozen=True, slots=True)
class Trekket:
    """That it was withdrawn, and why when that was said."""

    tekst: str
    sprak: str
    skrevet_av: str
    laget: datetime


@dataclass(frozen=True, slots=True)
class Nedtegnelsen:
    """That it was told and not typed: to whom, how, and on which day."""

    ansatt_navn: str
    hvordan: str
    sagt: date


@dataclass(frozen=True, slots=True)
class Klagen:
    """A klage with its steps, opened. ``mot``: what it is against, in our words, in ``mot_sprak``."""

    id: UUID
    mal_type: Mal
    mal_id: UUID
    mot: str
    mot_sprak: str
    nummer: str
    ord: Ord
    sprak: str
    skrevet_av: str
    klagefrist: date
    for_sent: bool
    laget: datetime
    sha256: str
    steg: tuple[Steget, ...]
    tillegg: tuple[Tillegget, ...]
    rettinger: tuple[Rettelsen, ...]
    nedtegnet: Nedtegnelsen | None
    trukket: Trekket | None

    @property
    def stand(self) -> Stand:
        """Where it stands."""
        return rules.stand([one.stand for one in self.steg], trukket=self.trukket is not None)

    @property
    def kom(self) -> date:
        """The day it came: the day it was told, when it was written down for them."""
        return self.nedtegnet.sagt if self.nedtegnet else oslo_date(self.laget)

    @property
    def svarfrist(self) -> date | None:
        """The day by which the office has considered it; None when it has, or when it is withdrawn."""
        return rules.answer_by(self.kom) if self.stand in (Stand.SENDT_INN, Stand.MOTTATT) else None

    @property
    def over_svarfrist(self) -> bool:
        """Whether that day has been."""
        return self.svarfrist is not None and self.svarfrist < oslo_date(clock.now())

    @property
    def forrige_dag(self) -> date:
        """The day of the latest step: nothing that follows can be before it."""
        return self.steg[-1].dato if self.steg else self.kom

    @property
    def sagt_mer(self) -> int:
        """How many times something was added or put right: who handles it has read this many."""
        return len(self.tillegg) + len(self.rettinger)

    @property
    def nye_tillegg(self) -> tuple[Tillegget, ...]:
        """What was added and still waits for the office. Nothing waits in a klage that is withdrawn."""
        return () if self.trukket else tuple(one for one in self.tillegg if not one.steg)

    @property
    def siste_ord(self) -> Ord:
        """The words as they are now."""
        return self.rettinger[-1].ord if self.rettinger else self.ord

    def kan(self, handling: str, who: str = "bruker") -> bool:
        """Whether ``who`` can do it with the klage as it is; and only what was written down can be put right."""
        doing = Handling(handling)
        return rules.can(self.stand, doing, who) and (doing is not Handling.RETT or self.nedtegnet is not None)
