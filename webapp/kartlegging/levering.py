"""Delivery: the answers are frozen as a version (K7), once however often it is sent, and the clock starts (K8)."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from webapp.identitet import rules as codes
from webapp.identitet.okter import settings
from webapp.kartlegging import besvart, ordlyd, paminn, rules, service, svarrader
from webapp.kartlegging.models import Kartlegging, Levering
from webapp.kartlegging.ordlyd import Ord
from webapp.kartlegging.rules import Verdi
from webapp.kartlegging.service import NotHere, Utfylt
from webapp.kartlegging.skjema import SKJEMA, Visning
from webapp.platform import access, audit, clock, dates, ids
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place, Seal

NUMBER_LENGTH = 8  # 23^8: no two receipts alike, and short enough to read on the phone
KEY_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Versjon:
    """One delivered version, without what is in it."""

    id: UUID
    nummer: str
    versjon: int
    levert: datetime
    sprak: str
    visning: str
    skjema_versjon: str
    samtale_frist: date
    plan_frist: date
    forrige_id: UUID | None
    sha256: bytes


@dataclass(frozen=True, slots=True)
class LevertSvar:
    """A frozen answer. ``fortsatt``: the bruker said «fortsatt slik» in this mini-mapping (K7)."""

    verdi: Verdi
    vil_ikke: bool
    sprak: str
    skrevet_av: str
    fortsatt: bool = False


@dataclass(frozen=True, slots=True)
class Innhold(Versjon):
    """A delivered version with its answers, by question id. Questions left open are not in it."""

    svar: dict[str, LevertSvar]
    ord: Ord  # the questions as they were worded; empty in what was delivered before they were kept


@dataclass(frozen=True, slots=True)
class Kvittering(Versjon):
    """The receipt. ``ny``: False when this was delivered already and nothing new has been stored.

    ``endret_siden``: it came from a page that was delivered before, and answers have been changed since the last
    delivery. They are not delivered: that page did not show them.
    """

    ny: bool
    endret_siden: bool = False


class NotReady(Exception):
    """It cannot be delivered as it is. ``too_long``: questions whose text must be shortened; none when all is empty."""

    def __init__(self, too_long: list[str]) -> None:
        super().__init__("not ready for delivery")
        self.too_long = too_long


def deliver(who: access.Bruker, nokkel: str) -> Kvittering:
    """Freeze what the bruker has answered as a new version, in one transaction, and start the clock (K8).

    ``nokkel`` is the page's idempotency key: the same key, or nothing changed since the last delivery, gives the
    receipt there is. An answer that we cannot read as a number is delivered as typed (K11). Raises NotReady.
    """
    with writing() as db:
        svarrader.queue_up(db, who.kommune_id, who.id, who.seal)
        row = db.get(Kartlegging, (who.kommune_id, who.id))
        if row is None:
            raise NotReady([])
        last = _latest(db, row)
        same = db.scalar(_mine(who.kommune_id, who.id).where(Levering.nokkel == nokkel[:KEY_LENGTH]))
        answers = service.all_answers(who.kommune_id, who.id, who.seal)
        before = last or same
        stands = read_standing(who.kommune_id, who.id, who.seal, _opened(before, who.seal)) if before else None
        changed = stands is None or not _says_the_same(stands, frozen(answers, Visning.FULL))
        if same is not None:
            return replace(_receipt(same, ny=False), endret_siden=changed)
        visning = delivered_view(Visning(row.visning), answers, row.levert)
        svar = frozen(answers, visning, round_=row.visning == Visning.MINI)
        too_long = [ident for ident, answer in svar.items() if is_too_long(ident, answer.verdi)]
        if too_long or not svar:
            raise NotReady(too_long)
        # «Fortsatt slik» is an answer, also when everything is as before (K7).
        if last is not None and not changed and not any(one.fortsatt for one in svar.values()):
            return _receipt(last, ny=False)
        new = _freeze(who, nokkel, visning, svar, last, row)
        db.add(new)
        db.flush()
        _start_clock(row, new)
        svarrader.forget_confirmed(db, who.kommune_id, who.id, who.seal)
        paminn.delivered(db, new, row.mini_frist)
        audit.record(
            db,
            who.kommune_id,
            "kartlegging_levert",
            who.actor,
            bruker_id=who.id,
            levering_id=new.id,
            nummer=new.nummer,
        )
        besvart.by_new_version(db, who, new, svar, answers)
        return _receipt(new, ny=True)


def delivered_view(visning: Visning, answers: Mapping[str, Utfylt], levert: datetime | None) -> Visning:
    """The view that is delivered by who is in ``visning``, ``levert`` being the time of the latest delivery.

    In a mini round it is the whole mapping when something else has been written since: whatever somebody has changed is
    handed over with the rest, and nothing stays behind unsaid (K3, K7).
    """
    if visning is not Visning.MINI:
        return visning
    beyond = any(rules.written_since(levert, one.endret) for ident, one in answers.items() if ident not in _in_mini())
    return Visning.FULL if beyond or levert is None else visning


@cache
def _in_mini() -> frozenset[str]:
    return frozenset(sporsmal.id for tema in SKJEMA.visning(Visning.MINI) for sporsmal in tema.alle())


def frozen(answers: Mapping[str, Utfylt], visning: Visning, *, round_: bool = False) -> dict[str, LevertSvar]:
    """What a delivery holds. A mini-mapping stands by itself: its own questions only; every other holds all there is.

    ``round_``: it comes from a mini round, so that «fortsatt slik» was said in it (K7).
    «Vil ikke svare» means that nothing is handed over, whatever else was written there (K2).
    """
    asked = _in_mini() if visning is Visning.MINI else None
    svar = {}
    for sporsmal in SKJEMA.alle():
        answer = answers.get(sporsmal.id)
        if answer is None or (asked is not None and sporsmal.id not in asked):
            continue
        empty: Verdi = [] if isinstance(answer.verdi, list) else ""
        verdi = empty if answer.vil_ikke else answer.verdi
        if answer.vil_ikke or (verdi if isinstance(verdi, list) else verdi.strip()):
            svar[sporsmal.id] = LevertSvar(
                verdi, answer.vil_ikke, answer.sprak, answer.skrevet_av, answer.fortsatt and round_
            )
    return svar


def is_too_long(sporsmal_id: str, verdi: Verdi) -> bool:
    """Whether a text is longer than what can be delivered."""
    limit = rules.text_limit(SKJEMA.sporsmal(sporsmal_id))
    return limit is not None and len(verdi) > limit


def versions(kommune_id: int, bruker_id: UUID) -> list[Versjon]:
    """All delivered versions, the latest first (at most 200)."""
    columns = [getattr(Levering, field.name) for field in fields(Versjon)]
    with reading() as db:
        rows = db.execute(
            select(*columns)
            .where(Levering.kommune_id == kommune_id, Levering.bruker_id == bruker_id)
            .order_by(Levering.versjon.desc())
            .limit(200)
        )
        return [Versjon(*row) for row in rows]


def number(kommune_id: int, bruker_id: UUID, levering_id: UUID) -> str | None:
    """The receipt's number of a delivery."""
    with reading() as db:
        return db.scalar(
            select(Levering.nummer).where(
                Levering.kommune_id == kommune_id, Levering.bruker_id == bruker_id, Levering.id == levering_id
            )
        )


def read(kommune_id: int, bruker_id: UUID, seal: Seal, levering_id: UUID) -> Innhold:
    """A delivered version with its answers. Raises NotHere (a LookupError)."""
    with reading() as db:
        row = db.scalar(_mine(kommune_id, bruker_id).where(Levering.id == levering_id))
    if row is None:
        raise NotHere("no such delivery")
    return _opened(row, seal)


def standing(content: Innhold, earlier: Sequence[Innhold]) -> Innhold:
    """``content`` with what it did not ask, from the versions before it (``earlier``, the oldest first, a whole one).

    A mini round asks only some of the questions: what was said to the others still stands (K7, K9).
    """
    if not earlier:
        return content
    svar: dict[str, LevertSvar] = {}
    words = {ident: one for version in (*earlier, content) for ident, one in version.ord.items()}
    for version in (*earlier, content):
        asked = _in_mini() if version.visning == Visning.MINI else svar.keys()
        svar = {ident: one for ident, one in svar.items() if ident not in asked} | version.svar
    return replace(content, svar=_in_order(svar), ord=words)


def read_earlier(kommune_id: int, bruker_id: UUID, seal: Seal, content: Versjon) -> list[Innhold]:
    """Of a mini round: the versions that it goes on from, the latest whole one first. Empty for a whole version."""
    if content.visning != Visning.MINI:
        return []
    mine = (Levering.kommune_id == kommune_id, Levering.bruker_id == bruker_id, Levering.versjon < content.versjon)
    whole = select(func.max(Levering.versjon)).where(*mine, Levering.visning != Visning.MINI).scalar_subquery()
    with reading() as db:
        rows = db.scalars(select(Levering).where(*mine, Levering.versjon >= whole).order_by(Levering.versjon))
        return [_opened(row, seal) for row in rows]


def read_standing(kommune_id: int, bruker_id: UUID, seal: Seal, content: Innhold) -> Innhold:
    """``content`` with what it did not ask, from the versions before it."""
    return standing(content, read_earlier(kommune_id, bruker_id, seal, content))


def read_numbered(kommune_id: int, bruker_id: UUID, seal: Seal, nummer: str) -> Innhold:
    """The delivered version with this receipt number, however it was typed. Raises NotHere."""
    shown = codes.shown_code(codes.normal_code(nummer[:40]))
    with reading() as db:
        row = db.scalar(_mine(kommune_id, bruker_id).where(Levering.nummer == shown))
    if row is None:
        raise NotHere("no such delivery")
    return _opened(row, seal)


def _mine(kommune_id: int, bruker_id: UUID) -> Select[Levering]:
    return select(Levering).where(Levering.kommune_id == kommune_id, Levering.bruker_id == bruker_id)


def _latest(db: Session, row: Kartlegging) -> Levering | None:
    return db.get(Levering, (row.kommune_id, row.siste_levering_id)) if row.siste_levering_id else None


def _freeze(
    who: access.Bruker,
    nokkel: str,
    visning: Visning,
    svar: dict[str, LevertSvar],
    last: Levering | None,
    row: Kartlegging,
) -> Levering:
    now = clock.now()
    today = dates.oslo_date(now)
    limits = settings()
    new = Levering(
        id=ids.new_id(),
        kommune_id=who.kommune_id,
        bruker_id=who.id,
        nummer=codes.shown_code(codes.new_code(NUMBER_LENGTH)),
        versjon=last.versjon + 1 if last else 1,
        forrige_id=last.id if last else None,
        nokkel=nokkel[:KEY_LENGTH],
        visning=visning.value,
        skjema_versjon=SKJEMA.versjon,
        sprak=who.sprak,
        levert=rules.delivered_at(now, row.endret, last.levert if last else None),
        samtale_frist=rules.running_deadline(
            _deadline(today, limits.conversation_days), row.samtale_frist, done=row.samtale_holdt is not None
        ),
        plan_frist=rules.running_deadline(
            _deadline(today, limits.plan_days), row.plan_frist, done=row.plan_fulgt is not None
        ),
    )
    text = canonical(new, svar)
    new.innhold = who.seal.close(text, _place(new))
    new.sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return new


def _deadline(today: date, days: int) -> date:
    """K8: so many days from today; when the kontor is closed that day, the next working day."""
    return dates.add_working_days(dates.add_days(today, days), 0)


def canonical(levering: Levering, svar: Mapping[str, LevertSvar]) -> str:
    """The content as one text that is always written the same way, so that its SHA-256 shows that nothing was changed.

    The salt is there so that nobody who sees the hash can find the answers by guessing.
    """
    content = {
        "salt": secrets.token_hex(16),
        "nummer": levering.nummer,
        "versjon": levering.versjon,
        "skjema": levering.skjema_versjon,
        "visning": levering.visning,
        "sprak": levering.sprak,
        "levert": levering.levert.isoformat(),
        "svar": {
            ident: {
                "verdi": answer.verdi,
                "vil_ikke": answer.vil_ikke,
                "sprak": answer.sprak,
                "skrevet_av": answer.skrevet_av,
                "fortsatt": answer.fortsatt,
            }
            for ident, answer in svar.items()
        },
        "ord": ordlyd.kept({ident: answer.verdi for ident, answer in svar.items()}, levering.sprak),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _start_clock(row: Kartlegging, new: Levering) -> None:
    row.siste_levering_id, row.levert, row.lest, row.tilbudt = new.id, new.levert, None, None
    row.samtale_frist, row.samtale_holdt = new.samtale_frist, None
    row.plan_frist, row.plan_fulgt = new.plan_frist, None
    row.mini_frist = dates.add_days(dates.oslo_date(new.levert), settings().mini_days)
    if row.visning == Visning.MINI:
        row.visning = Visning.FULL.value  # the mini-mapping is done; what is changed next is an ordinary change


def _opened(row: Levering, seal: Seal) -> Innhold:
    content: dict[str, Any] = seal.open_json(row.innhold, _place(row))
    svar = _in_order({ident: LevertSvar(**one) for ident, one in content["svar"].items()})
    return Innhold(**_columns(row), svar=svar, ord=content.get("ord", {}))


def _in_order(svar: Mapping[str, LevertSvar]) -> dict[str, LevertSvar]:
    order = {sporsmal.id: nr for nr, sporsmal in enumerate(SKJEMA.alle())}
    return {ident: svar[ident] for ident in sorted(svar, key=lambda ident: (order.get(ident, len(order)), ident))}


def _says_the_same(last: Innhold, svar: Mapping[str, LevertSvar]) -> bool:
    """Whether ``svar`` holds what the office has already; who confirmed what is no other text."""

    def said(answers: Mapping[str, LevertSvar]) -> dict[str, tuple[Verdi, bool]]:
        return {ident: (one.verdi, one.vil_ikke) for ident, one in answers.items()}

    asked = {sporsmal.id for sporsmal in SKJEMA.alle()}  # a question that is asked no longer is no change
    return said({ident: one for ident, one in last.svar.items() if ident in asked}) == said(svar)


def _receipt(row: Levering, *, ny: bool) -> Kvittering:
    return Kvittering(**_columns(row), ny=ny)


def _columns(row: Levering) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(Versjon)}


def _place(row: Levering) -> Place:
    return Place("levering", "innhold", row.kommune_id, row.id)
