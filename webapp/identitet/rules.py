"""Pure rules about people and the ways in."""

from __future__ import annotations

import secrets
import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum

from webapp.platform import missing

# No letter or digit that can be taken for another: no 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V.
ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
INVITATION_LENGTH = 8  # 23^8 ≈ 7.8e10: with the rate limit, out of reach by guessing within its 72 hours
INVITATION_LASTS = timedelta(hours=72)
ONE_TIME_LENGTH = 12  # printed sheets live long, so they are longer
ONE_TIME_COUNT = 10
FIRST_YEAR = 1900
# A button tapped twice sends twice, and the browser throws the first answer away with the cookie in it. The same page
# may therefore use a code again within this time; nobody else knows the page's key.
SAME_TAP = timedelta(minutes=2)
SMALLEST = 5  # S5: a smaller group is not shown
HELPED = ("hjelper", "ansatt")  # K1: those who type for the bruker; the last says the most
OPERATOR_LINK_LASTS = timedelta(minutes=30)
# Putting accents in order takes the square of their number, so 100,000 of them would hold the server for a minute.
# No code or name is nearly as long as this; what comes after is not looked at.
MOST_COMPARED = 200


class NotHere(missing.NotHere):
    """There is no such person, office or assignment here."""


class Tilstand(StrEnum):
    """What an invitation is at a given moment."""

    GYLDIG = "gyldig"
    BRUKT = "brukt"
    UTLOPT = "utlopt"
    TILBAKEKALT = "tilbakekalt"


def new_code(length: int) -> str:
    """A random code of ``length`` characters without look-alikes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def normal_code(typed: str) -> str:
    """A code as it is compared: whatever case, spaces, hyphens and full-width characters it was typed with."""
    folded = unicodedata.normalize("NFKC", typed[:MOST_COMPARED]).upper()
    return "".join(character for character in folded if character in ALPHABET)


def shown_code(code: str) -> str:
    """A code as it is read aloud and printed: in groups of four."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def invitation_state(
    now: datetime, *, utloper: datetime, brukt: datetime | None, tilbakekalt: datetime | None
) -> Tilstand:
    """What an invitation is at ``now``. Used wins over revoked, and revoked over expired: what happened first."""
    if brukt is not None:
        return Tilstand.BRUKT
    if tilbakekalt is not None and tilbakekalt < utloper:
        return Tilstand.TILBAKEKALT
    return Tilstand.UTLOPT if utloper <= now else Tilstand.GYLDIG


def same_tap(now: datetime, *, brukt: datetime | None, brukt_fra: bytes | None, fra: bytes | None) -> bool:
    """Whether something that is used up was used a moment ago by the very page that tries again."""
    return brukt is not None and fra is not None and brukt_fra == fra and now < brukt + SAME_TAP


def name_parts(name: str) -> set[str]:
    """The parts of a name as they are compared in a search: without case, accents and punctuation.

    ø, æ and å stay letters of their own, as a Norwegian would search for them.
    """
    # Pasted text may have «å» as «a» and a ring: composed first, so that it is the letter and not an accent.
    whole = unicodedata.normalize("NFC", name[:MOST_COMPARED]).casefold()
    kept = whole.replace("å", "\x01").replace("ø", "\x02").replace("æ", "\x03")
    plain = "".join(c for c in unicodedata.normalize("NFKD", kept) if not unicodedata.combining(c))
    plain = plain.replace("\x01", "å").replace("\x02", "ø").replace("\x03", "æ")
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return {word[:60] for word in words}
