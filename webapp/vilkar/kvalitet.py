"""Help while a vilkår is written (V1–V5): what is missing, and which words nobody can act on. Pure rules.

Advice can be overruled with a reason. ``BLOKKERER`` needs none: it stops nothing here, but no forhåndsvarsel can ever
build on such a vilkår (grunnlag.mangler), and the veileder is told so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

MANY = 3  # V4: from the one after these


class Kode(StrEnum):
    """What the advice is about."""

    INGEN_FRIST = "ingen_frist"
    INGEN_KONSEKVENS = "ingen_konsekvens"
    REDUKSJON_IKKE_OPPGITT = "reduksjon_ikke_oppgitt"
    IKKE_MALBART = "ikke_malbart"
    GENERELT = "generelt"
    INGEN_SAMMENHENG = "ingen_sammenheng"
    BYRDE = "byrde"
    MEDVIRKNING = "medvirkning"
    MANGE = "mange"
    GRUNNER_UNDER_30 = "grunner_under_30"
    RAD_UNDER_30 = "rad_under_30"


BLOKKERER = frozenset({Kode.INGEN_FRIST, Kode.INGEN_KONSEKVENS, Kode.REDUKSJON_IKKE_OPPGITT})

TEKST: dict[Kode, LazyString] = {
    Kode.INGEN_FRIST: _l("Det mangler en siste dag. Uten den kan ingen si om vilkåret er oppfylt."),
    Kode.INGEN_KONSEKVENS: _l("Det står ikke hva som kan skje: hvor mye, og hvor lenge."),
    Kode.REDUKSJON_IKKE_OPPGITT: _l("Vedtaket sier ikke at pengene kan settes ned. Rett vedtaket hvis det er feil."),
    Kode.IKKE_MALBART: _l("Teksten kan ikke måles. Skriv hvor mange, hvor ofte eller hvor lenge, med tall."),
    Kode.GENERELT: _l("«%(ord)s» er for generelt."),
    Kode.INGEN_SAMMENHENG: _l("Det står ikke hvordan vilkåret henger sammen med vedtaket."),
    Kode.BYRDE: _l("Det står ikke om du har vurdert at brukeren kan klare dette: helse, omsorg, reisevei."),
    Kode.MEDVIRKNING: _l("Det står ikke hvordan brukeren var med på å bestemme."),
    Kode.MANGE: _l("Dette vedtaket har allerede tre vilkår eller flere. Er det mulig å følge alle på én gang?"),
    Kode.GRUNNER_UNDER_30: _l(
        "Brukeren kan være under 30 år, og vedtaket har ikke vilkår om aktivitet. Skriv de tungtveiende grunnene."
    ),
    Kode.RAD_UNDER_30: _l("Vurder om brukeren trenger råd og veiledning, og kryss av for det på vedtaket."),
}

# Wording that nobody can follow, and nobody can enforce: what is looked for, and what to write instead.
GENERELLE: tuple[tuple[str, LazyString], ...] = (
    (r"følg(?:e|er|es|t|te)? opp\w*|oppfølging\w*", _l("Skriv hva brukeren skal gjøre, hvor mange ganger og når.")),
    (r"møte?r?t? opp|oppmøte\w*", _l("Skriv stedet, dagen og klokkeslettet.")),
    (r"(?:etter|ifølge|som) (?:nærmere )?avtalt?e?", _l("Skriv dagen, for eksempel «hver mandag klokka 9».")),
    (r"aktivt?e?", _l("Skriv handlingen, for eksempel «søke 3 jobber i uka».")),
    (r"samarbeid(?:e|er)?", _l("Skriv hva brukeren skal gjøre sammen med hvem, og når.")),
    (r"bidra(?:r|s)?|medvirke?r?", _l("Skriv hva brukeren skal gjøre.")),
    (r"snarest(?: mulig)?|så snart som mulig|så fort som mulig|fortløpende", _l("Skriv en dato.")),
    (r"jevnlig|regelmessig|ofte|ved behov", _l("Skriv hvor mange ganger i uka eller måneden.")),
    (r"prøve? å|forsøke? å|gjøre sitt beste", _l("Skriv det som kan ses, for eksempel «ringe tre arbeidsgivere».")),
    (
        r"motivert|ta ansvar|vise vilje",
        _l("Skriv en handling. Hvordan noen har det inni seg, kan ikke være et vilkår."),
    ),
    (r"nødvendige? (?:tiltak|dokumentasjon|skritt)|relevante? \w+", _l("Skriv akkurat hva det gjelder.")),
)
_GENERELLE = [
    (re.compile(rf"(?<!\w)(?:{pattern})(?!\w)".replace(" ", r"\s+"), re.IGNORECASE), alternative)
    for pattern, alternative in GENERELLE
]
_COUNTED = re.compile(r"\d|(?<!\w)(?:én|ett?|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|hver|alle)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Forslag:
    """A vilkår as it is about to be set. ``ord``: the veileder's own words about what is asked, by field."""

    slag: str
    frist: bool
    konsekvens: bool
    reduksjon: bool
    sammenheng: bool
    byrde: bool
    medvirkning: bool
    fritekst: bool
    ord: Mapping[str, str]
    andre: int  # vilkår on the same vedtak, without this one


@dataclass(frozen=True, slots=True)
class Rad:
    """One piece of advice. ``ord`` and ``heller``: the general wording that was found, and what to write instead."""

    kode: Kode
    felt: str = ""
    ord: str = ""
    heller: LazyString | str = ""

    @property
    def blokkerer(self) -> bool:
        """True when no forhåndsvarsel can build on it."""
        return self.kode in BLOKKERER

    @property
    def tekst(self) -> str:
        """In the language of the page."""
        words = str(TEKST[self.kode])
        return words % {"ord": self.ord} if self.ord else words


def general_words(text: str) -> list[tuple[str, LazyString]]:
    """General wording in ``text``, with what to write instead: each once, in the order of the list."""
    return [(found[0], alternative) for pattern, alternative in _GENERELLE if (found := pattern.search(text))]


def measurable(words: Mapping[str, str]) -> bool:
    """V1: somewhere it is said how many, or how often."""
    return any(_COUNTED.search(text) for text in words.values())


def rad(forslag: Forslag) -> list[Rad]:
    """All advice about ``forslag``: what blocks first."""
    condition = forslag.slag != "dokumentasjon"  # V3: what follows from a vilkår does not follow from a request
    checks = (
        (Kode.INGEN_FRIST, not forslag.frist),
        (Kode.INGEN_KONSEKVENS, condition and not forslag.konsekvens),
        (Kode.REDUKSJON_IKKE_OPPGITT, condition and forslag.konsekvens and not forslag.reduksjon),
        (Kode.IKKE_MALBART, forslag.fritekst and not measurable(forslag.ord)),
        (Kode.INGEN_SAMMENHENG, condition and not forslag.sammenheng),
        (Kode.BYRDE, condition and not forslag.byrde),
        (Kode.MEDVIRKNING, condition and not forslag.medvirkning),
        (Kode.MANGE, condition and forslag.andre >= MANY),
    )
    found = [Rad(kode) for kode, missing in checks if missing]
    for name, text in forslag.ord.items():
        found += [Rad(Kode.GENERELT, name, word, instead) for word, instead in general_words(text)]
    return found


def key(found: list[Rad]) -> str:
    """What the veileder has been shown, so that advice that came later is shown before anything is set."""
    return " ".join(sorted({f"{one.kode}:{one.ord.casefold()}" if one.ord else one.kode.value for one in found}))


def none_set(*, under_30: bool, activities: int, grunner: bool, rad_vurdert: bool) -> list[Rad]:
    """V5: advice about a vedtak without an activity vilkår."""
    if not under_30 or activities:
        return []
    checks = ((Kode.GRUNNER_UNDER_30, not grunner), (Kode.RAD_UNDER_30, not rad_vurdert))
    return [Rad(kode) for kode, missing in checks if missing]
