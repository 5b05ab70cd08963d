"""The bruker's forms: «jeg forstår», the questions after it, and «gjort» (F1, F2)."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its type stubs
from wtforms.validators import AnyOf

from webapp.platform.forms import Skjema, words

SVAR = (
    ("forstar", _l("Jeg forstår")),
    ("sporsmal", _l("Jeg har spørsmål")),
    ("forklar", _l("Jeg vil at noen forklarer")),
)


class Svarskjema(Skjema):
    """Understanding, and apart from it disagreeing. Nothing of it has a consequence for the benefit."""

    svar = RadioField(
        _l("Forstår du hva du skal gjøre?"),
        choices=[SelectChoice(key, text) for key, text in SVAR],
        validate_choice=False,
        validators=[AnyOf([key for key, _text in SVAR], message=_l("Velg det som passer best."))],
    )
    sporsmal = words(_l("Hva lurer du på?"), hint=_l("Skriv på det språket du vil."), most=3000)
    uenig = BooleanField(_l("Jeg er uenig i dette"))
    uenig_fordi = words(_l("Jeg er uenig, fordi …"), hint=_l("Skriv på det språket du vil."), most=3000)

    def disagrees(self) -> bool:
        """Whoever says why disagrees, also without the cross."""
        return bool(self.uenig.data or (self.uenig_fordi.data or "").strip())


class Sjekkskjema(Skjema):
    """Answers to the questions. Each may be left open: that is an answer too."""

    frist = RadioField(choices=[], validate_choice=False)
    konsekvens = RadioField(choices=[], validate_choice=False)

    def answers(self) -> dict[str, str]:
        """What was chosen."""
        return {name: str(self[name].data)[:20] for name in ("frist", "konsekvens") if self[name].data}


class Gjortskjema(Skjema):
    """«Gjort», with a word."""

    tekst = words(
        _l("Hva har du gjort?"),
        hint=_l("Skriv på det språket du vil. Noen få ord er nok."),
        required=_l("Skriv noen ord om hva du har gjort."),
        most=3000,
    )


def about(siste: Any) -> dict[str, Any]:
    """What the form begins with: what was said last of this version."""
    if siste is None:
        return {}
    return {"svar": siste.svar, "sporsmal": siste.sporsmal, "uenig": siste.uenig, "uenig_fordi": siste.uenig_fordi}
