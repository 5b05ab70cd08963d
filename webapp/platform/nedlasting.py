"""What a file is called when somebody saves it. On a phone that others borrow, the name must tell nothing (S6)."""

from __future__ import annotations

from pathlib import PurePosixPath

from webapp.platform import clock
from webapp.platform.dates import oslo_date


def headers(ending: str, number: str = "") -> dict[str, str]:
    """The header of a file to keep: «dokument», with the number of a receipt or else the day it was fetched."""
    return {"Content-Disposition": f'attachment; filename="{name(ending, number)}"'}


def name(ending: str, number: str = "") -> str:
    """A name that does not say what is in the file. ``ending``: «pdf», or a file name that ends so."""
    if ending == "ics":
        return "kalender.ics"
    plain = PurePosixPath(f"x.{ending}").suffix[1:].lower()
    plain = plain if plain.isascii() and plain.isalnum() and len(plain) < 6 else "fil"
    return f"dokument-{number or oslo_date(clock.now()).isoformat()}.{plain}"
