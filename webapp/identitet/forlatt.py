"""Somebody has gone, and the server may not have heard it: no network, or no time to wait (decision 16).

The page then leaves a cookie that says so and nothing else. The next page that this browser asks for ends the session,
before anything is shown. Saves (POST) are let through: they may be the last words of the one who went. So is what shows
nothing of anybody: a page that is only locked asks by itself whether there is a network, and is to be opened again.
"""

from __future__ import annotations

from flask import current_app, g, request
from werkzeug.wrappers import Response

from webapp.identitet import mine_okter, okter
from webapp.platform import access


def heed() -> None:
    """End the session of a browser that says that its person has gone."""
    marked = request.cookies.get(okter.goodbye_name(okter.door())) is not None
    g.gone = marked and request.method in {"GET", "HEAD"} and _shows()
    who = access.who()
    if g.gone and who is not None:
        mine_okter.end(who, who.okt_id, unverified=True)
        g.who, g.okt, g.was = None, None, who  # a page that was only locked leads its person back


def _shows() -> bool:
    # An address that is none has a page too, with the frame of whoever is signed in.
    return request.endpoint is None or access.need_of(current_app, request.endpoint).shows


def take_back(response: Response) -> Response:
    """Both cookies have done what they were for."""
    return okter.close_door(response, okter.door()) if g.get("gone") else response
