"""Forms about a klage."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its type stubs
from wtforms.validators import AnyOf, InputRequired

from webapp.identitet import veilederen
from webapp.klage.klagen import Ord
from webapp.klage.muntlig import Fortalt
from webapp.klage.rules import Mal, Stand
from webapp.platform.datofelt import day
from webapp.platform.forms import Skjema, words

# Each step in a word, and how the veileder chooses it.
STEG: dict[Stand, LazyString] = {
    Stand.SENDT_INN: _l("Sendt"),
    Stand.MOTTATT: _l("Kontoret har tatt imot klagen"),
    Stand.OMGJORT: _l("Kontoret er enig og har endret vedtaket"),
    Stand.OPPRETTHOLDT: _l("Kontoret har vurdert klagen og endrer ikke alt du klaget på"),
    Stand.SENDT: _l("Sendt videre til Statsforvalteren"),
    Stand.MEDHOLD: _l("Statsforvalteren er enig med deg"),
    Stand.DELVIS: _l("Statsforvalteren er enig med deg i noe"),
    Stand.IKKE_MEDHOLD: _l("Statsforvalteren er enig med kontoret"),
    Stand.OPPHEVET: _l("Statsforvalteren ber kontoret vurdere saken på nytt"),
    Stand.TRUKKET: _l("Klagen er trukket"),
}
HVORDAN: dict[str, LazyString] = {"telefon": _l("På telefon"), "kontor": _l("På kontoret")}
VALG: dict[Stand, LazyString] = {
    Stand.MOTTATT: _l("Klagen er mottatt"),
    Stand.OMGJORT: _l("Vedtaket er endret slik brukeren ba om"),
    Stand.OPPRETTHOLDT: _l("Vedtaket er ikke endret, eller bare delvis"),
    Stand.SENDT: _l("Klagen er sendt videre til Statsforvalteren"),
    Stand.MEDHOLD: _l("Medhold"),
    Stand.DELVIS: _l("Delvis medhold"),
    Stand.IKKE_MEDHOLD: _l("Ikke medhold"),
    Stand.OPPHEVET: _l("Vedtaket er opphevet og skal vurderes på nytt"),
}


class Klageskjema(Skjema):
    """The klage. Any language; nothing but the first field is asked for."""

    hva = words(
        _l("Hva er du uenig i, og hvorfor?"),
        hint=_l("Skriv med egne ord, på det språket du vil."),
        required=_l("Skriv hva du er uenig i. Noen få ord er nok."),
    )
    onske = words(_l("Hva ønsker du at kontoret skal gjøre?"), most=5000)
    sent = words(
        _l("Hvorfor kommer klagen nå?"),
        hint=_l("Klagefristen har gått ut. Kontoret kan behandle klagen likevel, for eksempel hvis du har vært syk."),
        most=2000,
    )

    def ord(self) -> Ord:
        """What is sent. Only after ``validate_on_submit``."""
        return Ord(self.hva.data or "", self.onske.data or "", self.sent.data or "")


class Tilleggsskjema(Skjema):
    """What the bruker adds to a klage. Words, files, or both: the service says when there is neither."""

    tekst = words(
        _l("Hva vil du legge til?"),
        hint=_l("Skriv med egne ord, på det språket du vil. Du kan også bare legge ved en fil."),
    )


class Trekkskjema(Skjema):
    """The bruker withdraws. Nothing is asked for."""

    tekst = words(
        _l("Vil du si hvorfor?"),
        hint=veilederen.worded(
            _l("Du trenger ikke å skrive noe. Veilederen din kan lese det."),
            _l("Du trenger ikke å skrive noe. Nav-kontoret kan lese det."),
        ),
        most=2000,
    )


class Muntligskjema(Skjema):
    """A klage as it was told. What it can be against is what there is."""

    mot = RadioField(
        _l("Hva klager brukeren på?"),
        validate_choice=False,
        validators=[InputRequired(_l("Velg hva brukeren klager på."))],
    )
    hvordan = RadioField(
        _l("Hvor sa brukeren det?"),
        choices=[SelectChoice(one, words_) for one, words_ in HVORDAN.items()],
        validate_choice=False,
        validators=[
            InputRequired(_l("Velg hvor brukeren sa det.")),
            AnyOf(list(HVORDAN), message=_l("Velg hvor brukeren sa det.")),
        ],
    )
    sagt = day(
        _l("Hvilken dag sa brukeren det?"),
        required=_l("Skriv datoen."),
        ahead=0,
        hint=_l("Denne dagen teller for klagefristen."),
    )
    hva = words(
        _l("Det brukeren sa"),
        hint=_l("Skriv det slik brukeren sa det. Brukeren ser teksten og kan rette den."),
        required=_l("Skriv det brukeren sa."),
    )
    onske = words(_l("Hva vil brukeren at Nav skal gjøre?"), most=5000)
    sent = words(
        _l("Hvorfor kommer klagen nå?"),
        hint=_l("Bare hvis klagefristen er ute. Klagen blir tatt imot likevel."),
        most=2000,
    )

    def __init__(self, mot: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mot.choices = [SelectChoice(one, title) for one, title in mot.items()]
        self._kjente = mot

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields, and that what is complained about is there."""
        fine = bool(super().validate(extra_validators))
        if self.mot.data and self.mot.data not in self._kjente:
            self.mot.errors = [_("Velg hva brukeren klager på.")]
            return False
        return fine

    def mal(self) -> tuple[Mal, UUID]:
        """What it is against. Only after ``validate_on_submit``."""
        slag, _colon, mal_id = str(self.mot.data).partition(":")
        return Mal(slag), UUID(mal_id)

    def fortalt(self, dag: date) -> Fortalt:
        """What was told. Only after ``validate_on_submit``."""
        words_ = Ord(self.hva.data or "", self.onske.data or "", self.sent.data or "")
        return Fortalt(words_, dag, str(self.hvordan.data))


class Stegskjema(Skjema):
    """One step of the handling. What can be chosen is what the klage can become now."""

    steg = RadioField(
        _l("Hva har skjedd?"),
        validate_choice=False,
        validators=[
            InputRequired(_l("Velg hva som har skjedd.")),
            AnyOf(list(Stand), message=_l("Velg hva som har skjedd.")),
        ],
    )
    dato = day(_l("Når skjedde det?"), required=_l("Skriv datoen."), ahead=0)
    tekst = words(
        _l("Skriv det til brukeren"),
        hint=_l("Hva som er gjort, hvorfor, og hva som skjer nå. Brukeren leser det."),
        required=_l("Skriv noen ord. Brukeren leser det."),
        most=5000,
    )

    def __init__(self, mulig: tuple[Stand, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steg.choices = [SelectChoice(one.value, VALG[one]) for one in mulig]
        if len(mulig) == 1 and not self.steg.data:
            self.steg.data = mulig[0].value
