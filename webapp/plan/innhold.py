"""What a step says, opened and sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from webapp.identitet.adgang import Sak
from webapp.plan import rules
from webapp.plan.models import Aktivitet, Mal
from webapp.plan.rules import Rolle, Stand, Tilstand
from webapp.platform import access, languages
from webapp.platform.audit import Actor
from webapp.platform.sealing import Place, Seal


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two who agree, with the bruker it is about."""

    kommune_id: int
    bruker_id: UUID
    seal: Seal
    rolle: Rolle
    actor: Actor
    sprak: str
    hjelper: str | None = None

    @property
    def ansatt_id(self) -> UUID | None:
        """Who it is, on Nav's side."""
        return self.actor.id if self.rolle is Rolle.NAV else None

    def language_of(self, *words: str) -> str:
        """The language of what they wrote: people write in the one they want, whatever the page is in."""
        return languages.written_in(" ".join(words), self.sprak)

    @classmethod
    def bruker(cls, who: access.Bruker) -> Part:
        """The bruker."""
        return cls(who.kommune_id, who.id, who.seal, Rolle.BRUKER, who.actor, who.sprak, who.skriver)

    @classmethod
    def nav(cls, who: access.Ansatt, sak: Sak) -> Part:
        """Nav, by somebody who follows the bruker up. The office writes in Norwegian."""
        return cls(sak.kommune_id, sak.bruker_id, sak.seal, Rolle.NAV, who.actor, "nb")


@dataclass(frozen=True, slots=True)
class Forslag:
    """What a step says (P2): what, why, who, when and how often."""

    hva: str
    hvorfor: str
    ansvar: str = "bruker"
    hvem: str = ""
    start: date | None = None
    frist: date | None = None
    hvor_ofte: str = "en_gang"
    katalog: str = "fri"
    mal_id: UUID | None = None

    def as_json(self) -> dict[str, str | None]:
        """For what is sealed: history and versions."""
        return {key: None if value is None else str(value) for key, value in asdict(self).items()}

    @classmethod
    def of_json(cls, data: Mapping[str, Any]) -> Forslag:
        """As it was sealed."""
        known = {field.name for field in fields(cls)}
        given = {key: value for key, value in data.items() if key in known}
        for key in ("start", "frist"):
            given[key] = date.fromisoformat(given[key]) if given.get(key) else None
        given["mal_id"] = UUID(given["mal_id"]) if given.get("mal_id") else None
        return cls(**given)


@dataclass(frozen=True, slots=True)
class Steg:
    """A step, opened: what it says, and where it stands."""

    id: UUID
    forslag: Forslag
    sprak: str  # of the words in it
    stand: Stand
    endret: datetime

    @property
    def tilstand(self) -> Tilstand:
        """Where it stands."""
        return self.stand.tilstand

    @property
    def venter(self) -> str:
        """Whose answer it waits for; empty when nobody's."""
        return rules.waits_for(self.stand) or ""

    def mulig(self, rolle: str) -> frozenset[rules.Handling]:
        """What «bruker» or «nav» can do with it now."""
        return rules.possible(self.stand, Rolle(rolle))


@dataclass(frozen=True, slots=True)
class Maal:
    """A mål or delmål, opened."""

    id: UUID
    overordnet_id: UUID | None
    tekst: str
    sprak: str
    tilstand: str
    endret: datetime


def write(row: Aktivitet, part: Part, forslag: Forslag) -> None:
    """Put what a step says, in the words of ``part``, into its row."""
    row.ansvar, row.start, row.frist = rules.whose(forslag.ansvar), forslag.start, forslag.frist
    row.hvor_ofte, row.mal_id = forslag.hvor_ofte, forslag.mal_id
    words = {key: getattr(forslag, key) for key in ("hva", "hvorfor", "hvem", "ansvar", "katalog")}
    sprak = part.language_of(forslag.hva, forslag.hvorfor, forslag.hvem)
    row.innhold = part.seal.close_json({**words, "sprak": sprak}, step_place(row))


def opened(row: Aktivitet, seal: Seal) -> Steg:
    """A step."""
    words = seal.open_json(row.innhold, step_place(row))
    sprak = words.pop("sprak")
    forslag = Forslag(**words, start=row.start, frist=row.frist, hvor_ofte=row.hvor_ofte, mal_id=row.mal_id)
    stand = Stand(Tilstand(row.tilstand), row.versjon, row.ja_bruker_versjon, row.ja_nav_versjon, row.ansvar)
    return Steg(row.id, forslag, sprak, stand, row.endret)


def opened_goal(row: Mal, seal: Seal) -> Maal:
    """A goal."""
    text = seal.open(row.tekst, goal_place(row))
    return Maal(row.id, row.overordnet_id, text, row.sprak, row.tilstand, row.endret)


def step_place(row: Aktivitet) -> Place:
    """Where a step's words are sealed."""
    return Place("aktivitet", "innhold", row.kommune_id, row.id)


def goal_place(row: Mal) -> Place:
    """Where a goal's words are sealed."""
    return Place("mal", "tekst", row.kommune_id, row.id)
