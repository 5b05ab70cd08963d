"""Pure rules about attachments: how many, how large, why one is refused, and what it is called."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from enum import StrEnum

MOST_BYTES = 10 * 1024 * 1024
MOST = 5  # for one thing
MOST_WAITING = 20  # lying ready in all forms of one person
MOST_TOTAL = 200 * 1024 * 1024  # everything one bruker has sent and has lying ready, so that nobody fills the disk
LONGEST_NAME = 120
LONGEST_READ = 500  # of a name before it is normalised: that takes the square of its length for a hostile one
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
    FULLT = "fullt"
    TRAVELT = "travelt"  # nothing is wrong with the file: others are being washed


class Avvist(Exception):
    """The file is not taken in."""

    def __init__(self, grunn: Grunn) -> None:
        super().__init__(grunn.value)
        self.grunn = grunn


# What no system can have in a name, and halves of characters. Control characters, line separators and the invisible
# marks (which turn the reading direction: invoice-fdp.exe) go by their category.
_NOT_IN_NAME = re.compile(r"[<>:\"|?*\ud800-\udfff]")
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp"})


def file_name(given: str, mime: str, fallback: str) -> str:
    """What the file is called: the name it came with, without folders and tricks, ending in what it really is."""
    part = given[max(given.rfind("/"), given.rfind("\\")) + 1 :]
    stem, dot, last = part.rpartition(".")
    plain = _NOT_IN_NAME.sub("", (stem if dot else last)[:LONGEST_READ])
    # Line breaks of every kind are dropped, tabs too; only then is what is left looked at as words.
    plain = "".join(sign for sign in plain if unicodedata.category(sign) not in _INVISIBLE)
    stem = " ".join(unicodedata.normalize("NFC", plain).split())[:LONGEST_NAME].strip(" .")
    return f"{stem or fallback}.{ENDELSER[mime]}"


def check_size(size: int) -> None:
    """Raises Avvist for nothing at all and for too much."""
    if size == 0:
        raise Avvist(Grunn.TOM)
    if size > MOST_BYTES:
        raise Avvist(Grunn.FOR_STOR)
