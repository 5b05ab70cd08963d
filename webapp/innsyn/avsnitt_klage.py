"""Parts of the document of everything: what the bruker has complained about, and their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.innsyn.tekst import date_of, own, when
from webapp.klage.forms import STEG
from webapp.klage.rules import Stand
from webapp.platform.pdf import Answer, Block, Heading, Paragraph, Rows
from webapp.vedlegg.tekster import storrelse

Data = Mapping[str, Any]


def complaints(klager: list[Data]) -> Iterator[Block]:
    """Every klage with what was done, from klage/eksport.py."""
    if not klager:
        return
    yield Heading(_("Klager"))
    for one in klager:
        yield Heading(_("Klage %(nummer)s", nummer=one["nummer"]), 2)
        yield Rows(
            [
                (_("Sendt"), when(one["sendt"])),
                (_("Klagen gjelder"), own(one["mot"], one["sprak"])),
                (_("Klagefrist"), date_of(one["klagefrist"])),
            ]
        )
        for question, text in (
            (_("Hva er du uenig i, og hvorfor?"), one["hva"]),
            (_("Hva ønsker du at kontoret skal gjøre?"), one["onske"]),
            (_("Hvorfor kommer klagen nå?"), one["hvorfor_sent"]),
        ):
            if text:
                yield Answer(question, [own(text, one["sprak"])])
        if one["vedlegg"]:
            yield Answer(_("Vedlegg"), [own(name) for name in one["vedlegg"]])
        for step in one["steg"]:
            yield Answer(str(STEG[Stand(step["steg"])]), [own(step["tekst"])], date_of(step["dato"]))


def files(data: list[Data]) -> Iterator[Block]:
    """Every file by name; the files themselves are fetched one by one."""
    if not data:
        return
    yield Heading(_("Filer"))
    yield Paragraph(_("Selve filene henter du i Medvirk, på siden om det du har sendt dem med."), quiet=True)
    yield Rows([(own(one["navn"]), f"{storrelse(one['storrelse'])}, {when(one['lagt_til'])}") for one in data])
