"""What every template can use: the person, the language, dates in words, and built files by name."""

from __future__ import annotations

import base64
import re
from typing import Any

from flask import Flask, g, request
from flask_babel import get_locale, get_translations
from markupsafe import Markup, escape

from webapp.config import Settings
from webapp.platform import access, assets, belop, clock, dates, eier, languages, lesemodus, lists


def init_app(app: Flask) -> None:
    """Give Jinja the names that templates use."""
    env = app.jinja_env
    env.trim_blocks = True
    env.lstrip_blocks = True
    env.globals["_"] = env.globals["gettext"] = _gettext
    env.globals["asset"] = assets.asset
    env.globals["sideeier"] = eier.here
    env.globals["palogging"] = eier.palogging
    env.filters["dato"] = _date
    env.filters["tidspunkt"] = _date_time
    env.filters["klokkeslett"] = _clock_time
    env.filters["kroner"] = belop.kroner
    env.filters["liste"] = lists.joined
    env.filters["spraktag"] = languages.tag
    env.filters["samlet"] = _kept_together
    settings: Settings = app.extensions["medvirk.settings"]

    @app.context_processor
    def _context() -> dict[str, Any]:
        who = access.who()
        return {
            "sprak": languages.sprak(),
            "alle_sprak": languages.choices(),
            "begge_sprak": languages.both(),
            "lesemodus": lesemodus.on(),
            "who": who,
            "innlogget": who is not None,
            "demo": settings.demo,
            "denne_siden": languages.local_path(request.full_path if request.query_string else request.path),
            "enhetsnokkel": _device_key(who),
            "lukk_adresse": settings.lukk_adresse,
            **_idle_warning(who, settings),
        }


# Ours (CDFG-HJKM: the letters of identitet/rules.py), and those of other systems, which have a digit (26/01234-3).
_OURS = "[34679ACDEFGHJKMNPQRTWXY]{4}-[34679ACDEFGHJKMNPQRTWXY]{4}"
_NUMBER = re.compile(rf"(?<![\w/-])({_OURS}|(?=[\w/-]*\d)\w+(?:[-/]\w+)+)(?![\w/-])([,.;:!?)،؛؟።፣፤፡]*)")


def _kept_together(text: object) -> Markup:
    """``text`` (without tags) with each number that has hyphens or strokes in it on one line, and from left to right.

    What stands at its end goes with it: no line begins with a comma. Beside Arabic the parts of a number would change
    places otherwise: 2026-077 would be shown as 077-2026.
    """
    whole = r'<span class="nowrap"><bdi dir="ltr">\1</bdi>\2</span>'
    return Markup(_NUMBER.sub(whole, str(escape(text))))  # noqa: S704 -- escaped


def _gettext(message: str, **values: object) -> Markup:
    """``_`` in templates: the text in this request's language, with ``values`` escaped and put in.

    Does what Babel's own does, without finding out the language anew for each of the forty texts on a page.
    """
    locale = get_locale()
    found = g.get("translations")
    if found is None or found[0] is not locale:  # another one inside force_locale
        found = g.translations = (locale, get_translations())
    text = Markup(found[1].gettext(message))  # noqa: S704 -- catalogues are ours, as templates are
    return text % values if values or "%" in text else text


def _idle_warning(who: access.Who | None, settings: Settings) -> dict[str, Any]:
    """How long a session lasts without use, and where the page says that somebody is still there (WCAG 2.2.1)."""
    if who is None:
        return {}
    limits, url = (
        (settings.bruker_session, "/okt")
        if isinstance(who, access.Bruker)
        else (settings.staff_session, "/veileder/okt")
    )
    return {"okt_minutter": int(limits.idle.total_seconds() // 60), "okt_url": url}


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
