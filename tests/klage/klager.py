"""What the tests of this room need: things to complain about, and klager."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from tests.varsel import verk
from tests.verden import Verden
from webapp.klage import lesing, mal, muntlig, service, tillegg
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


def plant(verden: Verden, bruker_id: UUID, marker: str) -> None:
    """A klage with a row in every table of this room, and ``marker`` in every word. Inside verk.formnokkel."""
    who, case, klage_id = verk.amina(verden, bruker_id=bruker_id), verk.sak(verden, bruker_id=bruker_id), ids.new_id()
    today = oslo_date(clock.now())
    (against, *_) = mal.alle(verden.kommune_id, bruker_id, verden.seal(bruker_id))
    told = muntlig.Fortalt(Ord(f"{marker}-sagt", "", ""), today, "kontor")
    muntlig.write_down(verk.kari(verden), case, klage_id, against.type, against.id, told)
    muntlig.correct(who, klage_id, ids.new_id(), Ord(f"{marker}-klageretting", "", ""))
    tillegg.add(who, klage_id, ids.new_id(), f"{marker}-tillegg", [], "/klage/")
    for to in (Stand.MOTTATT, Stand.OPPRETTHOLDT):
        service.step(verk.kari(verden), case, klage_id, ids.new_id(), to, today, f"{marker}-{to}")
    tillegg.withdraw(who, klage_id, f"{marker}-trukket")
