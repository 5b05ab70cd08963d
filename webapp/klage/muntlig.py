"""A klage that is told and not typed: written down by the office, put right by the bruker."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID

from webapp.identitet.adgang import Sak
from webapp.identitet.tur import queue_up
from webapp.klage import lesing, mal, rules
from webapp.klage.klagen import Ord
from webapp.klage.lesing import NotHere, place
from webapp.klage.models import Klage, Klagenedtegning, Klageretting
from webapp.klage.rules import Handling, Mal
from webapp.klage.service import AlreadySent, made
from webapp.klage.tillegg import locked
from webapp.platform import access, attempts, audit, clock, ids
from webapp.platform.database import writing
from webapp.platform.dates import oslo_date

SPRAK = "nb"  # the office writes Norwegian, whatever language it was told in
MOST = 50  # corrections of one klage
A_DAY = 50


@dataclass(frozen=True, slots=True)
class Fortalt:
    """What was told: when, and by telephone or in the office."""

    ord: Ord
    sagt: date
    hvordan: str


def write_down(who: access.Ansatt, sak: Sak, klage_id: UUID, mal_type: Mal, mal_id: UUID, fortalt: Fortalt) -> UUID:
    """Write down a klage as it was told. The day it was told decides whether it is late; late, it is taken in too.

    Sent twice with the same ``klage_id``, it is there once. Raises mal.NotHere, NotHere (the id is another's),
    AlreadySent, rules.TidligereEnn (told before the decision, or in the future).
    """
    with writing() as db:
        queue_up(db, sak.kommune_id, sak.bruker_id)
        there = db.get(Klage, (sak.kommune_id, klage_id))
        if there is not None:
            if there.bruker_id != sak.bruker_id:
                raise NotHere("the id is taken")
            _check_same(sak, klage_id, mal_type, mal_id, fortalt)
            return klage_id
        against = mal.en(sak.kommune_id, sak.bruker_id, sak.seal, mal_type, mal_id)
        rules.check_day(fortalt.sagt, before=against.besluttet, today=oslo_date(clock.now()))
        row = made(sak.kommune_id, sak.bruker_id, sak.seal, klage_id, against, fortalt.ord, SPRAK, kom=fortalt.sagt)
        db.add(row)
        db.flush()
        db.add(
            Klagenedtegning(
                id=ids.new_id(),
                kommune_id=sak.kommune_id,
                bruker_id=sak.bruker_id,
                klage_id=klage_id,
                ansatt_id=who.id,
                hvordan=fortalt.hvordan,
                sagt=fortalt.sagt,
                laget=row.laget,
            )
        )
        audit.record(
            db,
            sak.kommune_id,
            "klage_skrevet_ned",
            who.actor,
            bruker_id=sak.bruker_id,
            klage_id=klage_id,
            mal=mal_type.value,
        )
    return klage_id


def correct(who: access.Bruker, klage_id: UUID, retting_id: UUID, sagt: Ord) -> None:
    """The bruker puts right what was written down, or says with the same words that it is right.

    Sent twice, it is there once. Raises NotHere, AlreadySent, rules.NotPossible, rules.NotTheirOwn.
    """
    attempts.count("klageretting", str(who.id), most=A_DAY, within=timedelta(days=1))
    with writing() as db:
        now = locked(db, who.kommune_id, who.id, who.seal, klage_id)
        if now.nedtegnet is None:
            raise NotHere("nothing was written down for them")
        there = db.get(Klageretting, (who.kommune_id, retting_id))
        if there is not None:
            if (there.bruker_id, there.klage_id) != (who.id, klage_id):
                raise NotHere("the id is taken")
            if lesing.said(who.seal, there) != sagt:
                raise AlreadySent
            return
        rules.do(now.stand, Handling.RETT, "bruker")
        rules.check_own(same_words=sagt == now.siste_ord, skriver=who.skriver)
        if len(now.rettinger) >= MOST:
            raise rules.NotPossible("enough is put right")
        row = Klageretting(
            id=retting_id,
            kommune_id=who.kommune_id,
            bruker_id=who.id,
            klage_id=klage_id,
            sprak=sagt.language(who.sprak),
            skrevet_av=who.skriver or "bruker",
            laget=clock.now(),
        )
        row.innhold = who.seal.close_json(asdict(sagt), place(row, "innhold"))
        db.add(row)
        audit.record(db, who.kommune_id, "klage_rettet", who.actor, bruker_id=who.id, klage_id=klage_id)


def _check_same(sak: Sak, klage_id: UUID, mal_type: Mal, mal_id: UUID, fortalt: Fortalt) -> None:
    one = lesing.en(sak.kommune_id, sak.bruker_id, sak.seal, klage_id)
    told = one.nedtegnet and Fortalt(one.ord, one.nedtegnet.sagt, one.nedtegnet.hvordan)
    if (one.mal_type, one.mal_id, told) != (mal_type, mal_id, fortalt):
        raise AlreadySent
