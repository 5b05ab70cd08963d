"""Several things in one sentence, as the language of the page joins them: «navn, telefon og språk», «الاسم والهاتف»."""

from __future__ import annotations

from collections.abc import Iterable

from babel.lists import format_list
from flask_babel import get_locale
from markupsafe import Markup, escape

# Our English is British, without a comma before «and».
_AS = {"en": "en_GB"}


def joined(words: Iterable[object]) -> Markup:
    """The words as a list in a sentence, in the language of the page. In templates: ``words|liste``."""
    locale = str(get_locale())
    parts = [str(escape(word)) for word in words]
    return Markup(format_list(parts, "standard", _AS.get(locale, locale)))  # noqa: S704 -- escaped one by one
