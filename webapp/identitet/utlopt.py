"""A session ran out with no page of ours open: nobody was there to forget it on a borrowed phone (decision 16).

The cookie is still sent, so the next page of the bruker's door knows: it tells its script to forget what an open page
would have forgotten (static/js/glem.js).
"""

from __future__ import annotations

from flask import g
from werkzeug.wrappers import Response

from webapp.identitet import okter
from webapp.platform import access


def here() -> bool:
    """Whether the page that is made now says so. Not after «Lukk raskt», which erases no device."""
    found = bool(g.get("cookie_seen")) and okter.door() == "bruker" and access.who() is None and not g.get("gone")
    g.session_over = found
    return found


def take_back(response: Response) -> Response:
    """The cookie goes once it is good for nothing: a day later no typed text is kept by it any more (okter.load)."""
    if g.get("session_over") and g.get("expired") is None:
        name, secure = okter.cookie_name("bruker"), okter.settings().secure
        response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="Lax")
    return response
