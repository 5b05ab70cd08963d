"""What the tests of this room need: steps in every state, made through the services."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from tests.kartlegging.veileder_levert import som_bruker
from tests.moter.avtaler import kari, sak
from tests.verden import Verden
from webapp.plan import service
from webapp.plan.innhold import Forslag, Part, Steg
from webapp.plan.rules import Handling, Tilstand
from webapp.plan.service import Planen
from webapp.platform import ids

FRIST = date(2026, 11, 27)  # the Friday of the week in which the tests' clock stands still


def amina(verden: Verden, bruker_id: UUID | None = None) -> Part:
    """The bruker."""
    return Part.bruker(som_bruker(verden, bruker_id))


def nav(verden: Verden, bruker_id: UUID | None = None) -> Part:
    """Nav, by Kari."""
    return Part.nav(kari(verden), sak(verden, bruker_id))


def forslag(hva: str = "Ringe jobbverkstedet", **kwargs: Any) -> Forslag:
    """A step that can be agreed on."""
    return Forslag(hva=hva, hvorfor=kwargs.pop("hvorfor", "For å komme i gang"), **{"frist": FRIST, **kwargs})


def plan(verden: Verden, bruker_id: UUID | None = None) -> Planen:
    """As it stands."""
    bruker_id = bruker_id or verden.amina
    return service.read(verden.kommune_id, bruker_id, verden.seal(bruker_id))


def steg(verden: Verden, steg_id: UUID) -> Steg:
    """One step."""
    return plan(verden).one(steg_id)


def foreslatt(verden: Verden, av: str = "nav", what: Forslag | None = None) -> UUID:
    """A step proposed by one of the two."""
    part = nav(verden) if av == "nav" else amina(verden)
    return service.propose(part, ids.new_id(), what or forslag())


def avtalt(verden: Verden, what: Forslag | None = None) -> UUID:
    """A step both have said yes to."""
    steg_id = foreslatt(verden, "nav", what)
    service.act(amina(verden), steg_id, Handling.JA, 1)
    return steg_id


# How each state comes about: who does what, after a proposal from Nav (or the bruker).
VEIER: dict[Tilstand, tuple[str, tuple[tuple[str, Handling], ...]]] = {
    Tilstand.FORESLATT_BRUKER: ("bruker", ()),
    Tilstand.FORESLATT_NAV: ("nav", ()),
    Tilstand.IKKE_NYTTIG: ("nav", (("bruker", Handling.IKKE_NYTTIG),)),
    Tilstand.AVSLATT: ("bruker", (("nav", Handling.AVSLA),)),
    Tilstand.TRUKKET: ("nav", (("nav", Handling.TREKK),)),
    Tilstand.AVTALT: ("nav", (("bruker", Handling.JA),)),
    Tilstand.PAUSE: ("nav", (("bruker", Handling.JA), ("bruker", Handling.PAUSE))),
    Tilstand.GJORT: ("nav", (("bruker", Handling.JA), ("bruker", Handling.GJORT))),
    Tilstand.AVSLUTTET: ("nav", (("bruker", Handling.JA), ("bruker", Handling.AVSLUTT))),
}


def i_tilstand(verden: Verden, tilstand: Tilstand, hva: str = "") -> UUID:
    """A step in ``tilstand``."""
    av, acts = VEIER[tilstand]
    steg_id = foreslatt(verden, av, forslag(hva or f"Steg {tilstand}"))
    for who, handling in acts:
        part = nav(verden) if who == "nav" else amina(verden)
        service.act(part, steg_id, handling, 1, ord="Fordi")
    return steg_id
