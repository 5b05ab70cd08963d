"""Fields that the forms of this room are made of."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its type stubs
from wtforms.validators import AnyOf, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.platform import clock, datotekst
from webapp.platform.belop import kroner
from webapp.platform.dates import oslo_date
from webapp.platform.datofelt import no_day
from webapp.varsel.models import MOST_KRONER

LONGEST_AHEAD = timedelta(days=730)


def choices(names: Any) -> list[Any]:
    """Codes with their names."""
    return [SelectChoice(code, name) for code, name in names]


def one_of(label: Any, names: dict[str, Any], message: Any, **kwargs: Any) -> RadioField:
    """One of these must be chosen."""
    return RadioField(
        label,
        choices=choices(names.items()),
        validate_choice=False,
        validators=[InputRequired(message), AnyOf(list(names), message=message)],
        **kwargs,
    )


def boxes(label: Any, names: dict[str, Any], **kwargs: Any) -> SelectMultipleField:
    """A group of boxes, none of them required."""
    return SelectMultipleField(
        label,
        choices=choices(names.items()),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        **kwargs,
    )


def fault(field: Field, text: str) -> None:
    """Say what is wrong at the field."""
    field.errors = (*field.errors, text)


def number(field: Field) -> int | None:
    """A typed amount («1 500», «1500 kr»), or None when it is none."""
    text = datotekst.plain_digits(field.data or "").lower().replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    text = text.removesuffix(",-").removesuffix("kr").removesuffix("kroner").removeprefix("kr")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def typed_day(field: Field, *, back: timedelta, ahead: timedelta) -> date | None:
    """A typed day within reach, or None; what is wrong is said at the field."""
    if not field.data:
        return None
    found, today = datotekst.typed_day(field.data), oslo_date(clock.now())
    if found is None:
        fault(field, str(no_day(field.data)))
    elif not today - back <= found <= today + ahead:
        fault(field, _("Dagen er for langt unna. Se over året."))
    else:
        return found
    return None


def amount(field: Field) -> int | None:
    """A typed amount within reason, or None; what is wrong is said at the field."""
    found = number(field)
    if field.data and (found is None or not 1 <= found <= MOST_KRONER):
        fault(field, _("Skriv et beløp i hele kroner, fra 1 til %(mest)s.", mest=kroner(MOST_KRONER)))
        return None
    return found
