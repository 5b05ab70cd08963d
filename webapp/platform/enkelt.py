"""«Forklar enklere»: very short sentences, each beside a pictogram. Help to understand, never the text that counts.

A room writes its explanations in its own ``enkelt.py`` (held to stricter limits by scripts/klarsprak.toml);
templates/felles/enkelt.html shows them. What is kept as evidence of what was shown (F3) does not have them in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import LazyString, force_locale
from markupsafe import Markup, escape

from webapp.platform import languages

# Where a sentence ends, in every script that we have. A dot inside a word («nav.no») ends nothing.
_END = re.compile(r"(?<=[.!?؟۔።፧])\s+")

# Turns a sentence into what the page shows: fills in, escapes. Nothing at all: the sentence is left out.
Fyll = Callable[[str], Markup]


# Identity is what makes two of these equal: comparing by content would translate the lazy text on the way.
@dataclass(frozen=True, slots=True, eq=False)
class Enkelt:
    """Some sentences in one message, so that they are translated together, and a pictogram for each.

    ``tegn``: names in templates/felles/piktogram.html.
    """

    tegn: tuple[str, ...]
    tekst: LazyString


@dataclass(frozen=True, slots=True)
class Linje:
    """A sentence as the page shows it; ``norsk``: the same in bokmål, when the page shows both."""

    tegn: str
    tekst: Markup
    norsk: Markup | None = None


def linjer(forklaring: Sequence[Enkelt], fyll: Fyll = escape) -> tuple[Linje, ...]:
    """The explanation in the language of the page."""
    return tuple(line for one in forklaring for line in _lines(one, fyll))


def _lines(one: Enkelt, fyll: Fyll) -> list[Linje]:
    here = _filled(setninger(str(one.tekst), len(one.tegn)), fyll)
    source = here
    if languages.both():
        with force_locale(languages.SOURCE):
            source = _filled(setninger(str(one.tekst), len(here)), fyll)
    return [
        Linje(tegn, words, bokmal if bokmal != words else None)
        for tegn, words, bokmal in zip(one.tegn, here, source, strict=False)
        if words
    ]


def setninger(tekst: str, antall: int) -> list[str]:
    """The sentences of a text, at most so many. A translation with more of them keeps the rest in the last one."""
    return _END.split(tekst, maxsplit=antall - 1) if antall > 1 else [tekst]


def _filled(sentences: list[str], fyll: Fyll) -> list[Markup]:
    return [fyll(one) for one in sentences]
