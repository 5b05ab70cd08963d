"""Where own words stand in the other rooms: a thing that was read there as what can be rendered, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch
from typing import Any
from uuid import UUID

from webapp.kartlegging import merknader, ordlyd, versjoner
from webapp.kartlegging.merknader import Svarvisning
from webapp.kartlegging.skjema import EGNE_ORD, Sporsmal
from webapp.kartlegging.versjoner import Innhold
from webapp.klage import lesing as klage
from webapp.klage.klagen import Klagen, Ord, Tillegget
from webapp.platform import missing
from webapp.platform.sealing import Seal
from webapp.tolking.rules import Kilde, Kilden, spoken
from webapp.varsel import lesing as varsel
from webapp.varsel.innhold import Sagt, Uttalelsen


class NotHere(missing.NotHere):
    """This bruker has no such words, or none of them are in another language than Norwegian."""


@dataclass(frozen=True, slots=True)
class Funnet:
    """Words that can be rendered. ``side``: where they stand, under the office's address of the bruker."""

    kilde: Kilden
    side: str
    nummer: str  # what the page there is called by
    sporsmal: Sporsmal | None = None  # in a levering


@singledispatch
def kilde(one: Any, _sporsmal: Sporsmal | None = None) -> Kilden:
    """What is rendered of something that was read in another room; of a levering, the answer to one question.

    Raises TypeError for what is not own words.
    """
    raise TypeError(f"not own words: {type(one).__name__}")


@kilde.register
def _(one: Innhold, sporsmal: Sporsmal) -> Kilden:
    answer = one.svar.get(sporsmal.id)
    own = answer is not None and not answer.vil_ikke and sporsmal.type in EGNE_ORD
    said = [(str(answer.verdi), answer.sprak)] if answer is not None and own else []
    return Kilden(Kilde.LEVERING, one.id, sporsmal.id, spoken(said))


@kilde.register
def _(one: Svarvisning, _sporsmal: Sporsmal | None = None) -> Kilden:
    return Kilden(Kilde.MERKNADSVAR, one.id, "", spoken([(one.tekst, one.sprak)]))


@kilde.register
def _(one: Uttalelsen, _sporsmal: Sporsmal | None = None) -> Kilden:
    said: list[tuple[Sagt, str]] = [(one.sagt, one.sprak)]
    said += [(each.sagt, each.sprak) for each in one.rettinger if not each.bekreftet]
    parts = [(tekst, sprak) for sagt, sprak in said for tekst in (sagt.ord, sagt.vil)]
    return Kilden(Kilde.UTTALELSE, one.id, "", spoken(parts))


@kilde.register
def _(one: Klagen, _sporsmal: Sporsmal | None = None) -> Kilden:
    said: list[tuple[Ord, str]] = [(one.ord, one.sprak)]
    said += [(each.ord, each.sprak) for each in one.rettinger if not each.bekrefter]
    parts = [(tekst, sprak) for words, sprak in said for tekst in (words.hva, words.onske, words.sent)]
    return Kilden(Kilde.KLAGE, one.id, "", spoken(parts))


@kilde.register
def _(one: Tillegget, _sporsmal: Sporsmal | None = None) -> Kilden:
    return Kilden(Kilde.KLAGETILLEGG, one.id, "", spoken([(one.tekst, one.sprak)]))


def find(kommune_id: int, bruker_id: UUID, seal: Seal, kilde_type: str, kilde_id: UUID, felt: str) -> Funnet:
    """The words of this bruker's that an address names.

    Also words that count as Norwegian: Latin letters on a Norwegian page may be Somali, and only a person can tell.
    Raises NotHere: another's words are as unknown as those that do not exist, and what was left empty says nothing.
    """
    mine = (kommune_id, bruker_id, seal)
    try:
        kind = Kilde(kilde_type)
        found = _FIND[kind](*mine, kilde_id, felt)
    except (LookupError, ValueError):
        raise NotHere("no such words") from None
    if not found.kilde.deler or found.kilde.felt != felt:
        raise NotHere("nothing to interpret")
    return found


def _levering(kommune_id: int, bruker_id: UUID, seal: Seal, kilde_id: UUID, felt: str) -> Funnet:
    content = versjoner.read(kommune_id, bruker_id, seal, kilde_id)
    asked = ordlyd.question(content, felt)
    return Funnet(kilde(content, asked), f"kartlegging/{content.nummer}#s-{felt}", content.nummer, asked)


def _merknadsvar(kommune_id: int, bruker_id: UUID, seal: Seal, kilde_id: UUID, _felt: str) -> Funnet:
    for remark in merknader.for_bruker(kommune_id, bruker_id, seal):
        for reply in remark.svar:
            if reply.id == kilde_id:
                nummer = versjoner.number(kommune_id, bruker_id, remark.levering_id) or ""
                return Funnet(kilde(reply), f"kartlegging/{nummer}#m-{remark.id}", nummer)
    raise NotHere("no such reply")


def _uttalelse(kommune_id: int, bruker_id: UUID, seal: Seal, kilde_id: UUID, _felt: str) -> Funnet:
    matter = varsel.one(kommune_id, bruker_id, seal, varsel.matter_of(kommune_id, bruker_id, kilde_id))
    said = next(one for one in matter.uttalelser if one.id == kilde_id)
    return Funnet(kilde(said), f"varsel/{matter.id}#u-{kilde_id}", said.nummer)


def _klage(kommune_id: int, bruker_id: UUID, seal: Seal, kilde_id: UUID, _felt: str) -> Funnet:
    one = klage.en(kommune_id, bruker_id, seal, kilde_id)
    return Funnet(kilde(one), f"klage/{one.id}#skrev", one.nummer)


def _tillegg(kommune_id: int, bruker_id: UUID, seal: Seal, kilde_id: UUID, _felt: str) -> Funnet:
    for one in klage.alle(kommune_id, bruker_id, seal):
        for added in one.tillegg:
            if added.id == kilde_id:
                return Funnet(kilde(added), f"klage/{one.id}#tillegg-{kilde_id}", added.nummer)
    raise NotHere("nothing added")


_FIND = {
    Kilde.LEVERING: _levering,
    Kilde.MERKNADSVAR: _merknadsvar,
    Kilde.UTTALELSE: _uttalelse,
    Kilde.KLAGE: _klage,
    Kilde.KLAGETILLEGG: _tillegg,
}
