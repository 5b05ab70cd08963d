"""A session ran out with no page of ours open: nobody was there to forget it on a borrowed phone (decision 16).

The cookie is still sent, so the next page of the bruker's door knows: it tells its script to forget what an open page
would have forgotten (static/js/glem.js).
"""

from __future__ import annotations

from flask import g
from werkzeug.wrappers import Response

from webapp.identitet import okter


def heed() -> None:
    """Find out whether it has, before anything is drawn. Not after «Lukk raskt», which erases no device."""
    g.session_over = g.cookie_seen and okter.door() == "bruker" and g.who is None and not g.gone


def here() -> bool:
    """Whether the page that is made now says so."""
    return bool(g.get("session_over"))


def take_back(response: Response) -> Response:
    """The cookie goes when a page has said so and it is good for nothing: a day later it keeps no text (okter.load)."""
    is_page = response.mimetype == "text/html" and not 300 <= response.status_code < 400
    if is_page and here() and g.get("expired") is None:
        name, secure = okter.cookie_name("bruker"), okter.settings().secure
        response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")
    return response
