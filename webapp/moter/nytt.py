"""What is new about meetings, for the bruker's front page (inside the program, so S6 does not hold it back)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from webapp.moter import notat, service
from webapp.moter.rules import Tilstand
from webapp.moter.service import Motet
from webapp.platform import clock
from webapp.platform.sealing import Seal

NEW_FOR = timedelta(days=14)
MOST = 3


class Slag(StrEnum):
    """What there is to know."""

    NOTAT_DELT = "notat_delt"
    AVLYST = "avlyst"
    FLYTTET = "flyttet"


@dataclass(frozen=True, slots=True)
class Nyhet:
    """One thing that is new about one meeting, and since when."""

    slag: Slag
    mote: Motet
    nar: datetime


def news_for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal, coming: Sequence[Motet]) -> list[Nyhet]:
    """Shared notes, cancelled and moved meetings of the last 14 days: the three latest, newest first. Two queries.

    ``coming``: the meetings that are agreed (service.coming), which the page has already read.
    """
    since = clock.now() - NEW_FOR
    earlier = service.earlier(kommune_id, bruker_id, seal).moter
    shared = notat.shared_meetings(kommune_id, [mote.id for mote in earlier])
    found = [Nyhet(Slag.NOTAT_DELT, mote, shared[mote.id]) for mote in earlier if mote.id in shared]
    # A cancelled meeting is news until the day it should have been; then nobody is waiting for it any more.
    found += [
        Nyhet(Slag.AVLYST, mote, mote.endret)
        for mote in earlier
        if mote.tilstand is Tilstand.AVLYST and mote.nar > clock.now() - service.SOON
    ]
    found += [Nyhet(Slag.FLYTTET, mote, mote.endret) for mote in coming if mote.sekvens]
    return sorted((one for one in found if one.nar > since), key=lambda one: one.nar, reverse=True)[:MOST]
