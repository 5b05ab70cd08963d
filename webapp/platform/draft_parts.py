"""What several pages have written in one form, each by itself, so that none takes another's place (decision 4). Pure.

A page has an id of its own each time it is opened, in a field that goes along with its form (static/js/utkastside.js).
When what lies kept is fetched, the marks of what was fetched follow the id: that text is the page's own from then on.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Fields = dict[str, list[str]]

SIDE = "utkastside"  # the name of the field
TURN = "utkastnr"  # a script's: which of the texts of one opening of a page this is («id.number»)
MOST_PARTS = 10  # pages that are kept apart: the oldest two become one, with every word of both
NOBODYS = "-"  # the page of what has become one: no page has that id

_TURN = re.compile(r"([0-9a-f]{16})\.([0-9]{1,9})")
_VALUE = re.compile(r"[0-9a-f]{16,32}(\.[0-9a-f]{16}){0,20}")


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is open. ``id``: empty when it did not say. ``fetched``: marks of what was fetched into it."""

    id: str = ""
    fetched: tuple[str, ...] = ()

    @classmethod
    def read(cls, value: str) -> Page:
        """What stands in the field; anything else than what we put there says nothing."""
        if not _VALUE.fullmatch(value):
            return cls()
        own, *fetched = value.split(".")
        return cls(own, tuple(fetched))

    @classmethod
    def new(cls, fetched: Iterable[str] = ()) -> Page:
        """A page that is opened now."""
        return cls(secrets.token_hex(8), tuple(fetched))

    def __str__(self) -> str:
        """As it stands in the field."""
        return ".".join((self.id, *self.fetched))


@dataclass(frozen=True, slots=True)
class Part:
    """What one page has written."""

    page: str
    fields: Fields
    turn: str = ""

    @property
    def mark(self) -> str:
        """By which a page that fetches it says so. It says nothing of the words."""
        words = json.dumps([self.page, self.fields], sort_keys=True)
        return hashlib.sha256(words.encode()).hexdigest()[:16]


def read(stored: Any) -> list[Part]:
    """The parts of a row, the oldest first. Rows from before there were parts hold the fields alone."""
    if isinstance(stored, dict):
        return [Part("", stored)]
    return [
        Part(page, {name: values for name, values in fields.items() if name != TURN}, "".join(fields.get(TURN, [])))
        for page, fields in stored
    ]


def stored(parts: Iterable[Part]) -> list[Any]:
    """As a row holds them."""
    return [[part.page, {**part.fields, **({TURN: [part.turn]} if part.turn else {})}] for part in parts]


def added(parts: Sequence[Part], page: Page, fields: Fields, turn: str = "") -> list[Part]:
    """``parts`` with what ``page`` has written now, in place of what it wrote before and of what was fetched there.

    Its texts may arrive in another order than they were written: an older one (``turn``) changes nothing.
    """
    if any(part.page == page.id and _overtaken(turn, part.turn) for part in parts):
        return list(parts)
    found = [*others(parts, page, fields), Part(page.id, fields, turn)]
    while len(found) > MOST_PARTS:
        first, second, *rest = found
        found = [Part(NOBODYS, together(first.fields, second.fields)), *rest]
    return found


def _overtaken(turn: str, before: str) -> bool:
    one, other = _TURN.fullmatch(turn), _TURN.fullmatch(before)
    return one is not None and other is not None and one[1] == other[1] and int(one[2]) < int(other[2])


def others(parts: Iterable[Part], page: Page, fields: Fields) -> list[Part]:
    """What ``page`` neither wrote nor fetched, and what does not stand, whole, in what it holds now (``fields``)."""
    unseen = [part for part in parts if part.page != page.id and part.mark not in page.fetched]
    held = _lines(fields)
    return [part for part in unseen if together(_lines(part.fields), held) != held]


def _lines(fields: Fields) -> Fields:
    """A form that a browser sends by itself has other ends of lines than what a script sends of it."""
    return {name: [value.replace("\r\n", "\n") for value in values] for name, values in fields.items()}


def as_one(parts: Iterable[Part]) -> Fields:
    """What is shown when it is fetched: the latest first, and beneath it own words that stand only in earlier ones."""
    result: Fields = {}
    for part in parts:
        result = together(result, part.fields)
    return result


def together(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> Fields:
    """A form that is kept where something lay already, perhaps never fetched: no own words of either are lost."""
    result = dict(after)
    for name, old in before.items():
        new = after.get(name, [])
        if not any(new):
            result[name] = old
        elif len(old) == len(new) == 1 and " " in old[0].strip() and old[0] not in new[0]:
            # The first letters of something new often stand in the old text too.
            result[name] = old if new[0] in old[0] else [f"{new[0]}\n\n{old[0]}"]
    return result
