"""The seal of a bruker: where their data key lives, and taking it out of what it is wrapped in."""

from __future__ import annotations

from uuid import UUID

from webapp.platform import kommune
from webapp.platform.sealing import Place, Seal


def key_place(kommune_id: int, bruker_id: UUID) -> Place:
    """Where a bruker's data key lives."""
    return Place("datanokkel", "nokkel", kommune_id, bruker_id)


def unwrapped(kommune_id: int, bruker_id: UUID, nokkel: bytes, hovednokkel: str) -> Seal:
    """The bruker's seal, from what stands in ``datanokkel``. Raises SealBroken when the key is broken."""
    return kommune.keyring().unwrap(nokkel, hovednokkel, key_place(kommune_id, bruker_id))
