"""Whether somebody reads the page now: a page that a browser fetches ahead, or a HEAD request, has not been seen."""

from __future__ import annotations

from flask import request


def ahead() -> bool:
    """Whether the browser fetches the page in case it will be wanted (prefetch, prerender)."""
    return request.method in ("GET", "HEAD") and any(
        "prefetch" in request.headers.get(name, "").lower() for name in ("Sec-Purpose", "Purpose", "X-Moz")
    )


def really_read() -> bool:
    """Whether this request can count as opened or shown: evidence is written for nothing else."""
    return request.method == "GET" and not ahead()
