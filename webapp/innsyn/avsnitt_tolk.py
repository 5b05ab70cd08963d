"""Part of the document of everything: what interpreters have said that the bruker's own words mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from webapp.innsyn.tekst import name, own, when
from webapp.platform.pdf import Answer, Block, Heading, Rows


def renderings(data: Sequence[Mapping[str, Any]]) -> Iterator[Block]:
    """Every rendering, from tolking/eksport.py. In Norwegian, whatever the language of the page."""
    if not data:
        return
    yield Heading(_("Tolk"))
    for one in data:
        written = _(
            "Gjengitt av tolk, skrevet ned av %(navn)s, %(tid)s",
            navn=name(one["skrevet_ned_av"]),
            tid=when(one["laget"]),
        )
        yield Answer(_of(one), [own(one["tekst"], "nb")], written)
        if one["tolk"]:
            yield Rows([(_("Tolk"), own(one["tolk"], "nb"))])


def _of(one: Mapping[str, Any]) -> str:
    names = {
        "levering": one["sporsmalstekst"],
        "uttalelse": _("Svar %(nummer)s", nummer=one["nummer"]),
        "klage": _("Klage %(nummer)s", nummer=one["nummer"]),
        "klagetillegg": _("Tillegg %(nummer)s", nummer=one["nummer"]),
    }
    return str(names.get(one["av"], _("Svaret ditt")))
