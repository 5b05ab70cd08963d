"""What is new about vilkår, for the bruker's front page and the veileder's worklist (platform/nyheter.py)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import or_, select

from webapp.platform import clock
from webapp.platform.database import reading
from webapp.platform.dates import oslo_date
from webapp.platform.nyheter import Merke, Nyhet
from webapp.platform.sealing import Seal
from webapp.vilkar import tekst
from webapp.vilkar.grunnlag import gjeldende
from webapp.vilkar.models import Vilkar

SOON = timedelta(days=7)


def for_bruker(kommune_id: int, bruker_id: UUID, seal: Seal) -> list[Nyhet]:
    """New text to read, «do you understand», and what has its last day soon. One query."""
    today = oslo_date(clock.now())
    lines = []
    for one in gjeldende(kommune_id, bruker_id, seal):
        address = f"/vilkar/{one.id}"
        near = one.frist is not None and today <= one.frist <= today + SOON and not one.meldt
        if not one.vist:
            words = _("Du har noe nytt å lese fra Nav.") if one.versjon == 1 else _("Nav har endret noe du må gjøre.")
            lines.append(Nyhet(words, address, one.frist, haster=near))
        elif near:
            lines.append(
                Nyhet(_("Snart siste dag: %(hva)s", hva=tekst.plain(one.tittel)), address, one.frist, haster=True)
            )
        elif one.svar is None:
            lines.append(Nyhet(_("Si om du forstår: %(hva)s", hva=tekst.plain(one.tittel)), address, one.frist))
    return lines


def for_liste(kommune_id: int, bruker_ids: Sequence[UUID]) -> dict[UUID, list[Merke]]:
    """What waits for the veileder with each of them. One query."""
    today = oslo_date(clock.now())
    found: defaultdict[UUID, list[Merke]] = defaultdict(list)
    with reading() as db:
        rows = db.execute(
            select(
                Vilkar.bruker_id,
                Vilkar.frist,
                Vilkar.vist,
                Vilkar.svar,
                Vilkar.trenger_hjelp,
                Vilkar.uenig,
                Vilkar.meldt,
            )
            .where(
                Vilkar.kommune_id == kommune_id,
                Vilkar.bruker_id.in_(list(bruker_ids)),
                Vilkar.tilstand.in_(("gjelder", "ikke_oppfylt")),
                or_(Vilkar.vist.is_(False), Vilkar.trenger_hjelp, Vilkar.uenig, Vilkar.meldt, Vilkar.frist < today),
            )
            .order_by(Vilkar.frist, Vilkar.id)
        ).all()
    for bruker_id, frist, vist, svar, trenger_hjelp, uenig, meldt in rows:
        for label in _labels(svar, vist=vist, hjelp=trenger_hjelp, uenig=uenig, meldt=meldt):
            found[bruker_id].append(Merke(*label, frist))
        if frist is not None and frist < today and not meldt:
            found[bruker_id].append(Merke("vilkar_frist", _("Siste dag for et vilkår har vært"), frist))
    return {
        bruker_id: list({one.kode: one for one in reversed(labels)}.values()) for bruker_id, labels in found.items()
    }


def _labels(svar: str | None, *, vist: bool, hjelp: bool, uenig: bool, meldt: bool) -> list[tuple[str, str]]:
    labels = []
    if not vist:
        labels.append(("vilkar_ikke_vist", _("Vilkår ikke åpnet")))
    if hjelp and svar == "sporsmal":
        labels.append(("vilkar_sporsmal", _("Spørsmål om et vilkår")))
    elif hjelp:
        labels.append(("vilkar_hjelp", _("Vil ha et vilkår forklart")))
    if uenig:
        labels.append(("vilkar_uenig", _("Uenig i et vilkår")))
    if meldt:
        labels.append(("vilkar_gjort", _("Sier at et vilkår er gjort")))
    return labels
