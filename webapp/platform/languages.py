"""Languages: bokmål is the source, every other is a catalogue in i18n/. Each page says which language it is in."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, g, request, session
from flask_babel import Babel, force_locale, get_translations

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

    @property
    def tag(self) -> str:
        """What browsers and screen readers call it (BCP 47). ``kode`` is what Babel calls it: «fa_AF» is «fa-AF»."""
        return tag(self.kode)


SPRAK: dict[str, Sprak] = {
    sprak.kode: sprak
    for sprak in (
        Sprak("nb", "Norsk bokmål", "ltr", reviewed=True),
        Sprak("nn", "Nynorsk", "ltr", reviewed=False),
        Sprak("se", "Davvisámegiella", "ltr", reviewed=False),
        Sprak("en", "English", "ltr", reviewed=False),
        Sprak("uk", "Українська", "ltr", reviewed=False),
        Sprak("ar", "العربية", "rtl", reviewed=False, komma="، "),
        Sprak("so", "Soomaali", "ltr", reviewed=False),
        Sprak("ti", "ትግርኛ", "ltr", reviewed=False, komma="፣ "),
        Sprak("fa_AF", "دری", "rtl", reviewed=False, komma="، "),
        Sprak("pl", "Polski", "ltr", reviewed=False),
    )
}
SOURCE = "nb"
UNDETERMINED = "und"
BOTH, ALONE = "begge", "alene"  # what the button for two languages at once sends, and the one for one
SIDE = "sidesprak"  # the field where a page says which language it is in
BEFORE = "sprak_for"  # in the browser's cookie: the language before this one. The choice of two is there as BOTH
# What browsers call what we have under another name: Dari is «prs» or just «fa» there.
_ALSO = {"no": "nb", "prs": "fa_AF", "fa": "fa_AF", "sme": "se", "tir": "ti", "som": "so"}


def tag(kode: str) -> str:
    """A language code of ours as a BCP 47 tag, for ``lang`` and for addresses. In templates: ``kode|spraktag``."""
    return kode.replace("_", "-")


def known(name: str | None) -> str | None:
    """The code of the language that a browser or an address calls ``name``; None when we do not have it."""
    code = (name or "").replace("-", "_")
    if code in SPRAK:
        return code
    first = code.split("_", maxsplit=1)[0].lower()
    return first if first in SPRAK else _ALSO.get(first)


def init_app(app: Flask) -> None:
    """Hang Babel on the app, with the catalogues of i18n/."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "i18n")
    app.config["BABEL_DEFAULT_LOCALE"] = SOURCE
    Babel(app, locale_selector=current, timezone_selector=lambda: "Europe/Oslo", default_timezone="Europe/Oslo")


def read_all() -> None:
    """Read every catalogue that this process has not read yet (0.1 s the first time, then nothing).

    Before a write that says the same in all languages, so that nobody waits for the database meanwhile.
    """
    for kode in SPRAK:
        with force_locale(kode):
            get_translations()


def current() -> str:
    """The language code of this request: the person's own, else the one chosen before sign-in, else the browser's."""
    chosen = g.get("sprak")
    if chosen is None:
        person = g.get("who")
        chosen = person.sprak if person else session.get("sprak")
        if chosen not in SPRAK:
            wanted = (known(name) for name in request.accept_languages.values())
            chosen = next(filter(None, wanted), SOURCE)
        g.sprak = chosen
    return str(chosen)


def sprak() -> Sprak:
    """The language of this request."""
    return SPRAK[current()]


def both() -> bool:
    """Whether the page shows bokmål beside its own language, for two people who read it together."""
    return bool(_here(BOTH)) and current() != SOURCE


def _here(name: str) -> Any:
    """What this browser's cookie says; nothing on pages that are the same for everybody (telefon/filer.py)."""
    return None if request.blueprint == "telefon_filer" else session.get(name)


def written_in(words: str, kode: str) -> str:
    """The language tag of a person's own ``words``, typed on a page in ``kode``: «und» when the letters are others'.

    People write in the language they want. A wrong tag makes a screen reader read Arabic as if it were Norwegian.
    """
    letters: Counter[str] = Counter()
    for letter, times in Counter(words).items():  # each letter looked up once: this runs while people type
        letters[_alphabet(letter)] += times
    del letters[""]
    if not letters or kode not in SPRAK or letters.most_common(1)[0][0] == _alphabet(SPRAK[kode].navn[0]):
        return kode
    return UNDETERMINED


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0] if letter.isalpha() else ""


def typed_on(kode: str | None) -> str:
    """The language of the page that a form comes from, as the page says itself (``SIDE``); else of this request.

    Not the same: the button for another language sends the page too, and another tab may have changed it.
    """
    return kode if kode in SPRAK else current()


def asked_for() -> str | None:
    """The language whose button was pressed in this request, if any (see Skjema: nothing else is submitted then)."""
    value = request.form.get("bytt_sprak")
    return current() if value in (BOTH, ALONE) else value if value in SPRAK else None


def remember(kode: str) -> None:
    """Use ``kode`` from here on in this request and, before sign-in, in this browser.

    The language before it stays at the top of the list, so that a helper can switch to Norwegian and back.
    """
    pressed = request.form.get("bytt_sprak")
    if pressed in (BOTH, ALONE):  # says what it shall be, and turns nothing round: a request may come here twice
        session[BOTH] = pressed == BOTH
    elif kode != current():
        session[BEFORE] = current()
    g.sprak = kode
    session["sprak"] = kode


def choices() -> list[Sprak]:
    """All languages as the menu shows them: this one, the one before it, bokmål, and the others."""
    first = dict.fromkeys((current(), _here(BEFORE), SOURCE))
    codes = [*(kode for kode in first if kode in SPRAK), *(kode for kode in SPRAK if kode not in first)]
    return [SPRAK[kode] for kode in codes]


def local_path(target: str | None, default: str = "/") -> str:
    """``target`` when it is a path on this site, else ``default``. Nobody is sent elsewhere by a link of ours."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return default
    if any(ord(character) < 33 for character in target):
        return default
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else default
