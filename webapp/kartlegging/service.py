"""Filling in: reading the answers, saving them, choosing between two texts. What the other rooms call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, join, select

from webapp.identitet.models import Bruker
from webapp.kartlegging import konflikter, rules, svarrader
from webapp.kartlegging.lagring import Endring, Lagret, save
from webapp.kartlegging.models import Kartlegging, Svar, Svarkonflikt
from webapp.kartlegging.rules import Skriver, Valgt, Verdi
from webapp.kartlegging.skjema import SKJEMA
from webapp.kartlegging.stand import (
    answer_given,
    answers_seen,
    choose_view,
    conversation_held,
    delivery_read,
    offer_view,
    offered_view,
    plan_followed,
    question_answered,
    question_asked,
    state,
)
from webapp.kartlegging.svarrader import answer_place
from webapp.platform import clock, drafts, missing
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Seal


class NotHere(missing.NotHere):
    """There is no such theme, question, delivery or text for this bruker."""


@dataclass(frozen=True, slots=True)
class Utfylt:
    """The present answer to one question. ``fortsatt``: True when «fortsatt slik» was said to it in a mini-mapping,
    False when «endret» was, and None when neither was said since the last delivery (K7).

    ``bekreftet``: an ansatt typed it, and the bruker has stood by it since (K1).
    """

    verdi: Verdi
    vil_ikke: bool
    versjon: int
    merke: str
    sprak: str
    skrevet_av: str
    endret: datetime
    fortsatt: bool | None = None
    bekreftet: bool = False


@dataclass(frozen=True, slots=True)
class Temastand:
    """What a page of questions reads besides the answers."""

    visning: str | None  # None before anything has been saved
    siste_levering_id: UUID | None
    levert: datetime | None  # when the latest version was delivered
    konflikter: frozenset[str]  # questions with two texts to choose between
    utkast: bool  # something is kept for the page that was not saved


# Built once, on the tables themselves: these run for every page and every save.
_K, _S, _F, _B = Kartlegging.__table__.c, Svar.__table__.c, Svarkonflikt.__table__.c, Bruker.__table__.c
_STAND = (
    select(
        _K.visning,
        _K.siste_levering_id,
        _K.levert,
        exists().where(_F.kommune_id == _B.kommune_id, _F.bruker_id == _B.id, _F.lost.is_(None)),
        drafts.lies_at(_B.kommune_id, "bruker", _B.id, bindparam("sti")),
    )
    # From the person: the first they ever wrote may be what could not be saved.
    .select_from(join(Bruker, Kartlegging, (_K.kommune_id == _B.kommune_id) & (_K.bruker_id == _B.id), isouter=True))
    .where(_B.kommune_id == bindparam("k"), _B.id == bindparam("b"))
)
_KONFLIKTER = (
    select(_F.sporsmal).where(_F.kommune_id == bindparam("k"), _F.bruker_id == bindparam("b"), _F.lost.is_(None))
).distinct()
_SVAR = select(_S.sporsmal, _S.verdi, _S.versjon, _S.endret, _S.sprak, _S.skrevet_av).where(
    _S.kommune_id == bindparam("k"), _S.bruker_id == bindparam("b")
)
_VERSJONER = select(_S.sporsmal, _S.tema, _S.versjon).where(
    _S.kommune_id == bindparam("k"), _S.bruker_id == bindparam("b")
)
_TEMASVAR = _SVAR.where(_S.tema == bindparam("t"))


def theme_page(
    kommune_id: int, bruker_id: UUID, seal: Seal, tema_id: str | None, sti: str = ""
) -> tuple[Temastand, dict[str, Utfylt]]:
    """Everything the page of questions at ``sti`` reads, in two queries, three when texts wait.

    ``tema_id`` None: all themes.
    """
    key: dict[str, Any] = {"k": kommune_id, "b": bruker_id}
    with reading() as db:
        visning, levering_id, levert, two_texts, kept = db.execute(_STAND, {**key, "sti": sti}).one()
        waiting = frozenset(db.scalars(_KONFLIKTER, key)) if two_texts else frozenset()
        rows = db.execute(_TEMASVAR, {**key, "t": tema_id}) if tema_id else db.execute(_SVAR, key)
        answers = _opened(rows, kommune_id, bruker_id, seal)
    return Temastand(visning, levering_id, levert, waiting, kept), answers


def theme_answers(kommune_id: int, bruker_id: UUID, seal: Seal, tema_id: str) -> dict[str, Utfylt]:
    """The present answers of one theme, by question id."""
    with reading() as db:
        rows = db.execute(_TEMASVAR, {"k": kommune_id, "b": bruker_id, "t": tema_id})
        return _opened(rows, kommune_id, bruker_id, seal)


def changes(kommune_id: int, bruker_id: UUID) -> dict[str, int]:
    """How often answers of each theme have been changed, by its id: what a page of it adds up from its versions."""
    known, found = {sporsmal.id for sporsmal in SKJEMA.alle()}, dict[str, int]()
    with reading() as db:
        for sporsmal, tema, versjon in db.execute(_VERSJONER, {"k": kommune_id, "b": bruker_id}):
            if sporsmal in known:
                found[tema] = found.get(tema, 0) + versjon
    return found


def all_answers(kommune_id: int, bruker_id: UUID, seal: Seal) -> dict[str, Utfylt]:
    """All present answers, by question id."""
    with reading() as db:
        return _opened(db.execute(_SVAR, {"k": kommune_id, "b": bruker_id}), kommune_id, bruker_id, seal)


def _opened(rows: Any, kommune_id: int, bruker_id: UUID, seal: Seal) -> dict[str, Utfylt]:
    found = {}
    known = {sporsmal.id for sporsmal in SKJEMA.alle()}  # no page can show another; innsyn has them
    for sporsmal, sealed, versjon, endret, sprak, skrevet_av in rows:
        if sporsmal not in known:
            continue
        content = seal.open_json(sealed, answer_place(kommune_id, bruker_id, sporsmal))
        verdi, vil_ikke = content["verdi"], content["vil_ikke"]
        merke = rules.merke(verdi, vil_ikke)
        said = (content.get("fortsatt"), content.get("bekreftet", False))
        found[sporsmal] = Utfylt(verdi, vil_ikke, versjon, merke, sprak, skrevet_av, endret, *said)
    return found


@dataclass(frozen=True, slots=True)
class ToTekster:
    """A question that was answered in two places at once: what stands there, and the other text and who typed it."""

    id: UUID
    sporsmal: str
    naa: Utfylt | None
    annen: Verdi
    annen_vil_ikke: bool
    laget: datetime
    annen_skriver: Skriver | None

    @property
    def annen_merke(self) -> str:
        """The fingerprint of the other text."""
        return rules.merke(self.annen, self.annen_vil_ikke)


def two_texts(kommune_id: int, bruker_id: UUID, seal: Seal, tema_id: str) -> list[ToTekster]:
    """The questions of a theme with two texts to choose between, the oldest first."""
    with reading() as db:
        waiting = konflikter.waiting(db, kommune_id, bruker_id, seal, tema_id)
        answers = theme_answers(kommune_id, bruker_id, seal, tema_id)
    return [
        ToTekster(one.id, one.sporsmal, answers.get(one.sporsmal), one.verdi, one.vil_ikke, one.laget, one.skriver)
        for one in waiting
    ]


class Changed(Exception):
    """One of the texts is not as the bruker was shown it: they look once more."""


def choose_text(
    kommune_id: int,
    bruker_id: UUID,
    seal: Seal,
    skriver: Skriver,
    konflikt_id: UUID,
    chosen: Valgt,
    seen: tuple[str, str],
) -> None:
    """The bruker has looked at both texts (``seen``: the fingerprints, the present one first) and says which it is.

    The words stay whose they were: ``skriver`` counts only where nobody knows who typed them (K1). The text that was
    not chosen stays in the table, sealed and marked as settled. Raises NotHere; Changed; and rules.Avvist when both
    texts after each other are more than can be stored.
    """
    with writing() as db:
        svarrader.queue_up(db, kommune_id, bruker_id, seal)
        other = konflikter.settle(db, kommune_id, bruker_id, seal, konflikt_id, clock.now())
        if other is None:
            raise NotHere("no such text")
        now = svarrader.present(db, kommune_id, bruker_id, seal, [other.sporsmal])[other.sporsmal]
        merke = rules.merke(now.verdi, now.vil_ikke)
        # The other one too: its page may be open still, and have gone on writing there (konflikter.go_on).
        if (merke, rules.merke(other.verdi, other.vil_ikke)) != seen:
            raise Changed
        verdi, vil_ikke = rules.chosen_text(chosen, now, other.verdi, other.vil_ikke)
        typed = rules.chosen_writer(chosen, now, other.skriver)
        change = Endring(
            other.sporsmal, verdi, vil_ikke, now.versjon, merke, skriver=typed, valgt=bool(verdi or vil_ikke)
        )
        stored = save(kommune_id, bruker_id, seal, skriver, None, [change])
        if stored.feil:
            raise rules.Avvist(stored.feil[other.sporsmal])


__all__ = [
    "Changed",
    "Endring",
    "Lagret",
    "NotHere",
    "Skriver",
    "Temastand",
    "ToTekster",
    "Utfylt",
    "all_answers",
    "answer_given",
    "answer_place",
    "answers_seen",
    "choose_text",
    "choose_view",
    "conversation_held",
    "delivery_read",
    "offer_view",
    "offered_view",
    "plan_followed",
    "question_answered",
    "question_asked",
    "save",
    "state",
    "theme_answers",
    "theme_page",
    "two_texts",
]
