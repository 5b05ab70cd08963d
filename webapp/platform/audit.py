"""The log of events: what was done, by whom, to whom, when. It cannot be changed, and a gap or a change shows.

An event is declared once with the keys it must carry; anything else is refused, so that no free text and no name slips
in. Each kommune has one chain: every event carries an HMAC over its own content and the event before it. The head of
the chain is locked while an event is added, so numbers have no gaps even with twenty servers.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.platform import clock, kommune
from webapp.platform.database import Base, reading

# name -> the keys that must be there, no more and no less. Values are ids, codes, numbers and dates.
EVENTS: dict[str, frozenset[str]] = {
    name: frozenset(keys.split())
    for name, keys in {
        "kommune_opprettet": "",
        "kontor_opprettet": "kontor_id",
        "ansatt_opprettet": "ansatt_id rolle",
        "ansatt_sperret": "ansatt_id",
        "ansatt_gjenapnet": "ansatt_id",
        "bruker_registrert": "kontor_id",
        "bruker_endret": "felt",
        "bruker_slettet": "",
        "bruker_tildelt": "ansatt_id som",
        "bruker_overfort": "fra_ansatt_id til_ansatt_id",
        "vikar_avsluttet": "ansatt_id",
        "invitasjon_laget": "invitasjon_id",
        "invitasjon_tilbakekalt": "invitasjon_id",
        "invitasjon_brukt": "invitasjon_id",
        "engangskoder_laget": "antall",
        "passnokkel_lagt_til": "passnokkel_id",
        "passnokkel_fjernet": "passnokkel_id",
        "logget_inn": "okt_id hvordan",
        "logget_ut": "okt_id",
        "okt_avsluttet": "okt_id",
        "bruker_apnet": "side",
        "innsyn_begrunnet": "begrunnelse_id",
        "navnesok": "treff begrunnelse_id",
        "assistert_utfylling": "tema",
        "kartlegging_levert": "levering_id nummer",
        "merknad_skrevet": "merknad_id sporsmal",
        "merknad_besvart": "merknad_id",
        "gjennomgang_registrert": "levering_id",
        "mote_avtalt": "mote_id",
        "mote_endret": "mote_id",
        "mote_byttet": "mote_id til_ansatt_id",
        "mote_avlyst": "mote_id",
        "mote_holdt": "mote_id",
        "mote_ikke_holdt": "mote_id",
        "notat_delt": "notat_id",
        "notat_kommentert": "notat_id",
        "mote_vurdert": "mote_id",
        "plan_steg_foreslatt": "aktivitet_id",
        "plan_steg_avtalt": "aktivitet_id",
        "plan_steg_ikke_nyttig": "aktivitet_id",
        "plan_steg_avslatt": "aktivitet_id",
        "plan_steg_trukket": "aktivitet_id",
        "plan_steg_pauset": "aktivitet_id",
        "plan_steg_gjenapnet": "aktivitet_id",
        "plan_steg_gjort": "aktivitet_id",
        "plan_steg_avsluttet": "aktivitet_id",
        "plan_steg_kommentert": "aktivitet_id",
        "plan_mal_skrevet": "mal_id",
        "plan_evaluering_satt": "",
        "plan_kjent": "nummer",
        "vedtak_registrert": "vedtak_id",
        "vedtak_rettet": "vedtak_id",
        "vilkar_satt": "vilkar_id",
        "vilkar_endret": "vilkar_id versjon",
        "vilkar_vurdert": "vilkar_id utfall",
        "vilkar_forklart": "vilkar_id",
        "vilkar_vist": "vilkar_id versjon sprak",
        "vilkar_svart": "vilkar_id svar",
        "vilkar_sjekket": "vilkar_id",
        "vilkar_gjort": "vilkar_id",
        "betalingsdager_satt": "kontor_id forste andre",
        "henvendelse_sendt": "henvendelse_id slag",
        "henvendelse_besvart": "henvendelse_id",
        "rad_sokt": "soknad_id",
        "rad_avgjort": "soknad_id utfall",
        "rad_samtale": "soknad_id",
        "rad_avsluttet": "soknad_id",
        "egne_data_hentet": "format",
        "visning_tilbudt": "visning",
        "nokler_rotert": "antall",
        "varsel_notert": "sak_id",
        "varsel_sendt": "sak_id",
        "varsel_apnet": "sak_id",
        "varsel_nadd": "sak_id hvordan",
        "uttalelse_sendt": "sak_id nummer",
        "uttalelse_skrevet_ned": "sak_id nummer",
        "uttalelse_rettet": "sak_id nummer",
        "varselonske_sendt": "sak_id onske",
        "varselonske_besvart": "sak_id",
        "varsel_veid": "sak_id",
        "varsel_avgjort": "sak_id utfall",
        "varsel_lukket": "sak_id grunn",
        "avgjorelse_apnet": "sak_id",
        "avgjorelse_nadd": "sak_id hvordan",
        "klage_sendt": "klage_id mal",
        "klage_steg": "klage_id steg",
        "klage_tillegg": "klage_id nummer",
        "klage_tillegg_sendt": "klage_id nummer",
        "klage_trukket": "klage_id",
        "klage_skrevet_ned": "klage_id mal",
        "klage_rettet": "klage_id",
        "gjengivelse_skrevet": "gjengivelse_id kilde",
        "vedlegg_lagt_til": "vedlegg_id",
        "vedlegg_fjernet": "vedlegg_id",
        "paminnelser_valgt": "kanaler",
        "push_lagt_til": "abonnement_id",
        "push_fjernet": "abonnement_id",
        "utboks_provd_igjen": "antall",
    }.items()
}


class Hendelse(Base):
    """One event. Append-only: the database refuses to change or remove it."""

    __tablename__ = "hendelse"
    __table_args__ = (Index("ix_hendelse_bruker", "kommune_id", "bruker_id", "lopenr"),)

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lopenr: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    tid: Mapped[datetime]
    type: Mapped[str] = mapped_column(String(40))
    aktor_type: Mapped[str] = mapped_column(String(10))  # bruker, ansatt, system
    aktor_id: Mapped[UUID | None]
    bruker_id: Mapped[UUID | None]
    innhold: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class Hendelseskjede(Base):
    """The head of a kommune's chain: the last number and its hash, and the latest time."""

    __tablename__ = "hendelseskjede"

    kommune_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    lopenr: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    siste: Mapped[datetime | None]  # the latest time of any event; a clock that is moved back does not take it along


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: a bruker, an ansatt, or the system itself (``id`` None)."""

    type: str
    id: UUID | None


SYSTEM = Actor("system", None)


class UndeclaredEvent(Exception):
    """The event's name or keys are not as declared in EVENTS."""


def record(
    db: Session, kommune_id: int, name: str, actor: Actor, *, bruker_id: UUID | None = None, **content: object
) -> int:
    """Add one event to the kommune's chain in the caller's transaction; returns its number.

    Raises UndeclaredEvent when name or keys are not declared.
    """
    if name not in EVENTS or content.keys() != EVENTS[name]:
        raise UndeclaredEvent(f"{name}: {sorted(content)}")
    head = db.execute(
        select(Hendelseskjede).where(Hendelseskjede.kommune_id == kommune_id).with_for_update()
    ).scalar_one_or_none()
    if head is None:
        head = Hendelseskjede(kommune_id=kommune_id, lopenr=0, hash=bytes(32))
        db.add(head)
    row = Hendelse(
        kommune_id=kommune_id,
        lopenr=head.lopenr + 1,
        tid=clock.now(),
        type=name,
        aktor_type=actor.type,
        aktor_id=actor.id,
        bruker_id=bruker_id,
        innhold={key: _plain(value) for key, value in sorted(content.items())},
    )
    row.hash = _link(kommune.seal_of(db, kommune_id).derive("hendelser"), row, head.hash)
    head.lopenr, head.hash = row.lopenr, row.hash
    head.siste = max(row.tid, head.siste or row.tid)
    db.add(row)
    return row.lopenr


def moment(db: Session, kommune_id: int) -> datetime:
    """The time for what must come in order: the clock's, but never before the kommune's latest event (U1).

    The head is read and not locked: whoever locks it holds every other step of the kommune back.
    """
    now = clock.now()
    if clock.is_retold():
        return now
    latest = db.scalar(select(Hendelseskjede.siste).where(Hendelseskjede.kommune_id == kommune_id))
    return max(now, latest or now)


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool | int) else str(value)


def _link(key: bytes, row: Hendelse, before: bytes) -> bytes:
    content = [
        row.kommune_id,
        row.lopenr,
        row.tid.astimezone(UTC).isoformat(),  # the moment, whatever zone it was handed over in
        row.type,
        row.aktor_type,
        str(row.aktor_id),
        str(row.bruker_id),
        row.innhold,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.digest(key, before + text.encode(), "sha256")


def verify(kommune_id: int) -> list[str]:
    """Walk the whole chain, as it is at one moment; one sentence per fault found (none when all is well)."""
    with reading(one_moment=True) as db:
        return list(_faults(db, kommune_id))


def _faults(db: Session, kommune_id: int) -> Iterator[str]:
    key = kommune.seal_of(db, kommune_id).derive("hendelser")
    before, expected = bytes(32), 1
    rows = db.scalars(
        select(Hendelse)
        .where(Hendelse.kommune_id == kommune_id)
        .order_by(Hendelse.lopenr)
        .execution_options(yield_per=1000)
    )
    for row in rows:
        if row.lopenr != expected:
            yield f"Hendelse {expected} mangler (neste som finnes er {row.lopenr})."
            expected = row.lopenr
        if not hmac.compare_digest(_link(key, row, before), row.hash):
            yield f"Hendelse {row.lopenr} er endret, eller den før er det."
        before, expected = row.hash, expected + 1
    head = db.get(Hendelseskjede, kommune_id)
    if (head.lopenr if head else 0) != expected - 1 or (head and head.hash != before):
        yield f"Slutten på loggen mangler: hodet sier {head.lopenr if head else 0}, den siste er {expected - 1}."
