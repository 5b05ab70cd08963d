"""Forms about vedtak. Those about a vilkår are built from the text bank: vilkarskjema.py."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its type stubs
from wtforms.validators import AnyOf

from webapp.platform import clock, datotekst, lov
from webapp.platform.dates import add_days, add_working_days, oslo_date
from webapp.platform.datofelt import no_day
from webapp.platform.forms import Skjema, line, words
from webapp.vilkar import rules
from webapp.vilkar.tekst import YTELSER
from webapp.vilkar.vedtak import Fakta

VEDTAKSHJEMLER = ("livsopphold", "serlige", "vilkar", "aktivitet", "rad")
UTFALL = (
    ("oppfylt", _l("Det er gjort")),
    ("ikke_oppfylt", _l("Det er ikke gjort")),
    ("opphort", _l("Det gjelder ikke lenger")),
)


def hjemler() -> list[tuple[str, str]]:
    """The legal bases of a vedtak, in words."""
    found = [lov.HJEMLER[name] for name in VEDTAKSHJEMLER]
    return [(one.id, f"{one.lov} § {one.paragraf}: {one.om}") for one in found]


class Vedtaksskjema(Skjema):
    """The key facts of a vedtak."""

    nummer = line(
        _l("Saksnummer eller vedtaksnummer"),
        hint=_l("Slik det står i fagsystemet."),
        required=_l("Skriv nummeret, så vedtaket kan finnes igjen."),
        most=60,
    )
    dato = line(_l("Vedtaksdato"), required=_l("Skriv datoen på vedtaket."), most=40)
    hjemmel = SelectField(_l("Hjemmel"), choices=[], validate_choice=False)
    ytelse = SelectField(
        _l("Hva vedtaket gjelder"),
        choices=[SelectChoice(key, words_) for key, words_ in YTELSER.items()],
        validate_choice=False,
        validators=[AnyOf(list(YTELSER), message=_l("Velg hva vedtaket gjelder."))],
    )
    fra = line(_l("Gjelder fra"), most=40)
    til = line(_l("Gjelder til og med"), most=40)
    klagefrist = line(
        _l("Siste dag for å klage"),
        hint=_l("Regnet ut fra vedtaksdatoen hvis du lar feltet stå tomt. Du kan sette en senere dato."),
        most=40,
    )
    reduksjon_oppgitt = BooleanField(_l("Det står i vedtaket at pengene kan settes ned hvis et vilkår ikke følges"))
    grunner = words(
        _l("Hvis brukeren er under 30 år og ikke får vilkår om aktivitet: de tungtveiende grunnene"), most=2000
    )
    rad_vurdert = BooleanField(_l("Jeg har vurdert om brukeren trenger råd og veiledning"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hjemmel.choices = [SelectChoice(key, words_) for key, words_ in hjemler()]
        self.dager: dict[str, date] = {}
        for field in (self.dato, self.fra, self.til, self.klagefrist):
            picker(field)

    def validate(self, extra_validators: Any = None) -> bool:
        """The single fields, then the dates together."""
        fine = super().validate(extra_validators)
        if self.hjemmel.data not in VEDTAKSHJEMLER:
            fault(self.hjemmel, _("Velg hjemmelen."))
        today = oslo_date(clock.now())
        for field in (self.dato, self.fra, self.til, self.klagefrist):
            if (found := typed_day(field, today)) is not None:
                self.dager[field.name] = found
        dato, fra, til, klagefrist = (self.dager.get(name) for name in ("dato", "fra", "til", "klagefrist"))
        if dato and dato > today:
            fault(self.dato, _("Vedtaket kan ikke ha en dato som ikke har vært."))
        if fra and til and til < fra:
            fault(self.til, _("Perioden slutter før den begynner. Rett en av datoene."))
        if dato and klagefrist and klagefrist < add_days(dato, lov.KLAGEFRIST_DAGER):
            fault(self.klagefrist, _("Klagefristen er kortere enn loven sier. Sett en senere dato."))
        return fine and not self.errors

    def fakta(self) -> Fakta:
        """What was typed. Only after ``validate_on_submit``."""
        dato = self.dager["dato"]
        return Fakta(
            nummer=self.nummer.data or "",
            dato=dato,
            fra=self.dager.get("fra"),
            til=self.dager.get("til"),
            hjemmel=self.hjemmel.data,
            ytelse=self.ytelse.data,
            reduksjon_oppgitt=self.reduksjon_oppgitt.data,
            # In a weekend or on a holiday the working day after it is in time, and that is what people are told.
            klagefrist=add_working_days(self.dager.get("klagefrist") or rules.klagefrist(dato), 0),
            grunner=(self.grunner.data or "").strip(),
            rad_vurdert=self.rad_vurdert.data,
        )

    @classmethod
    def typed(cls, fakta: Fakta) -> dict[str, Any]:
        """What a form about a registered vedtak begins with."""
        days = {name: value.isoformat() if (value := getattr(fakta, name)) else "" for name in _DAYS}
        rest = ("nummer", "hjemmel", "ytelse", "reduksjon_oppgitt", "grunner", "rad_vurdert")
        return {**days, **{name: getattr(fakta, name) for name in rest}}


_DAYS = ("dato", "fra", "til", "klagefrist")


class Vurderingsskjema(Skjema):
    """Met, not met, or no longer asked, with words that the bruker reads."""

    utfall = RadioField(
        _l("Hvordan gikk det?"),
        choices=[SelectChoice(key, words_) for key, words_ in UTFALL],
        validate_choice=False,
        validators=[AnyOf([key for key, _words in UTFALL], message=_l("Velg hvordan det gikk."))],
    )
    tekst = words(
        _l("Forklar med vanlige ord"),
        hint=_l("Brukeren leser dette. Skriv hva som har skjedd, ikke hvordan brukeren er."),
        required=_l("Skriv en forklaring til brukeren."),
        most=2000,
    )


class Betalingsskjema(Skjema):
    """The two days of the month."""

    forste = line(_l("Første utbetalingsdag i måneden"), required=_l("Skriv et tall fra 1 til 31."), most=10)
    andre = line(_l("Andre utbetalingsdag i måneden"), required=_l("Skriv et tall fra 1 til 31."), most=10)

    def validate(self, extra_validators: Any = None) -> bool:
        """Two different days, in order."""
        fine = super().validate(extra_validators)
        for field in (self.forste, self.andre):
            if field.data and number(field, 31) is None:
                fine = False
        if fine and self.days()[0] >= self.days()[1]:
            fault(self.andre, _("Den andre dagen må komme etter den første."))
            fine = False
        return bool(fine)

    def days(self) -> tuple[int, int]:
        """Only after ``validate_on_submit``."""
        return int(datotekst.plain_digits(self.forste.data or "")), int(datotekst.plain_digits(self.andre.data or ""))


def picker(field: Field) -> None:
    """A date field in the browser, unless something was typed that it would throw away."""
    if not field.data or re.fullmatch(r"\d{4}-\d\d-\d\d", field.data):
        field.render_kw = {**(field.render_kw or {}), "type": "date"}


def fault(field: Field, text: str) -> None:
    """Say what is wrong with a field."""
    field.errors = (*field.errors, text)


def typed_day(field: Field, today: date) -> date | None:
    """The day in a field, or None with an error on the field when something else is typed."""
    if not field.data:
        return None
    found = datotekst.typed_day(field.data)
    if found is None:
        fault(field, str(no_day(field.data)))
    elif found > today + rules.LONGEST_AHEAD:
        fault(field, _("Datoen er mer enn to år fram. Se over året."))
        return None
    elif found < today - rules.LONGEST_BACK:
        fault(field, _("Datoen er mer enn tre år tilbake. Se over året."))
        return None
    return found


def number(field: Field, most: int) -> int | None:
    """The whole number from 1 to ``most`` in a field, or None with an error when something else is typed."""
    if not field.data:
        return None
    plain = datotekst.plain_digits(field.data).replace(" ", "")
    if re.fullmatch(r"\d{1,7}", plain) and 1 <= int(plain) <= most:
        return int(plain)
    fault(field, _("Skriv et tall fra 1 til %(mest)s.", mest=format_decimal(most)))
    return None
