"""What every answer carries: a content policy that starts at nothing, and no trace in any cache."""

from __future__ import annotations

from flask import Flask, Response, request

from webapp.platform import access

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # form checks need the origin on our own posts; nobody else learns an address
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
# The bruker's pages may hear what is dictated, on the device itself (static/js/diktering.js, decision 17).
# «on-device-speech-recognition» is allowed here from the start, and browsers that do not know it would complain.
PERMISSIONS_POLICY = (
    "camera=(), geolocation=(), microphone={microphone}, payment=(), usb=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)
NO_STORE = "no-store, private"


def init_app(app: Flask, *, secure: bool) -> None:
    """Add the headers to every answer of ``app``."""

    @app.after_request
    def _headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        microphone = "()" if access.at_staff_door() else "(self)"
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY.format(microphone=microphone))
        if secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = NO_STORE
        return response


def from_our_own_page() -> bool:
    """False when the browser says that another site made it send this request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin == request.host_url.rstrip("/")
