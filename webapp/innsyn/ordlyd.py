"""An event as text: the words of setninger.py, with the names and things of this one put in.

Names stand in <bdi>, so that a Norwegian name stays whole on a page that is read from the right; ``plain`` turns a
sentence into text for files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from flask_babel import gettext as _
from markupsafe import Markup, escape

from webapp.innsyn import verdier
from webapp.innsyn.setninger import SETNINGER

Side = Literal["bruker", "veileder"]
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def sentence(
    type: str,  # noqa: A002 -- the event's own word
    innhold: Mapping[str, Any],
    aktor_navn: str | None,
    side: Side,
    *,
    navn: Mapping[str, str] | None = None,
) -> Markup:
    """One event in one sentence, in the language of the page.

    ``aktor_navn``: the member of staff who did it, "" for the program itself, None for the bruker.
    ``navn``: names by id (as text) for other staff that the event mentions. An unknown type gives a general sentence.
    """
    words = SETNINGER.get(type)
    if words is None:
        return escape(_("Noe ble endret."))
    by_self = aktor_navn is None
    if side == "bruker":
        text = words.selv if by_self and words.selv is not None else words.bruker
    else:
        text = words.selv_veileder if by_self and words.selv_veileder is not None else words.veileder
    known = navn or {}
    return escape(str(text)) % {  # what is put in is escaped too, unless it is markup of ours
        "hvem": _who(aktor_navn, side),
        "hva": verdier.about(type, innhold, side),
        "ansatt": _staff(known, innhold, "til_ansatt_id", "ansatt_id"),
        "fra": _staff(known, innhold, "fra_ansatt_id"),
    }


def plain(text: str) -> str:
    """A sentence as text for a file: the names keep apart from what stands around them by isolate marks."""
    marked = text.replace("<bdi>", FIRST_STRONG_ISOLATE).replace("</bdi>", POP_ISOLATE)
    return Markup(marked).unescape()  # noqa: S704 -- becomes text, never markup again


def marked(text: str) -> Markup:
    """``plain`` the other way: text of ours for a page, with the names in <bdi>."""
    html = str(escape(text)).replace(FIRST_STRONG_ISOLATE, "<bdi>").replace(POP_ISOLATE, "</bdi>")
    return Markup(html)  # noqa: S704 -- escaped above


def _who(name: str | None, side: Side) -> Markup:
    if name is None:
        return escape(_("Du") if side == "bruker" else _("Brukeren"))
    return _bdi(name) if name else Markup("Medvirk")


def _staff(known: Mapping[str, str], innhold: Mapping[str, Any], *keys: str) -> Markup:
    for key in keys:
        name = known.get(str(innhold.get(key)))
        if name:
            return _bdi(name)
    return escape(_("en ansatt"))


def _bdi(name: str) -> Markup:
    return Markup("<bdi>{}</bdi>").format(name)
