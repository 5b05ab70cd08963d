"""What waits about the requests for correction, deletion or something else (S3); see platform/nyheter.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from webapp.innsyn import rules
from webapp.innsyn.models import Henvendelse
from webapp.innsyn.verdier import SLAG
from webapp.platform import clock
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Merke, Nyhet, Steg, i_saken
from webapp.platform.sealing import Seal

NEW_FOR = timedelta(days=14)
MOST = 20  # on the page of a case; more open requests than this nobody has


def for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Nyhet]:  # noqa: ARG001 -- the same in every room
    """The answers of the last fourteen days, the latest first."""
    with reading() as db:
        rows = db.scalars(
            select(Henvendelse.id)
            .where(
                Henvendelse.kommune_id == kommune_id,
                Henvendelse.bruker_id == bruker_id,
                Henvendelse.besvart > clock.now() - NEW_FOR,
            )
            .order_by(Henvendelse.besvart.desc(), Henvendelse.id.desc())
            .limit(3)
        ).all()
    return [
        Nyhet(_("Du har fått svar på en henvendelse."), f"/innsyn/henvendelse/{ident}", venter=False) for ident in rows
    ]


def for_liste(kommune_id: int, bruker_ids: Sequence[UUID]) -> dict[UUID, list[Merke]]:
    """Who has asked and not been answered, how many times, and when the first of them must have an answer."""
    with reading() as db:
        rows = db.execute(
            select(Henvendelse.bruker_id, func.count(), func.min(Henvendelse.laget))
            .where(
                Henvendelse.kommune_id == kommune_id,
                Henvendelse.bruker_id.in_(bruker_ids),
                Henvendelse.besvart.is_(None),
            )
            .group_by(Henvendelse.bruker_id)
        ).all()
    found = {}
    for bruker_id, antall, laget in rows:
        due, late = _due(laget)
        found[bruker_id] = [Merke("innsyn_henvendelse", f"{_('Henvendelser')}: {antall}", due, haster=late)]
    return found


def for_sak(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Steg]:  # noqa: ARG001 -- the same in every room
    """Each request that nobody has answered, the oldest first. One query."""
    with reading() as db:
        rows = db.execute(
            select(Henvendelse.id, Henvendelse.slag, Henvendelse.laget)
            .where(
                Henvendelse.kommune_id == kommune_id,
                Henvendelse.bruker_id == bruker_id,
                Henvendelse.besvart.is_(None),
            )
            .order_by(Henvendelse.laget, Henvendelse.id)
            .limit(MOST)
        ).all()
    lines = []
    for henvendelse_id, slag, laget in rows:
        due, late = _due(laget)
        lines.append(
            Steg(
                "innsyn_henvendelse",
                _("Henvendelser"),
                _("Venter på svar"),
                i_saken(bruker_id, "henvendelser"),
                gjor=_("Svar på henvendelsen"),
                sti=i_saken(bruker_id, f"henvendelser/{henvendelse_id}"),
                om=str(SLAG[slag]),
                frist=due,
                haster=late,
            )
        )
    return lines


def _due(laget: datetime) -> tuple[date, bool]:
    """The day it must have an answer by, and whether that day has passed."""
    due = rules.answer_by(oslo_date(laget))
    return due, due < oslo_date(clock.now())
