"""Small pieces of the document: times, names and own words, as the page and the PDF both take them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.innsyn.ordlyd import FIRST_STRONG_ISOLATE, POP_ISOLATE
from webapp.platform.dates import date_time, long_date
from webapp.platform.pdf import Text

HVEM_SKREV = {
    "hjelper": _l("Skrevet av en som hjalp deg"),
    "ansatt": _l("Skrevet av en ansatt for deg"),
}


def when(moment: str) -> str:
    """An ISO time in words, with the year: a copy is read long after."""
    return date_time(datetime.fromisoformat(moment), str(get_locale()))


def date_of(day: str) -> str:
    """An ISO date in words."""
    return long_date(date.fromisoformat(day), str(get_locale()))


def name(text: str | None) -> str:
    """A person's or an office's name, kept apart from the words around it whatever way they are read."""
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if text else _("en ansatt")


def own(text: str, sprak: str = "") -> Text:
    """Words that a person has written, in their own direction."""
    return Text(text, sprak.replace("_", "-"), own_words=True)


def typist(one: Mapping[str, Any]) -> str | None:
    """K1: who typed, when it was not the bruker. None also of what is from before this was kept."""
    note = HVEM_SKREV.get(one.get("skrevet_av") or "")
    return str(note) if note else None


def said(when_said: str, one: Mapping[str, Any]) -> str:
    """When something was said, and who typed it (``typist``)."""
    return " · ".join(filter(None, (when_said, typist(one))))
