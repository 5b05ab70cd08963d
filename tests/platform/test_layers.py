"""The platform stands on nothing but itself and the settings: no room, and no part of the program above it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PLATFORM = sorted((Path(__file__).resolve().parents[2] / "webapp" / "platform").glob("*.py"))


@pytest.mark.parametrize("path", PLATFORM, ids=lambda path: path.name)
def test_no_room_is_imported_here(path: Path) -> None:
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):  # also imports inside functions
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "webapp":
            found += [f"webapp.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    ours = [name for name in found if name.split(".")[0] == "webapp"]
    assert [name for name in ours if not name.startswith(("webapp.platform", "webapp.config"))] == []
