"""Meetings that the bruker sees (S4): agreed on, changed, cancelled, held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.identitet.adgang import Sak
from webapp.identitet.tur import queue_up
from webapp.kartlegging import service as kartlegging
from webapp.kartlegging import svarrader
from webapp.moter import hvem, paminn, rules
from webapp.moter.forms import Avtale, shown
from webapp.moter.lesing import NotHere, opened, place
from webapp.moter.models import Mote
from webapp.moter.rules import Handling, Tilstand
from webapp.platform import access, audit, clock, ids
from webapp.platform.database import writing
from webapp.platform.sealing import Seal


class AlreadyAgreed(Exception):
    """The form has made a meeting before, and now says something else."""


class Changed(Exception):
    """Somebody else has changed the same of the meeting, and to something else."""


def agree(who: access.Ansatt, sak: Sak, mote_id: UUID, avtale: Avtale, med: UUID | None = None) -> UUID:
    """Agree on a meeting with ``med`` (``who``, when nobody is named); returns its id.

    ``mote_id`` comes with the form: sent twice, it is made once. A first meeting after a delivery is its gjennomgang,
    and is linked to it (K8). Raises AlreadyAgreed when the form made another meeting than this one, or one that is
    changed since, and hvem.NotTheirs.
    """
    with writing() as db:
        queue_up(db, sak.kommune_id, sak.bruker_id)
        there = db.get(Mote, (sak.kommune_id, mote_id))
        if there is not None and there.bruker_id == sak.bruker_id:
            if opened(there, "", None, sak.seal).avtale != avtale or there.ansatt_id != (med or who.id):
                raise AlreadyAgreed("another time, place, message or person")
            return mote_id
        if there is not None:
            mote_id = ids.new_id()  # a form key that names somebody else's meeting
        if med is not None:
            hvem.can_meet(sak.kommune_id, sak.bruker_id, med)
        state = kartlegging.state(sak.kommune_id, sak.bruker_id)
        waiting = state is not None and state.siste_levering_id is not None and state.samtale_holdt is None
        row = Mote(
            id=mote_id,
            kommune_id=sak.kommune_id,
            bruker_id=sak.bruker_id,
            ansatt_id=med or who.id,
            levering_id=state.siste_levering_id if state is not None and waiting else None,
            tilstand=Tilstand.AVTALT.value,
        )
        _write(row, who, sak.seal, avtale)
        row.sekvens = 0
        db.add(row)
        paminn.agreed(db, row)
        audit.record(db, sak.kommune_id, "mote_avtalt", who.actor, bruker_id=sak.bruker_id, mote_id=mote_id)
    return mote_id


def change(
    who: access.Ansatt,
    sak: Sak,
    mote_id: UUID,
    avtale: Avtale,
    med: UUID | None = None,
    vist: Mapping[str, object] | None = None,
) -> None:
    """Another time, place, length, form or person (``med``; as it was, when nobody is named).

    ``vist``: what the page showed first (forms.shown). What nobody touched on it stays as it is now. When nothing is
    left to change, nothing is written and nobody is told. Raises NotHere, rules.NotPossible, hvem.NotTheirs, Changed.
    """
    with writing() as db:
        queue_up(db, sak.kommune_id, sak.bruker_id)  # a handover at this moment decides who can be met
        row = _locked(db, sak.kommune_id, sak.bruker_id, mote_id)
        _step(row, Handling.ENDRE, "ansatt")
        now = opened(row, "", None, sak.seal)
        typed = shown(avtale, med or now.ansatt_id)
        wanted, both = rules.together(vist or {}, shown(now.avtale, now.ansatt_id), typed)
        if both:
            raise Changed(", ".join(sorted(both)))
        med, avtale = wanted.pop("hvem"), Avtale(**wanted)
        if med != row.ansatt_id:
            hvem.can_meet(sak.kommune_id, sak.bruker_id, med)
            hvem.give(db, row, med, who.actor)
        if avtale == now.avtale:
            return  # sent twice, or only with somebody else: nothing to tell, and it has not moved
        # All but the words: also to another place, or nobody comes where they wait.
        moved = replace(avtale, melding=now.avtale.melding) != now.avtale
        if moved:
            row.sekvens += 1  # RFC 5545: the phone's calendar takes the later one
        _write(row, who, sak.seal, avtale)
        if moved:
            paminn.moved(db, row)
        audit.record(db, sak.kommune_id, "mote_endret", who.actor, bruker_id=sak.bruker_id, mote_id=mote_id)


def cancel(who: access.Ansatt, sak: Sak, mote_id: UUID, melding: str) -> None:
    """Cancel, with a message to the bruker. Raises NotHere, rules.NotPossible."""
    with writing() as db:
        queue_up(db, sak.kommune_id, sak.bruker_id)
        row = _locked(db, sak.kommune_id, sak.bruker_id, mote_id)
        if (
            row.melding_av == who.id
            and _is(row, Tilstand.AVLYST)
            and opened(row, "", None, sak.seal).melding == melding
        ):
            return
        row.tilstand = _step(row, Handling.AVLYS, "ansatt").value
        row.sekvens += 1
        row.melding, row.melding_av = sak.seal.close(melding, place(row, "melding")), who.id
        row.endret = clock.now()
        paminn.cancelled(db, row)
        audit.record(db, sak.kommune_id, "mote_avlyst", who.actor, bruker_id=sak.bruker_id, mote_id=mote_id)


def held(who: access.Ansatt, sak: Sak, mote_id: UUID) -> None:
    """The meeting was held. After a delivery it is the conversation that stops the first clock (K8).

    Raises NotHere, rules.NotPossible.
    """
    with writing() as db:
        queue_up(db, sak.kommune_id, sak.bruker_id)
        svarrader.queue_up(db, sak.kommune_id, sak.bruker_id, sak.seal)  # a delivery at this moment starts a new clock
        row = _locked(db, sak.kommune_id, sak.bruker_id, mote_id)
        if _is(row, Tilstand.HOLDT):
            return
        row.tilstand = _step(row, Handling.HOLDT, "ansatt").value
        row.endret = clock.now()
        audit.record(db, sak.kommune_id, "mote_holdt", who.actor, bruker_id=sak.bruker_id, mote_id=mote_id)
        state = kartlegging.state(sak.kommune_id, sak.bruker_id)
        if state is None or state.siste_levering_id is None or state.samtale_holdt is not None:
            return
        if rules.stops_conversation_clock(nar=row.nar, levert=state.levert):
            row.levering_id = state.siste_levering_id
            kartlegging.conversation_held(db, sak.kommune_id, sak.bruker_id, row.nar)
            audit.record(
                db,
                sak.kommune_id,
                "gjennomgang_registrert",
                who.actor,
                bruker_id=sak.bruker_id,
                levering_id=row.levering_id,
            )


def not_held(who: access.Ansatt, sak: Sak, mote_id: UUID) -> None:
    """The meeting did not happen. Nothing says whose doing it was (U7). Raises NotHere, rules.NotPossible."""
    with writing() as db:
        queue_up(db, sak.kommune_id, sak.bruker_id)
        row = _locked(db, sak.kommune_id, sak.bruker_id, mote_id)
        if _is(row, Tilstand.IKKE_HOLDT):
            return
        row.tilstand = _step(row, Handling.IKKE_HOLDT, "ansatt").value
        row.endret = clock.now()
        audit.record(db, sak.kommune_id, "mote_ikke_holdt", who.actor, bruker_id=sak.bruker_id, mote_id=mote_id)


def lock(db: Session, kommune_id: int, bruker_id: UUID, mote_id: UUID, handling: Handling, who: str = "ansatt") -> Mote:
    """The row of a meeting, locked, when ``who`` can do ``handling`` with it. Raises NotHere, rules.NotPossible.

    The bruker first, as everywhere: one form can come at once about two meetings, and who is deleted has none (S3).
    """
    queue_up(db, kommune_id, bruker_id)
    row = _locked(db, kommune_id, bruker_id, mote_id)
    _step(row, handling, who)
    return row


def _write(row: Mote, who: access.Ansatt, seal: Seal, avtale: Avtale) -> None:
    """What is agreed; other words than those that stand there are the words of ``who``."""
    before = seal.open(row.melding, place(row, "melding")) if row.melding else ""
    if avtale.melding != before:
        row.melding_av = who.id if avtale.melding else None
    row.nar, row.minutter, row.form = avtale.nar, avtale.minutter, avtale.form
    row.sted = seal.close(avtale.sted, place(row, "sted"))
    row.melding = seal.close(avtale.melding, place(row, "melding")) if avtale.melding else None
    row.endret = clock.now()


def _is(row: Mote, tilstand: Tilstand) -> bool:
    """Whether it is done already: a button pressed twice is answered as the first time, and nothing more is logged."""
    return row.tilstand == tilstand.value


def _step(row: Mote, handling: Handling, who: str) -> Tilstand:
    return rules.after(Tilstand(row.tilstand), handling, who, nar=row.nar, now=clock.now())


def _one(kommune_id: int, bruker_id: UUID, mote_id: UUID) -> Select[Mote]:
    return select(Mote).where(Mote.kommune_id == kommune_id, Mote.id == mote_id, Mote.bruker_id == bruker_id)


def _locked(db: Session, kommune_id: int, bruker_id: UUID, mote_id: UUID) -> Mote:
    row = db.scalar(_one(kommune_id, bruker_id, mote_id).with_for_update())
    if row is None:
        raise NotHere("no such meeting")
    return row
