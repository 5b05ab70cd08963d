"""Parts of the document of everything: what the bruker has added as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.innsyn.tekst import own, when
from webapp.platform.pdf import Block, Heading, Paragraph, Rows
from webapp.vedlegg.tekster import storrelse

Data = Mapping[str, Any]


def files(data: list[Data]) -> Iterator[Block]:
    """Every file by name; the files themselves are fetched one by one."""
    if not data:
        return
    yield Heading(_("Filer"))
    yield Paragraph(_("Selve filene henter du i Medvirk, på siden om det du har sendt dem med."), quiet=True)
    yield Rows([(own(one["navn"]), f"{storrelse(one['storrelse'])}, {when(one['lagt_til'])}") for one in data])
