"""Forms about what is held."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its type stubs
from wtforms.validators import AnyOf, InputRequired

from webapp.innsyn import verdier
from webapp.innsyn.rules import Slag
from webapp.platform.forms import Skjema, words

_CHOOSE = _l("Velg hva du vil be om.")


class Henvendelsesskjema(Skjema):
    """What the bruker asks for (S3)."""

    slag = RadioField(
        _l("Hva vil du be om?"),
        choices=[SelectChoice(value, label) for value, label in verdier.SLAG.items()],
        validate_choice=False,
        validators=[InputRequired(_CHOOSE), AnyOf([slag.value for slag in Slag], message=_CHOOSE)],
    )
    tekst = words(
        _l("Skriv hva det gjelder"),
        hint=_l("Du kan skrive på det språket du vil. Skriv gjerne hva som er feil, og hva som er riktig."),
        required=_l("Skriv hva det gjelder. Det kan være kort."),
    )


class Svarskjema(Skjema):
    """The veileder's answer to a request."""

    svar = words(
        _l("Svar til brukeren"),
        hint=_l("Skriv hva dere gjør, og når. Kan dere ikke gjøre det, skriv hvorfor og hvem som kan hjelpe videre."),
        required=_l("Skriv et svar."),
    )
