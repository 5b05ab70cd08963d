"""Delivery: the answers are frozen as a version (K7), once however often it is sent, and the clock starts (K8)."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from webapp.identitet import rules as codes
from webapp.identitet.okter import settings
from webapp.kartlegging import besvart, ordlyd, paminn, rules, runde, service, svarrader, versjoner
from webapp.kartlegging.models import Kartlegging, Levering
from webapp.kartlegging.rules import Verdi
from webapp.kartlegging.runde import Sagt
from webapp.kartlegging.service import Utfylt
from webapp.kartlegging.skjema import SKJEMA, Visning
from webapp.kartlegging.versjoner import Innhold, LevertSvar, Versjon
from webapp.platform import access, audit, clock, dates, ids
from webapp.platform.database import writing

NUMBER_LENGTH = 8  # 23^8: no two receipts alike, and short enough to read on the phone
KEY_LENGTH = 64


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


class Changed(Exception):
    """What would be delivered is not what the bruker looked over."""


def deliver(who: access.Bruker, nokkel: str, seen: str | None = None) -> Kvittering:
    """Freeze what the bruker has answered as a new version, in one transaction, and start the clock (K8).

    ``nokkel`` is the page's idempotency key: the same key, or nothing changed since the last delivery, gives the
    receipt there is. An answer that we cannot read as a number is delivered as typed (K11). ``seen``: the fingerprint
    of what the page showed, None for a page that does not say: nobody hands over what they have not seen (K1). Raises
    NotReady; Changed.
    """
    with writing() as db:
        svarrader.queue_up(db, who.kommune_id, who.id, who.seal)
        row = db.get(Kartlegging, (who.kommune_id, who.id))
        if row is None:
            raise NotReady([])
        last = _latest(db, row)
        same = db.scalar(versjoner.mine(who.kommune_id, who.id).where(Levering.nokkel == nokkel[:KEY_LENGTH]))
        answers = service.all_answers(who.kommune_id, who.id, who.seal)
        stands = _standing(who, last or same)
        changed = stands is None or not _says_the_same(stands, frozen(answers, Visning.FULL))
        if same is not None:
            return replace(_receipt(same, ny=False), endret_siden=changed)
        visning = delivered_view(Visning(row.visning), answers, row.levert)
        sagt = runde.said(answers, stands, i_runde=row.visning == Visning.MINI)
        svar = frozen(answers, visning, sagt)
        too_long = [ident for ident, answer in svar.items() if is_too_long(ident, answer.verdi)]
        if too_long or not svar:
            raise NotReady(too_long)
        if last is not None and not changed and not runde.is_news(answers, sagt, svar):
            return _receipt(last, ny=False)
        if seen is not None and seen != fingerprint(visning, svar):
            raise Changed
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
    beyond = any(
        rules.written_since(levert, one.endret) for ident, one in answers.items() if ident not in versjoner.in_mini()
    )
    return Visning.FULL if beyond or levert is None else visning


def frozen(
    answers: Mapping[str, Utfylt], visning: Visning, sagt: Mapping[str, Sagt] | None = None
) -> dict[str, LevertSvar]:
    """What a delivery holds. A mini-mapping stands by itself: its own questions only; every other holds all there is.

    ``sagt``: what is said of the answers that are as they were (``runde.said``).
    «Vil ikke svare» means that nothing is handed over, whatever else was written there (K2).
    """
    asked = versjoner.in_mini() if visning is Visning.MINI else None
    svar = {}
    for sporsmal in SKJEMA.alle():
        answer = answers.get(sporsmal.id)
        if answer is None or (asked is not None and sporsmal.id not in asked):
            continue
        empty: Verdi = [] if isinstance(answer.verdi, list) else ""
        verdi = empty if answer.vil_ikke else answer.verdi
        if answer.vil_ikke or (verdi if isinstance(verdi, list) else verdi.strip()):
            what = sagt.get(sporsmal.id) if sagt else None
            svar[sporsmal.id] = LevertSvar(
                verdi,
                answer.vil_ikke,
                answer.sprak,
                answer.skrevet_av,
                fortsatt=what is Sagt.FORTSATT,
                endret=what is Sagt.ENDRET,
                fra_for=what is Sagt.FRA_FOR,
            )
    return svar


def fingerprint(visning: Visning, svar: Mapping[str, LevertSvar]) -> str:
    """A short mark of what is delivered in ``visning`` (``frozen``), so that a page can say what it showed."""
    shown = {
        ident: (one.verdi, one.vil_ikke, one.skrevet_av, one.fortsatt, one.endret, one.fra_for)
        for ident, one in svar.items()
    }
    content = json.dumps([visning.value, shown], sort_keys=True).encode()
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def is_too_long(sporsmal_id: str, verdi: Verdi) -> bool:
    """Whether a text is longer than what can be delivered."""
    limit = rules.text_limit(SKJEMA.sporsmal(sporsmal_id))
    return limit is not None and len(verdi) > limit


def _latest(db: Session, row: Kartlegging) -> Levering | None:
    return db.get(Levering, (row.kommune_id, row.siste_levering_id)) if row.siste_levering_id else None


def _standing(who: access.Bruker, row: Levering | None) -> Innhold | None:
    if row is None:
        return None
    return versjoner.read_standing(who.kommune_id, who.id, who.seal, versjoner.opened(row, who.seal))


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
    new.innhold = who.seal.close(text, versjoner.place(new))
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
                "endret": answer.endret,
                "fra_for": answer.fra_for,
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


def _says_the_same(last: Innhold, svar: Mapping[str, LevertSvar]) -> bool:
    """Whether ``svar`` holds what the office has already; who confirmed what is no other text."""

    def said(answers: Mapping[str, LevertSvar]) -> dict[str, tuple[Verdi | None, bool]]:
        return {ident: runde.the_answer(one) for ident, one in answers.items()}

    asked = {sporsmal.id for sporsmal in SKJEMA.alle()}  # a question that is asked no longer is no change
    return said({ident: one for ident, one in last.svar.items() if ident in asked}) == said(svar)


def _receipt(row: Levering, *, ny: bool) -> Kvittering:
    return Kvittering(**versjoner.columns(row), ny=ny)
