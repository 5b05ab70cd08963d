"""What ten languages cost: the weight of pages in each beside bokmål, switching, and memory of a process."""

from __future__ import annotations

import resource
import time

from flask import Flask
from sqlalchemy import update

from tests.bench.sizes import BROTLI, weight
from tests.verden import Verden
from webapp.identitet.models import Bruker
from webapp.platform import assets
from webapp.platform.database import writing
from webapp.platform.languages import SOURCE, SPRAK

PAGES = (
    ("home", "/"),
    ("mapping", "/kartlegging/"),
    ("theme", "/kartlegging/bolig"),
    ("check", "/kartlegging/se-over"),
)
STYLES = ("medvirk.css", "felles.js")  # the same files in every language: no web font is sent (decision 18)


def report(app: Flask, bruker: str, verden: Verden) -> None:
    """Print bytes by language, milliseconds to make a page just after a switch, and memory with all catalogues."""
    client, before = app.test_client(use_cookies=False), _megabytes()
    shared = sum(weight(app, assets.asset(name)) for name in STYLES)
    headers, sizes, switched = {**BROTLI, "Cookie": bruker}, dict[str, dict[str, int]](), dict[str, float]()
    for kode in SPRAK:
        with app.app_context(), writing(unverified=True) as db:
            db.execute(update(Bruker).where(Bruker.id == verden.amina).values(sprak=kode))
        start = time.perf_counter()
        client.get("/kartlegging/bolig", headers=headers)  # catalogue and questions are looked up for the first time
        switched[kode] = (time.perf_counter() - start) * 1000
        sizes[kode] = {name: len(client.get(path, headers=headers).data) for name, path in PAGES}
    print("\n-- languages: bytes on the wire, files that all share included; over bokmål --")
    for kode, of in sizes.items():
        shown = "  ".join(
            f"{name} {(size + shared) / 1000:5.1f} KB {(size + shared) / (sizes[SOURCE][name] + shared):4.2f} x"
            for name, size in of.items()
        )
        print(f"  {kode:6} {shown}  first page after a switch {switched[kode]:5.0f} ms")
    print(f"  memory: {before} MB before, {_megabytes()} MB with ten catalogues in use")


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
