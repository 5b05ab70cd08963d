"""What the tests of this room need: things to complain about, and klager."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tests.varsel import verk
from tests.verden import Verden
from webapp.klage import lesing, service
from webapp.klage.klagen import Klagen, Ord
from webapp.klage.rules import Mal, Stand
from webapp.platform import clock, ids
from webapp.platform.dates import oslo_date


def sti(mal_id: UUID, slag: str = "vedtak") -> str:
    """The address of the form."""
    return f"/klage/ny/{slag}/{mal_id}"


def sendt(verden: Verden, mal_id: UUID | None = None, slag: Mal = Mal.VEDTAK, hva: str = "Feil beløp") -> UUID:
    """A klage of Amina's. Inside verk.formnokkel."""
    mal_id = mal_id or verk.vedtak(verden, date(2026, 11, 20))
    return service.send(verk.amina(verden), ids.new_id(), slag, mal_id, Ord(hva, "", ""), [], sti(mal_id, slag.value))


def klagen(verden: Verden, klage_id: UUID) -> Klagen:
    """As it is now."""
    return lesing.en(verden.kommune_id, verden.amina, verden.seal(verden.amina), klage_id)


def steg(verden: Verden, klage_id: UUID, *to: Stand) -> None:
    """Steps, one after the other, today. Inside verk.formnokkel."""
    for one in to:
        service.step(
            verk.kari(verden), verk.sak(verden), klage_id, ids.new_id(), one, oslo_date(clock.now()), f"Ord om {one}"
        )
