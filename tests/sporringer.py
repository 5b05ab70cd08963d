"""Counts the queries of a page, so that a test can hold that it needs few, and always the same number."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from webapp.platform.database import Engines

NOT_QUERIES = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")


class Sporringer:
    """The statements that were sent, in order."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __len__(self) -> int:
        return len(self.statements)


@contextmanager
def count(app: Flask) -> Iterator[Sporringer]:
    """Every statement that ``app`` sends to its database inside the block."""
    found = Sporringer()
    engines: Engines = app.extensions["medvirk.engines"]

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(NOT_QUERIES):
            found.statements.append(statement)

    for engine in (engines.read, engines.write):
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        for engine in (engines.read, engines.write):
            event.remove(engine, "before_cursor_execute", note)
