"""What a phone needs to put Medvirk among its apps. Nothing says what it is about: others see the home screen too."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from flask import Flask, current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from webapp.platform import assets, languages

# As in static/css/tema.css. The manifest has no dark side; pages say their own colour (felles/grunn.html).
PAPER = "#faf6ef"
SURFACE = "#fffdfa"
SCREENSHOT = "360x740"  # as scripts/skjermbilder.py takes them


def init_app(app: Flask) -> None:
    """Give templates the address: ``{{ sprak.kode|manifest }}``."""
    app.jinja_env.filters["manifest"] = address


def address(kode: str) -> str:
    """Where the manifest in this language lies. Other content is another address, so that the phone may keep it.

    ``id`` is what makes it one app, whatever its address (and in browsers from before ``id``, one for each).
    Browsers ask for the manifest with every page: on a slow line, a round trip beside what the page itself needs.
    """
    return f"/manifest/{languages.tag(kode)}.webmanifest?v={revision(kode)}"


def revision(kode: str) -> str:
    """Changes when the content does."""
    return hashlib.sha256(text(kode).encode()).hexdigest()[:10]


def text(kode: str) -> str:
    """The manifest as it is sent. Made once per process: files and texts do not change while it runs."""
    made: dict[str, str] = current_app.extensions.setdefault("medvirk.manifest", {})
    if kode not in made:
        made[kode] = json.dumps(manifest(kode), ensure_ascii=False)
    return made[kode]


def manifest(kode: str) -> dict[str, Any]:
    """The web app manifest in one language. ``id`` is the same in all of them: it is one app."""
    sprak = languages.SPRAK[kode]
    with force_locale(kode):
        return {
            "id": "/",
            "name": "Medvirk",
            "short_name": "Medvirk",
            "description": _("Skriv med egne ord, og følg med på det som skjer."),
            "lang": sprak.tag,
            "dir": sprak.retning,
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": PAPER,
            "theme_color": SURFACE,
            "icons": _icons(),
            "screenshots": _screenshots(kode),
            "shortcuts": [
                {"name": name, "url": url, "icons": [_icon("ikon-192.png", 192)]}
                for name, url in ((_("Kartlegging"), "/kartlegging/"), (_("Plan"), "/plan/"), (_("Vilkår"), "/vilkar/"))
            ],
        }


def _icons() -> list[dict[str, str]]:
    return [
        {"src": assets.asset("ikon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        _icon("ikon-192.png", 192),
        _icon("ikon-512.png", 512),
        {**_icon("ikon-maskable-192.png", 192), "purpose": "maskable"},
        {**_icon("ikon-maskable-512.png", 512), "purpose": "maskable"},
        {**_icon("ikon-monokrom-192.png", 192), "purpose": "monochrome"},
    ]


def _icon(name: str, side: int) -> dict[str, str]:
    return {"src": assets.asset(name), "sizes": f"{side}x{side}", "type": "image/png"}


def _screenshots(kode: str) -> list[dict[str, str]]:
    """Those in this language; without any, bokmål's."""
    names = [name for name in assets.names() if name.startswith(f"app-{kode}-")]
    names = names or [name for name in assets.names() if name.startswith(f"app-{languages.SOURCE}-")]
    return [
        {"src": assets.asset(name), "sizes": SCREENSHOT, "type": "image/webp", "form_factor": "narrow"}
        for name in sorted(names)
    ]
