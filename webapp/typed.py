"""What a request carries of somebody's own text, and keeping it when it cannot be taken where it was going.

Used by the gate (nobody is signed in any more), by the error pages (something broke), and by views that say no. It
knows the shapes that our scripts send, so that text that was on its way is found again as the form's own fields, and
keeps nothing where nobody would find it again: see ``form_at``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import current_app, g, request, url_for
from werkzeug.exceptions import HTTPException

from webapp.identitet import adgang, skriver
from webapp.kartlegging import kladd as answers
from webapp.platform import access, draft_parts, drafts, eier, forms, kommune, languages, security
from webapp.platform.access import BRUKER, Need
from webapp.platform.database import reading
from webapp.platform.sealing import Seal

# The searches of the office. Nobody knows yet whom they are about, so no bruker's key could close them, and a name
# would stay after the bruker had been deleted (S3). A page that comes back has it in its fields; what was sent when the
# session was over stands on the error page, to be copied.
SEARCHES = frozenset({"kartlegging_veileder.liste", "kartlegging_veileder.sok"})

# What is chosen in a form that is written in its template: no form class says so (forms.chosen).
CHOSEN = frozenset({"kilde", "lesemodus", "skriver", "steg", "tilstand", "vedlegg"})


def keep() -> bool:
    """Keep what this request carries for the person it comes from, under the address it was meant for."""
    person = g.get("who") or g.get("expired")
    if person is None or not security.from_our_own_page() or eier.somebody_else():
        return False
    path, found = fields()
    if isinstance(person, access.Bruker):
        return store(person, path, beside(person, path, found))
    return store(person, path, _of_a_page(found))


def beside(person: access.Bruker, path: str, found: drafts.Fields) -> drafts.Fields:
    """``found`` as it is kept where something may lie already, from another page or phone, and not fetched yet."""
    if not answers.is_page(path):
        return _of_a_page(found)
    found = answers.signed({name: values for name, values in found.items() if name != draft_parts.SIDE}, person)
    before = drafts.get(person.kommune_id, ("bruker", person.id), person.seal, path)
    return answers.merged(before, found) if before is not None else found


def _of_a_page(found: drafts.Fields) -> drafts.Fields:
    """Without script no page says which it is: each is one by itself, and takes no other's place.

    The page that comes back says it, so that what it sends next is its own (forms.draft_page).
    """
    if request.is_json or draft_parts.SIDE in found:
        return found
    g.utkastside = draft_parts.Page.new()
    return {draft_parts.SIDE: [str(g.utkastside)], **found}


def store(person: access.Who, path: str, found: drafts.Fields) -> bool:
    """Keep ``found`` for ``person`` under ``path``. False when it is no form of theirs, or cannot be kept.

    What an ansatt writes about a bruker is sealed with the bruker's own key: whoever deletes the person, deletes it.
    """
    if not worth_keeping(path, found):
        return False
    form = form_at(person, path)
    seal = _seal(person, *form) if form else None
    if seal is None:
        return False
    found = _as_kept(person, path, found)
    return drafts.keep(person.kommune_id, _owner(person), seal, path, found, older=_older(person))


def _as_kept(person: access.Who, path: str, found: drafts.Fields) -> drafts.Fields:
    """With who typed it (K1). A page of questions says it of each answer: kartlegging/kladd.py."""
    return found if answers.is_page(path) else skriver.signed(found, person)


def worth_keeping(path: str, found: drafts.Fields) -> bool:
    """Whether there is anything of somebody's own in a form: something typed or chosen, not only what its page carries.

    A page of questions sends every answer that stands there: it counts when one was touched.
    """
    if answers.is_page(path) and any(name.startswith("v.") for name in found):
        return answers.touched(found)
    return drafts.worth_keeping(found)


def to_copy(found: drafts.Fields) -> list[tuple[str, str]]:
    """What somebody has written in ``found``, by field, for a page that gives it back: however short it is.

    What they have chosen is not: it would stand there as a code. A name that is chosen in one form and typed in in
    another of the same room counts as typed.
    """
    view = current_app.view_functions.get(str(request.endpoint))
    chosen = forms.chosen(view.__module__.rpartition(".")[0] if view else __package__)
    return [
        (name, value)
        for name, values in drafts.own_words(found).items()
        if name not in drafts.CARRIED | CHOSEN | chosen and answers.is_typed(name)
        for value in values
        if value.strip()
    ]


def arrived(person: access.Who, path: str, found: drafts.Fields) -> None:
    """The form at ``path`` has arrived with ``found``: what its page held of kept text is needed no more."""
    form = form_at(person, path)
    seal = _seal(person, *form) if form else None
    if seal is None:
        return
    found = _as_kept(person, path, found)  # else no text that was kept for a helper would stand whole in it
    drafts.arrived(person.kommune_id, _owner(person), seal, path, found, older=_older(person))


def lies_kept(person: access.Who) -> drafts.Fields | None:
    """What ``person`` has kept at the address of this request, also when they may not send its form any more."""
    form = form_at(person, request.path)
    seal = _seal(person, *form) if form else None
    if seal is None:
        return None
    return drafts.get(person.kommune_id, _owner(person), seal, request.path, older=_older(person))


def fields() -> tuple[str, drafts.Fields]:
    """The page and the fields of a form, however they were sent (a form, or the JSON of a script).

    Of a button, the page that it stands on and no fields but those that somebody has typed: access.Button.
    """
    if not request.is_json:
        sent = {name: request.form.getlist(name)[:50] for name in list(request.form)[:500]}
        button = access.button_of(current_app, request.endpoint)
        if button is None:
            return request.path, sent
        return page_of(button).partition("?")[0], {name: sent[name] for name in button.words if name in sent}
    body: Any = request.get_json(silent=True)
    if isinstance(body, dict) and isinstance(body.get("felter"), dict):  # a draft on its way (webapp/utkast.py)
        sent = {str(name): value for name, value in list(body["felter"].items())[:500] if isinstance(value, list)}
        # Half characters fit in no address.
        path = str(body.get("sti", "")).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        return path, {name: [str(one) for one in value[:50]] for name, value in sent.items()}
    return answers.page_of(request.path), answers.saved_fields(body)


def page_of(button: access.Button) -> str:
    """The address of the page that the ``button`` of this request stands on."""
    named = languages.local_path(request.form.get(button.back), "") if button.back else ""
    if named and opens(named):
        return named
    given = request.view_args or {}
    of_page = next(iter(current_app.url_map.iter_rules(button.page))).arguments
    values: dict[str, Any] = {name: request.form[name] for name in button.query if name in request.form}
    return url_for(button.page, **values | {name: value for name, value in given.items() if name in of_page})


def opens(path: str) -> bool:
    """Whether an address of ours can be opened as a page."""
    return _match(path.partition("?")[0], "GET") is not None


def form_at(person: access.Who, path: str) -> tuple[Need, Mapping[str, Any]] | None:
    """What the form at ``path`` needs and the arguments in its address, or None when ``person`` has no form there.

    It is a page that can be opened, and that shows again what was typed in it: a button is not. Nor is a search kept.
    """
    found = _match(path, "POST") if drafts.may_be_ours(path) and opens(path) else None
    if found is None or found[0] in SEARCHES or access.button_of(current_app, found[0]):
        return None
    # The program itself, not the proxy: it is what the needs were read from.
    need = access.need_of(current_app._get_current_object(), found[0])  # type: ignore[attr-defined]  # noqa: SLF001
    theirs = need is BRUKER if isinstance(person, access.Bruker) else person.rolle in need.roles
    return (need, found[1]) if theirs else None


def _match(path: str, method: str) -> tuple[str, Mapping[str, Any]] | None:
    try:
        # In a request there always is an adapter.
        found = current_app.create_url_adapter(request).match(path, method=method)  # type: ignore[union-attr]
    except HTTPException:
        return None
    return found[0], found[1]


def _seal(person: access.Who, need: Need, arguments: Mapping[str, Any]) -> Seal | None:
    """What is kept in that form is closed with this. None: it is about somebody who is not here (any more)."""
    if isinstance(person, access.Bruker):
        return person.seal
    # A button may stand on a page whose own address does not say whom it is about.
    about: UUID | None = arguments.get("bruker_id") or (request.view_args or {}).get("bruker_id")
    own = adgang.seal_for_typed(person, about) if about is not None else None
    if need.sak or (about is not None and own is None):
        return own
    return _of_kommune(person)


def _owner(person: access.Who) -> tuple[str, UUID]:
    return person.actor.type, person.id


def _older(person: access.Who) -> Seal | None:
    """What earlier versions sealed the drafts of staff with."""
    return None if isinstance(person, access.Bruker) else _of_kommune(person)


def _of_kommune(person: access.Who) -> Seal:
    with reading() as db:
        return kommune.seal_of(db, person.kommune_id)
