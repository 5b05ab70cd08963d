"""/sw.js: the built worker with the list of what it keeps in front. Browsers find a new one by its bytes."""

from __future__ import annotations

import json

from flask import current_app

from webapp.platform import assets, languages
from webapp.telefon import frakoblet

# Not kept on the phone: the office's styles, the worker itself, and what only the phone's own app list needs.
_LEFT_OUT = frozenset({"kontor.css", "sw.js"})
_KEPT = (".css", ".js", "favicon.svg", "ikon.svg", "ikon-192.png")


def precached() -> list[dict[str, str | None]]:
    """What the worker fetches when it is installed: built files (the hash is in the name), and the offline pages."""
    built = [name for name in assets.names() if name.endswith(_KEPT) and name not in _LEFT_OUT]
    files: list[tuple[str, str | None]] = [(assets.asset(name), None) for name in built]
    files += [(frakoblet.path(kode), frakoblet.revision(kode)) for kode in languages.SPRAK]
    return [{"url": url, "revision": revision} for url, revision in files]


def script() -> str:
    """The whole worker. Made once per process: files, texts and settings do not change while it runs."""
    made = current_app.extensions.get("medvirk.worker")
    if made is None:
        listed = {
            "filer": precached(),
            "frakoblet": {languages.tag(kode): frakoblet.path(kode) for kode in languages.SPRAK},
        }
        made = f"self.medvirk={json.dumps(listed, separators=(',', ':'))};\n{assets.text('sw.js')}"
        current_app.extensions["medvirk.worker"] = made
    return str(made)
