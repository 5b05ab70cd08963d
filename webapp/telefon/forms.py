"""telefon: one form, two buttons."""

from __future__ import annotations

from wtforms import StringField
from wtforms.validators import AnyOf

from webapp.platform.forms import Skjema


class Svar(Skjema):
    """«Nei takk», and what the phone says by itself when the icon is there."""

    svar = StringField(validators=[AnyOf(("ja", "nei"))])
