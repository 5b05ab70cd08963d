"""Parts of the document of everything: what the bruker has complained about, and their files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.innsyn.tekst import date_of, own, when
from webapp.klage.forms import HVORDAN, STEG
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
                (_("Klagen gjelder"), own(one["mot"], one["mot_sprak"])),
                (_("Klagefrist"), date_of(one["klagefrist"])),
            ]
        )
        told = one["skrevet_ned"]
        if told:
            yield Rows(
                [
                    (_("Skrevet ned av"), own(told["av"])),
                    (str(HVORDAN.get(told["hvordan"], told["hvordan"])), date_of(told["sagt"])),
                ]
            )
        yield from _said(one)
        if one["vedlegg"]:
            yield Answer(_("Vedlegg"), [own(name) for name in one["vedlegg"]])
        for again in one["rettinger"]:
            if again["bekrefter"]:
                yield Paragraph(_("Bekreftet %(tid)s", tid=when(again["lagret"])))
            else:
                yield Paragraph(_("Rettet %(tid)s", tid=when(again["lagret"])))
                yield from _said(again)
        for added in one["tillegg"]:
            yield from _added(added)
        for step in one["steg"]:
            yield Answer(str(STEG[Stand(step["steg"])]), [own(step["tekst"])], date_of(step["dato"]))
        gone = one["trukket"]
        if gone:
            yield Answer(
                _("Klagen er trukket"),
                [own(gone["tekst"], gone["sprak"])] if gone["tekst"] else [],
                when(gone["trukket"]),
            )


def _said(words: Data) -> Iterator[Block]:
    for question, text in (
        (_("Hva er du uenig i, og hvorfor?"), words["hva"]),
        (_("Hva ønsker du at kontoret skal gjøre?"), words["onske"]),
        (_("Hvorfor kommer klagen nå?"), words["hvorfor_sent"]),
    ):
        if text:
            yield Answer(question, [own(text, words["sprak"])])


def _added(added: Data) -> Iterator[Block]:
    yield Answer(
        _("Tillegg %(nummer)s", nummer=added["nummer"]),
        [own(added["tekst"], added["sprak"])] if added["tekst"] else [],
        when(added["sendt"]),
    )
    if added["vedlegg"]:
        yield Answer(_("Vedlegg"), [own(name) for name in added["vedlegg"]])
    if added["steg"]:
        done = {"vurdert": _("Tatt med da kontoret vurderte klagen"), "sendt": _("Sendt til Statsforvalteren")}
        yield Rows([(done[added["steg"]], when(added["steg_registrert"]))])


def files(data: list[Data]) -> Iterator[Block]:
    """Every file by name; the files themselves are fetched one by one."""
    if not data:
        return
    yield Heading(_("Filer"))
    yield Paragraph(_("Selve filene henter du i Medvirk, på siden om det du har sendt dem med."), quiet=True)
    yield Rows([(own(one["navn"]), f"{storrelse(one['storrelse'])}, {when(one['lagt_til'])}") for one in data])
