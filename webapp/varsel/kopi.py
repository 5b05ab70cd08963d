"""The notice, the uttalelse and the avgjørelse as tagged PDF, for the bruker to keep (U5, U9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from webapp.platform import dates, languages, pdf
from webapp.varsel import ord as koder
from webapp.varsel.lesing import Sagt, Saken, Uttalelsen
from webapp.varsel.tekst import grouped
from webapp.vedlegg.maling import Malt
from webapp.vedlegg.tekster import beskrivelse
from webapp.vilkar.tekst import plain

Files = dict[UUID, list[Malt]]  # uttalelse -> what was sent with it
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


def receipt(said: Uttalelsen, files: Files) -> bytes:
    """Number, time, every word of an uttalelse, and what was sent with it. Raises pdf.PdfError."""
    facts: list[tuple[pdf.Words, pdf.Words]] = [
        (_("Nummer"), pdf.Text(said.nummer, lang="nb")),
        (_("Sendt"), _time(said.laget)),
    ]
    if said.muntlig_av:
        facts.append((_("Skrevet ned av"), pdf.Text(said.muntlig_av, "nb", own_words=True)))
    elif said.skrevet_av in koder.SKREVET_AV:
        facts.append((_("Merk"), str(koder.SKREVET_AV[said.skrevet_av])))
    if said.for_sent:
        facts.append((_("Merk"), _("Kommet etter fristen. Det blir lest og tatt med likevel.")))
    blocks: list[pdf.Block] = [pdf.Rows(facts), *_said(said.sagt, said.sprak)]
    blocks += _attached(files.get(said.id, []))
    for one in said.rettinger:
        if one.bekreftet:
            blocks.append(pdf.Paragraph(_("Bekreftet %(tid)s", tid=_time(one.laget))))
        else:
            blocks += [pdf.Heading(_("Rettet %(tid)s", tid=_time(one.laget))), *_said(one.sagt, one.sprak)]
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


def decision(matter: Saken, sprak: str, files: Files, klagefrist: date | None) -> bytes:
    """The avgjørelse as it was written, and the answers that it speaks of, by number. Raises pdf.PdfError.

    ``klagefrist``: the last day to appeal; None when there is nothing to appeal.
    """
    one = matter.avgjorelse
    assert one is not None
    kode = sprak if sprak in one.tekst else "nb"
    facts: list[tuple[pdf.Words, pdf.Words]] = [(_("Bestemt"), _time(one.laget))]
    if klagefrist is not None:
        facts.append((_("Du kan klage til og med"), dates.long_date(klagefrist, languages.current())))
    return pdf.make_pdf(
        pdf.Document(
            title=_("Dette er bestemt"),
            lang=languages.current(),
            made=one.laget,
            blocks=[
                pdf.Rows(facts),
                *_sections(one.tekst[kode], kode),
                *_answers(matter, files),
                pdf.Paragraph(_("Kontrollsum (SHA-256): %(sum)s", sum=one.sha256), quiet=True),
            ],
            footer=_("Medvirk"),
        )
    )


def _sections(sections: list[Any], kode: str) -> list[pdf.Block]:
    blocks: list[pdf.Block] = []
    for heading, paragraphs in sections:
        blocks.append(pdf.Heading(pdf.Text(heading, kode)))
        for is_vilkar, parts in grouped(paragraphs):
            texts = [pdf.Text(plain(words), lang or kode, own_words=bool(lang)) for words, lang in parts]
            blocks += [pdf.Quote(texts)] if is_vilkar else [pdf.Paragraph(one) for one in texts]
    return blocks


def _answers(matter: Saken, files: Files) -> list[pdf.Block]:
    blocks: list[pdf.Block] = []
    for said in matter.uttalelser:
        blocks.append(pdf.Heading(_("Svar %(nummer)s", nummer=said.nummer)))
        blocks.append(pdf.Paragraph(_("Sendt %(tid)s", tid=_time(said.laget))))
        blocks += _attached(files.get(said.id, []))
    return blocks


def _attached(files: list[Malt]) -> list[pdf.Block]:
    if not files:
        return []
    named: list[tuple[pdf.Words, pdf.Words]] = [
        (pdf.Text(one.vedlagt.navn, pdf.UNDETERMINED, own_words=True), beskrivelse(one)) for one in files
    ]
    return [pdf.Heading(_("Vedlegg"), 2), pdf.Rows(named)]


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
