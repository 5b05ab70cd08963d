"""What every template can use: the person, the language, dates in words, and built files by name."""

from __future__ import annotations

import base64
from typing import Any

from flask import Flask
from flask_babel import get_locale

from webapp.platform import access, assets, clock, dates, languages


def init_app(app: Flask) -> None:
    """Give Jinja the names that templates use."""
    env = app.jinja_env
    env.trim_blocks = True
    env.lstrip_blocks = True
    env.add_extension("jinja2.ext.i18n")
    env.globals["asset"] = assets.asset
    env.filters["dato"] = _date
    env.filters["tidspunkt"] = _date_time
    env.filters["klokkeslett"] = _clock_time
    demo = app.extensions["medvirk.settings"].demo

    @app.context_processor
    def _context() -> dict[str, Any]:
        who = access.who()
        return {
            "sprak": languages.sprak(),
            "alle_sprak": languages.SPRAK.values(),
            "who": who,
            "innlogget": who is not None,
            "demo": demo,
            "enhetsnokkel": _device_key(who),
        }


def _device_key(who: access.Who | None) -> str | None:
    """For text that could not be sent: it is sealed on the phone with a key that only we hand out (static/js/ko.js)."""
    return base64.b64encode(who.seal.derive("enhet")).decode() if isinstance(who, access.Bruker) else None


def _date(value: Any) -> str:
    """«tirsdag 24. november» for a date or a UTC time."""
    return dates.long_date(value, str(get_locale()), today=dates.oslo(clock.now()).date())


def _date_time(value: Any) -> str:
    return dates.date_time(value, str(get_locale()), today=dates.oslo(clock.now()).date())


def _clock_time(value: Any) -> str:
    return dates.clock_time(value)
