"""The form of the samtalenotat: one field for each point, and for each part of the last one."""

from __future__ import annotations

from typing import Any

from flask import g
from wtforms import Field, HiddenField
from wtforms.validators import Optional

from webapp.kartlegging.skjema.samtalenotat import PUNKTER
from webapp.moter.notat import FELT
from webapp.platform import languages
from webapp.platform.datofelt import no_day
from webapp.platform.datotekst import typed_day
from webapp.platform.forms import Skjema, line, words

FRIST = "veien_videre-frist"


class _Felter(Skjema):
    versjon = HiddenField(default="0")

    def felt(self, navn: str) -> Field:
        """One field by its name in the note."""
        found: Field = self._fields[navn]
        return found

    def skrevet(self) -> dict[str, str]:
        """What is in the fields, as typed."""
        return {navn: self._fields[navn].data or "" for navn in FELT}

    def startet_fra(self) -> int:
        """The version the page was made from; 0 for what is not a number."""
        text = self.versjon.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def lagres(self) -> bool:
        """True when this is sent to be saved, with a form key that holds. What is typed is saved as it is."""
        return bool(self.is_submitted() and not languages.asked_for() and g.get("form_key_ok", False))

    def klar_til_deling(self) -> bool:
        """Whether it can be shared as it is: texts within their length, and a date that exists."""
        fine = bool(self.validate())
        frist = self._fields[FRIST]
        if frist.data and typed_day(frist.data) is None:
            frist.errors = [*frist.errors, str(no_day(frist.data))]
            fine = False
        return fine


def _fields() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for punkt in PUNKTER:
        if not punkt.felt:
            found[punkt.id] = words(punkt.tittel, hint=punkt.hjelp)
        for felt in punkt.felt:
            make = line if felt.dato else words
            found[f"{punkt.id}-{felt.id}"] = make(felt.tittel, hint=felt.hjelp)
    for field in found.values():
        # The page says once that nothing has to be filled in; twenty times «optional» would only be noise.
        field.kwargs["validators"] = [one for one in field.kwargs["validators"] if not isinstance(one, Optional)]
    return found


Notatskjema = type("Notatskjema", (_Felter,), _fields())
