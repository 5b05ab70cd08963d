"""Taking from the queue of the outbox: what is due in the channels that are open, ready to send. One transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from structlog import get_logger

from webapp.paminnelse import aktuelt, avmelding, bevis, fordeling, ko, mottakere, rules, samling, tekst
from webapp.paminnelse.kanaler import Brev
from webapp.paminnelse.mottakere import Mottaker
from webapp.paminnelse.rules import Resultat
from webapp.platform import clock, kommune
from webapp.platform.database import writing
from webapp.platform.sealing import Seal
from webapp.platform.utboks import Hendelse, Kanal, Tilstand, Utboks

BATCH = 50
_log = get_logger("paminnelse")


@dataclass(frozen=True, slots=True)
class Tatt:
    """What a worker has taken: messages to brukere, ready to send, and the rows of summaries that are to be made.

    After ``nok`` no further one is begun: what is left goes back. ``bort``: what was dropped or put off instead.
    """

    nok: datetime
    brev: list[Brev] = field(default_factory=list)
    sammendrag: list[Utboks] = field(default_factory=list)
    bort: list[Utboks] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Runde:
    """What is the same for a whole batch."""

    kommune_id: int
    worker: UUID
    origin: str
    seal: Seal
    now: datetime

    def none(self) -> Tatt:
        """Nothing taken yet."""
        return Tatt(self.now + rules.ENOUGH)


def claim(kommune_id: int, worker: UUID, kanaler: Iterable[Kanal], origin: str) -> Tatt:
    """Take what is due in these channels, at most BATCH rows. What is dropped, or must wait, is not in it.

    One that cannot be made ready, whatever the reason, is tried later and then given up, and holds up no other.
    """
    with writing(unverified=True) as db:
        ko.take_back(db, kommune_id)
        now = clock.now()
        rows = db.scalars(
            select(Utboks)
            .where(
                Utboks.kommune_id == kommune_id,
                Utboks.tilstand == Tilstand.VENTER.value,
                Utboks.kanal.in_([kanal.value for kanal in kanaler]),
                fordeling.is_due(now),
            )
            .order_by(Utboks.neste_forsok)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        ).all()
        if not rows:
            return Tatt(now)
        # Outside what is tried one by one: without the kommune's key nothing can be sent, and no row is at fault.
        this = _Runde(kommune_id, worker, origin, kommune.seal_of(db, kommune_id), now)
        try:
            with db.begin_nested():
                return _take(db, this, rows)
        except Exception:  # noqa: BLE001 -- see above
            _log.warning("utboks_uttak_hver_for_seg", antall=len(rows))
        return _one_by_one(db, this, rows)


def _one_by_one(db: Session, this: _Runde, rows: Sequence[Utboks]) -> Tatt:
    taken = this.none()
    for row in rows:
        try:
            with db.begin_nested():
                one = _take(db, this, [row])
        except Exception as error:  # noqa: BLE001 -- see claim
            _log.exception("utboks_uttak", utboks_id=str(row.id))
            ko.failed(db, row, type(error).__name__)
        else:
            taken.brev.extend(one.brev)
            taken.sammendrag.extend(one.sammendrag)
            taken.bort.extend(one.bort)
    return taken


def _take(db: Session, this: _Runde, rows: Sequence[Utboks]) -> Tatt:
    taken = this.none()
    people = mottakere.read(db, this.kommune_id, {row.bruker_id for row in rows if row.bruker_id})
    when = aktuelt.times(db, this.kommune_id, [row for row in rows if row.bruker_id])
    others = samling.read(db, this.kommune_id, rows)
    # What is told by itself first: it tells of the rest.
    for row in sorted(rows, key=lambda row: row.hendelse not in rules.ALONE):
        row.endret, until = this.now, this.now + rules.LEASE
        if row.bruker_id is None:
            taken.sammendrag.append(row)
        else:
            person, planned, letter = people.get(row.bruker_id), when[row.id], None
            if person is not None and planned is not None:
                if _waits(row, planned, person, this.now):
                    continue
                until = _until(row, person, this.now)
                token = avmelding.token(this.seal, this.kommune_id, row.bruker_id, person.epost)
                off = f"{this.origin}/paminnelser/av/{token}"
                letter = _letter(row, person, until, this.origin, off)
            if letter is None:
                row.tilstand = Tilstand.AVLYST.value
                continue
            if others.settled(row, this.now):
                continue
            taken.brev.append(letter)
        row.tilstand, row.tatt_av, row.tatt_til = Tilstand.TATT.value, this.worker, until
    left = (row for row in rows if row.tilstand != Tilstand.TATT.value)
    taken.bort.extend(row for row in left if row.tilstand != Tilstand.VENTER.value or row.neste_forsok > this.now)
    return taken


def _waits(row: Utboks, planned: datetime, person: Mottaker, now: datetime) -> bool:
    """Whether it is to be sent later after all: a deadline has been moved, or it is night."""
    moment = max(planned, now)
    if row.hendelse != Hendelse.PROVE.value:
        moment = rules.after_quiet(moment, person.stille_fra, person.stille_til)
    if planned > now:
        row.send_etter = planned
    row.neste_forsok = moment
    return moment > now


def _until(row: Utboks, person: Mottaker, now: datetime) -> datetime:
    """How long it is the worker's: no longer than the lease, and not into the night."""
    lease = now + rules.LEASE
    if row.hendelse == Hendelse.PROVE.value:
        return lease
    return min(lease, rules.next_quiet(now, person.stille_fra, person.stille_til) or lease)


def _letter(row: Utboks, person: Mottaker, until: datetime, origin: str, off: str) -> Brev | None:
    kanal = Kanal(row.kanal)
    address = person.address(kanal, row.mal_id)
    if not address:
        return None
    words = tekst.to_bruker(kanal, person.sprak, origin, off)
    mark = person.seal.fingerprint("push-merke", row.mal_id.hex).hex()[:32] if kanal is Kanal.PUSH else ""
    sprak = tekst.known(person.sprak)
    proof = bevis.of(row, row.kanal, Resultat.SENDT, "", row.endret)
    return Brev(
        row.id,
        row.kommune_id,
        kanal,
        sprak,
        address,
        words.emne,
        words.tekst,
        avmelding=off,
        bevis=proof,
        merke=mark,
        til=until,
        valgt=person.valgt,
    )
