"""How large an attachment is to look at: pages or pixels, for a copy on paper. Read from the washed file itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from webapp.platform.sealing import Seal
from webapp.vedlegg import lesing, mottak
from webapp.vedlegg.lesing import Vedlagt

MOST_MEASURED = 15  # each is opened, and each PDF looked at apart: some tenths of a second


@dataclass(frozen=True, slots=True)
class Malt:
    """An attachment and its size: ``sider`` for a PDF, ``piksler`` (width, height) for a photo. None: not known."""

    vedlagt: Vedlagt
    sider: int | None = None
    piksler: tuple[int, int] | None = None


def malt(
    kommune_id: int, bruker_id: UUID, seal: Seal, opphav_type: str, opphav_ids: Sequence[UUID]
) -> dict[UUID, list[Malt]]:
    """What was sent with each of these, the first ones measured."""
    found = lesing.lister(kommune_id, bruker_id, seal, opphav_type, opphav_ids)
    made: dict[UUID, list[Malt]] = {}
    left = MOST_MEASURED
    for key, files in found.items():
        made[key] = [
            _measured(kommune_id, bruker_id, seal, one) if place < left else Malt(one)
            for place, one in enumerate(files)
        ]
        left -= len(files)
    return made


def _measured(kommune_id: int, bruker_id: UUID, seal: Seal, one: Vedlagt) -> Malt:
    _same, data = lesing.apne(kommune_id, bruker_id, seal, one.id)
    if one.mime == "image/jpeg":
        return Malt(one, piksler=pixels(data))
    return Malt(one, sider=mottak.pages(data))


def pixels(jpeg: bytes) -> tuple[int, int] | None:
    """Width and height, as the head of a JPEG says; None when it does not."""
    at = 2
    while at + 9 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:  # a start of frame
            return int.from_bytes(jpeg[at + 7 : at + 9], "big"), int.from_bytes(jpeg[at + 5 : at + 7], "big")
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return None
