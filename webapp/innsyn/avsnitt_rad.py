"""Part of the document of everything: råd og veiledning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from webapp.innsyn.tekst import date_of, own, when
from webapp.platform.pdf import Answer, Block, Heading, Rows
from webapp.veiledning.forms import OMRADER, UTFALL


def guidance(saker: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    """What was asked for and what came of it, from veiledning/eksport.py."""
    if not saker:
        return
    yield Heading(_("Råd og veiledning"))
    for sak in saker:
        yield Heading(_("Søknad %(nummer)s", nummer=sak["nummer"]), 2)
        yield Rows(
            [(_("Sendt"), when(sak["sokt"]))]
            + ([(_("Områder"), "; ".join(str(OMRADER.get(en, en)) for en in sak["omrader"]))] if sak["omrader"] else [])
        )
        if sak["tekst"]:
            yield Answer(_("Dette skrev du"), [own(sak["tekst"], sak["sprak"])])
        vedtak = sak["vedtak"]
        if vedtak:
            yield Rows(
                [
                    (_("Vedtak"), str(UTFALL["innvilget" if vedtak["innvilget"] else "avslatt"])),
                    (_("Nummeret på vedtaket"), own(vedtak["nummer"])),
                    (_("Datoen på vedtaket"), date_of(vedtak["dato"])),
                    (_("Klagefrist"), date_of(vedtak["klagefrist"])),
                ]
            )
            yield Answer(_("Dette skrev kontoret"), [own(vedtak["tekst"])])
        for samtale in sak["samtaler"]:
            yield Answer(_("Samtale"), [own(samtale["tekst"])], date_of(samtale["dato"]))
        if sak["avsluttet"]:
            yield Answer(_("Avsluttet"), [own(sak["avsluttet"]["tekst"])], date_of(sak["avsluttet"]["dato"]))
