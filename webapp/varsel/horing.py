"""The bruker is heard: uttalelse, corrections, and wishes (U4–U7)."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from webapp.identitet import rules as codes
from webapp.identitet.adgang import Sak
from webapp.platform import access, attempts, audit, ids
from webapp.platform.database import writing
from webapp.platform.sealing import Seal
from webapp.varsel import lesing
from webapp.varsel.lesing import Sagt, place
from webapp.varsel.models import Uttalelse, Uttalelseretting, Varselonske
from webapp.varsel.ord import FANT_ARBEID
from webapp.varsel.rules import Handling, NotPossible, Tilstand
from webapp.varsel.steg import Steg, begin, close, reached
from webapp.vedlegg import service as vedlegg

NUMBER_LENGTH = 8
MOST_IN_A_MATTER = 50


def says_something(sagt: Sagt) -> bool:
    """Whether there is anything to take in. A wish alone is not an uttalelse: nothing may be decided on it."""
    return bool(sagt.grunner or sagt.ord.strip() or sagt.vil.strip())


@dataclass(frozen=True, slots=True)
class Onsker:
    """What the bruker asks for before anything is decided (U6), and a word about it."""

    slag: list[str] = field(default_factory=list)
    ord: str = ""


@dataclass(frozen=True, slots=True)
class Filer:
    """Attachments that lie ready for the form at ``skjema``, and go along (U4)."""

    ider: list[UUID]
    skjema: str


def deliver(
    who: access.Bruker, sak_id: UUID, uttalelse_id: UUID, sagt: Sagt, wishes: Onsker, filer: Filer | None = None
) -> UUID | None:
    """Take in what the bruker says and wishes; returns the uttalelse's id, None when there were only wishes.

    ``uttalelse_id`` comes with the form: sent twice, it is taken in once. Late, it is taken in and marked.
    Raises lesing.NotHere, rules.NotPossible (decided or closed), attempts.TooMany, and what vedlegg.knytt raises.
    """
    attempts.count("uttalelse", str(who.id), most=50, within=timedelta(days=1))
    with writing() as db:
        before = lesing.rows(db, who.kommune_id, who.id, sak_id, lock=True)
        if any(row.id == uttalelse_id for row in before.uttalelser):
            return uttalelse_id
        if says_something(sagt):
            if db.get(Uttalelse, (who.kommune_id, uttalelse_id)) is not None:
                uttalelse_id = ids.new_id()  # a form key that names somebody else's
            step = begin(db, who.kommune_id, who.id, sak_id, Handling.UTTAL, "bruker")
            if len(step.rader.uttalelser) >= MOST_IN_A_MATTER:
                raise NotPossible("enough is said")
            _reached_by_answering(db, step, who)
            row = _take_in(db, step, who.seal, uttalelse_id, sagt, sprak=who.sprak, skrevet_av=_typist(who))
            if filer is not None:
                vedlegg.knytt(db, vedlegg.eier(who), "uttalelse", row.id, filer.ider, filer.skjema)
            step.done(db)
            audit.record(
                db, who.kommune_id, "uttalelse_sendt", who.actor, bruker_id=who.id, sak_id=sak_id, nummer=row.nummer
            )
            _close_when_work_was_found(db, step, who.kommune_id, who.id, who.seal, who.actor, sagt)
            made: UUID | None = row.id
        else:
            made = None
        if Tilstand(before.sak.tilstand) is not Tilstand.LUKKET:
            _wish(db, who, sak_id, uttalelse_id, wishes)
        return made


def write_down(who: access.Ansatt, sak: Sak, sak_id: UUID, uttalelse_id: UUID, sagt: Sagt, sprak: str) -> UUID:
    """Write down what the bruker said by telephone or in the office, as told. The bruker sees it and can correct it.

    Raises lesing.NotHere, rules.NotPossible (the notice has not reached them, or the matter is decided).
    """
    with writing() as db:
        before = lesing.rows(db, sak.kommune_id, sak.bruker_id, sak_id, lock=True)
        if any(row.id == uttalelse_id for row in before.uttalelser):
            return uttalelse_id
        if db.get(Uttalelse, (sak.kommune_id, uttalelse_id)) is not None:
            uttalelse_id = ids.new_id()
        step = begin(db, sak.kommune_id, sak.bruker_id, sak_id, Handling.SKRIV_NED, "ansatt")
        if len(step.rader.uttalelser) >= MOST_IN_A_MATTER:
            raise NotPossible("enough is said")
        row = _take_in(db, step, sak.seal, uttalelse_id, sagt, sprak=sprak, skrevet_av="ansatt", by=who.id)
        step.done(db)
        audit.record(
            db,
            sak.kommune_id,
            "uttalelse_skrevet_ned",
            who.actor,
            bruker_id=sak.bruker_id,
            sak_id=sak_id,
            nummer=row.nummer,
        )
        _close_when_work_was_found(db, step, sak.kommune_id, sak.bruker_id, sak.seal, who.actor, sagt)
        return row.id


def correct(who: access.Bruker, sak_id: UUID, uttalelse_id: UUID, retting_id: UUID, sagt: Sagt) -> None:
    """The bruker puts right what was written down for them. It is weighed like an uttalelse.

    Raises lesing.NotHere, rules.NotPossible.
    """
    attempts.count("uttalelse", str(who.id), most=50, within=timedelta(days=1))
    with writing() as db:
        before = lesing.rows(db, who.kommune_id, who.id, sak_id, lock=True)
        if any(row.id == retting_id for row in before.rettinger):
            return
        said = next((row for row in before.uttalelser if row.id == uttalelse_id and row.muntlig_av), None)
        if said is None:
            raise lesing.NotHere("nothing was written down for them")
        if db.get(Uttalelseretting, (who.kommune_id, retting_id)) is not None:
            retting_id = ids.new_id()
        step = begin(db, who.kommune_id, who.id, sak_id, Handling.RETT, "bruker")
        if len(before.rettinger) >= MOST_IN_A_MATTER:
            raise NotPossible("enough is said")
        row = Uttalelseretting(
            id=retting_id,
            kommune_id=who.kommune_id,
            uttalelse_id=uttalelse_id,
            sak_id=sak_id,
            sprak=who.sprak,
            skrevet_av=_typist(who),
            fant_arbeid=FANT_ARBEID in sagt.grunner,
            laget=step.na,
        )
        row.innhold = who.seal.close_json(asdict(sagt), place(row, "innhold"))
        db.add(row)
        step.done(db)
        audit.record(
            db, who.kommune_id, "uttalelse_rettet", who.actor, bruker_id=who.id, sak_id=sak_id, nummer=said.nummer
        )
        _close_when_work_was_found(db, step, who.kommune_id, who.id, who.seal, who.actor, sagt)


def _take_in(
    db: Session,
    step: Steg,
    seal: Seal,
    uttalelse_id: UUID,
    sagt: Sagt,
    *,
    sprak: str,
    skrevet_av: str,
    by: UUID | None = None,
) -> Uttalelse:
    sak, frist = step.rader.sak, step.rader.frist()
    first = step.rader.uttalelser[0].id if step.rader.uttalelser else None
    row = Uttalelse(
        id=uttalelse_id,
        kommune_id=sak.kommune_id,
        sak_id=sak.id,
        muntlig_av=by,
        supplerer_id=first,
        nummer=codes.shown_code(codes.new_code(NUMBER_LENGTH)),
        sprak=sprak,
        skrevet_av=skrevet_av,
        fant_arbeid=FANT_ARBEID in sagt.grunner,
        for_sent=frist is not None and step.na >= frist,
        laget=step.na,
    )
    row.innhold = seal.close_json(asdict(sagt), place(row, "innhold"))
    row.sha256 = hashlib.sha256(row.innhold).digest()
    db.add(row)
    db.flush()
    step.rader.uttalelser = [*step.rader.uttalelser, row]
    return row


def _wish(db: Session, who: access.Bruker, sak_id: UUID, form_id: UUID, wishes: Onsker) -> None:
    """U6. A wish that already waits for an answer is not asked twice."""
    for slag in wishes.slag:
        found = lesing.rows(db, who.kommune_id, who.id, sak_id)
        answered = {row.onske_id for row in found.svar}
        wish_id = uuid5(form_id, slag)
        if any(row.id == wish_id or (row.slag == slag and row.id not in answered) for row in found.onsker):
            continue
        step = begin(db, who.kommune_id, who.id, sak_id, Handling.ONSK, "bruker")
        if len(found.onsker) >= MOST_IN_A_MATTER:
            raise NotPossible("enough is wished for")
        _reached_by_answering(db, step, who)
        if db.get(Varselonske, (who.kommune_id, wish_id)) is not None:
            wish_id = ids.new_id()
        row = Varselonske(
            id=wish_id, kommune_id=who.kommune_id, sak_id=sak_id, slag=slag, sprak=who.sprak, laget=step.na
        )
        row.tekst = who.seal.close(wishes.ord, place(row, "tekst"))
        db.add(row)
        step.done(db)
        audit.record(db, who.kommune_id, "varselonske_sendt", who.actor, bruker_id=who.id, sak_id=sak_id, onske=slag)


def _reached_by_answering(db: Session, step: Steg, who: access.Bruker) -> None:
    if not step.rader.nadd:
        reached(db, step, who.seal, "svarte", sprak=who.sprak)


def _close_when_work_was_found(
    db: Session, step: Steg, kommune_id: int, bruker_id: UUID, seal: Seal, actor: audit.Actor, sagt: Sagt
) -> None:
    """U7: «found work» ends the matter, and nothing is taken."""
    if FANT_ARBEID not in sagt.grunner:
        return
    who = "ansatt" if actor.type == "ansatt" else None
    close(db, step, seal, ids.new_id(), FANT_ARBEID, "", actor.id if who else None)
    step.done(db)
    audit.record(
        db, kommune_id, "varsel_lukket", actor, bruker_id=bruker_id, sak_id=step.rader.sak.id, grunn=FANT_ARBEID
    )


def _typist(who: access.Bruker) -> str:
    return who.skriver or "bruker"
