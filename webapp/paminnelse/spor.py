"""What the office sees of reminders in a matter: help for U3, and never proof that anything was read."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask_babel import get_locale

from webapp.paminnelse import service
from webapp.paminnelse.ord import SPOR, SPOR_SENDT
from webapp.platform import clock
from webapp.platform.dates import date_time


def about(kommune_id: int, bruker_id: UUID, refs: Iterable[UUID]) -> list[str]:
    """One sentence for each message about these rows, the latest first. One query."""
    today = clock.now()
    lines = []
    for one in service.sent(kommune_id, bruker_id, refs=refs):
        words = SPOR_SENDT.get(one.kanal) if one.resultat == "sendt" else SPOR.get(one.resultat)
        if words is not None:
            lines.append(str(words) % {"tid": date_time(one.nar, str(get_locale()), today)})
    return lines
