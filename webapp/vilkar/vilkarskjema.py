"""The form of a vilkår: the parameters of its type in the bank, and what every vilkår must say (V1, V2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its type stubs

from webapp.moter import rules as moter
from webapp.plan.innhold import Steg
from webapp.platform import clock, languages
from webapp.platform.dates import oslo_date
from webapp.platform.forms import Skjema, line, words
from webapp.vilkar import rules
from webapp.vilkar.banktyper import Felt, Type
from webapp.vilkar.forms import fault, number, picker, typed_day
from webapp.vilkar.kvalitet import Forslag
from webapp.vilkar.tekst import MEDVIRKNING, SAMMENHENG, Innhold
from webapp.vilkar.tekstbank import FRITEKST, TYPER
from webapp.vilkar.vedtak import Vedtaket

OWN = ("hvorfor", "sammenheng_ord", "byrde_ord", "medvirkning_ord", "nav")
_WEEKDAYS = [str(n) for n in range(7)]


class Vilkarskjema(Skjema):
    """What every vilkår says, whatever its type. The type's own fields are put on by ``form_for``."""

    kind: Type

    vedtak_id = SelectField(_l("Hvilket vedtak hører det til?"), choices=[], validate_choice=False)
    frist = line(_l("Siste dag"), most=40)
    hvorfor = words(_l("Hvorfor akkurat dette for denne brukeren?"), most=1000)
    sammenheng = RadioField(
        _l("Hvordan henger det sammen med vedtaket?"),
        choices=[SelectChoice(key, text) for key, text in SAMMENHENG.items()],
        validate_choice=False,
    )
    sammenheng_ord = line(_l("Sammenhengen med egne ord"), most=500)
    byrde = BooleanField(_l("Jeg har vurdert helse, omsorg og reisevei, og mener at brukeren kan klare dette"))
    byrde_ord = line(_l("Vurderingen med egne ord"), most=500)
    medvirkning = RadioField(
        _l("Hvordan var brukeren med på å bestemme?"),
        choices=[SelectChoice(key, text) for key, text in MEDVIRKNING.items()],
        validate_choice=False,
    )
    medvirkning_ord = line(_l("Medvirkningen med egne ord"), most=500)
    belop = line(_l("Høyst så mange kroner i måneden kan pengene settes ned"), most=20)
    maneder = line(_l("Høyst så mange måneder"), most=20)
    nav = words(_l("Hva gjør Nav?"), hint=_l("For eksempel: «Vi betaler bussbilletten.»"), most=1000)
    grunn = words(_l("Hvorfor går du videre likevel?"), most=1000)
    aktivitet_id = SelectField(
        _l("Hører til et steg i planen"),
        description=_l("Sier brukeren at steget er gjort, står det som meldt her også. Du vurderer vilkåret."),
        choices=[],
        default="",
        validate_choice=False,
    )

    def __init__(self, vedtak: Sequence[Vedtaket], steg: Sequence[Steg] = (), *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vedtak = {str(one.id): one for one in vedtak}
        self.vedtak_id.choices = [
            SelectChoice(str(one.id), f"{one.fakta.nummer}, {one.fakta.dato:%d.%m.%Y}") for one in vedtak
        ]
        # V3: documentation is no vilkår, and nothing that somebody does in a plan fulfils it.
        self.steg = {str(one.id): one for one in steg if self.kind.slag != "dokumentasjon"}
        self.aktivitet_id.choices = [
            SelectChoice("", _("Nei, ikke til noe steg")),
            *(
                SelectChoice(
                    key,
                    one.forslag.hva[:80],
                    render_kw={"dir": "auto", "data-bruker-tekst": "", "lang": languages.tag(one.sprak)},
                )
                for key, one in self.steg.items()
            ),
        ]
        self.frist_dato: date | None = None
        self.verdier: dict[str, Any] = {}
        for field in (self.frist, *(self[f"p_{felt.id}"] for felt in self.kind.felt if felt.slag == "dato")):
            picker(field)
        for felt in self.kind.felt:
            if felt.slag == "klokke" and re.fullmatch(r"(\d\d:\d\d)?", self[f"p_{felt.id}"].data or ""):
                self[f"p_{felt.id}"].render_kw = {"type": "time"}

    def parameterfelt(self) -> list[tuple[Felt, Field]]:
        """The type's own fields, for the template."""
        return [(felt, self[f"p_{felt.id}"]) for felt in self.kind.felt]

    def validate(self, extra_validators: Any = None) -> bool:
        """The single fields, then what they say together."""
        super().validate(extra_validators)
        today = oslo_date(clock.now())
        if self.vedtak_id.data not in self.vedtak:
            fault(self.vedtak_id, _("Velg et av vedtakene."))
        self.frist_dato = typed_day(self.frist, today)
        if self.frist_dato is not None and self.frist_dato < today:
            fault(self.frist, _("Siste dag har vært. Sett en dag som kommer."))
        for felt in self.kind.felt:
            value = self._value(felt, self[f"p_{felt.id}"], today)
            if value not in (None, "", []):
                self.verdier[felt.id] = value
        first = self.verdier.get("fra")
        if first and self.frist_dato and date.fromisoformat(first) > self.frist_dato:
            fault(self.frist, _("Perioden slutter før den begynner. Rett en av datoene."))
        self._answers_known()
        kroner, months = number(self.belop, rules.MOST_KRONER), number(self.maneder, rules.MOST_MONTHS)
        if self.kind.slag == "dokumentasjon" and (self.belop.data or self.maneder.data):
            self.form_errors.append(_("Papirer er ikke et vilkår, og pengene kan ikke settes ned på grunn av dem."))
        elif (kroner is None) != (months is None) and not (self.belop.errors or self.maneder.errors):
            fault(self.maneder if months is None else self.belop, _("Skriv både beløp og antall måneder, eller ingen."))
        return not self.errors

    def _answers_known(self) -> None:
        if (self.aktivitet_id.data or "") not in {"", *self.steg}:
            self.step_gone()
        for field, known in ((self.sammenheng, SAMMENHENG), (self.medvirkning, MEDVIRKNING)):
            if field.data and field.data not in known:
                fault(field, _("Velg et av svarene."))

    def step_gone(self) -> None:
        """Say that the step is none that both agree on now."""
        fault(self.aktivitet_id, _("Steget er ikke avtalt nå. Velg et annet, eller velg «Nei»."))

    def innhold(self, overruled: Sequence[str] = ()) -> Innhold:
        """What was typed. Only after ``validate_on_submit``."""
        whole = {name: (self[name].data or "").strip() for name in OWN}
        return Innhold(
            type=self.kind.id,
            parametre=self.verdier,
            sammenheng=self.sammenheng.data or "",
            byrde=self.byrde.data,
            medvirkning=self.medvirkning.data or "",
            belop=number(self.belop, rules.MOST_KRONER),
            maneder=number(self.maneder, rules.MOST_MONTHS),
            rad=tuple(overruled),
            grunn=(self.grunn.data or "").strip() if overruled else "",
            aktivitet_id=self.aktivitet_id.data or "",
            **whole,
        )

    def forslag(self, *, ut: str | None = None) -> Forslag:
        """What the advice is about. ``ut``: the vedtak that the vilkår is tied to already, when it is being changed."""
        made, tied = self.innhold(), self.vedtak[self.vedtak_id.data]
        asked = {f"p_{felt.id}": str(self.verdier.get(felt.id, "")) for felt in self.kind.felt if felt.slag == "ord"}
        if self.kind.id in FRITEKST:
            asked |= {f"p_{name}": str(self.verdier.get(name, "")) for name in ("tittel", "ofte")}
        if self.kind.id in ("kommunalt", "dokumentasjon"):
            asked["p_navn"] = str(self.verdier.get("navn", ""))
        return Forslag(
            slag=self.kind.slag,
            frist=self.frist_dato is not None,
            konsekvens=made.konsekvens_oppgitt,
            reduksjon=tied.fakta.reduksjon_oppgitt,
            sammenheng=bool(made.sammenheng or made.sammenheng_ord),
            byrde=bool(made.byrde or made.byrde_ord),
            medvirkning=bool(made.medvirkning or made.medvirkning_ord),
            fritekst=self.kind.id in FRITEKST,
            ord=asked,
            andre=tied.andre - (ut == str(tied.id)),
        )

    def _value(self, felt: Felt, field: Field, today: date) -> Any:
        if felt.slag == "dager":
            chosen = [day for day in field.data or [] if day in _WEEKDAYS]
            if not chosen:
                fault(field, str(felt.kreves))
            return sorted(int(day) for day in chosen)
        if not field.data:
            return None
        match felt.slag:
            case "dato":
                day = typed_day(field, today)
                return day.isoformat() if day else None
            case "klokke":
                hour = moter.hour(field.data)
                if hour is None:
                    fault(field, _("Klokkeslettet finnes ikke. Skriv for eksempel 10:30."))
                return f"{hour:%H:%M}" if hour else None
            case "tall":
                return number(field, felt.hoyst)
            case _:
                return field.data.strip()


def _field(felt: Felt) -> Any:
    match felt.slag:
        case "ord":
            return words(felt.ledetekst, hint=felt.hjelp, required=felt.kreves, most=2000)
        case "dager":
            return SelectMultipleField(
                felt.ledetekst, choices=[SelectChoice(day, day) for day in _WEEKDAYS], validate_choice=False
            )
        case _:
            return line(felt.ledetekst, hint=felt.hjelp, required=felt.kreves, most=200 if felt.slag == "linje" else 40)


SKJEMAER: dict[str, type[Vilkarskjema]] = {
    kind.id: type(
        "Vilkarskjema",
        (Vilkarskjema,),
        {
            "kind": kind,
            "frist": line(kind.frist, most=40),
            **{f"p_{felt.id}": _field(felt) for felt in kind.felt},
        },
    )
    for kind in TYPER.values()
}


def typed(innhold: Innhold, frist: date | None, vedtak_id: object) -> dict[str, Any]:
    """What a form about a version begins with."""
    own = {name: getattr(innhold, name) for name in (*OWN, "sammenheng", "byrde", "medvirkning")}
    numbers = {name: str(value) if (value := getattr(innhold, name)) else "" for name in ("belop", "maneder")}
    parameters = {
        f"p_{name}": [str(one) for one in value] if isinstance(value, list) else str(value)
        for name, value in innhold.parametre.items()
    }
    tied = {"vedtak_id": str(vedtak_id), "aktivitet_id": innhold.aktivitet_id}
    return {**own, **numbers, **parameters, **tied, "frist": frist.isoformat() if frist else ""}
