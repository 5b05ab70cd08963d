"""What a request carries of somebody's own text, and keeping it when it cannot be taken where it was going.

Used by the gate (nobody is signed in any more), by the error pages (something broke), and by views that say no. It
knows the shapes that our scripts send, so that text that was on its way is found again as the form's own fields.
"""

from __future__ import annotations

from typing import Any

from flask import g, request

from webapp.kartlegging import kladd as answers
from webapp.platform import access, draft_parts, drafts, kommune, security
from webapp.platform.database import reading


def keep() -> bool:
    """Keep what this request carries for the person it comes from, under the address it was meant for."""
    person = g.get("who") or g.get("expired")
    if person is None or not security.from_our_own_page():
        return False
    path, found = fields()
    if isinstance(person, access.Bruker):
        owner = ("bruker", person.id)
        found = beside(person, path, found)
        return drafts.keep(person.kommune_id, owner, person.seal, path, found)
    with reading() as db:
        seal = kommune.seal_of(db, person.kommune_id)
    return drafts.keep(person.kommune_id, ("ansatt", person.id), seal, path, _of_a_page(found))


def beside(person: access.Bruker, path: str, found: drafts.Fields) -> drafts.Fields:
    """``found`` as it is kept where something may lie already, from another page or phone, and not fetched yet."""
    if not answers.is_page(path):
        return _of_a_page(found)
    found = {name: values for name, values in found.items() if name != draft_parts.SIDE}
    before = drafts.get(person.kommune_id, ("bruker", person.id), person.seal, path)
    return answers.merged(before, found) if before is not None else found


def _of_a_page(found: drafts.Fields) -> drafts.Fields:
    """Without script no page says which it is: each is one by itself, and takes no other's place."""
    return found if request.is_json else {draft_parts.SIDE: [str(draft_parts.Page.new())], **found}


def fields() -> tuple[str, drafts.Fields]:
    """The address and the fields of a form, however they were sent (a form, or the JSON of a script)."""
    if not request.is_json:
        return request.path, {name: request.form.getlist(name)[:50] for name in list(request.form)[:500]}
    body: Any = request.get_json(silent=True)
    if isinstance(body, dict) and isinstance(body.get("felter"), dict):  # a draft on its way (webapp/utkast.py)
        sent = {str(name): value for name, value in list(body["felter"].items())[:500] if isinstance(value, list)}
        # Half characters fit in no address.
        path = str(body.get("sti", "")).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        return path, {name: [str(one) for one in value[:50]] for name, value in sent.items()}
    return answers.page_of(request.path), answers.saved_fields(body)
