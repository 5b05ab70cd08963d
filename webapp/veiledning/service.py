"""Råd og veiledning (§ 17): asked for, decided, followed up, ended."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.identitet import rules as codes
from webapp.identitet.adgang import Sak
from webapp.identitet.tur import queue_up
from webapp.platform import access, attempts, audit, clock, ids, languages, missing
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place, Seal
from webapp.veiledning import paminn, rules
from webapp.veiledning.models import Radsamtale, Radslutt, Radsoknad, Radvedtak
from webapp.veiledning.rules import Handling, Stand

NUMBER_LENGTH = 8
A_DAY = 20  # applications: more than anybody means


class NotHere(missing.NotHere):
    """There is no such matter for this bruker."""


@dataclass(frozen=True, slots=True)
class Vedtaket:
    """What was decided. ``tekst``: what the help consists of, or why it was refused."""

    id: UUID
    innvilget: bool
    nummer: str
    dato: date
    start: date | None
    tekst: str
    klagefrist: date


@dataclass(frozen=True, slots=True)
class Samtalen:
    """One conversation, or the end."""

    dato: date
    tekst: str


@dataclass(frozen=True, slots=True)
class Saken:
    """One matter, opened: from the application to the end."""

    id: UUID
    nummer: str
    omrader: tuple[str, ...]
    tekst: str
    sprak: str
    skrevet_av: str
    sokt: datetime
    vedtak: Vedtaket | None
    samtaler: tuple[Samtalen, ...]
    slutt: Samtalen | None

    @property
    def stand(self) -> Stand:
        """Where it stands."""
        return rules.stand(
            utfall=None if self.vedtak is None else "innvilget" if self.vedtak.innvilget else "avslatt",
            avsluttet=self.slutt is not None,
        )

    def mulig(self, who: str) -> frozenset[Handling]:
        """What «ansatt» or «bruker» can do with it."""
        return rules.possible(self.stand, who)


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
        row.innhold = who.seal.close_json(said, _place(row, "innhold"))
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
        vedtak.nummer = sak.seal.close(avgjort.nummer, _place(vedtak, "nummer"))
        vedtak.tekst = sak.seal.close(avgjort.tekst, _place(vedtak, "tekst"))
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


def matters(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Saken]:
    """Every matter of the bruker, the latest first. Four queries."""
    with reading() as db:
        return _opened(db, kommune_id, bruker_id, seal)


def matter(kommune_id: int, bruker_id: UUID, seal: Seal, soknad_id: UUID) -> Saken:
    """One matter of this bruker. Raises NotHere."""
    found = next((one for one in matters(kommune_id, bruker_id, seal) if one.id == soknad_id), None)
    if found is None:
        raise NotHere("no such matter")
    return found


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
        row.tekst = sak.seal.close(tekst, _place(row, "tekst"))
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
    later = _mine(Radsoknad, who.kommune_id, who.id).where(Radsoknad.laget >= there.laget)
    rows: list[Radsoknad] = [there, *db.scalars(later.order_by(Radsoknad.laget, Radsoknad.id))]
    for row in rows:
        if who.seal.open_json(row.innhold, _place(row, "innhold")) == said:
            return row.id
    return None


def _decided(row: Radvedtak, sak: Sak) -> Avgjort:
    return Avgjort(
        row.utfall == "innvilget",
        sak.seal.open(row.nummer, _place(row, "nummer")),
        row.dato,
        row.start,
        sak.seal.open(row.tekst, _place(row, "tekst")),
        row.klagefrist,
    )


def _written(
    db: Session, sak: Sak, soknad_id: UUID, table: type[Radsamtale | Radslutt], dato: date, tekst: str
) -> bool:
    """Whether just this is written about the matter already."""
    of_this = select(Radvedtak.id).where(Radvedtak.kommune_id == sak.kommune_id, Radvedtak.soknad_id == soknad_id)
    rows = db.scalars(
        _mine(table, sak.kommune_id, sak.bruker_id).where(table.vedtak_id.in_(of_this), table.dato == dato)
    )
    return any(sak.seal.open(row.tekst, _place(row, "tekst")) == tekst for row in rows)


def _locked(db: Session, sak: Sak, soknad_id: UUID) -> tuple[Radsoknad, Stand]:
    """The application, locked so that two veiledere decide one after the other, and where it stands."""
    queue_up(db, sak.kommune_id, sak.bruker_id)
    row = db.scalar(_mine(Radsoknad, sak.kommune_id, sak.bruker_id).where(Radsoknad.id == soknad_id).with_for_update())
    if row is None:
        raise NotHere("no such matter")
    vedtak = db.scalar(_mine(Radvedtak, sak.kommune_id, sak.bruker_id).where(Radvedtak.soknad_id == soknad_id))
    ended = vedtak is not None and (
        db.scalar(_mine(Radslutt, sak.kommune_id, sak.bruker_id).where(Radslutt.vedtak_id == vedtak.id)) is not None
    )
    return row, rules.stand(utfall=vedtak.utfall if vedtak else None, avsluttet=ended)


def _opened(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Saken]:
    soknader = db.scalars(
        _mine(Radsoknad, kommune_id, bruker_id).order_by(Radsoknad.laget.desc(), Radsoknad.id.desc())
    ).all()
    vedtak = {row.soknad_id: row for row in db.scalars(_mine(Radvedtak, kommune_id, bruker_id))} if soknader else {}
    talks: defaultdict[UUID, list[Samtalen]] = defaultdict(list)
    ends: dict[UUID, Samtalen] = {}
    if vedtak:
        for row in db.scalars(
            _mine(Radsamtale, kommune_id, bruker_id).order_by(Radsamtale.dato, Radsamtale.laget, Radsamtale.id)
        ):
            talks[row.vedtak_id].append(Samtalen(row.dato, seal.open(row.tekst, _place(row, "tekst"))))
        for slutt in db.scalars(_mine(Radslutt, kommune_id, bruker_id)):
            ends[slutt.vedtak_id] = Samtalen(slutt.dato, seal.open(slutt.tekst, _place(slutt, "tekst")))
    return [_one(row, vedtak.get(row.id), talks, ends, seal) for row in soknader]


def _one(
    row: Radsoknad,
    vedtak: Radvedtak | None,
    talks: dict[UUID, list[Samtalen]],
    ends: dict[UUID, Samtalen],
    seal: Seal,
) -> Saken:
    innhold = seal.open_json(row.innhold, _place(row, "innhold"))
    shown = vedtak and Vedtaket(
        vedtak.id,
        vedtak.utfall == "innvilget",
        seal.open(vedtak.nummer, _place(vedtak, "nummer")),
        vedtak.dato,
        vedtak.start,
        seal.open(vedtak.tekst, _place(vedtak, "tekst")),
        vedtak.klagefrist,
    )
    return Saken(
        row.id,
        row.nummer,
        tuple(innhold["omrader"]),
        innhold["tekst"],
        row.sprak,
        row.skrevet_av,
        row.laget,
        shown or None,
        tuple(talks[vedtak.id]) if vedtak and vedtak.id in talks else (),
        ends.get(vedtak.id) if vedtak else None,
    )


def _mine(table: Any, kommune_id: int, bruker_id: UUID) -> Select[Any]:
    return select(table).where(table.kommune_id == kommune_id, table.bruker_id == bruker_id)


def _place(row: Any, column: str) -> Place:
    return Place(row.__tablename__, column, row.kommune_id, row.id)
