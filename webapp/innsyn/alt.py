"""Everything held about one bruker, put together from every room (S3; GDPR art. 15 and 20)."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from webapp.identitet import eksport as identitet
from webapp.identitet.eksport import iso
from webapp.innsyn import ordlyd, service
from webapp.innsyn.models import Henvendelse
from webapp.kartlegging import eksport as kartlegging
from webapp.klage import eksport as klage
from webapp.moter import eksport as moter
from webapp.paminnelse import eksport as paminnelse
from webapp.plan import eksport as plan
from webapp.platform import access, audit, clock, drafts
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading, writing
from webapp.telefon import eksport as telefon
from webapp.tolking import eksport as tolking
from webapp.varsel import eksport as varsel
from webapp.vedlegg import eksport as vedlegg
from webapp.veiledning import eksport as veiledning
from webapp.vilkar import eksport as vilkar

FORMAT = "medvirk-1"  # what a program that reads the file can go by


def gather(who: access.Bruker, form: str) -> dict[str, Any]:
    """All of it as plain JSON values, and an event that it was fetched as ``form`` ("side", "json", "pdf")."""
    # The log is written first, so that the copy holds it too; a GET has no form key, and is logged all the same.
    with writing(unverified=True) as db:
        audit.record(db, who.kommune_id, "egne_data_hentet", who.actor, bruker_id=who.id, format=form)
    with reading() as db:
        rows = db.scalars(
            select(Hendelse)
            .where(Hendelse.kommune_id == who.kommune_id, Hendelse.bruker_id == who.id)
            .order_by(Hendelse.lopenr)
        ).all()
        lines = service.in_words(db, who.kommune_id, rows, "bruker")
        requests = service.all_requests(db, who.kommune_id, who.id, who.seal)
    return {
        "format": FORMAT,
        "hentet": iso(clock.now()),
        "person": identitet.eksport(who.kommune_id, who.id, who.seal),
        "kartlegging": kartlegging.eksport(who.kommune_id, who.id, who.seal),
        "moter": moter.eksport(who.kommune_id, who.id, who.seal)["moter"],
        "plan": plan.eksport(who.kommune_id, who.id, who.seal),
        "veiledning": veiledning.eksport(who.kommune_id, who.id, who.seal),
        "klager": klage.eksport(who.kommune_id, who.id, who.seal),
        "vilkar": vilkar.eksport(who.kommune_id, who.id, who.seal),
        "varselsaker": varsel.eksport(who.kommune_id, who.id, who.seal),
        "gjengivelser": tolking.eksport(who.kommune_id, who.id, who.seal),
        "vedlegg": vedlegg.eksport(who.kommune_id, who.id, who.seal),
        "hjemskjerm": telefon.eksport(who.kommune_id, who.id),
        "paminnelser": paminnelse.eksport(who.kommune_id, who.id, who.seal),
        "henvendelser": [
            {
                "slag": one.slag,
                "tekst": one.tekst,
                "sprak": one.sprak,
                "skrevet_av": one.skrevet_av,
                "sendt": iso(one.laget),
                "svar": one.svar,
                "besvart": iso(one.besvart),
                "besvart_av": one.besvart_av.navn if one.besvart_av else None,
            }
            for one in requests
        ],
        "ikke_sendt": [
            {"side": path, "felter": fields, "endret": iso(changed)}
            for path, fields, changed in drafts.everything(who.kommune_id, ("bruker", who.id), who.seal)
        ],
        "hendelser": [
            {
                "nummer": row.lopenr,
                "tid": iso(row.tid),
                "type": row.type,
                "aktor": row.aktor_type,
                "innhold": row.innhold,
                "setning": ordlyd.plain(line.setning),
            }
            for row, line in zip(rows, lines, strict=True)
        ],
    }


def as_json(data: dict[str, Any]) -> bytes:
    """The file, readable for people too. Half characters that no file can hold become «�»."""
    return json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8", "replace")


def extent(kommune_id: int, bruker_id: UUID) -> dict[str, int]:
    """How much is held, for the overview: one query a room."""
    with reading() as db:
        counts = {
            **identitet.omfang(db, kommune_id, bruker_id),
            **kartlegging.omfang(db, kommune_id, bruker_id),
            **moter.omfang(db, kommune_id, bruker_id),
            **plan.omfang(db, kommune_id, bruker_id),
            **klage.omfang(db, kommune_id, bruker_id),
            **varsel.omfang(db, kommune_id, bruker_id),
            **vilkar.omfang(db, kommune_id, bruker_id),
            **vedlegg.omfang(db, kommune_id, bruker_id),
            **veiledning.omfang(db, kommune_id, bruker_id),
            **paminnelse.omfang(db, kommune_id, bruker_id),
        }
        counts["henvendelser"] = (
            db.scalar(
                select(func.count())
                .select_from(Henvendelse)
                .where(Henvendelse.kommune_id == kommune_id, Henvendelse.bruker_id == bruker_id)
            )
            or 0
        )
    return counts
