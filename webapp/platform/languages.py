"""Languages: bokmål is the source, every other is a catalogue in i18n/. Each page says which language it is in."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, g, request, session
from flask_babel import Babel

from webapp.config import ROOT


@dataclass(frozen=True, slots=True)
class Sprak:
    """A language of the interface. ``reviewed``: a native speaker has read the whole catalogue.

    ``komma``: what stands between two things side by side. In a sentence they are joined by platform/lists.py.
    """

    kode: str
    navn: str  # in the language itself, so that somebody who reads no Norwegian finds it
    retning: str
    reviewed: bool
    komma: str = ", "


SPRAK: dict[str, Sprak] = {
    sprak.kode: sprak
    for sprak in (
        Sprak("nb", "Norsk bokmål", "ltr", reviewed=True),
        Sprak("en", "English", "ltr", reviewed=False),
        Sprak("ar", "العربية", "rtl", reviewed=False, komma="، "),
    )
}
SOURCE = "nb"
UNDETERMINED = "und"


def init_app(app: Flask) -> None:
    """Hang Babel on the app, with the catalogues of i18n/."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "i18n")
    app.config["BABEL_DEFAULT_LOCALE"] = SOURCE
    Babel(app, locale_selector=current, timezone_selector=lambda: "Europe/Oslo", default_timezone="Europe/Oslo")


def current() -> str:
    """The language code of this request: the person's own, else the one chosen before sign-in, else the browser's."""
    chosen = g.get("sprak")
    if chosen is None:
        person = g.get("who")
        chosen = person.sprak if person else session.get("sprak")
        if chosen not in SPRAK:
            chosen = request.accept_languages.best_match(["nb", "no", "nn", "en", "ar"], SOURCE)
            chosen = chosen if chosen in SPRAK else SOURCE
        g.sprak = chosen
    return str(chosen)


def sprak() -> Sprak:
    """The language of this request."""
    return SPRAK[current()]


def written_in(words: str, kode: str) -> str:
    """The language tag of a person's own ``words``, typed on a page in ``kode``: «und» when the letters are others'.

    People write in the language they want. A wrong tag makes a screen reader read Arabic as if it were Norwegian.
    """
    letters = Counter(filter(None, map(_alphabet, words)))
    if not letters or kode not in SPRAK or letters.most_common(1)[0][0] == _alphabet(SPRAK[kode].navn[0]):
        return kode
    return UNDETERMINED


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""


def asked_for() -> str | None:
    """The language whose button was pressed in this request, if any (see Skjema: nothing else is submitted then)."""
    value = request.form.get("bytt_sprak")
    return value if value in SPRAK else None


def remember(kode: str) -> None:
    """Use ``kode`` from here on in this request and, before sign-in, in this browser."""
    g.sprak = kode
    session["sprak"] = kode


def local_path(target: str | None, default: str = "/") -> str:
    """``target`` when it is a path on this site, else ``default``. Nobody is sent elsewhere by a link of ours."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return default
    if any(ord(character) < 33 for character in target):
        return default
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else default
