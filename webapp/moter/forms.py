"""Forms about meetings."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its type stubs
from wtforms.validators import AnyOf, InputRequired

from webapp.identitet import veilederen
from webapp.identitet.forms import names_of
from webapp.identitet.models import Ansatt
from webapp.moter import rules
from webapp.moter.rules import Tidsfeil
from webapp.platform import clock
from webapp.platform.dates import oslo, oslo_date
from webapp.platform.datofelt import no_day
from webapp.platform.datotekst import typed_day
from webapp.platform.forms import Skjema, clean, line, words

FORMER = (
    ("kontor", _l("På kontoret")),
    ("telefon", _l("På telefon")),
    ("video", _l("På video")),
    ("annet", _l("Et annet sted")),
)
LENGDER = tuple((str(n), _l("%(antall)s minutter", antall=n)) for n in (15, 30, 45, 60, 90, 120))
_FEIL = {
    Tidsfeil.FOR_LANGT_FRAM: _l("Datoen er mer enn to år fram. Se over året."),
    Tidsfeil.FOR_LANGT_TILBAKE: _l("Datoen er mer enn to år tilbake. Se over året."),
}


@dataclass(frozen=True, slots=True)
class Avtale:
    """What is agreed about a meeting."""

    nar: datetime
    minutter: int
    form: str
    sted: str
    melding: str


def shown(avtale: Avtale, ansatt_id: UUID) -> dict[str, object]:
    """All that can be changed about a meeting, by name: what is agreed, and whom the bruker meets."""
    return {**asdict(avtale), "hvem": ansatt_id}


class Moteskjema(Skjema):
    """Agree on a meeting, or change it. A date in the past is asked about once: it may be what is meant."""

    dato = line(_l("Dato"), required=_l("Skriv hvilken dag møtet er."), most=40)
    klokke = line(_l("Klokkeslett"), required=_l("Skriv når møtet begynner, for eksempel 10:30."), most=40)
    minutter = SelectField(
        _l("Hvor lenge"),
        choices=[SelectChoice(n, navn) for n, navn in LENGDER],
        default="45",
        validate_choice=False,
        validators=[AnyOf([n for n, _navn in LENGDER], message=_l("Velg hvor lenge møtet varer."))],
    )
    hvem = SelectField(_l("Hvem brukeren møter"), choices=[], validate_choice=False)
    form = RadioField(
        _l("Hvordan møtes dere?"),
        choices=[SelectChoice(n, navn) for n, navn in FORMER],
        validate_choice=False,
        validators=[
            InputRequired(_l("Velg hvordan dere møtes.")),
            AnyOf([n for n, _navn in FORMER], message=_l("Velg hvordan dere møtes.")),
        ],
    )
    sted = line(
        _l("Sted, telefonnummer eller hvem som ringer"),
        hint=_l("Skriv også om noen andre er med, for eksempel tolk."),
        required=_l("Skriv hvor dere møtes, eller hvem som ringer."),
    )
    melding = words(
        _l("Melding til brukeren"),
        hint=_l("Skriv hva dere skal snakke om, eller hvorfor møtet er endret."),
        most=2000,
    )
    fortid = BooleanField(_l("Ja, møtet var på denne datoen"))

    def __init__(self, folger: Sequence[Ansatt], med: UUID, **kwargs: Any) -> None:
        """``folger``: those who follow up the bruker now. ``med``: whom the bruker meets when nobody else is chosen."""
        super().__init__(**kwargs)
        self.folger = {str(one.id): one.navn for one in folger}
        self.hvem.choices = names_of(self.folger.items())
        if not self.hvem.data:
            self.hvem.data = str(med)
        # Also when what was chosen is no choice any longer: it is said at the field.
        self.kan_bytte = list(self.folger) != [str(med)] or self.hvem.data not in self.folger
        self.spor_om_fortid = False
        self.nar: datetime | None = None
        # A picker throws away what is not a date, so what was typed by hand comes back in a plain field.
        _picker(self.dato, "date", r"\d{4}-\d\d-\d\d")
        _picker(self.klokke, "time", r"\d\d:\d\d")

    def validate(self, extra_validators: Any = None) -> bool:
        """The single fields, then day and hour together."""
        fine = super().validate(extra_validators)
        self.nar = self._moment()
        return self._somebody() and fine and self.nar is not None

    def med(self) -> UUID:
        """Whom the bruker meets. Only after ``validate_on_submit``."""
        return UUID(self.hvem.data)

    def nobody(self) -> None:
        """Say that the one who is chosen does not follow up the bruker."""
        _fault(self.hvem, _("Velg hvem brukeren møter."))

    def avtale(self) -> Avtale:
        """What is agreed. Only after ``validate_on_submit``."""
        assert self.nar is not None
        return Avtale(
            self.nar, int(self.minutter.data), self.form.data, self.sted.data or "", (self.melding.data or "").strip()
        )

    def _somebody(self) -> bool:
        if self.hvem.data in self.folger:
            return True
        self.nobody()
        return False

    def _moment(self) -> datetime | None:
        today = oslo_date(clock.now())
        on, at = self._day(), self._hour()
        if on is None or at is None:
            return None
        found = rules.moment(on, at, today)
        if isinstance(found, Tidsfeil):
            _fault(self.dato, _FEIL[found])
            return None
        if found < clock.now():
            self.spor_om_fortid = True
            if not self.fortid.data:
                _fault(self.dato, _("Dette tidspunktet har vært. Rett det, eller kryss av for at det stemmer."))
                return None
        return found

    def _day(self) -> date | None:
        if not self.dato.data:
            return None
        found = typed_day(self.dato.data)
        if found is None:
            _fault(self.dato, str(no_day(self.dato.data)))
        return found

    def _hour(self) -> time | None:
        if not self.klokke.data:
            return None
        found = rules.hour(self.klokke.data)
        if found is None:
            _fault(self.klokke, _("Klokkeslettet finnes ikke. Skriv for eksempel 10:30."))
        return found


class Endringsskjema(Moteskjema):
    """Change a meeting. ``vist`` is what the page showed first, so that an old page takes nothing back."""

    vist = HiddenField(filters=[lambda value: clean(value) if value else ""])

    def __init__(self, folger: Sequence[Ansatt], med: UUID, avtale: Avtale, ansatt_id: UUID) -> None:
        """``avtale`` and ``ansatt_id``: as it stands now. ``med``: see Moteskjema; ``ansatt_id`` may follow nobody."""
        super().__init__(folger, med, data={**_fields(avtale), "vist": _packed(avtale, ansatt_id)})

    def forst(self) -> dict[str, object]:
        """What the page showed first, as ``shown`` gives it; nothing when the page does not say, or not readably."""
        try:
            found = json.loads(self.vist.data or "{}")
            return {
                **{name: found[name] for name in ("minutter", "form", "sted", "melding")},
                "nar": datetime.fromisoformat(found["nar"]),
                "hvem": UUID(found["hvem"]),
            }
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return {}

    def beside(self, avtale: Avtale, ansatt_id: UUID) -> None:
        """Somebody has changed the meeting to ``avtale`` with ``ansatt_id``: what was typed stands, the rest is new.

        The page has shown both then, so that the same button says which.
        """
        first, typed = self.forst(), shown(self.avtale(), self.med())
        for name, value in {**_fields(avtale), "hvem": str(ansatt_id)}.items():
            of = "nar" if name in {"dato", "klokke"} else name
            if of in first and first[of] == typed[of]:
                self[name].data = value
        self.vist.data = _packed(avtale, ansatt_id)


class Avlysskjema(Skjema):
    """Cancel a meeting, and say why: nobody is to find a closed door."""

    melding = words(
        _l("Melding til brukeren"),
        hint=_l("Skriv hvorfor møtet ikke blir noe av, og hva som skjer nå."),
        required=_l("Skriv en melding, så brukeren vet hva som skjer."),
        most=2000,
    )


class Dagsordenskjema(Skjema):
    """«Dette vil jeg ta opp»: may be emptied again, it is the bruker's own (S4)."""

    tekst = words(
        _l("Dette vil jeg ta opp"),
        hint=veilederen.worded(
            _l("Skriv på det språket du vil. Veilederen din kan lese det før møtet."),
            _l("Skriv på det språket du vil. Nav-kontoret kan lese det før møtet."),
        ),
    )


class Kommentarskjema(Skjema):
    """The bruker's comment on a shared note (S4)."""

    tekst = words(
        _l("Skriv en kommentar"),
        hint=_l("Er det noe du husker annerledes, eller noe som mangler? Teksten din står sammen med notatet."),
        required=_l("Skriv kommentaren din først."),
    )
    versjon = HiddenField()

    def til(self) -> int | None:
        """The version of the note that the page showed; None when it did not say, -1 for what is not a number."""
        text = self.versjon.data
        if not text:
            return None
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


class Vurderingsskjema(Skjema):
    """«Hvordan var dette møtet for deg?» One of five, with own words when wanted (S4)."""

    ansikt = RadioField(
        _l("Hvordan var dette møtet for deg?"),
        choices=[SelectChoice(str(n), str(n)) for n in range(1, 6)],
        validate_choice=False,
        validators=[AnyOf(["1", "2", "3", "4", "5"], message=_l("Velg det som passer best."))],
    )
    tekst = words(_l("Vil du si mer?"))


def _picker(field: Field, kind: str, pattern: str) -> None:
    if not field.data or re.fullmatch(pattern, field.data):
        field.render_kw = {"type": kind}


def _fault(field: Field, text: str) -> None:
    field.errors = (*field.errors, text)


def _fields(avtale: Avtale) -> dict[str, str]:
    local = oslo(avtale.nar)
    return {
        "dato": local.date().isoformat(),
        "klokke": f"{local:%H:%M}",
        "minutter": str(avtale.minutter),
        "form": avtale.form,
        "sted": avtale.sted,
        "melding": avtale.melding,
    }


def _packed(avtale: Avtale, ansatt_id: UUID) -> str:
    told = shown(avtale, ansatt_id) | {"nar": avtale.nar.isoformat(), "hvem": str(ansatt_id)}
    return json.dumps(told, ensure_ascii=False)
