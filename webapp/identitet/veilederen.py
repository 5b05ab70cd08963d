"""Whom a page of the bruker's can promise something of: «veilederen din», or Nav-kontoret while there is nobody (K8).

Asked once a request, and only by the pages that say that somebody will read, answer or get in touch, or whom to turn
to. What has been done already, and what was written for good when it was said (vilkår, varsel, avgjørelse: F3), does
not change with it.
"""

from __future__ import annotations

from flask import g
from flask_babel import LazyString

from webapp.identitet import ansvar
from webapp.identitet.ansvar import Kontakt
from webapp.platform import access


def contact() -> Kontakt | None:
    """Whom the bruker who is signed in can turn to; None for staff."""
    who = access.who()
    if not isinstance(who, access.Bruker):
        return None
    if "kontakt" not in g:
        g.kontakt = ansvar.contact_of(who.kommune_id, who.id)
    found: Kontakt = g.kontakt
    return found


def missing() -> Kontakt | None:
    """What there is instead of a veileder for whoever is signed in; None for who has one, and for staff."""
    found = contact()
    return found if found is not None and not found.veileder else None


def said(of_veileder: str, of_kontor: str) -> str:
    """The first text for who has a veileder, the second while there is none."""
    return of_kontor if missing() else of_veileder


def worded(of_veileder: LazyString, of_kontor: LazyString) -> LazyString:
    """The same for a form, whose texts are written down before anybody asks for them."""
    return LazyString(lambda: said(str(of_veileder), str(of_kontor)))
