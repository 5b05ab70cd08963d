"""Vedtak and vilkår for tests, made through the services."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from tests.moter.avtaler import kari, sak
from tests.verden import Verden
from webapp.platform import ids
from webapp.vilkar import service, vedtak
from webapp.vilkar.tekst import Innhold
from webapp.vilkar.vedtak import Fakta

FRIST = date(2026, 12, 18)
KURS: dict[str, Any] = {
    "navn": "Jobbkurs «Veien»",
    "sted": "Storgata 1, Testvik",
    "fra": "2026-12-01",
    "dager": [0, 2],
    "klokke": "09:00",
}


def vedtatt(
    verden: Verden, *, reduksjon: bool = True, bruker_id: UUID | None = None, grunner: str = "", rad: bool = False
) -> UUID:
    """A registered vedtak of 20 November."""
    fakta = Fakta(
        nummer="2026/123",
        dato=date(2026, 11, 20),
        fra=date(2026, 12, 1),
        til=date(2027, 2, 28),
        hjemmel="livsopphold",
        ytelse="livsopphold",
        reduksjon_oppgitt=reduksjon,
        klagefrist=date(2026, 12, 11),
        grunner=grunner,
        rad_vurdert=rad,
    )
    return vedtak.register(kari(verden), sak(verden, bruker_id), ids.new_id(), fakta)


def innhold(kind: str = "kurs", parametre: dict[str, Any] | None = None, **more: Any) -> Innhold:
    """A vilkår with everything in it."""
    whole: dict[str, Any] = {
        "type": kind,
        "parametre": KURS if parametre is None else parametre,
        "hvorfor": "Du sa at du vil jobbe i butikk.",
        "sammenheng": "arbeid",
        "byrde": True,
        "medvirkning": "enige",
        "belop": 1500,
        "maneder": 2,
    }
    return Innhold(**(whole | more))


def satt(
    verden: Verden,
    made: Innhold | None = None,
    *,
    frist: date | None = FRIST,
    vedtak_id: UUID | None = None,
    bruker_id: UUID | None = None,
) -> UUID:
    """A vilkår that has been set."""
    case = sak(verden, bruker_id)
    tied = vedtak_id or vedtatt(verden, bruker_id=bruker_id)
    return service.put(kari(verden), case, ids.new_id(), tied, made or innhold(), frist)
