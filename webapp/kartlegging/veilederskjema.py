"""Forms of the veileder side of the mapping."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its type stubs
from wtforms.validators import AnyOf

from webapp.identitet.forms import NY_RUNDE, VISNINGER, MedGrunn, choices_of, radio
from webapp.platform.forms import Skjema, line, words

SLAG = (
    ("sporsmal", _l("Et spørsmål til brukeren")),
    ("merknad", _l("En merknad")),
)


class Egnesok(Skjema):
    """Search among one's own."""

    navn = line(
        _l("Søk blant dine brukere"),
        hint=_l("Skriv hele fornavnet eller hele etternavnet."),
        required=_l("Skriv et navn å søke etter."),
        render_kw={"type": "search", "autocomplete": "off"},
    )


class Andresok(MedGrunn):
    """S1: search among the others of the kontor. The reason comes first, and the bruker can read it."""

    navn = line(
        _l("Navn"),
        hint=_l("Skriv hele fornavnet eller hele etternavnet."),
        required=_l("Skriv et navn å søke etter."),
        render_kw={"autocomplete": "off"},
    )
    grunn = words(
        _l("Hvorfor trenger du å åpne saken?"),
        hint=_l("Brukeren kan lese det du skriver her."),
        required=_l("Skriv hvorfor du trenger å åpne saken."),
        most=1000,
    )


class Apne(MedGrunn):
    """Open one of those that were found, with the reason that was given for the search."""

    grunn = words("", required=_l("Skriv hvorfor du trenger å åpne saken."), most=1000)


class Tilbudsskjema(Skjema):
    """Which view to offer (K3); a new round only where ``ny_runde`` says that something is delivered (K7)."""

    visning = radio(
        _l("Kartlegging vi tilbyr"),
        (),
        hint=_l("Brukeren kan alltid åpne flere spørsmål selv."),
    )

    def __init__(self, *, ny_runde: bool) -> None:
        super().__init__(data={"visning": NY_RUNDE[0]} if ny_runde else None)
        self.visning.choices = choices_of((NY_RUNDE, *VISNINGER) if ny_runde else VISNINGER)


class Merknadsskjema(Skjema):
    """A remark or a question beside an answer (K1, K11)."""

    slag = RadioField(
        _l("Hva vil du skrive?"),
        choices=[SelectChoice(slag, navn) for slag, navn in SLAG],
        default="sporsmal",
        validate_choice=False,
        validators=[AnyOf([slag for slag, _navn in SLAG], message=_l("Velg om det er et spørsmål eller en merknad."))],
    )
    tekst = words(
        _l("Teksten din"),
        hint=_l("Brukeren leser dette ved siden av svaret sitt. Er noe uklart, så spør."),
        required=_l("Skriv teksten først."),
        most=2000,
    )
