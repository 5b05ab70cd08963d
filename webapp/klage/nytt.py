"""What is new about klager; see platform/nyheter.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import func, select

from webapp.klage import rules
from webapp.klage.forms import STEG
from webapp.klage.models import Klage, Klagesteg
from webapp.klage.rules import Stand
from webapp.platform import clock
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Merke, Nyhet
from webapp.platform.sealing import Seal

NEW_FOR = timedelta(days=14)


def for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Nyhet]:  # noqa: ARG001 -- the same in every room
    """The latest step of each klage in the last fourteen days."""
    with reading() as db:
        rows = db.execute(
            select(Klagesteg.klage_id, Klagesteg.steg)
            .where(
                Klagesteg.kommune_id == kommune_id,
                Klagesteg.bruker_id == bruker_id,
                Klagesteg.laget > clock.now() - NEW_FOR,
            )
            .order_by(Klagesteg.laget.desc(), Klagesteg.nr.desc())
            .limit(12)
        ).all()
    latest: dict[UUID, str] = {}
    for klage_id, steg in rows:
        latest.setdefault(klage_id, steg)
    return [
        Nyhet(_("Klagen din: %(hva)s.", hva=STEG[Stand(steg)]), f"/klage/{klage_id}")
        for klage_id, steg in list(latest.items())[:3]
    ]


def for_liste(kommune_id: int, bruker_ids: Sequence[UUID]) -> dict[UUID, list[Merke]]:
    """Whose klage waits for the office: to be taken in hand, to be considered, to be sent on."""
    taken = (
        select(func.count())
        .where(Klagesteg.kommune_id == Klage.kommune_id, Klagesteg.klage_id == Klage.id)
        .scalar_subquery()
    )
    upheld = (
        select(Klagesteg.id)
        .where(
            Klagesteg.kommune_id == Klage.kommune_id,
            Klagesteg.klage_id == Klage.id,
            Klagesteg.steg == Stand.OMGJORT.value,
        )
        .exists()
    )
    with reading() as db:
        rows = db.execute(
            select(Klage.bruker_id, Klage.laget, taken.label("antall"))
            .where(Klage.kommune_id == kommune_id, Klage.bruker_id.in_(bruker_ids), taken < 3, ~upheld)
            .order_by(Klage.laget)
        ).all()
    today, found = oslo_date(clock.now()), dict[UUID, list[Merke]]()
    words = {0: ("klage_ny", _("Ny klage")), 1: ("klage_vurder", _("Klage skal vurderes"))}
    for bruker_id, laget, antall in rows:
        code, text = words.get(antall, ("klage_send", _("Klage skal sendes videre")))
        due = rules.answer_by(oslo_date(laget)) if antall < 2 else None
        found.setdefault(bruker_id, []).append(Merke(code, text, due, haster=due is not None and due < today))
    return found
