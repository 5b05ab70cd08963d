"""What a visit weighs on the way to the phone, and its limits. ``make bench`` prints the figures."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.bench import sizes
from tests.klient import Klient
from tests.verden import Verden

FIRST, AGAIN, SCRIPTS = 60_000, 10_000, 15_000  # bytes, compressed


@pytest.mark.parametrize("sprak", ["nb", "ar"])
def test_a_visit_weighs_little(app: Flask, verden: Verden, bruker: Klient, sprak: str) -> None:
    bruker.get("/")
    bruker.http.post("/sprak", data={"bytt_sprak": sprak, "csrf_token": bruker.token})
    session = bruker.http.get_cookie("medvirk")
    assert session is not None
    cookie = f"medvirk={session.value}"
    for name, path in sizes.visited(app, verden).items():
        found = sizes.visit(app, path, cookie)
        assert found.first + found.later < FIRST, name
        assert found.again < AGAIN, name
        assert found.scripts < SCRIPTS, name
        assert found.scripts > 3_000, "the scripts were not found"
