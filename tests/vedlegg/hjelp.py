"""What the tests of this room need: a form that takes files, and files in it."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from tests.klient import Klient
from tests.vedlegg import filer
from tests.verden import Verden
from webapp.platform import ids
from webapp.platform.audit import Actor
from webapp.vedlegg import service
from webapp.vedlegg.service import Eier

SKJEMA = "/innsyn/henvendelse/ny"  # a form of the bruker's; which one is all the same here


def amina(verden: Verden, bruker_id: UUID | None = None) -> Eier:
    """Amina (or another), who adds something of her own."""
    who = bruker_id or verden.amina
    return Eier(verden.kommune_id, who, verden.seal(who), "bruker", Actor("bruker", who))


def kari(verden: Verden) -> Eier:
    """Kari, who adds something to Amina's case."""
    return Eier(verden.kommune_id, verden.amina, verden.seal(verden.amina), "ansatt", Actor("ansatt", verden.kari))


def lagt_ved(owner: Eier, data: bytes | None = None, skjema: str = SKJEMA) -> UUID:
    """A file that lies ready."""
    return service.ta_imot(owner, ids.new_id(), skjema, "brev.jpg", data or filer.photo(60, 40)).id


def sendt(klient: Klient, data: bytes, navn: str = "bilde.jpg", **more: Any) -> dict[str, Any]:
    """What the script sends: the fields and the file, and that it wants JSON."""
    return {
        "data": {"skjema": SKJEMA, "fil": (io.BytesIO(data), navn), **more},
        "content_type": "multipart/form-data",
        "headers": {"Accept": "application/json"},
    }
