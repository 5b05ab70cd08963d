"""Loads the demo people through the services that the pages use, each step at its own time.

One person at a time, in one transaction: what is interrupted half-way begins again with that person. Whoever is there
already is left alone, with everything that somebody trying the program has done to them since.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from flask import current_app, g
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from webapp.demo import steg
from webapp.demo.kalender import Kalender
from webapp.demo.personer import ANSATTE, BRUKERE, KOMMUNER, KONTOR, Demobruker
from webapp.demo.vei import Vei, staff, times
from webapp.identitet import oppslag, service
from webapp.identitet.models import Ansatt, Bruker
from webapp.identitet.service import Profil
from webapp.platform import clock
from webapp.platform.database import reading, writing
from webapp.platform.kommune import Kommune

BEGAN = timedelta(days=420)  # when the invented offices took the program into use
PHONE = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"


def load() -> list[str]:
    """Load whoever is missing; returns their codes, in order."""
    calendar = Kalender()
    with _as_phone(), clock.retold():
        with clock.frozen(calendar.now - BEGAN):
            _offices()
        return [person.kode for person in BRUKERE if _load_one(person, calendar)]


def left_out() -> list[str]:
    """The codes of those who are missing because somebody in their story is blocked (K9): loaded once nobody is."""
    return [person.kode for person in BRUKERE if not is_taken(person.kode) and _blocked_in(person)]


@contextmanager
def _as_phone() -> Iterator[None]:
    """A request as from a phone: services write down the kind of device, and speak the language of the page."""
    with current_app.test_request_context(headers={"User-Agent": PHONE}):
        g.form_key_ok = True  # nobody sends this one
        g.sprak = "nb"
        yield


def _offices() -> None:
    for nummer, navn in KOMMUNER.items():
        kommune_id = kommune(nummer) or service.create_kommune(nummer, navn)
        for office in KONTOR:
            if office.kommune == nummer and not oppslag.kontor(office.navn, nummer):
                service.create_kontor(kommune_id, office.navn, office.telefon, office.adresse)
    for ansatt in ANSATTE:
        if not _is_staff(ansatt.kode):
            kontor = oppslag.kontor(ansatt.kontor)[0]
            service.create_ansatt(kontor.kommune_id, kontor.id, ansatt.navn, ansatt.rolle, ansatt.kode)


def kommune(nummer: str) -> int | None:
    """The id of the kommune with this number."""
    with reading() as db:
        return db.scalar(select(Kommune.id).where(Kommune.nummer == nummer))


def _is_staff(kode: str) -> bool:
    """Whether there is an ansatt with this code: somebody who was blocked in the demo stays blocked."""
    with reading() as db:
        return db.scalar(select(Ansatt.id).where(Ansatt.kode == kode)) is not None


def is_taken(kode: str) -> bool:
    """Whether somebody has this code, deleted people included."""
    with reading() as db:
        return db.scalar(select(Bruker.id).where(Bruker.kode == kode)) is not None


def _blocked_in(person: Demobruker) -> bool:
    """Whether an ansatt who does something in this story has been blocked by somebody trying the program."""
    codes = {person.ansatt}
    for step in person.vei:
        match step:
            case steg.Apnet(ansatt=kode) | steg.Vikar(ansatt=kode) | steg.Overfort(til=kode) if kode:
                codes.add(kode)
    return any(oppslag.ansatt(kode) is None for kode in codes)


def _load_one(person: Demobruker, calendar: Kalender) -> bool:
    if is_taken(person.kode) or _blocked_in(person):
        return False
    try:
        with writing() as db:
            if is_taken(person.kode):  # looked at again: now nobody else is writing (SQLite)
                return False
            kommune_id, bruker_id = _register(db, person, calendar)
            Vei(db, kommune_id, bruker_id, calendar).walk(person.vei)
    except IntegrityError:
        if is_taken(person.kode):  # somebody else was loading at the same time (PostgreSQL)
            return False
        raise
    return True


def _register(db: Session, person: Demobruker, calendar: Kalender) -> tuple[int, UUID]:
    who = staff(db, person.ansatt)
    profil = Profil(
        person.navn,
        person.fodselsar,
        telefon=person.telefon,
        tolk=bool(person.tolkesprak),
        tolkesprak=person.tolkesprak,
    )
    invited = times(person.vei, calendar)[0]
    with clock.frozen(calendar.before(invited, person.registrert, "08:30", office=True)):
        bruker_id = service.register_bruker(
            who.kommune_id,
            who.kontor_id,
            who.id,
            profil,
            sprak=person.sprak,
            visning=person.visning,
            kode=person.kode,
            by=who.actor,
        )
    return who.kommune_id, bruker_id
