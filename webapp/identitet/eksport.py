"""What this room holds about one bruker, for the bruker (S3; GDPR art. 15 and 20)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.identitet import adgang, service, tildelinger
from webapp.identitet.models import Ansatt, Begrunnelse, Engangskode, Invitasjon, Kontor, Okt, Passnokkel, Tildeling
from webapp.platform.database import reading
from webapp.platform.kommune import Kommune
from webapp.platform.sealing import Seal


@dataclass(frozen=True, slots=True)
class Navn:
    """A member of staff as the bruker may know them: name and kontor."""

    navn: str
    kontor: str


@dataclass(frozen=True, slots=True)
class Grunn:
    """Why somebody who is not assigned opened a bruker, word for word (S1)."""

    ansatt_id: UUID
    laget: datetime
    utloper: datetime
    tekst: str


def staff(db: Session, kommune_id: int, ids: Iterable[UUID | None]) -> dict[UUID, Navn]:
    """Names and kontor of members of staff, the ones who have left included."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    rows = db.execute(
        select(Ansatt.id, Ansatt.navn, Kontor.navn)
        .join(Kontor, (Kontor.kommune_id == Ansatt.kommune_id) & (Kontor.id == Ansatt.kontor_id))
        .where(Ansatt.kommune_id == kommune_id, Ansatt.id.in_(wanted))
    ).all()
    return {row[0]: Navn(row[1], row[2]) for row in rows}


def reasons(
    db: Session, kommune_id: int, bruker_id: UUID, seal: Seal, fra: datetime | None = None, til: datetime | None = None
) -> list[Grunn]:
    """The reasons given for opening a bruker, that were in force somewhere from ``fra`` to ``til``; oldest first."""
    query = select(Begrunnelse).where(Begrunnelse.kommune_id == kommune_id, Begrunnelse.bruker_id == bruker_id)
    if fra is not None:
        query = query.where(Begrunnelse.utloper >= fra)
    if til is not None:
        query = query.where(Begrunnelse.laget <= til)
    return [
        Grunn(row.ansatt_id, row.laget, row.utloper, seal.open(row.tekst, adgang.reason_place(row)))
        for row in db.scalars(query.order_by(Begrunnelse.laget, Begrunnelse.id))
    ]


def rows_of(db: Session, table: Any, kommune_id: int, bruker_id: UUID, order: Any) -> list[Any]:
    """Every row of ``table`` about the bruker, by the column ``order``, and those of one moment as they were made."""
    mine = select(table).where(table.kommune_id == kommune_id, table.bruker_id == bruker_id)
    return list(db.scalars(mine.order_by(order, *table.__table__.primary_key)))


def omfang(db: Session, kommune_id: int, bruker_id: UUID) -> dict[str, int]:
    """How much there is, in one query."""
    mine = {
        "veiledere": _count(Tildeling, kommune_id, bruker_id),
        "palogginger": select(func.count())
        .select_from(Okt)
        .where(Okt.kommune_id == kommune_id, Okt.person_type == "bruker", Okt.person_id == bruker_id)
        .scalar_subquery(),
    }
    row = db.execute(select(*(query.label(name) for name, query in mine.items()))).one()
    return dict(row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it


def _count(table: Any, kommune_id: int, bruker_id: UUID) -> Any:
    return (
        select(func.count())
        .select_from(table)
        .where(table.kommune_id == kommune_id, table.bruker_id == bruker_id)
        .scalar_subquery()
    )


def eksport(kommune_id: int, bruker_id: UUID, seal: Seal) -> dict[str, Any]:
    """Everything about the person and the ways in. Times are ISO 8601 in UTC. Raises service.NotHere."""
    with reading() as db:
        person = service.person(kommune_id, bruker_id, seal)
        kontor = service.kontor(kommune_id, person.kontor_id)
        fulgt_av = list(db.scalars(_mine(Tildeling, kommune_id, bruker_id).order_by(Tildeling.fra, Tildeling.id)))
        grunner = reasons(db, kommune_id, bruker_id, seal)
        invitasjoner = list(
            db.scalars(_mine(Invitasjon, kommune_id, bruker_id).order_by(Invitasjon.laget, Invitasjon.id))
        )
        koder = list(db.scalars(_mine(Engangskode, kommune_id, bruker_id).order_by(Engangskode.id)))
        names = staff(
            db,
            kommune_id,
            [t.ansatt_id for t in fulgt_av] + [g.ansatt_id for g in grunner] + [i.laget_av for i in invitasjoner],
        )
        own = (Okt.kommune_id == kommune_id, Okt.person_type == "bruker", Okt.person_id == bruker_id)
        okter = list(db.scalars(select(Okt).where(*own).order_by(Okt.laget, Okt.id)))
        passnokler = list(
            db.scalars(
                select(Passnokkel)
                .where(
                    Passnokkel.kommune_id == kommune_id,
                    Passnokkel.person_type == "bruker",
                    Passnokkel.person_id == bruker_id,
                )
                .order_by(Passnokkel.laget, Passnokkel.id)
            )
        )
        kommune_navn = db.scalar(select(Kommune.navn).where(Kommune.id == kommune_id))
    return {
        "kommune": kommune_navn,
        "kontor": {"navn": kontor.navn, "telefon": kontor.telefon, "adresse": kontor.adresse},
        "kode": person.kode,
        "sprak": person.sprak,
        "visning": person.visning,
        "registrert": iso(person.laget),
        "profil": asdict(person.profil),
        "veiledere": [
            {
                **_named(names, t.ansatt_id),
                "som": t.som,
                "fra": iso(t.fra),
                "til": iso(t.til),
                "grunn": seal.open(t.grunn, tildelinger.reason_place(t)) if t.grunn else None,
            }
            for t in fulgt_av
        ],
        "grunner_for_apning": [
            {**_named(names, g.ansatt_id), "laget": iso(g.laget), "gjelder_til": iso(g.utloper), "tekst": g.tekst}
            for g in grunner
        ],
        "invitasjoner": [
            {
                "laget": iso(i.laget),
                "laget_av": _named(names, i.laget_av)["navn"],
                "utloper": iso(i.utloper),
                "brukt": iso(i.brukt),
                "tilbakekalt": iso(i.tilbakekalt),
            }
            for i in invitasjoner
        ],
        "engangskoder": [{"laget": iso(k.laget), "brukt": iso(k.brukt)} for k in koder],
        "passnokler": [{"navn": p.navn, "laget": iso(p.laget), "sist_brukt": iso(p.sist_brukt)} for p in passnokler],
        "palogginger": [
            {
                "enhet": o.enhet,
                "hvordan": o.hvordan,
                "laget": iso(o.laget),
                "sist_brukt": iso(o.sist_brukt),
                "utloper": iso(o.utloper),
                "avsluttet": iso(o.avsluttet),
                "skriver": o.skriver,
            }
            for o in okter
        ],
    }


def iso(moment: datetime | None) -> str | None:
    """A moment as text for a file."""
    return moment.isoformat() if moment else None


def _mine(table: Any, kommune_id: int, bruker_id: UUID) -> Any:
    return select(table).where(table.kommune_id == kommune_id, table.bruker_id == bruker_id)


def _named(names: dict[UUID, Navn], ansatt_id: UUID | None) -> dict[str, str | None]:
    found = names.get(ansatt_id) if ansatt_id else None
    return {"navn": found.navn if found else None, "kontor": found.kontor if found else None}
