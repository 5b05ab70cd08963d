"""U1–U8 can never be broken, whatever happens in whatever order (issue 3)."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.databaser import KIND
from tests.varsel.historie import walk
from tests.verden import Verden
from webapp.platform import attempts
from webapp.varsel import rules


def test_no_history_breaks_u1_to_u8(app: Flask, verden: Verden, monkeypatch: pytest.MonkeyPatch) -> None:
    """32 random histories, judged after every step; between them they come to every end there is.

    On PostgreSQL ten of them: its triggers are tried one by one in test_vern.py, and the rest is the same program.
    """
    monkeypatch.setattr(attempts, "count", lambda *_args, **_kwargs: None)
    whole = KIND == "sqlite"
    ends = walk(app, verden, 32 if whole else 10)
    # Otherwise it has looked at too little.
    assert not whole or ends == {*(one.value for one in rules.Tilstand), "reduksjon", "to varsler"}
