"""The steps that a demo person's road is told in: what happened, on which day counted from today, and at what time.

Pure data. ``last`` does each step through the service that the page would have called.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Dato:
    """A day so many days from today, as somebody would type it."""

    dager: int


@dataclass(frozen=True, slots=True)
class Maned:
    """The month that the day so many days from today is in, as somebody would type it."""

    dager: int


# The pages that demo staff open, by endpoint (a test holds that they are there).
BRUKER = "kartlegging_veileder.sak.vis"
INVITASJON = "identitet_saker.invitasjon"
OVERFOR = "identitet_saker.overfor"
MERKNAD = "kartlegging_veileder.sak.merknad"
NYTT_MOTE = "moter_veileder.nytt"
MOTE = "moter_veileder.mote"
NOTAT = "moter_veileder.notat.skriv"
HENVENDELSE = "innsyn_veileder.henvendelse"
LEVERING = "kartlegging_veileder.sak.les"

Answers = Mapping[str, str | list[str] | Dato | Maned]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steg:
    """``dag``: days from today, negative before; office steps are moved off weekends. ``kl``: time in Norway."""

    dag: int
    kl: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitert(Steg):
    """The veileder makes an invitation; ``brukt``: and it is used right away, in the meeting."""

    brukt: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Svarte(Steg):
    """The bruker answers, as the pages save it. ``vil_ikke``: questions with «vil ikke svare»."""

    svar: Answers
    vil_ikke: tuple[str, ...] = ()
    skrevet_av: str = "bruker"
    fortsatt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToTekster(Steg):
    """The same answer changed in two places: ``svar`` was saved from a page that had not seen the present text."""

    svar: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Leverte(Steg):
    """The bruker delivers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apnet(Steg):
    """Staff open a page. ``ansatt``: somebody else than the responsible veileder; then ``grunn`` says why (S1)."""

    side: str = BRUKER
    ansatt: str = ""
    grunn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leste(Steg):
    """The responsible veileder opens the latest delivery."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merknad(Steg):
    """The veileder writes beside an answer; ``svar``: what the bruker answers, if anything."""

    sporsmal: str
    tekst: str
    spor: bool = False
    svar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mote(Steg):
    """A meeting is agreed for ``om`` days later than this step."""

    om: int
    klokke: str
    form: str
    sted: str
    melding: str = ""
    minutter: int = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class TaOpp(Steg):
    """«Dette vil jeg ta opp» for the last meeting agreed."""

    tekst: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdt(Steg):
    """The last meeting was held, and the note written; ``delt``: and shared."""

    notat: Mapping[str, str] = field(default_factory=dict)
    delt: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Kommenterte(Steg):
    """The bruker comments on the shared note, and says how the meeting was (1 to 5)."""

    tekst: str
    ansikt: int
    om_motet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overfort(Steg):
    """Another veileder takes over."""

    til: str
    grunn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vikar(Steg):
    """Somebody becomes the substitute."""

    ansatt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ba(Steg):
    """The bruker asks for something (S3); ``svar``: what the veileder answers, if anything."""

    slag: str
    tekst: str
    svar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visning(Steg):
    """The bruker opens another selection of the same questions (K3)."""

    visning: str
