"""Everything held about one bruker as one readable document: the same blocks become the page and the PDF (S3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.innsyn import verdier
from webapp.innsyn.avsnitt import held_about_person, meetings, rest
from webapp.innsyn.avsnitt_klage import complaints, files
from webapp.innsyn.avsnitt_paminnelse import reminders
from webapp.innsyn.avsnitt_rad import guidance
from webapp.innsyn.avsnitt_tolk import renderings
from webapp.innsyn.planavsnitt import plan
from webapp.innsyn.tekst import date_of, name, own, said, typist, when
from webapp.innsyn.varselavsnitt import notices
from webapp.innsyn.vilkaravsnitt import conditions
from webapp.platform.pdf import Answer, Block, Document, Heading, Paragraph, Rows, Text

Data = Mapping[str, Any]

SLAG_MERKNAD: dict[str, LazyString] = {"merknad": _l("Merknad"), "sporsmal": _l("Spørsmål")}


def document(data: Data, lang: str) -> Document:
    """The PDF, in the language of the page."""
    return Document(
        title=_("Alt som er lagret om deg i Medvirk"),
        lang=lang,
        made=datetime.fromisoformat(data["hentet"]),
        blocks=[
            Paragraph(_("Hentet %(tid)s.", tid=when(data["hentet"])), quiet=True),
            *blocks(data),
        ],
        footer=_("Medvirk – egne opplysninger"),
    )


def blocks(data: Data) -> list[Block]:
    """The document, from what ``alt.gather`` has put together."""
    return [
        *held_about_person(data["person"]),
        *_answers(data["kartlegging"]),
        *_deliveries(data["kartlegging"]),
        *_remarks(data["kartlegging"]),
        *meetings(data["moter"]),
        *plan(data["plan"]),
        *guidance(data["veiledning"]),
        *complaints(data["klager"]),
        *files(data["vedlegg"]),
        *conditions(data["vilkar"]),
        *notices(data["varselsaker"]),
        *renderings(data["gjengivelser"]),
        *reminders(data["paminnelser"]),
        *rest(data),
    ]


def _answers(data: Data) -> Iterator[Block]:
    yield Heading(_("Svarene dine slik de er nå"))
    state = data["tilstand"]
    if state:
        yield Rows(
            [
                (label, when(state[key]) if "T" in state[key] else date_of(state[key]))
                for key, label in (
                    ("begynt", _("Begynt")),
                    ("endret", _("Sist endret")),
                    ("levert", _("Sist levert")),
                    ("lest", _("Lest av veileder")),
                    ("samtale_frist", _("Samtale innen")),
                    ("samtale_holdt", _("Samtale holdt")),
                    ("plan_frist", _("Neste steg avtalt innen")),
                    ("plan_fulgt", _("Neste steg avtalt")),
                    ("mini_frist", _("Ny, kort runde tilbys fra")),
                )
                if state[key]
            ]
            + [(_("Utgave"), str(verdier.VISNINGER.get(state["visning"], state["visning"])))]
        )
    if not data["svar"]:
        yield Paragraph(_("Du har ikke svart på noe ennå."))
    yield from by_theme(data["svar"])
    waiting = [one for one in data["to_tekster"] if one["valgt"] is None]
    if waiting:
        yield Heading(_("Tekster du ikke har valgt mellom ennå"), 2)
        yield from (_answer(one) for one in waiting)
    settled = [one for one in data["to_tekster"] if one["valgt"] is not None]
    if settled:
        yield Heading(_("Tekster du valgte bort"), 2)
        yield from (_answer(one) for one in settled)


def _deliveries(data: Data) -> Iterator[Block]:
    if not data["leveringer"]:
        return
    yield Heading(_("Det du har levert"))
    for one in data["leveringer"]:
        yield Heading(_("Levering %(nummer)s", nummer=one["nummer"]), 2)
        yield Rows(
            [
                (_("Levert"), when(one["levert"])),
                (_("Utgave"), str(verdier.VISNINGER.get(one["visning"], one["visning"]))),
                *([(_("Endrer levering"), one["endrer"])] if one["endrer"] else []),
                (_("Samtale innen"), date_of(one["samtale_frist"])),
                (_("Kontrollsum (SHA-256)"), one["sha256"]),
            ]
        )
        yield from by_theme(one["svar"], level=3)


def _remarks(data: Data) -> Iterator[Block]:
    if not data["merknader"]:
        return
    yield Heading(_("Det veilederen har skrevet ved siden av svarene dine"))
    for one in data["merknader"]:
        yield Answer(
            one["sporsmalstekst"],
            [own(one["tekst"])],
            _(
                "%(slag)s fra %(navn)s, %(tid)s",
                slag=SLAG_MERKNAD[one["slag"]],
                navn=name(one["skrevet_av"]),
                tid=when(one["laget"]),
            ),
        )
        for reply in one["svar"]:
            yield Answer(_("Svaret ditt"), [own(reply["tekst"], reply["sprak"])], said(when(reply["laget"]), reply))
        if one["endret_i_levering"]:
            yield Answer(_("Du endret svaret og leverte på nytt"), [one["endret_i_levering"]])


def by_theme(answers: Sequence[Data], level: int = 2) -> Iterator[Block]:
    """Answers under the heading of their theme."""
    last = None
    for one in answers:
        if one["tema"] != last:
            last = one["tema"]
            yield Heading(verdier.theme(last), level)
        yield _answer(one)


def _answer(one: Data) -> Answer:
    shown = one["i_ord"] if isinstance(one["i_ord"], list) else [one["i_ord"]]
    texts: list[str | Text] = [own(text, one.get("sprak") or "") if one["egne_ord"] else text for text in shown if text]
    if one["vil_ikke_svare"]:
        texts.append(_("Vil ikke svare"))
    if not texts:
        texts.append(_("Ikke besvart"))
    words = typist(one)
    if words and one.get("ansatt"):
        words = f"{words}: {name(one['ansatt'])}"
    return Answer(one["sporsmalstekst"], texts, words)


def for_page(made: Sequence[Block]) -> list[tuple[str, Block, str]]:
    """Each block with the name that the template knows it by, and an id for each main heading (else empty)."""
    return [
        (type(block).__name__.lower(), block, f"del-{place}" if isinstance(block, Heading) and block.level == 1 else "")
        for place, block in enumerate(made)
    ]
