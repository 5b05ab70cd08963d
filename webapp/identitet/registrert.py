"""A form that has registered a person comes once more, with somebody else in it."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from webapp.identitet.forms import NyAnsatt, NyBruker
from webapp.platform import ids

FOR = _l(
    "Du har registrert en person herfra før, og den personen står i listen. Det som står her nå, er ikke lagret. Trykk "
    "én gang til hvis du skal registrere en person til."
)


def ask(form: NyBruker | NyAnsatt, template: str) -> ResponseReturnValue:
    """The form again (409), with a key of its own: a mistake in the name, or another person. Only the reader knows."""
    form.form_errors.append(FOR)
    form.nokkel.data = ids.new_id().hex
    return render_template(template, form=form), 409
