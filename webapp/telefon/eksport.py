"""What this room holds about one bruker, for the bruker (S3; GDPR art. 15 and 20)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from webapp.identitet.eksport import iso
from webapp.telefon import service


def eksport(kommune_id: int, bruker_id: UUID) -> dict[str, Any] | None:
    """What they answered about the home screen."""
    row = service.answered(kommune_id, bruker_id)
    return {"svar": row.svar, "nar": iso(row.nar)} if row else None
