"""The receipt of a delivery, as the pages count it and as a PDF to keep, in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.kartlegging import ordlyd
from webapp.kartlegging.skjema import Sporsmal, Type
from webapp.kartlegging.skjema.validering import vis
from webapp.kartlegging.versjoner import Innhold, LevertSvar, Versjon
from webapp.platform import dates, languages, lists, pdf


def amount(content: Innhold) -> list[tuple[str, str]]:
    """How much a delivery holds, as names and values to read.

    What nobody looked at in a round is counted by itself: it was not answered now (K7).
    """
    before = [answer for answer in content.svar.values() if answer.fra_for]
    now = [answer for answer in content.svar.values() if not answer.fra_for]
    rows = [(_("Innhold"), counted(now))]
    return [*rows, (_("Fra forrige gang"), counted(before))] if before else rows


def counted(answers: Sequence[LevertSvar]) -> str:
    """How many answers, and how many «vil ikke svare», in words."""
    declined = sum(answer.vil_ikke for answer in answers)
    words = [ngettext("%(num)s svar", "%(num)s svar", len(answers) - declined)]
    if declined:
        words.append(ngettext("%(num)s «vil ikke svare»", "%(num)s «vil ikke svare»", declined))
    return lists.joined(words).unescape()  # a PDF is no HTML, and the pages escape it


def same_deadlines(content: Versjon, before: Versjon | None) -> bool:
    """K8: whether the clock of the version before still ran. One that had been met has started again."""
    return before is not None and (content.samtale_frist, content.plan_frist) == (
        before.samtale_frist,
        before.plan_frist,
    )


def as_pdf(content: Innhold, *, has_veileder: bool = True, same_deadlines: bool = False) -> bytes:
    """The receipt and all answers as PDF/UA. Raises pdf.PdfError."""
    return pdf.make_pdf(document(content, has_veileder=has_veileder, same_deadlines=same_deadlines))


def document(content: Innhold, *, has_veileder: bool = True, same_deadlines: bool = False) -> pdf.Document:
    """The receipt as a document: number and time first, then what happens next, then every answer."""
    lang = languages.current()
    moment = dates.date_time(content.levert, lang)
    return pdf.Document(
        title=_("Kvittering for kartlegging %(nummer)s", nummer=content.nummer),
        lang=lang,
        made=content.levert,
        blocks=[
            pdf.Rows(
                [
                    (_("Nummer"), pdf.Text(content.nummer, lang="nb")),
                    (_("Levert"), moment),
                    (_("Versjon"), str(content.versjon)),
                    *amount(content),
                ]
            ),
            pdf.Heading(_("Dette skjer nå")),
            pdf.Bullets(
                [
                    _("Veilederen din leser det du har levert.")
                    if has_veileder
                    else _("En ny veileder leser det du har levert."),
                    *_deadlines(content, lang, same=same_deadlines),
                ]
            ),
            pdf.Heading(_("Det du leverte")),
            *_answers(content),
            pdf.Paragraph(
                _("Sjekksum for innholdet (SHA-256): %(sum)s", sum=content.sha256.hex()),
                quiet=True,
            ),
        ],
        footer=_("Medvirk. Kvittering %(nummer)s", nummer=content.nummer),
    )


def _deadlines(content: Innhold, lang: str, *, same: bool) -> list[str]:
    """K8, as on the receipt's page: a running clock is not set back by a new version, and the receipt says so."""
    talk, step = (dates.long_date(day, lang) for day in (content.samtale_frist, content.plan_frist))
    if not same:
        return [
            _("Dere har en samtale senest %(dato)s.", dato=talk),
            _("Neste steg i en plan er klart senest %(dato)s.", dato=step),
        ]
    return [
        _(
            "Fristene flyttes ikke når du leverer på nytt. Samtale: %(samtale)s. Neste steg i en plan: %(plan)s.",
            samtale=talk,
            plan=step,
        )
    ]


def _answers(content: Innhold) -> Iterator[pdf.Block]:
    for tema in ordlyd.themes(content):
        yield pdf.Heading(ordlyd.text(tema.tittel), level=2)
        for sporsmal in tema.sporsmal:
            answer = content.svar[sporsmal.id]
            asked = pdf.Text(ordlyd.text(sporsmal.etikett), lang=sporsmal.sprak or "")
            yield pdf.Answer(asked, _in_words(sporsmal, answer), _said_of(answer))


def _in_words(sporsmal: Sporsmal, answer: LevertSvar) -> list[pdf.Words]:
    if answer.vil_ikke:
        return [_("Vil ikke svare")]
    shown = vis(sporsmal, answer.verdi)
    if isinstance(shown, list):
        return list(shown)
    if sporsmal.type in {Type.TEKST, Type.KORT}:
        return [pdf.Text(shown, lang=answer.sprak, own_words=True)]
    return [shown]


def _said_of(answer: LevertSvar) -> str | None:
    """What was said of it in a round, and who typed it: both, as on the page (K1, K7)."""
    return " · ".join([*_said_in_round(answer), *_who_typed(answer)]) or None


def _said_in_round(answer: LevertSvar) -> list[str]:
    if answer.fortsatt:
        return [str(_("Fortsatt slik"))]
    if answer.endret:
        return [str(_("Du har sagt at dette er endret."))]
    return [str(_("Fra forrige gang"))] if answer.fra_for else []


def _who_typed(answer: LevertSvar) -> list[str]:
    if answer.skrevet_av == "hjelper":
        return [str(_("Skrevet av en hjelper"))]
    return [str(_("Skrevet av en ansatt"))] if answer.skrevet_av == "ansatt" else []
