"""Links as the tests that walk through the program follow them: which are ours, and what kind of page each leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

# Not pages: files to save, answers to scripts.
NOT_PAGES = (".pdf", ".ics", ".json", ".svg", ".png", ".webmanifest", "/healthz", "/readyz")


def own(base: str, hrefs: Iterable[str]) -> Iterator[str]:
    """The paths, with their query, of the links in ``hrefs`` that lead from the address ``base`` to a page of ours."""
    origin = urlsplit(base)[:2]
    for href in hrefs:
        parts = urlsplit(urljoin(base, href))
        if parts[:2] == origin and not parts.path.endswith(NOT_PAGES):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def endpoint(routes: MapAdapter, path: str, method: str = "GET") -> str | None:
    """What answers at ``path``, None when nothing does."""
    try:
        found, _values = routes.match(urlsplit(path).path, method)
    except HTTPException:
        return None
    return str(found)
