"""Lighthouse on the phone profile for the pages that matter most, on the demo people: ``make fyrtarn [ARGS=turns]``.

Prints for each page, as a first visit, again when the window was closed in between (at once; and later, when the
worker sleeps too), and from another of our pages: the scores, when the largest piece of the page is there (ms, as
Lighthouse reckons a slow 4G: the median of five turns, the least and the most, since single runs lie 0.1 s apart), how
much the layout moves, and the bytes that the page itself fetched (not those that the worker fetched for it:
``python -m tests.bench sider`` counts all). First a bare Flask page of one kilobyte, without styles or scripts: what no
page can go below on this machine. Never fails for a figure. Takes forty minutes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from alembic import command as alembic
from alle_tester import find_chromium
from sqlalchemy import select

from tests.bench import servers
from tests.browser.demo import Demo
from tests.browser.server import Server
from tests.browser.window import ARGUMENTS
from webapp.platform.commands import alembic_config
from webapp.platform.database import reading
from webapp.varsel.models import Varselsak

HERE = Path(__file__).resolve().parent / "fyrtarn"
# Language, and the states (`flask demo --json`) of those whose mapping, vilkår and varsel are opened.
PEOPLE = (
    ("nb", "halvferdig", "plan-og-vilkar", "varsel-ikke-apnet"),
    ("ar", "arabisk-levert", "uttalelse-arabisk", "uttalelse-arabisk"),
)
# Chromium on a computer starts a spare process for the next site while a page is loading. On a phone it does not: where
# not every site has a process there is none, or it begins when the page is there. On two processors that was 0.05 s
# of what a page took (decision 21).
AS_ON_A_PHONE = "--disable-features=SpareRendererForSitePerProcess"
TURNS = 5  # as Lighthouse's own advice on variability goes


def main(turns: int = TURNS) -> None:
    """Fetch Lighthouse by its lock file, serve the demo people, and print. Each visit is made ``turns`` times."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit("Fant ikke Chromium.")
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund", "--silent"], cwd=HERE, check=True)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/medvirk.db"
        alembic.upgrade(alembic_config(url), "head")
        server = Server(url, Path(folder))
        server.start()
        try:
            demo = Demo.load(server)
            with servers.running("gunicorn", "tests.bench.bare:app", {"BENCH_BYTES": "1000"}, "/") as bare:
                first = {"name": "bare", "url": f"http://localhost:{bare.port}/", "language": "nb", "cookie": None}
                measure(chromium, turns, first)
            for page in pages(demo):
                measure(chromium, turns, page)
        finally:
            server.stop()


def measure(chromium: str, turns: int, page: dict[str, Any]) -> None:
    """Print what ``mal.mjs`` finds of this page."""
    asked = {"chromium": chromium, "arguments": [*ARGUMENTS, AS_ON_A_PHONE], "turns": turns, "page": page}
    with subprocess.Popen(
        ["node", "mal.mjs"], cwd=HERE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as node:
        assert node.stdin is not None
        assert node.stdout is not None
        node.stdin.write(json.dumps(asked))
        node.stdin.close()
        for line in node.stdout:
            show(json.loads(line))
    if node.returncode:
        sys.exit(f"mal.mjs: {node.returncode}")


def pages(demo: Demo) -> Iterator[dict[str, Any]]:
    """Which pages, in which language, as whom: {name, url, language, cookie}. Sessions begin when it is their turn."""
    origin = demo.server.origin
    for sprak, mapping, vilkar, varsel in PEOPLE:
        yield {"name": f"sign-in {sprak}", "url": f"{origin}/inn", "language": sprak, "cookie": None}
        for name, state, path in (
            ("start", mapping, "/"),
            ("theme", mapping, "/kartlegging/bolig"),
            ("vilkår", vilkar, "/vilkar/"),
            ("varsel", varsel, f"/varsel/{matter_of(demo, varsel)}"),
        ):
            cookie = dict(
                zip(("name", "value"), demo.server.session_cookie(demo.person(demo.code(state))), strict=True)
            )
            yield {"name": f"{name} {sprak}", "url": origin + path, "language": sprak, "cookie": cookie}


def matter_of(demo: Demo, state: str) -> UUID:
    """The matter of the bruker in this state."""
    person = demo.person(demo.code(state))
    with demo.server.inside(), reading() as db:
        return db.scalars(select(Varselsak.id).where(Varselsak.bruker_id == person.id)).one()


def show(visit: dict[str, Any]) -> None:
    """One line, and one for what Lighthouse would have otherwise. Now and then it sees nothing, and says why."""
    if visit["lcp"] is None:
        print(f"{visit['name']:12} {visit['visit']:6} not measured: {visit['error']}", flush=True)
        return
    scores = "/".join(str(score) for score in visit["scores"].values())
    print(
        f"{visit['name']:12} {visit['visit']:6} {scores:12} LCP {visit['lcp']:5} ms"
        f" ({visit['least']}–{visit['most']}, {visit['runs']} runs)  CLS {visit['cls']:.3f}"
        f"  TBT {visit['tbt']:3} ms  {visit['bytes'] / 1000:5.1f} KB  {visit['url']} {visit['error']}".rstrip(),
        flush=True,
    )
    if visit["failed"]:
        print(f"{'':12} not full marks: {', '.join(visit['failed'])}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
