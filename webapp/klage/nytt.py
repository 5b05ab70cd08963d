"""What is new about klager; see platform/nyheter.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Exists, and_, func, or_, select

from webapp.klage import rules
from webapp.klage.forms import STEG
from webapp.klage.models import (
    Klage,
    Klagenedtegning,
    Klageretting,
    Klagesteg,
    Klagetillegg,
    Klagetilleggsteg,
    Klagetrekk,
)
from webapp.klage.rules import Handling, Stand
from webapp.platform import clock, dates
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Merke, Nyhet, Steg, i_saken
from webapp.platform.sealing import Seal

NEW_FOR = timedelta(days=14)
MOST = 20  # on the page of a case; more open klager than this nobody has


def for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Nyhet]:  # noqa: ARG001 -- the same in every room
    """What was written down for them and nobody has confirmed, and the latest step of each klage in fourteen days."""
    since = clock.now() - NEW_FOR
    told = (
        select(Klagenedtegning.klage_id)
        .where(
            Klagenedtegning.kommune_id == kommune_id,
            Klagenedtegning.bruker_id == bruker_id,
            Klagenedtegning.laget > since,
            ~_of(Klageretting, Klagenedtegning.klage_id),
            ~_of(Klagetrekk, Klagenedtegning.klage_id),
            ~_of(Klagesteg, Klagenedtegning.klage_id, Klagesteg.nr > 1),
        )
        .order_by(Klagenedtegning.laget.desc(), Klagenedtegning.id.desc())
        .limit(3)
    )
    taken = (
        select(Klagesteg.klage_id, Klagesteg.steg)
        .where(
            Klagesteg.kommune_id == kommune_id,
            Klagesteg.bruker_id == bruker_id,
            Klagesteg.laget > since,
            ~_of(Klagetrekk, Klagesteg.klage_id),
        )
        .order_by(Klagesteg.laget.desc(), Klagesteg.nr.desc())
        .limit(12)
    )
    with reading() as db:
        unconfirmed, rows = db.scalars(told).all(), db.execute(taken).all()
    latest: dict[UUID, str] = {}
    for klage_id, steg in rows:
        latest.setdefault(klage_id, steg)
    return [
        Nyhet(_("Veilederen din har skrevet ned en klage for deg. Se om det stemmer."), f"/klage/{klage_id}")
        for klage_id in unconfirmed
    ] + [
        Nyhet(_("Klagen din: %(hva)s.", hva=STEG[Stand(steg)]), f"/klage/{klage_id}", venter=False)
        for klage_id, steg in list(latest.items())[:3]
    ]


def for_liste(kommune_id: int, bruker_ids: Sequence[UUID]) -> dict[UUID, list[Merke]]:
    """Whose klage waits for the office: to be taken in hand, considered, sent on; what was added, and withdrawn."""
    taken = (
        select(func.count())
        .where(Klagesteg.kommune_id == Klage.kommune_id, Klagesteg.klage_id == Klage.id)
        .scalar_subquery()
    )
    open_ = and_(taken < 3, ~_of(Klagesteg, Klage.id, Klagesteg.steg == Stand.OMGJORT.value))
    gone_since = _of(Klagetrekk, Klage.id, Klagetrekk.laget > clock.now() - NEW_FOR)
    withdrawn, added = _of(Klagetrekk, Klage.id), _waiting()
    with reading() as db:
        rows = db.execute(
            select(Klage.bruker_id, Klage.laget, _told(), taken, open_, added, gone_since)
            .where(
                Klage.kommune_id == kommune_id,
                Klage.bruker_id.in_(bruker_ids),
                or_(gone_since, and_(~withdrawn, or_(open_, added))),
            )
            .order_by(Klage.laget, Klage.id)
        ).all()
    today, found = oslo_date(clock.now()), dict[UUID, list[Merke]]()
    words = {0: ("klage_ny", _("Ny klage")), 1: ("klage_vurder", _("Klage skal vurderes"))}
    for bruker_id, laget, sagt, antall, waits, more, gone in rows:
        labels = found.setdefault(bruker_id, [])
        if gone:
            labels.append(Merke("klage_trukket", _("Klage trukket")))
            continue
        if waits:
            code, text = words.get(antall, ("klage_send", _("Klage skal sendes videre")))
            due = rules.answer_by(sagt or oslo_date(laget)) if antall < 2 else None
            labels.append(Merke(code, text, due, haster=due is not None and due < today))
        if more:
            labels.append(Merke("klage_tillegg", _("Nytt i en klage")))
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
            select(Klage.id, Klage.nummer, Klage.laget, _told(), latest, _of(Klagetrekk, Klage.id), _waiting())
            .where(Klage.kommune_id == kommune_id, Klage.bruker_id == bruker_id)
            .order_by(Klage.laget.desc(), Klage.id)
            .limit(MOST)
        ).all()
    found = [
        _line(
            bruker_id,
            klage_id,
            nummer,
            sagt or oslo_date(laget),
            rules.stand([steg] if steg else [], trukket=withdrawn),
            added=added,
        )
        for klage_id, nummer, laget, sagt, steg, withdrawn, added in rows
    ]
    lines = [one for one in found if one is not None]
    if rows and not lines:
        lines = [Steg("klage_ferdig", _("Klage"), _("Ingen klage venter på svar."), i_saken(bruker_id, "klage/"))]
    return lines


def _of(table: Any, klage_id: Any, *more: ColumnElement[bool]) -> Exists:
    """Whether there is a row of ``table`` for the klage. By bruker too: that is what the indexes begin with."""
    klage = klage_id.class_
    return (
        select(table.id)
        .where(
            table.kommune_id == klage.kommune_id,
            table.bruker_id == klage.bruker_id,
            table.klage_id == klage_id,
            *more,
        )
        .exists()
    )


def _waiting() -> Exists:
    """Whether something was added that nobody has considered or sent on."""
    dealt_with = (
        select(Klagetilleggsteg.id)
        .where(Klagetilleggsteg.kommune_id == Klagetillegg.kommune_id, Klagetilleggsteg.tillegg_id == Klagetillegg.id)
        .exists()
    )
    return _of(Klagetillegg, Klage.id, ~dealt_with)


def _told() -> Any:
    """The day it was told, when it was."""
    return (
        select(Klagenedtegning.sagt)
        .where(Klagenedtegning.kommune_id == Klage.kommune_id, Klagenedtegning.klage_id == Klage.id)
        .scalar_subquery()
    )


def _line(bruker_id: UUID, klage_id: UUID, nummer: str, sent: date, now: Stand, *, added: bool) -> Steg | None:
    address, late = i_saken(bruker_id, f"klage/{klage_id}"), added and now in rules.KAN[Handling.SEND_TILLEGG][1]
    if late:
        return Steg(
            "klage_tillegg",
            _("Klage"),
            _("Brukeren har lagt til noe etter at klagen ble sendt videre."),
            address,
            gjor=_("Send tillegget til Statsforvalteren"),
            sti=f"{address}#tillegg",
            om=nummer,
        )
    if now in rules.FERDIG:
        return None
    today = oslo_date(clock.now())
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
