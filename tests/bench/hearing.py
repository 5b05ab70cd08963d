"""Being heard: composing and sending a notice, and sending an uttalelse, beside a bare page and a bare commit."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask

from tests.bench import load, servers
from tests.bench.load import BareSave, Figures, Page
from tests.bench.servers import Server
from tests.varsel import verk
from tests.verden import Verden
from webapp.platform import clock, ids
from webapp.platform.dates import oslo_date

MATTERS = 40  # a bruker can send fifty uttalelser a day
WORDS = "Jeg var hos legen med sønnen min. Jeg ringte dagen etter, men kom ikke fram. " * 5
NOTICE = {"hvorfor": WORDS, "belop": "1500", "maneder": "2", "virkedager": "10"}


@dataclass(frozen=True)
class Browser:
    """A signed-in browser without a browser: its Cookie header, and the form key that goes with it."""

    cookie: str
    key: str


Post = tuple[str, dict[str, str]]  # an address and the form's fields
Measured = list[tuple[str, Figures, Figures]]  # what, its figures, and those of the bare thing beside it


def measure(
    app: Flask, env: dict[str, str], bare_db: str, verden: Verden, bruker: Browser, staff: Browser, seconds: float
) -> Measured:
    """One connection. A notice and an answer are sent once in each matter, so that is as many as there are matters."""
    with verk.formnokkel(app):
        matters = [_noted(verden) for _ in range(MATTERS)]
        steps = {one: str(verk.saken(verden, one).steg) for one in matters}
    office, answer = f"/veileder/bruker/{verden.amina}/varsel", f"/varsel/{matters[-1]}/uttalelse"
    compose_path = f"{office}/{matters[-1]}/send"
    size = len(app.test_client(use_cookies=False).get(compose_path, headers={"Cookie": staff.cookie}).data)
    with servers.running(
        "gunicorn", "tests.bench.bare:app", {"BENCH_BYTES": str(size), "BENCH_DB": bare_db}, "/"
    ) as bare:
        bare_page = load.run(bare, Page("/", {}), seconds, connections=1)
        commit = load.run(bare, BareSave(WORDS), seconds, connections=1)
    with servers.running("gunicorn", "wsgi:app", env, "/healthz") as server:
        compose = load.run(server, Page(compose_path, {"Cookie": staff.cookie}), seconds, connections=1)
        seen = [_notice(office, one, steps[one], "se_over") for one in matters]
        preview = _posts(server, staff, seen, 200)
        sent = _posts(server, staff, [_notice(office, one, steps[one], "send") for one in matters], 303)
        opened = load.run(server, Page(f"/varsel/{matters[-1]}", {"Cookie": bruker.cookie}), seconds, connections=1)
        write = load.run(server, Page(answer, {"Cookie": bruker.cookie}), seconds, connections=1)
        look = _posts(server, bruker, [_said(one, "se_over") for one in matters], 200)
        said = _posts(server, bruker, [_said(one, "send") for one in matters], 303)
    return [
        (f"bare page of {size / 1000:.0f} KB", bare_page, bare_page),
        ("notice: the form", compose, bare_page),
        ("notice: look it over", preview, bare_page),
        ("notice: read by the bruker", opened, bare_page),
        ("answer: the form", write, bare_page),
        ("answer: look it over", look, bare_page),
        ("bare one-row commit", commit, commit),
        ("notice: send", sent, commit),
        ("answer: send", said, commit),
    ]


def _noted(verden: Verden) -> UUID:
    now = clock.now()
    today = oslo_date(now)
    vilkar_id = verk.vilkaret(verden, vist=now - timedelta(days=30), frist=today + timedelta(days=30))
    return verk.notert(verden, vilkar_id, today - timedelta(days=1))


def _notice(office: str, sak_id: UUID, steg: str, handling: str) -> Post:
    return f"{office}/{sak_id}/send", {**NOTICE, "steg": steg, "handling": handling, "nokkel": ids.new_id().hex}


def _said(sak_id: UUID, handling: str) -> Post:
    fields = {"ord": WORDS, "vil": "Et annet kurs.", "grunner": "sykdom", "nokkel": ids.new_id().hex}
    return f"/varsel/{sak_id}/uttalelse", {**fields, "handling": handling}


def _posts(server: Server, browser: Browser, posts: Iterable[Post], status: int) -> Figures:
    """Each of these forms sent once, one after the other."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Cookie": browser.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    times, before = [], server.cpu_seconds()
    for path, fields in posts:
        body = urlencode({**fields, "csrf_token": browser.key}).encode()
        start = time.perf_counter()
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        response.read()
        times.append(time.perf_counter() - start)
        if response.status != status:
            raise RuntimeError(f"{path}: {response.status}")
    return load.figures([times], sum(times), server.cpu_seconds() - before)
