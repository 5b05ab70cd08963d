"""A shared note as PDF, for the bruker to keep (S3)."""

from __future__ import annotations

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.kartlegging.skjema.samtalenotat import PUNKTER
from webapp.moter.lesing import Motet
from webapp.moter.notat import Delt
from webapp.platform import clock, dates, languages, pdf
from webapp.platform.dates import oslo_date
from webapp.platform.datotekst import typed_day

NOTE_LANGUAGE = "nb"  # the office writes its notes in Norwegian
# K1: who typed a comment in the bruker's own session, when it was not the bruker.
HVEM_SKREV = {"hjelper": _l("Skrevet av en hjelper"), "ansatt": _l("Skrevet av en ansatt")}


def note_pdf(mote: Motet, delt: Delt) -> bytes:
    """The shared version ``delt`` of the note of ``mote`` as PDF/UA, headings in the reader's language."""
    locale, today = str(get_locale()), oslo_date(clock.now())
    blocks: list[pdf.Block] = [
        pdf.Rows(
            [
                (_("Møtet var"), dates.date_time(mote.nar, locale, today)),
                (_("Notatet er skrevet av"), pdf.Text(delt.ansatt_navn, own_words=True)),
                (_("Delt med deg"), dates.date_time(delt.delt, locale, today)),
                (_("Versjon"), str(delt.versjon)),
            ]
        )
    ]
    for punkt in PUNKTER:
        if punkt.id in delt.innhold:
            blocks += [pdf.Heading(f"{punkt.nr}. {punkt.tittel}"), pdf.Paragraph(_theirs(delt.innhold[punkt.id]))]
        parts = [felt for felt in punkt.felt if f"{punkt.id}-{felt.id}" in delt.innhold]
        if parts:
            blocks.append(pdf.Heading(f"{punkt.nr}. {punkt.tittel}"))
        for felt in parts:
            text = delt.innhold[f"{punkt.id}-{felt.id}"]
            day = typed_day(text) if felt.dato else None
            blocks.append(pdf.Heading(str(felt.tittel), 2))
            blocks.append(pdf.Paragraph(dates.long_date(day, locale) if day else _theirs(text)))
    if delt.kommentarer:
        blocks.append(pdf.Heading(_("Det du har skrevet til notatet")))
        for k in delt.kommentarer:
            blocks.append(pdf.Paragraph(pdf.Text(k.tekst, k.sprak, own_words=True)))
            if k.skrevet_av in HVEM_SKREV:
                blocks.append(pdf.Paragraph(str(HVEM_SKREV[k.skrevet_av]), quiet=True))
    return pdf.make_pdf(pdf.Document(_("Samtalenotat"), languages.current(), clock.now(), blocks, footer=_("Medvirk")))


def _theirs(text: str) -> pdf.Text:
    return pdf.Text(text, NOTE_LANGUAGE, own_words=True)
