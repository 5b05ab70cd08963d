"""Forms of a matter. A group of boxes is a SelectMultipleField with boxes; a typed day is read as in moter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its type stubs
from wtforms.validators import AnyOf, InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from webapp.identitet.okter import settings
from webapp.moter.rules import day, plain_digits
from webapp.platform import clock
from webapp.platform.dates import oslo_date
from webapp.platform.forms import Skjema, line, words
from webapp.varsel import ord as koder
from webapp.varsel.avgjore import Beslutning, Svar
from webapp.varsel.lesing import Sagt
from webapp.varsel.models import MOST_KRONER
from webapp.varsel.rules import LONGEST_BACK, MOST_WORKING_DAYS
from webapp.varsel.service import Notat, Utkastvarsel

LONGEST_AHEAD = timedelta(days=730)


def _choices(names: Any) -> list[Any]:
    return [SelectChoice(code, name) for code, name in names]


def _one_of(label: Any, names: dict[str, Any], message: Any, **kwargs: Any) -> RadioField:
    return RadioField(
        label,
        choices=_choices(names.items()),
        validate_choice=False,
        validators=[InputRequired(message), AnyOf(list(names), message=message)],
        **kwargs,
    )


def _boxes(label: Any, names: dict[str, Any], **kwargs: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        choices=_choices(names.items()),
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        **kwargs,
    )


def fault(field: Field, text: str) -> None:
    """Say what is wrong at the field."""
    field.errors = (*field.errors, text)


def number(field: Field) -> int | None:
    """A typed amount («1 500», «1500 kr»), or None when it is none."""
    text = plain_digits(field.data or "").lower().replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    text = text.removesuffix(",-").removesuffix("kr").removesuffix("kroner").removeprefix("kr")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _day(field: Field, *, back: timedelta, ahead: timedelta) -> date | None:
    if not field.data:
        return None
    found, today = day(field.data), oslo_date(clock.now())
    if found is None:
        fault(field, _("Denne dagen finnes ikke. Skriv dag, måned og år, for eksempel 24.11.2026."))
    elif not today - back <= found <= today + ahead:
        fault(field, _("Dagen er for langt unna. Se over året."))
    else:
        return found
    return None


def _amount(field: Field) -> int | None:
    found = number(field)
    if field.data and (found is None or not 1 <= found <= MOST_KRONER):
        fault(field, _("Skriv et beløp i hele kroner, fra 1 til %(mest)s.", mest=MOST_KRONER))
        return None
    return found


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
    kilde = _one_of(_l("Hvordan vet du det?"), koder.KILDER, _l("Velg hvordan du vet det."))

    def __init__(self, *args: Any, vilkar: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vilkar.choices = _choices(vilkar.items())
        self.dag: date | None = None
        self._kjente = set(vilkar)

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields, then that the day exists and has been."""
        fine = super().validate(extra_validators)
        if self.vilkar.data and self.vilkar.data not in self._kjente:
            fault(self.vilkar, _("Velg vilkåret."))
        self.dag = _day(self.dato, back=LONGEST_BACK, ahead=LONGEST_AHEAD)
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
        self.kroner, months, days = _amount(self.belop), number(self.maneder), number(self.virkedager)
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

    hvordan = _one_of(_l("Hvordan fikk brukeren varselet?"), koder.HVORDAN, _l("Velg hvordan brukeren fikk varselet."))
    ord = words(
        _l("Hva gjorde du?"),
        hint=_l("Skriv kort hvordan du gikk gjennom varselet med brukeren. Skriv også om tolk var med."),
        required=_l("Skriv hva du gjorde."),
        most=2000,
    )


class Uttalelseskjema(Skjema):
    """What the bruker says, and wishes (U4, U6). Nothing of it is required but that there is something."""

    grunner = _boxes(_l("Hva skjedde?"), koder.GRUNNER, description=_l("Velg det som passer. Du kan velge flere."))
    ord = words(
        _l("Fortell med egne ord"), hint=_l("Skriv på det språket du vil. Det blir lagret slik du skriver det.")
    )
    vil = words(_l("Hva vil du at vi skal gjøre?"), hint=_l("For eksempel endre vilkåret, eller finne noe annet."))
    onsker = _boxes(_l("Trenger du noe før dette blir bestemt?"), koder.ONSKER)
    onske_ord = words(_l("Vil du si mer om det?"), most=2000)

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields, and that something is said or wished for."""
        fine = bool(super().validate(extra_validators))
        self.grunner.data = [one for one in self.grunner.data or [] if one in koder.GRUNNER]
        if "onsker" in self:
            self.onsker.data = [one for one in self.onsker.data or [] if one in koder.ONSKER]
        wished = self.onsker.data if "onsker" in self else []
        if not any((self.grunner.data, (self.ord.data or "").strip(), (self.vil.data or "").strip(), wished)):
            fault(self.ord, _("Skriv noe, eller kryss av for noe, før du sender."))
            return False
        return fine

    def sagt(self) -> Sagt:
        """What is said. Only after ``validate_on_submit``."""
        return Sagt(list(self.grunner.data or []), self.ord.data or "", self.vil.data or "")


class Muntligskjema(Skjema):
    """What the bruker said aloud, written down as told."""

    grunner = _boxes(_l("Hvilke grunner ga brukeren?"), koder.GRUNNER_OM)
    ord = words(
        _l("Det brukeren sa"),
        hint=_l("Skriv det slik brukeren sa det. Brukeren ser teksten og kan rette den."),
        required=_l("Skriv det brukeren sa."),
    )
    vil = words(_l("Hva vil brukeren at Nav skal gjøre?"))

    def sagt(self) -> Sagt:
        """What was said. Only after ``validate_on_submit``."""
        given = [one for one in self.grunner.data or [] if one in koder.GRUNNER]
        return Sagt(given, self.ord.data or "", self.vil.data or "")


class Svarskjema(Skjema):
    """The answer to a wish (U6)."""

    innvilget = _one_of(_l("Hva svarer du?"), {"ja": _l("Ja"), "nei": _l("Nei")}, _l("Velg hva du svarer."))
    ny_dag = line(
        _l("Ny siste dag for å svare"),
        hint=_l("Skriv bare en dag hvis brukeren får mer tid. Fristen kan bare flyttes fram."),
        most=40,
    )
    tekst = words(
        _l("Skriv til brukeren"),
        hint=_l("Skriv hva som skjer nå, for eksempel når dere skal snakke sammen."),
        required=_l("Skriv et svar til brukeren."),
        most=3000,
    )

    def __init__(self, *args: Any, slag: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._slag = slag
        self.dag: date | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields; and more time that is given has a day."""
        fine = super().validate(extra_validators)
        self.dag = _day(self.ny_dag, back=timedelta(0), ahead=timedelta(days=180))
        if self._slag == "tid" and self.innvilget.data == "ja" and not self.ny_dag.data:
            fault(self.ny_dag, _("Skriv den nye siste dagen."))
        return fine and not self.errors

    def svar(self) -> Svar:
        """The answer. Only after ``validate_on_submit``."""
        return Svar(self.innvilget.data == "ja", self.tekst.data or "", self.dag)


class Avgjorskjema(Skjema):
    """What it came to (U8)."""

    utfall = _one_of(_l("Hva blir resultatet?"), koder.UTFALL, _l("Velg resultatet."))
    grunner = words(
        _l("Hvorfor?"),
        hint=_l("Skriv til brukeren med enkle ord. Skriv hva du har lagt vekt på."),
        required=_l("Skriv hvorfor."),
    )
    vedtak = RadioField(_l("Hvilket nytt vedtak gjelder det?"), validate_choice=False)
    belop = line(_l("Hvor mye mindre i måneden?"), hint=_l("Hele kroner."), most=20)
    fra = line(_l("Fra og med"), most=40)
    til = line(_l("Til og med"), most=40)
    familie = words(_l("Hva betyr det for familien?"), most=3000)
    barn = words(_l("Hva betyr det for barn?"), hint=_l("Har brukeren ikke barn, skriver du det."), most=3000)
    dekket = words(
        _l("Hvordan blir det mest nødvendige dekket?"), hint=_l("Mat, bolig, strøm og medisiner."), most=3000
    )
    er_dekket = BooleanField(_l("Jeg har kontrollert at brukeren fortsatt har det mest nødvendige"))
    steg = HiddenField()

    def __init__(self, *args: Any, vedtak: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vedtak.choices = _choices(vedtak.items())

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields; a reduction's own faults are found in rules.faults."""
        fine = bool(super().validate(extra_validators))
        if self.utfall.data != "reduksjon":
            return fine
        self.kroner = _amount(self.belop)
        self.fra_dag, self.til_dag = (_day(one, back=LONGEST_BACK, ahead=LONGEST_AHEAD) for one in (self.fra, self.til))
        return fine and not self.errors

    def beslutning(self, vedtak_id: Any) -> Beslutning:
        """What is decided. Only after ``validate_on_submit``."""
        if self.utfall.data != "reduksjon":
            return Beslutning(self.utfall.data, self.grunner.data or "")
        return Beslutning(
            "reduksjon",
            self.grunner.data or "",
            vedtak_id=vedtak_id,
            belop=self.kroner,
            fra=self.fra_dag,
            til=self.til_dag,
            familie=self.familie.data or "",
            barn=self.barn.data or "",
            dekket=self.dekket.data or "",
            er_dekket=bool(self.er_dekket.data),
        )


class Lukkskjema(Skjema):
    """Close a matter with nothing taken."""

    grunn = _one_of(_l("Hvorfor lukker du saken?"), koder.LUKKING, _l("Velg hvorfor du lukker saken."))
    tekst = words(_l("Melding til brukeren"), most=2000)
