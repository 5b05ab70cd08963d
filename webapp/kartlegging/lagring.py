"""Saving answers as typed. Nothing is overwritten that the page had not seen: then the new text is kept beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import LazyString
from sqlalchemy.orm import Session

from webapp.kartlegging import konflikter, rules, svarrader
from webapp.kartlegging.rules import Naa, Skriver, Utfall, Verdi
from webapp.kartlegging.skjema import EGNE_ORD, SKJEMA, UkjentSporsmal
from webapp.kartlegging.skjema.validering import ULESELIG
from webapp.kartlegging.stand import ensure_row
from webapp.platform import clock, languages
from webapp.platform.database import is_open, writing
from webapp.platform.sealing import Seal


@dataclass(frozen=True, slots=True)
class Endring:
    """What a page sends for one question: what stands there now, and which version and text it started from.

    ``fortsatt`` is True for «fortsatt slik» and False for «endret» (K7), None where neither was said. ``sprak``: the
    language of the page it was typed on, empty when that is not said. ``skriver``: who typed it (K1), when that is
    another than the one who saves. ``valgt``: the bruker has chosen it out of two texts.
    """

    sporsmal: str
    verdi: object
    vil_ikke: bool
    versjon: int
    merke: str
    fortsatt: bool | None = None
    sprak: str = ""
    skriver: Skriver | None = None
    valgt: bool = False


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
    ``unverified``: text kept from an ended session (platform/drafts.py), which has no form key. Inside a transaction
    that has begun it joins that one, and looks before it writes: what it began it could not take back alone.
    """
    saved = Lagret(clock.now())
    accepted = list(_readable(tema_id, changes, saved))
    if not accepted:
        return saved
    typed = _Skrevet(kommune_id, bruker_id, seal, skriver, saved)
    try:
        if _only_new_words(accepted) and not is_open():
            row = typed.next_version(*accepted[0])  # sealed before the transaction: SQLite lets one in at a time
            with writing(unverified=unverified) as db:
                _go_on(db, row)
            return saved
    except _Moved:
        saved.felt.clear()
    with writing(unverified=unverified) as db:
        typed.look_and_write(db, tema_id, accepted)
    return saved


class _Moved(Exception):
    """The answer, or the mapping, is not as the page last saw it: look first, then write."""


def _only_new_words(accepted: list[tuple[Endring, Verdi]]) -> bool:
    """Whether this is what a page sends while somebody types: one answer, changed, that went on from a stored one."""
    (change, verdi), *more = accepted
    if more or change.fortsatt is not None or change.merke.startswith(rules.KONFLIKTMERKE):
        return False
    if not 1 <= change.versjon < svarrader.LAST_VERSION:
        return False
    # The same words with another «vil ikke svare» are not new: one has to look whose they are.
    return change.merke not in {rules.merke(verdi, vil_ikke=declined) for declined in (False, True)}


@dataclass(frozen=True, slots=True)
class _Skrevet:
    """What somebody has typed about one bruker, and what comes of it: ``saved``."""

    kommune_id: int
    bruker_id: UUID
    seal: Seal
    skriver: Skriver
    saved: Lagret

    def next_version(self, change: Endring, verdi: Verdi) -> dict[str, Any]:
        """The row for the version after the one that the page started from."""
        return self._row(
            change.sporsmal, Naa(verdi, change.vil_ikke, change.versjon + 1, skriver=self._typed(change, verdi))
        )

    def look_and_write(self, db: Session, tema_id: str | None, accepted: list[tuple[Endring, Verdi]]) -> None:
        """Take one's turn, look at what stands there, and write over it or keep both."""
        svarrader.queue_up(db, self.kommune_id, self.bruker_id, self.seal)
        self.saved.tid = clock.now()  # one has waited for one's turn
        idents = [change.sporsmal for change, _ in accepted]
        standing = svarrader.present(db, self.kommune_id, self.bruker_id, self.seal, idents)
        rows = [row for change, verdi in accepted if (row := self._one(db, change, verdi, standing[change.sporsmal]))]
        if not rows:
            return
        place = (self.kommune_id, self.bruker_id, tema_id or str(rows[-1]["tema"]), self.saved.tid)
        moment = svarrader.note_change(db, *place)
        if moment is None:
            ensure_row(db, self.kommune_id, self.bruker_id, self.seal)
            moment = svarrader.note_change(db, *place)
        svarrader.put(db, [{**row, "endret": moment} for row in rows])

    def _one(self, db: Session, change: Endring, verdi: Verdi, now: Naa) -> dict[str, Any] | None:
        """The row to write for one question; None when nothing is new there, or its text is kept beside."""
        typed = self._typed(change, verdi)
        beside = _beside(db, self.kommune_id, self.bruker_id, self.seal, change, verdi, now, typed)
        if beside:
            self.saved.konflikt.append(change.sporsmal)
            self.saved.felt[change.sporsmal] = (change.versjon, beside)
            return None
        after = _after(change, verdi, now, typed)
        if after is None:
            return None
        if after is now:
            self._stands(change.sporsmal, after)
            return None
        return self._row(change.sporsmal, after)

    def _typed(self, change: Endring, verdi: Verdi) -> Skriver:
        """Who typed this, and in which language: that of the page it was typed on, unless the letters are others'."""
        typed = change.skriver or self.skriver
        typed = replace(typed, sprak=change.sprak or typed.sprak or self.skriver.sprak)
        if isinstance(verdi, list) or SKJEMA.sporsmal(change.sporsmal).type not in EGNE_ORD:
            return typed
        return replace(typed, sprak=languages.written_in(verdi, typed.sprak))

    def _row(self, sporsmal: str, after: Naa) -> dict[str, Any]:
        self._stands(sporsmal, after)
        return svarrader.row(self.kommune_id, self.bruker_id, self.seal, self.skriver, sporsmal, after, self.saved.tid)

    def _stands(self, sporsmal: str, after: Naa) -> None:
        self.saved.felt[sporsmal] = (after.versjon, rules.merke(after.verdi, after.vil_ikke))


def _go_on(db: Session, row: dict[str, Any]) -> None:
    """Write over the version that the page started from, without looking: the version itself guards it.

    This is nearly every save, with half the statements. Raises _Moved, before anything is committed, when another
    version stands there, or when the mapping was delivered since the clock was looked at.
    """
    if not svarrader.note_undelivered(db, row) or not svarrader.replace(db, row):
        raise _Moved


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
    db: Session, kommune_id: int, bruker_id: UUID, seal: Seal, change: Endring, verdi: Verdi, now: Naa, typed: Skriver
) -> str | None:
    """Keep a conflicting text; returns the mark with which its page goes on, None when there is no conflict."""
    if change.merke.startswith(rules.KONFLIKTMERKE):
        mark = konflikter.go_on(db, kommune_id, bruker_id, seal, change, verdi, typed)
        if mark:
            return mark
    if rules.outcome(verdi, change.vil_ikke, (change.versjon, change.merke), now) is not Utfall.KONFLIKT:
        return None
    return konflikter.keep(db, kommune_id, bruker_id, seal, change.sporsmal, verdi, typed, vil_ikke=change.vil_ikke)


def _after(change: Endring, verdi: Verdi, now: Naa, typed: Skriver) -> Naa | None:
    """The answer after the save: ``now`` itself when nothing is new, None when the page is stale and untouched."""
    match rules.outcome(verdi, change.vil_ikke, (change.versjon, change.merke), now):
        case Utfall.LIK:
            return rules.confirmed(now, change.fortsatt, valgt=change.valgt)
        case Utfall.SKRIV:
            changed = change.fortsatt is False
            return rules.written(verdi, change.vil_ikke, now, typed, endret=changed, valgt=change.valgt)
        case _:
            return None
