"""Pure rules about attachments: how many, how large, why one is refused, and what it is called."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from enum import StrEnum

MOST_BYTES = 10 * 1024 * 1024
MOST = 5  # for one thing
MOST_WAITING = 20  # lying ready in all forms of one person
LONGEST_NAME = 120
# A file that was never sent with anything. Somebody who comes back after a holiday still finds it.
KEPT_WAITING = timedelta(days=30)
# The request carries the form key and a name beside the file.
MOST_BODY = MOST_BYTES + 512 * 1024

ENDELSER = {"application/pdf": "pdf", "image/jpeg": "jpg"}


class Grunn(StrEnum):
    """Why a file is not taken in."""

    TOM = "tom"
    FOR_STOR = "for_stor"
    TYPE = "type"
    ODELAGT = "odelagt"
    PIKSLER = "piksler"
    PASSORD = "passord"
    SIDER = "sider"
    BOMBE = "bombe"
    AKTIVT = "aktivt"
    FOR_MANGE = "for_mange"
    TRAVELT = "travelt"  # nothing is wrong with the file: others are being washed


class Avvist(Exception):
    """The file is not taken in."""

    def __init__(self, grunn: Grunn) -> None:
        super().__init__(grunn.value)
        self.grunn = grunn


# Separators of every kind of path, control characters, and marks that turn the reading direction (invoice-fdp.exe).
_NOT_IN_NAME = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def file_name(given: str, mime: str, fallback: str) -> str:
    """What the file is called: the name it came with, without folders and tricks, ending in what it really is."""
    plain = unicodedata.normalize("NFC", _NOT_IN_NAME.sub("", re.split(r"[/\\]", given)[-1]))
    stem, dot, last = plain.rpartition(".")
    stem = " ".join((stem if dot else last).split())[:LONGEST_NAME].strip(" .")
    return f"{stem or fallback}.{ENDELSER[mime]}"


def check_size(size: int) -> None:
    """Raises Avvist for nothing at all and for too much."""
    if size == 0:
        raise Avvist(Grunn.TOM)
    if size > MOST_BYTES:
        raise Avvist(Grunn.FOR_STOR)
