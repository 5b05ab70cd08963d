"""The way back: where somebody whose session ran out goes on when they have signed in again (decision 16).

It stands in the address of the page of the way in, and so in the history of a phone that may be borrowed. So it is
sealed for the one who was there: it tells nothing and opens for nobody else. Whoever has signed out has left none.
"""

from __future__ import annotations

import base64

from flask import g

from webapp.platform import access, kommune
from webapp.platform.database import reading
from webapp.platform.sealing import Place, Seal, SealBroken

STEP = 128  # bytes: a length tells which page it was, too
LONGEST = 2000  # characters: what the form of the way in carries along (forms.hidden)


def sealed(path: str) -> str | None:
    """``path`` for whoever is signed in or was until their session ran out here. None: there is nobody, or no room."""
    person: access.Who | None = access.who() or g.get("was")
    if person is None:
        return None
    plain = path.encode("utf-8", "surrogatepass")
    padded = plain.ljust(-(-len(plain) // STEP) * STEP)
    token = base64.urlsafe_b64encode(_seal(person).close_bytes(padded, _place(person))).decode().rstrip("=")
    return token if len(token) <= LONGEST else None


def opened(who: access.Who, token: str | None) -> str | None:
    """The path that was sealed for ``who``. None: it was for somebody else, or is none of ours."""
    try:
        sent = base64.urlsafe_b64decode((token or "").encode("ascii") + b"==")
        return _seal(who).open_bytes(sent, _place(who)).decode("utf-8", "surrogatepass").rstrip(" ")
    except (SealBroken, ValueError):  # ValueError: letters that are none of base64's
        return None


def _place(person: access.Who) -> Place:
    return Place(person.actor.type, "neste", person.kommune_id, person.id)


def _seal(person: access.Who) -> Seal:
    if isinstance(person, access.Bruker):
        return person.seal
    with reading() as db:
        return kommune.seal_of(db, person.kommune_id)
