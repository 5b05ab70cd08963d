"""What is new about råd og veiledning; see platform/nyheter.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from webapp.platform import clock
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Merke, Nyhet
from webapp.platform.sealing import Seal
from webapp.veiledning.models import Radsoknad, Radvedtak

NEW_FOR = timedelta(days=14)


def for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Nyhet]:  # noqa: ARG001 -- the same in every room
    """A vedtak of the last fourteen days, with the last day for a klage."""
    with reading() as db:
        rows = db.execute(
            select(Radvedtak.soknad_id, Radvedtak.klagefrist)
            .where(
                Radvedtak.kommune_id == kommune_id,
                Radvedtak.bruker_id == bruker_id,
                Radvedtak.laget > clock.now() - NEW_FOR,
            )
            .order_by(Radvedtak.laget.desc())
            .limit(3)
        ).all()
    today = oslo_date(clock.now())
    return [
        Nyhet(_("Du har fått svar på søknaden om råd og veiledning."), f"/veiledning/{soknad_id}", frist)
        for soknad_id, frist in rows
        if frist >= today
    ]


def for_liste(kommune_id: int, bruker_ids: Sequence[UUID]) -> dict[UUID, list[Merke]]:
    """Who has asked and not been answered."""
    decided = select(Radvedtak.id).where(
        Radvedtak.kommune_id == Radsoknad.kommune_id, Radvedtak.soknad_id == Radsoknad.id
    )
    with reading() as db:
        rows = db.scalars(
            select(Radsoknad.bruker_id)
            .where(Radsoknad.kommune_id == kommune_id, Radsoknad.bruker_id.in_(bruker_ids), ~decided.exists())
            .distinct()
        ).all()
    return {bruker_id: [Merke("rad_sokt", _("Ber om råd og veiledning"))] for bruker_id in rows}
