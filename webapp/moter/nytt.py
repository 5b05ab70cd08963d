"""What is new about meetings, for the bruker's front page (inside the program, so S6 does not hold it back).

And what the office does next about them, for the page of a case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import or_, select

from webapp.moter import lesing, notat, rules
from webapp.moter.lesing import Motet
from webapp.moter.models import Mote
from webapp.moter.rules import Tilstand
from webapp.moter.ulest import Ulest
from webapp.platform import clock, dates
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Steg, i_saken
from webapp.platform.sealing import Seal

NEW_FOR = timedelta(days=14)
MOST = 3


class Slag(StrEnum):
    """What there is to know."""

    NOTAT_DELT = "notat_delt"
    AVLYST = "avlyst"
    ENDRET = "endret"
    BYTTET = "byttet"  # with somebody else than before


@dataclass(frozen=True, slots=True)
class Nyhet:
    """One thing that is new about one meeting, and since when."""

    slag: Slag
    mote: Motet
    nar: datetime


def news_for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal, coming: Sequence[Motet]) -> list[Nyhet]:
    """Shared notes, cancelled and changed meetings of the last 14 days: the three latest, newest first. Two queries.

    ``coming``: the meetings that are agreed (lesing.coming), which the page has already read.
    """
    since = clock.now() - NEW_FOR
    earlier = lesing.earlier(kommune_id, bruker_id, seal).moter
    shared = notat.shared_meetings(kommune_id, [mote.id for mote in earlier])
    found = [Nyhet(Slag.NOTAT_DELT, mote, shared[mote.id]) for mote in earlier if mote.id in shared]
    # A cancelled meeting is news until the day it should have been; then nobody is waiting for it any more.
    found += [
        Nyhet(Slag.AVLYST, mote, mote.endret)
        for mote in earlier
        if mote.tilstand is Tilstand.AVLYST and mote.nar > clock.now() - lesing.SOON
    ]
    found += [Nyhet(Slag.ENDRET, mote, mote.endret) for mote in coming if mote.sekvens]
    found += [Nyhet(Slag.BYTTET, mote, mote.byttet) for mote in coming if mote.byttet is not None]
    return sorted((one for one in found if one.nar > since), key=lambda one: one.nar, reverse=True)[:MOST]


def for_sak(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Steg]:  # noqa: ARG001 -- nothing sealed is read
    """What the bruker has said about a meeting, meetings to mark as held or not, and the next one. One query."""
    now, lines, coming = clock.now(), list[Steg](), None
    with reading() as db:
        rows = db.execute(
            select(Mote.id, Mote.nar, Mote.minutter, Mote.tilstand, Mote.ulest)
            .where(
                Mote.kommune_id == kommune_id,
                Mote.bruker_id == bruker_id,
                or_(Mote.tilstand == Tilstand.AVTALT.value, Mote.ulest.is_not(None)),
            )
            .order_by(Mote.nar, Mote.id)
            .limit(lesing.AHEAD)
        ).all()
    for mote_id, nar, minutes, tilstand, unread in rows:
        address, over = i_saken(bruker_id, f"mote/{mote_id}"), nar + timedelta(minutes=minutes)
        day = dates.long_date(oslo_date(nar), str(get_locale()), oslo_date(now))
        if unread == Ulest.KOMMENTAR:
            words = _("Brukeren har kommentert notatet fra møtet %(nar)s", nar=day)
            lines.append(Steg(f"mote_{unread}", _("Møter"), words, address, _("Les kommentaren"), address))
        elif unread:
            words = _("Brukeren har svart på hvordan møtet var %(nar)s", nar=day)
            lines.append(Steg(f"mote_{unread}", _("Møter"), words, address, _("Les svaret"), address))
        if rules.next_step(Tilstand(tilstand), nar=nar, slutt=over, now=now):
            words = _("Møtet %(nar)s er over.", nar=day)
            lines.append(Steg("mote_over", _("Møter"), words, address, _("Si om møtet ble holdt"), address))
        elif tilstand == Tilstand.AVTALT and coming is None:
            when = dates.date_time(nar, str(get_locale()), oslo_date(now))
            coming = Steg("mote_avtalt", _("Møter"), _("Neste møte er %(nar)s.", nar=when), address)
    return [*lines, coming] if coming else lines
