"""What waits in the matters, for the front page of the bruker and the worklist of the veileder. One query each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import Select, and_, case, exists, func, or_, select

from webapp.klage import lesing as klage
from webapp.klage.rules import Mal
from webapp.platform import clock, dates
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Merke, Nyhet
from webapp.platform.sealing import Seal
from webapp.varsel import apning, rules
from webapp.varsel import ord as koder
from webapp.varsel.models import (
    Avgjorelse,
    Avgjorelsenadd,
    Forhandsvarsel,
    Uttalelse,
    Uttalelseretting,
    Varselonske,
    Varselsak,
    Varselsvar,
)
from webapp.varsel.rules import Tilstand

NEW_FOR = timedelta(days=30)
NEAR = timedelta(days=3)
UNREAD_FOR = timedelta(days=90)
MOST = 5


def for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Nyhet]:  # noqa: ARG001 -- nothing is opened here
    """A notice to read, a deadline, what the office has answered, written down or closed, an avgjørelse.

    One query, and one about klager when a decision that can be appealed has been read.
    """
    with reading() as db:
        rows = db.execute(_mine(kommune_id, bruker_id)).all()
    read = [sak_id for sak_id, *_rest, stated, _reached, opened in rows if stated and opened]
    appealed = klage.mot(kommune_id, bruker_id, Mal.REDUKSJON, read) if read else {}
    lines = list[Nyhet]()
    for sak_id, tilstand, frist, written_down, answered, said, stated, reached, opened in rows:
        path = f"/varsel/{sak_id}"
        if tilstand == "avgjort":
            last = _last_day(stated, reached)
            if not opened:
                lines.append(Nyhet(_("Noe er bestemt etter et varsel. Les hva det er."), f"{path}/avgjorelse", last))
            elif last and sak_id not in appealed:
                lines.append(Nyhet(_until(last), f"{path}/avgjorelse", last))
        elif tilstand == "lukket":
            lines.append(Nyhet(_("Saken er lukket. Du mister ingen penger."), path, venter=False))
        else:
            if _is_news(answered, said):
                lines.append(Nyhet(_("Veilederen din har svart på det du ba om."), f"{path}#onsker", venter=False))
            lines.append(_line(path, tilstand, frist, written_down))
    return lines


def _last_day(stated: date | None, reached: datetime | None) -> date | None:
    """The last day to appeal; None when there is none, and when it has been: one can appeal after it too."""
    last = apning.klagefrist(stated, reached) if stated else None
    return last if last and last >= oslo_date(clock.now()) else None


def _until(last: date) -> str:
    words = dates.long_date(last, str(get_locale()), oslo_date(clock.now()))
    return str(_("Du kan klage til og med %(dato)s.", dato=words))


def _is_news(answered: datetime | None, said: datetime | None) -> bool:
    """Whether an answer is new: who has said something more since, has seen it."""
    if answered is None or clock.now() - answered >= NEW_FOR:
        return False
    return said is None or said <= answered


def _mine(kommune_id: int, bruker_id: UUID) -> Select[Any]:
    """A bruker's matters in which a notice was sent: the open ones, and those that ended in the last month.

    A decision stays as long as it is not read and the office is reminded of it, and as long as one can appeal (U9).
    """
    now = clock.now()

    def of(table: Any, wanted: Any, *where: Any) -> Any:
        return select(wanted).where(table.kommune_id == Varselsak.kommune_id, table.sak_id == Varselsak.id, *where)

    put_right = exists().where(
        Uttalelseretting.kommune_id == Uttalelse.kommune_id, Uttalelseretting.uttalelse_id == Uttalelse.id
    )
    opened = of(Avgjorelsenadd, Avgjorelsenadd.id, Avgjorelsenadd.hvordan == apning.APNET).exists()
    reached = of(Avgjorelsenadd, func.min(Avgjorelsenadd.laget)).scalar_subquery()
    appealable = Avgjorelse.utfall.in_(koder.KLAGBART)
    # Three weeks from when it reached them are over within NEW_FOR, holidays and all (apning.klagefrist).
    runs = or_(Avgjorelse.klagefrist >= oslo_date(now), reached.is_(None), reached > now - NEW_FOR)
    to_confirm = of(Uttalelse, Uttalelse.id, Uttalelse.muntlig_av.is_not(None), ~put_right)
    return (
        select(
            Varselsak.id,
            Varselsak.tilstand,
            Varselsak.frist,
            to_confirm.order_by(Uttalelse.laget.desc(), Uttalelse.id.desc()).limit(1).scalar_subquery(),
            of(Varselsvar, func.max(Varselsvar.laget)).scalar_subquery(),
            of(Uttalelse, func.max(Uttalelse.laget), Uttalelse.muntlig_av.is_(None)).scalar_subquery(),
            case((appealable, Avgjorelse.klagefrist)),
            reached,
            opened,
        )
        .outerjoin(Avgjorelse, (Avgjorelse.kommune_id == Varselsak.kommune_id) & (Avgjorelse.sak_id == Varselsak.id))
        .where(
            Varselsak.kommune_id == kommune_id,
            Varselsak.bruker_id == bruker_id,
            of(Forhandsvarsel, Forhandsvarsel.id).exists(),
            or_(
                Varselsak.tilstand.in_([one.value for one in rules.TOLD]),
                Varselsak.siste > now - NEW_FOR,
                and_(Avgjorelse.id.is_not(None), ~opened, Varselsak.siste > now - UNREAD_FOR),
                and_(appealable, runs),
            ),
        )
        .order_by(Varselsak.laget.desc(), Varselsak.id.desc())
        .limit(MOST)
    )


def _line(path: str, tilstand: str, frist: datetime | None, written_down: UUID | None) -> Nyhet:
    if written_down is not None:
        words = _("Veilederen din har skrevet ned et svar for deg. Se om det stemmer.")
        return Nyhet(words, f"{path}/uttalelse/{written_down}")
    if tilstand in ("uttalt", "veid"):
        return Nyhet(_("Du har svart på varselet. Du kan skrive mer til noe er bestemt."), path, venter=False)
    if tilstand == "varslet" or frist is None:
        return Nyhet(_("Du har fått et varsel. Les det, og svar før noe blir bestemt."), path, haster=True)
    if clock.now() >= frist:
        return Nyhet(_("Fristen for å svare har gått ut, men du kan fortsatt svare."), path, haster=True)
    day = rules.last_day(frist)
    words = dates.long_date(day, str(get_locale()), oslo_date(clock.now()))
    return Nyhet(_("Svar på varselet innen %(dato)s.", dato=words), path, day, haster=True)


def for_liste(kommune_id: int, bruker_ids: Sequence[UUID]) -> dict[UUID, list[Merke]]:
    """What each matter waits for, at the names of a page of the worklist. One query, however long the page is."""
    now, found = clock.now(), dict[UUID, list[Merke]]()
    with reading() as db:
        rows = db.execute(_waiting(kommune_id, bruker_ids)).all()
    for bruker_id, tilstand, frist, words, wishes in rows:
        label = _label(Tilstand(tilstand), frist, words, wishes, now)
        mine = found.setdefault(bruker_id, [])
        if all(label.kode != other.kode for other in mine):
            mine.append(label)
    return found


def _waiting(kommune_id: int, bruker_ids: Sequence[UUID]) -> Select[Any]:
    words = (
        select(func.count())
        .select_from(Uttalelse)
        .where(Uttalelse.kommune_id == Varselsak.kommune_id, Uttalelse.sak_id == Varselsak.id)
        .scalar_subquery()
    )
    wishes = (
        select(func.count())
        .select_from(Varselonske)
        .outerjoin(
            Varselsvar,
            (Varselsvar.kommune_id == Varselonske.kommune_id) & (Varselsvar.onske_id == Varselonske.id),
        )
        .where(
            Varselonske.kommune_id == Varselsak.kommune_id,
            Varselonske.sak_id == Varselsak.id,
            Varselsvar.id.is_(None),
        )
        .scalar_subquery()
    )
    told = exists().where(Avgjorelsenadd.kommune_id == Varselsak.kommune_id, Avgjorelsenadd.sak_id == Varselsak.id)
    decided = exists().where(
        Avgjorelse.kommune_id == Varselsak.kommune_id,
        Avgjorelse.sak_id == Varselsak.id,
        Avgjorelse.utfall.in_(koder.KLAGBART),
    )
    # U9: what can be appealed is to reach them. Of what was decided before this was kept, nobody knows.
    unread = and_(decided, ~told, Varselsak.siste > clock.now() - UNREAD_FOR)
    return (
        select(Varselsak.bruker_id, Varselsak.tilstand, Varselsak.frist, words, wishes)
        .where(
            Varselsak.kommune_id == kommune_id,
            Varselsak.bruker_id.in_(list(bruker_ids)),
            Varselsak.tilstand.in_([one.value for one in rules.OPEN]) | unread,
        )
        .order_by(Varselsak.frist.is_(None), Varselsak.frist, Varselsak.id)
    )


def _label(tilstand: Tilstand, frist: datetime | None, words: int, wishes: int, now: datetime) -> Merke:
    day, out = (rules.last_day(frist), now >= frist) if frist else (None, False)
    if tilstand is Tilstand.NOTERT:
        return Merke("varsel_notert", _("Noe er notert. Snakk med brukeren"))
    if tilstand is Tilstand.AVGJORT:
        return Merke("varsel_ulest", _("Avgjørelse ikke åpnet. Ta kontakt"), haster=True, ring=True)
    if not wishes and not words and tilstand is Tilstand.NADD and not out:
        near = frist is not None and frist - now < NEAR
        if near:
            return Merke("varsel_frist_nar", _("Fristen for å svare er nær"), day, haster=True)
        return Merke("varsel_frist", _("Varsel: fristen løper"), day)
    if tilstand is Tilstand.VARSLET:
        return Merke("varsel_ikke_apnet", _("Varsel ikke åpnet. Ta kontakt"), haster=True, ring=True)
    if wishes:
        code, text = "varsel_onske", _("Ønske om varsel er ikke besvart")
    elif tilstand is Tilstand.UTTALT:
        code, text = "varsel_uttalelse", _("Uttalelse kommet")
    else:
        code, text = "varsel_avgjorelse", _("Avgjørelse gjenstår")
    return Merke(code, text, day if wishes else None, haster=True)
