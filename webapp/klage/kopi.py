"""The receipt of a klage, for the bruker to keep (U5): what was sent or told, put right, added, and withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _

from webapp.klage.forms import HVORDAN
from webapp.klage.klagen import Klagen, Ord, Tillegget
from webapp.platform import clock, dates, languages, pdf
from webapp.vedlegg.service import Vedlagt


def receipt(klage: Klagen, filer: Sequence[Vedlagt], tilleggsfiler: Mapping[UUID, Sequence[Vedlagt]]) -> bytes:
    """The klage with all that belongs to it, as PDF/UA: number, time, every word, and every file by name."""
    locale = str(get_locale())
    facts: list[tuple[pdf.Words, pdf.Words]] = [
        (_("Nummer"), klage.nummer),
        (_("Lagret") if klage.nedtegnet else _("Sendt"), _time(klage.laget)),
        (_("Klagen gjelder"), pdf.Text(klage.mot, klage.mot_sprak, own_words=True)),
        (_("Klagefrist"), dates.long_date(klage.klagefrist, locale)),
    ]
    told = klage.nedtegnet
    if told:
        facts += [
            (_("Skrevet ned av"), pdf.Text(told.ansatt_navn, "nb", own_words=True)),
            (str(HVORDAN[told.hvordan]), dates.long_date(told.sagt, locale)),
        ]
    if klage.trukket:
        facts.append((_("Trukket"), _time(klage.trukket.laget)))
    blocks: list[pdf.Block] = [pdf.Rows(facts)]
    if klage.for_sent:
        blocks.append(pdf.Notice(_("Klagen kom etter klagefristen. Kontoret vurderer om den kan behandles likevel.")))
    blocks += _said(klage.ord, klage.sprak) + _files(filer, 1)
    for one in klage.rettinger:
        if one.bekrefter:
            blocks.append(pdf.Paragraph(_("Bekreftet %(tid)s", tid=_time(one.laget))))
        else:
            blocks += [pdf.Heading(_("Rettet %(tid)s", tid=_time(one.laget))), *_said(one.ord, one.sprak)]
    for added in klage.tillegg:
        blocks += _added(added, tilleggsfiler.get(added.id, ()))
    if klage.trukket and klage.trukket.tekst:
        why = pdf.Text(klage.trukket.tekst, klage.trukket.sprak, own_words=True)
        blocks += [pdf.Heading(_("Klagen er trukket")), pdf.Answer(_("Vil du si hvorfor?"), [why])]
    return pdf.make_pdf(pdf.Document(_("Klage"), languages.current(), clock.now(), blocks, footer=_("Medvirk")))


def _said(ord_: Ord, sprak: str) -> list[pdf.Block]:
    answers = (
        (_("Hva er du uenig i, og hvorfor?"), ord_.hva),
        (_("Hva ønsker du at kontoret skal gjøre?"), ord_.onske),
        (_("Hvorfor kommer klagen nå?"), ord_.sent),
    )
    return [pdf.Answer(question, [pdf.Text(text, sprak, own_words=True)]) for question, text in answers if text]


def _added(one: Tillegget, filer: Sequence[Vedlagt]) -> list[pdf.Block]:
    blocks: list[pdf.Block] = [
        pdf.Heading(_("Tillegg %(nummer)s", nummer=one.nummer)),
        pdf.Rows([(_("Sendt"), _time(one.laget))]),
    ]
    if one.tekst:
        blocks.append(pdf.Answer(_("Hva vil du legge til?"), [pdf.Text(one.tekst, one.sprak, own_words=True)]))
    return blocks + _files(filer, 2)


def _files(filer: Sequence[Vedlagt], level: int) -> list[pdf.Block]:
    if not filer:
        return []
    return [pdf.Heading(_("Vedlegg"), level), pdf.Bullets([pdf.Text(one.navn, own_words=True) for one in filer])]


def _time(moment: datetime) -> str:
    return dates.date_time(moment, str(get_locale()))
