"""What lies kept (webapp/platform/drafts.py), for tests to look at."""

from __future__ import annotations

from sqlalchemy import select

from tests.verden import Verden
from webapp.platform import drafts
from webapp.platform.database import reading

HER, DER = "a" * 16, "b" * 16  # two pages, as they say which they are


def kept(verden: Verden, path: str) -> drafts.Fields | None:
    """What is kept for Amina at ``path``."""
    return drafts.get(verden.kommune_id, ("bruker", verden.amina), verden.seal(verden.amina), path)


def rows() -> list[drafts.Utkast]:
    """Everything that is kept, whoever's it is."""
    with reading() as db:
        return list(db.scalars(select(drafts.Utkast)))
