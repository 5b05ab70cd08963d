"""A matter opened for whoever may see it: rows (rader.py) become what they say (innhold.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.platform.database import reading
from webapp.platform.sealing import Seal
from webapp.varsel.innhold import (
    Avgjort,
    Hendt,
    Nadd,
    Onsket,
    Rettet,
    Sagt,
    Saken,
    Tidligere,
    Uttalelsen,
    Varselet,
    Veid,
)
from webapp.varsel.models import (
    Avgjorelse,
    Forhandsvarsel,
    Uttalelse,
    Uttalelseretting,
    Varsellukking,
    Varselonske,
    Varselsak,
    Varselsvar,
)
from webapp.varsel.rader import NotHere, Rader, content, names, place, rows, staff, words
from webapp.varsel.rules import Tilstand

__all__ = [
    "NotHere",
    "Onsket",
    "Rader",
    "Sagt",
    "Saken",
    "Uttalelsen",
    "content",
    "earlier",
    "matter_of",
    "names",
    "numbers",
    "one",
    "opened",
    "place",
    "rows",
    "staff",
    "words",
]


def one(kommune_id: int, bruker_id: UUID, seal: Seal, sak_id: UUID, *, grunnlag: bool = True) -> Saken:
    """A matter of this bruker's. Raises NotHere: another's is as unknown as one that does not exist."""
    with reading() as db:
        found = rows(db, kommune_id, bruker_id, sak_id)
        return opened(found, seal, names(db, found), grunnlag=grunnlag)


def matter_of(kommune_id: int, bruker_id: UUID, uttalelse_id: UUID) -> UUID:
    """The matter in which the bruker said it. Raises NotHere: another's is as unknown as one that does not exist."""
    query = _told(kommune_id, bruker_id, Uttalelse.sak_id).where(Uttalelse.id == uttalelse_id)
    with reading() as db:
        found: UUID | None = db.scalar(query)
    if found is None:
        raise NotHere("no such uttalelse")
    return found


def numbers(db: Session, kommune_id: int, bruker_id: UUID) -> dict[UUID, str]:
    """The number on the receipt of everything the bruker has said, by its id. One query."""
    return dict(db.execute(_told(kommune_id, bruker_id, Uttalelse.id, Uttalelse.nummer)).all())


def _told(kommune_id: int, bruker_id: UUID, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join(Varselsak, (Varselsak.kommune_id == Uttalelse.kommune_id) & (Varselsak.id == Uttalelse.sak_id))
        .where(Uttalelse.kommune_id == kommune_id, Varselsak.bruker_id == bruker_id)
    )


def earlier(db: Session, found: Rader, seal: Seal) -> Tidligere:
    """U1: what the bruker said in matters about the same vilkår that were closed, and what nobody answered there."""

    def there(query: Select[Any], table: Any) -> Select[Any]:
        return (
            query.join(Varselsak, (Varselsak.kommune_id == table.kommune_id) & (Varselsak.id == table.sak_id))
            .join(
                Varsellukking,
                (Varsellukking.kommune_id == Varselsak.kommune_id) & (Varsellukking.sak_id == Varselsak.id),
            )
            .where(
                Varselsak.kommune_id == found.sak.kommune_id,
                Varselsak.bruker_id == found.sak.bruker_id,
                Varselsak.vilkar_id == found.sak.vilkar_id,
                Varselsak.id != found.sak.id,
            )
            .order_by(table.laget, table.id)
        )

    said = db.scalars(there(select(Uttalelse), Uttalelse)).all()
    corrected = db.scalars(there(select(Uttalelseretting), Uttalelseretting)).all()
    unanswered = ~(
        select(Varselsvar.id)
        .where(Varselsvar.kommune_id == Varselonske.kommune_id, Varselsvar.onske_id == Varselonske.id)
        .exists()
    )
    wishes = db.scalars(there(select(Varselonske).where(unanswered), Varselonske)).all()
    return Tidligere([_said(row, corrected, seal, {}) for row in said], [_wish(row, None, seal, {}) for row in wishes])


def opened(found: Rader, seal: Seal, who: dict[UUID, str], *, grunnlag: bool = True) -> Saken:
    """The rows as what they say."""
    sak, varsel, avgjort, lukking = found.sak, found.varsel, found.avgjorelse, found.lukking
    return Saken(
        id=sak.id,
        bruker_id=sak.bruker_id,
        vilkar_id=sak.vilkar_id,
        vilkarversjon_id=sak.vilkarversjon_id,
        tilstand=Tilstand(sak.tilstand),
        steg=sak.steg,
        laget=sak.laget,
        siste=sak.siste,
        frist=found.frist(),
        fakta=found.fakta(grunnlag=grunnlag),
        brudd=[Hendt(r.dato, words(r, "hva", seal), r.kilde, who.get(r.ansatt_id, ""), r.laget) for r in found.brudd],
        varsel=_notice(varsel, seal, who) if varsel else None,
        nadd=[
            Nadd(
                r.hvordan,
                words(r, "ord", seal),
                r.sprak,
                r.skrevet_av or "",
                r.laget,
                who.get(r.ansatt_id, "") if r.ansatt_id else "",
            )
            for r in found.nadd
        ],
        uttalelser=[_said(r, found.rettinger, seal, who) for r in found.uttalelser],
        onsker=_wishes(found, seal, who),
        veiinger=[
            Veid(content(r, "innhold", seal), r.antall, r.laget, who.get(r.ansatt_id, "")) for r in found.veiinger
        ],
        avgjorelse=_decision(avgjort, seal, who) if avgjort else None,
        lukket=(lukking.grunn, words(lukking, "tekst", seal), lukking.laget) if lukking else None,
    )


def _notice(row: Forhandsvarsel, seal: Seal, who: dict[UUID, str]) -> Varselet:
    return Varselet(
        parametre=content(row, "innhold", seal),
        tekst=content(row, "tekst", seal),
        sprak=row.sprak,
        sha256=row.sha256.hex(),
        belop=row.belop,
        maneder=row.maneder,
        virkedager=row.virkedager,
        tidligst=row.tidligst,
        sendt=row.sendt,
        ansatt_navn=who.get(row.ansatt_id, ""),
    )


def _said(row: Uttalelse, corrections: Sequence[Uttalelseretting], seal: Seal, who: dict[UUID, str]) -> Uttalelsen:
    first = said = Sagt(**content(row, "innhold", seal))
    made = []
    for one in corrections:
        if one.uttalelse_id == row.id:
            before, said = said, Sagt(**content(one, "innhold", seal))
            made.append(Rettet(said, one.laget, one.sprak, one.skrevet_av, said == before))
    return Uttalelsen(
        id=row.id,
        nummer=row.nummer,
        sagt=first,
        rettinger=made,
        sprak=row.sprak,
        skrevet_av=row.skrevet_av,
        muntlig_av=who.get(row.muntlig_av, "–") if row.muntlig_av else "",
        for_sent=row.for_sent,
        laget=row.laget,
        sha256=row.sha256.hex(),
    )


def _wishes(found: Rader, seal: Seal, who: dict[UUID, str]) -> list[Onsket]:
    answers = {row.onske_id: row for row in found.svar}
    return [_wish(row, answers.get(row.id), seal, who) for row in found.onsker]


def _wish(row: Varselonske, answer: Varselsvar | None, seal: Seal, who: dict[UUID, str]) -> Onsket:
    return Onsket(
        id=row.id,
        slag=row.slag,
        tekst=words(row, "tekst", seal),
        sprak=row.sprak,
        nummer=row.nummer or "",
        skrevet_av=row.skrevet_av or "",
        laget=row.laget,
        svar=words(answer, "tekst", seal) if answer else "",
        innvilget=answer.innvilget if answer else None,
        ny_frist=answer.ny_frist if answer else None,
        besvart=answer.laget if answer else None,
        ansatt_navn=who.get(answer.ansatt_id, "") if answer else "",
    )


def _decision(row: Avgjorelse, seal: Seal, who: dict[UUID, str]) -> Avgjort:
    return Avgjort(
        utfall=row.utfall,
        grunner=words(row, "grunner", seal),
        tekst=content(row, "tekst", seal),
        vedtak_id=row.vedtak_id,
        belop=row.belop,
        fra=row.fra,
        til=row.til,
        vurderinger=content(row, "vurderinger", seal) if row.vurderinger else {},
        klagefrist=row.klagefrist,
        laget=row.laget,
        ansatt_navn=who.get(row.ansatt_id, ""),
        sha256=row.sha256.hex(),
        sprak=row.sprak,
    )
