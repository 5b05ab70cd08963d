"""What the tests of the veileder's pages need: brukere who have answered and delivered, through the services."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from tests.verden import Verden
from webapp.kartlegging import levering, service, versjoner
from webapp.kartlegging.lagring import Endring
from webapp.kartlegging.rules import Skriver
from webapp.kartlegging.versjoner import Innhold
from webapp.platform import access, ids

SVAR = {
    "bolig.fungerer": "Jeg har hybel, den er kald om vinteren",
    "onsker.drom": "Jeg vil bli sveiser",
    "rus.alkohol": "sjelden",
}


def som_bruker(verden: Verden, bruker_id: UUID | None = None) -> access.Bruker:
    """Amina (or another), as a service sees her."""
    bruker_id = bruker_id or verden.amina
    return access.Bruker(verden.kommune_id, bruker_id, verden.nord, ids.new_id(), "nb", verden.seal(bruker_id))


def svar(verden: Verden, svarene: Mapping[str, object], bruker_id: UUID | None = None, av: str = "bruker") -> None:
    """Save answers over what stands there."""
    who = som_bruker(verden, bruker_id)
    now = service.all_answers(who.kommune_id, who.id, who.seal)
    changes = [
        Endring(
            ident, verdi, False, now[ident].versjon if ident in now else 0, now[ident].merke if ident in now else ""
        )
        for ident, verdi in svarene.items()
    ]
    ansatt_id = verden.kari if av == "ansatt" else None
    saved = service.save(who.kommune_id, who.id, who.seal, Skriver(av, "nb", ansatt_id), None, changes, unverified=True)
    assert not saved.feil, saved.feil
    assert not saved.konflikt


def lever(verden: Verden, svarene: Mapping[str, object] = SVAR, bruker_id: UUID | None = None) -> Innhold:
    """Answer and deliver."""
    svar(verden, svarene, bruker_id)
    who = som_bruker(verden, bruker_id)
    receipt = levering.deliver(who, ids.new_id().hex)
    return versjoner.read(who.kommune_id, who.id, who.seal, receipt.id)
