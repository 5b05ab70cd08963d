"""What is new about klager; see platform/nyheter.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import func, select

from webapp.klage import rules
from webapp.klage.forms import STEG
from webapp.klage.models import Klage, Klagesteg
from webapp.klage.rules import Stand
from webapp.platform import clock, dates
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Merke, Nyhet, Steg, i_saken
from webapp.platform.sealing import Seal

NEW_FOR = timedelta(days=14)
MOST = 20  # on the page of a case; more open klager than this nobody has


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


def for_sak(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Steg]:  # noqa: ARG001 -- the same in every room
    """Where each klage stands that is not at its end, and what the office does next with it. One query."""
    latest = (
        select(Klagesteg.steg)
        .where(Klagesteg.kommune_id == Klage.kommune_id, Klagesteg.klage_id == Klage.id)
        .order_by(Klagesteg.nr.desc())
        .limit(1)
        .scalar_subquery()
    )
    with reading() as db:
        rows = db.execute(
            select(Klage.id, Klage.nummer, Klage.laget, latest)
            .where(Klage.kommune_id == kommune_id, Klage.bruker_id == bruker_id)
            .order_by(Klage.laget.desc(), Klage.id)
            .limit(MOST)
        ).all()
    found = [
        _line(bruker_id, klage_id, nummer, laget, rules.stand([steg] if steg else []))
        for klage_id, nummer, laget, steg in rows
    ]
    lines = [one for one in found if one is not None]
    if rows and not lines:
        lines = [Steg("klage_ferdig", _("Klage"), _("Ingen klage venter på svar."), i_saken(bruker_id, "klage/"))]
    return lines


def _line(bruker_id: UUID, klage_id: UUID, nummer: str, laget: datetime, now: Stand) -> Steg | None:
    if now in rules.FERDIG:
        return None
    sent = oslo_date(laget)
    today, address = oslo_date(clock.now()), i_saken(bruker_id, f"klage/{klage_id}")
    words = {
        Stand.SENDT_INN: _("Ny klage, sendt %(dato)s.", dato=dates.long_date(sent, str(get_locale()), today)),
        Stand.MOTTATT: _("Klagen er tatt imot, og ikke vurdert."),
        Stand.OPPRETTHOLDT: _("Klagen er vurdert, og skal sendes videre."),
        Stand.SENDT: _("Sendt til Statsforvalteren. Svaret er ikke kommet."),
    }
    do = {
        Stand.SENDT_INN: _("Ta imot klagen"),
        Stand.MOTTATT: _("Vurder klagen"),
        Stand.OPPRETTHOLDT: _("Send klagen til Statsforvalteren"),
    }
    waits = bool(rules.next_step(now))
    due = rules.answer_by(sent) if now in (Stand.SENDT_INN, Stand.MOTTATT) else None
    return Steg(
        f"klage_{now}",
        _("Klage"),
        words[now],
        address,
        gjor=do[now] if waits else "",
        sti=f"{address}/steg" if waits else "",
        om=nummer,
        frist=due,
        haster=due is not None and due < today,
    )
