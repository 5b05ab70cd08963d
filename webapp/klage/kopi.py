"""The receipt of a klage, for the bruker to keep (U5)."""

from __future__ import annotations

from flask_babel import get_locale
from flask_babel import gettext as _

from webapp.klage.service import Klagen
from webapp.platform import clock, dates, languages, pdf
from webapp.vedlegg.service import Vedlagt


def receipt(klage: Klagen, filer: list[Vedlagt]) -> bytes:
    """The klage as it was sent, as PDF/UA: number, time, and every word."""
    locale = str(get_locale())
    blocks: list[pdf.Block] = [
        pdf.Rows(
            [
                (_("Nummer"), klage.nummer),
                (_("Sendt"), dates.date_time(klage.laget, locale)),
                (_("Klagen gjelder"), pdf.Text(klage.mot, klage.sprak, own_words=True)),
                (_("Klagefrist"), dates.long_date(klage.klagefrist, locale)),
            ]
        )
    ]
    if klage.for_sent:
        blocks.append(pdf.Notice(_("Klagen kom etter klagefristen. Kontoret vurderer om den kan behandles likevel.")))
    for question, text in (
        (_("Hva er du uenig i, og hvorfor?"), klage.ord.hva),
        (_("Hva ønsker du at kontoret skal gjøre?"), klage.ord.onske),
        (_("Hvorfor kommer klagen nå?"), klage.ord.sent),
    ):
        if text:
            blocks.append(pdf.Answer(question, [pdf.Text(text, klage.sprak, own_words=True)]))
    if filer:
        blocks += [pdf.Heading(_("Vedlegg")), pdf.Bullets([pdf.Text(one.navn, own_words=True) for one in filer])]
    return pdf.make_pdf(pdf.Document(_("Klage"), languages.current(), clock.now(), blocks, footer=_("Medvirk")))
