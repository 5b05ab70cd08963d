"""Sessions: made at sign-in, looked up once a request, ended by time. By the person: see mine_okter.py.

The cookie is ``<kommune>.<256 bits>``; each front door has its own. A session that has run out is still recognised for
one thing only: to keep what its owner was typing (platform/drafts.py).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from uuid import UUID

from flask import current_app, g, has_request_context, request, session
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from webapp.config import SessionLimits, Settings
from webapp.identitet import enhet
from webapp.identitet.models import Ansatt, Bruker, Okt
from webapp.identitet.segl import unwrapped
from webapp.platform import access, audit, clock, ids, languages
from webapp.platform.database import Base, reading, writing
from webapp.platform.sealing import digest

TOUCH_EVERY = timedelta(seconds=60)  # a page view must not cost a write each time
CHOSEN_HERE = "sprak_valgt"  # in the browser's cookie: the language chosen since anybody signed in or out here
SIGNED_OUT = "utlogget"  # beside it, once: the page after sign-out may erase the device
EVERYTHING, ALL_BUT_STORAGE = '"cache", "storage"', '"cache"'  # what the browser is asked to erase
KEPT_AFTER_END = timedelta(days=1)  # how long a run-out session can still save its owner's text
# And one that its bruker has ended: «Lukk raskt» waits for nothing, so a save may arrive after the goodbye.
KEPT_AFTER_GOODBYE = timedelta(minutes=2)
# The cookie outlives its session: the next page can be told that one has run out here (utlopt.py), and whose it was can
# be led back (tilbake.py).
SEEN_AFTER_END = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Innlogging:
    """A fresh sign-in: who, and what to put in which cookie."""

    who: access.Who
    cookie: str


def settings() -> Settings:
    """The settings of the current app."""
    found: Settings = current_app.extensions["medvirk.settings"]
    return found


def limits(person_type: str) -> SessionLimits:
    """How long sessions of this kind of person live."""
    return settings().bruker_session if person_type == "bruker" else settings().staff_session


def cookie_name(person_type: str) -> str:
    """The name of the cookie at this person's front door."""
    name = "medvirk" if person_type == "bruker" else "medvirk-ansatt"
    return f"__Host-{name}" if settings().secure else name


def door() -> str:
    """The kind of person whose front door this request came to."""
    return "ansatt" if access.at_staff_door() else "bruker"


def start(db: Session, kommune_id: int, person_type: str, person_id: UUID, hvordan: str) -> Innlogging:
    """Begin a session for somebody who has just proved who they are. Raises LookupError when they are gone.

    A new id every time; the session that this browser had at the same door ends. The language that was chosen before
    sign-in is the person's from now on.
    """
    before: Stand | None = g.get("okt") if has_request_context() else None
    secret = secrets.token_urlsafe(32)
    now = clock.now()
    okt = Okt(
        id=ids.new_id(),
        kommune_id=kommune_id,
        hash=digest(secret),
        person_type=person_type,
        person_id=person_id,
        hvordan=hvordan,
        enhet=enhet.here() if has_request_context() else "",
        laget=now,
        sist_brukt=now,
        utloper=now + limits(person_type).absolute,
        bekreftet=now,
    )
    if before is not None and before.person_type == person_type:
        okt.skriver = before.skriver if before.person_id == person_id else None
        _end_quietly(db, before)
    elif person_type == "bruker":
        okt.skriver = _typed_until_it_ended(person_id)
    db.add(okt)
    db.flush()
    _keep_language(db, kommune_id, person_type, person_id)
    found = _find(db, person_type, kommune_id, okt.hash)
    if found is None:
        raise LookupError("nobody to sign in")
    bruker_id = person_id if person_type == "bruker" else None
    audit.record(db, kommune_id, "logget_inn", found.who.actor, bruker_id=bruker_id, okt_id=okt.id, hvordan=hvordan)
    return Innlogging(found.who, f"{kommune_id}.{secret}")


def _typed_until_it_ended(bruker_id: UUID) -> str | None:
    """K1: who typed for the bruker in the session of theirs that ran out here. They go on, and the page says so."""
    before = g.get("expired") if has_request_context() else None
    return before.skriver if isinstance(before, access.Bruker) and before.id == bruker_id else None


def _end_quietly(db: Session, okt: Stand) -> None:
    db.execute(
        update(Okt)
        .where(Okt.kommune_id == okt.kommune_id, Okt.id == okt.id, Okt.avsluttet.is_(None))
        .values(avsluttet=clock.now())
    )


def _keep_language(db: Session, kommune_id: int, person_type: str, person_id: UUID) -> None:
    chosen = session.get(CHOSEN_HERE) if has_request_context() else None
    if chosen in languages.SPRAK:
        table = Bruker if person_type == "bruker" else Ansatt
        db.execute(update(table).where(table.kommune_id == kommune_id, table.id == person_id).values(sprak=chosen))


def open_door(response: Response, innlogging: Innlogging) -> Response:
    """Give the cookie to the browser, with a new form key. Only the language is carried over from before sign-in."""
    _forget_all_but_language()
    person_type = innlogging.who.actor.type
    response.set_cookie(
        cookie_name(person_type),
        innlogging.cookie,
        max_age=int((limits(person_type).absolute + SEEN_AFTER_END).total_seconds()),
        httponly=True,
        secure=settings().secure,
        samesite="Lax",
        path="/",
    )
    response.delete_cookie(goodbye_name(person_type), path="/", secure=settings().secure, samesite="Lax")
    return response


def close_door(response: Response, person_type: str, *, erase: str = "") -> Response:
    """Take the cookie back and ask the browser to forget what it keeps of ours.

    ``erase``: what it is asked for (Clear-Site-Data). Without it, what could not be sent stays where it is, sealed
    (decision 16). Never "cookies": the other door of the same browser, where somebody else may be signed in, has its
    own.
    """
    _forget_all_but_language()
    for name, hidden in ((cookie_name(person_type), True), (goodbye_name(person_type), False)):
        response.delete_cookie(name, path="/", secure=settings().secure, httponly=hidden, samesite="Lax")
    if erase:
        response.headers["Clear-Site-Data"] = erase
    return response


def goodbye_name(person_type: str) -> str:
    """The cookie that a page leaves when somebody has gone and the server may not have heard it. It says nothing else.

    The next page that this browser asks for ends the session (gate.identify). Not httponly: a script writes it.
    """
    return f"{cookie_name(person_type)}-ut"


def _forget_all_but_language() -> None:
    chosen = session.get("sprak")
    session.clear()
    g.pop("csrf_token", None)  # flask-wtf keeps the key of this request here
    if chosen:
        session["sprak"] = chosen


@dataclass(frozen=True, slots=True)
class Stand:
    """What a request needs to know of its session."""

    kommune_id: int
    id: UUID
    person_type: str
    person_id: UUID
    hvordan: str
    sist_brukt: datetime
    utloper: datetime
    avsluttet: datetime | None
    bekreftet: datetime | None
    skriver: str | None


@dataclass(frozen=True, slots=True)
class _Found:
    who: access.Who
    okt: Stand


def load() -> None:
    """Find out who sends this request: sets ``g.who``, or ``g.expired`` for one whose session has run out.

    ``g.was``: whose session ran out here by itself, however long ago. They can be led back (tilbake.py).
    """
    g.who = g.expired = g.okt = g.was = None
    person_type = door()
    g.cookie_seen = False  # a database that is away says nothing of a session: it is not over (utlopt.py)
    cookie = request.cookies.get(cookie_name(person_type), "")
    kommune_id, _, secret = cookie.partition(".")
    if not (kommune_id.isascii() and kommune_id.isdigit() and len(kommune_id) < 10 and 40 <= len(secret) <= 50):
        g.cookie_seen = bool(cookie)
        return
    with reading() as db:
        found = _find(db, person_type, int(kommune_id), digest(secret))
    g.cookie_seen = True
    if found is None:
        return
    if found.okt.avsluttet:
        just_now = found.okt.avsluttet + KEPT_AFTER_GOODBYE > clock.now()
        g.expired = found.who if just_now and person_type == "bruker" else None
        return
    now, okt = clock.now(), found.okt
    ends = min(okt.utloper, okt.sist_brukt + limits(person_type).idle)
    if ends <= now:
        g.was = found.who
        g.expired = found.who if ends + KEPT_AFTER_END > now else None
        return
    g.who, g.okt = found.who, okt
    # A page that tries by itself to send what waits, with nobody there, keeps nobody signed in (static/js/csrf.js).
    if okt.sist_brukt + TOUCH_EVERY <= now and "X-Medvirk-Alene" not in request.headers:
        with writing(unverified=True) as db:
            db.execute(update(Okt).where(Okt.kommune_id == okt.kommune_id, Okt.id == okt.id).values(sist_brukt=now))


# Made once, on the tables themselves: one of the two runs for every request.
_O, _A, _B, _D = (Base.metadata.tables[name].c for name in ("okt", "ansatt", "bruker", "datanokkel"))
_STAND = [_O[part.name] for part in fields(Stand)]
_MINE = (
    _O.kommune_id == bindparam("kommune_id"),
    _O.hash == bindparam("hash"),
    _O.person_type == bindparam("person_type"),
)
_STAFF = select(*_STAND, _A.kontor_id, _A.sprak, _A.rolle, _A.navn).where(
    *_MINE, _A.kommune_id == _O.kommune_id, _A.id == _O.person_id, _A.aktiv
)
_BRUKER = select(*_STAND, _B.kontor_id, _B.sprak, _D.nokkel, _D.hovednokkel).where(
    *_MINE,
    *(_B.kommune_id == _O.kommune_id, _B.id == _O.person_id, _B.slettet.is_(None)),
    *(_D.kommune_id == _B.kommune_id, _D.bruker_id == _B.id),
)


def _find(db: Session, person_type: str, kommune_id: int, hashed: bytes) -> _Found | None:
    staff = person_type == "ansatt"
    row = (
        db.connection()
        .execute(  # not through the ORM: this runs for every request
            _STAFF if staff else _BRUKER, {"kommune_id": kommune_id, "hash": hashed, "person_type": person_type}
        )
        .one_or_none()
    )
    if row is None:
        return None
    okt = Stand(*row[: len(_STAND)])
    if staff:
        kontor_id, sprak, rolle, navn = row[len(_STAND) :]
        return _Found(
            access.Ansatt(
                kommune_id,
                okt.person_id,
                kontor_id,
                okt.id,
                sprak,
                access.Rolle(rolle),
                navn,
                uten_nokkel=okt.hvordan == "invitasjon",
            ),
            okt,
        )
    kontor_id, sprak, wrapped, master = row[len(_STAND) :]
    seal = unwrapped(kommune_id, okt.person_id, wrapped, master)
    return _Found(access.Bruker(kommune_id, okt.person_id, kontor_id, okt.id, sprak, seal, okt.skriver), okt)


def recently_confirmed(within: timedelta = timedelta(minutes=10)) -> bool:
    """True when the person proved who they are a short while ago (needed to remove a passkey)."""
    confirmed = g.okt.bekreftet if g.okt else None
    return confirmed is not None and confirmed + within > clock.now()


def use_language(kode: str) -> None:
    """Use a language from now on: in this browser before sign-in, with the person after it."""
    languages.remember(kode)
    who = access.who()
    if who is None:
        session[CHOSEN_HERE] = kode
        return
    if who.sprak == kode:
        return
    table = Bruker if isinstance(who, access.Bruker) else Ansatt
    with writing() as db:
        db.execute(update(table).where(table.kommune_id == who.kommune_id, table.id == who.id).values(sprak=kode))
