"""Pages of questions that were kept when a session ended (platform/drafts.py). Pure.

A page sends only what was touched, or everything with most of it untouched. So one that is kept after another must not
take its place: text from two phones may wait at the same time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from webapp.identitet.rules import HELPED
from webapp.kartlegging import assistanse, rules
from webapp.kartlegging.forms import Sendt, read_form
from webapp.kartlegging.lagring import Endring
from webapp.kartlegging.rules import Skriver
from webapp.kartlegging.skjema import EGNE_ORD, SKJEMA
from webapp.platform import access, languages

Fields = Mapping[str, list[str]]

_KNOWN = {sporsmal.id: sporsmal for sporsmal in SKJEMA.alle()}
# What a page sends beside each answer: where it began, «vil ikke svare», what is said in a round, and who typed it.
_BESIDE = ("v.", "vil_ikke.", "mini.", "av.")


def is_page(path: str) -> bool:
    """Whether an address is one of the pages of questions."""
    first, _, rest = path.strip("/").partition("/")
    return first == "kartlegging" and bool(rest) and "/" not in rest


def is_typed(name: str) -> bool:
    """Whether a field can hold somebody's own words: it is no choice of a question's, nor goes along with an answer."""
    return not _KNOWN[name].valg if name in _KNOWN else not name.startswith(_BESIDE)


def page_of(path: str) -> str:
    """The page that a script's saving address belongs to."""
    return path.removesuffix("/lagre")


def saved_fields(body: Any) -> dict[str, list[str]]:
    """What a page's script sends to be saved (static/js/lagring.js), as the fields that its form would have sent."""
    given: Any = body.get("felt") if isinstance(body, dict) else None
    fields: dict[str, list[str]] = {}
    for name, value in list(given.items())[:500] if isinstance(given, dict) else []:
        if not isinstance(value, dict):
            continue
        verdi = value.get("verdi", "")
        fields[str(name)] = [str(v) for v in verdi][:50] if isinstance(verdi, list) else [str(verdi)]
        fields[f"v.{name}"] = [f"{value.get('versjon', 0)}:{value.get('merke', '')}"]
        if value.get("vil_ikke"):
            fields[f"vil_ikke.{name}"] = ["1"]
        if isinstance(value.get("mini"), str):
            fields[f"mini.{name}"] = [value["mini"]]
        fields[f"av.{name}"] = [f"{value.get('skriver') or ''}:{value.get('sprak') or ''}"]
    return fields


def signed(fields: Fields, who: access.Bruker) -> dict[str, list[str]]:
    """The same fields, and beside each answer who typed it and in which language (K1): ``av.<id>``.

    Said now, since another session fetches them: what the page said, else what this one says.
    """
    result = dict(fields)
    page = {name: next(iter(result.pop(name, ())), "") for name in (assistanse.SIDE, languages.SIDE)}
    for ident in [name[2:] for name in fields if name.startswith("v.")]:
        skrevet_av, _, sprak = next(iter(fields.get(f"av.{ident}", ())), "").partition(":")
        own = {assistanse.SIDE: skrevet_av, languages.SIDE: sprak}
        result[f"av.{ident}"] = [_signature(assistanse.writer(who, {name: own[name] or page[name] for name in own}))]
    return result


def changes(fields: Fields, known: frozenset[str]) -> Sendt:
    """What was kept as changes to save, each with who typed it."""
    sent = read_form(list(fields), lambda name: list(fields.get(name, ())), known)
    typed = [replace(change, skriver=_signed_by(fields, change.sporsmal)) for change in sent.endringer]
    return replace(sent, endringer=typed)


def said_by_page(sent: Sendt, get: Callable[[str], str | None]) -> Sendt:
    """The changes of a page that shows what could not be saved whole, each with who had typed it (K1).

    A page can tell of help, never that words are the bruker's: that is what the session says.
    """
    typed = []
    for change in sent.endringer:
        skrevet_av, _, sprak = (get(f"av.{change.sporsmal}") or "").partition(":")
        sprak = sprak if sprak in languages.SPRAK else ""
        helper = Skriver(skrevet_av, sprak) if skrevet_av in HELPED else None
        typed.append(replace(change, skriver=helper, sprak=sprak))
    return replace(sent, endringer=typed)


def _signature(skriver: Skriver) -> str:
    return f"{skriver.skrevet_av}:{skriver.sprak}"


def _signed_by(fields: Fields, ident: str) -> Skriver | None:
    skrevet_av, _, sprak = next(iter(fields.get(f"av.{ident}", ())), "").partition(":")
    known = skrevet_av in {"bruker", *HELPED} and (sprak in languages.SPRAK or sprak == languages.UNDETERMINED)
    return Skriver(skrevet_av, sprak) if known else None


def merged(before: Fields, after: Fields) -> dict[str, list[str]]:
    """Both as one. What was touched last counts; own words that were touched in both stand after each other."""
    result = dict(after)
    newer = _changes(after)
    for ident, change in _changes(before).items():
        if not _touched(change):
            continue
        other = newer.get(ident)
        if other is None or not _touched(other):
            for name in (ident, *(f"{beside}{ident}" for beside in _BESIDE)):
                result.pop(name, None)
                if name in before:
                    result[name] = before[name]
        elif _KNOWN[ident].type in EGNE_ORD and _text(change) not in _text(other):
            result[ident] = [f"{_text(other)}\n\n{_text(change)}"]
            typed = rules.together(other.skriver, change.skriver)
            if typed is not None:
                result[f"av.{ident}"] = [_signature(typed)]
    return result


def _changes(fields: Fields) -> dict[str, Endring]:
    return {change.sporsmal: change for change in changes(fields, frozenset(_KNOWN)).endringer}


def _touched(change: Endring) -> bool:
    """Whether the page says something else than what it started from."""
    try:
        verdi = rules.read_answer(_KNOWN[change.sporsmal], change.verdi)
    except rules.Avvist:
        return True
    return change.fortsatt is not None or rules.merke(verdi, change.vil_ikke) != change.merke


def _text(change: Endring) -> str:
    return "\n".join(map(str, change.verdi)) if isinstance(change.verdi, list) else str(change.verdi)


def touched(fields: Fields) -> bool:
    """Whether anything in a page that was sent says something else than what it started from.

    Or stands at a question that is asked no longer: the page shows it, so that it can be copied.
    """
    sent = changes(fields, frozenset(_KNOWN))
    return bool(sent.ukjent) or any(map(_touched, sent.endringer))
