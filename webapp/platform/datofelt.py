"""A day in a form: typed in any of the ways people write one, or picked; never lost when it cannot be read."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField
from wtforms.validators import DataRequired, Optional, StopValidation, ValidationError

from webapp.platform import clock
from webapp.platform.dates import oslo_date
from webapp.platform.datotekst import says_year, typed_day
from webapp.platform.forms import clean

MOST = 40  # characters
_IN_FUTURE, _TOO_FAR = _l("Datoen kan ikke være fram i tid."), _l("Datoen er for langt fram. Se over året.")
_IN_PAST, _TOO_LONG_AGO = _l("Datoen har vært. Se over den."), _l("Datoen er for langt tilbake. Se over året.")
_NO_SUCH = _l("Denne dagen finnes ikke. Skriv dag, måned og år, for eksempel 24.11.2026.")
_NO_DAY = _l("Skriv dag, måned og år, for eksempel 24.11.2026.")


def no_day(text: str) -> LazyString:
    """What is said of a typed text that is no day: that it does not exist, or, without a year, how one is written."""
    return _NO_SUCH if says_year(text) else _NO_DAY


class Datofelt(StringField):
    """A field for a day; ``dag`` is what it means, None when nothing (or nothing that is a day) is typed."""

    @property
    def dag(self) -> date | None:
        """The day that was typed."""
        return typed_day(self.data or "")

    def __call__(self, **kwargs: Any) -> Any:
        # A picker throws away what is not a date, so what was typed by hand comes back in a plain field.
        if not self.data or re.fullmatch(r"\d{4}-\d\d-\d\d", self.data):
            kwargs["type"] = "date"
        return super().__call__(**kwargs)


def day(label: Any, *, required: Any = None, back: int = 3660, ahead: int = 3660, hint: Any = "") -> Datofelt:
    """A day between ``back`` days ago and ``ahead`` days from now; ``required`` is the message when there is none."""
    return Datofelt(
        label,
        description=hint,
        filters=[lambda value: " ".join(clean(value).split()) if value else ""],
        validators=[DataRequired(required) if required else Optional(), _Real(back, ahead)],
        render_kw={"autocomplete": "off"},
    )


class _Real:
    """A day that exists, and that somebody can mean."""

    def __init__(self, back: int, ahead: int) -> None:
        self.back, self.ahead = back, ahead

    def __call__(self, _form: Any, field: Field) -> None:
        if len(field.data or "") > MOST:
            raise StopValidation(_NO_DAY)
        found = typed_day(field.data or "")
        if found is None:
            raise StopValidation(no_day(field.data or ""))
        distance = (found - oslo_date(clock.now())).days
        if distance > self.ahead:
            raise ValidationError(_IN_FUTURE if self.ahead == 0 else _TOO_FAR)
        if distance < -self.back:
            raise ValidationError(_IN_PAST if self.back == 0 else _TOO_LONG_AGO)
