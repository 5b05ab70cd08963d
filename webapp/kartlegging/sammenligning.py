"""Two delivered versions beside each other: theme by theme, question by question, word by word (K7). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from webapp.kartlegging.levering import LevertSvar
from webapp.kartlegging.rules import Verdi
from webapp.kartlegging.skjema import SKJEMA

# Above this many comparisons of words, lines are compared instead: no text, however repetitive, makes anybody wait.
MOST_STEPS = 400_000

# A word with the space after it: were spaces words of their own, there would be little else to compare.
_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


class Art(StrEnum):
    """What happened to a piece of text, or to an answer as a whole."""

    LIK = "lik"
    LAGT_TIL = "lagt-til"  # a piece that is new
    TATT_BORT = "tatt-bort"  # a piece that is gone
    NY = "ny"  # an answer where there was none
    FJERNET = "fjernet"  # no answer where there was one
    ENDRET = "endret"


@dataclass(frozen=True, slots=True)
class Bit:
    """A piece of text (or one choice's id): the same in both, added, or taken away."""

    art: Art
    tekst: str


@dataclass(frozen=True, slots=True)
class Sporsmalforskjell:
    """One question in both versions. ``biter`` without what is added are the old answer, and the other way round."""

    sporsmal: str
    art: Art
    gammel: LevertSvar | None
    ny: LevertSvar | None
    biter: tuple[Bit, ...]


@dataclass(frozen=True, slots=True)
class Temaforskjell:
    """One theme in both versions, with the questions answered in at least one of them."""

    tema: str
    sporsmal: tuple[Sporsmalforskjell, ...]

    @property
    def endret(self) -> int:
        """How many of its answers are not the same."""
        return sum(one.art is not Art.LIK for one in self.sporsmal)


def compare(old: Mapping[str, LevertSvar], new: Mapping[str, LevertSvar]) -> list[Temaforskjell]:
    """The answers of two versions (``Innhold.svar``), by theme in the order of the form. Empty themes are left out."""
    themes = []
    for tema in SKJEMA.temaer:
        asked = [s.id for s in tema.alle() if s.id in old or s.id in new]
        if asked:
            themes.append(Temaforskjell(tema.id, tuple(_question(one, old.get(one), new.get(one)) for one in asked)))
    return themes


def _question(ident: str, old: LevertSvar | None, new: LevertSvar | None) -> Sporsmalforskjell:
    if old is None:
        art = Art.NY
    elif new is None:
        art = Art.FJERNET
    else:
        art = Art.LIK if (old.verdi, old.vil_ikke) == (new.verdi, new.vil_ikke) else Art.ENDRET
    pieces = tuple(diff(old.verdi if old else "", new.verdi if new else ""))
    return Sporsmalforskjell(ident, art, old, new, pieces)


def diff(old: Verdi, new: Verdi) -> Iterator[Bit]:
    """The way from ``old`` to ``new`` in pieces. Choices are pieces of their own; texts are compared word by word."""
    if isinstance(old, list) or isinstance(new, list):
        yield from _choices(_as_list(old), _as_list(new))
        return
    if old == new:
        if old:
            yield Bit(Art.LIK, old)
        return
    before, after = _tokens(old, new)
    # No «autojunk»: it would throw away the words that people repeat, which are the ones that tell.
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield Bit(Art.LIK, "".join(before[i1:i2]))
            continue
        if i1 < i2:
            yield Bit(Art.TATT_BORT, "".join(before[i1:i2]))
        if j1 < j2:
            yield Bit(Art.LAGT_TIL, "".join(after[j1:j2]))


def _as_list(verdi: Verdi) -> list[str]:
    return verdi if isinstance(verdi, list) else [verdi] if verdi else []


def _choices(old: list[str], new: list[str]) -> Iterator[Bit]:
    for choice in old:
        yield Bit(Art.LIK if choice in new else Art.TATT_BORT, choice)
    for choice in new:
        if choice not in old:
            yield Bit(Art.LAGT_TIL, choice)


def _tokens(old: str, new: str) -> tuple[list[str], list[str]]:
    words = _WORDS.findall(old), _WORDS.findall(new)
    if _steps(*words) <= MOST_STEPS:
        return words
    lines = _LINES.findall(old), _LINES.findall(new)
    return lines if _steps(*lines) <= MOST_STEPS else ([old], [new])


def _steps(before: list[str], after: list[str]) -> int:
    """About how much work comparing is: for each word, how often it stands on the other side."""
    counts: dict[str, int] = {}
    for word in after:
        counts[word] = counts.get(word, 0) + 1
    return sum(counts.get(word, 0) for word in before)
