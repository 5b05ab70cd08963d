"""What this room holds about one bruker, for the bruker (S3, K7; GDPR art. 15 and 20)."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.identitet import eksport as identitet
from webapp.identitet.eksport import iso, rows_of
from webapp.kartlegging import ordlyd
from webapp.kartlegging.models import Kartlegging, Levering, Merknad, Merknadsvar, Merknadversjon, Svar, Svarkonflikt
from webapp.kartlegging.skjema import EGNE_ORD, SKJEMA, Sporsmal, UkjentSporsmal
from webapp.kartlegging.skjema.validering import vis
from webapp.kartlegging.svarrader import answer_place
from webapp.kartlegging.versjoner import LevertSvar
from webapp.platform.database import reading
from webapp.platform.sealing import Place, Seal

_STATE = (
    "visning",
    "tilbudt",
    "begynt",
    "endret",
    "levert",
    "lest",
    "samtale_frist",
    "samtale_holdt",
    "plan_frist",
    "plan_fulgt",
    "mini_frist",
)


def omfang(db: Session, kommune_id: int, bruker_id: UUID) -> dict[str, int]:
    """How much there is, in one query."""
    columns = [
        select(func.count())
        .select_from(table)
        .where(table.kommune_id == kommune_id, table.bruker_id == bruker_id)
        .scalar_subquery()
        .label(name)
        for name, table in (("svar", Svar), ("leveringer", Levering), ("merknader", Merknad))
    ]
    return dict(db.execute(select(*columns)).one()._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it


def eksport(kommune_id: int, bruker_id: UUID, seal: Seal) -> dict[str, Any]:
    """Answers as typed, every delivered version, remarks with answers, and where it all stands.

    Times are ISO 8601 in UTC. Beside each id stands the question, and beside each choice its words, in the language of
    the page. An answer that is being chosen between two texts is there with both.
    """
    with reading() as db:
        state = db.get(Kartlegging, (kommune_id, bruker_id))
        svar = rows_of(db, Svar, kommune_id, bruker_id, Svar.sporsmal)
        konflikter = rows_of(db, Svarkonflikt, kommune_id, bruker_id, Svarkonflikt.laget)
        leveringer = rows_of(db, Levering, kommune_id, bruker_id, Levering.versjon)
        merknader = rows_of(db, Merknad, kommune_id, bruker_id, Merknad.laget)
        replies: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
        for reply in rows_of(db, Merknadsvar, kommune_id, bruker_id, Merknadsvar.laget):
            replies[reply.merknad_id].append(
                {
                    "tekst": seal.open(reply.tekst, Place("merknadsvar", "tekst", kommune_id, reply.id)),
                    "sprak": reply.sprak,
                    "skrevet_av": reply.skrevet_av,
                    "laget": iso(reply.laget),
                }
            )
        changed = {
            one.merknad_id: one.levering_id
            for one in rows_of(db, Merknadversjon, kommune_id, bruker_id, Merknadversjon.merknad_id)
        }
        names = identitet.staff(db, kommune_id, {one.ansatt_id for one in [*svar, *konflikter, *merknader]})
    number_of = {one.id: one.nummer for one in leveringer}

    def who(ansatt_id: UUID | None) -> str | None:
        return names[ansatt_id].navn if ansatt_id in names else None

    return {
        "tilstand": {name: _plain(getattr(state, name)) for name in _STATE} if state else None,
        "svar": [
            {
                **_present(one.sporsmal, seal.open_json(one.verdi, answer_place(kommune_id, bruker_id, one.sporsmal))),
                "tema": one.tema,
                "sprak": one.sprak,
                "skrevet_av": one.skrevet_av,
                "ansatt": who(one.ansatt_id),
                "endret": iso(one.endret),
                "versjon": one.versjon,
            }
            for one in sorted(svar, key=lambda one: _in_form_order(one.sporsmal))
        ],
        "to_tekster": [
            {
                **_answer(one.sporsmal, seal.open_json(one.verdi, Place("svarkonflikt", "verdi", kommune_id, one.id))),
                "sprak": one.sprak,
                "skrevet_av": one.skrevet_av,
                "ansatt": who(one.ansatt_id),
                "laget": iso(one.laget),
                "valgt": iso(one.lost),
            }
            for one in konflikter
        ],
        "leveringer": [
            {
                "nummer": one.nummer,
                "versjon": one.versjon,
                "endrer": number_of.get(one.forrige_id) if one.forrige_id else None,
                "levert": iso(one.levert),
                "visning": one.visning,
                "skjema_versjon": one.skjema_versjon,
                "sprak": one.sprak,
                "samtale_frist": one.samtale_frist.isoformat(),
                "plan_frist": one.plan_frist.isoformat(),
                "sha256": one.sha256.hex(),
                **_delivered(seal.open_json(one.innhold, Place("levering", "innhold", kommune_id, one.id))),
            }
            for one in leveringer
        ],
        "merknader": [
            {
                "sporsmal": one.sporsmal,
                "sporsmalstekst": question(one.sporsmal),
                "slag": one.slag,
                "tekst": seal.open(one.tekst, Place("merknad", "tekst", kommune_id, one.id)),
                "skrevet_av": who(one.ansatt_id),
                "laget": iso(one.laget),
                "levering": number_of.get(one.levering_id),
                "svar": replies[one.id],
                "endret_i_levering": number_of.get(changed[one.id]) if one.id in changed else None,
            }
            for one in merknader
        ],
    }


def question(sporsmal_id: str) -> str:
    """A question in the language of the page; its id when the form no longer has it."""
    try:
        return str(SKJEMA.sporsmal(sporsmal_id).etikett)
    except UkjentSporsmal:
        return sporsmal_id


@dataclass(frozen=True, slots=True)
class _Levert:
    svar: dict[str, LevertSvar]
    ord: ordlyd.Ord


def _delivered(content: dict[str, Any]) -> dict[str, Any]:
    """The frozen content in words, as they were then; and as it was hashed, so that the person can check the SHA-256
    themselves."""
    given = {ident: LevertSvar(**answer) for ident, answer in content["svar"].items()}
    asked = {one.id: one for tema in ordlyd.themes(_Levert(given, content.get("ord", {}))) for one in tema.sporsmal}
    return {
        "svar": [
            {
                **_answer(sporsmal_id, content["svar"][sporsmal_id], asked[sporsmal_id]),
                "tema": sporsmal_id.partition(".")[0],
                "sprak": content["svar"][sporsmal_id]["sprak"],
                "skrevet_av": content["svar"][sporsmal_id]["skrevet_av"],
            }
            for sporsmal_id in sorted(content["svar"], key=_in_form_order)
        ],
        "innhold": json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
    }


def _in_form_order(sporsmal_id: str) -> tuple[int, str]:
    places = _places()
    return places.get(sporsmal_id, len(places)), sporsmal_id


@cache
def _places() -> dict[str, int]:
    return {sporsmal.id: place for place, sporsmal in enumerate(SKJEMA.alle())}


def _answer(sporsmal_id: str, content: dict[str, Any], asked: Sporsmal | None = None) -> dict[str, Any]:
    verdi, own_words = content["verdi"], True
    try:
        sporsmal = asked or SKJEMA.sporsmal(sporsmal_id)
        shown, own_words = vis(sporsmal, verdi), sporsmal.type in EGNE_ORD
    except UkjentSporsmal:
        shown = verdi
    return {
        "sporsmal": sporsmal_id,
        "sporsmalstekst": question(sporsmal_id) if asked is None else ordlyd.text(asked.etikett),
        "verdi": verdi,
        "i_ord": shown,
        "egne_ord": own_words,  # else the form's own words, in the language of the page
        "vil_ikke_svare": bool(content.get("vil_ikke")),
    }


def _present(sporsmal_id: str, content: dict[str, Any]) -> dict[str, Any]:
    """An answer as it stands: true when «fortsatt slik» was said to it in a round, false when «endret» was (K7)."""
    return {**_answer(sporsmal_id, content), "fortsatt_slik": content.get("fortsatt")}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
