"""Forms of the plan: a step, words with what somebody does, a goal, a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its type stubs
from wtforms.validators import AnyOf, DataRequired, Optional

from webapp.plan import katalog, rules
from webapp.plan.innhold import Forslag, Maal
from webapp.plan.ordtekster import HVORFOR, ORD
from webapp.plan.rules import Datofeil, Handling
from webapp.platform import clock, ids, languages
from webapp.platform.dates import oslo_date
from webapp.platform.datofelt import no_day
from webapp.platform.datotekst import typed_day
from webapp.platform.forms import Skjema, line, words

FEIL = {
    Datofeil.FORTID: _l("Denne dagen har vært. Velg en dag som kommer."),
    Datofeil.FOR_LANGT_FRAM: _l("Dagen er mer enn fem år fram. Se over året."),
    Datofeil.FREMTID: _l("Velg i dag eller en dag som har vært."),
}

_VELG = _l("Velg ett av svarene.")


class Ordskjema(Skjema):
    """Words with what somebody does; asked for where the other one would otherwise have to guess."""

    ord = words(HVORFOR, most=2000)

    def for_(self, handling: Handling) -> Ordskjema:
        """The same, for one thing that can be done."""
        self.ord.label.text = ORD[handling].felt
        if handling in rules.KREVER_ORD:
            self.ord.validators = [
                DataRequired(_l("Skriv noen ord først.")),
                *(one for one in self.ord.validators if not isinstance(one, Optional)),
            ]
            self.ord.flags.optional, self.ord.flags.required = False, True
        return self


def _said(wrong: Datofeil, field: Field) -> LazyString:
    return no_day(field.data or "") if wrong is Datofeil.UKJENT else FEIL[wrong]


def _choices(names: dict[str, LazyString], only: Sequence[str] = ()) -> list[Any]:
    return [SelectChoice(key, name) for key, name in names.items() if not only or key in only]


class Stegskjema(Skjema):
    """A step, as the bruker proposes it: what and why; the day and the rest when they know it."""

    hva = line(_l("Hva vil du gjøre, eller ha hjelp til?"), required=_l("Skriv hva det gjelder."))
    hvorfor = words(
        _l("Hvorfor?"),
        hint=_l("Skriv hva det skal føre til."),
        required=_l("Skriv hvorfor, gjerne med få ord."),
        most=2000,
    )
    ansvar = RadioField(
        _l("Hvem skal gjøre det?"),
        choices=_choices(katalog.ANSVAR),
        default="bruker",
        validate_choice=False,
        validators=[AnyOf(rules.ANSVAR, message=_VELG)],
    )
    hvem = line(_l("Navnet på den som skal gjøre det"), hint=_l("Skriv bare noe her hvis det er noen andre enn deg."))
    frist = line(_l("Når skal det være gjort?"), hint=_l("Vet du ikke det ennå? La feltet stå tomt."), most=40)
    start = line(_l("Når begynner det?"), most=40)
    hvor_ofte = SelectField(
        _l("Hvor ofte?"),
        choices=_choices(katalog.HVOR_OFTE),
        default="en_gang",
        validate_choice=False,
        validators=[AnyOf(rules.HVOR_OFTE, message=_VELG)],
    )
    mal_id = SelectField(_l("Hører det til et mål?"), choices=[], default="", validate_choice=False)
    ord = words(_l("Vil du si noe til forslaget?"), most=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._days: dict[str, date | None] = {}
        self._goals: frozenset[str] = frozenset()
        # A picker throws away what is not a date, so what was typed by hand comes back in a plain field.
        for field in (self.frist, self.start):
            if not field.data or re.fullmatch(r"\d{4}-\d\d-\d\d", field.data):
                field.render_kw = {"type": "date"}

    def with_goals(self, goals: Sequence[Maal]) -> Stegskjema:
        """The same, with the bruker's goals to choose among."""
        theirs = [goal for goal in goals if goal.tilstand == "gjelder"]
        self._goals = frozenset(str(goal.id) for goal in theirs)
        own = {"dir": "auto", "data-bruker-tekst": ""}
        self.mal_id.choices = [
            SelectChoice("", _("Nei")),
            *(
                SelectChoice(str(goal.id), goal.tekst[:80], render_kw={**own, "lang": languages.tag(goal.sprak)})
                for goal in theirs
            ),
        ]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """The single fields, then the days together."""
        fine = bool(super().validate(extra_validators))
        today = oslo_date(clock.now())
        for field in (self.frist, self.start):
            found = typed_day(field.data) if field.data else None
            wrong = rules.fault(found, today) if field.data else None
            if wrong is Datofeil.FORTID and field is self.start:
                wrong = None  # what has begun already can be written down
            if wrong is not None:
                _fault(field, _said(wrong, field))
                fine = False
            self._days[field.name] = found
        frist, start = self._days["frist"], self._days["start"]
        if fine and frist and start and start > frist:
            _fault(self.start, _("Det kan ikke begynne etter at det skal være gjort. Se over datoene."))
            fine = False
        if self.mal_id.data and self.mal_id.data not in self._goals:
            _fault(self.mal_id, _VELG)
            fine = False
        if self.ansvar.data == "annen" and not self.hvem.data:
            _fault(self.hvem, _("Skriv hvem det er."))  # P2: a named other
            fine = False
        return fine

    def forslag(self, katalog_id: str = katalog.FRI) -> Forslag:
        """What is proposed. Only after ``validate_on_submit``."""
        return Forslag(
            hva=self.hva.data or "",
            hvorfor=(self.hvorfor.data or "").strip(),
            ansvar=self.ansvar.data,
            hvem="" if self.ansvar.data == "bruker" else self.hvem.data or "",
            start=self._days["start"],
            frist=self._days["frist"],
            hvor_ofte=self.hvor_ofte.data,
            katalog=katalog_id,
            mal_id=ids.parse(self.mal_id.data) if self.mal_id.data else None,
        )


class NavStegskjema(Stegskjema):
    """A step, as Nav proposes it: with its kind, and always with a day (P2)."""

    slag = SelectField(
        _l("Hva slags steg er det?"),
        choices=_choices(katalog.AKTIVITETER),
        default=katalog.FRI,
        validate_choice=False,
        validators=[AnyOf(list(katalog.AKTIVITETER), message=_VELG)],
    )
    hva = line(
        _l("Hva skal gjøres?"),
        hint=_l("Skriv konkret, så brukeren vet hva som skal skje og hvor."),
        required=_l("Skriv hva som skal gjøres."),
    )
    ansvar = RadioField(
        _l("Hvem skal gjøre det?"),
        choices=_choices(katalog.ANSVAR_NAV),
        default="bruker",
        validate_choice=False,
        validators=[AnyOf(rules.ANSVAR, message=_VELG)],
    )
    hvem = line(
        _l("Navnet på den som skal gjøre det"), hint=_l("Skriv bare noe her hvis det er noen andre enn brukeren.")
    )
    frist = line(
        _l("Når skal det være gjort?"), required=_l("Skriv en dag. Uten den kan ikke steget avtales."), most=40
    )
    ord = words(_l("Melding til brukeren"), most=2000)


class Malskjema(Skjema):
    """A goal, in the bruker's own words."""

    tekst = words(
        _l("Hva vil du få til?"),
        hint=_l("Skriv med dine egne ord, på det språket du vil."),
        required=_l("Skriv målet ditt først."),
        most=2000,
    )


class Dagskjema(Skjema):
    """A day: of evaluation (to come), or to look back at (has been)."""

    dag = line(_l("Dag"), required=_l("Skriv en dag, for eksempel 24.11.2026."), most=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.valgt: date | None = None
        if not self.dag.data or re.fullmatch(r"\d{4}-\d\d-\d\d", self.dag.data):
            self.dag.render_kw = {"type": "date"}

    def validate(self, extra_validators: Any = None) -> bool:
        """A day to come."""
        fine = bool(super().validate(extra_validators))
        self.valgt = typed_day(self.dag.data) if self.dag.data else None
        wrong = rules.fault(self.valgt, oslo_date(clock.now())) if self.dag.data else None
        if wrong is not None:
            _fault(self.dag, _said(wrong, self.dag))
        return fine and wrong is None

    def looking_back(self) -> bool:
        """Whether it is a day that has been. Year 1 is none that anything was agreed on."""
        self.valgt = typed_day(self.dag.data) if self.dag.data else None
        if self.valgt is None:
            wrong = Datofeil.UKJENT
        elif self.valgt > oslo_date(clock.now()):
            wrong = Datofeil.FREMTID
        elif self.valgt.year < 1900:
            wrong = Datofeil.UKJENT
        else:
            return True
        _fault(self.dag, _said(wrong, self.dag))
        return False


def as_data(forslag: Forslag) -> dict[str, str]:
    """A proposal as the fields of its form."""
    return {**{key: value or "" for key, value in forslag.as_json().items()}, "slag": forslag.katalog}


def version(text: str | None) -> int:
    """The version of the text that the page showed; -1 for what is not a number."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1


def _fault(field: Field, text: Any) -> None:
    field.errors = (*field.errors, text)
