"""The daily summary to a veileder: how many brukere have something waiting, and nobody's name (S6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID

from flask_babel import force_locale
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from webapp import nytt
from webapp.identitet.models import Ansatt, Tildeling
from webapp.identitet.tur import queue_up
from webapp.kartlegging import arbeidsliste, uten_veileder
from webapp.kartlegging.arbeidsliste import Gruppe
from webapp.paminnelse import tekst
from webapp.paminnelse.kanaler import Brev
from webapp.paminnelse.models import Sammendragsvalg
from webapp.paminnelse.tekst import Tall
from webapp.platform import access, clock, kommune, languages, utboks
from webapp.platform.database import reading, writing
from webapp.platform.dates import OSLO, is_working_day, oslo_date
from webapp.platform.sealing import Place
from webapp.platform.utboks import NONE, Hendelse, Kanal, Utboks

AT = time(7, 30)
MOST = 500  # brukere of one veileder that are looked at


def order(kommune_id: int) -> int:
    """Put today's summaries in the outbox, once a working day; returns how many were new. Can be called again."""
    now = clock.now()
    today = oslo_date(now)
    at = datetime.combine(today, AT, OSLO)
    if not is_working_day(today) or now < at:
        return 0
    with reading() as db:
        wanted = db.scalars(
            select(Sammendragsvalg.ansatt_id)
            .join(Ansatt, and_(Ansatt.kommune_id == Sammendragsvalg.kommune_id, Ansatt.id == Sammendragsvalg.ansatt_id))
            .where(Sammendragsvalg.kommune_id == kommune_id, Sammendragsvalg.pa.is_(True), Ansatt.aktiv.is_(True))
        ).all()
        there = set(
            db.scalars(
                select(Utboks.ansatt_id).where(
                    Utboks.kommune_id == kommune_id,
                    Utboks.ansatt_id.in_(wanted),
                    Utboks.hendelse == Hendelse.SAMMENDRAG.value,
                    Utboks.trinn == today.isoformat(),
                )
            )
        )
    missing = [one for one in wanted if one not in there]
    if not missing:
        return 0
    with writing(unverified=True) as db:
        return sum(
            utboks.legg(
                db,
                kommune_id,
                Hendelse.SAMMENDRAG,
                ansatt_id,
                {today.isoformat(): at},
                ansatt_id=ansatt_id,
                kanal=Kanal.EPOST,
            )
            for ansatt_id in missing
        )


def letters(db: Session, kommune_id: int, rows: Sequence[Utboks], origin: str) -> dict[UUID, Brev]:
    """The summaries that still say something: yesterday's, and one with nothing waiting, are not among them."""
    today = oslo_date(clock.now()).isoformat()
    some = {row.ansatt_id: row for row in rows if row.ansatt_id and row.trinn == today}
    if not some:
        return {}
    people = db.execute(
        select(Sammendragsvalg, Ansatt)
        .join(Ansatt, and_(Ansatt.kommune_id == Sammendragsvalg.kommune_id, Ansatt.id == Sammendragsvalg.ansatt_id))
        .where(
            Sammendragsvalg.kommune_id == kommune_id,
            Sammendragsvalg.ansatt_id.in_(some),
            Sammendragsvalg.pa.is_(True),
            Ansatt.aktiv.is_(True),
        )
    ).all()
    found = {}
    for valg, ansatt in people:
        tall = figures(db, ansatt)
        if not any((tall.nytt, tall.over, tall.venter, tall.uten)):
            continue
        row, words = some[valg.ansatt_id], tekst.to_ansatt(ansatt.sprak, origin, tall)
        sprak, address = tekst.known(ansatt.sprak), opened(db, valg)
        found[row.id] = Brev(row.id, kommune_id, Kanal.EPOST, sprak, address, words.emne, words.tekst)
    return found


def figures(db: Session, ansatt: Ansatt) -> Tall:
    """What waits with the brukere this ansatt follows up, counted. The same numbers as the worklist shows.

    For a leder also how many at the kontor nobody follows up (K8).
    """
    who = access.Ansatt(
        ansatt.kommune_id, ansatt.id, ansatt.kontor_id, NONE, ansatt.sprak, access.Rolle(ansatt.rolle), ansatt.navn
    )
    groups = arbeidsliste.counts(who)
    brukere = db.scalars(
        select(Tildeling.bruker_id)
        .where(Tildeling.kommune_id == who.kommune_id, Tildeling.ansatt_id == who.id, Tildeling.til.is_(None))
        .distinct()
        .limit(MOST)
    ).all()
    with force_locale(languages.SOURCE):  # only counted here; but every label has words, and there is no page
        labels = nytt.for_liste(who.kommune_id, brukere)
    urgent = sum(any(one.haster for one in some) for some in labels.values())
    nobodys = uten_veileder.counts(who).alle if who.rolle is access.Rolle.LEDER else 0
    return Tall(groups[Gruppe.NYTT], groups[Gruppe.OVER], len(labels), urgent, nobodys)


def opened(db: Session, valg: Sammendragsvalg) -> str:
    """The address in clear."""
    return kommune.seal_of(db, valg.kommune_id).open(valg.adresse, _place(valg.kommune_id, valg.ansatt_id))


def choice(who: access.Ansatt) -> tuple[bool, str]:
    """Whether this ansatt gets it, and where; (False, "") when they never said anything."""
    with reading() as db:
        row = db.get(Sammendragsvalg, (who.kommune_id, who.id))
        return (row.pa, opened(db, row)) if row is not None else (False, "")


def choose(who: access.Ansatt, *, pa: bool, adresse: str) -> None:
    """Turn it on or off. Without an address it is off, and nothing is kept."""
    with writing() as db:
        queue_up(db, who.kommune_id, who.id, "ansatt")  # pressed twice at once
        row = db.get(Sammendragsvalg, (who.kommune_id, who.id))
        if not adresse:
            if row is not None:
                db.delete(row)
            return
        sealed = kommune.seal_of(db, who.kommune_id).close(adresse, _place(who.kommune_id, who.id))
        if row is None:
            row = Sammendragsvalg(kommune_id=who.kommune_id, ansatt_id=who.id, adresse=sealed)
            db.add(row)
        row.pa, row.adresse, row.endret = pa, sealed, clock.now()


def _place(kommune_id: int, ansatt_id: UUID) -> Place:
    return Place("sammendragsvalg", "adresse", kommune_id, ansatt_id)
