"""A question beside an answer is answered when the bruker changes the answer and delivers again (K11)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from webapp.kartlegging import service, versjoner
from webapp.kartlegging.models import Levering, Merknad, Merknadsvar, Merknadversjon
from webapp.kartlegging.service import Utfylt
from webapp.kartlegging.skjema import Visning
from webapp.kartlegging.versjoner import LevertSvar
from webapp.platform import access, audit


def by_new_version(
    db: Session,
    who: access.Bruker,
    new: Levering,
    svar: Mapping[str, LevertSvar],
    answers: Mapping[str, Utfylt],
) -> None:
    """Settle the open questions whose answer is another in ``new``, which holds ``svar``; in the caller's transaction.

    An answer that was changed before it was asked about (``answers`` say when), and one that stands as it was, leave
    the question open. The caller holds the bruker's turn, so that nothing is settled twice.
    """
    open_ones = db.scalars(
        select(Merknad)
        .where(
            Merknad.kommune_id == who.kommune_id,
            Merknad.bruker_id == who.id,
            Merknad.slag == "sporsmal",
            ~_there(Merknadsvar),
            ~_there(Merknadversjon),
        )
        .order_by(Merknad.laget, Merknad.id)
    ).all()
    for remark in open_ones:
        answer = answers.get(remark.sporsmal)
        if answer is None or answer.endret < remark.laget or _stands(db, who, remark, new, svar):
            continue
        db.add(Merknadversjon(kommune_id=who.kommune_id, merknad_id=remark.id, levering_id=new.id, bruker_id=who.id))
        service.question_answered(db, who.kommune_id, who.id)
        audit.record(db, who.kommune_id, "merknad_besvart", who.actor, bruker_id=who.id, merknad_id=remark.id)


def _there(table: type[Merknadsvar | Merknadversjon]) -> ColumnElement[bool]:
    return (
        select(table.merknad_id).where(table.kommune_id == Merknad.kommune_id, table.merknad_id == Merknad.id).exists()
    )


def _stands(db: Session, who: access.Bruker, remark: Merknad, new: Levering, svar: Mapping[str, LevertSvar]) -> bool:
    """Whether the answer is as it was in the version that was asked about."""
    now = svar.get(remark.sporsmal)
    if now is None and new.visning == Visning.MINI:
        return True  # a mini-mapping is silent on what it does not ask
    asked = db.get_one(Levering, (who.kommune_id, remark.levering_id))
    before = versjoner.opened(asked, who.seal).svar.get(remark.sporsmal)
    if now is None or before is None:
        return now is None and before is None
    return (now.verdi, now.vil_ikke) == (before.verdi, before.vil_ikke)
