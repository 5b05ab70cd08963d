"""What this room holds about one bruker, for the bruker (S3; GDPR art. 15 and 20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.identitet import eksport as identitet
from webapp.identitet.eksport import iso
from webapp.platform.database import reading
from webapp.platform.sealing import Seal
from webapp.varsel import apning, lesing, models, tekst
from webapp.varsel.innhold import Nadd
from webapp.varsel.lesing import Rader, Saken
from webapp.varsel.models import Varselsak

_KINDS = (
    models.Brudd,
    models.Forhandsvarsel,
    models.Varselnadd,
    models.Uttalelse,
    models.Uttalelseretting,
    models.Varselonske,
    models.Varselsvar,
    models.Veiing,
    models.Avgjorelse,
    models.Varsellukking,
)


def omfang(db: Session, kommune_id: int, bruker_id: UUID) -> dict[str, int]:
    """How much there is, in one query."""
    mine = select(func.count()).select_from(Varselsak)
    found = db.scalar(mine.where(Varselsak.kommune_id == kommune_id, Varselsak.bruker_id == bruker_id))
    return {"varselsaker": found or 0}


def eksport(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[dict[str, Any]]:
    """Every matter with everything that both sides have written in it. Thirteen queries, however many there are."""
    with reading() as db:
        matters = db.scalars(
            select(Varselsak)
            .where(Varselsak.kommune_id == kommune_id, Varselsak.bruker_id == bruker_id)
            .order_by(Varselsak.laget, Varselsak.id)
        ).all()
        by_kind = [_by_matter(db, kind, kommune_id, bruker_id) for kind in _KINDS]
        found = [_rows(matter, by_kind) for matter in matters]
        arrived = _by_matter(db, models.Avgjorelsenadd, kommune_id, bruker_id)
        staff = {one for rows in found for one in lesing.staff(rows)}
        staff |= {row.ansatt_id for rows in arrived.values() for row in rows if row.ansatt_id}
        who = identitet.staff(db, kommune_id, staff)
    names = {key: one.navn for key, one in who.items()}
    return [
        {
            **_matter(lesing.opened(rows, seal, names), arrived.get(rows.sak.id, ())),
            "avgjorelse_nadd": [_reached(apning.opened(row, seal, names)) for row in arrived.get(rows.sak.id, ())],
        }
        for rows in found
    ]


def _reached(row: Nadd) -> dict[str, Any]:
    return {
        "hvordan": row.hvordan,
        "ord": row.ord,
        "sprak": row.sprak,
        "skrevet_av": row.skrevet_av or None,
        "tid": iso(row.laget),
        "av": row.ansatt_navn,
    }


def _by_matter(db: Session, kind: Any, kommune_id: int, bruker_id: UUID) -> dict[UUID, list[Any]]:
    moment = kind.sendt if kind is models.Forhandsvarsel else kind.laget
    rows: Iterable[Any] = db.scalars(
        select(kind)
        .join(Varselsak, (Varselsak.kommune_id == kind.kommune_id) & (Varselsak.id == kind.sak_id))
        .where(kind.kommune_id == kommune_id, Varselsak.bruker_id == bruker_id)
        .order_by(moment, kind.id)
    )
    grouped: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.sak_id].append(row)
    return grouped


def _rows(matter: Varselsak, by_kind: list[dict[UUID, list[Any]]]) -> Rader:
    mine = [kind.get(matter.id, []) for kind in by_kind]
    brudd, notice, reached, said, corrected, wishes, answers, weighed, decided, closed = mine
    return Rader(
        matter,
        brudd,
        next(iter(notice), None),
        reached,
        said,
        corrected,
        wishes,
        answers,
        weighed,
        next(iter(decided), None),
        next(iter(closed), None),
    )


def _matter(one: Saken, arrivals: Sequence[models.Avgjorelsenadd]) -> dict[str, Any]:
    notice, decided = one.varsel, one.avgjorelse
    reached = min((row.laget for row in arrivals), default=None)
    return {
        "tilstand": one.tilstand.value,
        "begynt": iso(one.laget),
        "frist": iso(one.frist),
        "notert": [
            {
                "dato": row.dato.isoformat(),
                "hva": row.hva,
                "kilde": row.kilde,
                "skrevet_av": row.ansatt_navn,
                "laget": iso(row.laget),
            }
            for row in one.brudd
        ],
        "varsel": {
            "sendt": iso(notice.sendt),
            "sendt_av": notice.ansatt_navn,
            "tekst": tekst.alike(notice.tekst),
            "sha256": notice.sha256,
            "belop": notice.belop,
            "maneder": notice.maneder,
        }
        if notice
        else None,
        "nadd": [_reached(row) for row in one.nadd],
        "uttalelser": [
            {
                "nummer": row.nummer,
                **asdict(row.sagt),
                "sprak": row.sprak,
                "skrevet_av": row.skrevet_av,
                "skrevet_ned_av": row.muntlig_av or None,
                "for_sent": row.for_sent,
                "sendt": iso(row.laget),
                "sha256": row.sha256,
                "rettinger": [
                    {
                        **asdict(said.sagt),
                        "sprak": said.sprak,
                        "skrevet_av": said.skrevet_av,
                        "bekreftet": said.bekreftet,
                        "rettet": iso(said.laget),
                    }
                    for said in row.rettinger
                ],
            }
            for row in one.uttalelser
        ],
        "onsker": [
            {
                "slag": row.slag,
                "tekst": row.tekst,
                "nummer": row.nummer or None,
                "skrevet_av": row.skrevet_av or None,
                "sendt": iso(row.laget),
                "innvilget": row.innvilget,
                "svar": row.svar,
                "besvart": iso(row.besvart),
                "besvart_av": row.ansatt_navn,
                "ny_frist": iso(row.ny_frist),
            }
            for row in one.onsker
        ],
        "veiinger": [
            {"innhold": row.innhold, "veid": iso(row.laget), "veid_av": row.ansatt_navn} for row in one.veiinger
        ],
        "avgjorelse": {
            "utfall": decided.utfall,
            "grunner": decided.grunner,
            "tekst": tekst.alike(decided.tekst),
            "belop": decided.belop,
            "fra": decided.fra.isoformat() if decided.fra else None,
            "til": decided.til.isoformat() if decided.til else None,
            "vurderinger": decided.vurderinger,
            "klagefrist": apning.klagefrist(decided.klagefrist, reached).isoformat(),
            "klagefrist_i_avgjorelsen": decided.klagefrist.isoformat(),  # U9: it counts from when it reached them
            "avgjort": iso(decided.laget),
            "avgjort_av": decided.ansatt_navn,
            "sha256": decided.sha256,
        }
        if decided
        else None,
        "lukket": {"grunn": one.lukket[0], "tekst": one.lukket[1], "tid": iso(one.lukket[2])} if one.lukket else None,
    }
