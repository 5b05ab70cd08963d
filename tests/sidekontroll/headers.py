"""What the answer's headers must say (design: Security headers and content)."""

from collections.abc import Iterator

from tests.sidekontroll.page import Page

EXACT = {
    "X-Content-Type-Options": {"nosniff"},
    "Referrer-Policy": {"no-referrer", "same-origin"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Cross-Origin-Resource-Policy": {"same-origin"},
}
POLICY_PARTS = ("form-action", "base-uri", "frame-ancestors")


def content_policy(page: Page) -> Iterator[str]:
    """Everything is forbidden but what is named, and nothing inline is."""
    policy = page.headers.get("Content-Security-Policy", "")
    parts = {words[0]: words[1:] for words in (part.split() for part in policy.split(";")) if words}
    if parts.get("default-src") != ["'none'"]:
        yield f"Content-Security-Policy must start from default-src 'none', is «{policy}»"
    for name in POLICY_PARTS:
        if name not in parts:
            yield f"Content-Security-Policy lacks {name}, which default-src does not cover"
    for name, sources in parts.items():
        for source in sources:
            if source.startswith("'unsafe-") or source in {"*", "http:", "https:", "blob:"} or "://" in source:
                yield f"Content-Security-Policy allows {source} in {name}"
            if source == "data:" and name != "img-src":
                yield f"Content-Security-Policy allows data: in {name}"


def other_headers(page: Page) -> Iterator[str]:
    """No guessing of types, no leaking of addresses, no copies in caches, no sharing of windows."""
    for name, allowed in EXACT.items():
        if page.headers.get(name) not in allowed:
            yield f"{name} is {page.headers.get(name)!r}, must be one of {sorted(allowed)}"
    if not page.headers.get("Permissions-Policy"):
        yield "Permissions-Policy is missing"
    # Kept on the phone for when there is no network: the same for everybody (tests/telefon holds that).
    if page.path.startswith("/frakoblet/"):
        return
    if "no-store" not in page.headers.get("Cache-Control", ""):
        yield f"Cache-Control is {page.headers.get('Cache-Control')!r}: a page must not be left in any cache"
    if page.headers.get("Content-Type", "").replace(" ", "").lower() != "text/html;charset=utf-8":
        yield f"Content-Type is {page.headers.get('Content-Type')!r}"


def cookies(page: Page) -> Iterator[str]:
    """No script and no other site gets at a cookie."""
    for cookie in page.headers.getlist("Set-Cookie"):
        name, attributes = cookie.partition("=")[0], cookie.lower()
        for wanted in ("httponly", "samesite=", "path=/"):
            if wanted not in attributes:
                yield f"cookie {name} lacks {wanted}"
        if "samesite=none" in attributes:
            yield f"cookie {name} is sent along from other sites"


def status(page: Page) -> Iterator[str]:
    """A form that is not taken says so to programs too, not only to who reads the page."""
    if page.method == "POST" and page.status == 200 and "ds-error-summary" in page.text:
        yield "the page says that something is wrong, and its status that all is well"


RULES = (content_policy, other_headers, cookies, status)
