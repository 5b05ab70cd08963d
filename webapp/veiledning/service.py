"""Råd og veiledning (§ 17): asked for, decided, followed up, ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.identitet import rules as codes
from webapp.identitet.adgang import Sak
from webapp.identitet.tur import queue_up
from webapp.platform import access, attempts, audit, clock, ids, languages
from webapp.platform.database import reading, writing
from webapp.veiledning import paminn, rules
from webapp.veiledning.lesing import NotHere, mine, place
from webapp.veiledning.models import Radsamtale, Radslutt, Radsoknad, Radvedtak
from webapp.veiledning.rules import Handling, Stand

NUMBER_LENGTH = 8
A_DAY = 20  # applications: more than anybody means


@dataclass(frozen=True, slots=True)
class Avgjort:
    """What a veileder registers of the vedtak."""

    innvilget: bool
    nummer: str
    dato: date
    start: date | None
    tekst: str
    klagefrist: date


def ask(who: access.Bruker, soknad_id: UUID, omrader: list[str], tekst: str, skrevet_av: str) -> UUID:
    """Ask for råd og veiledning; returns the matter's id. Sent twice with the same ``soknad_id``, it is there once.

    Other words from the same form are an application of their own: nothing that was sent is dropped.
    Raises NotHere when the id is somebody else's, attempts.TooMany beyond 20 a day.
    """
    said = {"omrader": omrader, "tekst": tekst}
    with reading() as db:
        there = _sent_before(db, who, soknad_id, said)
    if there is not None:
        return there
    attempts.count("radsoknad", str(who.id), most=A_DAY, within=timedelta(days=1))
    with writing() as db:
        queue_up(db, who.kommune_id, who.id)
        there = _sent_before(db, who, soknad_id, said)
        if there is not None:
            return there
        if db.get(Radsoknad, (who.kommune_id, soknad_id)) is not None:
            soknad_id = ids.new_id()
        row = Radsoknad(
            id=soknad_id,
            kommune_id=who.kommune_id,
            bruker_id=who.id,
            nummer=codes.shown_code(codes.new_code(NUMBER_LENGTH)),
            sprak=languages.written_in(tekst, who.sprak),
            skrevet_av=skrevet_av,
            laget=clock.now(),
        )
        row.innhold = who.seal.close_json(said, place(row, "innhold"))
        db.add(row)
        audit.record(db, who.kommune_id, "rad_sokt", who.actor, bruker_id=who.id, soknad_id=soknad_id)
    return soknad_id


def decide(who: access.Ansatt, sak: Sak, soknad_id: UUID, vedtak_id: UUID, avgjort: Avgjort) -> None:
    """Register the outcome of the vedtak. Sent twice, it is there once.

    Raises NotHere, rules.NotPossible (also for other words from a form that was sent), rules.KortKlagefrist.
    """
    rules.check_klagefrist(avgjort.dato, avgjort.klagefrist)
    if not avgjort.innvilget:
        avgjort = replace(avgjort, start=None)
    with writing() as db:
        row, stand = _locked(db, sak, soknad_id)
        there = db.get(Radvedtak, (sak.kommune_id, vedtak_id))
        if there is not None:
            if there.soknad_id == soknad_id and _decided(there, sak) == avgjort:
                return  # pressed twice
            vedtak_id = ids.new_id()  # other words, or another matter: only if it can be decided
        rules.after(stand, Handling.INNVILG if avgjort.innvilget else Handling.AVSLA, "ansatt")
        vedtak = Radvedtak(
            id=vedtak_id,
            kommune_id=sak.kommune_id,
            bruker_id=sak.bruker_id,
            soknad_id=row.id,
            ansatt_id=who.id,
            utfall="innvilget" if avgjort.innvilget else "avslatt",
            dato=avgjort.dato,
            start=avgjort.start,
            klagefrist=avgjort.klagefrist,
            laget=clock.now(),
        )
        vedtak.nummer = sak.seal.close(avgjort.nummer, place(vedtak, "nummer"))
        vedtak.tekst = sak.seal.close(avgjort.tekst, place(vedtak, "tekst"))
        db.add(vedtak)
        paminn.decided(db, sak.kommune_id, sak.bruker_id, vedtak.id)
        audit.record(
            db,
            sak.kommune_id,
            "rad_avgjort",
            who.actor,
            bruker_id=sak.bruker_id,
            soknad_id=row.id,
            utfall=vedtak.utfall,
        )


def talked(who: access.Ansatt, sak: Sak, soknad_id: UUID, row_id: UUID, dato: date, tekst: str) -> None:
    """Write down a conversation. Raises NotHere, rules.NotPossible, rules.ForVedtaket."""
    _follow(who, sak, soknad_id, Handling.SAMTALE, Radsamtale, row_id, dato, tekst, "rad_samtale")


def end(who: access.Ansatt, sak: Sak, soknad_id: UUID, row_id: UUID, dato: date, tekst: str) -> None:
    """End the service, with what came of it. Raises NotHere, rules.NotPossible, rules.ForVedtaket."""
    _follow(who, sak, soknad_id, Handling.AVSLUTT, Radslutt, row_id, dato, tekst, "rad_avsluttet")


def _follow(
    who: access.Ansatt,
    sak: Sak,
    soknad_id: UUID,
    handling: Handling,
    table: type[Radsamtale | Radslutt],
    row_id: UUID,
    dato: date,
    tekst: str,
    hendelse: str,
) -> None:
    with writing() as db:
        _soknad, stand = _locked(db, sak, soknad_id)
        there = db.get(table, (sak.kommune_id, row_id))
        if there is not None:
            if _written(db, sak, soknad_id, table, dato, tekst):
                return  # pressed twice
            row_id = ids.new_id()  # other words from the same form: they are not dropped
        rules.after(stand, handling, "ansatt")
        vedtak_id, decided = db.execute(
            select(Radvedtak.id, Radvedtak.dato).where(
                Radvedtak.kommune_id == sak.kommune_id, Radvedtak.soknad_id == soknad_id
            )
        ).one()
        rules.check_day(dato, decided)
        row = table(
            id=row_id,
            kommune_id=sak.kommune_id,
            bruker_id=sak.bruker_id,
            vedtak_id=vedtak_id,
            ansatt_id=who.id,
            dato=dato,
            laget=clock.now(),
        )
        row.tekst = sak.seal.close(tekst, place(row, "tekst"))
        db.add(row)
        audit.record(db, sak.kommune_id, hendelse, who.actor, bruker_id=sak.bruker_id, soknad_id=soknad_id)


def _sent_before(db: Session, who: access.Bruker, soknad_id: UUID, said: dict[str, Any]) -> UUID | None:
    """The application that this form made with just these words, if it did. Raises NotHere."""
    there = db.get(Radsoknad, (who.kommune_id, soknad_id))
    if there is None:
        return None
    if there.bruker_id != who.id:
        raise NotHere("the id is taken")
    # Other words from the same form became a row of their own, after the first: that one may be sent twice too.
    later = mine(Radsoknad, who.kommune_id, who.id).where(Radsoknad.laget >= there.laget)
    rows: list[Radsoknad] = [there, *db.scalars(later.order_by(Radsoknad.laget, Radsoknad.id))]
    for row in rows:
        if who.seal.open_json(row.innhold, place(row, "innhold")) == said:
            return row.id
    return None


def _decided(row: Radvedtak, sak: Sak) -> Avgjort:
    return Avgjort(
        row.utfall == "innvilget",
        sak.seal.open(row.nummer, place(row, "nummer")),
        row.dato,
        row.start,
        sak.seal.open(row.tekst, place(row, "tekst")),
        row.klagefrist,
    )


def _written(
    db: Session, sak: Sak, soknad_id: UUID, table: type[Radsamtale | Radslutt], dato: date, tekst: str
) -> bool:
    """Whether just this is written about the matter already."""
    of_this = select(Radvedtak.id).where(Radvedtak.kommune_id == sak.kommune_id, Radvedtak.soknad_id == soknad_id)
    rows = db.scalars(
        mine(table, sak.kommune_id, sak.bruker_id).where(table.vedtak_id.in_(of_this), table.dato == dato)
    )
    return any(sak.seal.open(row.tekst, place(row, "tekst")) == tekst for row in rows)


def _locked(db: Session, sak: Sak, soknad_id: UUID) -> tuple[Radsoknad, Stand]:
    """The application, locked so that two veiledere decide one after the other, and where it stands."""
    queue_up(db, sak.kommune_id, sak.bruker_id)
    row = db.scalar(mine(Radsoknad, sak.kommune_id, sak.bruker_id).where(Radsoknad.id == soknad_id).with_for_update())
    if row is None:
        raise NotHere("no such matter")
    vedtak = db.scalar(mine(Radvedtak, sak.kommune_id, sak.bruker_id).where(Radvedtak.soknad_id == soknad_id))
    ended = vedtak is not None and (
        db.scalar(mine(Radslutt, sak.kommune_id, sak.bruker_id).where(Radslutt.vedtak_id == vedtak.id)) is not None
    )
    return row, rules.stand(utfall=vedtak.utfall if vedtak else None, avsluttet=ended)
