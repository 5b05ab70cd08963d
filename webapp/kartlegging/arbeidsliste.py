"""The worklist: whom one follows up, what is new, what waits, what is over its deadline (K8).

It is read from who is assigned, so it is as quick with 100,000 brukere in the kommune as with 100. Names are sealed, so
the list is sorted by the next date, and only the 25 people of the page are opened.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Select, and_, case, func, literal, or_, select, true

from webapp.identitet import navnesok, service
from webapp.identitet.models import Bruker, Datanokkel, Tildeling
from webapp.kartlegging import rules
from webapp.kartlegging.models import Kartlegging
from webapp.kartlegging.skjema import Visning
from webapp.moter import ulest
from webapp.moter.ulest import Ulest
from webapp.platform import access, clock
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date

PAGE = 25
MOST_FOUND = 50
FAR = date(9999, 12, 31)  # the place of what has no next date

Sted = tuple[int, date, UUID]  # where a row stands in the list: see ``sort_key``


class Gruppe(StrEnum):
    """What the list can be narrowed to."""

    ALLE = "alle"
    NYTT = "nytt"  # a delivery nobody has read, answers not seen, or something said about a meeting
    VENTER = "venter"  # a conversation or a plan step is to come (K8)
    OVER = "over"  # … and its day has passed; or a day in another room has (platform/nyheter.py)
    MINI = "mini"  # K7: the mini-mapping can be offered, and is not
    IKKE_BEGYNT = "ikke-begynt"


class Frist(StrEnum):
    """What the next date is about."""

    SAMTALE = "samtale"
    PLAN = "plan"
    MINI = "mini"


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one bruker's mapping stands on a day, as the list says it."""

    grupper: frozenset[Gruppe]
    frist: Frist | None
    frist_dato: date | None
    levert: datetime | None
    begynt: bool
    ny_levering: bool
    nye_svar: int
    venter_svar: int
    om_mote: Ulest | None = None  # what the bruker has said about a meeting, until that meeting is opened


@dataclass(frozen=True, slots=True)
class Rad:
    """One line of the list."""

    person: service.Person
    vikar: bool
    stand: Stand


@dataclass(frozen=True, slots=True)
class Liste:
    """One page of the list; ``neste`` is the key of the page after, if there is one."""

    rader: list[Rad]
    neste: Sted | None


@dataclass(frozen=True, slots=True)
class Funn:
    """What a search found. ``flere``: there were more than are shown."""

    rader: list[Rad]
    flere: bool


def stand(row: Kartlegging | None, today: date, om_mote: Ulest | None = None) -> Stand:
    """The state of one mapping on ``today``; None is one that has not been begun.

    ``om_mote``: what the bruker has said about a meeting that nobody has read; it can be there without a mapping.
    """
    if row is None:
        groups = {Gruppe.ALLE, Gruppe.IKKE_BEGYNT} | ({Gruppe.NYTT} if om_mote else set())
        return Stand(frozenset(groups), None, None, None, False, False, 0, 0, om_mote)
    conversation = row.samtale_frist if row.samtale_holdt is None else None
    plan = row.plan_frist if row.plan_fulgt is None else None
    mini = None if rules.round_is_open(row.tilbudt, row.visning) else row.mini_frist
    frist, frist_dato = next_deadline(conversation, plan, mini)
    new = row.levert is not None and row.lest is None
    checks = {
        Gruppe.ALLE: True,
        Gruppe.NYTT: new or row.nye_svar > 0 or om_mote is not None,
        Gruppe.VENTER: conversation is not None or plan is not None,
        Gruppe.OVER: any(one is not None and one < today for one in (conversation, plan)),
        Gruppe.MINI: rules.mini_is_due(mini, today),
        Gruppe.IKKE_BEGYNT: row.begynt is None,
    }
    return Stand(
        grupper=frozenset(gruppe for gruppe, holds in checks.items() if holds),
        frist=frist,
        frist_dato=frist_dato,
        levert=row.levert,
        begynt=row.begynt is not None,
        ny_levering=new,
        nye_svar=row.nye_svar,
        venter_svar=row.venter_svar,
        om_mote=om_mote,
    )


def next_deadline(conversation: date | None, plan: date | None, mini: date | None) -> tuple[Frist | None, date | None]:
    """The deadline that comes first: of K8's two clocks as long as one runs, then the mini-mapping (K7).

    ``mini`` is None when a round is offered already: then the date has done its work.
    """
    running = [(day, frist) for day, frist in ((conversation, Frist.SAMTALE), (plan, Frist.PLAN)) if day is not None]
    if running:
        day, frist = min(running, key=lambda one: one[0])
        return frist, day
    return (Frist.MINI, mini) if mini is not None else (None, None)


def page(who: access.Ansatt, gruppe: Gruppe, after: Sted | None = None, over: Collection[UUID] = ()) -> Liste:
    """One page of those who are assigned to ``who`` (as responsible or substitute), the next deadline first.

    A deadline of K8 stands before every mini-mapping: that one is an offer, and nobody waits for it. ``over``: those
    who are over a deadline in another room than the mapping.
    """
    today = oslo_date(clock.now())
    mine = _mine(who)
    kind, day = sort_key()
    query = _rows(mine).where(_holds(gruppe, today, over))
    if after is not None:
        query = query.where(beyond(after))
    with reading() as db:
        found = db.execute(query.add_columns(kind, day).order_by(kind, day, Bruker.id).limit(PAGE + 1)).all()
    rows = _opened(found[:PAGE], today)
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Liste(rows, (last[5], last[6], last[0].id) if last is not None else None)


def find(who: access.Ansatt, name: str) -> Funn:
    """Those of one's own whose name has all the parts of ``name``: at most 50, and whether there were more."""
    today = oslo_date(clock.now())
    with reading() as db:
        mine = _mine(who)
        # By the assignment's id, not the bruker's: SQLite would otherwise go through every bruker of the kommune.
        own_id = mine[0].c.bruker_id
        named = navnesok.has_name(db, who.kommune_id, name, own_id)
        query = _rows(mine).where(*named).order_by(own_id).limit(MOST_FOUND + 1)
        rows = db.execute(query).all()
    return Funn(_opened(rows[:MOST_FOUND], today), flere=len(rows) > MOST_FOUND)


def own_ids(who: access.Ansatt) -> list[UUID]:
    """Everybody who is assigned to ``who``, as responsible or substitute. One query."""
    with reading() as db:
        assigned, _kommune_id = _mine(who)
        return list(db.scalars(select(assigned.c.bruker_id)))


def named(who: access.Ansatt, bruker_ids: Sequence[UUID]) -> list[Rad]:
    """The lines of these of one's own, in the order given; at most a page of them."""
    today = oslo_date(clock.now())
    wanted = list(bruker_ids)[:PAGE]
    with reading() as db:
        found = db.execute(_rows(_mine(who)).where(Bruker.id.in_(wanted))).all()
        rows = {row.person.id: row for row in _opened(found, today)}
    return [rows[ident] for ident in wanted if ident in rows]


def counts(who: access.Ansatt, over: Collection[UUID] = ()) -> dict[Gruppe, int]:
    """How many of one's own are in each group; ``over`` as in ``page``. One query."""
    today = oslo_date(clock.now())
    mine = _mine(who)
    sums = [func.coalesce(func.sum(case((_holds(gruppe, today, over), 1), else_=0)), 0) for gruppe in Gruppe]
    with reading() as db:
        row = db.execute(joined(select(*sums), *mine)).one()
    return dict(zip(Gruppe, (int(value) for value in row), strict=True))


_ABOUT_MEETING = ulest.of_bruker(Bruker.kommune_id, Bruker.id)
_CONVERSATION = and_(Kartlegging.samtale_frist.is_not(None), Kartlegging.samtale_holdt.is_(None))
_PLAN = and_(Kartlegging.plan_frist.is_not(None), Kartlegging.plan_fulgt.is_(None))
_MINI = and_(  # ``rules.round_is_open`` in SQL, and a day to go by
    Kartlegging.mini_frist.is_not(None),
    Kartlegging.visning != Visning.MINI.value,
    func.coalesce(Kartlegging.tilbudt, "") != Visning.MINI.value,
)


def holds(gruppe: Gruppe, today: date) -> Any:
    """Whether the bruker of a row is in a group on ``today``: ``stand`` in SQL. A test holds that they say the same."""
    unread = and_(Kartlegging.levert.is_not(None), Kartlegging.lest.is_(None))
    over = or_(and_(_CONVERSATION, Kartlegging.samtale_frist < today), and_(_PLAN, Kartlegging.plan_frist < today))
    return {
        Gruppe.ALLE: true(),
        Gruppe.NYTT: or_(unread, func.coalesce(Kartlegging.nye_svar, 0) > 0, _ABOUT_MEETING.is_not(None)),
        Gruppe.VENTER: or_(_CONVERSATION, _PLAN),
        Gruppe.OVER: over,
        Gruppe.MINI: and_(_MINI, Kartlegging.mini_frist <= today),
        Gruppe.IKKE_BEGYNT: Kartlegging.begynt.is_(None),
    }[gruppe]


def _holds(gruppe: Gruppe, today: date, over: Collection[UUID]) -> Any:
    mapping = holds(gruppe, today)
    return or_(mapping, Bruker.id.in_(over)) if gruppe is Gruppe.OVER and over else mapping


def _mine(who: access.Ansatt) -> Any:
    """Who is assigned to ``who`` now. «ansvarlig» sorts before «vikar»: for somebody who is both, it is what counts."""
    return (
        select(Tildeling.bruker_id, func.min(Tildeling.som).label("som"))
        .where(Tildeling.kommune_id == who.kommune_id, Tildeling.ansatt_id == who.id, Tildeling.til.is_(None))
        .group_by(Tildeling.bruker_id)
        .subquery("mine")
    ), who.kommune_id


def joined(query: Any, assigned: Any, kommune_id: int) -> Any:
    """``query`` from the ``bruker_id``s of a subquery to their Bruker and, where there is one, their Kartlegging."""
    return (
        query.select_from(assigned)
        .join(Bruker, (Bruker.kommune_id == kommune_id) & (Bruker.id == assigned.c.bruker_id))
        .outerjoin(
            Kartlegging, (Kartlegging.kommune_id == kommune_id) & (Kartlegging.bruker_id == assigned.c.bruker_id)
        )
        .where(Bruker.slettet.is_(None))
    )


def _rows(mine: Any) -> Select[Any]:
    assigned, kommune_id = mine
    query: Select[Any] = joined(
        select(Bruker, Datanokkel, Kartlegging, assigned.c.som, _ABOUT_MEETING.label("om_mote")), assigned, kommune_id
    )
    return query.join(Datanokkel, (Datanokkel.kommune_id == kommune_id) & (Datanokkel.bruker_id == Bruker.id))


def _opened(found: Any, today: date) -> list[Rad]:
    people = service.open_profiles([(row[0], row[1]) for row in found])
    return [
        Rad(person, row[3] == "vikar", stand(row[2], today, Ulest(row[4]) if row[4] else None))
        for person, row in zip(people, found, strict=True)
    ]


def beyond(after: Sted) -> Any:
    """Whether a row stands after ``after`` in the list, in SQL."""
    kind, day = sort_key()
    a_kind, a_day, an_id = after
    later = or_(day > a_day, and_(day == a_day, Bruker.id > an_id))
    return or_(kind > a_kind, and_(kind == a_kind, later))


def sort_key() -> tuple[Any, Any]:
    """``next_deadline`` in SQL: 0 for a deadline of K8, 1 for a mini-mapping, 2 for nothing; and the date."""
    conversation_first = and_(
        _CONVERSATION,
        or_(~_PLAN, Kartlegging.plan_frist.is_(None), Kartlegging.samtale_frist <= Kartlegging.plan_frist),
    )
    kind = case((or_(_CONVERSATION, _PLAN), 0), (_MINI, 1), else_=2).label("slag")
    day = case(
        (conversation_first, Kartlegging.samtale_frist),
        (_PLAN, Kartlegging.plan_frist),
        (_MINI, Kartlegging.mini_frist),
        else_=literal(FAR, Date),
    ).label("neste_dato")
    return kind, day
