"""The words that leave the program: the same for everything, and nothing about what it is (S6)."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from webapp.platform import languages
from webapp.platform.utboks import Kanal


@dataclass(frozen=True, slots=True)
class Ord:
    """A heading and a text."""

    emne: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Tall:
    """What a summary counts: brukere, each figure by itself."""

    nytt: int  # something delivered or answered that is not read
    over: int  # a deadline of the kontor's has passed (K8)
    venter: int  # something waits in one of the other rooms
    haster: int  # … and should not
    uten: int = 0  # for a leder: at the kontor, those who have no veileder


def known(sprak: str) -> str:
    """``sprak`` when the program speaks it, else bokmål."""
    return sprak if sprak in languages.SPRAK else languages.SOURCE


def to_bruker(kanal: Kanal, sprak: str, origin: str, avmelding: str) -> Ord:
    """What a bruker gets. No address in an SMS: people are told, rightly, not to press on such links."""
    with force_locale(known(sprak)):
        if kanal is Kanal.PUSH:
            return Ord(_("Det er noe nytt til deg"), _("Logg inn for å lese det."))
        words = _("Det er noe nytt til deg. Logg inn for å lese det.")
        if kanal is Kanal.SMS:
            return Ord("", words)
        off = _("Du får denne meldingen fordi du har bedt om det. Her kan du slå den av:")
        return Ord(_("Det er noe nytt til deg"), f"{words}\n\n{origin}/\n\n{off}\n{avmelding}\n")


def to_ansatt(sprak: str, origin: str, tall: Tall) -> Ord:
    """The daily summary: figures, and nobody's name."""
    with force_locale(known(sprak)):
        n, over, waiting = tall.nytt, tall.over, tall.venter
        told = ngettext(
            "%(num)s bruker har levert eller svart på noe.", "%(num)s brukere har levert eller svart på noe.", n
        )
        late = ngettext("Hos %(num)s bruker er en frist gått ut.", "Hos %(num)s brukere er en frist gått ut.", over)
        waits = ngettext("Det venter noe hos %(num)s bruker.", "Det venter noe hos %(num)s brukere.", waiting)
        hurry = ngettext("%(num)s av dem haster.", "%(num)s av dem haster.", tall.haster)
        nobody = ngettext(
            "%(num)s bruker på kontoret har ingen veileder.",
            "%(num)s brukere på kontoret har ingen veileder.",
            tall.uten,
        )
        lines = [
            told if n else "",
            late if over else "",
            waits if waiting else "",
            hurry if tall.haster else "",
            nobody if tall.uten else "",
            f"\n{origin}/veileder/\n",
            _("Du kan slå av denne e-posten under «Mitt sammendrag» i Medvirk."),
        ]
        return Ord(_("Det som venter på deg i dag"), "\n".join(line for line in lines if line) + "\n")
