"""A matter from the side of the office, until the notice has arrived (U1–U3). Then: horing.py and avgjore.py."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from webapp.identitet import service as identitet
from webapp.identitet.adgang import Sak
from webapp.identitet.okter import settings
from webapp.identitet.tur import queue_up
from webapp.platform import access, audit, clock, ids, languages
from webapp.platform.database import reading, writing
from webapp.platform.dates import oslo_date
from webapp.platform.lov import UTTALELSE_VIRKEDAGER
from webapp.varsel import grunn, lesing, paminn, rules, tekst
from webapp.varsel.ankomst import open_notice, reached
from webapp.varsel.lesing import Saken, place
from webapp.varsel.models import Forhandsvarsel, Varsellukking
from webapp.varsel.notat import Notat, note
from webapp.varsel.ord import FANT_ARBEID
from webapp.varsel.rules import Handling, NotPossible
from webapp.varsel.steg import Moved, begin
from webapp.varsel.steg import close as close_matter
from webapp.varsel.tekst import Parametre

__all__ = [
    "MoreThanSaid",
    "NoGround",
    "NoReason",
    "Notat",
    "Utkastvarsel",
    "close",
    "moment",
    "note",
    "open_notice",
    "parameters",
    "preview",
    "reached",
    "send",
    "today",
]


@dataclass(frozen=True, slots=True)
class Utkastvarsel:
    """What the veileder decides about a notice; the rest the program knows."""

    hvorfor: str
    belop: int
    maneder: int
    virkedager: int = UTTALELSE_VIRKEDAGER


class NoGround(NotPossible):
    """Something is missing under the notice (V2, U1). ``mangler``: what, as codes of the room vilkår."""

    def __init__(self, mangler: tuple[str, ...]) -> None:
        super().__init__("no ground")
        self.mangler = mangler


class NoReason(Exception):
    """The bruker has said or asked for something that nobody has answered: the matter is not closed without a word."""


class MoreThanSaid(Exception):
    """V2: the notice considers more than the vilkår said could follow."""

    def __init__(self, belop: int, maneder: int) -> None:
        super().__init__("more than the vilkår says")
        self.belop, self.maneder = belop, maneder


def parameters(sak: Sak, matter: Saken, draft: Utkastvarsel, sprak: Iterable[str]) -> Parametre:
    """The notice's parameters if it were sent now, with the vilkår in each of ``sprak``. Raises MoreThanSaid."""
    with reading() as db:
        most = grunn.limits(db, sak.kommune_id, sak.bruker_id, sak.seal, matter.vilkarversjon_id)
        if draft.belop > most[0] or draft.maneder > most[1]:
            raise MoreThanSaid(*most)
        given = grunn.given_before(db, sak.kommune_id, matter.vilkar_id, matter.id)
        vedtak = grunn.vedtak_of(db, sak.kommune_id, sak.bruker_id, matter.vilkarversjon_id)
        spoken = grunn.words_of(sak.kommune_id, sak.bruker_id, sak.seal, matter.vilkarversjon_id, sprak)
        responsible = grunn.responsible(db, sak.kommune_id, sak.bruker_id)
        now = max(audit.moment(db, sak.kommune_id), matter.siste)
    return Parametre(
        vilkar=spoken,
        hendt=[(one.dato.isoformat(), one.hva) for one in matter.brudd],
        hvorfor=draft.hvorfor,
        ytelse=vedtak.ytelse,
        belop=draft.belop,
        maneder=draft.maneder,
        tidligst=max(rules.deadline_day(now, _working_days(draft)), given or date.min).isoformat(),
        veileder=responsible,
        telefon=identitet.kontor(sak.kommune_id, sak.kontor_id).telefon,
    )


def preview(sak: Sak, matter: Saken, mangler: tuple[str, ...], draft: Utkastvarsel) -> dict[str, tekst.Avsnitt]:
    """The notice as the bruker will read it, in bokmål and in their language. Raises NoGround, MoreThanSaid."""
    if mangler:
        raise NoGround(mangler)
    sprak = tekst.languages_for(sak.sprak)
    return tekst.varsel(parameters(sak, matter, draft, sprak), sprak)


def send(who: access.Ansatt, sak: Sak, sak_id: UUID, varsel_id: UUID, draft: Utkastvarsel, steg: int) -> None:
    """Send the notice, once. The same form sent again changes nothing; other words from it are refused, not dropped.

    Raises NoGround, MoreThanSaid, lesing.NotHere, rules.NotPossible, steg.Moved.
    """
    languages.read_all()
    with writing() as db:
        sent = db.get(Forhandsvarsel, (sak.kommune_id, varsel_id))
        if sent is not None and sent.sak_id == sak_id:
            lesing.rows(db, sak.kommune_id, sak.bruker_id, sak_id, lock=True)
            if _sent(sent, sak) == (draft.hvorfor, draft.belop, draft.maneder, _working_days(draft)):
                return
            raise Moved("sent with other words")
        # Before the matter: of two notices about one vilkår that are sent at once, the second sees the first.
        queue_up(db, sak.kommune_id, sak.bruker_id)
        before = lesing.rows(db, sak.kommune_id, sak.bruker_id, sak_id, lock=True)
        found = grunn.find(db, sak.kommune_id, sak.bruker_id, before.sak.vilkar_id)
        missing = grunn.missing_here(db, found, before, oslo_date(audit.moment(db, sak.kommune_id)))
        if missing:
            raise NoGround(missing)
        step = begin(db, sak.kommune_id, sak.bruker_id, sak_id, Handling.VARSLE, "ansatt", steg=steg, grunnlag=True)
        matter = lesing.opened(step.rader, sak.seal, {})
        one = parameters(sak, matter, draft, tekst.ALLE)
        row = Forhandsvarsel(
            id=varsel_id if sent is None else ids.new_id(),
            kommune_id=sak.kommune_id,
            sak_id=sak_id,
            ansatt_id=who.id,
            sprak=tekst.languages_for(sak.sprak)[-1],
            belop=one.belop,
            maneder=one.maneder,
            virkedager=_working_days(draft),
            tidligst=date.fromisoformat(one.tidligst),
            sendt=step.na,
        )
        row.innhold = sak.seal.close_json(one.as_json(), place(row, "innhold"))
        row.tekst = sak.seal.close_json(tekst.varsel(one, tekst.ALLE), place(row, "tekst"))
        # Over the sealed bytes: a hash of words in clear, lying unsealed beside them, could be guessed at.
        row.sha256 = hashlib.sha256(row.tekst).digest()
        db.add(row)
        step.done(db)
        paminn.sent(db, sak.bruker_id, row)
        audit.record(db, sak.kommune_id, "varsel_sendt", who.actor, bruker_id=sak.bruker_id, sak_id=sak_id)


def close(who: access.Ansatt, sak: Sak, sak_id: UUID, lukking_id: UUID, why: str, words: str) -> None:
    """Close a matter with nothing taken.

    Raises NoReason (what the bruker said would be left unanswered), lesing.NotHere, rules.NotPossible.
    """
    with writing() as db:
        there = db.get(Varsellukking, (sak.kommune_id, lukking_id))
        if there is not None and there.sak_id == sak_id:
            lesing.rows(db, sak.kommune_id, sak.bruker_id, sak_id, lock=True)
            if (there.grunn, lesing.words(there, "tekst", sak.seal)) == (why, words):
                return
        step = begin(db, sak.kommune_id, sak.bruker_id, sak_id, Handling.LUKK, "ansatt")
        answered = words.strip() or why == FANT_ARBEID
        if not answered and rules.owes_an_answer(step.rader.fakta(grunnlag=False)):
            raise NoReason
        close_matter(db, step, sak.seal, lukking_id if there is None else ids.new_id(), why, words, who.id)
        step.done(db)
        audit.record(db, sak.kommune_id, "varsel_lukket", who.actor, bruker_id=sak.bruker_id, sak_id=sak_id, grunn=why)


def _sent(row: Forhandsvarsel, sak: Sak) -> tuple[str, int, int, int]:
    hvorfor = str(lesing.content(row, "innhold", sak.seal)["hvorfor"])
    return hvorfor, row.belop, row.maneder, row.virkedager


def today() -> date:
    """The date in Norway now."""
    return oslo_date(clock.now())


def _working_days(draft: Utkastvarsel) -> int:
    """Never fewer than the kommune gives, which is never fewer than the law table's floor."""
    return min(max(draft.virkedager, settings().uttalelse_virkedager), rules.MOST_WORKING_DAYS)


def moment(matter: Saken) -> datetime:
    """The moment a step in the matter would have now: see steg.py."""
    return max(clock.now(), matter.siste)
