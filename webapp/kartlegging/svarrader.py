"""The rows that answers lie in, and one's turn at them. Statements are built once: they run while people type."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from webapp.kartlegging import rules
from webapp.kartlegging.models import Kartlegging, Svar
from webapp.kartlegging.rules import Naa, Skriver
from webapp.kartlegging.stand import ensure_row
from webapp.platform.sealing import Place, Seal

LAST_VERSION = 2**31 - 1  # of an answer: a whole number of PostgreSQL. A page can send a larger one; no row has it.


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
    for sporsmal, sealed, versjon, *typed in db.connection().execute(
        _PRESENT, {"k": kommune_id, "b": bruker_id, "wanted": wanted}
    ):
        content = seal.open_json(sealed, answer_place(kommune_id, bruker_id, sporsmal))
        said = {name: content.get(name, nothing) for name, nothing in _SAID.items()}
        found[sporsmal] = Naa(content["verdi"], content["vil_ikke"], versjon, skriver=Skriver(*typed), **said)
    return found


def row(
    kommune_id: int, bruker_id: UUID, seal: Seal, skriver: Skriver, sporsmal: str, answer: Naa, now: datetime
) -> dict[str, Any]:
    """The row of ``answer`` as it is stored, sealed. ``skriver``: whose it is when the answer does not say."""
    content: dict[str, Any] = {"verdi": answer.verdi, "vil_ikke": answer.vil_ikke}
    content |= {name: said for name, nothing in _SAID.items() if (said := getattr(answer, name)) is not nothing}
    skriver = answer.skriver or skriver
    return {
        "kommune_id": kommune_id,
        "bruker_id": bruker_id,
        "sporsmal": sporsmal,
        "tema": sporsmal.partition(".")[0],
        "verdi": seal.close_json(content, answer_place(kommune_id, bruker_id, sporsmal)),
        "versjon": answer.versjon,
        "endret": now,
        "sprak": skriver.sprak,
        "skrevet_av": skriver.skrevet_av,
        "ansatt_id": skriver.ansatt_id,
    }


def put(db: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Write ``rows``, whatever stands there. For a caller who has queued up and looked."""
    db.connection().execute(_upsert(db.get_bind().dialect.name), rows if len(rows) > 1 else rows[0])


def forget_confirmed(db: Session, kommune_id: int, bruker_id: UUID, seal: Seal) -> None:
    """«Fortsatt slik» and «endret» were said to a version that is delivered now: the next round asks anew (K7).

    For a caller who has queued up. The answers, their versions and who wrote them when stay as they are.
    """
    place = {"k": kommune_id, "b": bruker_id}
    rows = []
    for sporsmal, sealed in db.connection().execute(_ALL, place):
        content = seal.open_json(sealed, answer_place(kommune_id, bruker_id, sporsmal))
        if content.pop("fortsatt", None) is not None:
            verdi = seal.close_json(content, answer_place(kommune_id, bruker_id, sporsmal))
            rows.append({**place, "s": sporsmal, "ny_verdi": verdi})
    if rows:
        db.connection().execute(_RESEAL, rows)


def replace(db: Session, row: dict[str, Any]) -> bool:
    """Write ``row`` where the version before it stands; False, with nothing written, where another one does."""
    changes = {f"ny_{name}": row[name] for name in _CHANGED}
    mine = {"k": row["kommune_id"], "b": row["bruker_id"], "s": row["sporsmal"], "before": row["versjon"] - 1}
    return db.connection().execute(_REPLACE, {**mine, **changes}).rowcount == 1


def note_change(db: Session, kommune_id: int, bruker_id: UUID, tema_id: str, now: datetime) -> datetime | None:
    """Say on the mapping's row when and where was written last; None when there is no such row yet.

    The moment that it says is what counts: ``now``, or just after the latest delivery when a clock that was set back
    says that this has not been yet. What is written after a delivery never looks older than it (K7).
    """
    change = {"k": kommune_id, "b": bruker_id, "now": now, "place": tema_id}
    found = db.connection().execute(_NOTE_CHANGE.returning(_K.levert), change).one_or_none()
    if found is None:
        return None
    moment = rules.after_delivery(now, found[0])
    if moment != now:
        db.connection().execute(_NOTE_CHANGE, {**change, "now": moment})
    return moment


def note_undelivered(db: Session, row: dict[str, Any]) -> bool:
    """Say that ``row`` is being written, unless the mapping was delivered since. On PostgreSQL it is one's turn then.

    False, with nothing written, when it was delivered, or there is no row to say it on.
    """
    change = {"k": row["kommune_id"], "b": row["bruker_id"], "now": row["endret"], "place": row["tema"]}
    return db.connection().execute(_NOTE_UNDELIVERED, change).rowcount == 1


# What the bruker has said of an answer, and what it is when nothing is said: then it is not there (rules.Naa).
_SAID = {"fortsatt": None, "bekreftet": False}
_STATES: Any = Kartlegging.__table__
_ANSWERS: Any = Svar.__table__
_S, _K = _ANSWERS.c, _STATES.c
_CHANGED = ("verdi", "versjon", "endret", "sprak", "skrevet_av", "ansatt_id")
_PRESENT = select(_S.sporsmal, _S.verdi, _S.versjon, _S.skrevet_av, _S.sprak, _S.ansatt_id).where(
    _S.kommune_id == bindparam("k"),
    _S.bruker_id == bindparam("b"),
    _S.sporsmal.in_(bindparam("wanted", expanding=True)),
)
_ALL = select(_S.sporsmal, _S.verdi).where(_S.kommune_id == bindparam("k"), _S.bruker_id == bindparam("b"))
_RESEAL = (
    update(_ANSWERS)
    .where(_S.kommune_id == bindparam("k"), _S.bruker_id == bindparam("b"), _S.sporsmal == bindparam("s"))
    .values(verdi=bindparam("ny_verdi"))
)
_MY_TURN = select(_K.bruker_id).where(_K.kommune_id == bindparam("k"), _K.bruker_id == bindparam("b")).with_for_update()
_NOTE_CHANGE = (
    update(_STATES)
    .where(_K.kommune_id == bindparam("k"), _K.bruker_id == bindparam("b"))
    .values(endret=bindparam("now"), sist_tema=bindparam("place"), begynt=func.coalesce(_K.begynt, bindparam("now")))
)
_NOTE_UNDELIVERED = _NOTE_CHANGE.where(or_(_K.levert.is_(None), _K.levert < bindparam("now")))
_REPLACE = (
    update(_ANSWERS)
    .where(
        _S.kommune_id == bindparam("k"),
        _S.bruker_id == bindparam("b"),
        _S.sporsmal == bindparam("s"),
        _S.versjon == bindparam("before"),
    )
    .values({name: bindparam(f"ny_{name}") for name in _CHANGED})
)


@cache
def _upsert(dialect: str) -> Any:
    insert: Any = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(_ANSWERS)
    return statement.on_conflict_do_update(
        index_elements=["kommune_id", "bruker_id", "sporsmal"],
        set_={name: getattr(statement.excluded, name) for name in _CHANGED},
    )
