"""Forms for what is said, wished, answered and decided."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField

from webapp.platform.forms import Skjema, line, words
from webapp.varsel import ord as koder
from webapp.varsel.avgjore import Beslutning, Svar
from webapp.varsel.felt import LONGEST_AHEAD, amount, boxes, choices, fault, one_of, typed_day
from webapp.varsel.lesing import Sagt
from webapp.varsel.rules import LATEST_START, LONGEST_BACK


class Uttalelseskjema(Skjema):
    """What the bruker says, and wishes (U4, U6). Nothing of it is required but that there is something."""

    grunner = boxes(_l("Hva skjedde?"), koder.GRUNNER, description=_l("Velg det som passer. Du kan velge flere."))
    ord = words(
        _l("Fortell med egne ord"), hint=_l("Skriv på det språket du vil. Det blir lagret slik du skriver det.")
    )
    vil = words(_l("Hva vil du at vi skal gjøre?"), hint=_l("For eksempel endre vilkåret, eller finne noe annet."))
    onsker = boxes(_l("Trenger du noe før dette blir bestemt?"), koder.ONSKER)
    onske_ord = words(_l("Vil du si mer om det?"), most=2000)

    def __init__(self, *args: Any, filer: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._filer = filer  # whether files are sent with it: U4, they may be all there is

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields, and that something is said or wished for."""
        fine = bool(super().validate(extra_validators))
        self.grunner.data = [one for one in self.grunner.data or [] if one in koder.GRUNNER]
        if "onsker" in self:
            self.onsker.data = [one for one in self.onsker.data or [] if one in koder.ONSKER]
        wished = self.onsker.data if "onsker" in self else []
        said = (self.grunner.data, (self.ord.data or "").strip(), (self.vil.data or "").strip(), wished, self._filer)
        if not any(said):
            fault(self.ord, _("Skriv noe, eller kryss av for noe, før du sender."))
            return False
        return fine

    def sagt(self) -> Sagt:
        """What is said. Only after ``validate_on_submit``."""
        return Sagt(list(self.grunner.data or []), self.ord.data or "", self.vil.data or "")


class Muntligskjema(Skjema):
    """What the bruker said aloud, written down as told."""

    grunner = boxes(
        _l("Hvilke grunner ga brukeren?"),
        koder.GRUNNER_OM,
        description=_l("Har brukeren funnet arbeid, lukkes saken når du lagrer. Brukeren mister ingen penger."),
    )
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

    innvilget = one_of(_l("Hva svarer du?"), {"ja": _l("Ja"), "nei": _l("Nei")}, _l("Velg hva du svarer."))
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
        self.dag = typed_day(self.ny_dag, back=timedelta(0), ahead=timedelta(days=180))
        if self._slag == "tid" and self.innvilget.data == "ja" and not self.ny_dag.data:
            fault(self.ny_dag, _("Skriv den nye siste dagen."))
        return fine and not self.errors

    def svar(self) -> Svar:
        """The answer. Only after ``validate_on_submit``."""
        return Svar(self.innvilget.data == "ja", self.tekst.data or "", self.dag)


class Avgjorskjema(Skjema):
    """What it came to (U8)."""

    utfall = one_of(_l("Hva blir resultatet?"), koder.UTFALL, _l("Velg resultatet."))
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
        self.vedtak.choices = choices(vedtak.items())

    def validate(self, extra_validators: Any = None) -> bool:
        """The fields; a reduction's own faults are found in rules.faults."""
        fine = bool(super().validate(extra_validators))
        if self.utfall.data != "reduksjon":
            return fine
        self.kroner = amount(self.belop)
        self.fra_dag = typed_day(self.fra, back=LONGEST_BACK, ahead=LATEST_START)
        self.til_dag = typed_day(self.til, back=LONGEST_BACK, ahead=LONGEST_AHEAD)
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
