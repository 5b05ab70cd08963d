"""What this room holds about one bruker, for the bruker (S3; GDPR art. 15 and 20)."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from flask_babel import get_locale
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.identitet import eksport as identitet
from webapp.identitet.eksport import iso, rows_of
from webapp.platform.database import reading
from webapp.platform.sealing import Place, Seal
from webapp.vilkar import forstaelse, lesing, tekst
from webapp.vilkar import vedtak as vedtakene
from webapp.vilkar.models import (
    Forstaelse,
    Vedtak,
    Vilkar,
    Vilkarmelding,
    Vilkarversjon,
    Vilkarvisning,
    Vilkarvurdering,
)


def omfang(db: Session, kommune_id: int, bruker_id: UUID) -> dict[str, int]:
    """How much there is, in one query."""
    columns = [
        select(func.count())
        .select_from(table)
        .where(table.kommune_id == kommune_id, table.bruker_id == bruker_id)
        .scalar_subquery()
        .label(name)
        for name, table in (("vedtak", Vedtak), ("vilkar", Vilkar))
    ]
    return dict(db.execute(select(*columns)).one()._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it


def eksport(kommune_id: int, bruker_id: UUID, seal: Seal) -> dict[str, Any]:
    """Every vedtak and vilkår with what both sides have said about it. Times are ISO 8601 in UTC."""

    with reading() as db:
        vedtak = rows_of(db, Vedtak, kommune_id, bruker_id, Vedtak.laget)
        vilkar = rows_of(db, Vilkar, kommune_id, bruker_id, Vilkar.laget)
        versions = rows_of(db, Vilkarversjon, kommune_id, bruker_id, Vilkarversjon.versjon)
        showings = _by(rows_of(db, Vilkarvisning, kommune_id, bruker_id, Vilkarvisning.vist), "vilkarversjon_id")
        said = _by(rows_of(db, Forstaelse, kommune_id, bruker_id, Forstaelse.laget), "vilkarversjon_id")
        reported = _by(rows_of(db, Vilkarmelding, kommune_id, bruker_id, Vilkarmelding.laget), "vilkar_id")
        assessed = _by(rows_of(db, Vilkarvurdering, kommune_id, bruker_id, Vilkarvurdering.laget), "vilkar_id")
        staff = {one.ansatt_id for one in (*vedtak, *versions)} | {
            one.ansatt_id for rows in assessed.values() for one in rows
        }
        names = identitet.staff(db, kommune_id, staff)
    frames = {one.id: one for one in vedtak}
    by_vilkar = _by(versions, "vilkar_id")
    number = {one.id: place for place, one in enumerate(vedtak, start=1)}

    def who(ansatt_id: UUID) -> str | None:
        return names[ansatt_id].navn if ansatt_id in names else None

    def decision(row: Vedtak) -> dict[str, Any]:
        fakta = vedtakene.opened(row, seal)
        return {
            "nummer": fakta.nummer,
            "dato": fakta.dato.isoformat(),
            "fra": fakta.fra.isoformat() if fakta.fra else None,
            "til": fakta.til.isoformat() if fakta.til else None,
            "hjemmel": fakta.hjemmel,
            "ytelse": fakta.ytelse,
            "reduksjon_oppgitt": fakta.reduksjon_oppgitt,
            "klagefrist": fakta.klagefrist.isoformat(),
            "grunner": fakta.grunner or None,
            "rad_og_veiledning_vurdert": fakta.rad_vurdert,
            "retter_vedtak_nummer_i_listen": number.get(row.erstatter_id) if row.erstatter_id else None,
            "registrert": iso(row.laget),
            "registrert_av": who(row.ansatt_id),
        }

    def version(row: Vilkarversjon) -> dict[str, Any]:
        opened = lesing.version_of(row, frames[row.vedtak_id], who(row.ansatt_id) or "", seal)
        return {
            "versjon": row.versjon,
            "type": row.type,
            "frist": row.frist.isoformat() if row.frist else None,
            "satt": iso(row.laget),
            "satt_av": who(row.ansatt_id),
            "vedtak_nummer_i_listen": number[row.vedtak_id],
            "innhold": opened.innhold.as_json(),
            "tekst": tekst.plain(opened.tekst(str(get_locale())).ren()),
            "visninger": [
                {
                    "tekst": seal.open(one.tekst, forstaelse.showing_place(one)),
                    "sha256": one.sha256.hex(),
                    "sprak": one.sprak,
                    "retning": one.retning,
                    "enhet": one.enhet,
                    "hjelper": one.hjelper,
                    "vist": iso(one.vist),
                }
                for one in showings.get(row.id, ())
            ],
            "svar": [_said(one, seal) for one in said.get(row.id, ())],
        }

    return {
        "vedtak": [decision(row) for row in vedtak],
        "vilkar": [
            {
                "slag": row.slag,
                "tilstand": row.tilstand,
                "versjoner": [version(one) for one in by_vilkar.get(row.id, ())],
                "meldinger": [_words("vilkarmelding", one, seal) for one in reported.get(row.id, ())],
                "vurderinger": [
                    {"utfall": one.utfall, "av": who(one.ansatt_id), **_words("vilkarvurdering", one, seal)}
                    for one in assessed.get(row.id, ())
                ],
            }
            for row in vilkar
        ],
    }


def _said(row: Forstaelse, seal: Seal) -> dict[str, Any]:
    opened = forstaelse.opened(row, 0, seal)
    return {
        "svar": opened.svar,
        "sporsmal": opened.sporsmal,
        "uenig": opened.uenig,
        "uenig_fordi": opened.uenig_fordi,
        "kontrollsporsmal": opened.sjekk,
        "trenger_hjelp": opened.trenger_hjelp,
        "sprak": opened.sprak,
        "skrevet_av": opened.skrevet_av,
        "laget": iso(opened.laget),
    }


def _by(rows: list[Any], key: str) -> dict[UUID, list[Any]]:
    grouped: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, key)].append(row)
    return grouped


def _words(table: str, row: Any, seal: Seal) -> dict[str, Any]:
    words = seal.open(row.tekst, Place(table, "tekst", row.kommune_id, row.id))
    return {"tekst": words, "sprak": getattr(row, "sprak", "nb"), "laget": iso(row.laget)}
