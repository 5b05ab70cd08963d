"""One or two questions built from the parameters: did the text do its job? (F2). Pure, and never a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

VET_IKKE = "vet_ikke"

KONSEKVENS: dict[str, LazyString] = {
    "varsel": _l("Nav kan vurdere å sette ned pengene, men først får jeg et varsel og får forklare meg"),
    "ingenting": _l("Det er ikke bestemt at noe skjer med pengene mine"),
    "straks": _l("Pengene stopper med en gang, uten at jeg får si noe"),
}


@dataclass(frozen=True, slots=True)
class Sporsmal:
    """A question with choices: dates as ISO days, or keys of KONSEKVENS. VET_IKKE is always a choice as well."""

    id: str  # «frist» or «konsekvens»
    riktig: str
    valg: tuple[str, ...]


def questions(frist: date | None, *, konsekvens: bool, slag: str) -> list[Sporsmal]:
    """The questions about a version. A request for papers has no consequence to ask about (V3)."""
    found = []
    if frist is not None:
        # In order of time, so that the place of the right one says nothing about which it is from one to the next.
        before, after = (frist - timedelta(days=7), frist + timedelta(days=7 + frist.day % 3 * 7))
        others = (before, after) if frist.day % 2 else (after, after + timedelta(days=7))
        found.append(Sporsmal("frist", frist.isoformat(), tuple(day.isoformat() for day in sorted((frist, *others)))))
    if slag != "dokumentasjon":
        found.append(Sporsmal("konsekvens", "varsel" if konsekvens else "ingenting", tuple(KONSEKVENS)))
    return found


def not_understood(asked: Sequence[Sporsmal], answers: Mapping[str, str]) -> list[str]:
    """Which questions the text has not answered for the reader: those to explain again, in other words."""
    return [one.id for one in asked if answers.get(one.id) != one.riktig]
