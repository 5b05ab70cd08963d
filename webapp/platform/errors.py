"""All errors in one place: an exception comes in, a page that helps goes out. Never a trace, never a blank page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, jsonify, render_template, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from webapp.platform import languages, security
from webapp.platform.attempts import TooMany
from webapp.platform.database import NotWritable
from webapp.platform.logs import log
from webapp.platform.missing import NotHere

SHOWN = frozenset({400, 401, 404, 405, 409, 413, 415, 429, 500, 503})


class Json(DefaultJSONProvider):
    """JSON in too many layers is JSON that cannot be read, like any other."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """See the class. Raises ValueError."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("too many layers") from error


@dataclass(frozen=True, slots=True)
class Typed:
    """How the text of a request that failed is looked after; the program hands it in, this module knows no rooms.

    ``keep``: put it where its owner finds it again; whether that was possible. ``fields``: the form's fields.
    ``to_copy``: what somebody has written in such fields, by name.
    """

    keep: Callable[[], bool]
    fields: Callable[[], dict[str, list[str]]]
    to_copy: Callable[[dict[str, list[str]]], list[tuple[str, str]]]


def init_app(app: Flask, typed: Typed) -> None:
    """Turn every exception of ``app`` into a page (or JSON for scripts of ours)."""
    app.extensions["medvirk.typed"] = typed
    app.json = Json(app)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(TooMany, _too_many)
    app.register_error_handler(NotHere, _not_here)
    app.register_error_handler(NotWritable, _not_writable)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, InternalServerError):
        return _unexpected(error)
    if error.code is not None and error.code < 400:
        return error.get_response()
    # Unknown and forbidden look the same from outside.
    code = 404 if error.code == 403 else error.code or 500
    return page(code if code in SHOWN else 400, allow=error.get_response().headers.get("Allow"))


def _too_many(error: TooMany) -> ResponseReturnValue:
    body, code, headers = page(429, minutes=max(1, -(-error.retry_after // 60)))
    return body, code, {**headers, "Retry-After": str(error.retry_after)}


def _not_here(error: NotHere) -> ResponseReturnValue:
    # Deleted since the gate looked. In the log by its room's name: a view that should have caught it is found there.
    log.warning("not here", error=f"{type(error).__module__}.{type(error).__name__}")
    return page(404)


def _not_writable(error: NotWritable) -> ResponseReturnValue:
    log.warning("not writable", rule=request.url_rule.rule if request.url_rule else "-", why=str(error))
    return page(400)


def _database_away(error: OperationalError) -> ResponseReturnValue:
    # Full disk, a locked file, a server that is restarting: nothing was stored, and we say so.
    log.error("database", error=type(error.orig).__name__)
    return page(503)


def _unexpected(error: Exception) -> ResponseReturnValue:
    # The class and the place, never the message: it may quote what somebody typed.
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "-"
    log.error("unexpected", error=type(error).__name__, where=where)
    if request.environ.get("werkzeug.debug.preserve_context") or _raise_in_tests():
        raise error
    return page(500)


def _raise_in_tests() -> bool:
    return bool(current_app.config.get("PROPAGATE_EXCEPTIONS"))


def page(code: int, *, own: dict[str, list[str]] | None = None, **context: Any) -> tuple[Any, int, dict[str, str]]:
    """The page for ``code``: what happened, what to do now, and the text that was typed if it was not stored.

    ``own``: fields that were kept earlier, and that this page gives back.
    """
    allow = context.pop("allow", None)
    headers = {"Allow": allow} if allow else {}
    if request.is_json or request.path.endswith("/lagre"):
        return jsonify(feil=str(code), melding=_sentence(code)), code, headers
    kept, typed = _typed(code) if request.method == "POST" and code != 413 else (False, _to_copy(own or {}))
    try:
        context = {"setning": _sentence(code), **context}
        html = render_template("felles/feil.html", kode=code, tatt_vare_pa=kept, skrevet=typed, **context)
    except Exception as error:  # noqa: BLE001 -- the last page must never fail
        log.error("error page", error=type(error).__name__)
        html = _last_page()
    return html, code, headers


def _last_page() -> str:
    """A page without a template, in the language of the request; in bokmål when not even that can be had."""
    try:
        sprak = languages.sprak()
        kode, retning = sprak.tag, sprak.retning
        title, words, home = _("Det gikk ikke"), _sentence(500), _("Gå til forsiden")
    except Exception as error:  # noqa: BLE001 -- the last page must never fail
        log.error("last page", error=type(error).__name__)
        kode, retning = "nb", "ltr"
        title, words, home = "Det gikk ikke", "Noe gikk galt hos oss. Det er ikke din feil.", "Gå til forsiden"
    return str(
        Markup(
            '<!doctype html><html lang="{}" dir="{}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width"><title>{} – Medvirk</title></head>'
            '<body><main><h1>{}</h1><p>{}</p><p><a href="/">{}</a></p></main></body></html>'
        ).format(kode, retning, title, title, words, home)
    )


def _typed(code: int) -> tuple[bool, list[tuple[str, str]]]:
    """Keep what was typed for its owner; when that fails, give it back so that the page can show it.

    Where a form is gone, its page is gone too: nobody would come back to what was kept there, so it is given back.
    """
    typed: Typed = current_app.extensions["medvirk.typed"]
    if not security.from_our_own_page():
        return False, []  # these are the words of another site: on our page they would look like ours
    try:
        if code != 404 and typed.keep():
            return True, []
    except Exception as error:  # noqa: BLE001 -- we are already answering an error
        log.error("keep typed", error=type(error).__name__)
    try:
        return False, _to_copy(typed.fields())
    except Exception:  # noqa: BLE001 -- as above
        return False, []


def _to_copy(fields: dict[str, list[str]]) -> list[tuple[str, str]]:
    typed: Typed = current_app.extensions["medvirk.typed"]
    return typed.to_copy(fields)


def _sentence(code: int) -> str:
    sentences: dict[int, str] = {
        400: _("Vi forstod ikke det som ble sendt. Gå tilbake og prøv en gang til."),
        401: _("Du er ikke logget inn lenger. Logg inn for å fortsette."),
        404: _("Vi finner ikke siden. Lenken kan være gammel, eller siden er ikke for deg."),
        405: _("Siden kan ikke brukes på den måten. Gå tilbake og prøv en gang til."),
        409: _("Det er endret noe et annet sted i mellomtiden. Last siden på nytt og se."),
        413: _("Det du sendte, er for stort. Gjør det kortere, og send på nytt."),
        415: _("Vi kan ikke lese det formatet. Gå tilbake og prøv en gang til."),
        429: _("Det er prøvd for mange ganger. Vent litt før du prøver igjen."),
        500: _("Noe gikk galt hos oss. Det er ikke din feil."),
        503: _("Vi får ikke lagret akkurat nå. Vent et minutt, og prøv igjen."),
    }
    return sentences[code]
