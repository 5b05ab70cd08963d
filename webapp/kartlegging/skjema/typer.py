"""The words a mapping form is built from: question types, views, questions, themes and the form itself.

Nothing here knows Flask, the database or any particular question. Texts are lazy, so one form serves every language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from flask_babel import LazyString

from webapp.platform.enkelt import Enkelt

KORT_MAKS = 200
TEKST_MAKS = 10_000
BELOP_MAKS = 10_000_000


class Type(StrEnum):
    """How a question is answered. The value is what templates and stored answers see, so it never changes."""

    KORT = "kort"  # one line of own words
    TEKST = "tekst"  # own words, as long as it takes (K5)
    EN = "en"  # one choice
    FLERE = "flere"  # several choices
    GRAD = "grad"  # labelled steps, never a bare number (K6)
    BELOP = "belop"  # whole kroner
    VARIGHET = "varighet"  # how long, as labelled steps
    DATO = "dato"  # a day
    MANED = "maned"  # a month in a year


MED_VALG = frozenset({Type.EN, Type.FLERE, Type.GRAD, Type.VARIGHET})
EGNE_ORD = frozenset({Type.KORT, Type.TEKST})


class Visning(StrEnum):
    """The selections of the one form (K3). Every question is in FULL."""

    SCREENING = "screening"
    KORT = "kort"
    FULL = "full"
    MINI = "mini"


BARE_FULL = frozenset({Visning.FULL})


class UkjentTema(LookupError):
    """No theme has this id."""


class UkjentSporsmal(LookupError):
    """No question has this id."""


# Identity is what makes two of these equal: comparing by content would translate every lazy text on the way.
@dataclass(frozen=True, slots=True, eq=False)
class Valg:
    """One choice. `alene` means that it excludes the others («ingen av disse»)."""

    id: str
    etikett: LazyString
    alene: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Sporsmal:
    """One question. Its id is `tema.kort-navn` and never changes meaning once a form with it has been in use (K3).

    `oppfolging` are the questions shown when an answer here is one of the choices in `apnes_av`.
    `tellbart` answers may be counted for the office (K5); `sensitivt` ones are never shared by default (S2).
    """

    id: str
    type: Type
    etikett: LazyString
    hjelp: LazyString | None = None
    valg: tuple[Valg, ...] = ()
    visninger: frozenset[Visning] = BARE_FULL
    tellbart: bool = False
    sensitivt: bool = False
    oppfolging: tuple[Sporsmal, ...] = ()
    apnes_av: frozenset[str] = frozenset()
    sprak: str | None = None  # of its words, where they are not in the language of the page (ordlyd.py)

    def __post_init__(self) -> None:
        ider = [valg.id for valg in self.valg]
        if bool(ider) != (self.type in MED_VALG):
            raise ValueError(f"{self.id}: choices belong to the types with choices, and only to them")
        if len(set(ider)) != len(ider):
            raise ValueError(f"{self.id}: two choices have the same id")
        if bool(self.oppfolging) != bool(self.apnes_av) or not self.apnes_av <= set(ider):
            raise ValueError(f"{self.id}: follow-up questions need choices of this question that open them")
        if Visning.FULL not in self.visninger:
            raise ValueError(f"{self.id}: every question that is asked is in the full view")

    @property
    def maks(self) -> int | None:
        """Most characters (own words) or most kroner (amount); None where neither applies."""
        return {Type.KORT: KORT_MAKS, Type.TEKST: TEKST_MAKS, Type.BELOP: BELOP_MAKS}.get(self.type)

    @property
    def tema_id(self) -> str:
        """The id of the theme this question stands in."""
        return self.id.partition(".")[0]

    def etikett_for(self, valg_id: str) -> LazyString | None:
        """The label of a choice, or None when there is no such choice."""
        return next((valg.etikett for valg in self.valg if valg.id == valg_id), None)

    def alle(self) -> Iterator[Sporsmal]:
        """This question, then its follow-ups, in the order they are shown."""
        yield self
        for neste in self.oppfolging:
            yield from neste.alle()

    def apnet(self, svar: Mapping[str, str | list[str]]) -> Iterator[Sporsmal]:
        """The follow-ups that the choices in `svar` (by question id) have opened, in the order they are shown."""
        valgt = svar.get(self.id, "")
        if self.apnes_av.intersection([valgt] if isinstance(valgt, str) else valgt):
            for neste in self.oppfolging:
                yield neste
                yield from neste.apnet(svar)


@dataclass(frozen=True, slots=True, eq=False)
class Tema:
    """One page of the form. `hvorfor` says why we ask, `hvem_leser` who reads it (K2)."""

    id: str
    tittel: LazyString
    hvorfor: LazyString
    innledning: LazyString
    sporsmal: tuple[Sporsmal, ...]
    enkelt: Enkelt | None = None  # the same in the easiest words («Forklar enklere»)
    hvem_leser: LazyString | None = None
    sensitivt: bool = False
    utgatte: tuple[Sporsmal, ...] = ()  # asked no longer, in no view; declared so that old deliveries can be read (K7)

    def alle(self) -> Iterator[Sporsmal]:
        """Every question of the theme, follow-ups included, in the order they are shown."""
        for sporsmal in self.sporsmal:
            yield from sporsmal.alle()

    def kjente(self) -> Iterator[Sporsmal]:
        """Every question of the theme, then those that are asked no longer."""
        yield from self.alle()
        for sporsmal in self.utgatte:
            yield from sporsmal.alle()


@dataclass(frozen=True, slots=True, eq=False)
class Skjema:
    """The whole form in one version. Views and look-ups are worked out once, when it is made."""

    versjon: str
    temaer: tuple[Tema, ...]
    _temaer: dict[str, Tema] = field(init=False, repr=False, default_factory=dict)
    _sporsmal: dict[str, Sporsmal] = field(init=False, repr=False, default_factory=dict)
    _visninger: dict[Visning, tuple[Tema, ...]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        for tema in self.temaer:
            if tema.id in self._temaer:
                raise ValueError(f"two themes have the id {tema.id}")
            self._temaer[tema.id] = tema
            for sporsmal in tema.kjente():
                if sporsmal.id in self._sporsmal or sporsmal.tema_id != tema.id:
                    raise ValueError(f"{sporsmal.id}: used twice, or not an id of theme {tema.id}")
                self._sporsmal[sporsmal.id] = sporsmal
        for visning in Visning:
            self._visninger[visning] = tuple(
                replace(tema, sporsmal=utvalg)
                for tema in self.temaer
                if (utvalg := tuple(s for s in tema.sporsmal if visning in s.visninger))
            )

    def tema(self, tema_id: str) -> Tema:
        """The theme with this id. Raises UkjentTema."""
        try:
            return self._temaer[tema_id]
        except KeyError:
            raise UkjentTema(tema_id) from None

    def sporsmal(self, sporsmal_id: str) -> Sporsmal:
        """The question with this id, follow-ups and those asked no longer included. Raises UkjentSporsmal."""
        try:
            return self._sporsmal[sporsmal_id]
        except KeyError:
            raise UkjentSporsmal(sporsmal_id) from None

    def visning(self, visning: Visning) -> tuple[Tema, ...]:
        """The themes of a view with only its questions (K3). Follow-ups follow their parent; no theme is empty."""
        return self._visninger[visning]

    def alle(self) -> Iterator[Sporsmal]:
        """Every question that the form asks, follow-ups included, in the order they are shown."""
        return (sporsmal for tema in self.temaer for sporsmal in tema.alle())
