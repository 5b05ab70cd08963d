"""The room that knows the people stands under the rooms that follow them up: it imports none of them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

IDENTITET = Path(__file__).resolve().parents[2] / "webapp" / "identitet"
# What happens when an assignment ends is told to it by create_app: tildelinger.init_app.
ABOVE = ("webapp.moter", "webapp.plan", "webapp.vilkar", "webapp.varsel", "webapp.klage", "webapp.veiledning")


@pytest.mark.parametrize("path", sorted(IDENTITET.glob("*.py")), ids=lambda path: path.name)
def test_no_room_above_is_imported_here(path: Path) -> None:
    tree = ast.walk(ast.parse(path.read_text("utf-8")))  # also imports inside functions
    found = [node.module or "" for node in tree if isinstance(node, ast.ImportFrom)]
    assert [name for name in found if name.startswith(ABOVE)] == []
