"""Reading mode: large type, air, one question at a time (decision 17). The browser remembers it.

Its cookie says that and nothing else. It works before sign-in and before scripts: the page comes with its styles. With
script it is turned on and off in place (static/js/lesemodus.js writes the same cookie; so it is not httponly).
"""

from __future__ import annotations

from datetime import timedelta

from flask import request
from werkzeug.wrappers import Response

from webapp.platform import access

COOKIE = "medvirk-lesemodus"
KEPT = timedelta(days=365)


def on() -> bool:
    """Whether this browser has asked for it. Never at the office's door."""
    return request.cookies.get(COOKIE) == "1" and not access.at_staff_door()


def remember(response: Response, chosen: bool, *, secure: bool) -> Response:
    """Turn it on or off in this browser."""
    if chosen:
        response.set_cookie(COOKIE, "1", max_age=KEPT, secure=secure, samesite="Lax", path="/")
    else:
        response.delete_cookie(COOKIE, secure=secure, samesite="Lax", path="/")
    return response
