"""The bruker is heard: uttalelse, corrections, and wishes (U4–U7)."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from webapp.identitet import rules as codes
from webapp.identitet.adgang import Sak
from webapp.identitet.tur import queue_up
from webapp.platform import access, attempts, audit, ids, languages
from webapp.platform.database import writing
from webapp.platform.sealing import Seal
from webapp.varsel import lesing, paminn
from webapp.varsel.lesing import Rader, Sagt, place
from webapp.varsel.models import Uttalelse, Uttalelseretting
from webapp.varsel.onsker import MOST_IN_A_MATTER, NUMBER_LENGTH, Onsker, wish
from webapp.varsel.ord import FANT_ARBEID
from webapp.varsel.rules import Handling, NotPossible
from webapp.varsel.steg import Steg, begin, close, reached_by_answering, typist
from webapp.vedlegg import service as vedlegg

__all__ = ["Filer", "Mottatt", "Onsker", "correct", "deliver", "says_something", "write_down"]


def says_something(sagt: Sagt) -> bool:
    """Whether there is anything to take in. A wish alone is not an uttalelse: nothing may be decided on it."""
    return bool(sagt.grunner or sagt.ord.strip() or sagt.vil.strip())


@dataclass(frozen=True, slots=True)
class Filer:
    """Attachments that lie ready for the form at ``skjema``, and go along (U4)."""

    ider: list[UUID]
    skjema: str


@dataclass(frozen=True, slots=True)
class Mottatt:
    """What was taken in, for the receipt: an uttalelse, or a wish when there were only wishes."""

    uttalelse_id: UUID | None
    onske_id: UUID | None


def deliver(
    who: access.Bruker, sak_id: UUID, uttalelse_id: UUID, sagt: Sagt, wishes: Onsker, filer: Filer | None = None
) -> Mottatt:
    """Take in what the bruker says and wishes. Late, it is taken in and marked.

    ``uttalelse_id`` comes with the form: the same words sent twice are taken in once, and other words from it are an
    uttalelse of their own. Raises lesing.NotHere, rules.NotPossible (decided or closed), attempts.TooMany, and what
    vedlegg.knytt raises.
    """
    attempts.count("uttalelse", str(who.id), most=50, within=timedelta(days=1))
    with writing() as db:
        files = filer is not None and bool(filer.ider)
        if files:
            # Files stand in the bruker's queue. That comes before the matter, as for whoever notes, sends or decides,
            # and before the log: else the two wait for each other.
            queue_up(db, who.kommune_id, who.id)
        before = lesing.rows(db, who.kommune_id, who.id, sak_id, lock=True)
        form_id, made = uttalelse_id, None
        if says_something(sagt) or (files and not wishes.slag):  # U4: a picture may be all they say
            made = _said_before(db, before, who, form_id, sagt, filer)
            if made is None:
                made = _say(db, before, who, form_id, sagt, filer)
        nummer = made.nummer if made is not None else None
        wished = None
        if FANT_ARBEID not in sagt.grunner:  # it has closed the matter: nothing more is needed
            wished = wish(db, who, sak_id, form_id, wishes, nummer)
            if filer is not None and made is None and wished is not None:
                _tie_to_wish(db, who, sak_id, wished, filer)
        return Mottatt(made.id if made is not None else None, wished)


def _say(db: Session, before: Rader, who: access.Bruker, form_id: UUID, sagt: Sagt, filer: Filer | None) -> Uttalelse:
    taken = db.get(Uttalelse, (who.kommune_id, form_id))
    gone = _files(db, who, [taken.id]) if taken is not None and taken.sak_id == before.sak.id else set()
    step = begin(db, who.kommune_id, who.id, before.sak.id, Handling.UTTAL, "bruker", skriver=who.skriver)
    if len(step.rader.uttalelser) >= MOST_IN_A_MATTER:
        raise NotPossible("enough is said")
    reached_by_answering(db, step, who)
    # A form key that is taken: by other words from the same form, or it names somebody else's.
    row_id = form_id if taken is None else ids.new_id()
    row = _take_in(db, step, who.seal, row_id, sagt, sprak=who.sprak, skrevet_av=typist(who))
    if filer is not None:
        along = [one for one in filer.ider if one not in gone]  # the rest lies with the first words of this form
        vedlegg.knytt(db, vedlegg.eier(who), "uttalelse", row.id, along, filer.skjema)
    step.done(db)
    audit.record(
        db, who.kommune_id, "uttalelse_sendt", who.actor, bruker_id=who.id, sak_id=row.sak_id, nummer=row.nummer
    )
    _close_when_work_was_found(db, step, who.kommune_id, who.id, who.seal, who.actor, sagt)
    return row


def _said_before(
    db: Session, before: Rader, who: access.Bruker, form_id: UUID, sagt: Sagt, filer: Filer | None
) -> Uttalelse | None:
    """The uttalelse that this form made with just these words and files, if it did."""
    first = next((row for row in before.uttalelser if row.id == form_id), None)
    if first is None:
        return None
    # Other words from the form became a row of their own, after the first: that one may be sent twice too.
    later = [row for row in before.uttalelser if row.laget >= first.laget and row.muntlig_av is None]
    sent = set(filer.ider if filer is not None else ())
    for row in later:
        if Sagt(**lesing.content(row, "innhold", who.seal)) == sagt and sent <= _files(db, who, [first.id, row.id]):
            return row
    return None


def _tie_to_wish(db: Session, who: access.Bruker, sak_id: UUID, onske_id: UUID, filer: Filer) -> None:
    """What was sent with a wish alone goes with it (U5). Sent twice, it is there once. Raises rules.NotPossible."""
    wishes = [row.id for row in lesing.rows(db, who.kommune_id, who.id, sak_id).onsker]
    gone = vedlegg.sent_with(db, who.kommune_id, who.id, "varselonske", wishes)
    along = [one for one in filer.ider if one not in gone]
    if along:
        step = begin(db, who.kommune_id, who.id, sak_id, Handling.ONSK, "bruker", skriver=who.skriver)
        vedlegg.knytt(db, vedlegg.eier(who), "varselonske", onske_id, along, filer.skjema)
        step.done(db)


def _files(db: Session, who: access.Bruker, uttalelse_ids: list[UUID]) -> set[UUID]:
    return vedlegg.sent_with(db, who.kommune_id, who.id, "uttalelse", uttalelse_ids)


def write_down(who: access.Ansatt, sak: Sak, sak_id: UUID, uttalelse_id: UUID, sagt: Sagt, sprak: str) -> UUID:
    """Write down what the bruker said by telephone or in the office, as told. The bruker sees it and can correct it.

    The same words sent twice are there once; other words from the same form are a row of their own.
    Raises lesing.NotHere, rules.NotPossible (the notice has not reached them, or the matter is decided).
    """
    with writing() as db:
        before = lesing.rows(db, sak.kommune_id, sak.bruker_id, sak_id, lock=True)
        taken = db.get(Uttalelse, (sak.kommune_id, uttalelse_id))
        if taken is not None:
            for row in before.uttalelser:
                same = row.muntlig_av is not None and row.laget >= taken.laget
                if same and Sagt(**lesing.content(row, "innhold", sak.seal)) == sagt:
                    return row.id
            uttalelse_id = ids.new_id()
        step = begin(db, sak.kommune_id, sak.bruker_id, sak_id, Handling.SKRIV_NED, "ansatt")
        if len(step.rader.uttalelser) >= MOST_IN_A_MATTER:
            raise NotPossible("enough is said")
        row = _take_in(db, step, sak.seal, uttalelse_id, sagt, sprak=sprak, skrevet_av="ansatt", by=who.id)
        step.done(db)
        paminn.written_down(db, sak.bruker_id, row)
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

    The same words sent twice are there once; other words from the same form are a correction of their own.
    Raises lesing.NotHere, rules.NotPossible.
    """
    attempts.count("uttalelse", str(who.id), most=50, within=timedelta(days=1))
    with writing() as db:
        before = lesing.rows(db, who.kommune_id, who.id, sak_id, lock=True)
        said = next((row for row in before.uttalelser if row.id == uttalelse_id and row.muntlig_av), None)
        if said is None:
            raise lesing.NotHere("nothing was written down for them")
        taken = db.get(Uttalelseretting, (who.kommune_id, retting_id))
        if taken is not None:
            for row in before.rettinger:
                same = row.uttalelse_id == uttalelse_id and row.laget >= taken.laget
                if same and Sagt(**lesing.content(row, "innhold", who.seal)) == sagt:
                    return
            retting_id = ids.new_id()
        step = begin(db, who.kommune_id, who.id, sak_id, Handling.RETT, "bruker")
        if len(before.rettinger) >= MOST_IN_A_MATTER:
            raise NotPossible("enough is said")
        row = Uttalelseretting(
            id=retting_id,
            kommune_id=who.kommune_id,
            uttalelse_id=uttalelse_id,
            sak_id=sak_id,
            sprak=_language(sagt, who.sprak),
            skrevet_av=typist(who),
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
        sprak=_language(sagt, sprak),
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


def _language(sagt: Sagt, sprak: str) -> str:
    """K1: people answer in the language they want, whatever the page is in; so may those who write it down."""
    return languages.written_in(f"{sagt.ord} {sagt.vil}", sprak)


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
