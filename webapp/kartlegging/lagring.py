"""Saving answers as typed. Nothing is overwritten that the page had not seen: then the new text is kept beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from flask_babel import LazyString
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from webapp.kartlegging import konflikter, rules
from webapp.kartlegging.models import Kartlegging, Svar
from webapp.kartlegging.rules import Naa, Utfall, Verdi
from webapp.kartlegging.skjema import SKJEMA, UkjentSporsmal
from webapp.kartlegging.skjema.validering import ULESELIG
from webapp.kartlegging.stand import ensure_row
from webapp.platform import clock
from webapp.platform.database import writing
from webapp.platform.sealing import Place, Seal


@dataclass(frozen=True, slots=True)
class Skriver:
    """Who types (K1): ``bruker``, ``hjelper`` or ``ansatt``; and in which language the page is."""

    skrevet_av: str
    sprak: str
    ansatt_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Endring:
    """What a page sends for one question: what stands there now, and which version and text it started from.

    ``fortsatt`` is True or False for an answer to «fortsatt slik» (K7), None where that was not asked.
    """

    sporsmal: str
    verdi: object
    vil_ikke: bool
    versjon: int
    merke: str
    fortsatt: bool | None = None


@dataclass(slots=True)
class Lagret:
    """What came of a save, by question id. ``felt``: what to start from next time. ``feil``: why it was not stored.

    A question that was changed elsewhere and not touched here is in none of them.
    """

    tid: datetime
    felt: dict[str, tuple[int, str]] = field(default_factory=dict)
    konflikt: list[str] = field(default_factory=list)
    feil: dict[str, LazyString] = field(default_factory=dict)


def save(
    kommune_id: int,
    bruker_id: UUID,
    seal: Seal,
    skriver: Skriver,
    tema_id: str | None,
    changes: Sequence[Endring],
    *,
    unverified: bool = False,
) -> Lagret:
    """Save answers as typed, valid or not, in one durable transaction. ``tema_id`` None: from whatever theme.

    When an answer has been changed elsewhere since the page was made, the new text is kept beside it as a conflict.
    ``unverified``: text kept from an ended session (platform/drafts.py), which has no form key.
    """
    saved = Lagret(clock.now())
    accepted = list(_readable(tema_id, changes, saved))
    if not accepted:
        return saved
    with writing(unverified=unverified) as db:
        queue_up(db, kommune_id, bruker_id, seal)
        standing = present(db, kommune_id, bruker_id, seal, [change.sporsmal for change, _ in accepted])
        rows = []
        for change, verdi in accepted:
            ident, now = change.sporsmal, standing[change.sporsmal]
            beside = _beside(db, kommune_id, bruker_id, seal, change, verdi, now)
            if beside:
                saved.konflikt.append(ident)
                saved.felt[ident] = (change.versjon, beside)
                continue
            after = _after(change, verdi, now)
            if after is None:
                continue
            saved.felt[ident] = (after.versjon, rules.merke(after.verdi, after.vil_ikke))
            if after is not now:
                place = answer_place(kommune_id, bruker_id, ident)
                rows.append(
                    {
                        "kommune_id": kommune_id,
                        "bruker_id": bruker_id,
                        "sporsmal": ident,
                        "tema": ident.partition(".")[0],
                        "verdi": seal.close_json(_content(after), place),
                        "versjon": after.versjon,
                        "endret": saved.tid,
                        "sprak": skriver.sprak,
                        "skrevet_av": skriver.skrevet_av,
                        "ansatt_id": skriver.ansatt_id,
                    }
                )
        if rows:
            db.connection().execute(_upsert(db.get_bind().dialect.name), rows if len(rows) > 1 else rows[0])
            _note_change(db, kommune_id, bruker_id, seal, tema_id or str(rows[-1]["tema"]), saved.tid)
    return saved


def answer_place(kommune_id: int, bruker_id: UUID, sporsmal: str) -> Place:
    """Where the present answer to a question is sealed."""
    return Place("svar", "verdi", kommune_id, f"{bruker_id}/{sporsmal}")


def queue_up(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal) -> None:
    """Let one save at a time through for this bruker. SQLite has one writer anyway; PostgreSQL waits on the row."""
    if db.get_bind().dialect.name == "sqlite":
        return
    mine = {"k": kommune_id, "b": bruker_id}
    if db.connection().scalar(_MY_TURN, mine) is None:
        ensure_row(db, kommune_id, bruker_id, seal)
        db.connection().scalar(_MY_TURN, mine)


def present(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal, wanted: list[str]) -> dict[str, Naa]:
    """The answers that stand now to the questions in ``wanted``; an empty one where there is none."""
    found = dict.fromkeys(wanted, Naa())
    for sporsmal, sealed, versjon in db.connection().execute(
        _PRESENT, {"k": kommune_id, "b": bruker_id, "wanted": wanted}
    ):
        content = seal.open_json(sealed, answer_place(kommune_id, bruker_id, sporsmal))
        found[sporsmal] = Naa(content["verdi"], content["vil_ikke"], versjon, content.get("fortsatt", False))
    return found


def _readable(tema_id: str | None, changes: Sequence[Endring], saved: Lagret) -> Iterator[tuple[Endring, Verdi]]:
    for change in changes:
        try:
            sporsmal = SKJEMA.sporsmal(change.sporsmal)
            verdi = rules.read_answer(sporsmal, change.verdi)
        except UkjentSporsmal:
            saved.feil[change.sporsmal] = ULESELIG
            continue
        except rules.Avvist as refusal:
            saved.feil[change.sporsmal] = refusal.melding
            continue
        if tema_id is None or sporsmal.tema_id == tema_id:
            yield change, verdi
        else:
            saved.feil[change.sporsmal] = ULESELIG


def _beside(
    db: Session, kommune_id: int, bruker_id: UUID, seal: Seal, change: Endring, verdi: Verdi, now: Naa
) -> str | None:
    """Keep a conflicting text; returns the mark with which its page goes on, None when there is no conflict."""
    if change.merke.startswith(rules.KONFLIKTMERKE):
        mark = konflikter.go_on(db, kommune_id, bruker_id, seal, change, verdi)
        if mark:
            return mark
    if rules.outcome(verdi, change.vil_ikke, (change.versjon, change.merke), now) is not Utfall.KONFLIKT:
        return None
    return konflikter.keep(db, kommune_id, bruker_id, seal, change.sporsmal, verdi, vil_ikke=change.vil_ikke)


def _after(change: Endring, verdi: Verdi, now: Naa) -> Naa | None:
    """The answer after the save: ``now`` itself when nothing is new, None when the page is stale and untouched."""
    match rules.outcome(verdi, change.vil_ikke, (change.versjon, change.merke), now):
        case Utfall.LIK:
            return rules.confirmed(now, change.fortsatt)
        case Utfall.SKRIV:
            return rules.written(verdi, change.vil_ikke, now)
        case _:
            return None


def _content(answer: Naa) -> dict[str, Any]:
    content: dict[str, Any] = {"verdi": answer.verdi, "vil_ikke": answer.vil_ikke}
    return {**content, "fortsatt": True} if answer.fortsatt else content


@cache
def _upsert(dialect: str) -> Any:
    insert: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(Svar.__table__)
    changed = ("verdi", "versjon", "endret", "sprak", "skrevet_av", "ansatt_id")
    return statement.on_conflict_do_update(
        index_elements=["kommune_id", "bruker_id", "sporsmal"],
        set_={name: getattr(statement.excluded, name) for name in changed},
    )


# Built once, on the tables themselves: this is what runs while people type.
_STATES: Any = Kartlegging.__table__
_S, _K = Svar.__table__.c, _STATES.c
_PRESENT = select(_S.sporsmal, _S.verdi, _S.versjon).where(
    _S.kommune_id == bindparam("k"),
    _S.bruker_id == bindparam("b"),
    _S.sporsmal.in_(bindparam("wanted", expanding=True)),
)
_MY_TURN = select(_K.bruker_id).where(_K.kommune_id == bindparam("k"), _K.bruker_id == bindparam("b")).with_for_update()
_NOTE_CHANGE = (
    update(_STATES)
    .where(_K.kommune_id == bindparam("k"), _K.bruker_id == bindparam("b"))
    .values(endret=bindparam("now"), sist_tema=bindparam("place"), begynt=func.coalesce(_K.begynt, bindparam("now")))
    .returning(_K.bruker_id)
)


def _note_change(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal, tema_id: str, now: datetime) -> None:
    change = {"k": kommune_id, "b": bruker_id, "now": now, "place": tema_id}
    if db.connection().scalar(_NOTE_CHANGE, change) is None:
        ensure_row(db, kommune_id, bruker_id, seal)
        db.connection().execute(_NOTE_CHANGE, change)
