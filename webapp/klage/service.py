"""A klage: sent, taken in hand, considered, sent on, answered."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.identitet import rules as codes
from webapp.identitet.adgang import Sak
from webapp.identitet.tur import queue_up
from webapp.klage import lesing, mal, paminn, rules
from webapp.klage.klagen import Ord
from webapp.klage.lesing import NotHere, filer, mine, place
from webapp.klage.mal import Malet
from webapp.klage.models import Klage, Klagesteg, Klagetilleggsteg
from webapp.klage.rules import Mal, Stand
from webapp.platform import access, attempts, audit, clock, ids
from webapp.platform.database import reading, writing
from webapp.platform.dates import oslo_date
from webapp.platform.sealing import Seal
from webapp.vedlegg import service as vedlegg

NUMBER_LENGTH = 8
A_DAY = 20  # more than anybody means


class SagtMer(Exception):
    """The bruker has added something that whoever takes the step has not read."""


class AlreadySent(Exception):
    """A klage with other words (or other files) was sent from this form. What came now is not sent."""


def send(
    who: access.Bruker,
    klage_id: UUID,
    mal_type: Mal,
    mal_id: UUID,
    sagt: Ord,
    vedlegg_ids: Sequence[UUID],
    skjema: str,
) -> UUID:
    """Send a klage with its attachments; returns its id. Sent twice with the same ``klage_id``, it is there once.

    A late one is taken in and marked. Raises mal.NotHere, NotHere (the id is somebody else's), AlreadySent,
    vedlegg.NotHere, vedlegg.ForMange, attempts.TooMany beyond 20 a day.
    """
    sent = (mal_type.value, mal_id, sagt, frozenset(vedlegg_ids))
    with reading() as db:
        if _there(db, who, klage_id, sent):
            return klage_id
    against = mal.en(who.kommune_id, who.id, who.seal, mal_type, mal_id)
    attempts.count("klage", str(who.id), most=A_DAY, within=timedelta(days=1))
    with writing() as db:
        queue_up(db, who.kommune_id, who.id)
        if _there(db, who, klage_id, sent):
            return klage_id
        row = made(who.kommune_id, who.id, who.seal, klage_id, against, sagt, who.sprak)
        row.skrevet_av = who.skriver or "bruker"
        db.add(row)
        db.flush()
        vedlegg.knytt(db, vedlegg.eier(who), "klage", klage_id, vedlegg_ids, skjema)
        audit.record(
            db, who.kommune_id, "klage_sendt", who.actor, bruker_id=who.id, klage_id=klage_id, mal=mal_type.value
        )
    return klage_id


def made(
    kommune_id: int,
    bruker_id: UUID,
    seal: Seal,
    klage_id: UUID,
    against: Malet,
    sagt: Ord,
    sprak: str,
    kom: date | None = None,
) -> Klage:
    """A klage as a row, not yet added, from a page in ``sprak``.

    ``kom``: the day it was told, when that is not now; it decides what is late.
    """
    row = Klage(
        id=klage_id,
        kommune_id=kommune_id,
        bruker_id=bruker_id,
        mal_type=against.type.value,
        mal_id=against.id,
        nummer=codes.shown_code(codes.new_code(NUMBER_LENGTH)),
        sprak=sagt.language(sprak),
        skrevet_av="ansatt",
        klagefrist=against.klagefrist,
        laget=clock.now(),
    )
    row.for_sent = rules.late(kom or oslo_date(row.laget), against.klagefrist)
    # Why it is late is kept also when it turns out not to be: they said it.
    row.innhold = seal.close_json({"mot": against.tittel, "mot_sprak": sprak, **asdict(sagt)}, place(row, "innhold"))
    row.sha256 = hashlib.sha256(row.innhold).digest()
    return row


def step(
    who: access.Ansatt,
    sak: Sak,
    klage_id: UUID,
    steg_id: UUID,
    to: Stand,
    dato: date,
    tekst: str,
    lest: int | None = None,
) -> None:
    """Register a step, with all that was added and waits. Sent twice, it is there once.

    ``lest``: how many times something was added or put right when whoever takes the step read it; None when it was
    read just now. Raises NotHere, SagtMer, rules.NotPossible, rules.TidligereEnn.
    """
    with writing() as db:
        row = db.scalar(mine(Klage, sak.kommune_id, sak.bruker_id).where(Klage.id == klage_id).with_for_update())
        if row is None:
            raise NotHere("no such klage")
        there = db.get(Klagesteg, (sak.kommune_id, steg_id))
        if there is not None:
            if (there.klage_id, there.steg, there.dato) == (klage_id, to, dato) and (
                sak.seal.open(there.tekst, place(there, "tekst")) == tekst
            ):
                return
            steg_id = ids.new_id()  # the same form, other words: a step of its own, if it is possible
        now = lesing.en(sak.kommune_id, sak.bruker_id, sak.seal, klage_id)
        rules.after(now.stand, to, "ansatt")
        if lest is not None and lest != now.sagt_mer:
            raise SagtMer
        rules.check_day(dato, before=now.forrige_dag, today=oslo_date(clock.now()))
        taken = Klagesteg(
            id=steg_id,
            kommune_id=sak.kommune_id,
            bruker_id=sak.bruker_id,
            klage_id=klage_id,
            ansatt_id=who.id,
            nr=rules.NUMMER[to],
            steg=to.value,
            dato=dato,
            laget=clock.now(),
        )
        taken.tekst = sak.seal.close(tekst, place(taken, "tekst"))
        db.add(taken)
        if to in rules.TILLEGG:
            for one in now.nye_tillegg:
                dealt_with(db, who, sak, one.id, rules.TILLEGG[to])
        paminn.decided(db, sak.kommune_id, sak.bruker_id, taken.id)
        audit.record(
            db, sak.kommune_id, "klage_steg", who.actor, bruker_id=sak.bruker_id, klage_id=klage_id, steg=to.value
        )


def dealt_with(db: Session, who: access.Ansatt, sak: Sak, tillegg_id: UUID, steg: str) -> None:
    """Write that something that was added is considered, or sent on."""
    db.add(
        Klagetilleggsteg(
            id=ids.new_id(),
            kommune_id=sak.kommune_id,
            bruker_id=sak.bruker_id,
            tillegg_id=tillegg_id,
            ansatt_id=who.id,
            steg=steg,
            laget=clock.now(),
        )
    )


def _there(db: Session, who: access.Bruker, klage_id: UUID, sent: tuple[str, UUID, Ord, frozenset[UUID]]) -> bool:
    """Whether just this was sent before. Raises NotHere, AlreadySent."""
    there = db.get(Klage, (who.kommune_id, klage_id))
    if there is None:
        return False
    if there.bruker_id != who.id:
        raise NotHere("the id is taken")
    files = frozenset(one.id for one in filer(who.kommune_id, who.id, who.seal, klage_id))
    if (there.mal_type, there.mal_id, lesing.said(who.seal, there), files) != sent:
        raise AlreadySent
    return True
