"""Part of the document of everything: how the person is told that there is news, and what has been sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.innsyn.tekst import own, when
from webapp.paminnelse.ord import HENDELSER, KANALER, RESULTATER
from webapp.platform.pdf import Block, Bullets, Heading, Paragraph, Rows


def reminders(data: Mapping[str, Any]) -> Iterator[Block]:
    """From paminnelse/eksport.py."""
    valg, enheter, venter, sendt = (data[name] for name in ("valg", "enheter", "venter", "sendt"))
    if not (valg or enheter or venter or sendt):
        return
    yield Heading(_("Beskjed når det er noe nytt"))
    if valg:
        yield Rows(
            [
                (_("E-post"), own(valg["epostadresse"]) if valg["epost"] else _("Nei")),
                (_("SMS"), own(valg["telefon"]) if valg["sms"] else _("Nei")),
                (_("Ikke forstyrr"), f"{valg['stille_fra']:02}:00–{valg['stille_til']:02}:00"),
            ]
        )
    for enhet in enheter:
        yield Paragraph(_("Meldinger på en enhet, slått på %(tid)s", tid=when(enhet["slatt_pa"])))
    if venter:
        yield Heading(_("Beskjeder som ikke er sendt ennå"), 2)
        yield Bullets([f"{when(one['tidligst'])}: {HENDELSER[one['gjelder']]}" for one in venter])
    if sendt:
        yield Heading(_("Dette har du fått beskjed om"), 2)
        yield Bullets([f"{when(one['nar'])}: {_said(one)}" for one in sendt])


def _said(one: Mapping[str, Any]) -> str:
    return f"{HENDELSER[one['gjelder']]}. {KANALER[one['kanal']]}. {RESULTATER[one['resultat']]}."
