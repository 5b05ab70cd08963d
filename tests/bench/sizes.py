"""What a visit weighs on the way to the phone, and how many queries a page takes."""

from __future__ import annotations

import re

from flask import Flask

from tests import sporringer
from tests.verden import Verden

_FILES = re.compile(r'(?:href|src)="(/static/dist/[^"]+)"')
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


def weight(app: Flask, path: str) -> int:
    """Bytes of a built file on the wire, with the files it imports."""
    answer = app.test_client(use_cookies=False).get(path, headers=BROTLI)
    return len(answer.data)
