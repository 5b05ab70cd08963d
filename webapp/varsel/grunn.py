"""The ground a notice stands on, asked of the room vilkår, and what is missing, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from webapp.identitet import tildelinger
from webapp.moter import oppslag as moter
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.sealing import Place, Seal
from webapp.varsel import rules
from webapp.varsel.lesing import Rader
from webapp.varsel.models import Avgjorelse, Brudd, Forhandsvarsel, Varselsak, Varselsvar
from webapp.vilkar import grunnlag as vilkar
from webapp.vilkar.grunnlag import Grunnlag, NotHere
from webapp.vilkar.models import Vedtak, Vilkarversjon
from webapp.vilkar.tekstbank import TYPER

MANGLER: dict[str, LazyString] = {
    "dokumentasjon": _l("Dette er et krav om papirer, ikke et vilkår. Det kan ikke føre til mindre penger."),
    "gjelder_ikke": _l("Vilkåret gjelder ikke lenger."),
    "ingen_frist": _l("Vilkåret har ingen frist."),
    "ingen_konsekvens": _l("Vilkåret sier ikke hva som kan skje hvis det ikke blir fulgt."),
    "reduksjon_ikke_oppgitt": _l("Vedtaket sier ikke at pengene kan bli mindre."),
    "ikke_vist": _l("Brukeren har ikke sett vilkåret i Medvirk."),
    "meldt": _l("Brukeren sier at vilkåret er gjort. Registrer først om det er gjort."),
    "vist_etter": _l(
        "Noe av det som er notert, skjedde før brukeren hadde sett vilkåret. Lukk saken. Noter resten på nytt."
    ),
    "ikke_forfalt": _l("Den siste dagen for vilkåret hadde ikke vært da dette skjedde."),
    "varslet_for": _l("Brukeren har fått et varsel om dette før, eller om noe som skjedde senere."),
    "annet_varsel": _l(
        "Et annet varsel om det samme vilkåret er ikke avsluttet, eller pengene er fortsatt mindre etter det."
    ),
    "endret": _l("Vilkåret er endret siden dette ble notert. Lukk saken. Noter på nytt hvis det også gjelder nå."),
}


def find(db: Session, kommune_id: int, bruker_id: UUID, vilkar_id: UUID) -> Grunnlag:
    """The ground under a vilkår as it stands now. Raises NotHere."""
    return vilkar.grunnlag(db, kommune_id, bruker_id, vilkar_id)


def missing(found: Grunnlag, versjon_id: UUID, noted: Iterable[tuple[date, datetime]]) -> tuple[str, ...]:
    """What a notice lacks, as codes. ``noted``: when each thing happened, and when it was written down.

    U1: shown first, and noted after that. What happened before the day after the bruker had seen the vilkår, or before
    its last day, cannot be held against them; one such thing among others would stand in the notice all the same.
    """
    codes, moments = list(found.mangler), list(noted)
    if found.vilkarversjon_id != versjon_id:
        codes.append("endret")
    else:
        if found.vist is not None and not seen_before(found.vist, moments):
            codes.append("vist_etter")
        if not due(found, moments):
            codes.append("ikke_forfalt")
    return tuple(codes)


def seen_before(seen: datetime, noted: Iterable[tuple[date, datetime]]) -> bool:
    """U1: whether everything happened after the day of the showing."""
    return all(seen <= written and oslo_date(seen) < happened for happened, written in noted)


def due(found: Grunnlag, noted: Iterable[tuple[date, datetime]]) -> bool:
    """V1: whether everything happened when the vilkår, as it stands now, could count as not met."""
    if found.frist is None:
        return True  # «ingen_frist» is said by itself
    return all(TYPER[found.type].er_forfalt(found.frist, happened) for happened, _written in noted)


def missing_here(db: Session, found: Grunnlag, rows: Rader, today: date) -> tuple[str, ...]:
    """``missing`` for the rows of a matter; and that nothing else of the same vilkår runs beside it, or has ended (V2).

    Two notices about one vilkår could add up to more than the vilkår says. And what the bruker was heard about once is
    no ground a second time: what they said would be left behind (U1), or the same thing would cost them twice.
    """
    sak = rows.sak
    codes = missing(found, sak.vilkarversjon_id, [(row.dato, row.laget) for row in rows.brudd])
    other = db.scalar(
        select(Varselsak.id)
        .outerjoin(Avgjorelse, (Avgjorelse.kommune_id == Varselsak.kommune_id) & (Avgjorelse.sak_id == Varselsak.id))
        .where(
            Varselsak.kommune_id == sak.kommune_id,
            Varselsak.vilkar_id == sak.vilkar_id,
            Varselsak.id != sak.id,
            Varselsak.tilstand.in_([one.value for one in rules.TOLD])
            | ((Avgjorelse.utfall == "reduksjon") & (Avgjorelse.til >= today)),
        )
        .limit(1)
    )
    if other is not None:
        codes = (*codes, "annet_varsel")
    latest = db.scalar(_other_notices(select(func.max(Brudd.dato)), sak.kommune_id, sak.vilkar_id, sak.id))
    ended = latest is not None and other is None
    return (*codes, "varslet_for") if ended and any(row.dato <= latest for row in rows.brudd) else codes


def _other_notices(query: Select[Any], kommune_id: int, vilkar_id: UUID, sak_id: UUID) -> Select[Any]:
    """Of what was noted in other matters about the vilkår in which a notice was sent."""
    return (
        query.select_from(Brudd)
        .join(Varselsak, (Varselsak.kommune_id == Brudd.kommune_id) & (Varselsak.id == Brudd.sak_id))
        .join(
            Forhandsvarsel,
            (Forhandsvarsel.kommune_id == Varselsak.kommune_id) & (Forhandsvarsel.sak_id == Varselsak.id),
        )
        .where(Varselsak.kommune_id == kommune_id, Varselsak.vilkar_id == vilkar_id, Varselsak.id != sak_id)
    )


def given_before(db: Session, kommune_id: int, vilkar_id: UUID, sak_id: UUID) -> date | None:
    """U6: the last day that the bruker was given in an earlier matter about the vilkår, which ended before it."""
    latest = db.scalar(
        select(func.max(Varselsvar.ny_frist))
        .join(Varselsak, (Varselsak.kommune_id == Varselsvar.kommune_id) & (Varselsak.id == Varselsvar.sak_id))
        .where(Varselsak.kommune_id == kommune_id, Varselsak.vilkar_id == vilkar_id, Varselsak.id != sak_id)
    )
    return rules.last_day(latest) if latest is not None else None


def talked(db: Session, rows: Rader, now: datetime) -> bool:
    """U6: whether a conversation or an interpreter that was promised has come to anything: a meeting has been held
    since, or what the bruker said aloud has been written down. Without a promise, nobody waits for it."""
    promised = rows.lovet()
    if promised is None or any(row.muntlig_av is not None and row.laget > promised for row in rows.uttalelser):
        return True
    return moter.was_held(db, rows.sak.kommune_id, rows.sak.bruker_id, promised, now)


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
    """U8: vedtak registered since the bruker was heard, the latest first; not one that has been corrected since.

    A correction counts from the vedtak it corrects: a new date on an old one does not make it new. So nothing in the
    chain of ``besides``, which the vilkår stands on, is ever here; nor anything that a reduction names already.
    Only one about the same benefit as the vilkår: a vedtak about a service, or about other money, reduces nothing.
    """
    rows = db.scalars(
        select(Vedtak)
        .where(Vedtak.kommune_id == kommune_id, Vedtak.bruker_id == bruker_id)
        .order_by(Vedtak.dato.desc(), Vedtak.id.desc())
    ).all()
    by_id = {row.id: row for row in rows}
    corrected = {row.erstatter_id for row in rows}
    used = set(
        db.scalars(
            select(Avgjorelse.vedtak_id)
            .join(Varselsak, (Varselsak.kommune_id == Avgjorelse.kommune_id) & (Varselsak.id == Avgjorelse.sak_id))
            .where(Varselsak.kommune_id == kommune_id, Varselsak.bruker_id == bruker_id)
        )
    )

    def chain(row: Vedtak) -> list[Vedtak]:
        made = [row]
        while made[-1].erstatter_id is not None:
            made.append(by_id[made[-1].erstatter_id])
        return made

    found = []
    for row in rows:
        whole = chain(row)
        same = row.ytelse == by_id[besides].ytelse and row.hjemmel != "rad"
        new = whole[-1].laget >= since and all(one.id != besides and one.id not in used for one in whole)
        if same and new and row.id not in corrected:
            found.append(row)
    return [
        Vedtaket(row.id, seal.open(row.nummer, Place("vedtak", "nummer", kommune_id, row.id)), row.dato, row.klagefrist)
        for row in found[:50]
    ]


def still_reduces(db: Session, vedtak: Vedtak) -> bool:
    """Whether the latest correction of a vedtak still says that the benefit may be reduced."""
    latest: Vedtak | None = vedtak
    while latest is not None:
        vedtak = latest
        latest = db.scalar(
            select(Vedtak).where(Vedtak.kommune_id == vedtak.kommune_id, Vedtak.erstatter_id == vedtak.id)
        )
    return vedtak.reduksjon_oppgitt


# F1, F2: what the bruker has said of the vilkår, and nobody has talked with them about.
HENSYN: dict[str, LazyString] = {
    "sporsmal": _l("Brukeren har et spørsmål."),
    "forklar": _l("Brukeren vil ha det forklart."),
    "hjelp": _l("Brukeren trenger hjelp til å forstå."),
    "uenig": _l("Brukeren er uenig."),
}
SHORT = ("hva", "hvor", "nar", "ofte", "oppfylt")


def words_of(
    kommune_id: int, bruker_id: UUID, seal: Seal, versjon_id: UUID, sprak: Iterable[str]
) -> dict[str, list[str]]:
    """What a version of a vilkår asks for, line by line in each language. Raises NotHere."""
    return {
        kode: [whole.tittel, *(line for part in whole.avsnitt if part.id in SHORT for line in part.linjer)]
        for kode, whole in vilkar.tekst_pa(kommune_id, bruker_id, seal, versjon_id, sprak).items()
    }


def title_of(kommune_id: int, bruker_id: UUID, seal: Seal, versjon_id: UUID, sprak: str) -> str:
    """The vilkår in one line. Raises NotHere."""
    return vilkar.tekst(kommune_id, bruker_id, seal, versjon_id, sprak).tittel


def limits(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal, versjon_id: UUID) -> tuple[int, int]:
    """V2: the most that may be considered, in kroner a month and in months: what the vilkår says, less the months that
    reductions for this version have taken. Raises NotHere."""
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
    taken = db.execute(
        select(Avgjorelse.fra, Avgjorelse.til)
        .join(Varselsak, (Varselsak.kommune_id == Avgjorelse.kommune_id) & (Varselsak.id == Avgjorelse.sak_id))
        .where(
            Varselsak.kommune_id == kommune_id,
            Varselsak.vilkarversjon_id == versjon_id,
            Avgjorelse.utfall == "reduksjon",
        )
    ).all()
    used = sum(rules.months_of(fra, til) for fra, til in taken if fra is not None and til is not None)
    return said.belop or 0, max((said.maneder or 0) - used, 0)


def responsible(db: Session, kommune_id: int, bruker_id: UUID) -> str:
    """The name of the veileder who is responsible now, or stands in for one who is blocked; empty when nobody is."""
    row = tildelinger.contact(db, kommune_id, bruker_id)
    return row.navn if row else ""


def changed_since(kommune_id: int, bruker_id: UUID, vilkar_id: UUID, versjon_id: UUID) -> bool:
    """Whether the vilkår says something else now. The notice stands on the version it names."""
    with reading() as db:
        return find(db, kommune_id, bruker_id, vilkar_id).vilkarversjon_id != versjon_id
