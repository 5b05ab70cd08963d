"""What every way in has in common: limits on guessing, where to go afterwards, and the cookie."""

from __future__ import annotations

import ipaddress
from datetime import timedelta

from flask import redirect, request
from werkzeug.wrappers import Response

from webapp.identitet import okter, tilbake
from webapp.platform import access, attempts, languages
from webapp.platform.access import Rolle

WINDOW = timedelta(minutes=15)
# One address is often a whole library or a kontor, so a success starts its count again. In all: 23^8 codes against 600
# guesses in a quarter of an hour leave less than 1 in 200,000 for one code in its 72 hours.
PER_ADDRESS = {"kode": 20, "passnokkel": 60}
IN_ALL = {"kode": 600, "passnokkel": 6000}


def count_try(what: str) -> None:
    """Count one try at ``what`` («kode», «passnokkel») from where this request comes. Raises TooMany."""
    attempts.count(what, network(), most=PER_ADDRESS[what], within=WINDOW)
    attempts.count(f"{what}-alle", "", most=IN_ALL[what], within=WINDOW)


def succeeded(what: str) -> None:
    """Start the count again for where this request comes from."""
    attempts.forget(what, network())


def network() -> str:
    """Where this request comes from: an IPv4 address, or the /64 of an IPv6 one (every home has a whole /64)."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "?"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def after(who: access.Who, way_back: str | None) -> str:
    """Where somebody who has signed in goes: back to where they were (see tilbake.py), if it is behind their door."""
    home = home_of(who)
    path = languages.local_path(tilbake.opened(who, way_back), home)
    staff_path = path.split("?", 1)[0].startswith(f"{access.STAFF_PREFIX}/")
    return path if staff_path == isinstance(who, access.Ansatt) else home


def home_of(who: access.Who) -> str:
    """The first page of somebody. An administrator has no worklist: they open no bruker."""
    if isinstance(who, access.Bruker):
        return "/"
    return "/veileder/ansatte/" if who.rolle is Rolle.ADMINISTRATOR else "/veileder/"


def let_in(innlogging: okter.Innlogging, target: str) -> Response:
    """Open the door and go to ``target``."""
    response = redirect(target, 303)
    return okter.open_door(response, innlogging)
