"""Who may do what. Every view says what it needs; a view that says nothing stops the start of the program.

Unknown and forbidden look the same from outside (404), so that nobody can ask whether somebody is a bruker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from flask import Flask, g, request

from webapp.platform.audit import Actor
from webapp.platform.sealing import Seal

View = TypeVar("View", bound=Callable[..., Any])
STAFF_PREFIX = "/veileder"


class Rolle(StrEnum):
    """What an ansatt is there for."""

    VEILEDER = "veileder"
    LEDER = "leder"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Bruker:
    """The signed-in bruker."""

    kommune_id: int
    id: UUID
    kontor_id: UUID
    okt_id: UUID
    sprak: str
    seal: Seal = field(repr=False)
    skriver: str | None = None  # K1: the one who types for the bruker in this session, if anybody does

    @property
    def actor(self) -> Actor:
        """As the log names them."""
        return Actor("bruker", self.id)


@dataclass(frozen=True, slots=True)
class Ansatt:
    """The signed-in member of staff."""

    kommune_id: int
    id: UUID
    kontor_id: UUID
    okt_id: UUID
    sprak: str
    rolle: Rolle
    navn: str
    uten_nokkel: bool = False  # came in by an invitation: may only add a passkey, which then signs them in

    @property
    def actor(self) -> Actor:
        """As the log names them."""
        return Actor("ansatt", self.id)


Who = Bruker | Ansatt


@dataclass(frozen=True, slots=True)
class Need:
    """What a view needs. ``sak``: the view is about one bruker (``bruker_id`` in its address), whom the ansatt must be
    assigned to or have given a reason to open (S1).

    A reason reads and nothing more: a view that takes a form is for those who are assigned. ``leder``: and for the
    leder of the kontor. ``les``: its page may be read with a reason, though its form cannot be sent.
    """

    name: str
    roles: frozenset[Rolle] = frozenset()
    sak: bool = False
    log: bool = True  # sak: False for a part of a page whose opening is already in the log (pictures, pieces)
    leder: bool = False
    les: bool = False
    shows: bool = True  # False: what is answered is the same whoever asks

    @property
    def apen(self) -> bool:
        """Whether anybody may, signed in or not."""
        return self.name == OPEN.name


OPEN = Need("apen")  # anybody, signed in or not
# The same, and it shows nothing of anybody: a script that asks for it has not opened a page (identitet/forlatt.py).
OPEN_INGENS = Need("apen", shows=False)
BRUKER = Need("bruker")
STAFF = Need("ansatt", frozenset(Rolle))
VEILEDER = Need("veileder", frozenset({Rolle.VEILEDER}))
LEDER = Need("leder", frozenset({Rolle.LEDER}))
UTEN_NOKKEL = Need("uten_nokkel", frozenset(Rolle))  # staff, also those who have only an invitation so far
CASE_STAFF = Need("saksansatt", frozenset({Rolle.VEILEDER, Rolle.LEDER}))
ADMINISTRATOR = Need("administrator", frozenset({Rolle.ADMINISTRATOR}))
SAK = Need("sak", frozenset({Rolle.VEILEDER, Rolle.LEDER}), sak=True)
SAK_LEDER = Need("sak", SAK.roles, sak=True, leder=True)
SAK_LES = Need("sak", SAK.roles, sak=True, les=True)


@dataclass(frozen=True, slots=True)
class Button:
    """A form that is only a button: nothing is typed in it, and its page has another view (and often another address).

    ``page``: the endpoint of the page it stands on. ``query``: fields that belong in the address of that page.
    ``back``: a field that names the page, when it stands on many. ``words``: fields with what somebody typed earlier,
    on ``page``. ``own_answer``: the view itself says what to do when the form key is too old.
    """

    page: str
    query: tuple[str, ...] = ()
    back: str | None = None
    words: tuple[str, ...] = ()
    own_answer: bool = False


class Undeclared(Exception):
    """A view does not say what it needs, or says something that its address contradicts."""


def needs(need: Need) -> Callable[[View], View]:
    """Declare what a view needs: ``@bp.get("/plan/")`` above, ``@needs(BRUKER)`` below."""

    def mark(view: View) -> View:
        view.__medvirk_need__ = need  # type: ignore[attr-defined] # a mark on a function
        return view

    return mark


def need_of(app: Flask, endpoint: str) -> Need:
    """What the view behind ``endpoint`` needs. Raises Undeclared."""
    need = getattr(app.view_functions[endpoint], "__medvirk_need__", None)
    if not isinstance(need, Need):
        raise Undeclared(f"the view {endpoint} does not say what it needs: add @needs(...)")
    return need


def button(page: str, **more: Any) -> Callable[[View], View]:
    """Declare that a view takes a button and no text of anybody's, and where it stands: see Button.

    Whoever presses it too late (the session has ended, the form key is too old) is led to that page: see the gate.
    """

    def mark(view: View) -> View:
        view.__medvirk_button__ = Button(page, **more)  # type: ignore[attr-defined] # a mark on a function
        return view

    return mark


def button_of(app: Flask, endpoint: str | None) -> Button | None:
    """What the view behind ``endpoint`` says of the page it stands on, when it is a button."""
    found: Button | None = getattr(app.view_functions.get(endpoint or ""), "__medvirk_button__", None)
    return found


def verify(app: Flask) -> None:
    """Stop the start when a view is undeclared, or stands behind the wrong front door. Raises Undeclared."""
    for rule in app.url_map.iter_rules():
        need = need_of(app, rule.endpoint)
        at_staff_door = rule.rule.startswith(f"{STAFF_PREFIX}/")
        if need.roles and not at_staff_door:
            raise Undeclared(f"{rule.rule} is for staff and must begin with {STAFF_PREFIX}/")
        if need is BRUKER and at_staff_door:
            raise Undeclared(f"{rule.rule} is for brukere and must not begin with {STAFF_PREFIX}/")
        if need.sak and "bruker_id" not in rule.arguments:
            raise Undeclared(f"{rule.rule} opens a bruker and must have <uuid:bruker_id> in its address")
        marked = button_of(app, rule.endpoint)
        if marked and not any(
            "GET" in (page.methods or ()) and page.arguments <= rule.arguments
            for page in app.url_map.iter_rules()
            if page.endpoint == marked.page
        ):
            raise Undeclared(f"{rule.rule} is a button on {marked.page}, which cannot be opened from there")


def at_staff_door() -> bool:
    """True for addresses of the staff's front door. Each door looks at its own cookie only."""
    return request.path.startswith(f"{STAFF_PREFIX}/") or request.path == STAFF_PREFIX


def who() -> Who | None:
    """Who is signed in at this front door, if anybody."""
    found: Who | None = g.get("who")
    return found


def bruker() -> Bruker:
    """The signed-in bruker. Only in views that need BRUKER; the gate has checked it."""
    found = who()
    if not isinstance(found, Bruker):
        raise Undeclared(f"{request.endpoint} asks for a bruker without needing one")
    return found


def ansatt() -> Ansatt:
    """The signed-in ansatt. Only in views that need staff; the gate has checked it."""
    found = who()
    if not isinstance(found, Ansatt):
        raise Undeclared(f"{request.endpoint} asks for an ansatt without needing one")
    return found
