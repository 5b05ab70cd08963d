"""What is new about råd og veiledning; see platform/nyheter.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select

from webapp.platform import clock, dates
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Merke, Nyhet, Steg, i_saken
from webapp.platform.sealing import Seal
from webapp.veiledning import rules
from webapp.veiledning.models import Radsamtale, Radslutt, Radsoknad, Radvedtak
from webapp.veiledning.rules import Handling, Stand

MOST = 20  # on the page of a case; more matters than this nobody has


def for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Nyhet]:  # noqa: ARG001 -- the same in every room
    """Each vedtak as long as one can complain about it, with the last day for that."""
    with reading() as db:
        rows = db.execute(
            select(Radvedtak.soknad_id, Radvedtak.klagefrist)
            .where(
                Radvedtak.kommune_id == kommune_id,
                Radvedtak.bruker_id == bruker_id,
                Radvedtak.klagefrist >= oslo_date(clock.now()),
            )
            .order_by(Radvedtak.laget.desc(), Radvedtak.id.desc())
            .limit(3)
        ).all()
    return [
        Nyhet(_("Du har fått svar på søknaden om råd og veiledning."), f"/veiledning/{soknad_id}", frist)
        for soknad_id, frist in rows
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


def for_sak(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Steg]:  # noqa: ARG001 -- the same in every room
    """Where each matter stands that is asked for or granted, and what the office does next with it. One query."""

    def there(table: type[Radsamtale] | type[Radslutt]) -> ColumnElement[bool]:
        return (
            select(table.id).where(table.kommune_id == Radvedtak.kommune_id, table.vedtak_id == Radvedtak.id).exists()
        )

    with reading() as db:
        rows = db.execute(
            select(Radsoknad.id, Radvedtak.utfall, Radvedtak.start, there(Radsamtale), there(Radslutt))
            .outerjoin(
                Radvedtak, (Radvedtak.kommune_id == Radsoknad.kommune_id) & (Radvedtak.soknad_id == Radsoknad.id)
            )
            .where(Radsoknad.kommune_id == kommune_id, Radsoknad.bruker_id == bruker_id)
            .order_by(Radsoknad.laget.desc(), Radsoknad.id)
            .limit(MOST)
        ).all()
    lines = []
    for soknad_id, utfall, start, talked, ended in rows:
        now = rules.stand(utfall=utfall, avsluttet=ended)
        if now in (Stand.SOKT, Stand.INNVILGET):
            lines.append(_line(i_saken(bruker_id, f"veiledning/{soknad_id}"), now, start, talked=talked))
    if rows and not lines:
        nothing = _("Ingen søknad venter, og ingenting er i gang.")
        lines = [Steg("rad_ferdig", _("Råd og veiledning"), nothing, i_saken(bruker_id, "veiledning/"))]
    return lines


def _line(address: str, now: Stand, start: date | None, *, talked: bool) -> Steg:
    today = oslo_date(clock.now())
    step = rules.next_step(now, start=start, talked=talked, today=today)
    if now is Stand.SOKT:
        words = _("Brukeren ber om råd og veiledning.")
    else:
        words = _("Innvilget fra %(dato)s.", dato=dates.long_date(start or today, str(get_locale()), today))
    if step is Handling.SAMTALE:
        words = f"{words} {_('Ingen samtale er skrevet inn ennå.')}"
    do = {
        Handling.INNVILG: (_("Registrer vedtaket"), f"{address}/vedtak"),
        Handling.SAMTALE: (_("Skriv om den første samtalen"), f"{address}/samtale"),
    }
    gjor, sti = do[step] if step else ("", "")
    return Steg(f"rad_{now}", _("Råd og veiledning"), words, address, gjor, sti)
