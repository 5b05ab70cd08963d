"""What this room says on the bruker's front page: messages on the phone have stopped, to those who rely on them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import exists, literal, or_, select

from webapp.paminnelse.kanaler.push import ENDED
from webapp.paminnelse.models import PaminnelseSendt, Paminnelsevalg, Pushabonnement
from webapp.platform import clock
from webapp.platform.database import reading
from webapp.platform.nyheter import Merke, Nyhet
from webapp.platform.sealing import Seal
from webapp.platform.utboks import Kanal

SAID_FOR = timedelta(days=30)


def for_bruker(kommune_id: int, bruker_id: UUID, _seal: Seal) -> list[Nyhet]:
    """One line when the last phone shows no messages any more, until something is chosen or changed. One query."""
    mine = (Paminnelsevalg.kommune_id == kommune_id, Paminnelsevalg.bruker_id == bruker_id)
    phones = (Pushabonnement.kommune_id == kommune_id, Pushabonnement.bruker_id == bruker_id)
    with_its_session = exists().where(*mine, Paminnelsevalg.push_stanset.is_not(None))
    by_itself = exists().where(
        PaminnelseSendt.kommune_id == kommune_id,
        PaminnelseSendt.bruker_id == bruker_id,
        PaminnelseSendt.nar > clock.now() - SAID_FOR,
        PaminnelseSendt.kanal == Kanal.PUSH.value,
        PaminnelseSendt.kode.in_(ENDED),
        ~exists().where(*mine, Paminnelsevalg.endret >= PaminnelseSendt.nar),
    )
    stopped = select(literal(1)).where(
        ~exists().where(*phones),
        ~exists().where(*mine, or_(Paminnelsevalg.epost, Paminnelsevalg.sms)),
        or_(with_its_session, by_itself),
    )
    with reading() as db:
        if db.scalar(stopped) is None:
            return []
    return [Nyhet(_("Meldinger på telefonen har stoppet. Du kan slå dem på igjen."), "/mer/paminnelser")]


def for_liste(_kommune_id: int, _bruker_ids: Sequence[UUID]) -> dict[UUID, list[Merke]]:
    """Nothing for the office: it is the bruker's own phone."""
    return {}
