"""The plan to take along: as PDF, and its days for the phone's calendar."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _

from webapp.plan import gjentas, katalog
from webapp.plan.innhold import Steg
from webapp.plan.rules import Tilstand
from webapp.plan.service import Planen
from webapp.platform import calendar, clock, dates, languages, pdf
from webapp.platform.sealing import Seal

AGREED = (Tilstand.AVTALT, Tilstand.PAUSE, Tilstand.GJORT)
WAITING = (Tilstand.FORESLATT_NAV, Tilstand.FORESLATT_BRUKER, Tilstand.IKKE_NYTTIG, Tilstand.AVSLATT)


AGAIN = {"daglig": "daily", "ukentlig": "weekly", "annenhver_uke": "fortnightly", "manedlig": "monthly"}


def plan_ics(bruker_id: UUID, seal: Seal, planen: Planen) -> bytes:
    """Every day in the plan. S6: the calendar says that there is something to do, and not what."""
    days = [
        _entry(one, one.forslag.frist, seal)
        for one in planen.steg
        if one.tilstand is Tilstand.AVTALT and one.forslag.frist is not None
    ]
    if planen.evaluering is not None and planen.versjon:
        name = calendar.uid(seal, "evaluering", bruker_id)
        days.append(calendar.Day(name, planen.evaluering, _("Avtale"), planen.versjon))
    return calendar.days_ics(days, made=clock.now(), language=languages.current())


def _entry(steg: Steg, frist: date, seal: Seal) -> calendar.Day:
    """A step once on its last day; one that comes again and again, from its first day on until the last.

    Without a first day it is counted back from the last to the day it was agreed on: the weekday is that of the last.
    """
    name, again = calendar.uid(seal, "steg", steg.id), AGAIN.get(steg.forslag.hvor_ofte, "")
    first = frist
    if again:
        first = steg.forslag.start or gjentas.first_time(frist, steg.forslag.hvor_ofte, dates.oslo_date(steg.endret))
    return calendar.Day(name, first, _("Oppgave"), steg.stand.versjon - 1, again, frist)


def plan_pdf(planen: Planen) -> bytes:
    """The plan as it stands, as PDF/UA, in the language of the page."""
    blocks: list[pdf.Block] = []
    facts: list[tuple[pdf.Words, pdf.Words]] = [(_("Utgave"), str(planen.versjon))] if planen.versjon else []
    if planen.evaluering:
        facts.append((_("Vi ser på planen sammen"), _day(planen.evaluering)))
    if facts:
        blocks.append(pdf.Rows(facts))
    goals = [one for one in planen.mal if one.tilstand != "lagt_bort"]
    if goals:
        blocks.append(pdf.Heading(_("Målene mine")))
        blocks.append(pdf.Bullets([pdf.Text(one.tekst, one.sprak, own_words=True) for one in goals]))
    for title, states in ((_("Dette er avtalt"), AGREED), (_("Forslag som venter på svar"), WAITING)):
        steps = [one for one in planen.steg if one.tilstand in states]
        if steps:
            blocks.append(pdf.Heading(title))
        for one in steps:
            blocks += _step(one)
    if not blocks:
        blocks.append(pdf.Paragraph(_("Det står ikke noe i planen ennå.")))
    return pdf.make_pdf(pdf.Document(_("Planen min"), languages.current(), clock.now(), blocks, footer=_("Medvirk")))


def _step(steg: Steg) -> list[pdf.Block]:
    said = steg.forslag
    who: pdf.Words = str(katalog.ANSVAR[said.ansvar])
    rows: list[tuple[pdf.Words, pdf.Words]] = [
        (_("Hvorfor"), pdf.Text(said.hvorfor, steg.sprak, own_words=True)),
        (_("Hvem gjør det"), pdf.Text(f"{who} – {said.hvem}" if said.hvem else str(who), own_words=True)),
        (_("Hvor ofte"), str(katalog.HVOR_OFTE[said.hvor_ofte])),
        (_("Status"), str(katalog.TILSTAND[steg.tilstand][1])),
    ]
    if said.start:
        rows.insert(1, (_("Begynner"), _day(said.start)))
    if said.frist:
        rows.insert(1, (_("Innen"), _day(said.frist)))
    return [pdf.Heading(pdf.Text(said.hva, steg.sprak, own_words=True), 2), pdf.Rows(rows)]


def _day(day: date) -> str:
    return dates.long_date(day, str(get_locale()))
