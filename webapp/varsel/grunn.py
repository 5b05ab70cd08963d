"""The ground a notice stands on, asked of the room vilkår, and what is missing, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from webapp.identitet import tildelinger
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.sealing import Place, Seal
from webapp.varsel.lesing import Saken
from webapp.vilkar import grunnlag as vilkar
from webapp.vilkar.grunnlag import Grunnlag, NotHere
from webapp.vilkar.models import Vedtak, Vilkarversjon

MANGLER: dict[str, LazyString] = {
    "dokumentasjon": _l("Dette er et krav om papirer, ikke et vilkår. Det kan ikke føre til mindre penger."),
    "gjelder_ikke": _l("Vilkåret gjelder ikke lenger."),
    "ingen_frist": _l("Vilkåret har ingen frist."),
    "ingen_konsekvens": _l("Vilkåret sier ikke hva som kan skje hvis det ikke blir fulgt."),
    "reduksjon_ikke_oppgitt": _l("Vedtaket sier ikke at pengene kan bli mindre."),
    "ikke_vist": _l("Brukeren har ikke sett vilkåret i Medvirk."),
    "vist_etter": _l("Brukeren så vilkåret først etter det som er notert."),
    "endret": _l("Vilkåret er endret siden dette ble notert. Lukk saken. Noter på nytt hvis det også gjelder nå."),
}


def find(db: Session, kommune_id: int, bruker_id: UUID, vilkar_id: UUID) -> Grunnlag:
    """The ground under a vilkår as it stands now. Raises NotHere."""
    return vilkar.grunnlag(db, kommune_id, bruker_id, vilkar_id)


def missing(found: Grunnlag, versjon_id: UUID, noted: Iterable[tuple[date, datetime]]) -> tuple[str, ...]:
    """What a notice lacks, as codes. ``noted``: when each thing happened, and when it was written down.

    U1: shown first, then noted. What happened before the bruker had seen the vilkår cannot be held against them.
    """
    codes = list(found.mangler)
    if found.vilkarversjon_id != versjon_id:
        codes.append("endret")
    elif found.vist is not None:
        seen, moments = found.vist, list(noted)
        if not any(seen <= written and oslo_date(seen) <= happened for happened, written in moments):
            codes.append("vist_etter")
    return tuple(codes)


def missing_of(found: Grunnlag, matter: Saken) -> tuple[str, ...]:
    """``missing`` for an opened matter."""
    return missing(found, matter.vilkarversjon_id, [(one.dato, one.laget) for one in matter.brudd])


def vedtak_of(db: Session, kommune_id: int, bruker_id: UUID, versjon_id: UUID) -> Vedtak:
    """The vedtak that a version of a vilkår is tied to. Raises NotHere."""
    row = db.scalar(
        select(Vedtak)
        .join(
            Vilkarversjon,
            (Vilkarversjon.kommune_id == Vedtak.kommune_id) & (Vilkarversjon.vedtak_id == Vedtak.id),
        )
        .where(
            Vilkarversjon.kommune_id == kommune_id,
            Vilkarversjon.id == versjon_id,
            Vilkarversjon.bruker_id == bruker_id,
        )
    )
    if row is None:
        raise NotHere("no such version")
    return row


@dataclass(frozen=True, slots=True)
class Vedtaket:
    """A vedtak that a reduction can name."""

    id: UUID
    nummer: str
    dato: date
    klagefrist: date


def new_vedtak(
    db: Session, kommune_id: int, bruker_id: UUID, seal: Seal, besides: UUID, since: datetime
) -> list[Vedtaket]:
    """U8: vedtak registered after the notice was sent, the latest first; not one that has been corrected since."""
    correction = aliased(Vedtak)
    rows: Sequence[Vedtak] = db.scalars(
        select(Vedtak)
        .where(
            Vedtak.kommune_id == kommune_id,
            Vedtak.bruker_id == bruker_id,
            Vedtak.id != besides,
            Vedtak.laget >= since,
            ~select(correction.id)
            .where(correction.kommune_id == kommune_id, correction.erstatter_id == Vedtak.id)
            .exists(),
        )
        .order_by(Vedtak.dato.desc(), Vedtak.id.desc())
        .limit(50)
    ).all()
    return [
        Vedtaket(row.id, seal.open(row.nummer, Place("vedtak", "nummer", kommune_id, row.id)), row.dato, row.klagefrist)
        for row in rows
    ]


SHORT = ("hva", "hvor", "nar", "ofte", "oppfylt")


def words_of(
    kommune_id: int, bruker_id: UUID, seal: Seal, versjon_id: UUID, sprak: Iterable[str]
) -> dict[str, list[str]]:
    """What a version of a vilkår asks for, line by line in each language. Raises NotHere."""
    made = {}
    for kode in sprak:
        whole = vilkar.tekst(kommune_id, bruker_id, seal, versjon_id, kode)
        made[kode] = [whole.tittel, *(line for part in whole.avsnitt if part.id in SHORT for line in part.linjer)]
    return made


def title_of(kommune_id: int, bruker_id: UUID, seal: Seal, versjon_id: UUID, sprak: str) -> str:
    """The vilkår in one line. Raises NotHere."""
    return vilkar.tekst(kommune_id, bruker_id, seal, versjon_id, sprak).tittel


def limits(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal, versjon_id: UUID) -> tuple[int, int]:
    """V2: the most that may be considered, in kroner a month and in months, as the vilkår says. Raises NotHere."""
    row = db.scalar(
        select(Vilkarversjon).where(
            Vilkarversjon.kommune_id == kommune_id,
            Vilkarversjon.id == versjon_id,
            Vilkarversjon.bruker_id == bruker_id,
        )
    )
    if row is None:
        raise NotHere("no such version")
    said = vilkar.innhold_of(row, seal)
    return said.belop or 0, said.maneder or 0


def responsible(db: Session, kommune_id: int, bruker_id: UUID) -> str:
    """The name of the veileder who is responsible now; empty when there is none."""
    row = tildelinger.responsible(db, kommune_id, bruker_id)
    return row.navn if row else ""


def changed_since(kommune_id: int, bruker_id: UUID, vilkar_id: UUID, versjon_id: UUID) -> bool:
    """Whether the vilkår says something else now. The notice stands on the version it names."""
    with reading() as db:
        return find(db, kommune_id, bruker_id, vilkar_id).vilkarversjon_id != versjon_id
