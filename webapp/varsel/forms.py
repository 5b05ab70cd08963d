"""Forms of the veileder until the notice has arrived, and for closing. The rest: horingsskjema.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from webapp.identitet.okter import settings
from webapp.platform import clock
from webapp.platform.dates import oslo_date
from webapp.platform.forms import Skjema, line, words
from webapp.varsel import ord as koder
from webapp.varsel.felt import LONGEST_AHEAD, amount, choices, fault, number, one_of, typed_day
from webapp.varsel.rules import LONGEST_BACK, MOST_WORKING_DAYS
from webapp.varsel.service import Notat, Utkastvarsel


class Noteskjema(Skjema):
    """What happened, without labels (U7)."""

    vilkar = RadioField(
        _l("Hvilket vilkår gjelder det?"), validate_choice=False, validators=[InputRequired(_l("Velg vilkåret."))]
    )
    dato = line(_l("Når skjedde det?"), required=_l("Skriv hvilken dag det var."), most=40)
    hva = words(
        _l("Hva skjedde?"),
        hint=_l("Skriv bare det du vet. Ikke skriv hvorfor, og ikke skriv hva du mener om brukeren."),
        required=_l("Skriv hva som skjedde."),
        most=3000,
    )
    kilde = one_of(_l("Hvordan vet du det?"), koder.KILDER, _l("Velg hvordan du vet det."))

    def __init__(self, *args: Any, vilkar: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vilkar.choices = choices(vilkar.items())
        self.dag: date | None = None
        self._kjente = set(vilkar)

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields, then that the day exists and has been."""
        fine = super().validate(extra_validators)
        if self.vilkar.data and self.vilkar.data not in self._kjente:
            fault(self.vilkar, _("Velg vilkåret."))
        self.dag = typed_day(self.dato, back=LONGEST_BACK, ahead=LONGEST_AHEAD)
        if self.dag is not None and self.dag > oslo_date(clock.now()):
            fault(self.dato, _("Dagen har ikke vært ennå."))
        return fine and not self.errors

    def notat(self) -> Notat:
        """What is noted. Only after ``validate_on_submit``."""
        assert self.dag is not None
        return Notat(self.dag, self.hva.data or "", self.kilde.data)


class Varselskjema(Skjema):
    """What the veileder decides about a notice (U2)."""

    hvorfor = words(
        _l("Hvorfor sender du varselet?"),
        hint=_l("Skriv til brukeren. Skriv hva vilkåret skulle hjelpe med, og hva du vil vite mer om."),
        required=_l("Skriv hvorfor du sender varselet."),
        most=3000,
    )
    belop = line(
        _l("Hvor mye vurderer du å ta bort i måneden?"),
        hint=_l("Hele kroner. Ikke mer enn vilkåret sier."),
        required=_l("Skriv beløpet i kroner."),
        most=20,
        render_kw={"inputmode": "numeric"},
    )
    maneder = line(
        _l("Hvor mange måneder?"),
        hint=_l("Fra 1 til 12. Ikke mer enn vilkåret sier."),
        required=_l("Skriv hvor mange måneder."),
        most=10,
        render_kw={"inputmode": "numeric"},
    )
    virkedager = line(
        _l("Hvor mange virkedager får brukeren til å svare?"),
        required=_l("Skriv hvor mange virkedager."),
        most=10,
        default=lambda: str(settings().uttalelse_virkedager),
        render_kw={"inputmode": "numeric"},
    )
    steg = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields, and the limits that the law table and the calendar set."""
        fine = super().validate(extra_validators)
        self.kroner, months, days = amount(self.belop), number(self.maneder), number(self.virkedager)
        if self.maneder.data and (months is None or not 1 <= months <= 12):
            fault(self.maneder, _("Skriv et tall fra 1 til 12."))
        least = settings().uttalelse_virkedager
        if self.virkedager.data and (days is None or not least <= days <= MOST_WORKING_DAYS):
            fault(self.virkedager, _("Skriv et tall fra %(minst)s til %(mest)s.", minst=least, mest=MOST_WORKING_DAYS))
        return fine and not self.errors

    def utkast(self) -> Utkastvarsel:
        """What is decided. Only after ``validate_on_submit``."""
        return Utkastvarsel(
            self.hvorfor.data or "", self.kroner or 0, number(self.maneder) or 0, number(self.virkedager) or 0
        )


class Naddskjema(Skjema):
    """U3: how the notice reached the bruker another way."""

    hvordan = one_of(_l("Hvordan fikk brukeren varselet?"), koder.HVORDAN, _l("Velg hvordan brukeren fikk varselet."))
    ord = words(
        _l("Hva gjorde du?"),
        hint=_l("Skriv kort hvordan du gikk gjennom varselet med brukeren. Skriv også om tolk var med."),
        required=_l("Skriv hva du gjorde."),
        most=2000,
    )


class Lukkskjema(Skjema):
    """Close a matter with nothing taken."""

    grunn = one_of(_l("Hvorfor lukker du saken?"), koder.LUKKING, _l("Velg hvorfor du lukker saken."))
    tekst = words(_l("Melding til brukeren"), most=2000)
