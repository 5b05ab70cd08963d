"""Built front-end files: their hashed names, and serving them already compressed."""

from __future__ import annotations

import json
import mimetypes
import re
from functools import cache
from pathlib import Path

from flask import Response, abort, request, send_file

DIST = Path(__file__).resolve().parent.parent / "static" / "dist"
URL = "/static/dist/"
# For what has other content at another address.
FOR_A_YEAR = "public, max-age=31536000, immutable"

# The build's own shape (name-<10 hex>.ext). Nothing else is served: no manifest, no compressed copy by its own name,
# and no path that leaves the folder.
_BUILT = re.compile(r"[a-z0-9_]+(?:-[a-z0-9]+)*-[0-9a-f]{10}\.(?:css|js|svg|png|webp)")
# Best first. The build writes both copies of everything that gains from it.
_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


class AssetsNotBuiltError(RuntimeError):
    """The front end has not been built, or the file asked for is not part of it."""


@cache
def asset(name: str) -> str:
    """The address of the built file ``name`` (as in ``medvirk.css``), with the hash of its content in it.

    Raises AssetsNotBuiltError with what to do about it.
    """
    try:
        return URL + _manifest()[name]
    except KeyError:
        raise AssetsNotBuiltError(f"{name} is not in static/dist/manifest.json: run «npm run build»") from None


def names() -> list[str]:
    """Every built file, by the name it has without its hash."""
    return sorted(_manifest())


def text(name: str) -> str:
    """What a built file says."""
    return (DIST / asset(name).removeprefix(URL)).read_text(encoding="utf-8")


def serve(filename: str) -> Response:
    """The built file, in the best encoding the browser accepts. The name holds the hash, so it is kept for a year."""
    if not _BUILT.fullmatch(filename) or not (DIST / filename).is_file():
        abort(404)
    path, encoding = _best_copy(filename)
    response = send_file(path, mimetype=_content_type(filename), conditional=True, etag=path.name, max_age=31536000)
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = FOR_A_YEAR
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.vary.add("Accept-Encoding")
    del response.headers["Content-Disposition"]  # it would name the compressed copy
    return response


def _best_copy(filename: str) -> tuple[Path, str | None]:
    # Range requests are about the plain bytes; a range of a compressed copy would be another file.
    if "Range" not in request.headers:
        for encoding, suffix in _ENCODINGS:
            copy = DIST / (filename + suffix)
            if request.accept_encodings.quality(encoding) > 0 and copy.is_file():
                return copy, encoding
    return DIST / filename, None


def _content_type(filename: str) -> str:
    suffix = Path(filename).suffix
    return _TYPES.get(suffix) or mimetypes.guess_type(filename)[0] or "application/octet-stream"


@cache
def _manifest() -> dict[str, str]:
    try:
        names = json.loads((DIST / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AssetsNotBuiltError("The front end is not built: run «npm ci && npm run build»") from None
    return {str(name): str(hashed) for name, hashed in names.items()}
