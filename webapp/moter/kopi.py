"""A shared note as PDF, for the bruker to keep (S3)."""

from __future__ import annotations

from flask_babel import get_locale
from flask_babel import gettext as _

from webapp.kartlegging.skjema.samtalenotat import PUNKTER
from webapp.moter.notat import Delt
from webapp.moter.service import Motet
from webapp.platform import clock, dates, languages, pdf
from webapp.platform.dates import oslo_date

NOTE_LANGUAGE = "nb"  # the office writes its notes in Norwegian


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
        parts = [(f"{punkt.id}-{felt.id}", felt.tittel) for felt in punkt.felt] or [(punkt.id, punkt.tittel)]
        written = [(str(title), delt.innhold[name]) for name, title in parts if name in delt.innhold]
        if not written:
            continue
        blocks.append(pdf.Heading(f"{punkt.nr}. {punkt.tittel}"))
        for title, text in written:
            if punkt.felt:
                blocks.append(pdf.Heading(title, 2))
            blocks.append(pdf.Paragraph(_theirs(text)))
    if delt.kommentarer:
        blocks.append(pdf.Heading(_("Det du har skrevet til notatet")))
        blocks += [pdf.Paragraph(pdf.Text(k.tekst, k.sprak, own_words=True)) for k in delt.kommentarer]
    return pdf.make_pdf(pdf.Document(_("Samtalenotat"), languages.current(), clock.now(), blocks, footer=_("Medvirk")))


def _theirs(text: str) -> pdf.Text:
    return pdf.Text(text, NOTE_LANGUAGE, own_words=True)
