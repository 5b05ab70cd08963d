"""What the tests of this room need: words in other languages than Norwegian, in each room that holds them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import Flask

from tests.klage import klager
from tests.varsel import verk
from tests.verden import Verden
from webapp.kartlegging import levering, merknader, versjoner
from webapp.kartlegging import service as kartlegging
from webapp.kartlegging.lagring import Endring
from webapp.kartlegging.rules import Skriver
from webapp.kartlegging.versjoner import Innhold
from webapp.klage import service as klage
from webapp.klage import tillegg
from webapp.klage.klagen import Ord as Klageord
from webapp.klage.rules import Mal
from webapp.platform import ids
from webapp.tolking import service
from webapp.tolking.rules import Kilde, Nokkel
from webapp.tolking.service import Ord
from webapp.varsel import horing
from webapp.varsel.horing import Onsker
from webapp.varsel.innhold import Sagt

HYBEL = "عندي غرفة باردة في الشتاء"
FELT = "bolig.fungerer"


def levert(verden: Verden, ord: str = HYBEL, sprak: str = "ar", bruker_id: UUID | None = None) -> Innhold:  # noqa: A002
    """A delivered mapping with one answer in own words."""
    who = verk.amina(verden, sprak, bruker_id)
    now = kartlegging.all_answers(who.kommune_id, who.id, who.seal).get(FELT)
    change = Endring(FELT, ord, False, now.versjon if now else 0, now.merke if now else "")
    kartlegging.save(who.kommune_id, who.id, who.seal, Skriver("bruker", sprak, None), None, [change], unverified=True)
    receipt = levering.deliver(who, ids.new_id().hex)
    return versjoner.read(who.kommune_id, who.id, who.seal, receipt.id)


def merknadsvar(verden: Verden, content: Innhold) -> UUID:
    """An answer to a question of Kari's."""
    asked = merknader.add(verk.kari(verden), verk.sak(verden), content.id, FELT, "sporsmal", "Hvor?", ids.new_id())
    said = ids.new_id()
    merknader.answer(verk.amina(verden, "ar"), asked, "قريب من هنا", said)
    return said


def uttalt(verden: Verden, ord: str = "كنت عند الطبيب", sprak: str = "ar") -> tuple[UUID, UUID]:  # noqa: A002
    """A matter, and what was said in it."""
    sak_id = verk.nadd(verden)
    sagt = Sagt(["sykdom"], ord, "")
    said = horing.deliver(verk.amina(verden, sprak), sak_id, ids.new_id(), sagt, Onsker([], "")).uttalelse_id
    assert said is not None
    return sak_id, said


def plant(verden: Verden, bruker_id: UUID, marker: str) -> None:
    """An answer to a remark that is there already, and its rendering with ``marker`` in it. Inside verk.formnokkel."""
    who, case, said = verk.amina(verden, "so", bruker_id), verk.sak(verden, bruker_id=bruker_id), ids.new_id()
    (remark, *_rest) = merknader.for_bruker(verden.kommune_id, bruker_id, who.seal)
    merknader.answer(who, remark.id, "Waa halkan", said)
    words = Ord(f"{marker}-gjengitt", f"{marker}-tolken")
    service.write(verk.kari(verden), case, ids.new_id(), (Kilde.MERKNADSVAR.value, said, ""), words)


def klaget(verden: Verden, hva: str = "Lacagtu waa khalad", sprak: str = "so") -> UUID:
    """A klage."""
    mal_id = verk.vedtak(verden, date(2026, 11, 20))
    who = verk.amina(verden, sprak)
    return klage.send(who, ids.new_id(), Mal.VEDTAK, mal_id, Klageord(hva, "", ""), [], klager.sti(mal_id))


def lagt_til(verden: Verden, klage_id: UUID) -> UUID:
    """Something added to it."""
    added = ids.new_id()
    tillegg.add(verk.amina(verden, "so"), klage_id, added, "Waxaan ku darayaa", [], "/klage/")
    return added


def alle(app: Flask, verden: Verden) -> dict[Nokkel, str]:
    """Words in every room that holds them, and the page of the office where they stand."""
    with verk.formnokkel(app):
        content = levert(verden)
        reply = merknadsvar(verden, content)
        sak_id, said = uttalt(verden)
        klage_id = klaget(verden)
        added = lagt_til(verden, klage_id)
    mapping = f"kartlegging/{content.nummer}"
    return {
        (Kilde.LEVERING.value, content.id, FELT): mapping,
        (Kilde.MERKNADSVAR.value, reply, ""): mapping,
        (Kilde.UTTALELSE.value, said, ""): f"varsel/{sak_id}",
        (Kilde.KLAGE.value, klage_id, ""): f"klage/{klage_id}",
        (Kilde.KLAGETILLEGG.value, added, ""): f"klage/{klage_id}",
    }


def sti(verden: Verden, kilde: Nokkel, bruker_id: UUID | None = None) -> str:
    """The address of the form."""
    kilde_type, kilde_id, felt = kilde
    return f"/veileder/bruker/{bruker_id or verden.amina}/tolking/{kilde_type}/{kilde_id}{f'/{felt}' if felt else ''}"
