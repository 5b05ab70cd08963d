"""Whose words may need an interpreter, and where they stand. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

NORSK = frozenset({"nb", "nn"})


class Kilde(StrEnum):
    """Where the bruker's own words stand. What is said of a shared note (motekommentar) has a place and no page yet."""

    LEVERING = "levering"
    MERKNADSVAR = "merknadsvar"
    UTTALELSE = "uttalelse"
    KLAGE = "klage"
    KLAGETILLEGG = "klagetillegg"


Nokkel = tuple[str, UUID, str]  # kind, id, question


@dataclass(frozen=True, slots=True)
class Del:
    """Own words, and the code of the language they are in («und»: none that we know)."""

    tekst: str
    sprak: str


@dataclass(frozen=True, slots=True)
class Kilden:
    """What one rendering is of: words that were sent together. ``felt``: the question in a levering, else empty."""

    type: Kilde
    id: UUID
    felt: str
    deler: tuple[Del, ...]

    @property
    def nokkel(self) -> Nokkel:
        """What its renderings are kept under."""
        return self.type.value, self.id, self.felt

    @property
    def fremmede(self) -> tuple[str, ...]:
        """The languages in it that are not Norwegian, each once. None: there is nothing to interpret."""
        return foreign(one.sprak for one in self.deler)


def may_be_foreign(kilde: Kilden, bruker_sprak: str) -> bool:
    """Whether somebody may have to say what the words mean. ``bruker_sprak``: the language the bruker reads.

    Latin letters on a Norwegian page count as Norwegian; of somebody who reads another language, only a person can
    tell.
    """
    return bool(kilde.deler) and bool(kilde.fremmede or foreign([bruker_sprak]))


def foreign(koder: Iterable[str]) -> tuple[str, ...]:
    """The codes that are not Norwegian, each once, in the order they came."""
    return tuple(dict.fromkeys(kode for kode in koder if kode not in NORSK))


def spoken(parts: Iterable[tuple[str, str]]) -> tuple[Del, ...]:
    """Text and language, without what was left empty."""
    return tuple(Del(tekst, sprak) for tekst, sprak in parts if tekst.strip())
