"""The law, in one place: which sections the program speaks of, and the shortest deadlines. Section numbers are data.

Read on 24 November 2026 by developers, not by a lawyer: a lawyer must read this table before use. A new forvaltningslov
is on its way; when it comes into force, the lines below change and no text elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from webapp.platform.dates import add_days, add_working_days


@dataclass(frozen=True, slots=True)
class Hjemmel:
    """A section of a law: its id never changes meaning. ``om``: what it is about, in words a bruker understands."""

    id: str
    lov: LazyString
    paragraf: str
    om: LazyString


_SOTJL = _("sosialtjenesteloven")
_FVL = _("forvaltningsloven")

HJEMLER: dict[str, Hjemmel] = {
    hjemmel.id: hjemmel
    for hjemmel in (
        Hjemmel("rad", _SOTJL, "17", _("råd og veiledning")),
        Hjemmel("livsopphold", _SOTJL, "18", _("penger til å leve av")),
        Hjemmel("serlige", _SOTJL, "19", _("penger i særlige tilfeller")),
        Hjemmel("vilkar", _SOTJL, "20", _("vilkår for økonomisk hjelp")),
        Hjemmel("aktivitet", _SOTJL, "20 a", _("aktivitet for deg som er under 30 år")),
        Hjemmel("nodhjelp", _SOTJL, "18", _("hjelp i en nødssituasjon")),
        Hjemmel("forhandsvarsel", _FVL, "16", _("varsel før en avgjørelse")),
        Hjemmel("innsyn", _FVL, "18", _("rett til å se saken din")),
        Hjemmel("begrunnelse", _FVL, "24", _("rett til å få vite hvorfor")),
        Hjemmel("klage", _FVL, "28", _("rett til å klage")),
    )
}

# The law says «a reasonable time» and no number. Ten working days is this program's floor: nobody can set less here,
# and a kommune can set more (Settings.uttalelse_virkedager).
UTTALELSE_VIRKEDAGER = 10
# Forvaltningsloven § 29: three weeks from when the message about the vedtak reached the party.
KLAGEFRIST_DAGER = 21
# Forvaltningsloven § 11 a: whoever has not had an answer within a month is told why, and when it comes.
KLAGE_SVAR_DAGER = 30
# GDPR art. 12 no. 3: whoever asks for correction or deletion has an answer within a month.
INNSYN_SVAR_DAGER = 30
# Sosialtjenesteloven § 20 a: an activity vilkår is the rule for those younger than this.
AKTIVITET_UNDER_AR = 30


def klagefrist(fra: date) -> date:
    """The last day to appeal what reached the party on ``fra``; a weekend or a holiday moves it on to a working day."""
    return add_working_days(add_days(fra, KLAGEFRIST_DAGER), 0)
