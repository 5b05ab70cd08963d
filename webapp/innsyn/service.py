"""Who opened what, and what the bruker asks about what is held about them (S1, S3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from markupsafe import Markup
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.identitet import eksport as identitet
from webapp.identitet.eksport import Navn
from webapp.identitet.tur import queue_up
from webapp.innsyn import ordlyd, rules, setninger, verdier
from webapp.innsyn.models import Henvendelse
from webapp.innsyn.ordlyd import Side
from webapp.innsyn.rules import Apnet, Slag
from webapp.platform import access, attempts, audit, clock, ids, languages, missing
from webapp.platform.audit import Actor, Hendelse
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place, Seal

EVENTS_A_PAGE = 100  # of openings; grouped by day and person they are a handful of lines
LINES_A_PAGE = 25


class NotHere(missing.NotHere):
    """There is no such request here."""


class AlreadyAnswered(Exception):
    """Somebody has answered the request in the meantime."""


@dataclass(frozen=True, slots=True)
class Grunn:
    """A reason, word for word, and when it was given."""

    tekst: str
    laget: datetime


@dataclass(frozen=True, slots=True)
class Apning:
    """What one member of staff opened on one day, and why. ``sider``: what the pages are called, for the bruker."""

    dag: date
    navn: str
    kontor: str
    forste: datetime
    siste: datetime
    antall: int
    sider: tuple[str, ...]
    grunner: tuple[Grunn, ...]


@dataclass(frozen=True, slots=True)
class Apninger:
    """One page of openings. ``neste``: the key of the next page, None on the last."""

    dager: tuple[tuple[date, tuple[Apning, ...]], ...]
    neste: int | None


@dataclass(frozen=True, slots=True)
class Linje:
    """One event in words."""

    lopenr: int
    tid: datetime
    type: str
    setning: Markup


@dataclass(frozen=True, slots=True)
class Henvendt:
    """A request, opened."""

    id: UUID
    slag: str
    tekst: str
    sprak: str
    skrevet_av: str | None  # K1; None: from before this was kept
    laget: datetime
    svar: str | None
    besvart: datetime | None
    besvart_av: Navn | None


def openings(
    kommune_id: int,
    bruker_id: UUID,
    seal: Seal,
    *,
    before: int | None = None,
    since: datetime | None = None,
    sides: Collection[str] = (),
    size: int = EVENTS_A_PAGE,
) -> Apninger:
    """Which staff opened this bruker, when, and why, grouped by day and person; the latest first (S1). Three queries.

    ``before``: only events with a lower number (paging). ``since``: only from then on, for «who has opened what I
    delivered». ``sides``: only these pages (endpoints) or blueprints, such as "kartlegging_veileder".
    """
    query = select(Hendelse.lopenr, Hendelse.tid, Hendelse.type, Hendelse.aktor_id, Hendelse.innhold).where(
        Hendelse.kommune_id == kommune_id,
        Hendelse.bruker_id == bruker_id,
        Hendelse.type.in_(("bruker_apnet",) if sides else ("bruker_apnet", "innsyn_begrunnet")),
    )
    if before is not None:
        query = query.where(Hendelse.lopenr < before)
    if since is not None:
        query = query.where(Hendelse.tid >= since)
    with reading() as db:
        rows = db.execute(query.order_by(Hendelse.lopenr.desc()).limit(size + 1)).all()
        events = [
            Apnet(row.lopenr, row.tid, row.aktor_id, str(row.innhold["side"]) if row.type == "bruker_apnet" else None)
            for row in rows
        ]
        page, following = rules.whole_days(events, size)
        if sides:
            page = [one for one in page if one.side in sides or str(one.side).partition(".")[0] in sides]
        if not page:
            return Apninger((), following)
        names = identitet.staff(db, kommune_id, {one.ansatt_id for one in page})
        times = [one.tid for one in page]
        given = identitet.reasons(db, kommune_id, bruker_id, seal, fra=min(times), til=max(times))
    by_day: dict[date, list[Apning]] = {}
    for visit in rules.visits(page):
        name = names.get(visit.ansatt_id) if visit.ansatt_id else None
        by_day.setdefault(visit.dag, []).append(
            Apning(
                dag=visit.dag,
                navn=name.navn if name else "",
                kontor=name.kontor if name else "",
                forste=visit.forste,
                siste=visit.siste,
                antall=visit.antall,
                sider=tuple(dict.fromkeys(str(verdier.page(side, "bruker")) for side in visit.sider)),
                grunner=tuple(
                    Grunn(reason.tekst, reason.laget)
                    for reason in given
                    if reason.ansatt_id == visit.ansatt_id
                    and reason.laget <= visit.siste
                    and reason.utloper >= visit.forste
                ),
            )
        )
    return Apninger(tuple((dag, tuple(group)) for dag, group in by_day.items()), following)


def timeline(
    kommune_id: int,
    bruker_id: UUID,
    side: Side,
    *,
    before: int | None = None,
    size: int = LINES_A_PAGE,
    without: Collection[str] = (),
) -> tuple[list[Linje], int | None]:
    """What has happened about a bruker in one side's words, the latest first, and the next page's key. Two queries.

    The veileder does not see what the bruker does with their own sign-in and data (setninger.ONLY_FOR_BRUKER).
    """
    hidden = set(without) | (setninger.ONLY_FOR_BRUKER if side == "veileder" else set())
    query = select(Hendelse).where(Hendelse.kommune_id == kommune_id, Hendelse.bruker_id == bruker_id)
    if hidden:
        query = query.where(Hendelse.type.not_in(hidden))
    if before is not None:
        query = query.where(Hendelse.lopenr < before)
    with reading() as db:
        rows = list(db.scalars(query.order_by(Hendelse.lopenr.desc()).limit(size + 1)))
        lines = in_words(db, kommune_id, rows[:size], side)
    return lines, rows[size - 1].lopenr if len(rows) > size else None


def in_words(db: Session, kommune_id: int, rows: Iterable[Hendelse], side: Side) -> list[Linje]:
    """Events as sentences. One query for all the names."""
    rows = list(rows)
    mentioned = {
        UUID(str(row.innhold[key]))
        for row in rows
        for key in ("ansatt_id", "fra_ansatt_id", "til_ansatt_id")
        if row.innhold.get(key)
    }
    staff = identitet.staff(db, kommune_id, mentioned | {row.aktor_id for row in rows if row.aktor_type == "ansatt"})
    names = {str(key): value.navn for key, value in staff.items()}

    def actor(row: Hendelse) -> str | None:
        return None if row.aktor_type == "bruker" else names.get(str(row.aktor_id), "")

    return [
        Linje(row.lopenr, row.tid, row.type, ordlyd.sentence(row.type, row.innhold, actor(row), side, navn=names))
        for row in rows
    ]


def send(who: access.Bruker, henvendelse_id: UUID, slag: Slag, tekst: str, sprak: str) -> UUID:
    """Send a request; returns its id. Sent twice with the same ``henvendelse_id``, it is there once; other words sent
    with it are a request of their own.

    Raises attempts.TooMany beyond 20 a day, and NotHere when the id is somebody else's.
    """
    with reading() as db:
        same = _asked(db, who, henvendelse_id, slag, tekst)
    if same is not None:
        return same
    attempts.count("henvendelse", str(who.id), most=20, within=timedelta(days=1))
    with writing() as db:
        queue_up(db, who.kommune_id, who.id)
        same = _asked(db, who, henvendelse_id, slag, tekst)  # sent twice at once: the other may have come first
        if same is not None:
            return same
        taken = db.get(Henvendelse, (who.kommune_id, henvendelse_id)) is not None
        row = Henvendelse(
            id=ids.new_id() if taken else henvendelse_id,
            kommune_id=who.kommune_id,
            bruker_id=who.id,
            slag=slag.value,
            sprak=languages.written_in(tekst, sprak),
            skrevet_av=who.skriver or "bruker",
            laget=clock.now(),
        )
        row.tekst = who.seal.close(tekst, _place(row, "tekst"))
        db.add(row)
        audit.record(
            db,
            who.kommune_id,
            "henvendelse_sendt",
            who.actor,
            bruker_id=who.id,
            henvendelse_id=row.id,
            slag=row.slag,
        )
        return row.id


def answer(kommune_id: int, bruker_id: UUID, seal: Seal, henvendelse_id: UUID, tekst: str, by: Actor) -> None:
    """Answer a request. Raises NotHere, and AlreadyAnswered when somebody was first: an answer is not replaced."""
    with writing() as db:
        queue_up(db, kommune_id, bruker_id)
        row = db.scalar(_of(kommune_id, bruker_id).where(Henvendelse.id == henvendelse_id).with_for_update())
        if row is None:
            raise NotHere("no such request")
        if row.besvart is not None:
            raise AlreadyAnswered
        row.svar = seal.close(tekst, _place(row, "svar"))
        row.besvart, row.besvart_av = clock.now(), by.id
        audit.record(db, kommune_id, "henvendelse_besvart", by, bruker_id=bruker_id, henvendelse_id=henvendelse_id)


def request(kommune_id: int, bruker_id: UUID, seal: Seal, henvendelse_id: UUID) -> Henvendt:
    """One request of this bruker. Raises NotHere."""
    with reading() as db:
        row = db.scalar(_of(kommune_id, bruker_id).where(Henvendelse.id == henvendelse_id))
        if row is None:
            raise NotHere("no such request")
        return _opened(db, [row], seal)[0]


def requests(
    kommune_id: int, bruker_id: UUID, seal: Seal, *, before: UUID | None = None, size: int = LINES_A_PAGE
) -> tuple[list[Henvendt], UUID | None]:
    """The bruker's requests, the latest first, and the next page's key. Two queries."""
    query = _of(kommune_id, bruker_id)
    if before is not None:
        query = query.where(Henvendelse.id < before)
    with reading() as db:
        rows = list(db.scalars(query.order_by(Henvendelse.id.desc()).limit(size + 1)))
        found = _opened(db, rows[:size], seal)
    return found, found[-1].id if len(rows) > size else None


def all_requests(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Henvendt]:
    """Every request of the bruker, the oldest first."""
    rows = list(db.scalars(_of(kommune_id, bruker_id).order_by(Henvendelse.laget, Henvendelse.id)))
    return _opened(db, rows, seal)


def _asked(db: Session, who: access.Bruker, henvendelse_id: UUID, slag: Slag, tekst: str) -> UUID | None:
    """The request that says just this, if the form with this id has sent it; None when it has not. Raises NotHere."""
    there = db.get(Henvendelse, (who.kommune_id, henvendelse_id))
    if there is None:
        return None
    if there.bruker_id != who.id:
        raise NotHere("the id is taken")
    rows = db.scalars(
        _of(who.kommune_id, who.id).where(Henvendelse.slag == slag.value, Henvendelse.laget >= there.laget)
    )
    return next((row.id for row in rows if who.seal.open(row.tekst, _place(row, "tekst")) == tekst), None)


def _of(kommune_id: int, bruker_id: UUID) -> Select[Henvendelse]:
    return select(Henvendelse).where(Henvendelse.kommune_id == kommune_id, Henvendelse.bruker_id == bruker_id)


def _opened(db: Session, rows: list[Henvendelse], seal: Seal) -> list[Henvendt]:
    names = identitet.staff(db, rows[0].kommune_id, {row.besvart_av for row in rows}) if rows else {}
    return [
        Henvendt(
            row.id,
            row.slag,
            seal.open(row.tekst, _place(row, "tekst")),
            row.sprak,
            row.skrevet_av,
            row.laget,
            seal.open(row.svar, _place(row, "svar")) if row.svar else None,
            row.besvart,
            names.get(row.besvart_av) if row.besvart_av else None,
        )
        for row in rows
    ]


def _place(row: Henvendelse, column: str) -> Place:
    return Place("henvendelse", column, row.kommune_id, row.id)
