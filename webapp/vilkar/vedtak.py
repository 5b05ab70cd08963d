"""The key facts of vedtak made in the fagsystem. A correction is a new row; nothing that was registered goes away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.identitet.adgang import Sak
from webapp.identitet.models import Ansatt
from webapp.identitet.tur import queue_up
from webapp.platform import access, audit
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place, Seal
from webapp.vedlegg import service as vedlegg
from webapp.vedlegg.service import Vedlagt
from webapp.vilkar.grunnlag import NotHere
from webapp.vilkar.models import Vedtak, Vilkar

MOST = 200


@dataclass(frozen=True, slots=True)
class Fakta:
    """What is registered about a vedtak."""

    nummer: str
    dato: date
    fra: date | None
    til: date | None
    hjemmel: str
    ytelse: str
    reduksjon_oppgitt: bool
    klagefrist: date
    grunner: str = ""  # V5: the weighty reasons for no activity vilkår
    rad_vurdert: bool = False


@dataclass(frozen=True, slots=True)
class Vedtaket:
    """A vedtak, opened. ``rettet_av``: the id of the correction that replaces it, if any."""

    id: UUID
    fakta: Fakta
    ansatt_navn: str
    laget: datetime
    erstatter_id: UUID | None
    rettet_av: UUID | None
    aktivitet: int  # activity vilkår tied to it that still count
    andre: int  # vilkår (not documentation) tied to it that still count


class Corrected(Exception):
    """Somebody has corrected this vedtak already; the latest row is the one to correct."""


class AlreadySent(Exception):
    """This form has registered a vedtak with other words: they are not dropped, and not a vedtak of their own."""


def register(
    who: access.Ansatt, sak: Sak, vedtak_id: UUID, fakta: Fakta, filer: Sequence[UUID] = (), skjema: str = ""
) -> UUID:
    """Register a vedtak, with the letter in ``filer`` that lie ready for the form at ``skjema``.

    ``vedtak_id`` comes with the form: sent twice, it is made once. Raises NotHere, AlreadySent, and what vedlegg.knytt
    raises.
    """
    with writing() as db:
        queue_up(db, sak.kommune_id, sak.bruker_id)
        _write(db, who, sak, vedtak_id, fakta, None)
        vedlegg.knytt(db, vedlegg.eier_for(who, sak), "vedtak", vedtak_id, filer, skjema)
    return vedtak_id


def correct(who: access.Ansatt, sak: Sak, vedtak_id: UUID, new_id: UUID, fakta: Fakta) -> UUID:
    """Correct a vedtak: a new row that names the one it replaces. Raises NotHere, Corrected, AlreadySent."""
    with writing() as db:
        queue_up(db, sak.kommune_id, sak.bruker_id)
        before = db.get(Vedtak, (sak.kommune_id, vedtak_id))
        if before is None or before.bruker_id != sak.bruker_id:
            raise NotHere("no such vedtak")
        # Asked for, and not guessed from what the database refuses: what else it refuses is a fault, and must be seen.
        # The queue holds another correction back until this one is there.
        there = db.scalar(
            select(Vedtak.id).where(Vedtak.kommune_id == sak.kommune_id, Vedtak.erstatter_id == vedtak_id)
        )
        if there is not None and there != new_id:
            raise Corrected
        _write(db, who, sak, new_id, fakta, vedtak_id)
    return new_id


def all_of(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Vedtaket]:
    """Every vedtak with its corrections, the latest first. Two queries."""
    with reading() as db:
        rows = db.execute(
            select(Vedtak, Ansatt.navn)
            .join(Ansatt, (Ansatt.kommune_id == Vedtak.kommune_id) & (Ansatt.id == Vedtak.ansatt_id))
            .where(Vedtak.kommune_id == kommune_id, Vedtak.bruker_id == bruker_id)
            .order_by(Vedtak.dato.desc(), Vedtak.laget.desc(), Vedtak.id.desc())
            .limit(MOST)
        ).all()
        counted = db.execute(
            select(Vilkar.vedtak_id, Vilkar.slag, func.count())
            .where(
                Vilkar.kommune_id == kommune_id,
                Vilkar.bruker_id == bruker_id,
                Vilkar.tilstand.in_(("gjelder", "ikke_oppfylt")),
            )
            .group_by(Vilkar.vedtak_id, Vilkar.slag)
        ).all()
    replaced = {row.erstatter_id: row.id for row, _name in rows if row.erstatter_id}
    replaces = {row.id: row.erstatter_id for row, _name in rows}

    def tied(vedtak_id: UUID | None, *slag: str) -> int:
        # A correction is the same vedtak: what was tied to the row before it is tied to it.
        found = 0
        while vedtak_id is not None:
            found += sum(n for id_, kind, n in counted if id_ == vedtak_id and kind in slag)
            vedtak_id = replaces.get(vedtak_id)
        return found

    return [
        Vedtaket(
            row.id,
            opened(row, seal),
            name,
            row.laget,
            row.erstatter_id,
            replaced.get(row.id),
            tied(row.id, "aktivitet"),
            tied(row.id, "aktivitet", "okonomi"),
        )
        for row, name in rows
    ]


def letters(kommune_id: int, bruker_id: UUID, seal: Seal, registered: Sequence[Vedtaket]) -> dict[UUID, list[Vedlagt]]:
    """The letter of each vedtak, one query. A correction has the letter of what it corrects: it is the same vedtak."""
    found = vedlegg.lister(kommune_id, bruker_id, seal, "vedtak", [one.id for one in registered])
    replaces = {one.id: one.erstatter_id for one in registered}
    made: dict[UUID, list[Vedlagt]] = {}
    for one_id in replaces:
        step: UUID | None = one_id
        while step is not None:
            made.setdefault(one_id, []).extend(found.get(step, ()))
            step = replaces.get(step)
    return made


def one(kommune_id: int, bruker_id: UUID, seal: Seal, vedtak_id: UUID) -> Vedtaket:
    """One of them. Raises NotHere."""
    for found in all_of(kommune_id, bruker_id, seal):
        if found.id == vedtak_id:
            return found
    raise NotHere("no such vedtak")


def root(db: Session, vedtak: Vedtak) -> Vedtak:
    """The vedtak that was registered first, when ``vedtak`` is a correction: they are the same vedtak."""
    while vedtak.erstatter_id is not None:
        vedtak = db.get_one(Vedtak, (vedtak.kommune_id, vedtak.erstatter_id))
    return vedtak


def place(row: Vedtak, column: str) -> Place:
    """Where a vedtak's words are sealed."""
    return Place("vedtak", column, row.kommune_id, row.id)


def _write(db: Session, who: access.Ansatt, sak: Sak, vedtak_id: UUID, fakta: Fakta, replaces: UUID | None) -> None:
    there = db.get(Vedtak, (sak.kommune_id, vedtak_id))
    if there is not None:
        if there.bruker_id != sak.bruker_id:
            raise NotHere("the form's key names somebody else's vedtak")
        if (there.erstatter_id, opened(there, sak.seal)) != (replaces, fakta):
            raise AlreadySent
        return  # sent twice
    row = Vedtak(
        id=vedtak_id,
        kommune_id=sak.kommune_id,
        bruker_id=sak.bruker_id,
        ansatt_id=who.id,
        erstatter_id=replaces,
        dato=fakta.dato,
        fra=fakta.fra,
        til=fakta.til,
        hjemmel=fakta.hjemmel,
        ytelse=fakta.ytelse,
        reduksjon_oppgitt=fakta.reduksjon_oppgitt,
        klagefrist=fakta.klagefrist,
        rad_vurdert=fakta.rad_vurdert,
        laget=audit.moment(db, sak.kommune_id),
    )
    row.nummer = sak.seal.close(fakta.nummer, place(row, "nummer"))
    row.grunner = sak.seal.close(fakta.grunner, place(row, "grunner")) if fakta.grunner else None
    db.add(row)
    db.flush()
    event = "vedtak_rettet" if replaces else "vedtak_registrert"
    audit.record(db, sak.kommune_id, event, who.actor, bruker_id=sak.bruker_id, vedtak_id=vedtak_id)


def opened(row: Vedtak, seal: Seal) -> Fakta:
    """What a row says."""
    return Fakta(
        nummer=seal.open(row.nummer, place(row, "nummer")),
        dato=row.dato,
        fra=row.fra,
        til=row.til,
        hjemmel=row.hjemmel,
        ytelse=row.ytelse,
        reduksjon_oppgitt=row.reduksjon_oppgitt,
        klagefrist=row.klagefrist,
        grunner=seal.open(row.grunner, place(row, "grunner")) if row.grunner else "",
        rad_vurdert=row.rad_vurdert,
    )
