"""Forms about a klage."""

from __future__ import annotations

from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its type stubs
from wtforms.validators import AnyOf, InputRequired

from webapp.klage.rules import Stand
from webapp.klage.service import Ord
from webapp.platform.datofelt import day
from webapp.platform.forms import Skjema, words

# Each step in a word, and how the veileder chooses it.
STEG: dict[Stand, LazyString] = {
    Stand.SENDT_INN: _l("Sendt"),
    Stand.MOTTATT: _l("Kontoret har tatt imot klagen"),
    Stand.OMGJORT: _l("Kontoret er enig og har endret vedtaket"),
    Stand.OPPRETTHOLDT: _l("Kontoret har vurdert klagen og endrer ikke alt du klaget på"),
    Stand.SENDT: _l("Sendt videre til Statsforvalteren"),
    Stand.MEDHOLD: _l("Statsforvalteren er enig med deg"),
    Stand.DELVIS: _l("Statsforvalteren er enig med deg i noe"),
    Stand.IKKE_MEDHOLD: _l("Statsforvalteren er enig med kontoret"),
    Stand.OPPHEVET: _l("Statsforvalteren ber kontoret vurdere saken på nytt"),
}
VALG: dict[Stand, LazyString] = {
    Stand.MOTTATT: _l("Klagen er mottatt"),
    Stand.OMGJORT: _l("Vedtaket er endret slik brukeren ba om"),
    Stand.OPPRETTHOLDT: _l("Vedtaket er ikke endret, eller bare delvis"),
    Stand.SENDT: _l("Klagen er sendt videre til Statsforvalteren"),
    Stand.MEDHOLD: _l("Medhold"),
    Stand.DELVIS: _l("Delvis medhold"),
    Stand.IKKE_MEDHOLD: _l("Ikke medhold"),
    Stand.OPPHEVET: _l("Vedtaket er opphevet og skal vurderes på nytt"),
}


class Klageskjema(Skjema):
    """The klage. Any language; nothing but the first field is asked for."""

    hva = words(
        _l("Hva er du uenig i, og hvorfor?"),
        hint=_l("Skriv med egne ord, på det språket du vil."),
        required=_l("Skriv hva du er uenig i. Noen få ord er nok."),
    )
    onske = words(_l("Hva ønsker du at kontoret skal gjøre?"), most=5000)
    sent = words(
        _l("Hvorfor kommer klagen nå?"),
        hint=_l("Klagefristen har gått ut. Kontoret kan behandle klagen likevel, for eksempel hvis du har vært syk."),
        most=2000,
    )

    def ord(self) -> Ord:
        """What is sent. Only after ``validate_on_submit``."""
        return Ord(self.hva.data or "", self.onske.data or "", self.sent.data or "")


class Stegskjema(Skjema):
    """One step of the handling. What can be chosen is what the klage can become now."""

    steg = RadioField(
        _l("Hva har skjedd?"),
        validate_choice=False,
        validators=[
            InputRequired(_l("Velg hva som har skjedd.")),
            AnyOf(list(Stand), message=_l("Velg hva som har skjedd.")),
        ],
    )
    dato = day(_l("Når skjedde det?"), required=_l("Skriv datoen."), ahead=0)
    tekst = words(
        _l("Skriv det til brukeren"),
        hint=_l("Hva som er gjort, hvorfor, og hva som skjer nå. Brukeren leser det."),
        required=_l("Skriv noen ord. Brukeren leser det."),
        most=5000,
    )

    def __init__(self, mulig: tuple[Stand, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steg.choices = [SelectChoice(one.value, VALG[one]) for one in mulig]
        if len(mulig) == 1 and not self.steg.data:
            self.steg.data = mulig[0].value
