"""What the office does next with each matter of a bruker, for the page of a case: in one query, however many there are.

The facts that the rules need are counted by the database. The tests hold them equal to those of the opened matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from webapp.platform import clock, dates, languages
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Steg, i_saken
from webapp.platform.sealing import Place, Seal
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
    Veiing,
)
from webapp.varsel.nytt import UNREAD_FOR
from webapp.varsel.rules import Fakta, Handling, Tilstand
from webapp.vilkar.tekst import plain

MOST = 20  # open matters come first; more than this nobody has
# What the code of rules.next_step has the office do; it waits at the others.
GJOR: dict[str, Handling] = {
    "send": Handling.VARSLE,
    "nadd": Handling.NA,
    "svar": Handling.SVAR,
    "vei": Handling.VEI,
    "avgjor": Handling.AVGJOR,
}


@dataclass(frozen=True, slots=True)
class Apen:
    """A matter with what the rules need to know of it."""

    id: UUID
    vilkar_id: UUID
    tilstand: Tilstand
    fakta: Fakta
    siste: datetime
    onske: tuple[UUID, str] | None  # the first wish without an answer, and its kind
    vilkar: dict[str, str]  # the vilkår in one line, as the notice has it; empty before one is sent
    utfall: str | None
    klagefrist: date | None
    lest: bool  # the avgjørelse has reached the bruker (U9)

    @property
    def na(self) -> datetime:
        """The moment a step would have now: never before the latest one."""
        return max(clock.now(), self.siste)

    @property
    def ulest(self) -> bool:
        """U9: whether something was decided that can be appealed, and has not reached the bruker."""
        return self.utfall in koder.KLAGBART and not self.lest and self.siste > clock.now() - UNREAD_FOR

    @property
    def neste(self) -> str:
        """The code of the next right step."""
        return rules.next_step(self.tilstand, self.fakta, self.na)


def matters(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Apen]:
    """Every matter, the open ones first.

    Whether the ground of a noted one is complete is not asked here: its next step is to talk, whatever is missing.
    """
    with reading() as db:
        rows = db.execute(_query(kommune_id, bruker_id)).all()
    return [_opened(row, kommune_id, seal) for row in rows]


def for_sak(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Steg]:
    """Where each open matter stands, and the next right step with it. One query."""
    today = oslo_date(clock.now())
    every = matters(kommune_id, bruker_id, seal)
    lines = [
        _line(bruker_id, one, today)
        for one in every
        if one.tilstand in rules.OPEN or one.ulest or (one.klagefrist is not None and one.klagefrist >= today)
    ]
    if every and not lines:
        words = _("Ingen sak om varsel er åpen.")
        lines = [Steg("varsel_ingen", _("Varsler"), words, i_saken(bruker_id, "varsel/"))]
    return lines


def _line(bruker_id: UUID, one: Apen, today: date) -> Steg:
    address, step = i_saken(bruker_id, f"varsel/{one.id}"), one.neste
    day = rules.last_day(one.fakta.frist) if one.fakta.frist else None
    spelled = dates.long_date(day, str(get_locale()), today) if day else ""
    words, do, where = _("Noe er notert. Ingenting er sendt til brukeren."), "", ""
    match step:
        case "send":
            do = _("Snakk med brukeren om det som er notert")
        case "nadd":
            words = _("Varselet er sendt. Fristen begynner ikke å løpe før brukeren har fått det.")
            do, where = _("Kontakt brukeren: varselet er ikke åpnet"), "/nadd"
        case "svar" if one.onske:
            words = _("Brukeren har bedt om noe: %(hva)s.", hva=koder.ONSKER_OM[one.onske[1]])
            do, where = _("Svar på ønsket"), f"/onske/{one.onske[0]}"
        case "vei" if one.fakta.ord:
            words, do, where = _("Brukeren har svart på varselet."), _("Vei uttalelsen"), "/vei"
        case "vei":
            words, where = _("Fristen er ute, og brukeren har ikke svart."), "/vei"
            do = _("Skriv hva du legger vekt på")
        case "avgjor":
            words, do, where = _("Alt er veid."), _("Velg resultatet"), "/avgjor"
        case "vent" if one.fakta.ord:
            words = _("Brukeren kan rette eller bekrefte det som er skrevet ned, til og med %(dato)s.", dato=spelled)
        case "vent":
            words = _("Brukeren har fått varselet, og kan svare til og med %(dato)s.", dato=spelled)
        case "ferdig":
            words, do, where = _ended(one, today)
    return Steg(
        f"varsel_{step}",
        _("Varsler"),
        words,
        address,
        do,
        f"{address}{where}" if do else "",
        om=_title(one),
        frist=day if step == "svar" else None,
        haster=step in ("nadd", "svar", "vei", "avgjor") or one.ulest,
        vilkar_id=one.vilkar_id if one.tilstand in rules.OPEN else None,
    )


def _ended(one: Apen, today: date) -> tuple[str, str, str]:
    """Of a decided matter: where it stands, what is done with it, and where."""
    if one.ulest:
        words = _("Noe er bestemt. Brukeren har ikke åpnet det.")
        return words, _("Kontakt brukeren: avgjørelsen er ikke åpnet"), "/nadd"
    outcome = koder.UTFALL[one.utfall or "ingen"]
    if one.utfall not in koder.KLAGBART or one.klagefrist is None:
        return _("Saken er avgjort: %(utfall)s.", utfall=outcome), "", ""
    last = dates.long_date(one.klagefrist, str(get_locale()), today)
    words = _("Saken er avgjort: %(utfall)s. Brukeren kan klage til og med %(dato)s.", utfall=outcome, dato=last)
    return words, "", ""


def _title(one: Apen) -> str | Markup:
    """The vilkår in one line, in the language of the page, else in bokmål."""
    code = str(get_locale())
    code = code if code in one.vilkar else "nb"
    if code not in one.vilkar:
        return ""
    return Markup('<bdi lang="{}" dir="auto" data-bruker-tekst>{}</bdi>').format(
        languages.tag(code), plain(one.vilkar[code])
    )


def _query(kommune_id: int, bruker_id: UUID) -> Any:
    def of(table: Any, *what: Any, where: tuple[Any, ...] = ()) -> Select[Any]:
        return select(*(what or (table.id,))).where(
            table.kommune_id == Varselsak.kommune_id, table.sak_id == Varselsak.id, *where
        )

    def number(table: Any, *where: ColumnElement[bool]) -> Any:
        return of(table, func.count(), where=where).scalar_subquery()

    unanswered = (
        ~select(Varselsvar.id)
        .where(Varselsvar.kommune_id == Varselonske.kommune_id, Varselsvar.onske_id == Varselonske.id)
        .exists()
    )
    ordered = (Varselonske.laget, Varselonske.slag, Varselonske.id)
    return (
        select(
            Varselsak,
            Forhandsvarsel.id,
            Forhandsvarsel.innhold,
            Avgjorelse.utfall,
            Avgjorelse.klagefrist,
            of(Avgjorelsenadd, func.min(Avgjorelsenadd.laget)).scalar_subquery().label("nadd"),
            (number(Uttalelse) + number(Uttalelseretting)).label("ord"),
            of(Uttalelse, where=(Uttalelse.muntlig_av.is_not(None),)).exists().label("muntlig"),
            or_(
                of(Uttalelse, where=(Uttalelse.muntlig_av.is_(None), Uttalelse.skrevet_av != "ansatt")).exists(),
                of(Uttalelseretting, where=(Uttalelseretting.skrevet_av != "ansatt",)).exists(),
            ).label("egne"),
            or_(
                of(Uttalelse, where=(Uttalelse.fant_arbeid,)).exists(),
                of(Uttalelseretting, where=(Uttalelseretting.fant_arbeid,)).exists(),
            ).label("fant_arbeid"),
            of(Veiing, Veiing.antall).order_by(Veiing.laget.desc(), Veiing.id.desc()).limit(1).scalar_subquery(),
            of(Varselsvar, where=(Varselsvar.ny_frist.is_not(None),)).exists().label("forlenget"),
            number(Varselonske, unanswered).label("ubesvart"),
            of(Varselonske, where=(unanswered,)).order_by(*ordered).limit(1).scalar_subquery(),
            of(Varselonske, Varselonske.slag, where=(unanswered,)).order_by(*ordered).limit(1).scalar_subquery(),
        )
        .outerjoin(
            Forhandsvarsel,
            and_(Forhandsvarsel.kommune_id == Varselsak.kommune_id, Forhandsvarsel.sak_id == Varselsak.id),
        )
        .outerjoin(Avgjorelse, and_(Avgjorelse.kommune_id == Varselsak.kommune_id, Avgjorelse.sak_id == Varselsak.id))
        .where(Varselsak.kommune_id == kommune_id, Varselsak.bruker_id == bruker_id)
        .order_by(Varselsak.tilstand.in_(("avgjort", "lukket")), Varselsak.laget.desc(), Varselsak.id.desc())
        .limit(MOST)
    )


def _opened(row: Any, kommune_id: int, seal: Seal) -> Apen:
    sak, notice_id, content, utfall, stated, told, words, spoken, own, work, weighed, more, wishes, wish, kind = row
    said = seal.open_json(content, Place("forhandsvarsel", "innhold", kommune_id, notice_id)) if content else {}
    fakta = Fakta(
        grunnlag=True,
        ord=words,
        muntlig=bool(spoken),
        egne=bool(own),
        veid=-1 if weighed is None else weighed,
        frist=sak.frist,
        forlenget=bool(more),
        ubesvart=wishes,
        fant_arbeid=bool(work),
    )
    titles = {kode: lines[0] for kode, lines in said.get("vilkar", {}).items()}
    waiting = (wish, kind) if wish is not None else None
    # U9: it counts from when the decision reached them. Until then there is no day to give (ulest).
    last = apning.klagefrist(stated, told) if told and utfall in koder.KLAGBART else stated
    lest = told is not None
    return Apen(sak.id, sak.vilkar_id, Tilstand(sak.tilstand), fakta, sak.siste, waiting, titles, utfall, last, lest)
