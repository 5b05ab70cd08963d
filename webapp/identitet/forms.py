"""The forms of people and ways in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields import choices as _choices
from wtforms.fields.choices import SelectFieldBase

from webapp.identitet import rules
from webapp.identitet.service import Profil
from webapp.platform import clock, dates, languages
from webapp.platform.access import Rolle
from webapp.platform.forms import Skjema, clean, line, words

_PHONE = re.compile(r"\+?[0-9 ()-]{5,29}")
_UUID_HEX = re.compile(r"[0-9a-f]{32}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")

VELG_EN = _l("Velg en fra listen.")
MOST_AT_ONCE = 100  # more than a page of any list shows

VISNINGER = (
    ("full", _l("Hele kartleggingen")),
    ("kort", _l("Den korte")),
    ("screening", _l("Bare de viktigste spørsmålene, under fem minutter")),
)
NY_RUNDE = ("mini", _l("Oppdatering av en tidligere kartlegging"))  # only for who has delivered one (K7)
ROLLER = (
    (Rolle.VEILEDER.value, _l("Veileder")),
    (Rolle.LEDER.value, _l("Leder")),
    (Rolle.ADMINISTRATOR.value, _l("Administrator")),
)


class OneOf:
    """One of the choices that were offered; anything else was not sent by our page.

    With ``required`` not the first one, which only says what the list is for.
    """

    def __init__(self, message: Any, *, required: bool = False) -> None:
        self.message = message
        self.required = required

    def __call__(self, _form: Any, field: SelectFieldBase) -> None:
        offered = {str(choice[0]) for choice in field.iter_choices()} - ({""} if self.required else set())
        if field.data not in offered:
            raise ValidationError(self.message)


def choices_of(pairs: Iterable[tuple[str, Any]]) -> list[Any]:
    """(value, label) pairs as WTForms wants choices."""
    choice = _choices.SelectChoice  # type: ignore[attr-defined] # newer than its type stubs
    return [choice(value, label) for value, label in pairs]


def names_of(pairs: Iterable[tuple[str, str]], none: Any = None) -> list[Any]:
    """(id, name) pairs as choices that no translation may touch; ``none`` is what an empty first choice says."""
    choice = _choices.SelectChoice  # type: ignore[attr-defined] # newer than its type stubs
    empty = [choice("", none)] if none is not None else []
    return empty + [choice(value, name, render_kw={"translate": "no"}) for value, name in pairs]


def _own_name(sprak: languages.Sprak) -> Markup:
    """A language's name for itself."""
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(sprak.tag, sprak.retning, sprak.navn)


def radio(label: Any, choices: Iterable[tuple[str, Any]], **kwargs: Any) -> RadioField:
    """A group of choices of which one is taken."""
    return RadioField(
        label,
        choices=choices_of(choices),
        validate_choice=False,
        validators=[OneOf(_l("Velg ett av alternativene."))],
        description=kwargs.pop("hint", ""),
        **kwargs,
    )


def dropdown(label: Any, *, required: bool = False, **kwargs: Any) -> SelectField:
    """A list to choose from; the view fills ``choices``, ids as text. ``required``: one of them must be chosen."""
    return SelectField(
        label,
        validate_choice=False,
        validators=[OneOf(VELG_EN, required=required)],
        description=kwargs.pop("hint", ""),
        **kwargs,
    )


def hidden() -> HiddenField:
    """A field that is carried along; cleaned, and cut at 2,000 characters."""
    return HiddenField(filters=[lambda value: clean(value)[:2000] if value else ""])


class Knapp(Skjema):
    """A form with nothing but a button."""


class Start(Skjema):
    """The button that uses an invitation. ``nokkel``: see rules.SAME_TAP."""

    nokkel = hidden()


class Kode(Skjema):
    """A code from the kontor (8 characters) or from one's own sheet (12)."""

    kode = line(
        _l("Kode"),
        most=40,
        required=_l("Skriv inn koden du har fått."),
        hint=_l("8 tegn fra kontoret, eller 12 tegn fra kodearket ditt. Store og små bokstaver er det samme."),
    )
    neste = hidden()
    nokkel = hidden()
    tatt_vare_pa = hidden()
    bekreft = hidden()

    def validate_kode(self, field: Field) -> None:
        """Say how many characters there are, before anything is looked up."""
        if len(rules.normal_code(field.data or "")) not in {rules.INVITATION_LENGTH, rules.ONE_TIME_LENGTH}:
            raise ValidationError(
                _l("Koden stemmer ikke. Den har 8 eller 12 bokstaver og tall. Se på arket, og skriv den en gang til.")
            )

    @property
    def is_invitation(self) -> bool:
        """Whether what was typed has the length of an invitation's code."""
        return len(rules.normal_code(self.kode.data or "")) == rules.INVITATION_LENGTH


class Brukerskjema(Skjema):
    """What a veileder registers about a bruker. No national identity number: it is not needed."""

    navn = line(_l("Navn"), most=100, required=_l("Skriv navnet."))
    fodselsar = line(
        _l("Fødselsår"),
        most=10,
        hint=_l("Fire siffer. Vi lagrer ikke fødselsnummer."),
        render_kw={"inputmode": "numeric"},
    )
    telefon = line(_l("Telefon"), most=30, render_kw={"inputmode": "tel", "dir": "ltr"})
    epost = line(_l("E-post"), most=100, render_kw={"inputmode": "email", "dir": "ltr"})
    sprak = radio(
        _l("Språk å lese på"), [(s.kode, _own_name(s)) for s in languages.SPRAK.values()], default=languages.SOURCE
    )
    tolk = BooleanField(_l("Trenger tolk i samtaler"))
    tolkesprak = line(_l("Språk for tolken"), most=60)

    def validate_navn(self, field: Field) -> None:
        """A name that cannot be searched for is no name."""
        if field.data and not rules.name_parts(field.data):
            raise ValidationError(_l("Skriv navnet med bokstaver."))

    def validate_fodselsar(self, field: Field) -> None:
        """Four digits, from 1900 to this year."""
        text = field.data or ""
        this_year = dates.oslo_date(clock.now()).year
        if text and not (re.fullmatch(r"[0-9]{4}", text) and rules.FIRST_YEAR <= int(text) <= this_year):
            raise ValidationError(_l("Skriv et årstall med fire siffer, for eksempel 1998."))

    def validate_telefon(self, field: Field) -> None:
        """Digits, spaces and a plus."""
        if field.data and not _PHONE.fullmatch(field.data):
            raise ValidationError(_l("Skriv telefonnummeret med siffer, for eksempel 00 00 00 00."))

    def validate_epost(self, field: Field) -> None:
        """Something with @ and a dot: whether it works is found out by writing to it."""
        if field.data and not _EMAIL.fullmatch(field.data):
            raise ValidationError(_l("Skriv hele e-postadressen, for eksempel navn@eksempel.no."))

    def profil(self) -> Profil:
        """What was typed, as the service takes it."""
        return Profil(
            navn=self.navn.data or "",
            fodselsar=int(self.fodselsar.data) if self.fodselsar.data else None,
            telefon=self.telefon.data or "",
            epost=self.epost.data or "",
            tolk=bool(self.tolk.data),
            tolkesprak=self.tolkesprak.data or "",
        )

    @staticmethod
    def typed(profil: Profil, sprak: str) -> dict[str, Any]:
        """A stored profile as the form shows it."""
        return {
            "navn": profil.navn,
            "fodselsar": str(profil.fodselsar or ""),
            "telefon": profil.telefon,
            "epost": profil.epost,
            "sprak": sprak,
            "tolk": profil.tolk,
            "tolkesprak": profil.tolkesprak,
        }


class Profilskjema(Brukerskjema):
    """Changing. ``fra`` is what the page showed first, so that an old page takes nothing back that it did not touch."""

    fra = hidden()

    @classmethod
    def of(cls, profil: Profil, sprak: str) -> Profilskjema:
        """The form with a stored profile in it, or with what was sent."""
        shown = cls.typed(profil, sprak)
        return cls(data={**shown, "fra": json.dumps(shown, ensure_ascii=False)})

    def urort(self) -> frozenset[str]:
        """The fields that stand as the page showed them first."""
        try:
            shown: Any = json.loads(self.fra.data or "{}")
        except (ValueError, RecursionError):
            shown = {}
        fields = shown.items() if isinstance(shown, dict) else ()
        return frozenset(name for name, first in fields if name in self and (self[name].data or "") == (first or ""))


class NyBruker(Brukerskjema):
    """Registering. ``nokkel`` makes two taps one bruker."""

    visning = radio(
        _l("Kartlegging vi tilbyr"),
        VISNINGER,
        default="full",
        hint=_l("Brukeren kan alltid åpne flere spørsmål selv."),
    )
    nokkel = hidden()


class MedGrunn(Skjema):
    """S1: a form whose ``grunn`` opens somebody else's bruker. The same is asked of it whichever way they come."""

    def validate_grunn(self, field: Field) -> None:
        """«x» is not a reason."""
        if len("".join((field.data or "").split())) < 10:
            raise ValidationError(_l("Skriv litt mer, så brukeren forstår hvorfor. Minst 10 tegn."))


class Begrunnelse(MedGrunn):
    """Why somebody who is not assigned opens a bruker (S1)."""

    grunn = words(
        _l("Hvorfor trenger du å åpne denne brukeren?"),
        most=500,
        required=_l("Skriv hvorfor du trenger å åpne."),
        hint=_l("For eksempel: Vikar for Kari i dag, bruker ringte om møtet."),
        render_kw={"rows": "3"},
    )
    neste = hidden()


def _why(label: Any) -> TextAreaField:
    """The reason for a handover (K9). It is sealed with each bruker's own key, and theirs to read."""
    required = _l("Skriv hvorfor. Brukeren kan lese det.")
    return words(label, most=500, required=required, render_kw={"rows": "3"})


class Overforing(Skjema):
    """Handing a bruker over to another veileder."""

    til = dropdown(_l("Ny veileder"), required=True)
    grunn = _why(_l("Hvorfor overføres brukeren?"))


class OverforFlere(Skjema):
    """Giving several brukere a new veileder at once: those who are ticked in a list, at most ``MOST_AT_ONCE``."""

    valgte = SelectMultipleField(validate_choice=False)
    til = dropdown(_l("Ny veileder"), required=True)
    grunn = _why(_l("Hvorfor får de en ny veileder?"))

    def validate_valgte(self, field: Field) -> None:
        """Somebody must be ticked, and only what a list of ours has can be."""
        if not field.data:
            raise ValidationError(_l("Kryss av for minst én bruker."))
        if len(field.data) > MOST_AT_ONCE or len(self.brukere()) != len(field.data):
            raise ValidationError(VELG_EN)

    def brukere(self) -> list[UUID]:
        """The ids of those who are ticked, without what is none."""
        return [UUID(hex=one) for one in self.valgte.data or () if _UUID_HEX.fullmatch(one)]


class Vikar(Skjema):
    """Naming a substitute, or none."""

    vikar = dropdown(_l("Vikar"))


class AnsattInvitasjon(Skjema):
    """Inviting an ansatt. Not for oneself with ``mistet``: one would shut oneself out."""

    mistet = BooleanField(_l("Den gamle nøkkelen er mistet. Fjern den, og logg ut overalt."))


class NyAnsatt(Skjema):
    """Registering a member of staff."""

    navn = line(_l("Navn"), most=100, required=_l("Skriv navnet."))
    rolle = radio(_l("Rolle"), ROLLER, default=Rolle.VEILEDER.value)
    kontor = dropdown(_l("Kontor"))
    nokkel = hidden()
