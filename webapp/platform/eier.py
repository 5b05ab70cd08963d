"""Whose page it is that sends. What stands on one person's page is never taken for another's (K1, K10).

Two people may use one browser. A page that the first left open is sent with the cookie of the second, also when that
session has run out. So every form and script of a page for somebody signed in says whose page it is (the macro
``csrf``, static/js/csrf.js), and the gate asks here before anything of it is shown or kept.
"""

from __future__ import annotations

import hashlib

from flask import g, request

from webapp.platform import access

HEADER, FIELD = "X-Medvirk-Eier", "eier"


def mark(who: access.Who) -> str:
    """What pages of this person's, and rows on their device (static/js/lager.js), say: tells nobody who it is."""
    secret = who.seal.derive("enhet") if isinstance(who, access.Bruker) else b"ansatt" + who.id.bytes
    return hashlib.sha256(secret).digest()[:8].hex()


def here() -> str | None:
    """The mark of a page that is made now; None when nobody is signed in."""
    who = access.who()
    return mark(who) if who is not None else None


def palogging() -> str | None:
    """The mark of the session a page is made in: with another the quick lock counts anew (static/js/raskelas.js)."""
    who = access.who()
    return hashlib.sha256(who.okt_id.bytes).digest()[:8].hex() if who is not None else None


def somebody_else() -> bool:
    """Whether this request comes from another person's page than the one whose cookie it came with.

    One that does not say whose it is, is from a page that was made before pages did (or kept on a phone): then no.
    """
    person: access.Who | None = g.get("who") or g.get("expired")
    if person is None:
        return False
    said = {request.headers.get(HEADER), None if request.is_json else request.form.get(FIELD)}
    return not said <= {None, "", mark(person)}
