"""The notice, the uttalelse and the avgjørelse as tagged PDF, for the bruker to keep (U5, U9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from webapp.platform import dates, languages, pdf
from webapp.varsel import ord as koder
from webapp.varsel.lesing import Sagt, Saken, Uttalelsen
from webapp.vilkar.tekst import plain

Make = Callable[[], bytes]


def notice(matter: Saken, sprak: str) -> bytes:
    """The notice as it was sent, in ``sprak`` when it was made in that language. Raises pdf.PdfError."""
    assert matter.varsel is not None
    kode = sprak if sprak in matter.varsel.tekst else "nb"
    facts: list[tuple[pdf.Words, pdf.Words]] = [(_("Sendt"), _time(matter.varsel.sendt))]
    if matter.frist_dag is not None:
        facts.append((_("Du har tid til og med"), dates.long_date(matter.frist_dag, languages.current())))
    return pdf.make_pdf(
        pdf.Document(
            title=_("Varsel"),
            lang=languages.current(),
            made=matter.varsel.sendt,
            blocks=[
                pdf.Rows(facts),
                *_sections(matter.varsel.tekst[kode], kode),
                pdf.Paragraph(_("Kontrollsum (SHA-256): %(sum)s", sum=matter.varsel.sha256), quiet=True),
            ],
            footer=_("Medvirk"),
        )
    )


def receipt(said: Uttalelsen) -> bytes:
    """Number, time, and every word of an uttalelse. Raises pdf.PdfError."""
    facts: list[tuple[pdf.Words, pdf.Words]] = [
        (_("Nummer"), pdf.Text(said.nummer, lang="nb")),
        (_("Sendt"), _time(said.laget)),
    ]
    if said.muntlig_av:
        facts.append((_("Skrevet ned av"), pdf.Text(said.muntlig_av, "nb", own_words=True)))
    if said.for_sent:
        facts.append((_("Merk"), _("Kommet etter fristen. Det blir lest og tatt med likevel.")))
    blocks: list[pdf.Block] = [pdf.Rows(facts), *_said(said.sagt, said.sprak)]
    for corrected, moment, sprak in said.rettinger:
        blocks += [pdf.Heading(_("Rettet %(tid)s", tid=_time(moment))), *_said(corrected, sprak)]
    blocks.append(pdf.Paragraph(_("Kontrollsum (SHA-256): %(sum)s", sum=said.sha256), quiet=True))
    return pdf.make_pdf(
        pdf.Document(
            title=_("Svaret ditt på et varsel"),
            lang=languages.current(),
            made=said.laget,
            blocks=blocks,
            footer=_("Medvirk. Kvittering %(nummer)s", nummer=said.nummer),
        )
    )


def decision(matter: Saken, sprak: str) -> bytes:
    """The avgjørelse as it was written. Raises pdf.PdfError."""
    one = matter.avgjorelse
    assert one is not None
    kode = sprak if sprak in one.tekst else "nb"
    return pdf.make_pdf(
        pdf.Document(
            title=_("Dette er bestemt"),
            lang=languages.current(),
            made=one.laget,
            blocks=[
                pdf.Rows(
                    [
                        (_("Bestemt"), _time(one.laget)),
                        (_("Du kan klage til og med"), dates.long_date(one.klagefrist, languages.current())),
                    ]
                ),
                *_sections(one.tekst[kode], kode),
                pdf.Paragraph(_("Kontrollsum (SHA-256): %(sum)s", sum=one.sha256), quiet=True),
            ],
            footer=_("Medvirk"),
        )
    )


def _sections(sections: list[Any], kode: str) -> list[pdf.Block]:
    blocks: list[pdf.Block] = []
    for heading, paragraphs in sections:
        blocks.append(pdf.Heading(pdf.Text(heading, kode)))
        blocks += [
            pdf.Paragraph(pdf.Text(plain(words), lang or kode, own_words=bool(lang))) for words, lang in paragraphs
        ]
    return blocks


def _said(sagt: Sagt, sprak: str) -> list[pdf.Block]:
    blocks: list[pdf.Block] = []
    if sagt.grunner:
        blocks.append(pdf.Heading(_("Hva skjedde?"), 2))
        blocks.append(pdf.Bullets([str(koder.GRUNNER.get(code, code)) for code in sagt.grunner]))
    for label, words in ((_("Med egne ord"), sagt.ord), (_("Det du vil"), sagt.vil)):
        if words:
            blocks += [pdf.Heading(label, 2), pdf.Paragraph(pdf.Text(words, sprak, own_words=True))]
    return blocks


def _time(moment: Any) -> str:
    return dates.date_time(moment, languages.current())
