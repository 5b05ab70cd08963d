"""U1–U8 can never be broken, whatever happens in whatever order (issue 3)."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.varsel.historie import walk
from tests.verden import Verden
from webapp.platform import attempts
from webapp.varsel import rules


def test_no_history_breaks_u1_to_u8(app: Flask, verden: Verden, monkeypatch: pytest.MonkeyPatch) -> None:
    """32 random histories, judged after every step; between them they come to every end there is."""
    monkeypatch.setattr(attempts, "count", lambda *_args, **_kwargs: None)
    # Otherwise it has looked at too little.
    assert walk(app, verden, 32) == {*(one.value for one in rules.Tilstand), "reduksjon", "to varsler"}
