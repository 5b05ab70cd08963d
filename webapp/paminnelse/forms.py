"""The forms about reminders."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField, ValidationError

from webapp.identitet.forms import choices_of
from webapp.paminnelse import rules
from webapp.paminnelse.service import Valg
from webapp.platform.forms import Skjema, line

# What every mail server takes. Letters such as å in an address exist, but many servers refuse them.
_EPOST = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_HOURS = [(str(hour), f"{hour:02}:00") for hour in range(24)]


def number(typed: str) -> str:
    """A Norwegian mobile number as a gateway wants it: +47 and digits. "" for anything else.

    8 digits that begin with 4 or 9, or 12 beginning with 58 or 59; +47 or 0047 may stand in front. No other country:
    each message there would cost the kommune many times as much, and anybody can type a number.
    """
    digits = re.fullmatch(r"(?:(?:\+|00)47)?([49][0-9]{7}|5[89][0-9]{10})", re.sub(r"[\s().-]", "", typed))
    return f"+47{digits[1]}" if digits else ""


def _hour(label: Any, default: int) -> SelectField:
    return SelectField(label, choices=choices_of(_HOURS), default=str(default), validate_choice=False)


class Valgskjema(Skjema):
    """What the bruker chooses. An address is needed only where its channel is on."""

    epost_pa = BooleanField(_l("Send meg e-post"))
    epost = line(_l("E-postadressen din"), most=100, render_kw={"inputmode": "email", "dir": "ltr"})
    sms_pa = BooleanField(_l("Send meg SMS"))
    telefon = line(_l("Mobilnummeret ditt"), most=30, render_kw={"inputmode": "tel", "dir": "ltr"})
    stille_fra = _hour(_l("Ikke forstyrr fra klokka"), rules.QUIET_FROM)
    stille_til = _hour(_l("Til klokka"), rules.QUIET_TO)

    def validate_epost(self, field: Field) -> None:
        """Whether it works is found out by writing to it: the page has a button for that."""
        if self.epost_pa.data:
            _whole_address(field)

    def validate_telefon(self, field: Field) -> None:
        """A mobile number."""
        if self.sms_pa.data and not number(field.data or ""):
            raise ValidationError(_l("Skriv et mobilnummer med 8 siffer, eller ta bort haken for SMS."))

    def validate(self, extra_validators: Any = None) -> bool:
        """An address is needed where its channel is on."""
        fine = super().validate(extra_validators)
        missing = _missing(self, "epost_pa", "epost", _l("Skriv e-postadressen din, eller ta bort haken for e-post."))
        number_too = _missing(self, "sms_pa", "telefon", _l("Skriv mobilnummeret ditt, eller ta bort haken for SMS."))
        return bool(fine) and not missing and not number_too

    def validate_stille_fra(self, field: Field) -> None:
        """One of the hours that were offered."""
        self._one_of_the_hours(field)

    def validate_stille_til(self, field: Field) -> None:
        """One of the hours that were offered."""
        self._one_of_the_hours(field)

    @staticmethod
    def _one_of_the_hours(field: Field) -> None:
        if field.data not in {value for value, _text in _HOURS}:
            raise ValidationError(_l("Velg en fra listen."))

    def valg(self, now: Valg) -> Valg:
        """What was chosen, as the service takes it. A channel that is not offered keeps what it was."""
        fields = self._fields  # a channel that is not set up has no fields on the page
        phone = (self.telefon.data or "") if "telefon" in fields else now.telefon
        return Valg(
            epost_pa=bool(self.epost_pa.data) if "epost_pa" in fields else now.epost_pa,
            sms_pa=bool(self.sms_pa.data) if "sms_pa" in fields else now.sms_pa,
            epost=(self.epost.data or "") if "epost" in fields else now.epost,
            telefon=number(phone) or phone,
            stille_fra=int(self.stille_fra.data),
            stille_til=int(self.stille_til.data),
        )


class Sammendragsskjema(Skjema):
    """Where an ansatt gets the daily summary."""

    pa = BooleanField(_l("Send meg et sammendrag hver arbeidsdag"))
    epost = line(_l("E-postadressen din på jobben"), most=100, render_kw={"inputmode": "email", "dir": "ltr"})

    def validate_epost(self, field: Field) -> None:
        """A whole address."""
        _whole_address(field)

    def validate(self, extra_validators: Any = None) -> bool:
        """An address is needed when it is on."""
        fine = super().validate(extra_validators)
        return bool(fine) and not _missing(self, "pa", "epost", _l("Skriv e-postadressen din, eller ta bort haken."))


def _whole_address(field: Field) -> None:
    if not _EPOST.fullmatch(field.data or ""):
        raise ValidationError(
            _l("Skriv hele e-postadressen, for eksempel navn@eksempel.no. Den kan ikke ha æ, ø eller å.")
        )


def _missing(form: Skjema, on: str, name: str, message: Any) -> bool:
    """A field that may be empty is looked at by no validator of its own, so this comes after them."""
    if on not in form or name not in form or not form[on].data or form[name].data:
        return False
    form[name].errors = [message]
    return True
