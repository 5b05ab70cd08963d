"""What the pages of questions send, read into changes, whatever comes. Field names: see felles/sporsmal.html.

WTForms is not used for them: the fields are data (kartlegging/skjema), and all is stored as typed, valid or not.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.identitet.rules import HELPED
from webapp.kartlegging.lagring import Endring
from webapp.kartlegging.rules import Skriver
from webapp.kartlegging.skjema.validering import ULESELIG
from webapp.platform import languages
from webapp.platform.forms import Skjema, words

MOST_QUESTIONS = 300
LONGEST_MARK = 60

GetList = Callable[[str], list[str]]


class Unreadable(ValueError):
    """What was sent is not what a page of ours sends. ``felt``: the questions that it is about, and why."""

    def __init__(self, felt: dict[str, LazyString]) -> None:
        super().__init__("not what our pages send")
        self.felt = felt


class Merknadsvarskjema(Skjema):
    """The bruker's answer to what the veileder asked or noted."""

    tekst = words(
        _l("Svaret ditt"),
        most=2000,
        required=_l("Skriv et svar før du sender."),
        hint=_l("Skriv på det språket du vil."),
    )


@dataclass(frozen=True, slots=True)
class Sendt:
    """A sent form: the changes, and text under names that are no questions here (``ukjent``: name, text)."""

    endringer: list[Endring]
    ukjent: list[tuple[str, str]]


def read_form(names: Iterable[str], getlist: GetList, known: frozenset[str]) -> Sendt:
    """The questions of a sent form: those with a ``v.<id>`` field, so that an empty answer counts as sent too."""
    changes, unknown = [], []
    for name in sorted(name for name in names if name.startswith("v."))[:MOST_QUESTIONS]:
        ident = name[2:]
        if ident not in known:
            unknown += [(ident[:80], text) for text in getlist(ident) if text.strip()]
            continue
        versjon, _, merke = next(iter(getlist(name)), "").partition(":")
        mini = next(iter(getlist(f"mini.{ident}")), "")
        changes.append(
            Endring(
                ident,
                getlist(ident),
                bool(getlist(f"vil_ikke.{ident}")),
                _whole_number(versjon),
                merke[:LONGEST_MARK],
                fortsatt=mini == "fortsatt" if mini else None,
            )
        )
    return Sendt(changes, unknown)


def read_json(body: Any) -> list[Endring]:
    """The changes that a page's script sends: ``{"felt": {"<id>": {verdi, vil_ikke, versjon, merke}}}``.

    With them ``sprak`` and ``skriver``: what the page said of its language and of who typed. It may have waited on the
    device since.
    Raises Unreadable. Whether the questions exist is for the service to say.
    """
    given = body.get("felt") if isinstance(body, dict) else None
    if not isinstance(given, dict) or not given or len(given) > MOST_QUESTIONS:
        raise Unreadable({})
    changes, wrong = [], {}
    for ident, value in given.items():
        change = _one(ident, value)
        if change is None:
            wrong[ident] = ULESELIG
        else:
            changes.append(change)
    if wrong:
        raise Unreadable(wrong)
    return changes


def _one(ident: str, value: Any) -> Endring | None:
    if not isinstance(value, dict):
        return None
    vil_ikke, versjon, merke = value.get("vil_ikke", False), value.get("versjon", 0), value.get("merke", "")
    mini = value.get("mini")
    if not isinstance(vil_ikke, bool) or not isinstance(merke, str) or mini not in (None, "", "fortsatt", "endret"):
        return None
    if not isinstance(versjon, int) or isinstance(versjon, bool) or "verdi" not in value:
        return None
    sprak = _one_of(languages.SPRAK, value.get("sprak"))
    skrevet_av = _one_of(HELPED, value.get("skriver"))
    return Endring(
        ident,
        value["verdi"],
        vil_ikke,
        versjon,
        merke[:LONGEST_MARK],
        fortsatt=mini == "fortsatt" if mini else None,
        sprak=sprak,
        skriver=Skriver(skrevet_av, sprak) if skrevet_av else None,
    )


def _one_of(known: Container[str], said: object) -> str:
    return said if isinstance(said, str) and said in known else ""


def _whole_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
