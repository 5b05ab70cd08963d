"""The part of the document of everything that is about notices: what was noted, sent, said, weighed and decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.innsyn.tekst import date_of, name, own, when
from webapp.platform.pdf import Answer, Block, Heading, Paragraph, Rows, Text, Words
from webapp.varsel import ord as koder
from webapp.varsel.tekst import weighed
from webapp.vilkar.tekst import plain

Data = Mapping[str, Any]


def notices(data: list[Data]) -> Iterator[Block]:
    """Every matter, word for word."""
    if not data:
        return
    yield Heading(_("Varsler"))
    for one in data:
        yield Heading(_("Varselsak fra %(tid)s", tid=when(one["begynt"])), 2)
        yield from _before(one)
        yield from _said(one)
        yield from _after(one)


def _before(one: Data) -> Iterator[Block]:
    for noted in one["notert"]:
        yield Answer(
            _("Notert av %(navn)s, %(tid)s", navn=name(noted["skrevet_av"]), tid=when(noted["laget"])),
            [own(noted["hva"])],
            date_of(noted["dato"]),
        )
    sent = one["varsel"]
    if sent:
        yield Heading(_("Varselet, sendt %(tid)s", tid=when(sent["sendt"])), 3)
        for heading, paragraphs in sent["tekst"]["nb"]:
            yield Answer(Text(heading, "nb"), [Text(plain(part[0]), "nb", own_words=True) for part in paragraphs])
    yield from _reached(one["nadd"])


def _reached(rows: list[Data]) -> Iterator[Block]:
    for reached in rows:
        how = str(koder.HVORDAN_ALLE.get(reached["hvordan"], reached["hvordan"]))
        yield Answer(how, [own(reached["ord"])] if reached["ord"] else [when(reached["tid"])], when(reached["tid"]))


def _said(one: Data) -> Iterator[Block]:
    for said in one["uttalelser"]:
        yield Heading(_("Svar %(nummer)s", nummer=said["nummer"]), 3)
        yield Answer(_("Sendt %(tid)s", tid=when(said["sendt"])), _words(said, said["sprak"]), _typist(said))
        for corrected in said["rettinger"]:
            if corrected["bekreftet"]:
                yield Paragraph(_("Bekreftet %(tid)s", tid=when(corrected["rettet"])))
                continue
            title = _("Rettet %(tid)s", tid=when(corrected["rettet"]))
            yield Answer(title, _words(corrected, corrected["sprak"]), _typist(corrected))
    for wish in one["onsker"]:
        yield Answer(
            str(koder.ONSKER.get(wish["slag"], wish["slag"])), [own(wish["tekst"] or "–")], when(wish["sendt"])
        )
        if wish["besvart"]:
            answered = _("Svar fra %(navn)s, %(tid)s", navn=name(wish["besvart_av"]), tid=when(wish["besvart"]))
            yield Answer(answered, [own(wish["svar"])])


def _typist(said: Data) -> str | None:
    """K1: who typed, when it was not the bruker."""
    word = koder.SKREVET_AV.get(said["skrevet_av"])
    return str(word) if word and not said.get("skrevet_ned_av") else None


def _words(said: Data, sprak: str) -> list[Words]:
    found: list[Words] = [str(koder.GRUNNER.get(code, code)) for code in said["grunner"]]
    return [*found, *(own(said[key], sprak) for key in ("ord", "vil") if said[key])]


def _after(one: Data) -> Iterator[Block]:
    for row in one["veiinger"]:
        yield Heading(_("Slik er det veid av %(navn)s, %(tid)s", navn=name(row["veid_av"]), tid=when(row["veid"])), 3)
        for point, words in row["innhold"].items():
            yield Answer(weighed(point.rpartition(".")[2]), [own(words)])
    decided = one["avgjorelse"]
    if decided:
        yield Heading(_("Dette er bestemt"), 3)
        facts: list[tuple[Words, Words]] = [
            (_("Bestemt"), when(decided["avgjort"])),
            (_("Resultat"), str(koder.UTFALL.get(decided["utfall"], decided["utfall"]))),
        ]
        if decided["utfall"] in koder.KLAGBART:
            facts.append((_("Du kan klage til og med"), date_of(decided["klagefrist"])))
        yield Rows(facts)
        yield from _reached(one["avgjorelse_nadd"])
        for heading, paragraphs in decided["tekst"]["nb"]:
            yield Answer(Text(heading, "nb"), [Text(plain(part[0]), "nb", own_words=True) for part in paragraphs])
    closed = one["lukket"]
    if closed:
        yield Paragraph(
            _(
                "Lukket uten trekk %(tid)s: %(grunn)s",
                tid=when(closed["tid"]),
                grunn=str(koder.LUKKING.get(closed["grunn"], closed["grunn"])),
            )
        )
        if closed["tekst"]:
            yield Answer(_("Melding til deg"), [own(closed["tekst"])])
