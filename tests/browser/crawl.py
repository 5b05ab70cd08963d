"""Walks through the program by its own links, one page of each kind, as one person sees it."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from tests import lenker
from tests.browser.window import Window

MOST = 150  # more kinds of pages than the program has: a walk that never ends is a fault of ours


def pages(window: Window, start: str, page: Page | None = None) -> Iterator[tuple[str, Page]]:
    """Opens every kind of page that links lead to from ``start``; gives its endpoint and the page, open and loaded.

    A kind is an endpoint: of fourteen themes or a hundred brukere the first is opened.
    """
    page = page or window.page
    with window.server.inside() as app:
        routes = app.url_map.bind("localhost")
    waiting, seen = [start], set[str]()
    while waiting:
        path = waiting.pop(0)
        endpoint = lenker.endpoint(routes, path)
        if endpoint is None or endpoint in seen:
            continue
        seen.add(endpoint)
        assert len(seen) <= MOST, f"more than {MOST} kinds of pages: none is left out in silence"
        window.open(path, page)
        yield endpoint, page
        hrefs: list[str] = page.eval_on_selector_all("a[href]", "(all) => all.map((a) => a.getAttribute('href'))")
        waiting += lenker.own(page.url, hrefs)
