"""The page that comes instead of another when there is no network: the same for all, so that a phone may keep it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app, g, render_template
from flask_babel import force_locale

from webapp.config import Settings
from webapp.platform import languages


def path(kode: str) -> str:
    """Where the page in this language lies."""
    return f"/frakoblet/{languages.tag(kode)}"


def page(kode: str) -> str:
    """The page itself. Nothing in it depends on who asks: a test asks as somebody signed in and as nobody."""
    settings: Settings = current_app.extensions["medvirk.settings"]
    with _nobody(kode), force_locale(kode):
        return render_template("telefon/frakoblet.html", nummer=settings.telefon)


@contextmanager
def _nobody(kode: str) -> Iterator[None]:
    """What templates are told about the one who asks: nobody, reading this language. No cookie is looked at."""
    before = {name: g.get(name) for name in ("who", "sprak")}
    g.who, g.sprak = None, kode
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(g, name, value)


def revision(kode: str) -> str:
    """Changes when the page does."""
    return hashlib.sha256(page(kode).encode()).hexdigest()[:16]
