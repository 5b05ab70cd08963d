"""What a bruker can complain about: every vedtak, every vilkår, what was decided after a notice, a no to guidance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _

from webapp.klage import rules
from webapp.klage.klagen import Klagen
from webapp.klage.rules import Mal
from webapp.platform import clock, missing
from webapp.platform.database import reading
from webapp.platform.dates import long_date, oslo_date
from webapp.platform.sealing import Seal
from webapp.varsel import lister as varslene
from webapp.vedlegg.service import Vedlagt
from webapp.veiledning import lesing as veiledning
from webapp.vilkar import lesing as vilkarene
from webapp.vilkar import tekst as vilkartekst
from webapp.vilkar import vedtak as vedtakene
from webapp.vilkar.grunnlag import Vilkaret
from webapp.vilkar.vedtak import Fakta, Vedtaket

# Against these one can appeal until three weeks after they reached the bruker, and that may be after the klage.
NADD = (Mal.VILKAR, Mal.REDUKSJON)


class NotHere(missing.NotHere):
    """There is nothing of the kind about this bruker."""


@dataclass(frozen=True, slots=True)
class Malet:
    """One thing that can be complained about. ``tittel`` is in the language of the page."""

    type: Mal
    id: UUID
    tittel: str
    dato: date
    klagefrist: date
    besluttet: date  # nobody can have complained before this day
    brev: tuple[Vedlagt, ...] = ()  # the letter, when the office has added it
    siden: datetime | None = None  # when what stands came in the place of what stood before; None: it never changes
    erstattet: bool = False  # a correction has taken its place: not offered, and still there for who has the address

    @property
    def for_sent(self) -> bool:
        """Whether the last day has been."""
        return rules.late(oslo_date(clock.now()), self.klagefrist)


def alle(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Malet]:
    """Everything, the latest first. A fixed number of queries."""
    with reading():
        vedtak = vedtakene.all_of(kommune_id, bruker_id, seal)
        letters = vedtakene.letters(kommune_id, bruker_id, seal, vedtak)
        found = [
            *(_vedtak(one, letters.get(one.id, [])) for one in vedtak),
            *_vilkar(kommune_id, bruker_id, seal, {one.id: one.fakta for one in vedtak}),
            *_decisions(kommune_id, bruker_id),
            *_guidance(kommune_id, bruker_id, seal),
        ]
    return sorted(found, key=lambda one: one.dato, reverse=True)


def en(kommune_id: int, bruker_id: UUID, seal: Seal, type: Mal, mal_id: UUID) -> Malet:  # noqa: A002 -- the table's own word
    """One of them. Raises NotHere: another's is as unknown as one that does not exist."""
    for one in alle(kommune_id, bruker_id, seal):
        if (one.type, one.id) == (type, mal_id):
            return one
    raise NotHere("nothing to complain about")


def med_frist(kommune_id: int, bruker_id: UUID, seal: Seal, klage: Klagen) -> Klagen:
    """The klage with the last day to appeal as every other page says it now."""
    return med_frister(kommune_id, bruker_id, seal, [klage])[0]


def med_frister(kommune_id: int, bruker_id: UUID, seal: Seal, klager: Sequence[Klagen]) -> list[Klagen]:
    """These klager of one bruker, each with the last day to appeal as every other page says it now (U9).

    It keeps the day that counted when it came. What had not reached the bruker by then can be appealed for longer
    since. A klage that came too late is shown with the day that it was too late for, and one against a vilkår that has
    another text by now with the day of the text that it is against; withdrawn, with the day that counts for a new one.
    """
    moves = {one.id for one in klager if one.mal_type in NADD and (one.trukket or not one.for_sent)}
    if not moves:
        return list(klager)
    there = {(one.type, one.id): one for one in alle(kommune_id, bruker_id, seal)}
    return [_as_now(one, there.get((one.mal_type, one.mal_id))) if one.id in moves else one for one in klager]


def _as_now(klage: Klagen, against: Malet | None) -> Klagen:
    if against is None:
        return klage
    if against.siden is not None and against.siden > klage.laget and not klage.trukket:
        return klage
    return replace(klage, klagefrist=against.klagefrist)


def _vedtak(one: Vedtaket, letters: list[Vedlagt]) -> Malet:
    fakta = one.fakta
    title = _("Vedtak %(nummer)s, %(dato)s", nummer=fakta.nummer, dato=_day(fakta.dato))
    return Malet(
        Mal.VEDTAK,
        one.id,
        title,
        fakta.dato,
        rules.last_day(fakta.klagefrist),
        fakta.dato,
        brev=tuple(letters),
        erstattet=one.rettet_av is not None,
    )


def _vilkar(kommune_id: int, bruker_id: UUID, seal: Seal, vedtak: Mapping[UUID, Fakta]) -> list[Malet]:
    shown = vilkarene.shown_first(kommune_id, bruker_id)
    return [
        Malet(
            Mal.VILKAR,
            one.id,
            _of_vilkar(one),
            oslo_date(one.endret),
            vilkarene.last_day_to_appeal(vedtak[one.vedtak_id].klagefrist, shown.get(one.id)),
            vedtak[one.vedtak_id].dato,
            siden=one.tekst_fra,
        )
        for one in vilkarene.all_of(kommune_id, bruker_id, seal)
        # V3: what asks for papers is no vilkår; it is complained about with its vedtak.
        if one.vedtak_id in vedtak and one.slag != "dokumentasjon"
    ]


def _of_vilkar(one: Vilkaret) -> str:
    title, last = vilkartekst.plain(one.tittel), _day(one.frist) if one.frist else ""
    if last and not one.forste_dag:
        return str(_("Vilkåret «%(tittel)s» med frist %(dato)s", tittel=title, dato=last))
    named = str(_("Vilkåret «%(tittel)s»", tittel=title))
    if not one.forste_dag:
        return named
    # Of what goes on over time the last day is no deadline: it is there from the first day on.
    first = _day(one.forste_dag)
    when = _("Fra %(fra)s til og med %(frist)s.", fra=first, frist=last) if last else _("Fra %(fra)s.", fra=first)
    return f"{named}. {when}"


def _decisions(kommune_id: int, bruker_id: UUID) -> list[Malet]:
    return [
        Malet(
            Mal.REDUKSJON,
            one.sak_id,
            _("Avgjørelsen om mindre penger, %(dato)s", dato=_day(one.dato))
            if one.utfall == "reduksjon"
            else _("Avgjørelsen om å endre vilkåret, %(dato)s", dato=_day(one.dato)),
            one.dato,
            one.klagefrist,
            one.dato,
        )
        for one in varslene.appealable(kommune_id, bruker_id)
    ]


def _guidance(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Malet]:
    return [
        Malet(
            Mal.RAD,
            sak.id,
            _("Vedtak %(nummer)s om råd og veiledning, %(dato)s", nummer=vedtak.nummer, dato=_day(vedtak.dato)),
            vedtak.dato,
            rules.last_day(vedtak.klagefrist),
            vedtak.dato,
        )
        for sak in veiledning.matters(kommune_id, bruker_id, seal)
        if (vedtak := sak.vedtak) is not None
    ]


def _day(day: date) -> str:
    return long_date(day, str(get_locale()), oslo_date(clock.now()))
