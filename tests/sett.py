"""Which pages axe has looked at: when the whole suite has run on SQLite, a page that no test looked at fails it.

Each process writes what it looked at in a file of its own; the process that started them reads all of it at the end.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from webapp.platform import errors

FOLDER = "MEDVIRK_TEST_SETT"  # where the processes write
FILES = (".pdf", ".ics", ".json", ".webmanifest")
NOT_PAGES = {
    **dict.fromkeys(("site.healthz", "site.readyz"), "for the operator's machines"),
    **dict.fromkeys(("enhet_bruker.ord_", "enhet_bruker.sider"), "JSON for our scripts"),
    **dict.fromkeys(("static_dist", "telefon_filer.sw"), "files"),
    **dict.fromkeys(("vedlegg_bruker.last_ned", "vedlegg_veileder.last_ned"), "somebody's own file"),
    **dict.fromkeys(
        (
            *("kartlegging_veileder.kontor", "identitet_bruker.kode_tilbake", "lukk.lukket"),
            *("plan_bruker.ja", "plan_veileder.ja"),
        ),
        "leads on to another page",
    ),
}
# Error pages that a browser can be led to. 405 and 415 answer what no page of ours sends, 409 the page answers itself.
ERRORS = errors.SHOWN - {405, 409, 415}


def note(path: str, status: int) -> None:
    """This address, answered with this status, has been looked at."""
    folder = os.environ.get(FOLDER)
    if folder:
        with (Path(folder) / str(os.getpid())).open("a") as file:
            file.write(f"{status} {path}\n")


def unseen(app: Flask, folder: Path) -> list[str]:
    """Pages and error pages of ``app`` that nothing in ``folder`` has looked at."""
    seen = {tuple(line.split(" ", 1)) for file in folder.iterdir() for line in file.read_text().splitlines()}
    routes = app.url_map.bind("localhost")
    found = set[str]()
    for status, path in seen:
        if int(status) in {0, 200}:  # 0: a page that lay on the phone
            found |= _endpoint(routes, path)
    missing = sorted(set(_pages(app)) - found)
    return missing + [f"the page for {code}" for code in sorted(ERRORS - {int(status) for status, _ in seen})]


def _pages(app: Flask) -> Iterator[str]:
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.rule.endswith(FILES) and rule.endpoint not in NOT_PAGES:
            yield rule.endpoint


def _endpoint(routes: MapAdapter, path: str) -> set[str]:
    for method in ("GET", "POST"):
        try:
            return {routes.match(path, method)[0]}
        except HTTPException:
            continue
    return set()
