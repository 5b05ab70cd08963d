"""What a type in the text bank is made of, and the parts that several of them share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l

Feltslag = Literal["linje", "ord", "dato", "klokke", "tall", "dager"]
# When something can count as not done: along the way («hver mandag»), on the last day (an appointment), or after it
# («senest»).
Forfall = Literal["underveis", "dagen", "etter"]


@dataclass(frozen=True, slots=True)
class Felt:
    """A parameter. ``enhet`` turns a number into words; ``kreves``: what is said when it is missing."""

    id: str
    slag: Feltslag
    ledetekst: LazyString
    hjelp: LazyString | str = ""
    kreves: LazyString | None = None
    enhet: Callable[[int], str] | None = None
    hoyst: int = 0


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of vilkår. Texts may name its parameters and «frist»; a plain ``str`` is the veileder's own words."""

    id: str
    slag: str  # V3: aktivitet, okonomi, dokumentasjon
    navn: LazyString  # in the veileder's list
    tittel: LazyString | str
    hva: LazyString | str
    felt: tuple[Felt, ...]
    nar: LazyString
    oppfylt: LazyString | str
    hvorfor: LazyString | str = ""
    hvor: LazyString | str = ""
    ofte: LazyString | str = ""
    frist: LazyString = _l("Siste dag")  # what the deadline is called in the form
    forfall: Forfall = "underveis"

    def er_forfalt(self, frist: date, dag: date) -> bool:
        """Whether what was not done on ``dag`` can be held against anybody, when the last day is ``frist``."""
        return self.forfall == "underveis" or dag > frist or (self.forfall == "dagen" and dag == frist)


INNEN = _l("Senest %(frist)s.")
PERIODE = _l("Fra %(fra)s til og med %(frist)s.")
FRA = _l("Fra %(fra)s.")
TIDSPUNKT = _l("%(frist)s klokka %(klokke)s.")
KLOKKE_DAGER = _l("Hver %(dager)s, klokka %(klokke)s.")
EN_GANG = _l("Én gang.")
STED = "%(sted)s"  # an address needs no words of ours


def jobber(n: int) -> str:
    """«3 jobber»."""
    return str(ngettext("%(num)s jobb", "%(num)s jobber", n))


def timer(n: int) -> str:
    """«4 timer»."""
    return str(ngettext("%(num)s time", "%(num)s timer", n))


def line(name: str, label: LazyString, required: LazyString, hint: LazyString | str = "") -> Felt:
    """A parameter of one line, always needed."""
    return Felt(name, "linje", label, hint, required)


def place(hint: LazyString | str = "") -> Felt:
    """Where."""
    return line("sted", _l("Sted"), _l("Skriv adressen, så brukeren finner fram."), hint or _l("Skriv hele adressen."))


F_FRA = Felt("fra", "dato", _l("Første dag"), kreves=_l("Skriv når det begynner."))
F_KLOKKE = Felt("klokke", "klokke", _l("Klokkeslett"), kreves=_l("Skriv når på dagen, for eksempel 10:30."))
F_DAGER = Felt("dager", "dager", _l("Hvilke dager"), kreves=_l("Velg minst én dag."))
F_TIMER = Felt(
    "timer", "tall", _l("Timer om dagen"), kreves=_l("Skriv hvor mange timer, med tall."), enhet=timer, hoyst=12
)
DAGER_TIMER = _l("Hver %(dager)s, klokka %(klokke)s. %(timer)s hver dag.")
NESTE_STEG = _l("Det skal gjøre veien til arbeid eller skole kortere for deg.")
