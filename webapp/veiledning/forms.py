"""Forms about råd og veiledning."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its type stubs
from wtforms.validators import AnyOf, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.kartlegging.skjema import SKJEMA
from webapp.platform.datofelt import day
from webapp.platform.forms import Skjema, line, words
from webapp.veiledning import rules

# The areas are those of «Hjelp jeg trenger» in the mapping: asked once, in one place.
OMRADER = {valg.id: valg.etikett for valg in SKJEMA.sporsmal("hjelp.omrader").valg if not valg.alene}
UTFALL = {"innvilget": _l("Innvilget"), "avslatt": _l("Avslått")}
_VELG = _l("Velg om vedtaket er innvilget eller avslått.")


class Soknadsskjema(Skjema):
    """The bruker asks: areas, own words, or both."""

    omrader = SelectMultipleField(
        _l("Hva vil du ha råd og veiledning om?"),
        choices=[SelectChoice(ident, navn) for ident, navn in OMRADER.items()],
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(),
    )
    tekst = words(
        _l("Skriv gjerne mer"),
        hint=_l("Hva er vanskelig nå? Hva ville hjelpe? Du kan skrive på det språket du vil."),
        most=5000,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two is enough. What is not an area of ours is not kept."""
        self.omrader.data = [ident for ident in dict.fromkeys(self.omrader.data or []) if ident in OMRADER]
        fine = bool(super().validate(extra_validators))
        if fine and not self.omrader.data and not (self.tekst.data or "").strip():
            self.omrader.errors = [_("Kryss av for minst ett område, eller skriv med egne ord.")]
            return False
        return fine


class Vedtaksskjema(Skjema):
    """The outcome of the vedtak that was made in the fagsystem."""

    utfall = RadioField(
        _l("Hva ble vedtaket?"),
        choices=[SelectChoice(verdi, navn) for verdi, navn in UTFALL.items()],
        validate_choice=False,
        validators=[InputRequired(_VELG), AnyOf(list(UTFALL), message=_VELG)],
    )
    nummer = line(_l("Nummeret på vedtaket"), required=_l("Skriv nummeret fra fagsystemet."), most=40)
    dato = day(_l("Datoen på vedtaket"), required=_l("Skriv datoen på vedtaket."), ahead=0)
    start = day(_l("Når begynner hjelpen?"), ahead=730, hint=_l("Bare når vedtaket er innvilget."))
    tekst = words(
        _l("Skriv det til brukeren"),
        hint=_l("Hva hjelpen består av, hvem som gir den, og hvor ofte. Er det avslag: skriv hvorfor."),
        required=_l("Skriv hva hjelpen består av, eller hvorfor det er avslått."),
        most=5000,
    )
    klagefrist = day(_l("Klagefrist"), required=_l("Skriv siste dag for å klage."))

    def validate(self, extra_validators: Any = None) -> bool:
        """The single fields, then what must fit together."""
        fine = bool(super().validate(extra_validators))
        dato, frist = self.dato.dag, self.klagefrist.dag
        if self.utfall.data == "innvilget" and not self.start.data:
            self.start.errors = [_("Skriv når hjelpen begynner.")]
            fine = False
        if dato and frist and not self.klagefrist.errors:
            try:
                rules.check_klagefrist(dato, frist)
            except rules.KortKlagefrist:
                self.klagefrist.errors = [_("Klagefristen er kortere enn loven sier. Sett en senere dato.")]
                fine = False
        return fine


class Samtaleskjema(Skjema):
    """A conversation, or the end of the service."""

    dato = day(_l("Dato"), required=_l("Skriv datoen."), ahead=0)
    tekst = words(
        _l("Skriv det til brukeren"),
        hint=_l("Hva dere snakket om, og hva dere ble enige om. Brukeren leser det."),
        required=_l("Skriv noen ord. Brukeren leser det."),
        most=5000,
    )
