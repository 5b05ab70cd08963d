"""What the bruker does with a klage that is sent: adds to it, withdraws it. And what was added late is sent on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.identitet import rules as codes
from webapp.identitet.adgang import Sak
from webapp.klage import lesing, rules
from webapp.klage.klagen import Klagen
from webapp.klage.lesing import NotHere, mine, place
from webapp.klage.models import Klage, Klagetillegg, Klagetrekk
from webapp.klage.rules import Handling
from webapp.klage.service import NUMBER_LENGTH, AlreadySent, dealt_with
from webapp.platform import access, attempts, audit, clock, ids, languages
from webapp.platform.database import writing
from webapp.platform.sealing import Seal
from webapp.vedlegg import service as vedlegg

MOST = 50  # in one klage: more than anybody means
A_DAY = 50


class NothingSaid(Exception):
    """Neither words nor files."""


def add(
    who: access.Bruker, klage_id: UUID, tillegg_id: UUID, tekst: str, vedlegg_ids: Sequence[UUID], skjema: str
) -> UUID:
    """Add words and files to a klage; returns the id. Sent twice with the same ``tillegg_id``, it is there once.

    Taken in whatever is done with the klage meanwhile, and after it was sent on too.
    Raises NotHere, NothingSaid, AlreadySent, rules.NotPossible (answered or withdrawn), vedlegg.NotHere,
    vedlegg.ForMange, attempts.TooMany.
    """
    if not any(sign.isprintable() and not sign.isspace() for sign in tekst) and not vedlegg_ids:
        raise NothingSaid
    attempts.count("klagetillegg", str(who.id), most=A_DAY, within=timedelta(days=1))
    with writing() as db:
        now = locked(db, who.kommune_id, who.id, who.seal, klage_id)
        there = db.get(Klagetillegg, (who.kommune_id, tillegg_id))
        if there is not None:
            if there.bruker_id != who.id:
                raise NotHere("the id is taken")
            _check_same(who, there, klage_id, tekst, vedlegg_ids)
            return tillegg_id
        rules.do(now.stand, Handling.TILLEGG, "bruker")
        if len(now.tillegg) >= MOST:
            raise rules.NotPossible("enough is added")
        row = Klagetillegg(
            id=tillegg_id,
            kommune_id=who.kommune_id,
            bruker_id=who.id,
            klage_id=klage_id,
            nummer=codes.shown_code(codes.new_code(NUMBER_LENGTH)),
            sprak=languages.written_in(tekst, who.sprak),
            skrevet_av=who.skriver or "bruker",
            laget=clock.now(),
        )
        row.tekst = who.seal.close(tekst, place(row, "tekst"))
        row.sha256 = hashlib.sha256(row.tekst).digest()
        db.add(row)
        db.flush()
        vedlegg.knytt(db, vedlegg.eier(who), "klagetillegg", tillegg_id, vedlegg_ids, skjema)
        audit.record(
            db, who.kommune_id, "klage_tillegg", who.actor, bruker_id=who.id, klage_id=klage_id, nummer=row.nummer
        )
    return tillegg_id


def send_on(who: access.Ansatt, sak: Sak, klage_id: UUID, tillegg_id: UUID) -> None:
    """What was added after the klage was sent on has been sent after it. Again: no change.

    Raises NotHere, rules.NotPossible.
    """
    with writing() as db:
        now = locked(db, sak.kommune_id, sak.bruker_id, sak.seal, klage_id)
        one = next((each for each in now.tillegg if each.id == tillegg_id), None)
        if one is None:
            raise NotHere("nothing of the kind was added")
        if one.steg:
            return
        rules.do(now.stand, Handling.SEND_TILLEGG, "ansatt")
        dealt_with(db, who, sak, tillegg_id, "sendt")
        audit.record(
            db,
            sak.kommune_id,
            "klage_tillegg_sendt",
            who.actor,
            bruker_id=sak.bruker_id,
            klage_id=klage_id,
            nummer=one.nummer,
        )


def withdraw(who: access.Bruker, klage_id: UUID, tekst: str) -> None:
    """Withdraw a klage, with a word about why if they like. Again: no change. Raises NotHere, rules.NotPossible."""
    with writing() as db:
        now = locked(db, who.kommune_id, who.id, who.seal, klage_id)
        if now.trukket is not None and tekst in ("", now.trukket.tekst):
            return
        rules.do(now.stand, Handling.TREKK, "bruker")
        row = Klagetrekk(
            id=ids.new_id(),
            kommune_id=who.kommune_id,
            bruker_id=who.id,
            klage_id=klage_id,
            sprak=languages.written_in(tekst, who.sprak),
            skrevet_av=who.skriver or "bruker",
            laget=clock.now(),
        )
        row.tekst = who.seal.close(tekst, place(row, "tekst"))
        db.add(row)
        audit.record(db, who.kommune_id, "klage_trukket", who.actor, bruker_id=who.id, klage_id=klage_id)


def locked(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal, klage_id: UUID) -> Klagen:
    """The klage, locked until the transaction ends, so that two who write come one after the other. Raises NotHere."""
    if db.scalar(mine(Klage, kommune_id, bruker_id).where(Klage.id == klage_id).with_for_update()) is None:
        raise NotHere("no such klage")
    return lesing.en(kommune_id, bruker_id, seal, klage_id)


def _check_same(
    who: access.Bruker, there: Klagetillegg, klage_id: UUID, tekst: str, vedlegg_ids: Sequence[UUID]
) -> None:
    files = lesing.tilleggsfiler(who.kommune_id, who.id, who.seal, [there.id]).get(there.id, [])
    said = (there.klage_id, who.seal.open(there.tekst, place(there, "tekst")), {one.id for one in files})
    if said != (klage_id, tekst, set(vedlegg_ids)):
        raise AlreadySent
