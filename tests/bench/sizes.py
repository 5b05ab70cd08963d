"""What a visit weighs on the way to the phone, and how many queries a page takes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import Flask

from tests import sporringer
from tests.varsel import verk
from tests.verden import Verden

_FILES = re.compile(r'(?:href|src)="(/static/dist/[^"]+)"')
_LINKED = re.compile(r'(?:href|src)="(/(?:static/dist|manifest)/[^"]+)"')
_LATER = re.compile(r'data-(?:frakoblet|logg-ut)="(/static/dist/[^"]+)"')
_WAITS = re.compile(
    r"<form[^>]* data-(?:utkast|ko)\b|<[^>]* data-enhet\b"
)  # where felles.js fetches frakoblet.js at once
BROTLI = {"Accept-Encoding": "br, gzip"}


def report(app: Flask, bruker: str, staff: str, verden: Verden) -> None:
    """Print bytes and queries of the main pages."""
    client = app.test_client(use_cookies=False)
    print("\n-- weight on the wire (compressed), and queries --")
    seen: set[str] = set()
    total = 0
    for name, path, cookie in (
        ("first visit: sign-in", "/inn", ""),
        ("home", "/", bruker),
        ("mapping", "/kartlegging/", bruker),
        ("theme", "/kartlegging/bolig", bruker),
        ("check", "/kartlegging/se-over", bruker),
        ("meetings", "/moter/", bruker),
        ("insight", "/innsyn/", bruker),
        ("worklist", "/veileder/", staff),
        ("one bruker", f"/veileder/bruker/{verden.amina}/", staff),
    ):
        headers = {**BROTLI, "Cookie": cookie} if cookie else BROTLI
        client.get(path, headers=headers)  # what is made once per process is made now
        with sporringer.count(app) as queries:
            page = client.get(path, headers=headers)
        plain = client.get(path, headers={"Cookie": cookie} if cookie else {})
        files = {found: weight(app, found) for found in set(_FILES.findall(plain.text)) - seen}
        seen |= files.keys()
        total += len(page.data) + sum(files.values())
        scripts = sum(size for found, size in files.items() if found.endswith(".js"))
        print(
            f"  {name:22} {page.status_code}"
            f" HTML {len(page.data) / 1000:5.1f} KB (plain {len(plain.data) / 1000:5.1f}),"
            f" new files {sum(files.values()) / 1000:5.1f} KB (scripts {scripts / 1000:4.1f}),"
            f" so far {total / 1000:5.1f} KB, {len(queries)} queries"
        )


@dataclass(frozen=True, slots=True)
class Visit:
    """Bytes on the wire for one page, compressed, without the heads of the answers."""

    first: int  # with every file that it links to: nothing of ours is on the device
    again: int  # its files are there: they are named after what is in them, and never asked for again
    scripts: int
    later: int  # what scripts fetch when the page is calm. Not the worker, which fetches ahead (decision 13)


def visit(app: Flask, path: str, cookie: str = "") -> Visit:
    """What opening ``path`` costs. Raises AssertionError when it is no page."""
    headers = {**BROTLI, "Cookie": cookie} if cookie else BROTLI
    client = app.test_client(use_cookies=False)
    page, plain = client.get(path, headers=headers), client.get(path, headers={"Cookie": cookie} if cookie else {})
    assert page.status_code == 200, f"{path}: {page.status_code}"
    files = {found: weight(app, found) for found in set(_LINKED.findall(plain.text))}
    scripts = sum(size for found, size in files.items() if found.endswith(".js"))
    waits = _WAITS.search(plain.text) is not None
    later = {found for found in _LATER.findall(plain.text) if waits or "frakoblet" not in found}
    return Visit(
        len(page.data) + sum(files.values()), len(page.data), scripts, sum(weight(app, found) for found in later)
    )


def report_visits(app: Flask, cookie: str, verden: Verden) -> None:
    """Print what the pages that a phone opens most cost, the first time and again."""
    print("\n-- a visit, nothing on the phone · its files there (asked for: under 60 KB · under 10 KB) --")
    for name, path in visited(app, verden).items():
        found = visit(app, path, "" if path == "/inn" else cookie)
        print(
            f"  {name:22} {found.first / 1000:5.1f} KB · {found.again / 1000:4.1f} KB"
            f" (scripts {found.scripts / 1000:4.1f} KB; when it is calm {found.later / 1000:4.1f} KB more)"
        )


def visited(app: Flask, verden: Verden) -> dict[str, str]:
    """Amina's pages by name. She gets a notice, so that there is one to open."""
    with verk.formnokkel(app):
        sak_id = verk.varslet(verden)
    return {
        "sign-in": "/inn",
        "start": "/",
        "theme": "/kartlegging/bolig",
        "vilkår": "/vilkar/",
        "varsel": f"/varsel/{sak_id}",
    }


def weight(app: Flask, path: str) -> int:
    """Bytes of a built file on the wire, with the files it imports."""
    answer = app.test_client(use_cookies=False).get(path, headers=BROTLI)
    return len(answer.data)
