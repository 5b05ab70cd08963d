"""A mini round: what the bruker has said of the answers that stand as they were delivered before (K7). Pure."""

from __future__ import annotations

from collections.abc import Container, Mapping
from enum import StrEnum

from webapp.kartlegging.rules import Verdi
from webapp.kartlegging.service import Utfylt
from webapp.kartlegging.versjoner import Innhold, LevertSvar


class Sagt(StrEnum):
    """What was said of an answer that is handed over as it was. Each is a field of LevertSvar by this name."""

    FORTSATT = "fortsatt"
    ENDRET = "endret"  # it is no longer so, and how it is now is not written
    FRA_FOR = "fra_for"  # nothing: nobody looked at it in this round


def said(answers: Mapping[str, Utfylt], stands: Innhold | None, *, i_runde: bool) -> dict[str, Sagt]:
    """What is said of each answer that is as the office has it, by question; ``stands``: what has been delivered.

    That is what the page shows beside the question; a text that was changed before or after is not as it was. What
    was said since the last delivery counts in whatever view it is delivered (K3), and «endret» until something is
    written: an old answer is not handed over as today's because of another change. ``i_runde``: a round is going on.
    """
    before = stands.svar if stands is not None else {}
    found = {}
    for ident, one in answers.items():
        if ident in before and the_answer(one) == the_answer(before[ident]):
            found[ident] = _said_of(one, before[ident], i_runde=i_runde)
    return {ident: what for ident, what in found.items() if what is not None}


def is_news(answers: Mapping[str, Utfylt], sagt: Mapping[str, Sagt], delivered: Container[str]) -> bool:
    """Whether something was said since the last delivery of an answer in ``delivered``: that is an answer too (K7)."""
    return any(
        what is not Sagt.FRA_FOR and answers[ident].fortsatt is not None and ident in delivered
        for ident, what in sagt.items()
    )


def the_answer(answer: Utfylt | LevertSvar) -> tuple[Verdi | None, bool]:
    """What is handed over of an answer: the words under «vil ikke svare» never were."""
    return None if answer.vil_ikke else answer.verdi, answer.vil_ikke


def _said_of(now: Utfylt, before: LevertSvar, *, i_runde: bool) -> Sagt | None:
    if now.fortsatt:
        return Sagt.FORTSATT
    if now.fortsatt is False or before.endret:
        return None if now.vil_ikke else Sagt.ENDRET  # K2: «vil ikke svare» is the answer, and nothing is missing
    return Sagt.FRA_FOR if i_runde else None
