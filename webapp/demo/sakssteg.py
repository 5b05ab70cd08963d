"""The steps of a demo person's road outside the mapping: plan, vedtak and vilkår, varsel, klage, råd og veiledning.

Pure data, like ``steg``. ``frist``, ``dato``, ``fra`` and ``til`` are days from the step itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from webapp.demo.steg import Steg

# The pages that demo staff open for these steps.
PLAN = "plan_veileder.hjem"
VEDTAK = "vilkar_veileder.liste"
VARSEL = "varsel_veileder.sak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreslo(Steg):
    """A step is proposed in the plan; ``av``: «bruker» or «nav»; ``ja``: and the other says yes the day after."""

    hva: str
    hvorfor: str
    av: str = "nav"
    ansvar: str = "bruker"
    frist: int = 21
    hvor_ofte: str = "en_gang"
    katalog: str = "fri"
    ja: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mal(Steg):
    """The bruker writes a goal."""

    tekst: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vedtatt(Steg):
    """A vedtak of the fagsystem is registered, and a vilkår of the bank set on it."""

    nummer: str
    type: str
    parametre: Mapping[str, Any]
    frist: int
    hvorfor: str
    belop: int = 2000
    maneder: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class LesteVilkar(Steg):
    """The bruker opens the last vilkår; ``svar``: «forstar», «sporsmal», «forklar», or nothing."""

    svar: str = ""
    sporsmal: str = ""
    uenig: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noterte(Steg):
    """The veileder notes what happened; ``varsel``: and sends a forhåndsvarsel an hour later.

    ``dato``: how many days before; an appointment that came to nothing is noted on its own day.
    """

    hva: str
    dato: int = -1
    varsel: str = ""
    belop: int = 1500
    maneder: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ApnetVarsel(Steg):
    """The bruker opens the notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Uttalte(Steg):
    """The bruker answers; ``onsker``: «tid», «samtale», «tolk»."""

    grunner: tuple[str, ...]
    ord: str
    vil: str = ""
    onsker: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Avgjorde(Steg):
    """The veileder answers what was wished for, weighs, and registers what it came to.

    For a reduction a vedtak ``nummer`` is registered first.
    """

    veid: str
    utfall: str
    grunner: str
    nummer: str = ""
    belop: int = 1000
    vurderinger: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Klaget(Steg):
    """The bruker sends a klage against the reduction (or the last vilkår).

    ``mottatt``: and the office takes it in when it opens.
    """

    mot: str
    hva: str
    vil: str = ""
    mottatt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KjennerPlanen(Steg):
    """The bruker confirms knowing the present version of the plan (P4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeldteGjort(Steg):
    """The bruker says that the last vilkår is done."""

    tekst: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vurderte(Steg):
    """The veileder registers what became of the last vilkår: «oppfylt», «ikke_oppfylt», «opphort»."""

    utfall: str
    tekst: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BaOmRad(Steg):
    """The bruker asks for råd og veiledning."""

    omrader: tuple[str, ...]
    tekst: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SvartePaOnske(Steg):
    """The veileder answers what was wished for."""

    tekst: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkrevNed(Steg):
    """The veileder writes down what the bruker said aloud; ``bekreftet``: and the bruker says that it is right."""

    grunner: tuple[str, ...]
    ord: str
    bekreftet: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Veide(Steg):
    """The veileder weighs what was said, and decides nothing yet."""

    veid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lukket(Steg):
    """The veileder closes the matter, and nothing is taken."""

    grunn: str
    tekst: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LesteAvgjorelsen(Steg):
    """The bruker opens what was decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KlageSteg(Steg):
    """The office, or the statsforvalter, takes the last klage further: a code of klage/rules.Stand."""

    steg: str
    tekst: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SvarteOmRad(Steg):
    """The office answers the last application for råd og veiledning; ``slutt``: and it has ended a week later."""

    nummer: str
    tekst: str
    innvilget: bool = True
    slutt: str = ""


OFFICE = (Vedtatt, Noterte, Avgjorde, Vurderte, SvartePaOnske, SkrevNed, Veide, Lukket, KlageSteg, SvarteOmRad)
