"""Two delivered versions beside each other: theme by theme, question by question, word by word (K7). Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from enum import StrEnum
from itertools import accumulate
from typing import Literal

from webapp.kartlegging.ordlyd import UKJENTE
from webapp.kartlegging.rules import Verdi
from webapp.kartlegging.skjema import SKJEMA
from webapp.kartlegging.versjoner import LevertSvar

# How many words are looked at for one answer, and for all answers of a page: about half a second, and about two.
# Beyond it lines are compared instead: no texts, however they were made, make anybody wait.
MOST_STEPS = 2_000_000
MOST_STEPS_A_PAGE = 6_000_000

# A word with the space after it: were spaces words of their own, there would be little else to compare.
_WORDS = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_LINES = re.compile(r"[^\n]*\n|[^\n]+")

Opcode = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]


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
    """The answers of two versions (``Innhold.svar``), by theme in the order of the form. Empty themes are left out.

    Questions that the form does not know any more come last.
    """
    themes, patience, answered = [], Patience(MOST_STEPS_A_PAGE), {*old, *new}
    known = {tema.id: [s.id for s in tema.kjente() if s.id in answered] for tema in SKJEMA.temaer}
    unknown = sorted(answered.difference(*known.values()))
    for tema_id, asked in {**known, UKJENTE: unknown}.items():
        if asked:
            questions = tuple(_question(one, old.get(one), new.get(one), patience) for one in asked)
            themes.append(Temaforskjell(tema_id, questions))
    return themes


def _question(ident: str, old: LevertSvar | None, new: LevertSvar | None, patience: Patience) -> Sporsmalforskjell:
    if old is None:
        art = Art.NY
    elif new is None:
        art = Art.FJERNET
    else:
        same = (old.verdi, old.vil_ikke) == (new.verdi, new.vil_ikke)
        # What is said to be changed is a change, also when nobody has written how it is now (K7).
        art = Art.LIK if same and (old.endret or not new.endret) else Art.ENDRET
    pieces = tuple(diff(old.verdi if old else "", new.verdi if new else "", patience))
    return Sporsmalforskjell(ident, art, old, new, pieces)


@dataclass(slots=True)
class Patience:
    """How many steps are left for comparing."""

    steps: int


class _TooSlow(Exception):
    """These two texts take more steps than there are left."""


class _Matcher(SequenceMatcher[str]):
    """Finds what is the same in two texts, as long as there is patience."""

    def __init__(self, before: list[str], after: list[str], patience: Patience) -> None:
        # No «autojunk»: it would throw away the words that people repeat, which are the ones that tell.
        super().__init__(None, before, after, autojunk=False)
        self._patience, self._least = patience, max(0, patience.steps - MOST_STEPS)
        times = Counter(after)
        self._until = list(accumulate((1 + times[word] for word in before), initial=0))

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """As in difflib, where it is called for each piece. Raises _TooSlow."""
        self._patience.steps -= self._until[-1 if ahi is None else ahi] - self._until[alo]
        if self._patience.steps < self._least:
            raise _TooSlow
        return super().find_longest_match(alo, ahi, blo, bhi)


def diff(old: Verdi, new: Verdi, patience: Patience | None = None) -> Iterator[Bit]:
    """The way from ``old`` to ``new`` in pieces. Choices are pieces of their own; texts are compared word by word."""
    if isinstance(old, list) or isinstance(new, list):
        yield from _choices(_as_list(old), _as_list(new))
        return
    if old == new:
        if old:
            yield Bit(Art.LIK, old)
        return
    before, after, steps = _steps(old, new, patience or Patience(MOST_STEPS))
    for tag, i1, i2, j1, j2 in steps:
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


def _steps(old: str, new: str, patience: Patience) -> tuple[list[str], list[str], list[Opcode]]:
    """Both texts in words, or in lines when there are not steps enough, with difflib's way from one to the other."""
    for parts in (_WORDS, _LINES):
        before, after = parts.findall(old), parts.findall(new)
        try:
            return before, after, _Matcher(before, after, patience).get_opcodes()
        except _TooSlow:
            continue
    return [old], [new], [("replace", 0, 1, 0, 1)]
